// Queries that prove the parser is awake: each must be refused, or accepted, for the reason that stands beside it.

import { diagnose } from "./kusto.mjs";

const REFUSED = [
  ["an unknown column", "SecurityIncident | where Titel == 'x'", "KS142"],
  ["an unknown table", "SecurityIncidents | take 1", "KS204"],
  ["an unclosed bracket", "SecurityIncident | where (Title == 'x'", "KS005"],
  ["an unknown operator", "SecurityIncident | filtre Title", "KS176"],
  ["a parameter that nothing sets", "SecurityIncident | where TimeGenerated > since", "KS142"],
  ["a time compared with a text", "SecurityIncident | where TimeGenerated > 'yesterday'", "KS106"],
  ["a column dropped before its use", "SecurityIncident | project Title | where Status == 'New'", "KS142"],
];

const ACCEPTED = [
  "let since = datetime(2026-11-24T00:00:00Z);\nlet text = 'it\\'s';\n" +
    "SecurityIncident | where TimeGenerated >= since and Title has text\n" +
    "| summarize arg_max(TimeGenerated, *) by IncidentName | project IncidentNumber, tostring(Labels)",
  "SecurityAlert | where IsIncident and ConfidenceScore > 0.5 | summarize count() by SystemAlertId",
];

/** Sentences about controls that went wrong; none is good. */
export function failures() {
  const missed = REFUSED.filter(([, query, code]) => !diagnose(query).some((found) => found.code === code));
  const over = ACCEPTED.filter((query) => diagnose(query).length > 0);
  return [
    ...missed.map(([what, query]) => `${what} was not refused: ${query} ${JSON.stringify(diagnose(query))}`),
    ...over.map((query) => `a sound query was refused: ${query} ${JSON.stringify(diagnose(query))}`),
  ];
}

// The list of checks as it stands in the address: which verdicts, severities and areas are shown, and how many each has.
// Pure: address and checks in, groups and counts out.
import type { CheckRow, CheckSeverity } from '../../contract/rpc.gen';
import { VERDICTS, type Verdict } from '../../design/VerdictPill';
import type { Params } from '../../lib/place';

export const SEVERITIES: readonly CheckSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];
export const SEVERITY_NAMES: Record<CheckSeverity, string> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' };

/** What needs a look; passes and what does not apply are a tick away. */
export const DEFAULT_VERDICTS: readonly Verdict[] = ['fail', 'review', 'could_not_run', 'waived'];
const NONE = 'none';

export interface CheckFilter {
  verdicts: readonly Verdict[];
  /** Empty = all. */
  severities: readonly CheckSeverity[];
  /** Empty = all. */
  areas: readonly string[];
}

export function filterOf(params: Params): CheckFilter {
  const verdict = params['verdict'];
  return {
    verdicts: verdict === undefined ? DEFAULT_VERDICTS : VERDICTS.filter((one) => verdict.split(',').includes(one)),
    severities: SEVERITIES.filter((one) => params['severity']?.split(',').includes(one)),
    areas: params['area']?.split(',').filter(Boolean) ?? [],
  };
}

/** The parameters that say `filter`; `filterOf` reads them back. */
export function paramsOfFilter({ verdicts, severities, areas }: CheckFilter): Record<'verdict' | 'severity' | 'area', string | undefined> {
  const asDefault = verdicts.length === DEFAULT_VERDICTS.length && DEFAULT_VERDICTS.every((one) => verdicts.includes(one));
  const text = verdicts.length === 0 ? NONE : VERDICTS.filter((one) => verdicts.includes(one)).join(',');
  return { verdict: asDefault ? undefined : text, severity: severities.join(',') || undefined, area: areas.join(',') || undefined };
}

export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

export interface Group {
  area: string;
  shown: CheckRow[];
  /** Checks of the area, shown or not. */
  of: number;
}

/** The checks that fit, by area in the catalogue's order; within an area what is broken first. */
export function groupsOf(checks: readonly CheckRow[], filter: CheckFilter): Group[] {
  const groups = areasOf(checks).map((area): Group => {
    const all = checks.filter((check) => check.area === area);
    return { area, of: all.length, shown: all.filter((check) => fits(check, filter)).sort(byWeight) };
  });
  return groups.filter((group) => group.shown.length > 0);
}

export function areasOf(checks: readonly CheckRow[]): string[] {
  return [...new Set(checks.map((check) => check.area))];
}

function fits(check: CheckRow, { verdicts, severities, areas }: CheckFilter): boolean {
  return verdicts.includes(check.verdict) && (severities.length === 0 || severities.includes(check.severity)) && (areas.length === 0 || areas.includes(check.area));
}

function byWeight(a: CheckRow, b: CheckRow): number {
  return VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.id.localeCompare(b.id);
}

export interface Counts {
  verdict: Record<Verdict, number>;
  severity: Record<CheckSeverity, number>;
  area: Record<string, number>;
}

/** How many a tick would show: each facet counts within the other two. */
export function countsOf(checks: readonly CheckRow[], filter: CheckFilter): Counts {
  const within = (open: Partial<CheckFilter>) => checks.filter((check) => fits(check, { ...filter, ...open }));
  const count = <Key extends string>(rows: readonly CheckRow[], keys: readonly Key[], of: (check: CheckRow) => string) => Object.fromEntries(keys.map((key) => [key, rows.filter((check) => of(check) === key).length])) as Record<Key, number>;
  return {
    verdict: count(within({ verdicts: VERDICTS }), VERDICTS, (check) => check.verdict),
    severity: count(within({ severities: [] }), SEVERITIES, (check) => check.severity),
    area: count(within({ areas: [] }), areasOf(checks), (check) => check.area),
  };
}

/** Verdicts of all checks, whatever is shown: for the bar in the head. */
export function verdictsOf(checks: readonly CheckRow[]): Record<Verdict, number> {
  return countsOf(checks, { verdicts: VERDICTS, severities: [], areas: [] }).verdict;
}

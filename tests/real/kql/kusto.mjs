// Microsoft's Kusto parser and binder, over the tables that the shipped queries may read.
//
// The package is C# translated to JavaScript: it wants its runtime loaded first and puts both into globals.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
require("@kusto/language-service-next/bridge.min.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");

const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;

/** Tables and columns, as Log Analytics documents them. */
const schema = JSON.parse(readFileSync(new URL("./schema.json", import.meta.url), "utf8"));

const globals = GlobalState.Default.WithDatabase(database());

function database() {
  const tables = Object.entries(schema).map(([name, columns]) => {
    const row = Object.entries(columns).map(([column, type]) => `${column}: ${type}`);
    return Symbols.TableSymbol.From(`(${row.join(", ")})`).WithName(name);
  });
  return new Symbols.DatabaseSymbol.ctor("workspace", tables);
}

/** What Microsoft's parser finds wrong: `{line, column, severity, code, message}`, both counted from 1. */
export function diagnose(text) {
  const found = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, at) => {
    const { Start, Severity, Code, Message } = found.getItem(at);
    const before = text.slice(0, Start).split("\n");
    return { line: before.length, column: before.at(-1).length + 1, severity: Severity, code: Code, message: Message };
  });
}

/** The columns of the answer in order, `{name, type}`; empty where the parser can't tell. */
export function columns(text) {
  const result = KustoCode.ParseAndAnalyze(text, globals).ResultType;
  const list = result?.Columns;
  if (!list) return [];
  return Array.from({ length: list.Count }, (_, at) => {
    const { Name, Type } = list.getItem(at);
    return { name: Name, type: Type.Name };
  });
}

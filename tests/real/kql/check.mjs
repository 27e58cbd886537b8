// Parses and binds each shipped query with Microsoft's own parser, as Log Analytics would.
//
//   node check.mjs [FILE.kql | FOLDER]...     default: src-tauri/crates/cloud/kql
//
// A query is text: line 1 `// crosswalk:<name>` with the file's own name, then `let` parameters, then the query.
// Exit 0 = every query binds; 1 = an error (each is printed as file:line:column), no query, or a control failed.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { columns, diagnose } from "./kusto.mjs";
import { failures } from "./controls.mjs";

const SHIPPED = fileURLToPath(new URL("../../../src-tauri/crates/cloud/kql", import.meta.url));

function queries(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith(".kql"));
  return names.sort().map((name) => join(path, name));
}

/** Line 1 is how the sandbox knows a query, so it must name the file. */
function wrongName(file, text) {
  const name = /^\/\/ crosswalk:([\w-]+)\r?\n/.exec(text)?.[1];
  const due = basename(file, ".kql");
  if (name === due) return [];
  const message = `line 1 must be "// crosswalk:${due}"`;
  return [{ line: 1, column: 1, severity: "Error", code: "name", message }];
}

function check(file) {
  const text = readFileSync(file, "utf8");
  const found = [...wrongName(file, text), ...diagnose(text)];
  const shown = relative(process.cwd(), file);
  for (const { line, column, severity, code, message } of found) {
    console.log(`${shown}:${line}:${column}: ${severity} ${code}: ${message}`);
  }
  if (found.length === 0) console.log(`${shown}: ok, ${columns(text).length} columns`);
  return found.length === 0;
}

function main(paths) {
  const broken = failures();
  broken.forEach((sentence) => console.log(`control: ${sentence}`));
  const files = paths.flatMap(queries);
  if (files.length === 0) console.log(`no query in ${paths.join(", ")}`);
  const good = files.filter(check).length;
  console.log(`${good} of ${files.length} queries bind; ${broken.length} controls failed`);
  return broken.length === 0 && files.length > 0 && good === files.length;
}

const paths = process.argv.slice(2);
process.exitCode = main(paths.length > 0 ? paths : [SHIPPED]) ? 0 : 1;

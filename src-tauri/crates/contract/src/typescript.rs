//! The contract as one TypeScript module: types, command signatures, and which topics each command touches.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::{COMMANDS, Kind, signatures, visit};

struct Declarations<'a> {
    config: &'a Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(self.config);
            if self.found.contains_key(&name) {
                return;
            }
            self.found.insert(name, T::decl(self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole module; the same text every time.
pub fn module() -> String {
    let config = Config::new().with_large_int("number");
    let mut declarations = Declarations { config: &config, found: BTreeMap::new() };
    visit(&mut declarations);
    let types: String = declarations.found.values().map(|text| format!("export {text}\n")).collect();
    let calls: String = signatures(&config)
        .into_iter()
        .map(|(name, input, output)| format!("  {name}: {{ request: {input}; answer: {output} }};\n"))
        .collect();
    let topics: String = COMMANDS.iter().map(topics_line).collect();
    format!(
        "// Written by `cargo xtask gen` from src-tauri/crates/contract; changes by hand are lost.\n\n{types}\n\
         export interface Commands {{\n{calls}}}\n\n\
         export type CommandName = keyof Commands;\n\n\
         export const commands: {{ readonly [K in CommandName]: {{ kind: \"query\" | \"action\" | \"job\"; topics: readonly Topic[] }} }} = {{\n{topics}}};\n"
    )
}

fn topics_line(command: &crate::commands::Command) -> String {
    let kind = match command.kind {
        Kind::Query => "query",
        Kind::Action => "action",
        Kind::Job => "job",
    };
    let topics: Vec<String> =
        command.topics.iter().map(|topic| serde_json::to_string(topic).unwrap_or_default()).collect();
    format!("  {}: {{ kind: \"{kind}\", topics: [{}] }},\n", command.name, topics.join(", "))
}

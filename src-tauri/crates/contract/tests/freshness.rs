//! The checked-in TypeScript is what the types say today.

#[test]
fn the_typescript_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/contract/rpc.gen.ts");
    let checked_in = std::fs::read_to_string(path).expect("ui/src/contract/rpc.gen.ts is checked in");
    assert!(checked_in == contract::typescript::module(), "stale: run `cargo xtask gen`");
}

#[test]
fn every_command_is_named_after_its_noun() {
    for command in contract::COMMANDS {
        assert!(command.name.contains('_'), "{} is not noun_verb", command.name);
    }
}

#[test]
fn secrets_print_nothing() {
    let connect = contract::account::AccountConnect {
        name: "n".into(),
        tenant: "t".into(),
        client: "c".into(),
        secret: "hunter2".into(),
    };
    assert!(!format!("{connect:?}").contains("hunter2"));
}

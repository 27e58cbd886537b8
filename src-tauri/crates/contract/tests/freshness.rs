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
    use contract::account::{AccountConnect, CloudName, WayIn};
    use contract::network::{NetworkSet, ProxyChoice};
    let connect = AccountConnect {
        name: "n".into(),
        tenant: "t".into(),
        client: "c".into(),
        cloud: CloudName::Public,
        custom: None,
        way: WayIn::ClientSecret,
        secret: Some("hunter2".into()),
        certificate: None,
        keep: true,
    };
    let network = NetworkSet {
        proxy: ProxyChoice::Explicit,
        address: "http://proxy:8080".into(),
        user: "u".into(),
        password: Some("hunter2".into()),
        ca_file: String::new(),
    };
    assert!(!format!("{connect:?} {network:?}").contains("hunter2"));
}

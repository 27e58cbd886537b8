//! A machine without a free port: the browser's answer can't come in, which is said with the way on.
//!
//! Really without one, for one thread: its kernel answers every request for an internet port as it does where all are
//! taken, by a seccomp filter, which any process may set for itself. What other tests and programs bind is left alone.

use std::thread;

use contract::account::WayIn;
use contract::job::JobState;
use contract::{Code, ErrorView};
use host::Host;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde_json::json;
use tests::{Desk, account, finish, get, host, world};

/// Lengths of the addresses that `bind` takes for IPv4 and IPv6; a socket in the file system has another.
const INTERNET: [u64; 2] = [16, 28];
/// What Linux answers where a port is taken (`EADDRINUSE`).
const TAKEN: u32 = 98;
/// The number of `bind`.
const BIND: i64 = if cfg!(target_arch = "x86_64") { 49 } else { 200 };

#[tokio::test(flavor = "multi_thread")]
async fn where_no_port_is_free_the_sign_in_says_so_and_works_once_one_is() {
    let (desk, folder) = (Desk::beside(world(1, 20)).await, tempfile::tempdir().unwrap());
    let host = host(Some(folder.path().to_owned()), false);
    for (name, way) in [("ada", WayIn::Browser), ("bob", WayIn::DeviceCode)] {
        host.connect_descriptor(&desk.descriptor(), &account(name, way)).await.unwrap();
    }

    let (end, fault) = sign_in_without_ports(host.clone());
    let fault = fault.expect("a reason");
    assert_eq!((end, fault.code), (JobState::Failed, Code::SignIn), "{}", fault.message);
    assert!(fault.message.starts_with("No port of this machine is free"), "{}", fault.message);
    assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("device code")), "{fault:?}");
    let row = &get(&host, "account_list", json!({})).await["accounts"][0];
    assert_eq!((&row["name"], &row["sign_in_needed"]), (&json!("ada"), &json!(true)));
    assert_eq!(row["trouble"]["sentence"], json!(fault.message));
    assert!(get(&host, "sign_in_get", json!({})).await["prompt"].is_null(), "nothing waits");

    let mut events = host.events();
    host.call("account_sign_in", json!({ "name": "ada" })).await.expect("it begins");
    while get(&host, "sign_in_get", json!({})).await["prompt"].is_null() {
        events.recv().await.expect("the host goes on");
    }
}

/// Signs in on a thread that gets no port; whatever the host starts there gets none either.
fn sign_in_without_ports(host: Host) -> (JobState, Option<ErrorView>) {
    let begun = thread::spawn(move || {
        seccompiler::apply_filter(&no_port()).expect("a thread may narrow what it may do");
        std::net::TcpListener::bind("127.0.0.1:0").expect_err("the filter lets a port through");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(finish(&host, "account_sign_in", json!({ "name": "ada" })))
    });
    begun.join().unwrap()
}

fn no_port() -> BpfProgram {
    let of = |length| {
        let length = SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, length).unwrap();
        SeccompRule::new(vec![length]).unwrap()
    };
    let rules = [(BIND, INTERNET.map(of).to_vec())].into();
    let here = std::env::consts::ARCH.try_into().expect("seccomp knows this machine");
    SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(TAKEN), here)
        .and_then(BpfProgram::try_from)
        .expect("a filter")
}

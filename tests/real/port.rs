//! A machine without a free port: the browser's answer can't come in, which is said with the way on.
//!
//! Really without one: in a network of its own, whose few ports other listeners have.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use contract::Code;
use contract::account::WayIn;
use contract::job::JobState;
use serde_json::json;
use tests::{Desk, account, finish, get, host, world};

use crate::session::{Session, has_own_network, inside};

/// Where the system takes a port from for whoever asks for any.
const RANGE: &str = "/proc/sys/net/ipv4/ip_local_port_range";

/// Leaves the system the ports from `first` to `last` to give.
fn leave(first: u16, last: u16) {
    fs::write(RANGE, format!("{first} {last}")).expect("a network of one's own can be set");
}

#[test]
fn where_no_port_is_free_the_sign_in_says_so_and_works_once_one_is() {
    const TEST: &str = "port::where_no_port_is_free_the_sign_in_says_so_and_works_once_one_is";
    if !has_own_network() {
        return println!(
            "this machine gives no network of its own, so only the unit test of the ports holds"
        );
    }
    inside(Session::OwnNetwork, TEST, || {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
            let (desk, folder) = (Desk::beside(world(1, 20)).await, tempfile::tempdir().unwrap());
            let host = host(Some(folder.path().to_owned()), false);
            for (name, way) in [("ada", WayIn::Browser), ("bob", WayIn::DeviceCode)] {
                host.connect_descriptor(&desk.descriptor(), &account(name, way)).await.unwrap();
            }
            leave(61_000, 61_001);
            let taken = [61_000, 61_001].map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap());

            let (end, fault) = finish(&host, "account_sign_in", json!({ "name": "ada" })).await;
            let fault = fault.expect("a reason");
            assert_eq!((end, fault.code), (JobState::Failed, Code::SignIn), "{}", fault.message);
            assert!(fault.message.starts_with("No port of this machine is free"), "{}", fault.message);
            assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("device code")), "{fault:?}");
            let row = &get(&host, "account_list", json!({})).await["accounts"][0];
            assert_eq!((&row["name"], &row["sign_in_needed"]), (&json!("ada"), &json!(true)));
            assert_eq!(row["trouble"]["sentence"], json!(fault.message));
            assert!(get(&host, "sign_in_get", json!({})).await["prompt"].is_null(), "nothing waits");

            drop(taken);
            let mut events = host.events();
            host.call("account_sign_in", json!({ "name": "ada" })).await.expect("it begins");
            while get(&host, "sign_in_get", json!({})).await["prompt"].is_null() {
                events.recv().await.expect("the host goes on");
            }
        });
    });
}

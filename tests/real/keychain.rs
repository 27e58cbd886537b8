//! Our keychain on a real gnome-keyring, in each state that a user's machine can be in.

use std::sync::Arc;

use domain::secret::{Item, Keychain, KeychainFault, Purpose, Secret, wipe};
use keychain::{OsKeychain, Sealed};

use crate::session::{GnomeKeyring, Session, inside, stranger_deletes, stranger_reads};

fn item() -> Item {
    Item::new("contoso", Purpose::ClientSecret)
}

#[test]
fn a_secret_is_kept_replaced_and_deleted() {
    inside(Session::Desktop, "keychain::a_secret_is_kept_replaced_and_deleted", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, None);
        assert_eq!(keychain.get(&item()), Ok(None), "a fresh keyring holds nothing of ours");

        keychain.set(&item(), &"first~ü".into()).unwrap();
        assert_eq!(OsKeychain::new().get(&item()), Ok(Some("first~ü".into())), "another process reads it");

        keychain.set(&item(), &"second".into()).unwrap();
        assert_eq!(keychain.get(&item()), Ok(Some("second".into())));

        assert_eq!(keychain.delete(&item()), Ok(true));
        assert_eq!(keychain.get(&item()), Ok(None));
        assert_eq!(keychain.delete(&item()), Ok(false));
    });
}

#[test]
fn a_stranger_finds_it_under_our_name() {
    inside(Session::Desktop, "keychain::a_stranger_finds_it_under_our_name", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        OsKeychain::new().set(&item(), &"s3cr3t".into()).unwrap();
        assert_eq!(stranger_reads("Crosswalk", "contoso/client-secret").as_deref(), Some("s3cr3t"));
        assert_eq!(stranger_reads("Crosswalk", "contoso/store-key"), None);
    });
}

#[test]
fn bytes_of_any_value_and_4096_of_them_come_back() {
    inside(Session::Desktop, "keychain::bytes_of_any_value_and_4096_of_them_come_back", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let bytes: Vec<u8> = (0..4096u32).map(|i| (i * 31 % 256) as u8).collect();
        let keychain = OsKeychain::new();
        let key = Item::new("contoso", Purpose::StoreKey);
        keychain.set(&key, &Secret::new(bytes.clone())).unwrap();
        assert!(keychain.get(&key).unwrap().is_some_and(|kept| kept.expose() == bytes));
    });
}

#[test]
fn a_call_from_inside_a_runtime_neither_panics_nor_spoils_the_next() {
    inside(
        Session::Desktop,
        "keychain::a_call_from_inside_a_runtime_neither_panics_nor_spoils_the_next",
        || {
            let _daemon = GnomeKeyring::unlocked("pw");
            let keychain = std::sync::Arc::new(OsKeychain::new());
            let inside = keychain.clone();
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let set = runtime
                .block_on(async move { tokio::spawn(async move { inside.set(&item(), &"x".into()) }).await });
            assert_eq!(set.expect("the call panicked inside a task"), Ok(()));
            assert_eq!(keychain.get(&item()), Ok(Some("x".into())));
        },
    );
}

#[test]
fn a_locked_keyring_is_said_to_be_locked_and_keeps_what_it_has() {
    inside(Session::Desktop, "keychain::a_locked_keyring_is_said_to_be_locked_and_keeps_what_it_has", || {
        let unlocked = GnomeKeyring::unlocked("pw");
        OsKeychain::new().set(&item(), &"kept".into()).unwrap();
        drop(unlocked);

        let locked = GnomeKeyring::locked();
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, Some(KeychainFault::Locked));
        // Nobody can answer the daemon's prompt here; it ends as a dismissed one does.
        assert_eq!(keychain.get(&item()), Err(KeychainFault::Locked));
        assert_eq!(keychain.set(&item(), &"new".into()), Err(KeychainFault::Locked));
        drop(locked);

        let _again = GnomeKeyring::unlocked("pw");
        assert_eq!(OsKeychain::new().get(&item()), Ok(Some("kept".into())));
    });
}

#[test]
fn a_keyring_without_a_collection_is_locked() {
    inside(Session::Desktop, "keychain::a_keyring_without_a_collection_is_locked", || {
        let _daemon = GnomeKeyring::locked();
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, Some(KeychainFault::Locked));
        assert_eq!(keychain.set(&item(), &"x".into()), Err(KeychainFault::Locked));
    });
}

#[test]
fn a_daemon_that_was_restarted_is_found_again() {
    inside(Session::Desktop, "keychain::a_daemon_that_was_restarted_is_found_again", || {
        let first = GnomeKeyring::unlocked("pw");
        let keychain = OsKeychain::new();
        keychain.set(&item(), &"kept".into()).unwrap();
        drop(first);
        let _second = GnomeKeyring::unlocked("pw");
        assert_eq!(
            keychain.get(&item()),
            Ok(Some("kept".into())),
            "one restart of the daemon ended our keychain"
        );
    });
}

#[test]
fn a_bus_without_a_secret_service_is_missing_until_one_comes() {
    inside(Session::BareBus, "keychain::a_bus_without_a_secret_service_is_missing_until_one_comes", || {
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, Some(KeychainFault::Missing));
        assert_eq!(keychain.get(&item()), Err(KeychainFault::Missing));
        let _daemon = GnomeKeyring::unlocked("pw");
        assert_eq!(
            keychain.set(&item(), &"x".into()),
            Ok(()),
            "the daemon came later and was not looked for"
        );
    });
}

#[test]
fn no_bus_is_missing() {
    inside(Session::NoBus, "keychain::no_bus_is_missing", || {
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, Some(KeychainFault::Missing));
        assert_eq!(keychain.get(&item()), Err(KeychainFault::Missing));
        assert_eq!(keychain.set(&item(), &"x".into()), Err(KeychainFault::Missing));
        assert_eq!(keychain.delete(&item()), Err(KeychainFault::Missing));
    });
}

#[test]
fn a_daemon_that_died_is_missing_until_it_is_back() {
    inside(Session::BareBus, "keychain::a_daemon_that_died_is_missing_until_it_is_back", || {
        let daemon = GnomeKeyring::unlocked("pw");
        let keychain = OsKeychain::new();
        keychain.set(&item(), &"kept".into()).unwrap();
        drop(daemon);
        for _ in 0..2 {
            assert_eq!(keychain.get(&item()), Err(KeychainFault::Missing));
            assert_eq!(keychain.set(&item(), &"new".into()), Err(KeychainFault::Missing));
            assert_eq!(keychain.status().fault, Some(KeychainFault::Missing));
        }
        let _back = GnomeKeyring::unlocked("pw");
        assert_eq!(
            keychain.get(&item()),
            Ok(Some("kept".into())),
            "one death of the daemon ended our keychain"
        );
    });
}

#[test]
fn a_policy_that_refuses_is_denied() {
    inside(Session::GuardedBus, "keychain::a_policy_that_refuses_is_denied", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let keychain = OsKeychain::new();
        assert_eq!(keychain.status().fault, Some(KeychainFault::Denied));
        assert_eq!(keychain.get(&item()), Err(KeychainFault::Denied));
        assert_eq!(keychain.set(&item(), &"x".into()), Err(KeychainFault::Denied));
    });
}

#[test]
fn a_keyring_without_room_is_full_and_keeps_what_it_has() {
    inside(Session::BareBus, "keychain::a_keyring_without_room_is_full_and_keeps_what_it_has", || {
        let roomy = GnomeKeyring::unlocked("pw");
        OsKeychain::new().set(&item(), &"kept".into()).unwrap();
        drop(roomy);
        let full = GnomeKeyring::without_room("pw");
        let keychain = OsKeychain::new();
        assert_eq!(keychain.set(&item(), &Secret::new(vec![b'x'; 2_500])), Err(KeychainFault::Full));
        drop(full);
        let _again = GnomeKeyring::unlocked("pw");
        assert_eq!(
            OsKeychain::new().get(&item()),
            Ok(Some("kept".into())),
            "the old secret went with the new one"
        );
    });
}

#[test]
fn an_item_deleted_behind_our_back_is_none_and_can_be_set_again() {
    inside(
        Session::Desktop,
        "keychain::an_item_deleted_behind_our_back_is_none_and_can_be_set_again",
        || {
            let _daemon = GnomeKeyring::unlocked("pw");
            let keychain = OsKeychain::new();
            keychain.set(&item(), &"kept".into()).unwrap();
            stranger_deletes("Crosswalk", "contoso/client-secret");
            assert_eq!(keychain.get(&item()), Ok(None));
            assert_eq!(keychain.delete(&item()), Ok(false));
            keychain.set(&item(), &"again".into()).unwrap();
            assert_eq!(keychain.get(&item()), Ok(Some("again".into())));
        },
    );
}

/// A refresh token as long as Microsoft's, which Windows would not take.
fn token() -> Secret {
    Secret::new(vec![b't'; 3_000])
}

#[test]
fn a_sealed_secret_lives_and_dies_with_its_key_in_the_keyring() {
    inside(Session::Desktop, "keychain::a_sealed_secret_lives_and_dies_with_its_key_in_the_keyring", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let folder = tempfile::tempdir().unwrap();
        let sealed = || Sealed::new(Arc::new(OsKeychain::new()), folder.path().join("sealed"));
        let refresh = Item::new("contoso", Purpose::RefreshToken);
        sealed().set(&refresh, &token()).unwrap();
        assert_eq!(sealed().get(&refresh), Ok(Some(token())), "the next start can't read it");
        assert_eq!(
            stranger_reads("Crosswalk", "contoso/refresh-token"),
            None,
            "the keyring holds it as well"
        );

        stranger_deletes("Crosswalk", "contoso/seal-key");
        let lost = sealed().get(&refresh).unwrap_err();
        assert!(matches!(lost, KeychainFault::SealKeyGone { .. }), "{lost}");
        sealed().set(&refresh, &token()).unwrap();
        assert_eq!(sealed().get(&refresh), Ok(Some(token())), "entering it again was no way on");

        let wiped = wipe(&sealed(), "contoso").unwrap();
        assert_eq!(wiped.deleted, [Purpose::SealKey, Purpose::RefreshToken]);
        assert!(wiped.is_clean(), "{wiped:?}");
        assert_eq!(stranger_reads("Crosswalk", "contoso/seal-key"), None, "a stranger still finds the key");
    });
}

#[test]
fn a_locked_keyring_unseals_nothing_and_loses_nothing() {
    inside(Session::Desktop, "keychain::a_locked_keyring_unseals_nothing_and_loses_nothing", || {
        let unlocked = GnomeKeyring::unlocked("pw");
        let folder = tempfile::tempdir().unwrap();
        let sealed = Sealed::new(Arc::new(OsKeychain::new()), folder.path().join("sealed"));
        let refresh = Item::new("contoso", Purpose::RefreshToken);
        sealed.set(&refresh, &token()).unwrap();
        drop(unlocked);
        let locked = GnomeKeyring::locked();
        assert_eq!(sealed.get(&refresh), Err(KeychainFault::Locked));
        assert_eq!(sealed.set(&refresh, &Secret::new(vec![b'n'; 3_000])), Err(KeychainFault::Locked));
        drop(locked);
        let _again = GnomeKeyring::unlocked("pw");
        assert_eq!(sealed.get(&refresh), Ok(Some(token())));
    });
}

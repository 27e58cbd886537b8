//! Sealed secrets through the port, with a keychain in memory that can be made to fail.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use domain::secret::{SessionMemory, wipe};

use super::*;

/// A keychain whose next calls can be refused.
#[derive(Default)]
struct Keeper {
    memory: SessionMemory,
    fault: Mutex<Option<KeychainFault>>,
}

impl Keeper {
    fn answer(&self) -> Result<(), KeychainFault> {
        self.fault.lock().unwrap().clone().map_or(Ok(()), Err)
    }

    fn refuse(&self, fault: Option<KeychainFault>) {
        *self.fault.lock().unwrap() = fault;
    }
}

impl Keychain for Keeper {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        self.answer().and_then(|()| self.memory.get(item))
    }
    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        self.answer().and_then(|()| self.memory.set(item, secret))
    }
    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        self.answer().and_then(|()| self.memory.delete(item))
    }
    fn status(&self) -> KeychainStatus {
        KeychainStatus { fault: self.answer().err(), ..self.memory.status() }
    }
}

struct World {
    folder: tempfile::TempDir,
    keeper: Arc<Keeper>,
    sealed: Sealed,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Arc::new(Keeper::default());
        let sealed = Sealed::new(keeper.clone(), folder.path().join("sealed"));
        Self { folder, keeper, sealed }
    }

    fn path(&self, item: &Item) -> PathBuf {
        self.folder
            .path()
            .join("sealed")
            .join(&item.connection)
            .join(format!("{}.sealed", item.purpose.word()))
    }

    fn key(&self) -> Option<Secret> {
        self.keeper.memory.get(&seal_key("contoso")).unwrap()
    }
}

fn token() -> Item {
    Item::new("contoso", Purpose::RefreshToken)
}

fn certificate() -> Item {
    Item::new("contoso", Purpose::Certificate)
}

fn large(seed: u8) -> Secret {
    Secret::new(vec![seed; SMALLEST_LIMIT + 1])
}

#[test]
fn what_fits_everywhere_stays_in_the_keychain() {
    assert_eq!(SMALLEST_LIMIT, 2_560, "what Windows takes");
    let world = World::new();
    let secret = Secret::new(vec![b'x'; SMALLEST_LIMIT]);
    world.sealed.set(&token(), &secret).unwrap();
    assert_eq!(world.keeper.memory.get(&token()).unwrap(), Some(secret.clone()));
    assert_eq!(world.sealed.get(&token()), Ok(Some(secret)));
    assert_eq!(world.sealed.files("contoso"), Ok(vec![]));
    assert_eq!(world.key(), None, "a key was made that seals nothing");
}

#[test]
fn what_is_larger_is_sealed_and_only_its_key_is_in_the_keychain() {
    let world = World::new();
    world.sealed.set(&token(), &large(b'x')).unwrap();
    assert_eq!(world.keeper.memory.get(&token()).unwrap(), None);
    assert_eq!(world.key().map(|key| key.len()), Some(seal::KEY));
    assert_eq!(world.sealed.files("contoso"), Ok(vec![world.path(&token())]));
    let bytes = fs::read(world.path(&token())).unwrap();
    assert!(!bytes.windows(16).any(|part| part == [b'x'; 16]), "the secret stands in the file");
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(b'x'))));
    let again = Sealed::new(world.keeper.clone(), world.folder.path().join("sealed"));
    assert_eq!(again.get(&token()), Ok(Some(large(b'x'))), "the next start can't read it");
}

#[test]
fn the_newest_is_answered_whatever_the_sizes_and_a_sealed_one_stays_sealed() {
    let world = World::new();
    for secret in [Secret::from("small"), large(1), Secret::from("smaller"), large(2)] {
        world.sealed.set(&token(), &secret).unwrap();
        assert_eq!(world.sealed.get(&token()), Ok(Some(secret)));
    }
    assert_eq!(world.keeper.memory.get(&token()).unwrap(), None, "an old secret was left in the keychain");
}

/// A crash between writing the file and deleting the keychain's older item.
#[test]
fn where_both_are_the_file_is_the_newer() {
    let world = World::new();
    world.sealed.set(&token(), &large(7)).unwrap();
    world.keeper.memory.set(&token(), &"older".into()).unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(7))));
    assert_eq!(world.sealed.delete(&token()), Ok(true));
    assert_eq!(world.sealed.get(&token()), Ok(None), "the older one came back");
}

#[test]
fn the_last_sealed_file_takes_the_key_and_the_folder_with_it() {
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    world.sealed.set(&certificate(), &large(2)).unwrap();
    let key = world.key();
    assert_eq!(world.sealed.delete(&token()), Ok(true));
    assert_eq!(world.key(), key, "the key went while something is still sealed with it");
    assert_eq!(world.sealed.get(&certificate()), Ok(Some(large(2))));
    assert_eq!(world.sealed.delete(&certificate()), Ok(true));
    assert_eq!(world.key(), None);
    assert!(!world.path(&token()).parent().unwrap().exists(), "an empty folder is left");
    assert_eq!(world.sealed.delete(&certificate()), Ok(false), "the second delete finds nothing");
}

#[test]
fn a_wipe_leaves_no_item_no_file_and_other_connections_whole() {
    let world = World::new();
    let theirs = Item::new("fabrikam", Purpose::RefreshToken);
    for item in [&token(), &certificate(), &theirs] {
        world.sealed.set(item, &large(3)).unwrap();
    }
    world.sealed.set(&Item::new("contoso", Purpose::StoreKey), &"key".into()).unwrap();
    fs::write(world.path(&token()).with_extension("new"), "left by a crash").unwrap();
    let wiped = wipe(&world.sealed, "contoso").unwrap();
    assert!(wiped.is_clean(), "{wiped:?}");
    assert_eq!(
        wiped.deleted,
        [Purpose::SealKey, Purpose::RefreshToken, Purpose::Certificate, Purpose::StoreKey]
    );
    assert_eq!(world.sealed.get(&theirs), Ok(Some(large(3))));
}

#[test]
fn with_its_key_gone_a_sealed_secret_is_lost_and_said_so() {
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    world.keeper.memory.delete(&seal_key("contoso")).unwrap();
    let file = world.path(&token()).display().to_string();
    assert_eq!(world.sealed.get(&token()), Err(KeychainFault::SealKeyGone { file }));
    // The way on: entering it again makes a new key, and deleting works.
    world.sealed.set(&token(), &large(2)).unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(2))));
    assert_eq!(world.sealed.delete(&token()), Ok(true));
}

#[test]
fn a_cut_or_foreign_file_is_lost_and_said_so() {
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    world.sealed.set(&certificate(), &large(2)).unwrap();
    let whole = fs::read(world.path(&token())).unwrap();
    let foreign = fs::read(world.path(&certificate())).unwrap();
    let file = world.path(&token()).display().to_string();
    let oversized = vec![0; MOST * 2];
    for bytes in [&b""[..], &whole[..whole.len() - 1], &foreign, b"-----BEGIN CERTIFICATE-----", &oversized] {
        fs::write(world.path(&token()), bytes).unwrap();
        let answer = world.sealed.get(&token());
        assert_eq!(answer, Err(KeychainFault::SealBroken { file: file.clone() }), "{} bytes", bytes.len());
    }
    fs::write(world.path(&token()), &whole).unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(1))), "the file was judged by something else");
}

#[test]
fn a_damaged_seal_key_is_replaced_when_something_is_sealed_again() {
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    world.keeper.memory.set(&seal_key("contoso"), &"short".into()).unwrap();
    assert!(matches!(world.sealed.get(&token()), Err(KeychainFault::SealBroken { .. })));
    world.sealed.set(&token(), &large(2)).unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(2))));
}

#[test]
fn a_refusing_keychain_changes_no_file() {
    for fault in [KeychainFault::Locked, KeychainFault::Full, KeychainFault::Vanished, KeychainFault::Denied]
    {
        let world = World::new();
        world.sealed.set(&token(), &large(1)).unwrap();
        let before = fs::read(world.path(&token())).unwrap();
        world.keeper.refuse(Some(fault.clone()));
        assert_eq!(world.sealed.status().fault, Some(fault.clone()));
        assert_eq!(world.sealed.get(&token()), Err(fault.clone()));
        assert_eq!(world.sealed.set(&token(), &large(2)), Err(fault.clone()));
        assert_eq!(world.sealed.set(&certificate(), &large(2)), Err(fault.clone()));
        assert_eq!(world.sealed.delete(&token()), Err(fault));
        assert_eq!(fs::read(world.path(&token())).unwrap(), before);
        assert!(!world.path(&certificate()).exists(), "sealed with a key that nobody keeps");
        world.keeper.refuse(None);
        assert_eq!(world.sealed.get(&token()), Ok(Some(large(1))), "nothing was lost by the refusals");
    }
}

#[test]
fn a_folder_that_can_not_be_written_is_named_and_the_old_secret_stays() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "a file where the folder should be").unwrap();
    let keeper = Arc::new(Keeper::default());
    let sealed = Sealed::new(keeper.clone(), taken.clone());
    sealed.set(&token(), &"small".into()).unwrap();
    let fault = sealed.set(&token(), &large(1)).unwrap_err();
    assert!(fault.to_string().contains(&taken.display().to_string()), "{fault}");
    assert_eq!(
        sealed.get(&token()),
        Ok(Some("small".into())),
        "the old secret went before the new one was kept"
    );
}

#[test]
fn what_a_crash_left_half_written_is_swept_and_never_read() {
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    let left = world.path(&token()).with_file_name(".tmpAbC.new");
    fs::write(&left, b"xwseal1\n half").unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(large(1))));
    world.sealed.set(&certificate(), &large(2)).unwrap();
    assert!(!left.exists(), "what a crash left lies there for ever");
}

#[test]
fn a_name_that_leads_elsewhere_seals_nothing() {
    let world = World::new();
    for name in ["..", "../up", "a/b", "a\\b", "", ".hidden", "c:x"] {
        let item = Item::new(name, Purpose::RefreshToken);
        assert!(matches!(world.sealed.set(&item, &large(1)), Err(KeychainFault::File { .. })), "{name}");
        assert_eq!(world.sealed.get(&item), Ok(None), "{name}");
        assert_eq!(world.sealed.delete(&item), Ok(false), "{name}");
    }
    assert!(!world.folder.path().join("sealed").exists(), "a folder was made for a name that is none");
}

#[test]
fn more_than_256_kib_is_refused() {
    let world = World::new();
    assert_eq!(
        world.sealed.set(&token(), &Secret::new(vec![0; MOST + 1])),
        Err(KeychainFault::TooLarge { limit: MOST })
    );
    let most = Secret::new(vec![0; MOST]);
    world.sealed.set(&token(), &most).unwrap();
    assert_eq!(world.sealed.get(&token()), Ok(Some(most)));
}

/// Two programs, or two threads, that seal at once agree on one key.
#[test]
fn sealing_at_once_makes_one_key() {
    let world = World::new();
    let folder = world.folder.path().join("sealed");
    std::thread::scope(|scope| {
        for purpose in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::SealKey) {
            let another = Sealed::new(world.keeper.clone(), folder.clone());
            scope.spawn(move || another.set(&Item::new("contoso", purpose), &large(purpose as u8)).unwrap());
        }
    });
    for purpose in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::SealKey) {
        let kept = world.sealed.get(&Item::new("contoso", purpose));
        assert_eq!(
            kept,
            Ok(Some(large(purpose as u8))),
            "{purpose:?} was sealed with a key that was replaced"
        );
    }
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.sealed.set(&token(), &large(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = world.path(&token());
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    assert_eq!(mode(file.parent().unwrap().parent().unwrap()), 0o700);
}

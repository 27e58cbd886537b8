//! A soak: a tenant that changes, weather that changes, a process that is killed; after each round the store equals the
//! sandbox, row by row. `CROSSWALK_SOAK_ROUNDS` makes it longer, `CROSSWALK_SOAK_SEED` replays one that failed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use host::secret::{Item, Keychain, KeychainFault, KeychainStatus, Purpose, Secret, SessionMemory};
use host::{Apis, Host, Options, Source};
use sandbox::seed::Dice;
use sandbox::{Door, Mutation, Sandbox, Trouble, Weather};
use store::{Key, Store};
use tests::{Desk, world};

use crate::crash::sync_once;

mod compare;

/// The key of the store, so that the process, the host and the test open the same one.
const KEY: [u8; 32] = [7; 32];

/// Memory that knows the store's key beforehand.
struct KnownKey(SessionMemory);

impl Keychain for KnownKey {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        match item.purpose {
            Purpose::StoreKey => Ok(Some(Secret::new(KEY))),
            _ => self.0.get(item),
        }
    }

    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        self.0.set(item, secret)
    }

    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        self.0.delete(item)
    }

    fn status(&self) -> KeychainStatus {
        self.0.status()
    }
}

/// What the rounds met, for the line at the end.
#[derive(Debug, Default)]
struct Met {
    kills: usize,
    faults: usize,
    weather: BTreeMap<&'static str, usize>,
    made: usize,
    changed: usize,
    merged: usize,
    deleted: usize,
}

impl Met {
    fn add(&mut self, mutation: Mutation) {
        self.made += mutation.made;
        self.changed += mutation.changed;
        self.merged += mutation.merged;
        self.deleted += mutation.deleted;
    }
}

/// One entry of a schedule and its name.
fn trouble(dice: &mut Dice) -> (&'static str, Trouble) {
    match dice.below(8) {
        0 => ("429 with a wait", Trouble::Throttle(Some(dice.of(&["0", "0.05", "0.2"]).to_owned()))),
        1 => ("429 without", Trouble::Throttle(None)),
        2 => ("5xx", Trouble::Fail(dice.of(&[500, 502, 503, 504]))),
        3 => ("refused", Trouble::Fail(dice.of(&[400, 403]))),
        4 => ("cut", Trouble::Cut),
        5 => ("no JSON", Trouble::NotJson),
        6 => ("late", Trouble::Late(Duration::from_millis(20 + dice.below(150)))),
        _ => ("expired token", Trouble::ExpiredToken),
    }
}

fn weather(dice: &mut Dice, met: &mut Met) -> Vec<Weather> {
    let entry = |dice: &mut Dice, met: &mut Met| {
        let door = dice.of(&[Door::Arm, Door::Arm, Door::Graph, Door::Graph, Door::Logs]);
        let path = if door == Door::Logs { "/query" } else { "/incidents" };
        let (name, trouble) = trouble(dice);
        *met.weather.entry(name).or_default() += 1;
        // One in five outlasts the patience for one request.
        let times = if dice.chance(20) { 4 } else { 1 };
        Weather::new(door, path, trouble).from(dice.below(6)).times(times)
    };
    (0..1 + dice.below(4)).map(|_| entry(dice, met)).collect()
}

struct Soak {
    desk: Desk,
    host: Host,
    /// Where the store of the sandbox's connection lies.
    folder: PathBuf,
    _data: tempfile::TempDir,
}

impl Soak {
    async fn start(seed: u64) -> Self {
        let desk = Desk::beside(world(seed, 800)).await;
        let data = tempfile::tempdir().expect("a folder");
        let host = Host::new(Options {
            data_dir: Some(data.path().to_owned()),
            ..Options::new(Arc::new(KnownKey(SessionMemory::new())))
        });
        host.open(Source::Descriptor(desk.descriptor())).await.expect("the sandbox opens");
        let folder = holder(data.path()).expect("the connection has a store");
        Self { desk, host, folder, _data: data }
    }

    fn sandbox(&self) -> &Sandbox {
        &self.desk.sandbox
    }

    /// Bad weather, and in the middle of it the tenant changes or the process dies.
    async fn storm(&self, dice: &mut Dice, met: &mut Met) -> bool {
        self.sandbox().set_weather(weather(dice, met));
        if dice.chance(25) {
            let (descriptor, folder) = (self.desk.descriptor(), self.folder.clone());
            let patience = Duration::from_millis(40 + dice.below(500));
            let ended = tokio::task::spawn_blocking(move || sync_once(&descriptor, &folder, patience)).await;
            met.kills += usize::from(ended.is_ok_and(|ended| !ended));
            return false;
        }
        let whole = dice.chance(20);
        let reading = async {
            let read =
                if whole { self.host.reconcile(Apis::ALL).await } else { self.host.sync(Apis::ALL).await };
            read.is_err() || read.is_ok_and(|sync| !sync.troubles.is_empty())
        };
        let (seed, behind) = (dice.roll(), dice.below(12));
        let (failed, mutation) = tokio::join!(reading, self.change_behind(behind, seed));
        met.faults += usize::from(failed);
        met.add(mutation);
        mutation.deleted > 0
    }

    /// Changes the tenant once so many requests were answered; at once where they never are.
    async fn change_behind(&self, requests: u64, seed: u64) -> Mutation {
        let count = || self.sandbox().journal().entries().len() as u64;
        let (before, deadline) = (count(), Instant::now() + Duration::from_millis(300));
        while count() < before + requests && Instant::now() < deadline {
            tokio::task::yield_now().await;
        }
        self.sandbox().mutate(seed)
    }

    /// Fair weather: what the storm left is read and what changed since, and what was deleted is noticed.
    async fn settle(&self, deleted: bool) {
        self.sandbox().set_weather(Vec::new());
        let read = match deleted {
            true => self.host.reconcile(Apis::ALL).await,
            false => self.host.sync(Apis::ALL).await,
        };
        let sync = read.unwrap_or_else(|fault| panic!("in fair weather all is read: {fault}"));
        assert_eq!(sync.troubles, Vec::<String>::new(), "in fair weather nothing is amiss");
    }
}

/// The folder with a store in it.
fn holder(under: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(under).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let mut folders = Vec::new();
    for path in entries {
        match path.file_name().is_some_and(|name| name == "crosswalk.db") {
            true => return Some(under.to_owned()),
            false if path.is_dir() => folders.push(path),
            false => (),
        }
    }
    folders.iter().find_map(|folder| holder(folder))
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_weather_the_store_ends_as_the_tenant() {
    let (rounds, seed) = (number("CROSSWALK_SOAK_ROUNDS", 12), number("CROSSWALK_SOAK_SEED", 1));
    let (began, mut met) = (Instant::now(), Met::default());
    let soak = Soak::start(seed).await;
    let store = Store::open(&soak.folder, Key::new(KEY)).expect("the store opens beside the host").store;
    for round in 0..rounds {
        let mut dice = Dice::new(seed, "soak", round);
        let mutation = soak.sandbox().mutate(dice.roll());
        met.add(mutation);
        let deleted = soak.storm(&mut dice, &mut met).await;
        soak.settle(deleted || mutation.deleted > 0).await;
        let differences = compare::differences(&store, soak.sandbox());
        let told = differences.join("\n");
        assert!(told.is_empty(), "CROSSWALK_SOAK_SEED={seed}, round {round}, {mutation:?}:\n{told}");
    }
    println!("{rounds} rounds of seed {seed} in {:?}: {met:?}", began.elapsed());
}

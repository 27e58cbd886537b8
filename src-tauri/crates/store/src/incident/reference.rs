//! The queue against a plain reference: what any filter, order, page, facet and group of a random store must answer,
//! worked out row by row over the whole of it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use domain::incident::queue::{Column, Filter, Group, Presence, Row, Sort};
use domain::incident::{GraphIncident, SentinelIncident, Severity, Status};
use domain::redirect::resolve;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::*;
use crate::{Key, Store};

const NOW: OffsetDateTime = datetime!(2026-11-24 09:42 UTC);
const SEVERITIES: [&str; 5] = ["high", "medium", "low", "informational", "severe"];
const STATUSES: [&str; 6] = ["new", "active", "in_progress", "closed", "redirected", "parked"];
const WORKSPACES: [&str; 2] = ["soc", "retail"];
const OWNERS: [&str; 5] = ["lena@contoso.example", "Lena@Contoso.example", "ravi", "", "-"];
const CLASSIFICATIONS: [&str; 4] = ["TruePositive", "BenignPositive", "Undetermined", "parked"];
const PRODUCTS: [&str; 3] = ["Azure Sentinel", "Microsoft Defender for Endpoint", "a, \"b\""];
const TAGS: [&str; 4] = ["tier2", "vip", "Ravi", "VIP"];
const WORDS: [&str; 9] = ["inbox", "rule", "Inbound", "malware", "42", "host-7", "ravi", "the", "1003"];

/// What one incident is made of; its number and ids come from its place.
#[derive(Clone, Debug)]
struct Seed {
    words: Vec<&'static str>,
    description: Option<&'static str>,
    severity: &'static str,
    status: &'static str,
    owner: Option<&'static str>,
    tags: Vec<&'static str>,
    classification: Option<&'static str>,
    products: Vec<&'static str>,
    /// Graph's own, where it is another.
    other_owner: Option<Option<&'static str>>,
    workspace: &'static str,
    created: Option<i64>,
    modified: Option<i64>,
    alerts: Option<i64>,
    /// 0 Sentinel's own, 1 twin read, 2 twin unread, 3 not proved, 4 merged, 5 Defender's own.
    kind: u8,
    target: Index,
}

fn seed() -> impl Strategy<Value = Seed> {
    let minutes = || prop::option::weighted(0.95, 0i64..4_000);
    let text = (prop::collection::vec(select(&WORDS), 1..4), prop::option::of(select(&WORDS)));
    let state = (select(&SEVERITIES), select(&STATUSES[..4]), prop::option::of(select(&OWNERS)));
    let rest = (subsequence(TAGS.to_vec(), 0..3), select(&WORKSPACES), prop::option::of(0..9i64));
    let more = (
        prop::option::of(select(&CLASSIFICATIONS)),
        subsequence(PRODUCTS.to_vec(), 0..3).prop_shuffle(),
        prop::option::weighted(0.3, prop::option::of(select(&OWNERS))),
    );
    (text, state, rest, more, (minutes(), minutes(), 0..6u8, any::<Index>())).prop_map(
        |((words, description), (severity, status, owner), (tags, workspace, alerts), more, at)| Seed {
            classification: more.0,
            products: more.1,
            other_owner: more.2,
            words,
            description,
            severity,
            status,
            owner,
            tags,
            workspace,
            alerts,
            created: at.0,
            modified: at.1,
            kind: at.2,
            target: at.3,
        },
    )
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn before(minutes: Option<i64>) -> Option<OffsetDateTime> {
    minutes.map(|minutes| NOW - Duration::minutes(minutes))
}

impl Seed {
    fn graph_id(at: usize) -> String {
        (1_000 + at).to_string()
    }

    fn arm(&self, at: usize, of: usize) -> ArmRow {
        let provider = (1..=4).contains(&self.kind);
        let merged = self.kind == 4;
        let own = if merged { self.target.index(of) } else { at };
        let incident = SentinelIncident {
            workspace: self.workspace.into(),
            sentinel_id: format!("{at:08x}-0000-4000-8000-000000000000"),
            arm_id: format!("/x/{at}"),
            etag: None,
            number: 40 + at as i64,
            title: self.words.join(" "),
            description: self.description.map(Into::into),
            severity: Severity::parse(self.severity),
            status: if merged { Status::Closed } else { Status::parse(self.status) },
            classification: self.classification.map(Into::into),
            owner: self.owner.map(Into::into),
            labels: if merged { vec!["Redirected".into()] } else { owned(&self.tags) },
            created: before(self.created),
            modified: before(self.modified),
            provider_name: provider.then(|| "Microsoft XDR".into()),
            provider_incident_id: provider.then(|| Self::graph_id(own)),
            provider_incident_url: matches!(self.kind, 1 | 2 | 4)
                .then(|| format!("https://x/incidents/{own}")),
            incident_url: None,
            alerts: self.alerts,
            tactics: vec![],
            products: owned(&self.products),
        };
        ArmRow { incident, raw: "{}".into() }
    }

    fn graph_classification(&self) -> &'static str {
        match self.classification {
            Some("BenignPositive") => "informationalExpectedActivity",
            Some("TruePositive") => "truePositive",
            Some("parked") => "parked",
            _ => "unknown",
        }
    }

    fn graph(&self, at: usize) -> GraphRow {
        let incident = GraphIncident {
            graph_id: Self::graph_id(at),
            title: format!("Defender {}", self.words[0]),
            description: self.description.map(|word| format!("{word}, told by Defender")),
            severity: Severity::parse(self.severity),
            status: Status::parse(self.status),
            classification: Some(self.graph_classification().into()),
            determination: None,
            owner: self.other_owner.unwrap_or(self.owner).map(Into::into),
            tags: owned(&self.tags),
            created: before(self.created),
            modified: before(self.modified),
            modified_by: None,
            url: None,
            redirect_incident_id: None,
            alerts: self.alerts,
        };
        GraphRow { incident, raw: "{}".into() }
    }
}

/// What is filtered by and no row shows.
struct Told {
    text: String,
    classification: &'static str,
    products: Vec<&'static str>,
    owner_differs: bool,
}

/// A store, its rows as they stand, and what each can be found by.
struct World {
    _folder: tempfile::TempDir,
    store: Store,
    rows: Vec<Row>,
    told: HashMap<String, Told>,
}

/// `filling`: as it stands while an empty queue is filled, with the seldom orders laid aside.
fn world(seeds: &[Seed], filling: bool) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), Key::new([7; 32])).expect("a store").store;
    if filling {
        store.lay_orders_aside().expect("orders laid aside");
    }
    let arm: Vec<ArmRow> = seeds
        .iter()
        .enumerate()
        .filter(|(_, seed)| seed.kind != 5)
        .map(|(at, seed)| seed.arm(at, seeds.len()))
        .collect();
    let graph: Vec<GraphRow> = seeds
        .iter()
        .enumerate()
        .filter(|(_, seed)| matches!(seed.kind, 1 | 5))
        .map(|(at, seed)| seed.graph(at))
        .collect();
    for workspace in WORKSPACES {
        let page: Vec<ArmRow> =
            arm.iter().filter(|row| row.incident.workspace == workspace).cloned().collect();
        store.put_arm_page(workspace, &page, "GET /", &Listing::default(), NOW).expect("a page");
    }
    store.put_graph_page(&graph, "GET /", &Listing::default(), NOW).expect("a page");
    let redirects = resolve(&store.readings().expect("readings"));
    store.put_redirects(&redirects).expect("redirects");
    while store.index_text(1_000).expect("an index") > 0 {}
    let all = Sort { column: Column::Updated, descending: true };
    let rows = store.incidents(&Filter::default(), all, 0, 10_000).expect("rows").rows;
    let told = rows.iter().map(|row| (row.key.clone(), told_of(row, seeds, &arm, &graph))).collect();
    World { _folder: folder, store, rows, told }
}

fn told_of(row: &Row, seeds: &[Seed], arm: &[ArmRow], graph: &[GraphRow]) -> Told {
    let at = match (&row.sentinel_id, &row.graph_id) {
        (Some(id), _) => usize::from_str_radix(&id[..8], 16).expect("a place"),
        (None, Some(id)) => id.parse::<usize>().expect("a place") - 1_000,
        (None, None) => unreachable!("a row has an id"),
    };
    let seed = &seeds[at];
    let unclassified = row.sentinel_id.is_none() && seed.graph_classification() == "unknown";
    let twin = graph.iter().find(|one| Some(&one.incident.graph_id) == row.graph_id.as_ref());
    let owner = |owner: Option<&str>| owner.unwrap_or_default().to_ascii_lowercase();
    Told {
        text: text_of(row, arm, graph),
        classification: seed.classification.filter(|_| !unclassified).unwrap_or_default(),
        products: if row.sentinel_id.is_some() { seed.products.clone() } else { Vec::new() },
        owner_differs: row.sentinel_id.is_some()
            && twin.is_some_and(|twin| owner(twin.incident.owner.as_deref()) != owner(seed.owner)),
    }
}

fn text_of(row: &Row, arm: &[ArmRow], graph: &[GraphRow]) -> String {
    let mut parts = vec![row.title.clone(), row.owner.clone().unwrap_or_default(), row.tags.join(" ")];
    parts.extend(
        [row.sentinel_id.clone(), row.graph_id.clone(), row.number.map(|n| n.to_string())]
            .into_iter()
            .flatten(),
    );
    if let Some(one) = arm.iter().find(|one| Some(&one.incident.sentinel_id) == row.sentinel_id.as_ref()) {
        parts.extend(one.incident.description.clone());
    }
    if let Some(one) = graph.iter().find(|one| Some(&one.incident.graph_id) == row.graph_id.as_ref()) {
        parts.push(one.incident.title.clone());
        parts.extend(one.incident.description.clone());
    }
    parts.join(" ").to_lowercase()
}

fn found(text: &str, typed: &str, row: &Row) -> bool {
    let typed = typed.trim().to_lowercase();
    let parts = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (tokens, terms) = (parts(text), parts(&typed));
    let worded =
        !terms.is_empty() && terms.iter().all(|term| tokens.iter().any(|token| token.starts_with(term)));
    let named =
        row.number.map(|n| n.to_string()) == Some(typed.clone()) || row.graph_id.as_ref() == Some(&typed);
    worded || named || row.sentinel_id.as_ref() == Some(&typed)
}

/// Which facet is left out, so that its own counts are not narrowed by itself.
fn passes(row: &Row, told: &Told, filter: &Filter, without: &str) -> bool {
    let any = |name: &str, wanted: &[String], value: &str| {
        name == without || wanted.is_empty() || wanted.iter().any(|one| one == value)
    };
    let same = |wanted: &[String], value: Option<&str>| {
        wanted.is_empty() || wanted.iter().any(|one| one.eq_ignore_ascii_case(value.unwrap_or_default()))
    };
    any("severity", &filter.severity, &row.severity)
        && any("status", &filter.status, &row.status)
        && any("workspace", &filter.workspace, row.workspace.as_deref().unwrap_or_default())
        && (without == "presence" || filter.presence.is_empty() || filter.presence.contains(&row.presence))
        && (without == "redirected" || filter.redirected.is_none_or(|wanted| wanted == row.redirected))
        && any("classification", &filter.classification, told.classification)
        && (without == "product"
            || filter.product.is_empty()
            || filter.product.iter().any(|one| told.products.contains(&one.as_str())))
        && (without == "tag"
            || filter.tag.is_empty()
            || filter.tag.iter().any(|one| row.tags.iter().any(|tag| tag.eq_ignore_ascii_case(one))))
        && (without == "owner_differs"
            || filter.owner_differs.is_none_or(|wanted| wanted == told.owner_differs))
        && same(&filter.owner, row.owner.as_deref())
        && same(&filter.target, row.target.as_deref())
        && filter.updated_since.is_none_or(|since| row.updated.is_some_and(|at| at >= since))
        && filter.updated_until.is_none_or(|until| row.updated.is_some_and(|at| at < until))
        && (filter.text.trim().is_empty() || found(&told.text, &filter.text, row))
}

/// What stands first by the column, then by the last update; the rest of the order is the store's own.
fn order(a: &Row, b: &Row, column: Column) -> Ordering {
    let rank = |row: &Row| Severity::parse(&row.severity).rank();
    let folded = |text: &str| text.to_ascii_lowercase();
    let owner = |row: &Row| row.owner.as_deref().map(folded);
    let updated = a.updated.cmp(&b.updated);
    match column {
        Column::Updated => updated,
        Column::Created => a.created.cmp(&b.created),
        Column::Number => a.number.cmp(&b.number),
        Column::Severity => rank(a).cmp(&rank(b)).then(updated),
        Column::Status => a.status.cmp(&b.status).then(updated),
        Column::Workspace => a.workspace.cmp(&b.workspace).then(updated),
        Column::Title => folded(&a.title).cmp(&folded(&b.title)).then(updated),
        Column::Owner => owner(a).cmp(&owner(b)).then(updated),
        Column::Alerts => a.alerts.cmp(&b.alerts).then(updated),
    }
}

fn some<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    let most = values.len().min(3);
    prop_oneof![2 => Just(Vec::new()), 1 => subsequence(values, 0..=most)]
}

fn filter() -> impl Strategy<Value = Filter> {
    let typed = [
        "",
        "in",
        "inbox ru",
        "42",
        "1003",
        "RAVI",
        "--",
        "lena@contoso",
        "defender",
        "0000000",
        "tier2 in",
        "\"x*",
    ];
    let text = prop_oneof![2 => Just(""), 1 => select(typed.to_vec())];
    let targets = || owned(&["", "1000", "1001", "1003", "1007"]);
    let span = || prop::option::weighted(0.2, 0i64..4_000);
    let names = (some(owned(&SEVERITIES)), some(owned(&STATUSES)), some(owned(&["soc", "retail", ""])));
    let people = (some(owned(&OWNERS)), some(targets()));
    let more = (
        some(owned(&["vip", "TIER2", "ravi", "nowhere"])),
        some(owned(&["", "TruePositive", "BenignPositive", "Undetermined", "parked"])),
        some(owned(&PRODUCTS)),
        prop::option::weighted(0.2, any::<bool>()),
    );
    (
        text,
        names,
        people,
        more,
        some(Presence::ALL.to_vec()),
        prop::option::weighted(0.2, any::<bool>()),
        span(),
        span(),
    )
        .prop_map(
            |(
                text,
                (severity, status, workspace),
                (owner, target),
                (tag, classification, product, owner_differs),
                presence,
                redirected,
                since,
                until,
            )| {
                Filter {
                    tag,
                    classification,
                    product,
                    owner_differs,
                    text: text.to_owned(),
                    severity,
                    status,
                    workspace,
                    presence,
                    redirected,
                    owner,
                    target,
                    updated_since: before(since),
                    updated_until: before(until),
                }
            },
        )
}

fn sort() -> impl Strategy<Value = Sort> {
    let columns = [
        Column::Severity,
        Column::Title,
        Column::Status,
        Column::Owner,
        Column::Number,
        Column::Workspace,
        Column::Created,
        Column::Updated,
        Column::Alerts,
    ];
    (select(columns.to_vec()), any::<bool>()).prop_map(|(column, descending)| Sort { column, descending })
}

impl World {
    fn kept(&self, filter: &Filter, without: &str) -> Vec<&Row> {
        self.rows.iter().filter(|row| passes(row, &self.told[&row.key], filter, without)).collect()
    }

    fn same_rows(&self, filter: &Filter, sort: Sort, page: u32) -> Result<(), TestCaseError> {
        let wanted: HashSet<&str> = self.kept(filter, "").iter().map(|row| row.key.as_str()).collect();
        let whole = self.store.incidents(filter, sort, 0, 10_000).expect("rows");
        let keys: Vec<&str> = whole.rows.iter().map(|row| row.key.as_str()).collect();
        prop_assert_eq!(keys.iter().copied().collect::<HashSet<_>>(), wanted);
        prop_assert_eq!((whole.total, whole.of), (keys.len() as u64, self.rows.len() as u64));
        for pair in whole.rows.windows(2) {
            let order = order(&pair[0], &pair[1], sort.column);
            let wrong = if sort.descending { Ordering::Less } else { Ordering::Greater };
            prop_assert_ne!(order, wrong, "{} before {}", &pair[0].key, &pair[1].key);
        }
        let mut paged = Vec::new();
        for offset in (0..whole.total + 1).step_by(page as usize) {
            paged.extend(self.store.incidents(filter, sort, offset, page).expect("a page").rows);
        }
        prop_assert_eq!(&paged, &whole.rows, "pages do not overlap and leave nothing out");
        let told = self.store.incident_keys(filter, sort, 0, 10_000).expect("keys").0;
        prop_assert_eq!(told, keys);
        let one_by_one =
            self.store.with_incidents(filter, sort, |_, _, rows| rows.flatten().collect::<Vec<_>>());
        prop_assert_eq!(one_by_one.expect("rows"), whole.rows);
        Ok(())
    }

    fn same_facets(&self, filter: &Filter) -> Result<(), TestCaseError> {
        let facets = self.store.facets(filter, NOW, Duration::hours(24)).expect("facets");
        let count = |name: &str, values: &dyn Fn(&Row) -> Vec<String>| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            let values = self.kept(filter, name).into_iter().flat_map(values);
            for value in values.filter(|value| !value.is_empty()) {
                *counts.entry(value).or_default() += 1;
            }
            counts
        };
        let told = |counts: Vec<(String, u64)>| counts.into_iter().collect::<BTreeMap<_, _>>();
        prop_assert_eq!(told(facets.severity), count("severity", &|row| vec![row.severity.clone()]));
        prop_assert_eq!(told(facets.status), count("status", &|row| vec![row.status.clone()]));
        prop_assert_eq!(
            told(facets.workspace),
            count("workspace", &|row| row.workspace.iter().cloned().collect())
        );
        prop_assert_eq!(
            told(facets.presence),
            count("presence", &|row| vec![row.presence.as_str().to_owned()])
        );
        prop_assert_eq!(
            told(facets.classification),
            count("classification", &|row| vec![self.told[&row.key].classification.to_owned()])
        );
        prop_assert_eq!(told(facets.product), count("product", &|row| owned(&self.told[&row.key].products)));
        let folded = |tags: &[String]| {
            tags.iter().map(|tag| tag.to_ascii_lowercase()).collect::<HashSet<_>>().into_iter().collect()
        };
        let tags = facets.tag.into_iter().map(|(tag, count)| (tag.to_ascii_lowercase(), count)).collect();
        prop_assert_eq!(told(tags), count("tag", &|row| folded(&row.tags)));
        let differ = self.kept(filter, "owner_differs").into_iter();
        let differ = differ.filter(|row| self.told[&row.key].owner_differs).count();
        prop_assert_eq!(facets.owner_differs, differ as u64);
        let redirected = self.kept(filter, "redirected").into_iter().filter(|row| row.redirected).count();
        prop_assert_eq!(facets.redirected, redirected as u64);
        Ok(())
    }

    fn same_groups(&self, filter: &Filter, group: Group) -> Result<(), TestCaseError> {
        let value = |row: &Row| match group {
            Group::Severity => row.severity.clone(),
            Group::Status => row.status.clone(),
            Group::Workspace => row.workspace.clone().unwrap_or_default(),
            Group::Presence => row.presence.as_str().to_owned(),
            Group::Owner => row.owner.clone().unwrap_or_default().to_ascii_lowercase(),
            Group::Target => row.target.clone().unwrap_or_default(),
            Group::Day => row.updated.map(|at| at.date().to_string()).unwrap_or_default(),
        };
        let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
        for row in self.kept(filter, "") {
            *wanted.entry(value(row)).or_default() += 1;
        }
        if group == Group::Day {
            wanted.remove("");
        }
        let told = self.store.incident_groups(filter, group).expect("groups");
        let told: BTreeMap<String, u64> =
            told.into_iter().map(|(value, count)| (value.to_ascii_lowercase(), count)).collect();
        prop_assert_eq!(told, wanted);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_filter_order_page_and_group_is_as_a_plain_reading_says(
        seeds in prop::collection::vec(seed(), 0..40),
        filling in any::<bool>(),
        asked in prop::collection::vec((filter(), sort(), 1..17u32), 12),
    ) {
        let world = world(&seeds, filling);
        let groups = [Group::Severity, Group::Status, Group::Owner, Group::Workspace, Group::Presence, Group::Target, Group::Day];
        for (at, (filter, sort, page)) in asked.iter().enumerate() {
            world.same_rows(filter, *sort, *page)?;
            world.same_facets(filter)?;
            world.same_groups(filter, groups[at % groups.len()])?;
        }
    }
}

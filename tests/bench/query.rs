//! `query`: what the incidents screen asks, p95 in the core, over 100,000 incidents beside a thousand.
//!
//! Questions go through the host as the window's do, without the transport.

use std::sync::Arc;
use std::time::{Duration, Instant};

use contract::Menu;
use contract::incident::{
    IncidentFilter, IncidentListRequest, IncidentPage, IncidentRow, Presence, Sort, SortColumn,
};
use host::secret::SessionMemory;
use host::{Apis, Host, Options, Source};

use crate::Outcome;
use crate::figure::{Aim, Figure, p95};
use crate::process::{Sandbox, own_cpu};

pub const LARGE: u32 = 100_000;
const SMALL: u32 = 1_000;
/// Times that each question is asked.
const ASKED: usize = 60;
const PAGE: u32 = 100;

pub fn measure() -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let small = runtime.block_on(Tenant::read(SMALL))?;
    let large = runtime.block_on(Tenant::read(LARGE))?;
    let few = runtime.block_on(small.ask())?;
    let many = runtime.block_on(large.ask())?;
    let aims = [("query.page", 20.0), ("query.filter", 50.0), ("query.search", 50.0)];
    let figures = aims.into_iter().enumerate().map(|(group, (name, aim))| Figure {
        name,
        ours: worst(&many[group]),
        other: worst(&few[group]),
        unit: "ms",
        beside: "the slowest of the same questions over 1,000 incidents",
        aim: Aim::AtMost(aim),
        bound_by: bound_by(&many[group]),
    });
    Ok(figures.collect())
}

/// One kind of id of a row.
type IdOf = fn(&IncidentRow) -> Option<String>;

/// A question, the p95 of its answers in milliseconds, and the processor time of one in the mean.
pub struct Answered {
    what: String,
    p95: f64,
    cpu: f64,
}

pub fn worst(group: &[Answered]) -> f64 {
    group.iter().map(|one| one.p95).fold(0.0, f64::max)
}

pub fn bound_by(group: &[Answered]) -> String {
    let mut sorted: Vec<&Answered> = group.iter().collect();
    sorted.sort_by(|a, b| b.p95.total_cmp(&a.p95));
    let told = sorted.iter().map(|one| format!("{} {:.1} ms (own CPU {:.1})", one.what, one.p95, one.cpu));
    format!("p95, slowest first: {}", told.collect::<Vec<_>>().join(", "))
}

/// A sandbox that was read into a store.
pub struct Tenant {
    host: Host,
    rows: Vec<IncidentRow>,
    pub total: u64,
    pub synced: Duration,
    /// How long the words took behind it.
    pub indexed: Duration,
}

impl Tenant {
    pub async fn read(incidents: u32) -> Outcome<Self> {
        let sandbox = Sandbox::start(incidents, 0)?;
        let host = Host::new(Options::new(Arc::new(SessionMemory::new())));
        host.open(Source::Descriptor(sandbox.file())).await.map_err(told)?;
        let began = Instant::now();
        host.sync(Apis::ALL).await.map_err(told)?;
        let synced = began.elapsed();
        host.index_text().await.map_err(told)?;
        let indexed = began.elapsed() - synced;
        eprintln!("  {incidents} incidents: synced in {synced:.1?}, text indexed in {indexed:.1?} more");
        let mut tenant = Self { host, rows: Vec::new(), total: 0, synced, indexed };
        tenant.total = tenant.list(&sorted(SortColumn::Updated)).await?.0.total;
        for part in 0..ASKED as u64 {
            let at = IncidentListRequest { limit: 1, ..tenant.deep(SortColumn::Updated, part) };
            tenant.rows.extend(tenant.list(&at).await?.0.rows);
        }
        Ok(tenant)
    }

    async fn list(&self, request: &IncidentListRequest) -> Outcome<(IncidentPage, Duration)> {
        let request = request.clone();
        let began = Instant::now();
        let page = self.host.incident_list(request).await.map_err(|error| error.message)?;
        Ok((page, began.elapsed()))
    }

    /// A page somewhere in the whole, the `part`th of [`ASKED`].
    fn deep(&self, column: SortColumn, part: u64) -> IncidentListRequest {
        let offset = self.total.saturating_sub(PAGE.into()) * part / ASKED as u64;
        IncidentListRequest { offset, ..sorted(column) }
    }

    pub async fn ask(&self) -> Outcome<[Vec<Answered>; 3]> {
        Ok([self.pages().await?, self.filters().await?, self.searches().await?])
    }

    /// Pages of every depth in the indexed orders, ids of every kind, rare words.
    async fn pages(&self) -> Outcome<Vec<Answered>> {
        let mut found = Vec::new();
        for column in [SortColumn::Updated, SortColumn::Created, SortColumn::Severity, SortColumn::Number] {
            let first = (0..ASKED).map(|_| sorted(column)).collect();
            found.push(self.p95(format!("first page by {column:?}"), first).await?);
            let deep = (0..ASKED as u64).map(|part| self.deep(column, part)).collect();
            found.push(self.p95(format!("pages of any depth by {column:?}"), deep).await?);
        }
        let ids: [(&str, IdOf); 3] = [
            ("GUID", |row| row.sentinel_id.clone()),
            ("Defender id", |row| row.graph_id.clone()),
            ("number", |row| row.number.map(|number| number.to_string())),
        ];
        for (kind, id) in ids {
            let asked = self.rows.iter().filter_map(id).map(search).collect();
            found.push(self.p95(format!("look-up by {kind}"), asked).await?);
        }
        found.push(self.p95("rare word".into(), self.rare_words().await?).await?);
        Ok(found)
    }

    /// Words of titles that at most twenty rows hold.
    async fn rare_words(&self) -> Outcome<Vec<IncidentListRequest>> {
        let mut rare = Vec::new();
        let words = self.rows.iter().flat_map(|row| row.title.split_whitespace());
        for word in words.filter(|word| word.chars().any(|c| c.is_ascii_digit())) {
            let asked = search(word.to_owned());
            if (1..=20).contains(&self.list(&asked).await?.0.total) {
                rare.push(asked);
            }
        }
        Ok(rare)
    }

    /// Every other order, every filter, and the counts beside the filters.
    async fn filters(&self) -> Outcome<Vec<Answered>> {
        let mut found = Vec::new();
        for column in [
            SortColumn::Title,
            SortColumn::Status,
            SortColumn::Owner,
            SortColumn::Workspace,
            SortColumn::Alerts,
        ] {
            let deep = (0..ASKED as u64).map(|part| self.deep(column, part)).collect();
            found.push(self.p95(format!("sort by {column:?}"), deep).await?);
        }
        for (what, filter) in offered() {
            let request = IncidentListRequest { filter: filter.clone(), ..sorted(SortColumn::Updated) };
            found.push(self.p95(format!("filter {what}"), vec![request; ASKED]).await?);
            found.push(self.facets(format!("counts beside filter {what}"), &filter).await?);
        }
        Ok(found)
    }

    /// What stands in the box while a word is typed, from its third letter on.
    async fn searches(&self) -> Outcome<Vec<Answered>> {
        let words: Vec<&str> = self
            .rows
            .iter()
            .flat_map(|row| row.title.split(|c: char| !c.is_alphabetic()))
            .filter(|word| word.len() >= 5)
            .take(ASKED)
            .collect();
        let typed =
            |letters: usize| words.iter().map(move |word| search(word.chars().take(letters).collect()));
        Ok(vec![
            self.p95("3 letters".into(), typed(3).collect()).await?,
            self.p95("4 letters".into(), typed(4).collect()).await?,
            self.p95("5 letters".into(), typed(5).collect()).await?,
        ])
    }

    async fn p95(&self, what: String, asked: Vec<IncidentListRequest>) -> Outcome<Answered> {
        let (mut times, cpu) = (Vec::new(), own_cpu());
        for request in &asked {
            times.push(self.list(request).await?.1);
        }
        answered(what, &times, cpu)
    }

    async fn facets(&self, what: String, filter: &IncidentFilter) -> Outcome<Answered> {
        let (mut times, cpu) = (Vec::new(), own_cpu());
        for _ in 0..ASKED {
            let filter = filter.clone();
            let began = Instant::now();
            self.host.incident_facets(filter).await.map_err(|error| error.message)?;
            times.push(began.elapsed());
        }
        answered(what, &times, cpu)
    }
}

fn answered(what: String, times: &[Duration], cpu_before: Duration) -> Outcome<Answered> {
    if times.is_empty() {
        return Err(format!("nothing to ask for: {what}").into());
    }
    let cpu = own_cpu().saturating_sub(cpu_before).as_secs_f64() / times.len() as f64;
    Ok(Answered { what, p95: p95(times) * 1e3, cpu: cpu * 1e3 })
}

fn sorted(column: SortColumn) -> IncidentListRequest {
    let sort = Sort { column, descending: true };
    IncidentListRequest { filter: IncidentFilter::default(), sort, offset: 0, limit: PAGE }
}

fn search(text: String) -> IncidentListRequest {
    let filter = IncidentFilter { text, ..IncidentFilter::default() };
    IncidentListRequest { filter, ..sorted(SortColumn::Updated) }
}

fn offered() -> Vec<(&'static str, IncidentFilter)> {
    let none = IncidentFilter::default;
    vec![
        ("none", none()),
        ("severity", IncidentFilter { severity: vec!["high".into()], ..none() }),
        ("status", IncidentFilter { status: vec!["new".into(), "active".into()], ..none() }),
        ("workspace", IncidentFilter { workspace: vec!["retail".into()], ..none() }),
        ("presence", IncidentFilter { presence: vec![Presence::Both], ..none() }),
        ("redirected", IncidentFilter { redirected: Some(true), ..none() }),
        ("owner differs", IncidentFilter { owner_differs: Some(true), ..none() }),
        ("classification", IncidentFilter { classification: vec!["TruePositive".into()], ..none() }),
        ("product", IncidentFilter { product: vec!["Azure Sentinel".into()], ..none() }),
        ("tag", IncidentFilter { tag: vec!["vip".into()], ..none() }),
        (
            "tags of what is open",
            IncidentFilter { tag: vec!["vip".into()], status: vec!["new".into()], ..none() },
        ),
        ("updated", IncidentFilter { updated_hours: Some(24 * 7), ..none() }),
    ]
}

fn told(fault: host::Fault) -> String {
    fault.sentence
}

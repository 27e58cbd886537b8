//! Alerts, entities, comments and tasks of one incident: asked when it is opened, kept with their age.
//!
//! A row that Defender knows has its alerts from Graph, any other from Sentinel; comments come from both, entities from
//! Sentinel's own list and from what Graph's alerts name, tasks from Sentinel alone. Where one refuses, the other is kept and the reason stands
//! beside it. Never here: more than one incident at a time.

use cloud::{Cloud, CloudError};
use domain::fault::Fault;
use domain::incident::part::{Alert, Comment, Entity, Moment, Task, merged, told_once};
use domain::incident::queue::{Presence, Row};
use domain::redirect::Unresolved;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{KeptPart, PartAnswer};
use time::OffsetDateTime;
use wire::arm::incident::{Comment as ArmComment, Entity as ArmEntity, IncidentAlert, Task as ArmTask};
use wire::graph::alert::Alert as GraphAlert;
use wire::graph::comment::Comment as GraphComment;
use wire::graph::incident::Incident as GraphIncident;

use super::timeline::timeline;
use crate::Scope;
use crate::change::Asked;
use crate::job::Control;

const SENTINEL: &str = "sentinel";
const GRAPH: &str = "graph";

/// The longest text of names that one incident adds to the index.
const MOST_NAMES: usize = 64_000;

/// A list as JSON with the names in it, or why there is none.
type Told = Result<(String, Option<String>), String>;

/// One part over both APIs.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<T> {
    pub items: Vec<T>,
    /// Of the oldest answer in it; `None` = never read.
    pub read_at: Option<OffsetDateTime>,
    /// What an API refused, a sentence each.
    pub trouble: Vec<String>,
}

/// What is kept of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    pub alerts: Part<Alert>,
    pub entities: Part<Entity>,
    pub comments: Part<Comment>,
    pub tasks: Part<Task>,
    /// Whether Sentinel has the incident: Graph's tells of no tasks.
    pub in_sentinel: bool,
    /// Both sides merged, newest first.
    pub timeline: Vec<Moment>,
}

impl Scope {
    /// Asks for the parts of one incident and keeps what came. A refusal is kept beside the part and is no failure.
    ///
    /// # Errors
    /// No such incident, nobody to ask, and the store's.
    pub async fn read_incident(&self, key: &str, control: &Control) -> Result<(), Fault> {
        let cloud = self.cloud()?;
        self.settle_changes(Some(key), control).await?;
        let row = self.row(key)?;
        let sides = self.store.sides(
            row.workspace.as_deref(),
            row.sentinel_id.as_deref(),
            row.graph_id.as_deref(),
        )?;
        let arm_id = sides.sentinel.map(|told| told.arm_id).filter(|id| !id.is_empty());
        self.read_its_defender_side(&row, control).await?;
        self.read_its_end(&row, control).await?;
        control.step("Reading alerts, entities, comments and tasks");
        let (graph, arm) = tokio::join!(
            ask_graph(cloud, row.graph_id.as_deref()),
            ask_arm(cloud, arm_id.as_deref(), row.graph_id.is_none()),
        );
        let mut answers = graph;
        // Sentinel stands in for alerts that Defender does not show.
        let missing = answers.iter().any(|one| one.part == "alerts" && one.told.is_err());
        if let Some(id) = arm_id.as_deref().filter(|_| missing) {
            answers.push(arm_alerts(cloud, id).await);
        }
        answers.extend(arm);
        let (key, at) = (key.to_owned(), self.wall.now());
        self.store(move |store| store.put_incident_parts(&key, &answers, at)).await?;
        self.flush_log().await
    }

    /// The Defender side that a large tenant's first sync left unread. Where Graph refuses, its parts tell why.
    async fn read_its_defender_side(&self, row: &Row, control: &Control) -> Result<(), Fault> {
        let unread = row.graph_id.clone().filter(|_| row.presence == Presence::DefenderNotRead);
        let Some(id) = unread else { return Ok(()) };
        control.step("Reading the Defender side");
        self.fetch_ends(vec![id], control).await.map(|_| ())
    }

    /// Where it went, if the first sync left that unread.
    async fn read_its_end(&self, row: &Row, control: &Control) -> Result<(), Fault> {
        if row.unresolved.as_deref() != Some(Unresolved::TargetNotRead.as_str()) {
            return Ok(());
        }
        let Some(last) = self.store.redirect(&row.key)?.and_then(|stored| stored.last) else { return Ok(()) };
        control.step("Reading where it went");
        self.fetch_ends(vec![last], control).await?;
        self.resolve_redirects(0, control).await.map(|_| ())
    }

    /// What is kept of one incident; nothing is asked.
    ///
    /// # Errors
    /// No such incident, and the store's.
    pub fn incident_parts(&self, key: &str) -> Result<Parts, Fault> {
        let row = self.row(key)?;
        let kept = self.store.incident_parts(key)?;
        let sides = self.store.sides(
            row.workspace.as_deref(),
            row.sentinel_id.as_deref(),
            row.graph_id.as_deref(),
        )?;
        let alerts = part(&kept, "alerts", alerts_in);
        let mut comments = part(&kept, "comments", comments_in);
        comments.items = told_once(comments.items);
        let mut entities = part(&kept, "entities", entities_in);
        if kept.iter().any(|one| one.part == "alerts" && one.api == GRAPH) {
            let named = part(&kept, "alerts", evidence_in);
            entities.items = merged(entities.items.into_iter().chain(named.items));
            entities.read_at = entities.read_at.into_iter().chain(named.read_at).min();
            entities.trouble.extend(named.trouble);
        }
        let of_this = Asked { incident: Some(key.to_owned()), ..Asked::default() };
        let changes = self.changes(of_this, 0, 200)?.changes;
        let timeline = timeline(&sides, &alerts.items, &comments.items, &changes);
        let tasks = part(&kept, "tasks", tasks_in);
        Ok(Parts { alerts, entities, comments, tasks, in_sentinel: sides.sentinel.is_some(), timeline })
    }
}

async fn ask_graph(cloud: &Cloud, id: Option<&str>) -> Vec<PartAnswer> {
    let Some(id) = id else { return Vec::new() };
    let read = cloud.graph().incident_with_alerts(id).await;
    let read = read.and_then(|found| {
        found.ok_or_else(|| CloudError::NotFound { what: format!("Defender incident `{id}`") })
    });
    let told = |part, what: &dyn Fn(&GraphIncident) -> Told| PartAnswer {
        part,
        api: GRAPH,
        told: read.as_ref().map_err(said).and_then(what),
    };
    vec![
        told("alerts", &|wire| {
            let alerts = wire.alerts.items();
            let names = names(alerts.iter().flat_map(translate::incident_part::evidence));
            Ok((json(&alerts)?, Some(names)))
        }),
        told("comments", &|wire| Ok((json(&wire.comments.items())?, None))),
    ]
}

/// Entities, comments and tasks, and the alerts where nobody else has them.
async fn ask_arm(cloud: &Cloud, id: Option<&str>, alerts: bool) -> Vec<PartAnswer> {
    let Some(id) = id else { return Vec::new() };
    let arm = cloud.arm();
    let (entities, comments, tasks) =
        tokio::join!(arm.incident_entities(id), arm.comments(id), arm.tasks(id));
    let entities = entities.as_ref().map_err(said).and_then(|told| {
        let list = told.entities.items();
        let names = names(list.iter().filter_map(translate::incident_part::sentinel_entity));
        Ok((json(&list)?, Some(names)))
    });
    let comments = comments.as_ref().map_err(said).and_then(|list| Ok((json(list)?, None)));
    let tasks = tasks.as_ref().map_err(said).and_then(|list| Ok((json(list)?, None)));
    let mut answers = vec![
        PartAnswer { part: "entities", api: SENTINEL, told: entities },
        PartAnswer { part: "comments", api: SENTINEL, told: comments },
        PartAnswer { part: "tasks", api: SENTINEL, told: tasks },
    ];
    if alerts {
        answers.push(arm_alerts(cloud, id).await);
    }
    answers
}

async fn arm_alerts(cloud: &Cloud, id: &str) -> PartAnswer {
    let read = cloud.arm().incident_alerts(id).await;
    let told = read.as_ref().map_err(said).and_then(|list| Ok((json(list)?, None)));
    PartAnswer { part: "alerts", api: SENTINEL, told }
}

fn said(error: &CloudError) -> String {
    error.fault().to_string()
}

fn json(list: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(list).map_err(|why| format!("The answer can't be kept: {why}."))
}

/// Names and aliases for the index, each once.
fn names(entities: impl Iterator<Item = Entity>) -> String {
    let mut text = String::new();
    for name in merged(entities).into_iter().flat_map(|one| std::iter::once(one.name).chain(one.aliases)) {
        if text.len() + name.len() > MOST_NAMES {
            break;
        }
        text.push_str(&name);
        text.push('\n');
    }
    text
}

fn part<T>(kept: &[KeptPart], name: &str, read: impl Fn(&KeptPart, &str) -> Vec<T>) -> Part<T> {
    let mine = || kept.iter().filter(|one| one.part == name);
    Part {
        items: mine()
            .flat_map(|one| one.json.as_deref().map_or_else(Vec::new, |json| read(one, json)))
            .collect(),
        read_at: mine().filter_map(|one| one.read_at).min(),
        trouble: mine().filter_map(|one| one.trouble.clone()).collect(),
    }
}

fn list<W: DeserializeOwned, T>(json: &str, read: impl Fn(&W) -> T) -> Vec<T> {
    serde_json::from_str::<Vec<W>>(json).unwrap_or_default().iter().map(read).collect()
}

fn alerts_in(kept: &KeptPart, json: &str) -> Vec<Alert> {
    match kept.api.as_str() {
        GRAPH => list::<GraphAlert, _>(json, translate::incident_part::graph_alert),
        _ => list::<IncidentAlert, _>(json, translate::incident_part::sentinel_alert),
    }
}

fn comments_in(kept: &KeptPart, json: &str) -> Vec<Comment> {
    match kept.api.as_str() {
        GRAPH => list::<GraphComment, _>(json, translate::incident_part::graph_comment),
        _ => list::<ArmComment, _>(json, translate::incident_part::sentinel_comment),
    }
}

fn tasks_in(_: &KeptPart, json: &str) -> Vec<Task> {
    list::<ArmTask, _>(json, translate::incident_part::sentinel_task)
}

fn entities_in(_: &KeptPart, json: &str) -> Vec<Entity> {
    merged(list::<ArmEntity, _>(json, translate::incident_part::sentinel_entity).into_iter().flatten())
}

fn evidence_in(kept: &KeptPart, json: &str) -> Vec<Entity> {
    match kept.api.as_str() {
        GRAPH => {
            list::<GraphAlert, _>(json, translate::incident_part::evidence).into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

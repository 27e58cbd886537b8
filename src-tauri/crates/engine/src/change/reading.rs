//! One incident as the API that writes it tells it: from the store, or asked just now.

use cloud::CloudError;
use domain::change::{Fields, merged, route};
use domain::fault::{Code, Fault};
use domain::incident::queue::Row;
use domain::incident::{Api, Status};

use crate::Scope;
use crate::incident::graph_row;
use store::ArmRow;

/// Where an incident is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    Sentinel { workspace: String, arm_id: String },
    Graph { id: String },
}

impl Place {
    pub fn api(&self) -> Api {
        match self {
            Self::Sentinel { .. } => Api::Sentinel,
            Self::Graph { .. } => Api::Graph,
        }
    }

    /// What writes the fields.
    pub fn fields_request(&self) -> Requested {
        let verb = if self.api() == Api::Graph { "PATCH" } else { "PUT" };
        Requested { verb: verb.to_owned(), path: self.path("") }
    }

    /// What writes a comment; `name` is the one under which Sentinel's is put.
    pub fn comment_request(&self, name: &str) -> Requested {
        match self {
            Self::Sentinel { .. } => {
                Requested { verb: "PUT".to_owned(), path: self.path(&format!("/comments/{name}")) }
            }
            Self::Graph { .. } => Requested { verb: "POST".to_owned(), path: self.path("/comments") },
        }
    }

    /// The path that is asked, without host.
    pub fn path(&self, below: &str) -> String {
        match self {
            Self::Sentinel { arm_id, .. } => format!("{arm_id}{below}?api-version={}", cloud::arm::SENTINEL),
            Self::Graph { id } => format!("/v1.0/security/incidents/{id}{below}"),
        }
    }
}

/// A request as it is shown before it is sent, and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requested {
    pub verb: String,
    /// Without host.
    pub path: String,
}

/// What was on screen when a change was decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub fields: Fields,
    /// ARM's etag, Graph's `lastUpdateDateTime`.
    pub version: Option<String>,
}

/// An answer of the API that writes.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    Sentinel(Box<cloud::arm::Incident>),
    Graph(Box<cloud::graph::Incident>),
}

impl Reading {
    pub fn seen(&self) -> Seen {
        match self {
            Self::Sentinel(item) => Seen {
                fields: translate::change::sentinel_fields(&item.wire),
                version: item.wire.etag.as_deref().map(str::to_owned),
            },
            Self::Graph(item) => Seen {
                fields: translate::change::graph_fields(&item.wire),
                version: item.wire.last_update_date_time.as_deref().map(str::to_owned),
            },
        }
    }

    pub fn fields(&self) -> Fields {
        self.seen().fields
    }

    /// Why nothing is written to it, where it was merged away.
    pub fn merged(&self) -> Option<String> {
        let (gone, target) = match self {
            Self::Sentinel(item) => {
                let told = translate::incident::sentinel(&item.wire, "")?;
                (told.is_redirected(), told.provider_incident_id)
            }
            Self::Graph(item) => {
                let told = translate::incident::graph(&item.wire)?;
                (told.status == Status::Redirected, told.redirect_incident_id)
            }
        };
        gone.then(|| merged(target.as_deref()))
    }

    /// How many of Graph's comments say just this; `None` where the answer holds no comments.
    pub fn count_comments(&self, message: &str) -> Option<usize> {
        match self {
            Self::Sentinel(_) => None,
            Self::Graph(item) => {
                let comments = item.wire.comments.as_ref()?;
                Some(translate::change::count_comments(comments, message))
            }
        }
    }

    pub fn raw(&self) -> &str {
        match self {
            Self::Sentinel(item) => &item.raw,
            Self::Graph(item) => &item.raw,
        }
    }
}

/// An answer that is kept.
pub(super) fn parse<T: serde::de::DeserializeOwned>(json: String) -> Result<cloud::Item<T>, Fault> {
    match serde_json::from_str(&json) {
        Ok(wire) => Ok(cloud::Item { wire, raw: json }),
        Err(why) => {
            Err(Fault::new(Code::Storage, format!("A stored incident can't be read: {why}."))
                .hint("Sync again."))
        }
    }
}

impl Scope {
    /// Where a row of the queue is written.
    ///
    /// # Errors
    /// The store's; inside, why it can't be written, a sentence.
    pub(super) fn place(&self, row: &Row) -> Result<Result<Place, String>, Fault> {
        let api = match route(row) {
            Ok(api) => api,
            Err(why) => return Ok(Err(why)),
        };
        let gap = "What is stored of it is not enough to write to it. Sync first.";
        if api == Api::Graph {
            return Ok(row.graph_id.clone().map(|id| Place::Graph { id }).ok_or_else(|| gap.to_owned()));
        }
        let sides = self.store.sides(row.workspace.as_deref(), row.sentinel_id.as_deref(), None)?;
        let told = sides.sentinel.filter(|told| !told.arm_id.is_empty());
        Ok(told
            .map(|told| Place::Sentinel { workspace: told.workspace, arm_id: told.arm_id })
            .ok_or_else(|| gap.to_owned()))
    }

    /// What the store holds of it.
    pub(super) fn stored(&self, row: &Row, place: &Place) -> Result<Option<Reading>, Fault> {
        Ok(match place {
            Place::Sentinel { workspace, .. } => {
                let id = format!("{workspace}/{}", row.sentinel_id.as_deref().unwrap_or_default());
                let body = self.store.body("sentinel", &id)?;
                body.map(|body| parse(body.json)).transpose()?.map(|item| Reading::Sentinel(Box::new(item)))
            }
            Place::Graph { id } => {
                let body = self.store.body("graph", id)?;
                body.map(|body| parse(body.json)).transpose()?.map(|item| Reading::Graph(Box::new(item)))
            }
        })
    }

    /// Asks for it now.
    pub(super) async fn ask_now(&self, place: &Place) -> Result<Option<Reading>, CloudError> {
        let Some(cloud) = &self.cloud else { return Ok(None) };
        Ok(match place {
            Place::Sentinel { arm_id, .. } => {
                cloud.arm().incident_at(arm_id).await?.map(|item| Reading::Sentinel(Box::new(item)))
            }
            Place::Graph { id } => {
                cloud.graph().incident(id).await?.map(|item| Reading::Graph(Box::new(item)))
            }
        })
    }

    /// Puts an answer over what the store held, so that the row is as it was read.
    pub(super) async fn keep_reading(&self, place: &Place, reading: &Reading) -> Result<(), Fault> {
        let (at, request) = (self.wall.now(), format!("GET {}", place.path("")));
        match (place, reading.clone()) {
            (Place::Sentinel { workspace, .. }, Reading::Sentinel(item)) => {
                let Some(incident) = translate::incident::sentinel(&item.wire, workspace) else {
                    return Ok(());
                };
                let rows = [ArmRow { incident, raw: item.raw }];
                self.store(move |store| store.put_arm(&rows, &request, at)).await
            }
            (_, Reading::Graph(item)) => {
                let Some(row) = graph_row(*item) else { return Ok(()) };
                self.store(move |store| store.put_graph(&[row], &request, at)).await
            }
            (Place::Graph { .. }, Reading::Sentinel(_)) => Ok(()),
        }
    }
}

//! What the doors of one session share.

use crate::answer;
use crate::content::{Content, Playbooks};
use crate::journal::{Door, Journal};
use crate::moment;
use crate::scope::Scope;
use crate::seed;
use crate::story::Story;
use crate::token::{Claims, Refusal, Signer};
use crate::weather::{Forecast, Trouble};
use crate::world::World;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Origins of the doors: `https://127.0.0.1:port`, without a path.
#[derive(Clone, Debug)]
pub struct Origins {
    pub authority: String,
    pub arm: String,
    pub graph: String,
    pub logs: String,
    pub truth: String,
}

/// Everything that a door reads.
pub struct Session {
    pub scope: Scope,
    pub origins: Origins,
    pub signer: Arc<Signer>,
    pub world: World,
    /// By workspace, in the scope's order.
    pub content: Vec<Content>,
    pub playbooks: Playbooks,
    pub journal: Journal,
    pub latency: Duration,
    pub forecast: Forecast,
    /// What meets a client whose tenant was typed as `throttled`.
    pub storm: Forecast,
    pub requests: AtomicU64,
}

/// Tenants that lead to a failure, whoever's sandbox it is.
pub const DENIED_TENANT: &str = "denied";
pub const THROTTLED_TENANT: &str = "throttled";

/// Resources that tokens are made for, by the door that checks them.
pub const ARM: &str = "https://management.azure.com";
pub const GRAPH: &str = "https://graph.microsoft.com";
pub const LOGS: &str = "https://api.loganalytics.io";
pub const EXCHANGE: &str = "https://outlook.office365.com";

impl Session {
    /// The caller's claims, or what is wrong with the token.
    ///
    /// # Errors
    /// [`Stranger`] says why; each door words it in its own way.
    pub fn caller(&self, headers: &HeaderMap, resource: &str) -> Result<Claims, Stranger> {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.ok_or(Stranger::NoToken)?.strip_prefix("Bearer ").ok_or(Stranger::NoToken)?;
        let claims = self.signer.verify(token).map_err(Stranger::Refused)?;
        if claims.aud.trim_end_matches('/') != resource {
            return Err(Stranger::Audience(claims.aud));
        }
        Ok(claims)
    }

    /// The trouble that this caller meets because of the tenant's name.
    pub fn storm_for(&self, claims: &Claims, door: Door, path: &str) -> Option<Trouble> {
        if claims.tid == THROTTLED_TENANT { self.storm.next(door, path) } else { None }
    }

    /// Whether a caller may read a workspace, or Graph's incidents where there is none.
    pub fn denied(&self, claims: &Claims, workspace: Option<&str>) -> bool {
        let by_story = self.scope.story == Story::Denied
            && workspace.is_none_or(|name| self.scope.workspaces.get(1).is_some_and(|second| second == name));
        claims.tid == DENIED_TENANT || by_story
    }

    /// A request id; the same in the same order.
    pub fn request_id(&self) -> String {
        seed::guid(self.scope.seed, "request", self.requests.fetch_add(1, Ordering::Relaxed))
    }

    /// The place of a workspace, by name without case.
    pub fn workspace(&self, name: &str) -> Option<usize> {
        self.scope.workspaces.iter().position(|one| one.eq_ignore_ascii_case(name))
    }

    /// A Graph error in Graph's shape.
    pub fn graph_error(&self, status: u16, code: &str, message: &str) -> Response {
        let date =
            moment::text(moment::of(time::OffsetDateTime::now_utc()) / moment::SECOND * moment::SECOND);
        let id = self.request_id();
        let inner = serde_json::json!({
            "date": date.trim_end_matches('Z'), "request-id": id, "client-request-id": id,
        });
        let body = serde_json::json!({"error": {"code": code, "message": message, "innerError": inner}});
        answer::json(status, body.to_string())
    }
}

/// Why a caller isn't known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stranger {
    NoToken,
    Refused(Refusal),
    /// The token is for this resource.
    Audience(String),
}

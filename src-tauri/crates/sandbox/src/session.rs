//! What the doors of one session share.

use crate::alert::Alerts;
use crate::answer;
use crate::budget::Counters;
use crate::certificate::Registered;
use crate::content::{Content, Playbooks};
use crate::entra;
use crate::journal::{Door, Journal};
use crate::moment;
use crate::right;
use crate::scope::Scope;
use crate::seed;
use crate::token::{Claims, Proof, Refusal, Signer};
use crate::weather::{Forecast, Trouble};
use crate::world::World;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Origins of the doors: `https://127.0.0.1:port`, without a path. The metadata service alone speaks plain http, as
/// Azure's does.
#[derive(Clone, Debug)]
pub struct Origins {
    pub authority: String,
    pub arm: String,
    pub graph: String,
    pub logs: String,
    pub truth: String,
    pub imds: String,
}

/// Everything that a door reads.
pub struct Session {
    pub scope: Scope,
    pub origins: Origins,
    pub signer: Arc<Signer>,
    pub world: World,
    /// What the log holds of alerts without an incident.
    pub alerts: Alerts,
    /// By workspace, in the scope's order.
    pub content: Vec<Content>,
    pub playbooks: Playbooks,
    pub journal: Journal,
    pub latency: Duration,
    /// Published limits, where the session keeps them.
    pub(crate) counters: Option<Counters>,
    pub forecast: Forecast,
    /// What meets a client whose tenant was typed as `throttled`.
    pub storm: Forecast,
    pub requests: AtomicU64,
    /// The app's certificate as Entra knows it.
    pub certificate: Registered,
    /// Codes and refresh tokens that Entra gave.
    pub memory: entra::Memory,
    /// Least time between two polls for a device code.
    pub poll: Duration,
    /// Seconds that a token lives.
    pub life: i64,
}

/// Tenants that lead to a failure, whoever's sandbox it is.
pub const DENIED_TENANT: &str = "denied";
pub const THROTTLED_TENANT: &str = "throttled";
pub const CHALLENGED_TENANT: &str = "challenged";

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

    /// Claims of the tenant's app for a resource, from now on.
    pub fn app_claims(&self, resource: &str, tid: &str) -> Claims {
        let iat = self.signer.clock.seconds();
        let granted = right::graph::granted(self.scope.story, tid).filter(|role| role.resource == resource);
        Claims {
            aud: resource.to_owned(),
            appid: self.scope.client_id.clone(),
            tid: tid.to_owned(),
            oid: self.scope.principal_id(),
            roles: granted.map(|role| role.value.to_owned()).collect(),
            person: None,
            proof: Proof::Secret,
            answers_challenge: false,
            capable: false,
            iat,
            exp: iat + self.life,
        }
    }

    /// The trouble that this caller meets because of the tenant's name.
    pub fn storm_for(&self, claims: &Claims, door: Door, path: &str) -> Option<Trouble> {
        match claims.tid.as_str() {
            THROTTLED_TENANT => self.storm.next(door, path),
            CHALLENGED_TENANT => Some(Trouble::Challenge).filter(|_| claims.is_challenged()),
            _ => None,
        }
    }

    /// Whether a caller's Azure roles allow an action at a resource.
    pub fn may(&self, claims: &Claims, action: &str, resource: &str) -> bool {
        right::azure::allows(&self.scope, &claims.tid, action, resource)
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

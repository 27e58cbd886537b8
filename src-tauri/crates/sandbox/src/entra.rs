//! The Entra door: metadata, keys, tokens for the app and for people, and its errors in Entra's words
//! (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).
//!
//! Sentences that carry an AADSTS code are the service's own; clients and our mail catalogue match on them.
//! Start at [`token`] for the grants, [`authorize`] and [`device`] for what a browser sees, [`memory`] for what is kept
//! between requests. Nothing here decides what somebody may do: that is `right`.

use crate::answer;
use crate::session::{CHALLENGED_TENANT, DENIED_TENANT, Session, THROTTLED_TENANT};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::Arc;

pub mod asked;
mod assertion;
mod authorize;
mod device;
mod error;
mod memory;
mod page;
pub mod person;
mod token;

use error::app;
pub use memory::Memory;

/// The door's routes.
pub fn routes(session: Arc<Session>) -> Router {
    Router::new()
        .route("/common/discovery/instance", get(instance))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(configuration))
        .route("/{tenant}/discovery/v2.0/keys", get(keys))
        .route("/{tenant}/oauth2/v2.0/token", post(token::answer))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::show).post(authorize::sent))
        .route("/{tenant}/oauth2/v2.0/devicecode", post(device::begin))
        .route("/{tenant}/oauth2/v2.0/deviceauth", get(device::show).post(device::sent))
        .with_state(session)
}

/// What a schedule's trouble looks like at this door.
pub fn refuse(session: &Session, status: u16) -> Response {
    app::unavailable(status).answer(session)
}

async fn instance(State(session): State<Arc<Session>>) -> Response {
    let host = session.origins.authority.trim_start_matches("https://");
    let tenant = &session.scope.tenant_id;
    let body = json!({
        "tenant_discovery_endpoint":
            format!("{}/{tenant}/v2.0/.well-known/openid-configuration", session.origins.authority),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    });
    answer::json(200, body.to_string())
}

async fn configuration(State(session): State<Arc<Session>>, Path(tenant): Path<String>) -> Response {
    let Some(id) = known(&session, &tenant) else {
        return app::no_tenant(&tenant, true).answer(&session);
    };
    answer::json(200, metadata(&session.origins.authority, &tenant, &id).to_string())
}

/// Endpoints keep the tenant as their first segment, as MSAL wants it.
fn metadata(origin: &str, tenant: &str, id: &str) -> Value {
    json!({
        "token_endpoint": format!("{origin}/{tenant}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "jwks_uri": format!("{origin}/{tenant}/discovery/v2.0/keys"),
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{origin}/{id}/v2.0"),
        "request_uri_parameter_supported": false,
        "authorization_endpoint": format!("{origin}/{tenant}/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": format!("{origin}/{tenant}/oauth2/v2.0/devicecode"),
        "end_session_endpoint": format!("{origin}/{tenant}/oauth2/v2.0/logout"),
        "tenant_region_scope": "WW",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": "https://pas.windows.net",
    })
}

async fn keys(State(session): State<Arc<Session>>) -> Response {
    answer::json(200, session.signer.jwks().to_string())
}

/// Tenants that can be typed besides the session's own, each leading to a failure.
const TYPED: [&str; 8] = [
    DENIED_TENANT,
    THROTTLED_TENANT,
    CHALLENGED_TENANT,
    BLOCKED_TENANT,
    assertion::EXPIRED_CERTIFICATE,
    "expired-secret",
    "no-consent",
    "unavailable",
];

/// The tenant whose policies block workload identities.
const BLOCKED_TENANT: &str = "blocked";

/// The tenant's id, or its typed name; none where Entra would not know it.
fn known(session: &Session, tenant: &str) -> Option<String> {
    let scope = &session.scope;
    let own = [&scope.tenant_id, &scope.mail_domain];
    if own.iter().any(|name| name.eq_ignore_ascii_case(tenant)) {
        return Some(scope.tenant_id.clone());
    }
    TYPED.iter().find(|name| name.eq_ignore_ascii_case(tenant)).map(|name| (*name).to_owned())
}

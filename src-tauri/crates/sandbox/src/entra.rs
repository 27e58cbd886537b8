//! The Entra door: metadata, keys, tokens by client secret, and its errors in Entra's words
//! (<https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>,
//! <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).
//!
//! Sentences that carry an AADSTS code are the service's own; clients and our mail catalogue match on them.

use crate::answer;
use crate::session::{ARM, DENIED_TENANT, EXCHANGE, GRAPH, LOGS, Session, THROTTLED_TENANT};
use crate::story::Story;
use crate::token::Claims;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use time::OffsetDateTime;

mod error;

use crate::form;
use error::Refused;

/// Seconds that a token lives.
const LIFE: i64 = 3_599;

/// The door's routes.
pub fn routes(session: Arc<Session>) -> Router {
    Router::new()
        .route("/common/discovery/instance", get(instance))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(configuration))
        .route("/{tenant}/discovery/v2.0/keys", get(keys))
        .route("/{tenant}/oauth2/v2.0/token", post(token))
        .with_state(session)
}

/// What a schedule's trouble looks like at this door.
pub fn refuse(session: &Session, status: u16) -> Response {
    Refused::unavailable(status).answer(session)
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
        return Refused::no_tenant(&tenant, true).answer(&session);
    };
    answer::json(200, metadata(&session.origins.authority, &tenant, &id).to_string())
}

/// Endpoints keep the tenant as their first segment, as MSAL wants it.
fn metadata(origin: &str, tenant: &str, id: &str) -> Value {
    json!({
        "token_endpoint": format!("{origin}/{tenant}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "jwks_uri": format!("{origin}/{tenant}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
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
const TYPED: [&str; 5] = [DENIED_TENANT, THROTTLED_TENANT, "expired-secret", "no-consent", "unavailable"];

/// The tenant's id, or its typed name; none where Entra would not know it.
fn known(session: &Session, tenant: &str) -> Option<String> {
    let scope = &session.scope;
    let own = [&scope.tenant_id, &scope.mail_domain];
    if own.iter().any(|name| name.eq_ignore_ascii_case(tenant)) {
        return Some(scope.tenant_id.clone());
    }
    TYPED.iter().find(|name| name.eq_ignore_ascii_case(tenant)).map(|name| (*name).to_owned())
}

async fn token(State(session): State<Arc<Session>>, Path(tenant): Path<String>, body: String) -> Response {
    match grant(&session, &tenant, &form::read(&body)) {
        Ok(claims) => {
            let body = json!({
                "token_type": "Bearer",
                "expires_in": claims.exp - claims.iat,
                "ext_expires_in": claims.exp - claims.iat,
                "access_token": session.signer.sign(&claims),
            });
            answer::with(answer::json(200, body.to_string()), "pragma", "no-cache")
        }
        Err(refused) => refused.answer(&session),
    }
}

/// Entra's order: the tenant, the request, the app, the secret, the resource.
fn grant(session: &Session, tenant: &str, form: &HashMap<String, String>) -> Result<Claims, Refused> {
    let tid = known(session, tenant).ok_or_else(|| Refused::no_tenant(tenant, false))?;
    let field =
        |name: &'static str| form.get(name).filter(|value| !value.is_empty()).ok_or(Refused::missing(name));
    let grant_type = field("grant_type")?;
    if grant_type != "client_credentials" {
        return Err(Refused::grant_type(grant_type));
    }
    let client = field("client_id")?;
    if *client != session.scope.client_id {
        return Err(Refused::no_app(client));
    }
    let secret = form.get("client_secret").ok_or_else(Refused::no_secret)?;
    if *secret != session.scope.client_secret {
        return Err(Refused::wrong_secret(client));
    }
    typed_failure(&tid, client)?;
    let resource = resource(session, field("scope")?)?;
    let iat = OffsetDateTime::now_utc().unix_timestamp();
    let roles = roles(session, resource, &tid);
    Ok(Claims { aud: resource.to_owned(), appid: client.clone(), tid, roles, iat, exp: iat + LIFE })
}

/// What a typed tenant's name does to an otherwise good request.
fn typed_failure(tid: &str, client: &str) -> Result<(), Refused> {
    match tid {
        "expired-secret" => Err(Refused::expired_secret(client)),
        "no-consent" => Err(Refused::no_consent(client)),
        "unavailable" => Err(Refused::unavailable(503)),
        _ => Ok(()),
    }
}

/// The resource of a scope; a door's own origin stands for the Microsoft service that it plays.
fn resource(session: &Session, scope: &str) -> Result<&'static str, Refused> {
    let name = scope.strip_suffix("/.default").ok_or_else(|| Refused::scope(scope))?;
    let name = name.trim_end_matches('/');
    let origins = &session.origins;
    match name {
        ARM | "https://management.core.windows.net" => Ok(ARM),
        GRAPH | "https://graph.windows.net" => Ok(GRAPH),
        LOGS | "https://api.loganalytics.azure.com" => Ok(LOGS),
        EXCHANGE | "https://outlook.office.com" | "https://ps.outlook.com" => Ok(EXCHANGE),
        _ if name == origins.arm => Ok(ARM),
        _ if name == origins.graph => Ok(GRAPH),
        _ if name == origins.logs => Ok(LOGS),
        _ => Err(Refused::no_resource(name, &session.scope.mail_domain)),
    }
}

/// Application permissions by resource, as the story grants them.
fn roles(session: &Session, resource: &str, tid: &str) -> Vec<String> {
    const MAIL: [&str; 2] = ["Mail.Send", "Mail.ReadBasic.All"];
    const SECURITY: [&str; 6] = [
        "SecurityIncident.Read.All",
        "SecurityIncident.ReadWrite.All",
        "SecurityAlert.Read.All",
        "ThreatHunting.Read.All",
        "CustomDetection.Read.All",
        "CaseManagement.Read.All",
    ];
    let story = session.scope.story;
    let granted: Vec<&str> = match resource {
        _ if tid == DENIED_TENANT => Vec::new(),
        GRAPH if story == Story::LegacyMail => SECURITY.to_vec(),
        GRAPH if story == Story::Denied => MAIL.to_vec(),
        GRAPH => MAIL.iter().chain(&SECURITY).copied().collect(),
        EXCHANGE if story != Story::LegacyMail => vec!["SMTP.SendAsApp"],
        _ => Vec::new(),
    };
    granted.into_iter().map(str::to_owned).collect()
}

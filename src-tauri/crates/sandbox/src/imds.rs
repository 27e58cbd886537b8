//! A machine's identity: the metadata service of a virtual machine, and App Service's endpoint
//! (<https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token>,
//! <https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference>).
//!
//! Plain http, as Azure's are. Nothing here takes a secret; App Service's header is a guard against forged requests.

use crate::answer;
use crate::entra::asked;
use crate::form;
use crate::seed;
use crate::session::Session;
use crate::token::{Claims, Proof};
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// The path of App Service's endpoint, as `IDENTITY_ENDPOINT` holds it.
pub const APP_SERVICE: &str = "/msi/token";

/// The door's routes.
pub fn routes(session: Arc<Session>) -> Router {
    Router::new()
        .route("/metadata/identity/oauth2/token", get(machine))
        .route(APP_SERVICE, get(app_service))
        .with_state(session)
}

/// What App Service puts into `IDENTITY_HEADER`.
pub fn header(session_seed: u64) -> String {
    seed::guid(session_seed, "identity header", 0)
}

async fn machine(
    State(session): State<Arc<Session>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match on_machine(&session, &form::read(&query.unwrap_or_default()), &headers) {
        Ok(body) => answer::json(200, body.to_string()),
        Err((error, description)) => {
            answer::json(400, json!({"error": error, "error_description": description}).to_string())
        }
    }
}

type Told = (&'static str, String);

fn on_machine(
    session: &Session,
    query: &HashMap<String, String>,
    headers: &HeaderMap,
) -> Result<Value, Told> {
    let bad = |text: &str| ("invalid_request", text.to_owned());
    if headers.get("metadata").is_none_or(|value| !value.as_bytes().eq_ignore_ascii_case(b"true")) {
        return Err(bad("Required metadata header not specified"));
    }
    let field = |name: &str| query.get(name).filter(|value| !value.is_empty());
    field("api-version").ok_or_else(|| bad("Required query variable 'api-version' is missing"))?;
    let name = field("resource").ok_or_else(|| bad("Required query variable 'resource' is missing"))?;
    if !is_meant(session, query) {
        return Err(bad("Identity not found"));
    }
    let claims = claims(session, name).ok_or_else(|| {
        let tenant = &session.scope.tenant_id;
        let text = format!(
            "AADSTS500011: The resource principal named {name} was not found in the tenant named {tenant}. This can happen \
             if the application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You might have sent your authentication request to the wrong tenant."
        );
        ("invalid_resource", text)
    })?;
    let life = (claims.exp - claims.iat).to_string();
    Ok(json!({
        "access_token": session.signer.sign(&claims),
        "client_id": claims.appid,
        "expires_in": life,
        "expires_on": claims.exp.to_string(),
        "ext_expires_in": life,
        "not_before": claims.iat.to_string(),
        "resource": name,
        "token_type": "Bearer",
    }))
}

async fn app_service(
    State(session): State<Arc<Session>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match on_app_service(&session, &form::read(&query.unwrap_or_default()), &headers) {
        Ok(body) => answer::json(200, body.to_string()),
        Err((status, message)) => {
            let body =
                json!({"statusCode": status, "message": message, "correlationId": session.request_id()});
            answer::json(status, body.to_string())
        }
    }
}

fn on_app_service(
    session: &Session,
    query: &HashMap<String, String>,
    headers: &HeaderMap,
) -> Result<Value, (u16, &'static str)> {
    let given = headers.get("x-identity-header").and_then(|value| value.to_str().ok());
    if given != Some(header(session.scope.seed).as_str()) {
        return Err((401, "The X-IDENTITY-HEADER header is missing or wrong."));
    }
    if query.get("api-version").is_none_or(|version| version != "2019-08-01") {
        return Err((400, "The api-version query parameter is missing or not supported."));
    }
    let name = query.get("resource").ok_or((400, "The resource query parameter is missing."))?;
    if !is_meant(session, query) {
        let text = "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.";
        return Err((400, text));
    }
    let claims = claims(session, name).ok_or((400, "The resource is not known in the tenant."))?;
    Ok(json!({
        "access_token": session.signer.sign(&claims),
        "client_id": claims.appid,
        "expires_on": claims.exp.to_string(),
        "resource": name,
        "token_type": "Bearer",
    }))
}

/// Whether the request names no identity, or the one that there is.
fn is_meant(session: &Session, query: &HashMap<String, String>) -> bool {
    let (object, client) = session.scope.identity();
    let fits = |names: &[&str], own: &str| {
        names.iter().filter_map(|name| query.get(*name)).all(|asked| asked.eq_ignore_ascii_case(own))
    };
    let by_path = ["mi_res_id", "msi_res_id"].iter().any(|name| query.contains_key(*name));
    !by_path && fits(&["client_id"], &client) && fits(&["object_id", "principal_id"], &object)
}

/// Claims of the machine's identity, which was granted what the app was; none for a resource that nobody knows.
fn claims(session: &Session, name: &str) -> Option<Claims> {
    let (oid, appid) = session.scope.identity();
    let resource = asked::named(session, name)?;
    // A managed identity proves itself by a certificate that Azure keeps.
    let proof = Proof::Certificate;
    Some(Claims { oid, appid, proof, ..session.app_claims(resource, &session.scope.tenant_id) })
}

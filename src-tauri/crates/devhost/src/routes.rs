//! Two doors, `/rpc` and `/events`, and the page.

use std::convert::Infallible;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::stream::{self, Stream};
use host::Host;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use crate::files;
use crate::gate::Gate;

/// A command with its arguments.
#[derive(Deserialize)]
struct Call {
    command: String,
    #[serde(default)]
    args: serde_json::Value,
}

/// Longest body of a call; pasted logs are the largest thing that is sent.
const MOST: usize = 4 << 20;

#[derive(Clone)]
struct Desk {
    host: Host,
    gate: Gate,
}

pub fn router(host: Host, gate: Gate) -> Router {
    Router::new()
        .route("/rpc", post(rpc))
        .route("/events", get(events))
        .fallback(get(page))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(Desk { host, gate })
}

async fn rpc(State(desk): State<Desk>, headers: HeaderMap, body: String) -> Response {
    if let Err(status) = desk.gate.call(&headers) {
        return status.into_response();
    }
    // A form of another page can send text, never JSON, without asking first.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Ok(call) = serde_json::from_str::<Call>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match desk.host.call(&call.command, call.args).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn events(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    if let Err(status) = desk.gate.call(&headers) {
        return status.into_response();
    }
    Sse::new(listen(desk.host)).keep_alive(KeepAlive::default()).into_response()
}

fn listen(host: Host) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(host.events(), |mut events| async move {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => contract::Event::everything_changed(),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(Event::default().json_data(&event).unwrap_or_default()), events))
    })
}

async fn page(State(desk): State<Desk>, headers: HeaderMap, uri: Uri) -> Response {
    match desk.gate.page(&headers) {
        Ok(()) => files::serve(uri.path()).await,
        Err(status) => status.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::Request;
    use host::Options;
    use host::secret::SessionMemory;
    use tower::ServiceExt;

    use super::*;

    fn desk() -> (Router, Gate) {
        let host = Host::new(Options { demo_only: true, ..Options::new(Arc::new(SessionMemory::new())) });
        let gate = Gate::new(([127, 0, 0, 1], 4711).into()).expect("randomness");
        (router(host, gate.clone()), gate)
    }

    async fn status(change: impl Fn(&mut HeaderMap)) -> StatusCode {
        let (router, gate) = desk();
        let mut request =
            Request::post("/rpc").body(Body::from(r#"{"command":"job_list","args":{}}"#)).expect("a request");
        let headers = request.headers_mut();
        headers.insert(header::HOST, gate.authority.parse().expect("a host"));
        headers.insert(header::CONTENT_TYPE, "application/json".parse().expect("a kind"));
        headers.insert(crate::gate::TOKEN, gate.token.parse().expect("a token"));
        change(headers);
        router.oneshot(request).await.expect("an answer").status()
    }

    #[tokio::test]
    async fn the_browser_with_the_token_is_answered() {
        assert_eq!(status(|_| {}).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn without_the_token_nothing_is_answered() {
        assert_eq!(
            status(|headers| drop(headers.remove(crate::gate::TOKEN))).await,
            StatusCode::UNAUTHORIZED
        );
    }

    #[tokio::test]
    async fn a_rebound_name_is_refused() {
        let rebound = |headers: &mut HeaderMap| {
            drop(headers.insert(header::HOST, "evil.example:4711".parse().unwrap()))
        };
        assert_eq!(status(rebound).await, StatusCode::MISDIRECTED_REQUEST);
    }

    #[tokio::test]
    async fn a_foreign_page_is_refused() {
        let foreign = |headers: &mut HeaderMap| {
            drop(headers.insert(header::ORIGIN, "https://evil.example".parse().unwrap()))
        };
        assert_eq!(status(foreign).await, StatusCode::FORBIDDEN);
    }

    #[tokio::test]
    async fn only_json_is_read() {
        let form = |headers: &mut HeaderMap| {
            drop(headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap()))
        };
        assert_eq!(status(form).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    #[tokio::test]
    async fn events_need_the_token_too() {
        let (router, gate) = desk();
        let request = Request::get("/events")
            .header(header::HOST, &gate.authority)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(router.oneshot(request).await.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    }
}

//! The built user interface, from `ui/dist`.

use std::path::{Component, Path, PathBuf};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The window's policy, with this origin in place of the window's bridge.
const CSP: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
                   img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
                   form-action 'none'; frame-ancestors 'none'";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/dist")
}

/// The file of a path; a route of the application gets the page.
pub async fn serve(path: &str) -> Response {
    let asked = Path::new(path.trim_start_matches('/'));
    if !asked.components().all(|part| matches!(part, Component::Normal(_))) {
        return page().await;
    }
    match tokio::fs::read(root().join(asked)).await {
        Ok(bytes) if !path.ends_with('/') && path.len() > 1 => answer(kind(asked), bytes),
        _ => page().await,
    }
}

async fn page() -> Response {
    match tokio::fs::read(root().join("index.html")).await {
        Ok(bytes) => answer("text/html; charset=utf-8", bytes),
        Err(_) => (StatusCode::NOT_FOUND, "ui/dist is not built: run `npm run build` in ui/").into_response(),
    }
}

fn answer(kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, bytes).into_response()
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("html") => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

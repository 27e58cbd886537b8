//! A window with one word on it: what the system's web view costs by itself, for the yardsticks.

use tauri::http::{HeaderValue, Response, header};
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

const PAGE: &str = "<!doctype html><title>blank</title><p>blank</p>";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("blank", |_, _| page())
        .setup(|app| {
            let page = WebviewUrl::CustomProtocol(Url::parse("blank://localhost/")?);
            WebviewWindowBuilder::new(app, "main", page).inner_size(1440.0, 900.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}

/// Without a type the web view would not show it.
fn page() -> Response<Vec<u8>> {
    let mut page = Response::new(PAGE.as_bytes().to_vec());
    page.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    page
}

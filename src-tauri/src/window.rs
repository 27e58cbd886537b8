//! The one window: where it starts, and that it never shows anything but our own pages.

use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The label that the capability names.
const LABEL: &str = "main";

/// Opens the window on `screen`, a route such as `/incidents`; without one the pages choose.
pub fn open(app: &App, screen: Option<&str>) -> tauri::Result<()> {
    let page = screen
        .map_or_else(WebviewUrl::default, |screen| WebviewUrl::App(format!("index.html#{screen}").into()));
    WebviewWindowBuilder::new(app, LABEL, page)
        .title("Crosswalk")
        .inner_size(1440.0, 900.0)
        .min_inner_size(720.0, 480.0)
        .zoom_hotkeys_enabled(true)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Shows the window in front of others.
pub fn to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    // A window manager may refuse; then it blinks in the task bar.
    let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
}

/// Leads the pages to `screen`.
pub fn go(app: &AppHandle, screen: &str) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let there = window.url().ok().and_then(|mut address| {
        address.set_fragment(Some(screen));
        lead(&window, address)
    });
    if there.is_none() {
        eprintln!("The window could not be led to `{screen}`.");
    }
}

fn lead(window: &WebviewWindow, address: Url) -> Option<()> {
    is_ours(&address).then(|| window.navigate(address).ok()).flatten()
}

/// The embedded pages, under the names that Tauri's web views give them.
fn is_ours(address: &Url) -> bool {
    address.scheme() == "tauri" || matches!(address.host_str(), Some("tauri.localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_embedded_pages_are_ours() {
        let told = [
            ("tauri://localhost/#/incidents", true),
            ("http://tauri.localhost/", true),
            ("http://127.0.0.1:9/", false),
            ("https://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ];
        for (address, ours) in told {
            assert_eq!(is_ours(&address.parse().unwrap()), ours, "{address}");
        }
    }
}

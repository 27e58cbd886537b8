//! The one window: where it starts, and that it never shows anything but our own pages.

use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder};

/// The label that the capability names.
const LABEL: &str = "main";

pub fn open(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Crosswalk")
        .inner_size(1440.0, 900.0)
        .min_inner_size(720.0, 480.0)
        .zoom_hotkeys_enabled(true)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
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

//! Shows a notice of the core's by the system, while the window is not in front: there it stands in the window anyway.
//!
//! Never here: a notice's text as markup.

use contract::event::Notice;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

pub fn show(app: &AppHandle, notice: &Notice) {
    let in_front = app.webview_windows().values().any(|window| window.is_focused().unwrap_or(false));
    if in_front {
        return;
    }
    // Where the system shows none, the window still does.
    let _ = app.notification().builder().title(&notice.title).body(plain(&notice.text)).show();
}

/// Linux desktops read a few tags of HTML in a notice's body.
/// <https://specifications.freedesktop.org/notification-spec/latest/markup.html>
fn plain(text: &str) -> String {
    if cfg!(target_os = "linux") {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        text.to_owned()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::plain;

    #[test]
    fn a_text_is_never_markup() {
        assert_eq!(plain("<a href=\"x\">R&D</a>"), "&lt;a href=\"x\"&gt;R&amp;D&lt;/a&gt;");
    }
}

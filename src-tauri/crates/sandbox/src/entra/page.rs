//! The pages that a browser is shown: sign-in, device code, a word at the end.
//!
//! Every text from a request is escaped; pages run no script and load nothing.

use crate::answer;
use axum::response::Response;

/// A form that asks for a name and a password.
pub struct SignIn<'a> {
    pub heading: &'a str,
    /// What went wrong the last time.
    pub trouble: Option<String>,
    /// The query that the form is sent with, as it came.
    pub query: &'a str,
    /// The code, where the page asks for one.
    pub user_code: Option<&'a str>,
    pub users: &'a [String],
    pub user: &'a str,
    pub password: &'a str,
}

impl SignIn<'_> {
    pub fn answer(&self, status: u16) -> Response {
        let trouble = self
            .trouble
            .as_deref()
            .map_or_else(String::new, |text| format!("<p role=\"alert\">{}</p>", escape(text)));
        let code = self.user_code.map_or_else(String::new, |code| {
            format!(
                "<label>Code <input name=\"user_code\" value=\"{}\" autocomplete=\"off\"></label>",
                escape(code)
            )
        });
        let users: String =
            self.users.iter().map(|user| format!("<option value=\"{}\">", escape(user))).collect();
        page(
            status,
            self.heading,
            &format!(
                "{trouble}<form method=\"post\" action=\"?{query}\">{code}\
                 <label>Account <input name=\"user\" list=\"users\" value=\"{user}\" autocomplete=\"off\"></label>\
                 <datalist id=\"users\">{users}</datalist>\
                 <label>Password <input name=\"password\" type=\"password\" value=\"{password}\"></label>\
                 <button name=\"answer\" value=\"accept\">Sign in</button>\
                 <button name=\"answer\" value=\"decline\">Cancel</button></form>",
                query = escape(self.query),
                user = escape(self.user),
                password = escape(self.password),
            ),
        )
    }
}

/// A page that only says something.
pub fn says(status: u16, heading: &str, text: &str) -> Response {
    page(status, heading, &format!("<p>{}</p>", escape(text)))
}

fn page(status: u16, heading: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{heading}</title>\
         <style>body{{font:16px system-ui;max-width:26rem;margin:4rem auto}}label,button{{display:block;margin:1rem 0}}\
         input{{width:100%}}</style><h1>{heading}</h1><p>This is Crosswalk's sandbox, not Microsoft.</p>{body}</html>",
        heading = escape(heading),
    );
    answer::with(
        answer::html(status, html),
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'",
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_stays_text() {
        assert_eq!(escape("\"><script>'&"), "&quot;&gt;&lt;script&gt;&#39;&amp;");
    }
}

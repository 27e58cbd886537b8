//! One request to be made, with the words for the trace and for errors about it.

use reqwest::{Method, Url};

use crate::endpoints::{Endpoints, Purpose};
use crate::error::CloudError;
use crate::ledger::Count;

/// A body and its type.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// A request to be made, perhaps more than once.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) purpose: Purpose,
    /// For the trace: two or three words.
    pub(crate) label: &'static str,
    /// For sentences: "the incidents of workspace `soc`".
    pub(crate) about: String,
    pub(crate) workspace: Option<String>,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) prefer: Option<&'static str>,
    pub(crate) body: Option<Body>,
    pub(crate) count: Count,
    /// Asking twice does no more than asking once, so an attempt without an answer may be repeated.
    pub(crate) safe: bool,
}

impl Call {
    /// A reading of `url`.
    pub(crate) fn get(purpose: Purpose, url: Url, label: &'static str, about: String, count: Count) -> Self {
        Self {
            purpose,
            label,
            about,
            workspace: None,
            method: Method::GET,
            url,
            prefer: None,
            body: None,
            count,
            safe: true,
        }
    }

    pub(crate) fn workspace(mut self, name: &str) -> Self {
        self.workspace = Some(name.to_owned());
        self
    }

    /// Whether it changes something of an incident. ARM asks for some lists by POST, without a body.
    pub(crate) fn writes(&self) -> bool {
        let incidents = matches!(self.purpose, Purpose::Arm | Purpose::Incidents);
        incidents && self.method != Method::GET && self.body.is_some()
    }

    pub(crate) fn prefer(mut self, what: &'static str) -> Self {
        self.prefer = Some(what);
        self
    }

    /// Sends a JSON body; `safe` as in [`Call::safe`].
    pub(crate) fn send(
        mut self,
        method: Method,
        content_type: &'static str,
        bytes: Vec<u8>,
        safe: bool,
    ) -> Self {
        self.method = method;
        self.body = Some(Body { content_type, bytes });
        self.safe = safe;
        self
    }
}

/// A body as JSON.
pub(crate) fn written(body: &impl serde::Serialize) -> Result<Vec<u8>, CloudError> {
    serde_json::to_vec(body)
        .map_err(|why| CloudError::BadAnswer { what: format!("the request can't be written as JSON: {why}") })
}

/// An address of a purpose: path segments, each of them escaped, and query values.
pub(crate) fn url<'a>(
    endpoints: &Endpoints,
    purpose: Purpose,
    path: impl IntoIterator<Item = &'a str>,
    query: &[(&str, &str)],
) -> Url {
    let mut url = endpoints.origin(purpose).clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.clear().extend(path);
    }
    set_query(&mut url, query);
    url
}

/// Writes a query with readable names: OData's `$filter` stays `$filter`, a space is `%20`.
pub(crate) fn set_query(url: &mut Url, query: &[(&str, &str)]) {
    let parts: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    url.set_query((!parts.is_empty()).then(|| parts.join("&")).as_deref());
}

/// A value in a query or a form.
pub(crate) fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b',' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::incident::Api;

    pub(crate) fn list() -> Call {
        let url = Url::parse("https://127.0.0.1/list").unwrap();
        let about = "the incidents of workspace `soc`".to_owned();
        Call::get(Purpose::Arm, url, "incidents", about, Count::Data(Api::Sentinel)).workspace("soc")
    }

    #[test]
    fn values_can_not_break_out_of_their_place() {
        let public = Endpoints::public().unwrap();
        let path = ["subscriptions", "../evil?x=1#y", "a b"];
        let made = url(&public, Purpose::Arm, path, &[("$filter", "a eq 'b&c+d' ü")]);
        assert_eq!(made.host_str(), Some("management.azure.com"));
        assert_eq!(made.path(), "/subscriptions/..%2Fevil%3Fx=1%23y/a%20b");
        assert_eq!(made.query(), Some("$filter=a%20eq%20%27b%26c%2Bd%27%20%C3%BC"));
    }

    #[test]
    fn no_query_leaves_no_question_mark() {
        let public = Endpoints::public().unwrap();
        assert_eq!(url(&public, Purpose::Logs, ["v1"], &[]).as_str(), "https://api.loganalytics.io/v1");
    }
}

//! Collected answers of Entra and ARM: `{"request": {…}, "response": {"status": …, "body": …}}`.

use serde_json::Value;

use crate::example::Example;

/// The body in a file under `entra` or `arm-errors`; none where it is another call's or only headers.
pub fn examples(file: &str, json: &Value) -> Vec<Example> {
    let Some(body) = json.pointer("/response/body") else { return Vec::new() };
    let call = match file.split_once('/') {
        Some(("arm-errors", _)) => "arm-error",
        Some(("entra", name)) => match entra(name, body) {
            Some(call) => call,
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    vec![Example { file: file.into(), place: "response".into(), call, body: body.clone() }]
}

fn entra(name: &str, body: &Value) -> Option<&'static str> {
    if body.get("error").is_some() {
        return Some("entra-token-error");
    }
    if body.get("access_token").is_some() {
        return Some("entra-token");
    }
    name.starts_with("openid-configuration").then_some("entra-openid-configuration")
}

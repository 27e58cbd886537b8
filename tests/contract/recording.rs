//! Recorded traffic of the Azure CLI: YAML cassettes of requests and answers, with JSON texts as bodies.

use serde::Deserialize;
use serde_json::Value;

use crate::example::Example;
use crate::swagger::listed;

#[derive(Deserialize)]
struct Cassette {
    interactions: Vec<Interaction>,
}

#[derive(Deserialize)]
struct Interaction {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    uri: String,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Response {
    body: Body,
    status: Status,
}

#[derive(Deserialize)]
struct Body {
    string: Option<String>,
}

#[derive(Deserialize)]
struct Status {
    code: u16,
}

/// The last two kinds of an address, and the noun.
const NOUNS: &[(&str, &str)] = &[
    ("Microsoft.OperationalInsights/workspaces", "arm-workspace"),
    ("Microsoft.SecurityInsights/incidents", "arm-incident"),
    ("Microsoft.SecurityInsights/incidents/comments", "arm-comment"),
    ("Microsoft.SecurityInsights/automationRules", "arm-automation-rule"),
    ("Microsoft.SecurityInsights/alertRules", "arm-alert-rule"),
    ("Microsoft.SecurityInsights/watchlists", "arm-watchlist"),
    ("Microsoft.SecurityInsights/onboardingStates", "arm-onboarding-state"),
    ("Microsoft.Logic/workflows", "arm-workflow"),
];

/// The bodies of the calls of ours in a cassette.
pub fn examples(file: &str, yaml: &str) -> Vec<Example> {
    let cassette: Cassette =
        serde_saphyr::from_str(yaml).unwrap_or_else(|error| panic!("{file} is no cassette: {error}"));
    let interactions = cassette.interactions.iter().enumerate();
    interactions.flat_map(|(index, interaction)| interaction.examples(file, index)).collect()
}

impl Interaction {
    fn examples(&self, file: &str, index: usize) -> Vec<Example> {
        // Deleting isn't a call of ours; its answer is `{}`.
        let Some(noun) = noun(&self.request.uri).filter(|_| self.request.method != "DELETE") else {
            return Vec::new();
        };
        let asked = if noun == "logs-answer" { "logs-query" } else { noun };
        let request = json(self.request.body.as_deref()).map(|body| ("request", asked, body));
        let answer = json(self.response.body.string.as_deref());
        let answer = answer.map(|body| ("answer", self.answered(noun, &body), body));
        let bodies = request.into_iter().chain(answer);
        bodies
            .map(|(what, call, body)| Example {
                file: file.into(),
                place: format!("#{index} {what}"),
                call,
                body,
            })
            .collect()
    }

    fn answered(&self, noun: &'static str, body: &Value) -> &'static str {
        if self.response.status.code < 400 { listed(noun, body) } else { "arm-error" }
    }
}

fn json(text: Option<&str>) -> Option<Value> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON in a body: {error}: {text}")))
}

/// `…/providers/Microsoft.SecurityInsights/incidents/{id}/comments?…` is a call about comments.
fn noun(uri: &str) -> Option<&'static str> {
    let path = uri.split('?').next()?;
    if path.contains("/v1/workspaces/") && path.ends_with("/query") {
        return Some("logs-answer");
    }
    let (_, kinds) = path.rsplit_once("/providers/")?;
    let mut segments = kinds.split('/');
    let mut kind = segments.next()?.to_owned();
    for segment in segments.step_by(2) {
        kind = format!("{kind}/{segment}");
    }
    NOUNS.iter().find(|(known, _)| *known == kind).map(|(_, noun)| *noun)
}

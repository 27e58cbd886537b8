//! Which api-versions each provider takes. A missing or unknown one is refused, as the real gateway does.

use super::error;
use axum::response::Response;

/// Stable versions of Microsoft.SecurityInsights.
const SENTINEL: [&str; 12] = [
    "2020-01-01",
    "2021-04-01",
    "2021-10-01",
    "2022-08-01",
    "2022-11-01",
    "2023-02-01",
    "2023-11-01",
    "2024-03-01",
    "2024-09-01",
    "2025-03-01",
    "2025-06-01",
    "2025-09-01",
];
/// Previews under which NRT, MLBehaviorAnalytics and ThreatIntelligence rules appear.
const SENTINEL_PREVIEWS: [&str; 3] = ["2024-04-01-preview", "2025-07-01-preview", "2025-10-01-preview"];
const WORKSPACES: [&str; 8] = [
    "2020-08-01",
    "2020-10-01",
    "2021-06-01",
    "2021-12-01-preview",
    "2022-10-01",
    "2023-09-01",
    "2025-02-01",
    "2025-07-01",
];
const LOGIC: [&str; 2] = ["2016-06-01", "2019-05-01"];
const CONNECTIONS: [&str; 2] = ["2016-06-01", "2018-07-01-preview"];
const SUBSCRIPTIONS: [&str; 8] = [
    "2016-06-01",
    "2018-01-01",
    "2019-06-01",
    "2019-11-01",
    "2020-01-01",
    "2021-01-01",
    "2021-04-01",
    "2022-12-01",
];

const AUTHORIZATION: [&str; 4] = ["2015-07-01", "2018-07-01", "2020-10-01", "2022-04-01"];

/// Which provider answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    Subscriptions,
    Workspaces,
    Sentinel,
    Logic,
    Connections,
    Authorization,
}

/// An accepted version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub text: String,
    pub preview: bool,
}

impl Provider {
    fn versions(self) -> Vec<&'static str> {
        match self {
            Self::Subscriptions => SUBSCRIPTIONS.to_vec(),
            Self::Workspaces => WORKSPACES.to_vec(),
            Self::Sentinel => SENTINEL.iter().chain(&SENTINEL_PREVIEWS).copied().collect(),
            Self::Logic => LOGIC.to_vec(),
            Self::Connections => CONNECTIONS.to_vec(),
            Self::Authorization => AUTHORIZATION.to_vec(),
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Subscriptions => "Microsoft.Resources",
            Self::Workspaces => "Microsoft.OperationalInsights",
            Self::Sentinel => "Microsoft.SecurityInsights",
            Self::Logic => "Microsoft.Logic",
            Self::Connections => "Microsoft.Web",
            Self::Authorization => "Microsoft.Authorization",
        }
    }

    /// Accepts a version, or says which there are.
    pub fn version(self, kind: &str, asked: Option<&str>) -> Result<Version, Box<Response>> {
        let Some(asked) = asked.filter(|text| !text.is_empty()) else {
            let message = "The api-version query parameter (?api-version=) is required for all requests.";
            return Err(Box::new(error::gateway(400, "MissingApiVersionParameter", message)));
        };
        let versions = self.versions();
        if versions.contains(&asked) {
            return Ok(Version { text: asked.to_owned(), preview: asked.ends_with("-preview") });
        }
        let message = format!(
            "The resource type '{kind}' could not be found in the namespace '{}' for api version '{asked}'. The \
             supported api-versions are '{}'.",
            self.namespace(),
            versions.join(",")
        );
        Err(Box::new(error::gateway(400, "InvalidResourceType", &message)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_and_preview_are_told_apart_and_others_refused() {
        let version = |asked| Provider::Sentinel.version("incidents", asked);
        assert!(!version(Some("2025-09-01")).unwrap().preview);
        assert!(version(Some("2025-07-01-preview")).unwrap().preview);
        for asked in [None, Some(""), Some("2019-01-01"), Some("2025-07-01")] {
            assert_eq!(version(asked).unwrap_err().status(), 400, "{asked:?}");
        }
    }
}

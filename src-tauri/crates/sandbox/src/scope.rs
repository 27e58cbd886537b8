//! What one sandbox session is about: its tenant, app, subscription, workspaces and clock.
//!
//! Every maker of content takes a [`Scope`] and nothing else, so that the same seed and `now` give the same bytes.
//! It must never read the clock itself: `now` is the story's clock, handed in.

use crate::logs::Limits;
use crate::seed;
use crate::story::Story;
use std::time::Duration;
use time::OffsetDateTime;

/// The name of a workspace that exists, but that Sentinel was never switched on for.
pub const NOT_ONBOARDED: &str = "not-onboarded";

/// Identities and clock of one session.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Where every number of the world comes from.
    pub seed: u64,
    /// Which world this is; [`Scope::new`] gives the default one.
    pub story: Story,
    /// The story's now. Dates in content are offsets from it; tokens and certificates follow the real clock.
    pub now: OffsetDateTime,
    /// Directory (tenant) GUID.
    pub tenant_id: String,
    /// The registered app's client id.
    pub client_id: String,
    /// The app's secret value, in the form that the portal shows (40 characters with `~`).
    pub client_secret: String,
    pub subscription_id: String,
    pub resource_group: String,
    /// Workspace names, the first one primary.
    pub workspaces: Vec<String>,
    /// Domain of all mailboxes and owners.
    pub mail_domain: String,
    /// Pause before SMTP answers 535.
    pub smtp_pause: Duration,
    /// What one answer of the log may hold.
    pub log_limits: Limits,
}

impl Scope {
    /// Identities from a seed, with the two workspaces of the default story.
    #[must_use]
    pub fn new(seed: u64, now: OffsetDateTime, smtp_pause: Duration) -> Self {
        Self {
            seed,
            story: Story::default(),
            now,
            tenant_id: seed::guid(seed, "tenant", 0),
            client_id: seed::guid(seed, "app", 0),
            client_secret: secret(seed),
            subscription_id: seed::guid(seed, "subscription", 0),
            resource_group: "rg-security".to_owned(),
            workspaces: vec!["soc-primary".to_owned(), "retail".to_owned()],
            mail_domain: "contoso.example".to_owned(),
            smtp_pause,
            log_limits: Limits::default(),
        }
    }

    /// The same identities in another world; `multi-workspace` has two workspaces more.
    #[must_use]
    pub fn with_story(mut self, story: Story) -> Self {
        self.story = story;
        if story == Story::MultiWorkspace {
            self.workspaces.extend(["emea".to_owned(), NOT_ONBOARDED.to_owned()]);
        }
        self
    }

    /// Object id of the app's service principal.
    #[must_use]
    pub fn principal_id(&self) -> String {
        seed::guid(self.seed, "principal", 0)
    }

    /// Object id of the managed identity's service principal, and its client id.
    #[must_use]
    pub fn identity(&self) -> (String, String) {
        (seed::guid(self.seed, "identity", 0), seed::guid(self.seed, "identity", 1))
    }

    /// `/subscriptions/{id}`
    #[must_use]
    pub fn subscription(&self) -> String {
        format!("/subscriptions/{}", self.subscription_id)
    }

    /// `/subscriptions/{id}/resourceGroups/{rg}`
    #[must_use]
    pub fn group(&self) -> String {
        format!("{}/resourceGroups/{}", self.subscription(), self.resource_group)
    }

    /// ARM id of a Log Analytics workspace.
    #[must_use]
    pub fn workspace_id(&self, workspace: &str) -> String {
        format!("{}/providers/Microsoft.OperationalInsights/workspaces/{workspace}", self.group())
    }

    /// ARM id of a Sentinel resource: `sentinel_id("retail", "automationRules", guid)`.
    #[must_use]
    pub fn sentinel_id(&self, workspace: &str, collection: &str, name: &str) -> String {
        format!("{}/providers/Microsoft.SecurityInsights/{collection}/{name}", self.workspace_id(workspace))
    }

    /// ARM id of a Logic App workflow.
    #[must_use]
    pub fn workflow_id(&self, name: &str) -> String {
        format!("{}/providers/Microsoft.Logic/workflows/{name}", self.group())
    }

    /// ARM id of an API connection.
    #[must_use]
    pub fn connection_id(&self, name: &str) -> String {
        format!("{}/providers/Microsoft.Web/connections/{name}", self.group())
    }

    /// The workspace's own GUID (`properties.customerId`), which Log Analytics queries name.
    #[must_use]
    pub fn customer_id(&self, workspace: &str) -> String {
        seed::guid(self.seed, "customer", fold(workspace))
    }
}

/// A short number for a name, stable over runs.
fn fold(name: &str) -> u64 {
    seed::mix(0, name, name.len() as u64)
}

/// Forty characters shaped like a secret value of Entra: `abc8Q~…`.
fn secret(seed: u64) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    let letter = |at: u64| seed::pick(seed, "secret", at, LETTERS).map_or('x', |b| char::from(*b));
    (0..40)
        .map(|at| match at {
            3 => '8',
            4 => 'Q',
            5 => '~',
            _ => letter(at),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_the_seed() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let one = Scope::new(1, now, Duration::ZERO);
        assert_eq!(one.tenant_id, Scope::new(1, now, Duration::ZERO).tenant_id);
        assert_ne!(one.tenant_id, Scope::new(2, now, Duration::ZERO).tenant_id);
        assert_ne!(one.customer_id("soc-primary"), one.customer_id("retail"));
        assert_eq!(one.client_secret.len(), 40);
    }
}

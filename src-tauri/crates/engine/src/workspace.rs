//! Which workspaces there are, whether each can be read, and what could not be seen: asked of ARM, kept for when it does
//! not answer.
//!
//! Never here: a workspace that counts as off because nobody may look. Start at [`Scope::survey_workspaces`].

use cloud::CloudError;
use cloud::arm::Workspace;
use domain::fault::{Code, Fault};
use domain::incident::Api;
use serde::{Deserialize, Serialize};

use crate::Scope;
use crate::job::Control;

const SETTING: &str = "workspaces";
const UNSEEN: &str = "workspaces_unseen";

/// A workspace as it is kept between sessions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    name: String,
    id: String,
    resource_group: String,
    subscription: String,
    customer_id: String,
    location: String,
    #[serde(default)]
    state: State,
}

/// What was found out about Sentinel there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
enum State {
    #[default]
    NotAsked,
    On,
    /// With the sentence that says so.
    Off(String),
    /// It may not be asked, with the refusal.
    Refused(String),
}

/// A workspace that ARM shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// ARM id.
    pub id: String,
    pub name: String,
    pub subscription: String,
    pub resource_group: String,
    /// Why its incidents can't be read, a sentence.
    pub trouble: Option<String>,
    /// Whether Sentinel is known to be off there, so that no right is asked for.
    pub is_off: bool,
    /// Whether Sentinel answered; `None` where it was not asked yet.
    pub answered: Option<bool>,
}

/// What there is, as far as it can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspaces {
    pub seen: Vec<Seen>,
    /// What could not be seen at all, a sentence each.
    pub unseen: Vec<String>,
}

impl Scope {
    /// Asks ARM for every workspace that this account may see. A subscription that refuses is noted and left out.
    ///
    /// # Errors
    /// Sign-in and network, as the cloud tells them; `Denied` where there is no workspace at all.
    pub async fn discover_workspaces(&self) -> Result<Vec<Workspace>, Fault> {
        let (found, unseen) = self.list_workspaces().await?;
        if found.is_empty() {
            self.keep_workspaces(Vec::new(), unseen).await?;
            return Err(Fault::new(Code::Denied, "This account sees no Log Analytics workspace.")
                .hint("Grant it Microsoft Sentinel Reader on the workspace's resource group."));
        }
        let before = self.kept_workspaces()?;
        let kept = found.iter().map(|one| keep(one, state_of(one, &before))).collect();
        self.keep_workspaces(kept, unseen).await?;
        Ok(found)
    }

    /// The same, and whether Sentinel is on in each and may be read. Finding none is an answer here.
    ///
    /// # Errors
    /// Sign-in and network.
    pub async fn survey_workspaces(&self, control: &Control) -> Result<Workspaces, Fault> {
        control.step("Looking for workspaces");
        let (found, mut unseen) = self.list_workspaces().await?;
        let mut kept = Vec::new();
        for workspace in &found {
            control.checkpoint().await;
            kept.push(keep(workspace, self.ask_state(workspace).await?));
        }
        if found.is_empty() && unseen.is_empty() {
            unseen.push(NOTHING.to_owned());
        }
        self.keep_workspaces(kept, unseen).await?;
        self.flush_log().await?;
        self.workspaces()
    }

    /// What was seen last, with what stands in the way of reading it.
    pub fn workspaces(&self) -> Result<Workspaces, Fault> {
        let listings = self.store.listings()?;
        let trouble = |name: &str| {
            let mine = listings.iter().find(|(api, of, _)| api == Api::Sentinel.as_str() && of == name);
            mine.and_then(|(_, _, state)| state.trouble.clone())
        };
        let seen = self.kept_workspaces()?.into_iter().map(|kept| {
            let listed = trouble(&kept.name);
            seen(kept, listed)
        });
        let unseen = self.store.setting(UNSEEN)?.unwrap_or_default();
        Ok(Workspaces { seen: seen.collect(), unseen: serde_json::from_str(&unseen).unwrap_or_default() })
    }

    /// Names of the workspaces that were seen last.
    pub fn workspace_names(&self) -> Result<Vec<String>, Fault> {
        Ok(self.kept_workspaces()?.into_iter().map(|workspace| workspace.name).collect())
    }

    /// The workspace of this name as it was seen last; none where two share it.
    pub(crate) fn known_workspace(&self, name: &str) -> Result<Option<Workspace>, Fault> {
        let mut named = self.kept_workspaces()?.into_iter().filter(|kept| kept.name == name);
        let only = named.next().filter(|_| named.next().is_none());
        Ok(only.map(|Kept { name, id, resource_group, subscription, customer_id, location, state: _ }| {
            Workspace { name, id, resource_group, subscription, customer_id, location }
        }))
    }

    /// Every workspace of every subscription, and the subscriptions that refuse.
    async fn list_workspaces(&self) -> Result<(Vec<Workspace>, Vec<String>), Fault> {
        let arm = self.cloud()?.arm();
        let (mut found, mut unseen) = (Vec::new(), Vec::new());
        for subscription in arm.subscriptions().await.map_err(|error| error.fault())? {
            match arm.workspaces(&subscription.id).await {
                Ok(workspaces) => found.extend(workspaces),
                Err(error) => unseen.push(refusal(&error).ok_or_else(|| error.fault())?),
            }
        }
        Ok((found, unseen))
    }

    async fn ask_state(&self, workspace: &Workspace) -> Result<State, Fault> {
        match self.cloud()?.arm().onboarded(workspace).await {
            Ok(true) => Ok(State::On),
            Ok(false) => {
                Ok(State::Off(format!("Sentinel is not switched on for workspace `{}`.", workspace.name)))
            }
            Err(error) => match refusal(&error) {
                Some(sentence) => Ok(State::Refused(sentence)),
                None => Err(error.fault()),
            },
        }
    }

    fn kept_workspaces(&self) -> Result<Vec<Kept>, Fault> {
        let json = self.store.setting(SETTING)?.unwrap_or_default();
        Ok(serde_json::from_str(&json).unwrap_or_default())
    }

    async fn keep_workspaces(&self, kept: Vec<Kept>, unseen: Vec<String>) -> Result<(), Fault> {
        let kept = serde_json::to_string(&kept).unwrap_or_default();
        let unseen = serde_json::to_string(&unseen).unwrap_or_default();
        self.store(move |store| {
            store.set_setting(SETTING, &kept)?;
            store.set_setting(UNSEEN, &unseen)
        })
        .await
    }
}

const NOTHING: &str = "Azure shows a subscription or workspace only to whom a role was granted in it, and this account \
     holds none.";

/// A refusal that concerns this one thing; `None` for what stops everything, as a sign-in or the network does.
fn refusal(error: &CloudError) -> Option<String> {
    match error {
        CloudError::Denied { .. }
        | CloudError::NotFound { .. }
        | CloudError::NotOnboarded { .. }
        | CloudError::Rejected { .. } => Some(error.to_string()),
        _ => None,
    }
}

fn keep(workspace: &Workspace, state: State) -> Kept {
    Kept {
        name: workspace.name.clone(),
        id: workspace.id.clone(),
        resource_group: workspace.resource_group.clone(),
        subscription: workspace.subscription.clone(),
        customer_id: workspace.customer_id.clone(),
        location: workspace.location.clone(),
        state,
    }
}

fn state_of(workspace: &Workspace, before: &[Kept]) -> State {
    before.iter().find(|kept| kept.id == workspace.id).map(|kept| kept.state.clone()).unwrap_or_default()
}

fn seen(kept: Kept, listed: Option<String>) -> Seen {
    let (is_off, answered, found) = match kept.state {
        State::NotAsked => (false, None, None),
        State::On => (false, Some(true), None),
        State::Off(sentence) => (true, Some(true), Some(sentence)),
        State::Refused(sentence) => (false, Some(false), Some(sentence)),
    };
    Seen {
        id: kept.id,
        name: kept.name,
        subscription: kept.subscription,
        resource_group: kept.resource_group,
        trouble: listed.or(found),
        is_off,
        answered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_before_states_were_asked_is_read() {
        let json = r#"[{"name":"soc","id":"/x","resource_group":"rg","subscription":"s","customer_id":"c","location":"l"}]"#;
        let kept: Vec<Kept> = serde_json::from_str(json).unwrap();
        assert_eq!(kept[0].state, State::NotAsked);
    }

    #[test]
    fn off_and_refused_are_told_apart() {
        let kept = |state| Kept { name: "soc".into(), state, ..Kept::default() };
        let off = seen(kept(State::Off("Off.".into())), None);
        assert_eq!((off.is_off, off.trouble.as_deref()), (true, Some("Off.")));
        let refused = seen(kept(State::Refused("No.".into())), None);
        assert_eq!((refused.is_off, refused.answered), (false, Some(false)));
        let listed = seen(kept(State::On), Some("Newer.".into()));
        assert_eq!(listed.trouble.as_deref(), Some("Newer."), "what reading met is newer");
    }

    #[test]
    fn what_stops_everything_is_no_refusal_of_one_thing() {
        let offline = CloudError::Offline { host: "h".into(), why: "w".into() };
        assert_eq!(refusal(&offline), None);
        let denied = CloudError::Denied { sentence: "No.".into(), hint: String::new(), request_id: None };
        assert_eq!(refusal(&denied).as_deref(), Some("No."));
    }
}

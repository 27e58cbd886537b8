//! Everything that can be asked about an account's rights: tokens, grants, role assignments, what is allowed in each
//! group, and what a call answers.

use cloud::graph::GraphQuery;
use cloud::{Audience, CloudError, Item};
use domain::account::doctor::{Answer, Assignment, Claims, Effective, Evidence};
use domain::account::{Asked, Group, Need, Reach, Right, needs};
use domain::fault::Fault;
use domain::readiness::{Given, Verdict};
use wire::arm::role_assignment::{Permission, RoleAssignment};
use wire::entra::JwtClaims;

use super::used;
use crate::Scope;
use crate::job::Control;
use crate::readiness::first_sentence;
use crate::workspace::Workspaces;

impl Scope {
    /// # Errors
    /// The store's. What Microsoft refuses is part of the evidence.
    pub(super) async fn gather_rights(
        &self,
        asked: &Asked,
        found: &Workspaces,
        control: &Control,
    ) -> Result<Evidence, Fault> {
        let cloud = self.cloud()?;
        let wanted = needs(asked);
        let token = cloud.access_token(Audience::Graph).await.map(|token| token.claims);
        let principal = self.principal(token.as_ref().ok()).await;
        let mut answers = workspace_answers(&wanted, found);
        answers.extend(self.graph_answer(&wanted).await?);
        answers.extend(self.mail_answer()?);
        Ok(Evidence {
            app_roles: self.app_roles(asked).await?,
            assignments: self.assignments(asked, principal, control).await?,
            effective: self.effective(asked, control).await?,
            used: used::count(self, &wanted)?,
            claims: given(token.map(|claims| read_claims(&claims))),
            answers,
        })
    }

    /// The object id that roles are assigned to: every token of the account names it.
    async fn principal(&self, graph: Option<&JwtClaims>) -> Option<String> {
        let named = |claims: &JwtClaims| claims.oid.as_deref().map(str::to_owned);
        if let Some(oid) = graph.and_then(named) {
            return Some(oid);
        }
        let token = self.cloud().ok()?.access_token(Audience::Arm).await.ok()?;
        named(&token.claims)
    }

    /// Graph's app roles that the app was granted; a person has none, so nothing is missing there.
    async fn app_roles(&self, asked: &Asked) -> Result<Given<Vec<String>>, Fault> {
        let client = self.account.as_ref().map(|account| account.client.clone()).unwrap_or_default();
        if asked.way.is_person() || client.is_empty() {
            return Ok(Given::Read(Vec::new()));
        }
        let graph = self.cloud()?.graph();
        let granted = match graph.service_principal(&client).await {
            Ok(Some(app)) => match app.wire.id.as_deref() {
                Some(id) => graph.app_role_assignments(id).await,
                None => Ok(Vec::new()),
            },
            Ok(None) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let ids = |all: Vec<Item<wire::graph::directory::AppRoleAssignment>>| {
            all.into_iter().filter_map(|one| one.wire.app_role_id.into_option()).collect()
        };
        Ok(given(granted.map(ids)))
    }

    async fn assignments(
        &self,
        asked: &Asked,
        principal: Option<String>,
        control: &Control,
    ) -> Result<Vec<(String, Given<Vec<Assignment>>)>, Fault> {
        let mut subscriptions: Vec<&str> = groups(asked).map(|group| group.subscription.as_str()).collect();
        subscriptions.sort_unstable();
        subscriptions.dedup();
        let mut all = Vec::new();
        for subscription in subscriptions {
            control.checkpoint().await;
            let answer = match &principal {
                Some(principal) => {
                    let read = self.cloud()?.arm().role_assignments(subscription, principal).await;
                    given(read.map(|items| items.into_iter().filter_map(assignment).collect()))
                }
                None => Given::Missing("no token names this account's object id".to_owned()),
            };
            all.push((subscription.to_owned(), answer));
        }
        Ok(all)
    }

    async fn effective(
        &self,
        asked: &Asked,
        control: &Control,
    ) -> Result<Vec<(Group, Given<Vec<Effective>>)>, Fault> {
        let mut all: Vec<(Group, Given<Vec<Effective>>)> = Vec::new();
        for group in groups(asked) {
            if all.iter().any(|(one, _)| one.same(group)) {
                continue;
            }
            control.checkpoint().await;
            let read = self.cloud()?.arm().permissions(&group.id()).await;
            let read = read.map(|items| items.into_iter().map(effective).collect());
            all.push((group.clone(), given(read)));
        }
        Ok(all)
    }

    /// One incident of Defender's shows whether they may be read.
    async fn graph_answer(&self, wanted: &[Need]) -> Result<Option<Answer>, Fault> {
        let query = GraphQuery { top: Some(1), ..GraphQuery::default() };
        let asked = self.cloud()?.graph().incidents(&query).await;
        let right = wanted.iter().map(|need| need.right).find(|right| matches!(right, Right::Graph(_)));
        Ok(right.and_then(|right| answer(right, Reach::Tenant, &asked)))
    }

    /// The mail tests alone see Exchange's grant: G-02 asks Graph for a mail that can't be sent, and the refusal says
    /// whether the right is there.
    fn mail_answer(&self) -> Result<Option<Answer>, Fault> {
        let Some((ladder, _)) = self.mail_ladder()? else { return Ok(None) };
        let step = ladder.steps.into_iter().find(|step| step.id == "G-02");
        let refused = match step {
            Some(step) if step.verdict == Verdict::Pass.as_str() => None,
            Some(step) if step.verdict == Verdict::Fail.as_str() => Some(step.reason),
            _ => return Ok(None),
        };
        Ok(Some(Answer { right: Right::ApplicationMailSend, reach: Reach::Mailboxes, refused }))
    }

    /// Groups that hold playbooks: those that were read, and those that automation rules run, which are named there
    /// even where the playbooks themselves may not be read.
    pub(super) fn playbook_groups(&self) -> Result<Vec<Group>, Fault> {
        let playbooks = self.store.objects(crate::readiness::PLAYBOOK)?;
        let mut ids: Vec<String> = playbooks.into_iter().map(|playbook| playbook.id).collect();
        for tree in self.trees(crate::readiness::AUTOMATION_RULE)? {
            let rule = translate::automation_rule::from_answer(&tree);
            ids.extend(rule.playbooks().filter_map(|id| id.known().cloned()));
        }
        let mut groups: Vec<Group> = Vec::new();
        for group in ids.iter().filter_map(|id| Group::of(id)) {
            if !groups.iter().any(|one| one.same(&group)) {
                groups.push(group);
            }
        }
        Ok(groups)
    }
}

fn groups(asked: &Asked) -> impl Iterator<Item = &Group> {
    asked.workspaces.iter().chain(&asked.playbooks)
}

/// What was read, or the refusal as a clause.
pub(super) fn given<T>(read: Result<T, CloudError>) -> Given<T> {
    match read {
        Ok(read) => Given::Read(read),
        Err(error) => Given::Missing(first_sentence(&error.fault().sentence).to_owned()),
    }
}

/// Only a refusal for lack of a right speaks of the right.
fn answer<T>(right: Right, reach: Reach, asked: &Result<T, CloudError>) -> Option<Answer> {
    match asked {
        Ok(_) => Some(Answer { right, reach, refused: None }),
        Err(error @ CloudError::Denied { .. }) => {
            Some(Answer { right, reach, refused: Some(error.to_string()) })
        }
        Err(_) => None,
    }
}

/// What Sentinel answered in each workspace; where there is no workspace, that is the answer.
fn workspace_answers(wanted: &[Need], found: &Workspaces) -> Vec<Answer> {
    let azure = |need: &&Need| matches!(need.right, Right::Azure(_));
    let Some(right) = wanted.iter().find(azure).map(|need| need.right) else { return Vec::new() };
    if found.seen.is_empty() {
        let refused = Some("This account sees no Log Analytics workspace.".to_owned());
        return vec![Answer { right, reach: Reach::WorkspaceGroups, refused }];
    }
    let asked = found.seen.iter().filter(|one| !one.is_off);
    asked
        .filter_map(|one| {
            let group = Group { subscription: one.subscription.clone(), name: one.resource_group.clone() };
            let refused = match one.answered? {
                true => None,
                false => Some(one.trouble.clone().unwrap_or_default()),
            };
            Some(Answer { right, reach: Reach::Group(group), refused })
        })
        .collect()
}

fn read_claims(claims: &JwtClaims) -> Claims {
    let scopes = claims.scp.as_deref().unwrap_or_default();
    Claims {
        roles: claims.roles.items().to_vec(),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        directory_roles: claims.wids.items().to_vec(),
        is_app: claims.idtyp.as_deref() == Some("app") || scopes.is_empty(),
    }
}

fn assignment(item: Item<RoleAssignment>) -> Option<Assignment> {
    let properties = item.wire.properties.into_option()?;
    Some(Assignment {
        role: properties.role_definition_id.into_option()?,
        scope: properties.scope.into_option().unwrap_or_default(),
    })
}

fn effective(item: Item<Permission>) -> Effective {
    Effective {
        actions: item.wire.actions.items().to_vec(),
        not_actions: item.wire.not_actions.items().to_vec(),
    }
}

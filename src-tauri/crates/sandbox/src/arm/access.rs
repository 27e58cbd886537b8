//! Microsoft.Authorization: who has which role where, and what the caller may do
//! (<https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription>,
//! <https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group>).
//!
//! Both are told from `right::azure`, which is also what the other doors judge by.

use super::version::Provider;
use super::{Call, error, paged};
use crate::entra::person;
use crate::moment;
use crate::right::azure::{self, Assignment};
use crate::seed;
use axum::http::Method;
use axum::response::Response;
use serde_json::{Value, json};

/// Role assignments on a page: few, so that clients meet the link to the next one.
const PAGE: usize = 3;

/// Whatever lies below `{scope}/providers/Microsoft.Authorization`; `scope` is a subscription, group or workspace.
pub fn answer(call: &Call, scope: &str, rest: &[&str]) -> Response {
    match (&call.method, rest) {
        (&Method::GET, ["roleassignments"]) => read(call, "roleAssignments", scope, assignments),
        (&Method::GET, ["permissions"]) => read(call, "permissions", scope, permissions),
        _ => super::no_route(call),
    }
}

fn read(call: &Call, kind: &str, scope: &str, next: fn(&Call, &str) -> Response) -> Response {
    call.versioned(Provider::Authorization, kind, |_| {
        let action = format!("Microsoft.Authorization/{kind}/read");
        match call.session.may(&call.claims, &action, scope) {
            true => next(call, scope),
            false => error::forbidden(call, &action, scope),
        }
    })
}

/// What the caller may do there: one entry for each role.
fn permissions(call: &Call, scope: &str) -> Response {
    let held = azure::assignments(&call.session.scope, &call.claims.tid);
    let here = held.iter().filter(|one| azure::covers(&one.at, scope));
    let entries: Vec<Value> = here
        .map(|one| {
            json!({
                "actions": one.role.actions,
                "notActions": one.role.not_actions,
                "dataActions": [],
                "notDataActions": [],
                "condition": null,
                "conditionVersion": null,
            })
        })
        .collect();
    paged(call, &entries.iter().collect::<Vec<_>>(), PAGE)
}

fn assignments(call: &Call, scope: &str) -> Response {
    let Some(filter) = Filter::read(call.query.get("$filter").map_or("", String::as_str)) else {
        return error::bad("The filter of the role assignments is not supported.");
    };
    let held = azure::assignments(&call.session.scope, &call.claims.tid);
    let here = held
        .iter()
        .filter(|one| azure::covers(&one.at, scope) || (!filter.not_below && azure::covers(scope, &one.at)));
    let people = principals(call);
    let asked = people
        .iter()
        .filter(|(id, _)| filter.principal.as_ref().is_none_or(|asked| asked.eq_ignore_ascii_case(id)));
    let asked: Vec<&(String, &str)> = asked.collect();
    let rows: Vec<Value> =
        here.flat_map(|one| asked.iter().map(move |(id, kind)| row(call, one, id, kind))).collect();
    paged(call, &rows.iter().collect::<Vec<_>>(), PAGE)
}

/// Everybody who holds roles, by object id: the app, the machine's identity, the people.
fn principals(call: &Call) -> Vec<(String, &'static str)> {
    let scope = &call.session.scope;
    let people = person::names(scope).into_iter().filter_map(|name| person::find(scope, &name));
    let machines = [(scope.principal_id(), "ServicePrincipal"), (scope.identity().0, "ServicePrincipal")];
    machines.into_iter().chain(people.map(|person| (person.oid, "User"))).collect()
}

fn row(call: &Call, one: &Assignment, principal: &str, kind: &str) -> Value {
    let scope = &call.session.scope;
    let name = seed::guid(scope.seed, &format!("{}{}{principal}", one.role.name, one.at), 0);
    let (since, role) = (moment::text(moment::of(scope.now) - 200 * moment::DAY), one.role.id(scope));
    json!({
        "properties": {
            "roleDefinitionId":
                format!("{}/providers/Microsoft.Authorization/roleDefinitions/{role}", scope.subscription()),
            "principalId": principal,
            "principalType": kind,
            "scope": one.at,
            "condition": null,
            "conditionVersion": null,
            "createdOn": since,
            "updatedOn": since,
            "createdBy": null,
            "updatedBy": null,
            "delegatedManagedIdentityResourceId": null,
            "description": null,
        },
        "id": format!("{}/providers/Microsoft.Authorization/roleAssignments/{name}", one.at),
        "type": "Microsoft.Authorization/roleAssignments",
        "name": name,
    })
}

/// `atScope()`, `assignedTo('…')` and `principalId eq '…'`, joined by `and`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Filter {
    principal: Option<String>,
    not_below: bool,
}

impl Filter {
    /// `None` for any other text.
    fn read(text: &str) -> Option<Self> {
        let mut filter = Self::default();
        for part in text.split(" and ").map(str::trim).filter(|part| !part.is_empty()) {
            let quoted = part
                .strip_prefix("assignedTo('")
                .and_then(|rest| rest.strip_suffix("')"))
                .or_else(|| part.strip_prefix("principalId eq '").and_then(|rest| rest.strip_suffix('\'')));
            match (part, quoted) {
                ("atScope()", _) => filter.not_below = true,
                (_, Some(id)) => filter.principal = Some(id.to_owned()),
                _ => return None,
            }
        }
        Some(filter)
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn the_documented_filters_are_read_and_no_other() {
        let principal = Some("a".to_owned());
        let read = |text: &str| Filter::read(text);
        assert_eq!(read(""), Some(Filter::default()));
        let named = Filter { principal: principal.clone(), not_below: false };
        assert_eq!(read("assignedTo('a')"), Some(named));
        assert_eq!(read("atScope() and principalId eq 'a'"), Some(Filter { principal, not_below: true }));
        assert_eq!(read("roleDefinitionId eq 'a'"), None);
    }
}

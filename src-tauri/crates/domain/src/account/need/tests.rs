//! Which rights each tier asks for, where, and by which way in.

use super::*;

fn group(name: &str) -> Group {
    Group { subscription: "s-1".into(), name: name.into() }
}

fn asked(tier: Tier, mail: bool, way: Way) -> Asked {
    Asked { tier, mail, way, workspaces: vec![group("rg-soc")], playbooks: vec![group("rg-play")] }
}

fn told(asked: &Asked) -> Vec<String> {
    needs(asked).iter().map(|need| format!("{} on {}", need.permission(), need.reach.text())).collect()
}

#[test]
fn looking_needs_nothing_that_writes() {
    let all = told(&asked(Tier::Look, false, Way::Browser));
    assert_eq!(
        all,
        ["Microsoft Sentinel Reader on rg-soc", "Reader on rg-play", "SecurityIncident.Read.All on tenant"]
    );
}

#[test]
fn each_tier_has_its_own_role() {
    let respond = told(&asked(Tier::Respond, false, Way::Browser));
    assert_eq!(respond[0], "Microsoft Sentinel Responder on rg-soc");
    assert_eq!(respond[1], "Microsoft Sentinel Playbook Operator on rg-play");
    assert_eq!(respond[2], "SecurityIncident.ReadWrite.All on tenant");
    let fix = told(&asked(Tier::Fix, false, Way::Browser));
    assert_eq!(fix[0], "Microsoft Sentinel Contributor on rg-soc");
}

#[test]
fn an_app_sends_mail_by_exchanges_scoped_role_and_a_person_by_a_delegated_scope() {
    let app = told(&asked(Tier::Look, true, Way::Certificate));
    assert!(app.contains(&"Application Mail.Send on mailboxes of the tests".to_owned()), "{app:?}");
    assert!(
        !app.iter().any(|one| one.starts_with("Mail.Send")),
        "the whole tenant is never asked for: {app:?}"
    );
    let person = told(&asked(Tier::Look, true, Way::DeviceCode));
    assert!(person.contains(&"Mail.Send on tenant".to_owned()), "{person:?}");
}

#[test]
fn a_group_is_asked_for_once_in_any_casing() {
    let mut twice = asked(Tier::Look, false, Way::Browser);
    twice.workspaces = vec![group("rg-soc"), group("RG-SOC"), group("rg-a")];
    twice.playbooks.clear();
    let all = told(&twice);
    assert_eq!(all.iter().filter(|one| one.starts_with("Microsoft Sentinel Reader")).count(), 2, "{all:?}");
}

#[test]
fn where_no_workspace_was_seen_the_places_are_named_in_words() {
    let mut blind = asked(Tier::Look, false, Way::ClientSecret);
    blind.workspaces.clear();
    blind.playbooks.clear();
    let all = told(&blind);
    assert_eq!(all[0], "Microsoft Sentinel Reader on resource group of each workspace");
    assert_eq!(all[1], "Reader on resource groups of the playbooks");
}

#[test]
fn a_persons_sign_in_asks_for_the_tiers_scopes_alone() {
    assert_eq!(delegated_scopes(Tier::Look, false), ["SecurityIncident.Read.All"]);
    assert_eq!(delegated_scopes(Tier::Fix, true), ["SecurityIncident.ReadWrite.All", "Mail.Send"]);
}

#[test]
fn a_group_is_read_from_an_id() {
    let id = "/Subscriptions/s-1/resourcegroups/rg-soc/providers/Microsoft.Logic/workflows/p";
    assert_eq!(Group::of(id), Some(group("rg-soc")));
    assert_eq!(Group::of("/subscriptions/s-1"), None);
}

//! The message to an administrator: what is asked for, where, and why, in plain text.

use super::need::{Asked, Need, Reach};
use super::quote::plain;
use super::right::GrantKind;
use super::{App, Tier, Way};

pub(super) fn message(asked: &Asked, app: &App, needs: &[Need], consent: Option<&str>) -> String {
    let mut lines = vec![
        format!("Access for Crosswalk in tenant {}: {}", plain(&app.tenant), title(asked)),
        String::new(),
        "Crosswalk reads Microsoft Sentinel and Defender and shows what changes with the move to the Defender portal. \
         It asks for the rights below and for no others."
            .to_owned(),
        limits(asked.tier).to_owned(),
        String::new(),
        format!("For: {}", whom(asked, app)),
    ];
    for (number, need) in needs.iter().enumerate() {
        lines.push(String::new());
        lines.push(format!("{}. {}", number + 1, right(asked, need)));
        lines.push(format!("   Why: {}", need.why));
    }
    lines.push(String::new());
    lines.extend(ending(asked, needs, consent));
    lines.join("\n") + "\n"
}

fn title(asked: &Asked) -> String {
    let mail = if asked.mail { ", with test mail" } else { "" };
    format!("{}{mail}", asked.tier.title())
}

fn limits(tier: Tier) -> &'static str {
    match tier {
        Tier::Look => "It changes nothing in the tenant.",
        Tier::Respond => "It changes incidents alone, and only where somebody confirms it.",
        Tier::Fix => "It changes incidents and rules alone, and only where somebody confirms it.",
    }
}

fn whom(asked: &Asked, app: &App) -> String {
    let client = if app.client.is_empty() { "(client ID to be told)".to_owned() } else { plain(&app.client) };
    let user = app.user.as_deref().map_or_else(|| "the person who signs in".to_owned(), plain);
    match asked.way {
        Way::Browser | Way::DeviceCode => format!("{user}, through app {client}"),
        Way::ClientSecret | Way::Certificate => format!("app {client}"),
        Way::AzureCli => format!("{user}, by `az login`"),
        Way::ManagedIdentity if app.client.is_empty() => {
            "the system-assigned managed identity of the machine".to_owned()
        }
        Way::ManagedIdentity => format!("managed identity {client}"),
    }
}

fn right(asked: &Asked, need: &Need) -> String {
    let optional = if need.optional { " (optional)" } else { "" };
    let name = need.permission();
    match need.kind() {
        GrantKind::AzureRole => format!("Azure role `{name}` on {}{optional}", place(&need.reach)),
        GrantKind::Graph => {
            let kind = if asked.way.is_person() { "delegated" } else { "application" };
            format!("Microsoft Graph {kind} permission `{name}`, with admin consent{optional}")
        }
        GrantKind::Exchange => format!(
            "Exchange Online role `{name}` (RBAC for Applications), with a scope that holds the test mailboxes alone{optional}"
        ),
    }
}

fn place(reach: &Reach) -> String {
    match reach {
        Reach::Group(group) => {
            format!("resource group `{}` ({})", plain(&group.name), plain(&group.id()))
        }
        Reach::WorkspaceGroups => "the resource group of each workspace".to_owned(),
        Reach::PlaybookGroups => "each resource group that holds playbooks".to_owned(),
        Reach::Tenant | Reach::Mailboxes => reach.text(),
    }
}

fn ending(asked: &Asked, needs: &[Need], consent: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    if asked.way == Way::AzureCli {
        lines.push(
            "The token of Azure CLI can't carry the Graph permission, whatever is granted: for Defender's incidents \
             another way in is needed."
                .to_owned(),
        );
    }
    if let Some(address) = consent {
        lines.push(
            "Admin consent to what the app registration lists, as Privileged Role Administrator:".to_owned(),
        );
        lines.push(address.to_owned());
    }
    if needs.iter().any(|need| need.kind() == GrantKind::Exchange) {
        lines.push(
            "If the app has `Mail.Send` in Microsoft Graph, remove it: it reaches every mailbox, whatever the scope says."
                .to_owned(),
        );
    }
    if needs.iter().any(|need| need.kind() == GrantKind::AzureRole) {
        lines.push(
            "Roles take up to ten minutes to work. Owner or User Access Administrator of a resource group can assign \
             them."
                .to_owned(),
        );
    }
    lines
}

//! What an administrator gets, held word for word, and hostile names that stay inside their quotes.

use super::*;
use crate::account::{Group, Registration, Way, registration};

const AUTHORITY: &str = "https://login.microsoftonline.com";
const GRAPH: &str = "https://graph.microsoft.com";

fn app() -> App {
    App {
        tenant: "contoso.com".into(),
        client: "8f2b6c1e-0000-4000-8000-000000000001".into(),
        user: Some("lena@contoso.com".into()),
        authority: AUTHORITY.into(),
        graph: GRAPH.into(),
    }
}

fn asked(tier: Tier, mail: bool, way: Way) -> Asked {
    let group = |name: &str| Group { subscription: "s-1".into(), name: name.into() };
    Asked { tier, mail, way, workspaces: vec![group("rg-soc")], playbooks: vec![group("rg-play")] }
}

/// Golden files lie beside this one; `UPDATE_GOLDEN=1` writes them anew.
fn golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/account/ask/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, wanted, "{name} differs from its golden file");
}

fn hold(name: &str, asked: &Asked, app: &App) {
    let ask = ask(asked, app, "state-1");
    golden(&format!("{name}.txt"), &ask.request);
    golden(&format!("{name}.sh"), &ask.az);
    golden(&format!("{name}.ps1"), &ask.powershell);
}

#[test]
fn an_app_that_looks() {
    hold("app-look", &asked(Tier::Look, false, Way::ClientSecret), &app());
}

#[test]
fn an_app_that_fixes_and_sends_mail() {
    hold("app-fix-mail", &asked(Tier::Fix, true, Way::Certificate), &app());
}

#[test]
fn a_person_who_responds() {
    hold("person-respond", &asked(Tier::Respond, false, Way::Browser), &app());
}

#[test]
fn a_managed_identity_in_the_government_cloud() {
    let app = App { client: String::new(), graph: "https://graph.microsoft.us/".into(), ..app() };
    hold("identity-gcc-high", &asked(Tier::Look, true, Way::ManagedIdentity), &app);
}

#[test]
fn azure_cli_before_any_workspace_was_seen() {
    let asked = Asked { workspaces: vec![], playbooks: vec![], ..asked(Tier::Look, false, Way::AzureCli) };
    hold("cli-blind", &asked, &App { client: String::new(), user: None, ..app() });
}

#[test]
fn a_registration_for_the_browser() {
    let Registration { manifest, az, powershell, then } =
        registration(&asked(Tier::Look, true, Way::Browser), &app());
    golden("registration.json", &manifest);
    golden("registration.sh", &az);
    golden("registration.ps1", &powershell);
    assert!(then.contains("Data.Read"), "what a manifest can't carry is said: {then}");
}

#[test]
fn consent_is_asked_for_at_the_tenants_own_address() {
    let address = |way, app: &App| ask(&asked(Tier::Look, false, way), app, "a b").consent_url;
    assert_eq!(
        address(Way::ClientSecret, &app()).as_deref(),
        Some(
            "https://login.microsoftonline.com/contoso.com/v2.0/adminconsent?client_id=8f2b6c1e-0000-4000-8000-000000000001&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&redirect_uri=http%3A%2F%2Flocalhost&state=a%20b"
        )
    );
    assert_eq!(address(Way::AzureCli, &app()), None, "Azure CLI is Microsoft's app");
    assert_eq!(address(Way::ManagedIdentity, &app()), None);
    assert_eq!(address(Way::Browser, &App { client: String::new(), ..app() }), None);
    let hostile = App { tenant: "x/../y?z#".into(), client: "a&scope=b".into(), ..app() };
    let address = address(Way::Browser, &hostile).unwrap();
    assert!(
        address.contains("/x%2F..%2Fy%3Fz%23/v2.0/") && address.contains("client_id=a%26scope%3Db&"),
        "{address}"
    );
}

/// Every value of a tenant's at its worst. No line may begin with what a name says, and no quote may be left open.
#[test]
fn hostile_names_stay_inside_their_quotes() {
    let evil = "x'\n\"; $(touch pwned) `touch pwned` ${IFS} \u{2019}; Remove-Item ~ #\u{202e}";
    let group = Group { subscription: evil.into(), name: evil.into() };
    let app = App {
        tenant: evil.into(),
        client: evil.into(),
        user: Some(evil.into()),
        authority: AUTHORITY.into(),
        graph: GRAPH.into(),
    };
    for way in Way::ALL {
        let asked = Asked {
            tier: Tier::Fix,
            mail: true,
            way,
            workspaces: vec![group.clone()],
            playbooks: vec![group.clone()],
        };
        let ask = ask(&asked, &app, "s");
        let made = registration(&asked, &app);
        for text in [&ask.az, &made.az] {
            assert_eq!(outside_bash(text).find("touch"), None, "{way:?}: {text}");
        }
        for text in [&ask.powershell, &made.powershell] {
            assert_eq!(outside_powershell(text).find("Remove-Item"), None, "{way:?}: {text}");
        }
        assert!(ask.request.lines().all(|line| !line.starts_with("\"; $(")), "{way:?}: {}", ask.request);
    }
}

/// What bash would run: without comments and single-quoted text.
fn outside_bash(text: &str) -> String {
    let (mut out, mut quoted, mut escaped) = (String::new(), false, false);
    for line in text.lines() {
        if !quoted && line.trim_start().starts_with('#') {
            continue;
        }
        for c in line.chars() {
            match c {
                '\'' if !escaped => quoted = !quoted,
                '\\' if !quoted && !escaped => {
                    escaped = true;
                    continue;
                }
                _ if !quoted => out.push(c),
                _ => {}
            }
            escaped = false;
        }
        out.push('\n');
    }
    assert!(!quoted, "a quote is left open: {text}");
    out
}

/// What PowerShell would run: any of its five apostrophes ends a quoted text, two of them don't.
fn outside_powershell(text: &str) -> String {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
    let (mut out, mut quoted) = (String::new(), false);
    for line in text.lines() {
        if !quoted && line.trim_start().starts_with('#') {
            continue;
        }
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if is_quote(c) && quoted && chars.peek().is_some_and(|next| is_quote(*next)) {
                chars.next();
            } else if is_quote(c) {
                quoted = !quoted;
            } else if !quoted {
                out.push(c);
            }
        }
        out.push('\n');
    }
    assert!(!quoted, "a quote is left open: {text}");
    out
}

//! Accounts, rights, doctor, end dates, and the steps of a connection test.

use contract::account as out;
use contract::readiness::Verdict;
use domain::account::{self, GrantKind, Need, State, Tier, Way};
use engine::account::KeptProbe;
use engine::scope::SignInFault;
use time::OffsetDateTime;

use super::instant;

pub(crate) fn tier_in(tier: out::Tier) -> Tier {
    match tier {
        out::Tier::Look => Tier::Look,
        out::Tier::Respond => Tier::Respond,
        out::Tier::Fix => Tier::Fix,
    }
}

pub(crate) fn tier_out(tier: Tier) -> out::Tier {
    match tier {
        Tier::Look => out::Tier::Look,
        Tier::Respond => out::Tier::Respond,
        Tier::Fix => out::Tier::Fix,
    }
}

pub(crate) fn way_in(way: out::WayIn) -> Way {
    match way {
        out::WayIn::Browser => Way::Browser,
        out::WayIn::DeviceCode => Way::DeviceCode,
        out::WayIn::ClientSecret => Way::ClientSecret,
        out::WayIn::Certificate => Way::Certificate,
        out::WayIn::AzureCli => Way::AzureCli,
        out::WayIn::ManagedIdentity => Way::ManagedIdentity,
    }
}

pub(crate) fn way_out(way: Way) -> out::WayIn {
    match way {
        Way::Browser => out::WayIn::Browser,
        Way::DeviceCode => out::WayIn::DeviceCode,
        Way::ClientSecret => out::WayIn::ClientSecret,
        Way::Certificate => out::WayIn::Certificate,
        Way::AzureCli => out::WayIn::AzureCli,
        Way::ManagedIdentity => out::WayIn::ManagedIdentity,
    }
}

fn kind(kind: GrantKind) -> out::GrantKind {
    match kind {
        GrantKind::AzureRole => out::GrantKind::AzureRole,
        GrantKind::Graph => out::GrantKind::Graph,
        GrantKind::Exchange => out::GrantKind::Exchange,
    }
}

pub(crate) fn need(need: &Need) -> out::Need {
    out::Need {
        kind: kind(need.kind()),
        permission: need.permission().to_owned(),
        scope: need.reach.text(),
        why: need.why.to_owned(),
        optional: need.optional,
    }
}

/// A refused sign-in, explained where its number is known, with Microsoft's own words and ids beside it.
pub(crate) fn trouble(fault: &SignInFault, used: out::WayIn) -> out::SignInTrouble {
    let known = fault.aadsts.and_then(domain::sign_in::explain);
    let known = known.or_else(|| domain::sign_in::explain_word(&fault.error));
    let known = known.map(|diagnosis| diagnosis.besides(way_in(used)));
    out::SignInTrouble {
        aadsts: fault.aadsts,
        sentence: fault.sentence.clone(),
        who_fixes: known.map_or("", |known| known.who_fixes.as_str()).to_owned(),
        fix: known.map_or(fault.hint.as_str(), |known| known.fix).to_owned(),
        page: known.and_then(|known| known.page).map(str::to_owned),
        said: fault.said.clone(),
        trace_id: fault.trace_id.clone(),
        correlation_id: fault.correlation_id.clone(),
        at: fault.timestamp.clone(),
        another_way: known.and_then(|known| known.another_way).map(way_out),
    }
}

pub(crate) fn doctor(doctor: account::Doctor, asked_at: Option<OffsetDateTime>) -> out::Doctor {
    let checks = |ids: Vec<&'static str>| ids.into_iter().map(str::to_owned).collect();
    out::Doctor {
        asked_at: asked_at.map(instant),
        tier: tier_out(doctor.tier),
        mail: doctor.mail,
        rows: doctor.rows.into_iter().map(doctor_row).collect(),
        blocked: checks(doctor.blocked),
        checks: u32::try_from(doctor.checks).unwrap_or(u32::MAX),
        unlock: doctor.unlock.map(|unlock| out::Unlock {
            permission: unlock.permission,
            scope: unlock.scope,
            checks: checks(unlock.checks),
        }),
        notes: doctor.notes,
    }
}

fn doctor_row(row: account::Row) -> out::DoctorRow {
    out::DoctorRow {
        state: match row.state {
            State::Granted => out::GrantState::Granted,
            State::Missing => out::GrantState::Missing,
            State::TooWide => out::GrantState::TooWide,
            State::NotNeeded => out::GrantState::NotNeeded,
            State::Unknown => out::GrantState::Unknown,
        },
        kind: kind(row.kind),
        permission: row.permission,
        scope: row.scope,
        used: row.used,
        why: row.why,
        checks: row.checks.into_iter().map(str::to_owned).collect(),
        known_by: row.known_by.to_owned(),
    }
}

/// Before the doctor was asked.
pub(crate) fn no_doctor(tier: Tier, mail: bool) -> out::Doctor {
    out::Doctor {
        asked_at: None,
        tier: tier_out(tier),
        mail,
        rows: Vec::new(),
        blocked: Vec::new(),
        checks: u32::try_from(account::check::total()).unwrap_or(u32::MAX),
        unlock: None,
        notes: Vec::new(),
    }
}

pub(crate) fn expiries(account: &str, expiries: account::Expiries, now: OffsetDateTime) -> out::ExpiryList {
    let row = |row: account::Expiry| out::ExpiryRow {
        account: account.to_owned(),
        what: row.what.as_str().to_owned(),
        days: row.days(now),
        label: row.label,
        hint: row.hint,
        ends: row.ends.map(instant),
        ours: row.ours,
        known_by: row.known_by.as_str().to_owned(),
    };
    out::ExpiryList { rows: expiries.rows.into_iter().map(row).collect(), notes: expiries.notes }
}

pub(crate) fn connection_test(
    account: String,
    kept: Option<(Vec<KeptProbe>, OffsetDateTime)>,
) -> out::ConnectionTest {
    let (steps, at) = match kept {
        Some((steps, at)) => (steps, Some(at)),
        None => (Vec::new(), None),
    };
    out::ConnectionTest { account, at: at.map(instant), steps: steps.into_iter().map(step).collect() }
}

fn step(step: KeptProbe) -> out::ConnectionStep {
    let title = match step.id.as_str() {
        "proxy" => "Proxy",
        "dns" => "Name",
        "tcp" => "Connection",
        "tls" => "Encryption",
        "sign_in" => "Sign-in",
        "arm" => "Azure Resource Manager",
        "graph" => "Microsoft Graph",
        "logs" => "Log Analytics",
        other => other,
    };
    out::ConnectionStep {
        title: title.to_owned(),
        id: step.id,
        host: step.host,
        verdict: match step.outcome.as_str() {
            "pass" => Verdict::Pass,
            "fail" => Verdict::Fail,
            "review" => Verdict::Review,
            _ => Verdict::CouldNotRun,
        },
        took_ms: step.took_ms,
        said: step.said,
        hint: step.hint,
    }
}

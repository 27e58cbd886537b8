//! T-02 to T-05: the tenant, a token, its claims, its roles.
//!
//! Missing consent doesn't fail at the token: the token comes without `roles`. And an empty `roles` isn't a fault
//! either, since RBAC for Applications keeps the permission in Exchange. Both are decided at the mailbox.

use super::lint::is_guid;
use super::step::Judged;
use crate::mail::redact::grouped;

/// What the OIDC metadata request gave.
pub enum Metadata<'a> {
    /// 200; `tenant` is the id inside `issuer`.
    Found {
        tenant: &'a str,
    },
    /// An error answer; `text` is its body.
    Refused {
        status: u16,
        text: &'a str,
    },
    Unreached(&'a str),
}

/// Judges T-02: does the tenant exist in this cloud, and is it the one that was asked for?
pub fn metadata(asked: &str, seen: &Metadata<'_>) -> Judged {
    match seen {
        Metadata::Found { tenant } if is_guid(asked) && !tenant.eq_ignore_ascii_case(asked) => {
            Judged::fail(tenant, "The metadata names another tenant than the one asked for.")
                .fixed_by("Check the authority's address, and whether a proxy answers in its place.")
        }
        Metadata::Found { tenant } => Judged::pass(tenant, "The tenant answers with its metadata."),
        Metadata::Refused { status, text } if is_busy(*status) => Judged::could_not_run(
            &status.to_string(),
            "Entra is busy; it doesn't say whether the tenant is there.",
        )
        .explained_by(text),
        Metadata::Refused { status, text } => {
            Judged::fail(&status.to_string(), "Entra doesn't know the tenant.").said_by(text)
        }
        Metadata::Unreached(says) => unreached(says),
    }
}

/// The service has no room now, which says nothing of what was asked.
fn is_busy(status: u16) -> bool {
    status == 429 || status >= 500
}

/// What the token request gave.
pub enum TokenAnswer<'a> {
    /// 200 with a token of that many characters.
    Issued {
        characters: usize,
        expires_in_s: u64,
    },
    /// An error answer; `text` is its body.
    Refused {
        status: u16,
        text: &'a str,
    },
    Unreached(&'a str),
}

/// Judges T-03: a client-credentials token for Graph. A pass says nothing of consent.
pub fn token(seen: &TokenAnswer<'_>) -> Judged {
    match seen {
        TokenAnswer::Issued { characters, expires_in_s } => Judged::pass(
            &format!("{} characters", grouped(*characters)),
            &format!(
                "Entra gave a token for {} minutes. Whether it may send shows at the mailbox.",
                expires_in_s / 60
            ),
        ),
        TokenAnswer::Refused { status, text } if is_busy(*status) => {
            Judged::could_not_run(&status.to_string(), "Entra is busy; it gave no token and no refusal.")
                .explained_by(text)
        }
        TokenAnswer::Refused { status, text } => refused(*status, text),
        TokenAnswer::Unreached(says) => unreached(says),
    }
}

fn refused(status: u16, text: &str) -> Judged {
    let mut judged = Judged::fail(&status.to_string(), "Entra refused to give a token.").said_by(text);
    if let Some(code) = judged.cause.as_ref().and_then(|cause| cause.id.strip_prefix("entra."))
        && code.bytes().all(|byte| byte.is_ascii_digit())
    {
        judged.observed = format!("AADSTS{code}");
    }
    judged
}

fn unreached(says: &str) -> Judged {
    Judged::could_not_run("", &format!("Entra could not be reached: {says}"))
        .fixed_by("Allow TCP 443 to login.microsoftonline.com, through the proxy where there is one.")
}

/// The API a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Graph,
    Exchange,
}

impl Api {
    /// The audiences that name it, as addresses and as application ids.
    fn audiences(self) -> &'static [&'static str] {
        match self {
            Self::Graph => &["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"],
            Self::Exchange => &[
                "https://outlook.office365.com",
                "https://outlook.office.com",
                "https://outlook.office365.us",
                "00000002-0000-0ff1-ce00-000000000000",
            ],
        }
    }

    fn scope(self) -> &'static str {
        match self {
            Self::Graph => "https://graph.microsoft.com/.default",
            Self::Exchange => "https://outlook.office365.com/.default",
        }
    }

    fn names(self, audience: &str) -> bool {
        let audience = audience.trim_end_matches('/');
        self.audiences().iter().any(|known| known.eq_ignore_ascii_case(audience))
    }
}

/// A token's claims, decoded for reading alone (never verified: the API does that).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    pub aud: String,
    pub tid: String,
    /// `appid`, or `azp` in a v2 token.
    pub appid: String,
    pub roles: Vec<String>,
    pub scp: Option<String>,
    pub idtyp: Option<String>,
    /// Seconds since 1970.
    pub nbf: Option<i64>,
    pub exp: Option<i64>,
}

/// What the claims are held against. `now` in seconds since 1970; `tenant` only where it is known as a GUID.
pub struct Expected<'a> {
    pub api: Api,
    pub tenant: Option<&'a str>,
    pub client_id: &'a str,
    pub now: i64,
}

/// The greatest difference of clocks that is let pass, in seconds.
const SKEW: i64 = 300;

/// Judges T-04: audience, tenant, app, time, and that it is an app's token.
pub fn claims(seen: &Claims, expected: &Expected<'_>) -> Judged {
    if !expected.api.names(&seen.aud) {
        return wrong_audience(seen, expected.api);
    }
    let other_tenant = expected.tenant.is_some_and(|tenant| !seen.tid.eq_ignore_ascii_case(tenant));
    if other_tenant {
        return Judged::fail(&seen.tid, "The token is of another tenant.")
            .fixed_by("Ask the tenant's own authority for the token.");
    }
    if !seen.appid.eq_ignore_ascii_case(expected.client_id) {
        return Judged::fail(&seen.appid, "The token is of another app.").fixed_by("Check the client id.");
    }
    if seen.scp.is_some() || seen.idtyp.as_deref().is_some_and(|kind| kind != "app") {
        return Judged::fail("delegated", "The token speaks for a user, not for the app.")
            .fixed_by("Use the client-credentials grant with `.default`.");
    }
    timely(seen, expected.now)
}

fn wrong_audience(seen: &Claims, api: Api) -> Judged {
    let says = format!("The token is for `{}`, and this call wants one for another API.", seen.aud);
    let text = if api == Api::Graph {
        "InvalidAuthenticationToken Invalid audience"
    } else {
        "AUTH XOAUTH2 5.7.3 Authentication unsuccessful"
    };
    Judged::fail(&seen.aud, &says).fixed_by(&format!("Ask for scope `{}`.", api.scope())).explained_by(text)
}

fn timely(seen: &Claims, now: i64) -> Judged {
    let expired = seen.exp.is_some_and(|exp| exp + SKEW < now);
    let early = seen.nbf.is_some_and(|nbf| nbf - SKEW > now);
    if expired || early {
        let says = if expired { "The token has expired already." } else { "The token isn't valid yet." };
        return Judged::fail("clock", says)
            .fixed_by("Set this machine's clock; a token lives an hour and more.");
    }
    match seen.exp {
        Some(_) => Judged::pass(&seen.aud, "Audience, tenant, app and times fit."),
        None => Judged::review(&seen.aud, "Audience, tenant and app fit, but the token carries no end."),
    }
}

/// Judges T-05. Absent is for review, never a fail: G-02 and L-01 decide.
pub fn roles(seen: &Claims) -> Judged {
    let observed = if seen.roles.is_empty() { "none".to_owned() } else { seen.roles.join(" ") };
    if seen.roles.iter().any(|role| role == "Mail.Send") {
        return Judged::pass(
            &observed,
            "`Mail.Send` is granted in Entra: organisation-wide, unless a policy in Exchange narrows it. L-01 shows whether one does.",
        );
    }
    Judged::review(
        &observed,
        "The token carries no `Mail.Send`. Either consent is missing, or RBAC for Applications holds the permission in Exchange; G-02 and L-01 decide.",
    )
    .fixed_by("If G-02 is refused: grant admin consent for `Mail.Send`, or assign \"Application Mail.Send\" with a scope in Exchange.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Verdict;

    const TENANT: &str = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    const APP: &str = "11112222-3333-4444-5555-666677778888";
    const NOW: i64 = 1_795_500_000;

    fn graph_token() -> Claims {
        Claims {
            aud: "https://graph.microsoft.com".to_owned(),
            tid: TENANT.to_owned(),
            appid: APP.to_owned(),
            roles: vec!["Mail.Send".to_owned()],
            idtyp: Some("app".to_owned()),
            nbf: Some(NOW - 60),
            exp: Some(NOW + 3600),
            ..Claims::default()
        }
    }

    fn judge(claims_seen: &Claims, api: Api) -> Judged {
        claims(claims_seen, &Expected { api, tenant: Some(TENANT), client_id: APP, now: NOW })
    }

    #[test]
    fn metadata_of_another_tenant_or_none_fails() {
        assert_eq!(metadata(TENANT, &Metadata::Found { tenant: TENANT }).verdict, Verdict::Pass);
        assert_eq!(metadata("contoso.com", &Metadata::Found { tenant: TENANT }).verdict, Verdict::Pass);
        assert_eq!(metadata(TENANT, &Metadata::Found { tenant: APP }).verdict, Verdict::Fail);
        let text = r#"{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant 'x' not found."}"#;
        let judged = metadata("x", &Metadata::Refused { status: 400, text });
        assert_eq!(judged.verdict, Verdict::Fail);
        assert_eq!(judged.cause.map(|cause| cause.id), Some("entra.90002"));
        let busy = Metadata::Refused { status: 429, text: "" };
        assert_eq!(metadata("x", &busy).verdict, Verdict::CouldNotRun);
        assert_eq!(metadata("x", &Metadata::Unreached("timed out")).verdict, Verdict::CouldNotRun);
        let busy = Metadata::Refused { status: 503, text: "" };
        assert_eq!(metadata("x", &busy).verdict, Verdict::CouldNotRun, "busy is no word on the tenant");
    }

    #[test]
    fn a_refused_token_names_its_cause_and_a_busy_entra_is_no_refusal() {
        let text = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}"#;
        let judged = token(&TokenAnswer::Refused { status: 401, text });
        assert_eq!((judged.verdict, judged.observed.as_str()), (Verdict::Fail, "AADSTS7000215"));
        assert!(judged.fix.contains("column Value"), "{}", judged.fix);
        assert_eq!(token(&TokenAnswer::Refused { status: 503, text: "" }).verdict, Verdict::CouldNotRun);
        let judged = token(&TokenAnswer::Issued { characters: 2213, expires_in_s: 3599 });
        assert_eq!((judged.verdict, judged.observed.as_str()), (Verdict::Pass, "2,213 characters"));
    }

    #[test]
    fn each_claim_that_doesnt_fit_fails_by_itself() {
        assert_eq!(judge(&graph_token(), Api::Graph).verdict, Verdict::Pass);
        let slash = Claims { aud: "https://graph.microsoft.com/".to_owned(), ..graph_token() };
        assert_eq!(judge(&slash, Api::Graph).verdict, Verdict::Pass);
        for (wrong, part) in [
            (Claims { tid: APP.to_owned(), ..graph_token() }, "another tenant"),
            (Claims { appid: TENANT.to_owned(), ..graph_token() }, "another app"),
            (Claims { scp: Some("Mail.Send".to_owned()), ..graph_token() }, "speaks for a user"),
            (Claims { idtyp: Some("user".to_owned()), ..graph_token() }, "speaks for a user"),
            (Claims { exp: Some(NOW - 301), ..graph_token() }, "expired"),
            (Claims { nbf: Some(NOW + 301), ..graph_token() }, "isn't valid yet"),
        ] {
            let judged = judge(&wrong, Api::Graph);
            assert_eq!(judged.verdict, Verdict::Fail);
            assert!(judged.says.contains(part), "{}", judged.says);
        }
        assert_eq!(judge(&Claims { exp: None, ..graph_token() }, Api::Graph).verdict, Verdict::Review);
    }

    #[test]
    fn the_field_cases_audience_is_caught_before_graph_is_asked() {
        let exchange = Claims { aud: "https://outlook.office365.com".to_owned(), ..graph_token() };
        let judged = judge(&exchange, Api::Graph);
        assert_eq!(judged.verdict, Verdict::Fail);
        assert_eq!(judged.cause.as_ref().map(|cause| cause.id), Some("graph.token.audience"));
        assert!(judged.fix.contains("https://graph.microsoft.com/.default"));
        assert_eq!(judge(&exchange, Api::Exchange).verdict, Verdict::Pass);
        let other_way = judge(&graph_token(), Api::Exchange);
        assert_eq!(other_way.cause.map(|cause| cause.id), Some("smtp.535-5.7.3.token"));
    }

    #[test]
    fn absent_roles_are_never_a_fail() {
        assert_eq!(roles(&graph_token()).verdict, Verdict::Pass);
        let judged = roles(&Claims { roles: Vec::new(), ..graph_token() });
        assert_eq!((judged.verdict, judged.stops), (Verdict::Review, false));
    }
}

//! T-01 to T-05: what was typed, the tenant, a token for Graph, its claims and its roles.
//!
//! A token is decoded to be shown. Its text goes to SMTP and Graph alone.

use cloud::{Account, Audience, CloudError, Found, Token};
use domain::mail::EvidenceLine;
use domain::mail::ladder::{self, Api, Claims, Expected, Inputs, Judged, Metadata, TokenAnswer};
use domain::secret::Secret;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use wire::entra::OpenidConfiguration;

use super::climb::Climb;
use super::seen::{Seen, received, sent};

/// Why Entra gave no token.
pub(super) struct Refusal {
    /// None where Entra was not reached, or nothing was asked.
    pub status: Option<u16>,
    /// Entra's own words where there are any.
    pub says: String,
    /// Trace id, correlation id, time: Microsoft's support asks for them.
    notes: Vec<String>,
}

impl Climb<'_> {
    pub(super) fn inputs(&self) -> Seen {
        let Account { tenant, client, .. } = self.account;
        let secret = self.account.secret().and_then(Secret::expose_text);
        let judged = ladder::lint(&Inputs {
            tenant,
            client_id: client,
            secret: secret.unwrap_or_default(),
            mailbox: &self.request.mailbox,
        });
        let notes = [
            format!("tenant {tenant}"),
            format!("client id {client}"),
            "client secret ‹hidden›".to_owned(),
            format!("mailbox {}", self.request.mailbox),
        ];
        Seen::new(judged, notes.iter().map(|text| EvidenceLine::note(text)).collect())
    }

    pub(super) async fn metadata(&mut self) -> Seen {
        let asked = &self.account.tenant;
        let mut evidence = vec![sent(&format!("GET /{asked}/v2.0/.well-known/openid-configuration"))];
        let found = match self.cloud.metadata().await {
            Ok(found) => found,
            Err(error) => {
                return Seen::new(
                    ladder::metadata(asked, &Metadata::Unreached(&error.to_string())),
                    evidence,
                );
            }
        };
        evidence.push(received(&said(&found.outcome)));
        let issuer = found.value.as_ref().and_then(|metadata| metadata.issuer.as_deref());
        evidence.extend(issuer.map(|issuer| received(&format!("issuer {issuer}"))));
        self.tenant = issuer.and_then(tenant_of);
        let text = (!found.outcome.is_success()).then(|| found.outcome.message.clone());
        Seen::new(ladder::metadata(asked, &metadata(&found, self.tenant.as_deref())), evidence).said(text)
    }

    pub(super) async fn graph_token(&mut self) -> Seen {
        let asked = self.cloud.apart().tokens;
        match self.cloud.access_token(Audience::Graph).await {
            Ok(token) => {
                let was_asked = self.cloud.apart().tokens > asked;
                let seen = self.issued(&token, was_asked);
                self.token = Some(token);
                seen
            }
            Err(error) => self.refused(&refusal(&error)),
        }
    }

    fn issued(&self, token: &Token, was_asked: bool) -> Seen {
        let left = token.claims.exp.copied().unwrap_or_default() - self.scope.wall.now().unix_timestamp();
        let characters = token.secret.len();
        let answer = TokenAnswer::Issued { characters, expires_in_s: u64::try_from(left).unwrap_or(0) };
        let mut evidence =
            if was_asked { self.asked(Audience::Graph) } else { vec![EvidenceLine::note(REUSED)] };
        let shown = domain::mail::redact::token("token", characters);
        evidence.push(received(&format!("access_token {shown}, good for {left} s")));
        Seen::new(ladder::token(&answer), evidence)
    }

    pub(super) fn claims(&self) -> Seen {
        let Some(token) = &self.token else { return no_token() };
        let seen = claims(token);
        Seen::new(self.judge_claims(&seen, Api::Graph), facts(&seen))
    }

    pub(super) fn roles(&self) -> Seen {
        let Some(token) = &self.token else { return no_token() };
        let seen = claims(token);
        let listed = if seen.roles.is_empty() { "none".to_owned() } else { seen.roles.join(", ") };
        Seen::new(ladder::roles(&seen), vec![EvidenceLine::note(&format!("roles: {listed}"))])
    }

    fn refused(&self, refusal: &Refusal) -> Seen {
        let answer = match refusal.status {
            Some(status) => TokenAnswer::Refused { status, text: &refusal.says },
            None => TokenAnswer::Unreached(&refusal.says),
        };
        let said = refusal.status.is_some().then(|| refusal.says.clone());
        Seen::new(ladder::token(&answer), self.asked_and_refused(Audience::Graph, refusal)).said(said)
    }

    /// The exchange with Entra, where it ended in a refusal.
    pub(super) fn asked_and_refused(&self, audience: Audience, refusal: &Refusal) -> Vec<EvidenceLine> {
        let mut lines = self.asked(audience);
        lines.push(received(&refusal.says));
        lines.extend(refusal.notes.iter().map(|text| EvidenceLine::note(text)));
        lines
    }

    fn asked(&self, audience: Audience) -> Vec<EvidenceLine> {
        let path = format!("POST /{}/oauth2/v2.0/token", self.account.tenant);
        let form = format!(
            "client credentials, scope {}, client secret ‹hidden›",
            self.cloud.endpoints().scope(audience)
        );
        vec![sent(&path), sent(&form)]
    }

    /// By the machine's clock: tokens follow it also where the story stands still.
    pub(super) fn judge_claims(&self, seen: &Claims, api: Api) -> Judged {
        let now = self.scope.wall.now().unix_timestamp();
        let expected = Expected { api, tenant: self.tenant.as_deref(), client_id: &self.account.client, now };
        ladder::claims(seen, &expected)
    }
}

const REUSED: &str = "The token of this session is still good; Entra was not asked again.";

fn metadata<'a>(found: &'a Found<OpenidConfiguration>, tenant: Option<&'a str>) -> Metadata<'a> {
    match tenant {
        Some(tenant) => Metadata::Found { tenant },
        None if found.outcome.is_success() => {
            Metadata::Unreached("what answers does not speak as Entra does")
        }
        None => Metadata::Refused { status: found.outcome.status, text: &found.outcome.message },
    }
}

/// The id inside `https://login.microsoftonline.com/<id>/v2.0`.
fn tenant_of(issuer: &str) -> Option<String> {
    let id = issuer.split('/').nth(3)?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn said(outcome: &cloud::Outcome) -> String {
    match outcome.message.as_str() {
        "" => outcome.status.to_string(),
        message => format!("{} {message}", outcome.status),
    }
}

/// What Entra said, or why it could not be asked.
pub(super) fn refusal(error: &CloudError) -> Refusal {
    let plain = |status, says: String| Refusal { status, says, notes: Vec::new() };
    match error {
        CloudError::SignIn(fault) => Refusal {
            // RFC 6749 §5.2: 401 where the client isn't believed, else 400.
            status: Some(if fault.error == "invalid_client" { 401 } else { 400 }),
            says: if fault.said.is_empty() { fault.sentence.clone() } else { fault.said.clone() },
            notes: ids(fault),
        },
        CloudError::Throttled { .. } => plain(Some(429), error.to_string()),
        CloudError::Rejected { status, message, .. } => plain(Some(*status), message.clone()),
        _ => plain(None, error.to_string()),
    }
}

fn ids(fault: &cloud::SignInFault) -> Vec<String> {
    let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
    let page = fault.aadsts.map(|code| format!("https://login.microsoftonline.com/error?code={code}"));
    [
        named("trace id", &fault.trace_id),
        named("correlation id", &fault.correlation_id),
        named("time", &fault.timestamp),
        page,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn no_token() -> Seen {
    Seen::new(Judged::could_not_run("", "There is no token to look at."), Vec::new())
}

/// The claims that are judged, out of those that are decoded.
pub(super) fn claims(token: &Token) -> Claims {
    let claims = &token.claims;
    let text = |member: &wire::Maybe<String>| member.as_deref().map(str::to_owned);
    Claims {
        aud: text(&claims.aud).unwrap_or_default(),
        tid: text(&claims.tid).unwrap_or_default(),
        appid: text(&claims.appid).or_else(|| text(&claims.azp)).unwrap_or_default(),
        roles: claims.roles.items().to_vec(),
        scp: text(&claims.scp),
        idtyp: text(&claims.idtyp),
        nbf: claims.nbf.copied(),
        exp: claims.exp.copied(),
    }
}

/// What may be shown of a token.
pub(super) fn facts(claims: &Claims) -> Vec<EvidenceLine> {
    let at = |seconds: i64| {
        let at = OffsetDateTime::from_unix_timestamp(seconds).ok();
        at.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_else(|| seconds.to_string())
    };
    let facts = [
        Some(format!("aud {}", claims.aud)),
        Some(format!("tid {}", claims.tid)),
        Some(format!("appid {}", claims.appid)),
        claims.idtyp.as_ref().map(|kind| format!("idtyp {kind}")),
        claims.scp.as_ref().map(|scp| format!("scp {scp}")),
        claims.nbf.map(|nbf| format!("nbf {}", at(nbf))),
        claims.exp.map(|exp| format!("exp {}", at(exp))),
        Some(format!("roles {}", claims.roles.join(" "))),
    ];
    facts.into_iter().flatten().map(|text| EvidenceLine::note(&text)).collect()
}

//! The one way out: may it be asked → token → budget → send → read → retry, each attempt traced.
//!
//! It must never follow a redirect (none is allowed), read a body without end, or repeat what may have been done.

mod budget;
pub(crate) mod call;
pub(crate) mod client;
mod outcome;
mod patience;
pub(crate) mod retry_after;
pub(crate) mod said;
pub(crate) mod trouble;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, InvalidHeaderValue,
};
use reqwest::{Client, Method, RequestBuilder, Response};
use time::OffsetDateTime;

pub use outcome::{Found, Outcome};

use crate::endpoints::{self, Audience, Endpoints, Purpose, Row};
use crate::error::CloudError;
use crate::ledger::{Ledger, Line};
use crate::pace::Pace;
use crate::sign_in::{self, Account, Bearer, SignInFault, SignedIn, Tokens, challenge};
use crate::trace::{Sink, Waits};
use budget::Budgets;
use call::Call;
use patience::{Next, Patience};
use trouble::Trouble;

/// What came back: status, headers and the whole body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// One tenant's connection.
pub(crate) struct Pipeline {
    endpoints: Endpoints,
    http: Client,
    tokens: Tokens,
    budgets: Budgets,
    pace: Arc<dyn Pace>,
    ledger: Arc<Ledger>,
    waits: Waits,
}

/// A wait for a turn that is worth a countdown.
const LONG: Duration = Duration::from_secs(2);

impl Pipeline {
    pub(crate) fn new(
        endpoints: Endpoints,
        account: Account,
        sink: Sink,
        waits: Waits,
        pace: Arc<dyn Pace>,
    ) -> Result<Self, CloudError> {
        let http = client::client(&endpoints)?;
        let ledger = Arc::new(Ledger::new(sink));
        let tokens = Tokens::new(account, &endpoints, &http, &ledger)?;
        let budgets = Budgets::new(&endpoints.table(), pace.clone());
        Ok(Self { endpoints, http, tokens, budgets, pace, ledger, waits })
    }

    pub(crate) fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) fn account(&self) -> &Account {
        self.tokens.account()
    }

    /// A call whose answer is read by `read`; what it can't read is asked for once more.
    pub(crate) async fn read<T>(
        &self,
        call: &Call,
        read: impl Fn(&[u8]) -> Result<T, String>,
    ) -> Result<T, CloudError> {
        let mut patience = Patience::new(call.safe);
        loop {
            let (bearer, answer) = self.attempt(call).await;
            let trouble = match answer.and_then(|answer| success(answer, &read)) {
                Ok(value) => {
                    self.budgets.answered(call.purpose);
                    return Ok(value);
                }
                Err(trouble) => trouble,
            };
            match patience.after(&trouble, unit()) {
                Next::Stop => return Err(trouble.error(call)),
                Next::Wait(pause) => {
                    if matches!(trouble, Trouble::Status { status: 429, .. }) {
                        self.budgets.refused(call.purpose, pause);
                    }
                    self.pause(pause).await;
                }
                Next::Renew => match bearer {
                    Some(bearer) => self.tokens.renew(&bearer, trouble.challenge()).await?,
                    None => return Err(trouble.error(call)),
                },
            }
            self.ledger.retried(call.count);
        }
    }

    /// A call whose refusal is the result: asked once, judged by the caller.
    pub(crate) async fn outcome(&self, call: &Call) -> Result<(Outcome, Vec<u8>), CloudError> {
        let (_, answer) = self.attempt(call).await;
        let answer = answer.map_err(|trouble| trouble.error(call))?;
        Ok((Outcome::of(&answer), answer.body))
    }

    /// A token, waiting as any other call does where Entra is busy.
    pub(crate) async fn bearer(&self, audience: Audience) -> Result<Bearer, CloudError> {
        let call = self.tokens.call(&self.endpoints);
        let mut patience = Patience::new(true);
        loop {
            let trouble = match self.tokens.get(audience).await {
                Ok(bearer) => return Ok(bearer),
                Err(trouble) => trouble,
            };
            match patience.after(&trouble, unit()) {
                Next::Wait(pause) => self.pause(pause).await,
                Next::Stop | Next::Renew => return Err(trouble.error(&call)),
            }
        }
    }

    /// Why the last token that was asked for was refused.
    pub(crate) fn sign_in_trouble(&self) -> Option<SignInFault> {
        self.tokens.trouble()
    }

    /// A person is asked; any other account gets a new token.
    pub(crate) async fn sign_in(&self) -> Result<SignedIn, CloudError> {
        match self.tokens.sign_in().await {
            Some(signed_in) => signed_in.map_err(|trouble| trouble.error(&self.tokens.call(&self.endpoints))),
            None => sign_in::signed_in(&self.bearer(Audience::Arm).await?),
        }
    }

    /// One attempt, with the token that was used for it.
    async fn attempt(&self, call: &Call) -> (Option<Bearer>, Result<Answer, Trouble>) {
        if let Err(refused) = self.endpoints.check(call.purpose, &call.url) {
            self.open(call).refused(refused.why.clone());
            return (None, Err(Trouble::Final(refused.into())));
        }
        let row = self.endpoints.row(call.purpose);
        let bearer = match row.audience {
            None => None,
            Some(audience) => match self.bearer(audience).await {
                Ok(bearer) => Some(bearer),
                Err(error) => return (None, Err(Trouble::Final(error))),
            },
        };
        if let Some(Err(error)) = bearer.as_ref().map(|bearer| self.tokens.suits(call, bearer)) {
            return (bearer, Err(Trouble::Final(error)));
        }
        self.turn(call.purpose).await;
        let _under_way = self.budgets.under_way();
        let answer = self.send(call, bearer.as_ref(), &row).await;
        (bearer, answer)
    }

    /// Returns when the next request of this purpose may go.
    async fn turn(&self, purpose: Purpose) {
        let mut wait = Some(self.budgets.reserve(purpose));
        while let Some(due) = wait {
            match due < LONG {
                true => self.rest(due).await,
                false => self.pause(due).await,
            }
            wait = self.budgets.held(purpose);
        }
    }

    /// How long `requests` more of this purpose take by its budget alone.
    pub(crate) fn takes(&self, purpose: Purpose, requests: u64) -> Duration {
        self.budgets.takes(purpose, requests)
    }

    async fn send(&self, call: &Call, bearer: Option<&Bearer>, row: &Row) -> Result<Answer, Trouble> {
        let request = self.request(call, bearer).map_err(|_| {
            Trouble::Final(CloudError::BadAnswer { what: "a token can't be put into a header".into() })
        })?;
        let mut line = self.open(call);
        let response = request.timeout(row.timeout).send().await.map_err(|why| unreachable(call, &why))?;
        line.status(response.status().as_u16());
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = body(response, &mut line, row.longest_body).await?;
        Ok(Answer { status, headers, body })
    }

    fn request(&self, call: &Call, bearer: Option<&Bearer>) -> Result<RequestBuilder, InvalidHeaderValue> {
        let mut request =
            self.http.request(call.method.clone(), call.url.clone()).header(ACCEPT, "application/json");
        if let Some(bearer) = bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", bearer.text()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(prefer) = call.prefer {
            request = request.header("Prefer", prefer);
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, body.content_type).body(body.bytes.clone());
        } else if call.method == Method::POST {
            // A gateway answers 411 to a POST that doesn't tell its length.
            request = request.header(CONTENT_LENGTH, 0);
        }
        Ok(request)
    }

    fn open(&self, call: &Call) -> Line<'_> {
        self.ledger.open(call.method.as_str(), &call.url, call.label, call.count)
    }

    /// Tells whoever counts down, and tells them too when the pause is given up.
    async fn pause(&self, pause: Duration) {
        struct Told<'a>(&'a Waits);
        impl Drop for Told<'_> {
            fn drop(&mut self) {
                (self.0)(None);
            }
        }
        (self.waits)(Some(pause));
        let _told = Told(&self.waits);
        self.rest(pause).await;
    }

    async fn rest(&self, pause: Duration) {
        self.pace.until(self.pace.now() + pause).await;
    }
}

/// Reads a success, or says what the answer is instead.
fn success<T>(answer: Answer, read: impl Fn(&[u8]) -> Result<T, String>) -> Result<T, Trouble> {
    if (200..300).contains(&answer.status) {
        return read(&answer.body).map_err(|why| Trouble::Unreadable { why });
    }
    let said = said::said(&answer.body);
    let retry_after = retry_after::header(&answer.headers, OffsetDateTime::now_utc())
        .or_else(|| retry_after::sentence(&said.message));
    Err(Trouble::Status {
        status: answer.status,
        said,
        retry_after,
        request_id: said::request_id(&answer.headers),
        challenge: challenge::claims(&answer.headers),
    })
}

/// The whole body, without a byte order mark.
async fn body(mut response: Response, line: &mut Line<'_>, longest: usize) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                line.read(chunk.len());
                body.extend_from_slice(&chunk);
            }
            Ok(None) => break,
            Err(_) => return Err(Trouble::Cut { bytes: body.len() }),
        }
        if body.len() > longest {
            let what = format!("{} is longer than {longest} bytes", endpoints::host(response.url()));
            return Err(Trouble::Final(CloudError::BadAnswer { what }));
        }
    }
    if body.starts_with(b"\xef\xbb\xbf") {
        body.drain(..3);
    }
    Ok(body)
}

fn unreachable(call: &Call, why: &reqwest::Error) -> Trouble {
    Trouble::Unreachable {
        host: endpoints::host(&call.url),
        why: client::reason(why),
        sent: !why.is_connect(),
    }
}

/// A random number from 0 to 1.
fn unit() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

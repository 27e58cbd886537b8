//! The connection test: how far requests get, where they stop, and what to do about it.
//!
//! With a proxy the steps DNS and TCP are the proxy's. Each API is met twice: by a bare connection, which shows whose
//! certificate comes, and by a request as any other. Never here: a request that changes something, or a fix.
//! Start at [`probe`]; `dial` is the connection.

mod dial;
mod words;

use std::time::{Duration, Instant};

use crate::Cloud;
use crate::endpoints::{Audience, Kind, Proxy, Purpose, Url, host};
use crate::error::CloudError;
use crate::graph::GraphQuery;
use crate::proxy::{Hop, system_proxy};
use crate::trust;
use dial::Dial;

/// One step of the test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeStep {
    /// `proxy`, `dns`, `tcp`, `tls`, `sign_in`, `arm`, `graph`, `logs`.
    pub id: &'static str,
    /// Who was asked: host, and port where it isn't 443.
    pub host: String,
    pub outcome: ProbeOutcome,
    pub took: Duration,
    /// What was found, one sentence or two.
    pub said: String,
    /// What to do, where there is something to do.
    pub hint: Option<String>,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeOutcome {
    Pass,
    Fail,
    /// An earlier step stopped the test.
    NotReached,
    /// It works, and someone should look at it.
    Review,
}

/// The steps by their ids, as they are taken without a proxy. With one, its answer comes after DNS and TCP.
const STEPS: [&str; 8] = ["proxy", "dns", "tcp", "tls", "sign_in", "arm", "graph", "logs"];

/// Walks from this machine to each API, telling `step` as it goes. The result holds every step once.
pub async fn probe(cloud: &Cloud, step: impl FnMut(&ProbeStep) + Send) -> Vec<ProbeStep> {
    let mut walk = Walk { cloud, tell: step, steps: Vec::new(), signed_in: false };
    if walk.connect().await && walk.sign_in().await {
        walk.arm().await;
        walk.graph().await;
        walk.logs().await;
    }
    walk.rest();
    walk.steps
}

struct Walk<'a, F> {
    cloud: &'a Cloud,
    tell: F,
    steps: Vec<ProbeStep>,
    /// False while a person has yet to sign in: APIs are reached then, and not asked.
    signed_in: bool,
}

impl<F: FnMut(&ProbeStep) + Send> Walk<'_, F> {
    fn push(&mut self, step: ProbeStep) {
        (self.tell)(&step);
        self.steps.push(step);
    }

    fn origin(&self, purpose: Purpose) -> Url {
        self.cloud.endpoints().origin(purpose).clone()
    }

    /// The way to the sign-in host, step by step.
    async fn connect(&mut self) -> bool {
        let target = self.origin(Purpose::SignIn);
        let hop = Hop::of(self.cloud.endpoints()).filter(|hop| hop.serves(&target));
        if hop.is_none() {
            self.push(words::no_proxy(&target, self.unsupported()));
        }
        let Some(dial) = self.dial(&target, hop.as_ref()) else {
            self.push(words::unusable_trust(&target));
            return false;
        };
        dial.run(&mut |step| self.push(step)).await
    }

    /// A proxy of the system's that would be asked if it could be.
    fn unsupported(&self) -> Option<String> {
        let endpoints = self.cloud.endpoints();
        let asked = endpoints.route.proxy == Proxy::System && endpoints.kind == Kind::Microsoft;
        asked.then(system_proxy)?.unsupported
    }

    fn dial<'d>(&self, target: &'d Url, hop: Option<&'d Hop>) -> Option<Dial<'d>> {
        let endpoints = self.cloud.endpoints();
        let judge = trust::verifier(endpoints).ok()?;
        Some(Dial { target, hop, judge, kind: endpoints.kind.clone() })
    }

    /// A bare connection to an API; the step that stopped it, under the API's id.
    async fn reach(&self, id: &'static str, target: &Url) -> Result<(), ProbeStep> {
        let hop = Hop::of(self.cloud.endpoints()).filter(|hop| hop.serves(target));
        let dial = self.dial(target, hop.as_ref()).ok_or_else(|| words::unusable_trust(target))?;
        let mut last = None;
        let reached = dial.run(&mut |step| last = Some(step)).await;
        match last {
            Some(stopped) if !reached => Err(ProbeStep { id, ..stopped }),
            _ => Ok(()),
        }
    }

    async fn sign_in(&mut self) -> bool {
        let target = self.origin(Purpose::SignIn);
        let began = Instant::now();
        let asked = self.cloud.access_token(Audience::Arm).await;
        let tenant = self.cloud.0.account().tenant.clone();
        let said = asked.map(|_| format!("Entra ID gives a token of tenant `{tenant}`."));
        self.signed_in = said.is_ok();
        let step = words::answered("sign_in", host(&target), began.elapsed(), said);
        let goes_on = step.outcome != ProbeOutcome::Fail;
        self.push(step);
        goes_on
    }

    async fn arm(&mut self) {
        let cloud = self.cloud;
        let seen = async {
            let found = cloud.arm().subscriptions().await?.len();
            Ok(if found == 1 {
                "1 subscription can be seen.".into()
            } else {
                format!("{found} subscriptions can be seen.")
            })
        };
        self.api("arm", Purpose::Arm, seen).await;
    }

    async fn graph(&mut self) {
        let cloud = self.cloud;
        let seen = async {
            cloud.graph().incidents(&GraphQuery { top: Some(1), ..GraphQuery::default() }).await?;
            Ok("Defender's incidents can be read.".to_owned())
        };
        self.api("graph", Purpose::Incidents, seen).await;
    }

    /// A query needs a workspace; the way and the token can be tried without.
    async fn logs(&mut self) {
        let cloud = self.cloud;
        let seen = async {
            cloud.access_token(Audience::Logs).await?;
            Ok("It is reached, and Entra ID gives a token for it. No query was made.".to_owned())
        };
        self.api("logs", Purpose::Logs, seen).await;
    }

    async fn api(
        &mut self,
        id: &'static str,
        purpose: Purpose,
        seen: impl Future<Output = Result<String, CloudError>>,
    ) {
        let (target, began) = (self.origin(purpose), Instant::now());
        let step = match self.reach(id, &target).await {
            Ok(()) if !self.signed_in => words::reached(id, host(&target)),
            Ok(()) => words::answered(id, host(&target), began.elapsed(), seen.await),
            Err(stopped) => ProbeStep { took: began.elapsed(), ..stopped },
        };
        self.push(ProbeStep { took: began.elapsed(), ..step });
    }

    /// What was not come to.
    fn rest(&mut self) {
        for id in STEPS {
            if self.steps.iter().all(|step| step.id != id) {
                let purpose = match id {
                    "arm" => Purpose::Arm,
                    "graph" => Purpose::Incidents,
                    "logs" => Purpose::Logs,
                    _ => Purpose::SignIn,
                };
                self.push(words::not_reached(id, host(&self.origin(purpose))));
            }
        }
    }
}

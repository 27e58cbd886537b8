//! What a tier needs of a tenant, and what an administrator does once before a person can sign in.
//!
//! Never here: a judgement or a wording; `domain::account` has both.

use contract::account::{CloudName, Registration, RegistrationRequest, TierAsk, TierRequest};
use domain::account::{App, Ask, Asked, Tier, Way, ask, registration};
use domain::fault::Fault;
use engine::scope::{Endpoints, Url};

use crate::Host;
use crate::connection::Connection;
use crate::connection::vault::random_hex;
use crate::view::account as view;

impl Host {
    /// What a tier needs of this account's tenant, in every form.
    pub(crate) fn tier_ask(&self, request: &TierRequest) -> Result<TierAsk, Fault> {
        let connection = self.account(&request.name)?;
        let (tier, mail) = (view::tier_in(request.tier), request.mail);
        let asked = match self.session().filter(|open| open.is(&request.name)) {
            Some(open) => open.scope.asked(tier, mail)?,
            None => unseen(tier, mail, view::way_in(connection.way)),
        };
        let app = app(&connection, &connection.addresses()?);
        let Ask { tier, mail, needs, consent_url, request, az, powershell } =
            ask(&asked, &app, &random_hex()?);
        Ok(TierAsk {
            tier: view::tier_out(tier),
            mail,
            needs: needs.iter().map(view::need).collect(),
            consent_url,
            request,
            az,
            powershell,
        })
    }
}

/// What an administrator does once before a person can sign in. Needs no account.
pub(crate) fn registration_of(request: &RegistrationRequest) -> Result<Registration, Fault> {
    // A sandbox and a custom cloud have no tools of their own; the lines are the public cloud's then.
    let cloud = match request.cloud {
        CloudName::Demo | CloudName::Custom => CloudName::Public,
        other => other,
    };
    let connection = Connection { cloud, ..Connection::new("", String::new(), &request.tenant, "") };
    let asked = unseen(view::tier_in(request.tier), request.mail, view::way_in(request.way));
    let made = registration(&asked, &app(&connection, &connection.addresses()?));
    Ok(Registration { manifest: made.manifest, az: made.az, powershell: made.powershell, then: made.then })
}

/// Before a workspace was seen.
fn unseen(tier: Tier, mail: bool, way: Way) -> Asked {
    Asked { tier, mail, way, workspaces: Vec::new(), playbooks: Vec::new() }
}

fn app(connection: &Connection, endpoints: &Endpoints) -> App {
    let origin = |url: &Url| url.origin().ascii_serialization();
    App {
        tenant: connection.tenant.clone(),
        client: connection.client.clone(),
        user: connection.user.clone(),
        authority: origin(&endpoints.authority),
        graph: origin(&endpoints.graph),
    }
}

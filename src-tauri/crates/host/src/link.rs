//! Pages outside the application. The UI names one; its address is built here, from ids and known hosts alone.

use contract::account::TierRequest;
use contract::session::{Link, LinkOpened};
use domain::fault::{Code, Fault};

use crate::Host;

impl Host {
    /// Opens a page in the system's browser; where that can't be done the address is for the user to copy.
    pub(crate) fn open_link(&self, link: Link) -> Result<LinkOpened, Fault> {
        let address = match link {
            Link::SignIn => self.sign_in_view().prompt.map(|prompt| prompt.address).ok_or_else(|| {
                Fault::new(Code::NotFound, "No sign-in waits.").hint("Start it again under Accounts.")
            })?,
            Link::Consent { account, tier, mail } => {
                let ask = self.tier_ask(&TierRequest { name: account, tier, mail })?;
                ask.consent_url.ok_or_else(|| {
                    Fault::new(Code::Invalid, "This way in has no app of your own to consent to.")
                        .hint("Grant the roles to the identity instead.")
                })?
            }
            Link::Aadsts { number } => aadsts_page(number),
            Link::Incident { key, portal } => {
                let portal = crate::view::incident::portal_in(portal);
                let page = self.open_session()?.scope.portal_page(&key, portal)?;
                if !page.is_real {
                    return Ok(LinkOpened { address: page.address, opened: false });
                }
                page.address
            }
        };
        let opened = self.open_address(&address);
        Ok(LinkOpened { address, opened })
    }
}

/// Microsoft's page about a number; national clouds share it.
/// <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
fn aadsts_page(number: u32) -> String {
    format!("https://login.microsoftonline.com/error?code={number}")
}

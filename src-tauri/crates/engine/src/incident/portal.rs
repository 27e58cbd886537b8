//! An incident's pages in Microsoft's portals, built from its ids. Never here: an address that an answer told.

use cloud::endpoints::Kind;
use domain::fault::{Code, Fault};
use domain::incident::queue::Row;

use crate::Scope;

/// A portal that shows incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    Defender,
    Azure,
}

impl Portal {
    const ALL: [Self; 2] = [Self::Defender, Self::Azure];
}

/// A page for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub address: String,
    /// A sandbox's incident is on no page of Microsoft's, so there is nothing to open.
    pub is_real: bool,
}

impl Scope {
    /// Where a portal shows an incident, named by the key of its row.
    ///
    /// # Errors
    /// [`Code::NotFound`] where it is not stored, or this portal has no page of it that can be named.
    pub fn portal_page(&self, key: &str, portal: Portal) -> Result<Page, Fault> {
        let page = self.page_of(&self.row(key)?, portal)?;
        page.ok_or_else(|| Fault::new(Code::NotFound, "No page of this incident is known in that portal."))
    }

    pub(super) fn portals_of(&self, row: &Row) -> Result<Vec<Portal>, Fault> {
        let mut found = Vec::new();
        for portal in Portal::ALL {
            found.extend(self.page_of(row, portal)?.map(|_| portal));
        }
        Ok(found)
    }

    fn page_of(&self, row: &Row, portal: Portal) -> Result<Option<Page>, Fault> {
        let (Some(cloud), Some(account)) = (&self.cloud, &self.account) else { return Ok(None) };
        let endpoints = cloud.endpoints();
        let url = match (portal, &row.graph_id, &row.sentinel_id, &row.workspace) {
            (Portal::Defender, Some(id), ..) => endpoints.defender_page(id, &account.tenant),
            (Portal::Azure, _, Some(id), Some(name)) => self
                .known_workspace(name)?
                .and_then(|workspace| endpoints.azure_page(&workspace, id, &account.tenant)),
            _ => None,
        };
        let is_real = endpoints.kind == Kind::Microsoft;
        Ok(url.map(|url| Page { address: url.into(), is_real }))
    }
}

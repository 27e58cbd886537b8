//! What Entra publishes about a tenant, without any token: the first proof that the tenant exists.

use wire::entra::OpenidConfiguration;

use crate::Cloud;
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::pipeline::Found;
use crate::pipeline::call::{Call, url};

impl Cloud {
    /// The OpenID configuration of the account's tenant. An unknown tenant is an outcome (400, `invalid_tenant`).
    ///
    /// # Errors
    /// [`CloudError::Offline`], [`CloudError::BadAnswer`].
    pub async fn metadata(&self) -> Result<Found<OpenidConfiguration>, CloudError> {
        let tenant = &self.0.account().tenant;
        let path = [tenant, "v2.0", ".well-known", "openid-configuration"];
        let url = url(self.0.endpoints(), Purpose::SignIn, path, &[]);
        let about = format!("the metadata of tenant `{tenant}`");
        let call = Call::get(Purpose::SignIn, url, "tenant metadata", about, Count::Discovery);
        let (outcome, body) = self.0.outcome(&call).await?;
        let value = outcome.is_success().then(|| serde_json::from_slice(&body).ok()).flatten();
        Ok(Found { outcome, value })
    }
}

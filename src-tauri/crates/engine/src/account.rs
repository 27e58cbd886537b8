//! The account behind a tenant: signs in, asks what it may do, when its credentials end, and where a connection stops;
//! keeps the answers.
//!
//! The asking is here, the judging in `domain::account`. Never here: a secret beyond its first three characters in
//! what is kept, or a right that counts as granted because its list could not be read.
//! Start at [`Scope::run_doctor`], then `account/evidence.rs`.

use cloud::sign_in::SignedIn;
use cloud::{Audience, SignInFault, sign_in};
use domain::account::{self, Asked, Doctor, Expiries, Group, Tier, Way, expiry};
use domain::fault::{Code, Fault};
use domain::readiness::Given;
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;

use crate::Scope;
use crate::job::Control;

mod connection;
mod credential;
mod evidence;
mod kept;
mod used;

pub use connection::KeptProbe;
use kept::{KeptDoctor, KeptListed};

/// Names of the kept results.
const DOCTOR: &str = "doctor";
const CREDENTIALS: &str = "credentials";

impl Scope {
    /// How this account signs in; `None` where only files are open.
    pub fn way(&self) -> Option<Way> {
        Some(match self.account.as_ref()?.way {
            sign_in::Way::Secret(_) => Way::ClientSecret,
            sign_in::Way::Certificate { .. } => Way::Certificate,
            sign_in::Way::Browser { .. } => Way::Browser,
            sign_in::Way::DeviceCode { .. } => Way::DeviceCode,
            sign_in::Way::AzureCli => Way::AzureCli,
            sign_in::Way::ManagedIdentity => Way::ManagedIdentity,
        })
    }

    /// Lets a person sign in, or asks for a token anew.
    ///
    /// # Errors
    /// `SignIn` with what Entra said, or `Offline`.
    pub async fn sign_in(&self, control: &Control) -> Result<SignedIn, Fault> {
        control.step("Signing in");
        let signed_in = self.cloud()?.sign_in().await.map_err(|error| error.fault());
        self.flush_log().await?;
        signed_in
    }

    /// Why the last token that was asked for was refused; `None` after one that was given.
    pub fn sign_in_trouble(&self) -> Option<SignInFault> {
        self.cloud.as_ref()?.sign_in_trouble()
    }

    /// What a tier would need here: the groups of the workspaces and playbooks that were seen.
    pub fn asked(&self, tier: Tier, mail: bool) -> Result<Asked, Fault> {
        let group = |subscription: String, name: String| Group { subscription, name };
        let seen = self.workspaces()?.seen.into_iter().filter(|one| !one.is_off);
        let workspaces = seen.map(|one| group(one.subscription, one.resource_group)).collect();
        let way = self.way().unwrap_or(Way::ClientSecret);
        Ok(Asked { tier, mail, way, workspaces, playbooks: self.playbook_groups()? })
    }

    /// Asks what was granted, judges it against the tier, and keeps the result, with the end dates of the account's
    /// credentials.
    ///
    /// # Errors
    /// Sign-in and network. What may not be asked is unknown in the result, with the reason.
    pub async fn run_doctor(&self, tier: Tier, mail: bool, control: &Control) -> Result<(), Fault> {
        control.step("Signing in");
        self.cloud()?.access_token(Audience::Arm).await.map_err(|error| error.fault())?;
        let found = self.survey_workspaces(control).await?;
        let asked = self.asked(tier, mail)?;
        control.step("Asking what was granted");
        let evidence = self.gather_rights(&asked, &found, control).await?;
        let mut doctor = account::judge(&asked, &evidence);
        doctor.notes.extend(found.unseen);
        control.step("Asking when secrets and certificates end");
        let listed = self.listed_credentials().await?;
        self.flush_log().await?;
        self.keep_document(DOCTOR, &KeptDoctor::of(&doctor)).await?;
        self.keep_document(CREDENTIALS, &KeptListed::of(&listed)).await
    }

    /// What the doctor said last, with its time.
    pub fn doctor(&self) -> Result<Option<(Doctor, OffsetDateTime)>, Fault> {
        let kept: Option<(KeptDoctor, _)> = self.kept_document(DOCTOR)?;
        Ok(kept.and_then(|(doctor, at)| Some((doctor.read()?, at))))
    }

    /// When the account's secrets and certificates end: as the app registration said at the doctor's last visit, as
    /// the certificate's own file says, or as it was typed.
    pub fn expiries(&self, typed: Option<OffsetDateTime>) -> Result<Expiries, Fault> {
        let kept: Option<(KeptListed, _)> = self.kept_document(CREDENTIALS)?;
        let has_credentials = matches!(self.way(), Some(Way::ClientSecret | Way::Certificate));
        let listed = match kept {
            Some((kept, _)) => kept.read(),
            None if has_credentials => Given::Missing("the permission doctor was not asked yet".to_owned()),
            None => Given::Read(Vec::new()),
        };
        Ok(expiry::expiries(&listed, self.credential_in_use().as_ref(), typed))
    }

    async fn keep_document<T: Serialize>(&self, name: &'static str, value: &T) -> Result<(), Fault> {
        let json = serde_json::to_string(value)
            .map_err(|error| Fault::new(Code::Internal, format!("The result could not be kept: {error}.")))?;
        let at = self.wall.now();
        self.store(move |store| store.set_document(name, &json, at)).await
    }

    fn kept_document<T: DeserializeOwned>(&self, name: &str) -> Result<Option<(T, OffsetDateTime)>, Fault> {
        let kept = self.store.document(name)?;
        Ok(kept.and_then(|(json, at)| Some((serde_json::from_str(&json).ok()?, at))))
    }
}

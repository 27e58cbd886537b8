//! Connections: how each signs in, what it may do, what it lacks, when it expires, and what of it is stored where.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::readiness::Verdict;
use crate::session::SessionKind;

/// How an account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WayIn {
    /// The system's browser: authorization code with PKCE on a loopback redirect.
    Browser,
    DeviceCode,
    ClientSecret,
    /// A PEM or PFX file.
    Certificate,
    /// Whoever `az login` signed in.
    AzureCli,
    /// The identity of the Azure machine that this runs on.
    ManagedIdentity,
}

/// Which cloud a tenant lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CloudName {
    /// The public cloud; GCC uses it too.
    Public,
    GccHigh,
    Dod,
    /// Addresses that were typed.
    Custom,
    /// Azure China: Sentinel was retired there on 18 August 2026, so it is refused with that reason.
    China,
    /// The sandbox on this machine.
    Demo,
}

/// The addresses of a custom cloud: https origins without path, and the host that mail is submitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomCloud {
    pub authority: String,
    pub arm: String,
    pub graph: String,
    pub logs: String,
    pub smtp: String,
}

/// What a tenant's account may be used for. Nothing is written to a tenant below `respond`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Look and check.
    Look,
    /// Edit incidents.
    Respond,
    /// Edit rules.
    Fix,
}

/// Connect a tenant. Secrets go to the keychain, or stay in memory, and are answered by nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct AccountConnect {
    /// 1 to 40 of a–z, 0–9, `-`, `_`.
    pub name: String,
    /// GUID or domain name; ignored where the way in knows it (Azure CLI with an empty tenant).
    pub tenant: String,
    /// Application (client) ID; empty for Azure CLI, and for a system-assigned managed identity.
    pub client: String,
    #[zeroize(skip)]
    pub cloud: CloudName,
    #[zeroize(skip)]
    pub custom: Option<CustomCloud>,
    #[zeroize(skip)]
    pub way: WayIn,
    /// The client secret's value, or the password of a PFX or encrypted PEM file.
    pub secret: Option<String>,
    /// Path of a PEM or PFX file. It is read once; what it holds is kept as a secret.
    #[zeroize(skip)]
    pub certificate: Option<String>,
    /// False: nothing is kept; the account lives in memory until it is closed.
    #[zeroize(skip)]
    pub keep: bool,
}

impl std::fmt::Debug for AccountConnect {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, tenant, client, way, .. } = self;
        write!(
            out,
            "AccountConnect {{ name: {name:?}, tenant: {tenant:?}, client: {client:?}, way: {way:?} }}"
        )
    }
}

/// Change what can be changed without signing in again. Absent = as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountEdit {
    pub name: String,
    /// What the chip shows.
    pub title: Option<String>,
    /// 1 to 6: the tenant's colour.
    pub colour: Option<u8>,
    /// A production tenant asks for its typed name before anything is written.
    pub production: Option<bool>,
    pub tier: Option<Tier>,
    /// Whether test mail may be sent from this tenant.
    pub mail: Option<bool>,
    /// ARM id of the primary workspace.
    pub primary: Option<String>,
    /// End of a secret whose date can't be read, ISO date; empty = forget it.
    pub secret_ends: Option<String>,
}

/// An account by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountKey {
    pub name: String,
}

/// Remove a connection, its secrets, its key and its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRemove {
    pub name: String,
    /// The name again, typed by hand.
    pub typed: String,
}

/// What was looked for after a removal, and not found any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRemoved {
    pub name: String,
    /// One line per thing that is gone, with its place.
    pub gone: Vec<Stored>,
    pub accounts: AccountList,
}

/// One thing that is kept, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Stored {
    /// `Client secret`, `Store key`, `Incidents and rules`.
    pub what: String,
    /// `OS keychain, Crosswalk / contoso/client-secret`, or a path.
    pub place: String,
    pub note: String,
    /// Bytes on disk or in the keychain; null where it is not told, as for a secret.
    pub bytes: Option<u64>,
}

/// Why the last sign-in failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SignInTrouble {
    /// The number behind `AADSTS`.
    pub aadsts: Option<u32>,
    /// What is wrong.
    pub sentence: String,
    pub who_fixes: String,
    pub fix: String,
    /// Where in the portal, in words.
    pub page: Option<String>,
    /// Microsoft's own first line.
    pub said: String,
    pub trace_id: Option<String>,
    pub correlation_id: Option<String>,
    /// RFC 3339 UTC.
    pub at: Option<String>,
    /// Another way in could work: conditional access blocks this flow alone, or the browser can prove the device.
    pub another_way: Option<WayIn>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRow {
    pub name: String,
    pub title: String,
    pub kind: SessionKind,
    pub open: bool,
    /// False: it lives in memory until it is closed.
    pub kept: bool,
    pub tenant: String,
    pub client: String,
    pub cloud: CloudName,
    /// Who is asked: authority, ARM, Graph, Log Analytics.
    pub hosts: Vec<String>,
    pub way: WayIn,
    /// The user who signed in; null for an app, or before the first sign-in.
    pub user: Option<String>,
    /// 1 to 6.
    pub colour: u8,
    pub production: bool,
    pub tier: Tier,
    pub mail: bool,
    /// Name of the primary workspace.
    pub primary: Option<String>,
    /// Somebody has to sign in: no refresh token is held, or Entra wants to see the user again.
    pub sign_in_needed: bool,
    pub trouble: Option<SignInTrouble>,
    /// RFC 3339 UTC; null = never.
    pub used_at: Option<String>,
    pub stored: Vec<Stored>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountList {
    pub accounts: Vec<AccountRow>,
    /// Whether the keychain answers.
    pub keychain_ready: bool,
    /// What the keychain is, or what is wrong with it.
    pub keychain: String,
    /// Whether an address can be opened in the system's browser from here.
    pub browser_ready: bool,
}

/// What a person has to do now so that a sign-in goes on; the job `account_sign_in` waits for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SignInPrompt {
    pub account: String,
    pub way: WayIn,
    /// The page to open. For a browser sign-in it was opened already where that can be done.
    pub address: String,
    /// To be typed on the page; null for a browser sign-in.
    pub code: Option<String>,
    /// RFC 3339 UTC.
    pub expires_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SignInView {
    pub prompt: Option<SignInPrompt>,
}

/// What an administrator of the tenant has to do once, before a browser or device code sign-in works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RegistrationRequest {
    pub cloud: CloudName,
    pub tenant: String,
    pub way: WayIn,
    pub tier: Tier,
    pub mail: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Registration {
    /// JSON of the app registration's manifest.
    pub manifest: String,
    pub az: String,
    pub powershell: String,
    /// What to copy back into Crosswalk afterwards.
    pub then: String,
}

/// Where a right is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    AzureRole,
    Graph,
    Exchange,
}

/// One right that a tier needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Need {
    pub kind: GrantKind,
    /// `Microsoft Sentinel Reader`, `SecurityIncident.Read.All`.
    pub permission: String,
    /// Resource group, tenant, or mailbox scope.
    pub scope: String,
    pub why: String,
    /// Nothing stops without it.
    pub optional: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TierRequest {
    pub name: String,
    pub tier: Tier,
    pub mail: bool,
}

/// What a tier needs, in every form in which an administrator may want it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TierAsk {
    pub tier: Tier,
    pub mail: bool,
    pub needs: Vec<Need>,
    /// Microsoft's page on which an administrator consents; null where the way in has no app of the customer's.
    pub consent_url: Option<String>,
    /// A message to the administrator.
    pub request: String,
    pub az: String,
    pub powershell: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    Granted,
    Missing,
    /// More than the tier needs, or for the whole tenant where a scope would do.
    TooWide,
    /// Nothing of the tier uses it.
    NotNeeded,
    /// It can't be read whether it is granted.
    Unknown,
}

/// What the doctor says of one right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DoctorRow {
    pub state: GrantState,
    pub kind: GrantKind,
    pub permission: String,
    pub scope: String,
    /// Requests in the last 30 days that used it; null where that is not counted.
    pub used: Option<u64>,
    pub why: String,
    /// Checks that can't run without it.
    pub checks: Vec<String>,
    /// How it is known: `token`, `app role assignment`, `role assignment`, `answer`.
    pub known_by: String,
}

/// The single grant that lets most checks run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Unlock {
    pub permission: String,
    pub scope: String,
    pub checks: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Doctor {
    /// RFC 3339 UTC; null = it was not asked yet.
    pub asked_at: Option<String>,
    pub tier: Tier,
    pub mail: bool,
    pub rows: Vec<DoctorRow>,
    /// Checks that can't run for lack of a right.
    pub blocked: Vec<String>,
    /// Checks there are.
    pub checks: u32,
    pub unlock: Option<Unlock>,
    /// What could not be read, a sentence each.
    pub notes: Vec<String>,
}

/// A secret or certificate, and its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExpiryRow {
    pub account: String,
    /// `secret` or `certificate`.
    pub what: String,
    /// The portal's description, or the certificate's subject.
    pub label: String,
    /// First characters of a secret, or a thumbprint.
    pub hint: Option<String>,
    /// RFC 3339 UTC; null = not known.
    pub ends: Option<String>,
    pub days: Option<i64>,
    /// The one that this account signs in with.
    pub ours: bool,
    /// `application`, `file` or `typed`.
    pub known_by: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExpiryList {
    /// Soonest first.
    pub rows: Vec<ExpiryRow>,
    /// What could not be read, a sentence each.
    pub notes: Vec<String>,
}

/// One step on the way to Microsoft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConnectionStep {
    /// `proxy`, `dns`, `tcp`, `tls`, `sign_in`, `arm`, `graph`, `logs`.
    pub id: String,
    pub title: String,
    pub host: String,
    pub verdict: Verdict,
    pub took_ms: u64,
    /// What was seen, or why it stopped here.
    pub said: String,
    pub hint: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConnectionTest {
    pub account: String,
    /// RFC 3339 UTC; null = not run yet.
    pub at: Option<String>,
    pub steps: Vec<ConnectionStep>,
}

/// A workspace of the open tenant, or one that could not be seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WorkspaceRow {
    /// ARM id; empty where only its subscription is known.
    pub id: String,
    pub name: String,
    pub subscription: String,
    pub resource_group: String,
    pub primary: bool,
    /// Why its incidents can't be read, a sentence; null = they can.
    pub trouble: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WorkspaceList {
    pub workspaces: Vec<WorkspaceRow>,
    /// What could not be seen at all, a sentence each.
    pub unseen: Vec<String>,
}

//! What can be typed.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

/// Takes a Microsoft Sentinel team across to the Defender portal.
#[derive(Parser)]
#[command(name = "xwalk", version, max_term_width = 100)]
pub struct Args {
    /// Print JSON, for programs.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    #[cfg(feature = "demo")]
    /// Serve a small Microsoft on loopback until ended; prints one JSON line when ready.
    Sandbox(SandboxArgs),
    /// Store a connection; its secret goes to the system's keychain.
    Connect(Box<ConnectArgs>),
    /// Every account: how it signs in, what it may do, what is stored where.
    Accounts(Kept),
    /// Let a person sign in again: by browser or device code.
    SignIn(Named),
    /// Remove and wipe: secrets, key and data of an account; prints what is gone.
    Remove(RemoveArgs),
    /// What a tier needs, ready to be sent to an administrator.
    Tier(TierArgs),
    /// What is granted, what is missing, and which checks that stops.
    Doctor(DoctorArgs),
    /// The way out of this machine.
    Network(NetworkArgs),
    /// The local copy: its size, how long it keeps what is closed, whether it is sound.
    Cache(CacheArgs),
    /// Read what is new from both APIs and the log.
    Sync(SyncArgs),
    /// Where each merged incident went.
    Redirects(Place),
    /// The queue over both APIs.
    Incidents(Box<IncidentsArgs>),
    /// One incident with its alerts, entities, comments and tasks.
    Incident(IncidentArgs),
    /// Alerts of the log that no incident holds: in neither portal, in no ticket.
    Alerts(AlertsArgs),
    /// Change incidents, or show what was changed.
    Change(ChangeArgs),
    /// What will break in the move: a tenant's rules, or files.
    Readiness(ReadinessArgs),
    /// Explain an error text, or test a mail set-up.
    Mail(MailArgs),
    #[cfg(feature = "demo")]
    /// Do the whole main job once on the demo tenant and print a table.
    Check,
}

#[cfg(feature = "demo")]
#[derive(Group)]
pub struct SandboxArgs {
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Sentinel incidents over all workspaces, 0 to 1,000,000.
    #[arg(long, default_value_t = 5_000)]
    pub incidents: u32,
    /// A named world, such as half-migrated or own-id.
    #[arg(long)]
    pub story: Option<String>,
    /// Added to each answer by itself.
    #[arg(long, default_value_t = 0)]
    pub latency_ms: u64,
    /// The story's instant, RFC 3339; today by default.
    #[arg(long)]
    pub now: Option<String>,
    /// Pause before SMTP refuses a sign-in.
    #[arg(long)]
    pub smtp_pause_ms: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WayChoice {
    Secret,
    Certificate,
    Browser,
    DeviceCode,
    AzureCli,
    ManagedIdentity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CloudChoice {
    /// The public cloud and GCC.
    Public,
    GccHigh,
    Dod,
    /// With the addresses below.
    Custom,
    /// Refused: Sentinel was retired there.
    China,
}

#[derive(Group)]
pub struct ConnectArgs {
    /// 1 to 40 of a–z, 0–9, - and _.
    pub name: String,
    /// A sandbox's line, in a file.
    #[arg(long, conflicts_with_all = ["tenant", "client", "secret_stdin", "cloud"], required_unless_present_any = ["tenant", "way"])]
    pub descriptor: Option<PathBuf>,
    /// Directory (tenant) ID or domain.
    #[arg(long)]
    pub tenant: Option<String>,
    /// Application (client) ID.
    #[arg(long)]
    pub client: Option<String>,
    /// How it signs in; a client secret unless a certificate is named.
    #[arg(long, value_enum)]
    pub way: Option<WayChoice>,
    /// Read the client secret's value from standard input.
    #[arg(long, conflicts_with_all = ["certificate", "password_stdin"])]
    pub secret_stdin: bool,
    /// A PEM or PFX file; what it holds goes to the keychain.
    #[arg(long)]
    pub certificate: Option<PathBuf>,
    /// Read the certificate's password from standard input.
    #[arg(long, requires = "certificate")]
    pub password_stdin: bool,
    #[arg(long, value_enum, default_value = "public")]
    pub cloud: CloudChoice,
    #[command(flatten)]
    pub addresses: AddressArgs,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

/// Addresses of a custom cloud.
#[derive(Group)]
pub struct AddressArgs {
    #[arg(long, value_name = "URL")]
    pub authority: Option<String>,
    #[arg(long, value_name = "URL")]
    pub arm: Option<String>,
    #[arg(long, value_name = "URL")]
    pub graph: Option<String>,
    #[arg(long, value_name = "URL")]
    pub logs: Option<String>,
    #[arg(long, value_name = "HOST")]
    pub smtp: Option<String>,
}

/// Where connections are kept.
#[derive(Group)]
pub struct Kept {
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

/// A stored connection by its name.
#[derive(Group)]
pub struct Named {
    pub name: String,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

#[derive(Group)]
pub struct RemoveArgs {
    #[command(flatten)]
    pub account: Named,
    /// The name once more; asked for on standard input where it is left out.
    #[arg(long, value_name = "NAME")]
    pub typed: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TierChoice {
    /// Look and check.
    Look,
    /// Edit incidents.
    Respond,
    /// Edit rules.
    Fix,
}

#[derive(Group)]
pub struct TierArgs {
    #[command(flatten)]
    pub account: Named,
    #[arg(long, value_enum, default_value = "look")]
    pub tier: TierChoice,
    /// With test mail.
    #[arg(long)]
    pub mail: bool,
    /// Hold the account to this tier from now on.
    #[arg(long)]
    pub choose: bool,
}

#[derive(Group)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub place: Place,
}

#[derive(Group)]
pub struct NetworkArgs {
    #[command(subcommand)]
    pub verb: NetworkVerb,
}

#[derive(Subcommand)]
pub enum NetworkVerb {
    /// The settings, and what the system says.
    Show(Kept),
    /// Replace the settings.
    Set(NetworkSetArgs),
    /// Walk the way to Microsoft step by step, and say where it stops.
    Test(Place),
}

#[derive(Group)]
pub struct NetworkSetArgs {
    /// `system`, `none`, or an address such as http://proxy.contoso.com:8080.
    #[arg(long, default_value = "system")]
    pub proxy: String,
    /// Who signs in at the proxy.
    #[arg(long)]
    pub user: Option<String>,
    /// Read the proxy's password from standard input; it goes to the keychain.
    #[arg(long, requires = "user")]
    pub password_stdin: bool,
    /// PEM file with further authorities.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

#[derive(Group)]
pub struct CacheArgs {
    #[command(subcommand)]
    pub verb: CacheVerb,
}

#[derive(Subcommand)]
pub enum CacheVerb {
    Show(Place),
    /// Say how long closed incidents stay after their last change.
    Keep(CacheKeepArgs),
    /// Check the file, forget what is too old, give space back.
    Tidy(Place),
}

#[derive(Group)]
pub struct CacheKeepArgs {
    #[command(flatten)]
    pub place: Place,
    /// 30 at least; without it they stay for good.
    #[arg(long)]
    pub days: Option<u32>,
}

/// What to work on, and where to keep it.
#[derive(Group)]
pub struct Place {
    /// A sandbox's line, in a file.
    #[arg(long, conflicts_with = "connection", required_unless_present = "connection")]
    pub descriptor: Option<PathBuf>,
    /// A stored connection.
    #[arg(long)]
    pub connection: Option<String>,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    /// Keep nothing: a private folder that is removed, its key in memory.
    #[arg(long, conflicts_with_all = ["data_dir", "connection"])]
    pub ephemeral: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ApiChoice {
    Sentinel,
    Graph,
    Logs,
    All,
}

#[derive(Group)]
pub struct SyncArgs {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_enum, default_value = "all")]
    pub api: ApiChoice,
    /// List all that Sentinel has, so that what was deleted there leaves the list; otherwise once a day.
    #[arg(long)]
    pub reconcile: bool,
    /// Only tell what it would ask, and how long that takes.
    #[arg(long)]
    pub plan: bool,
}

#[derive(Group)]
pub struct IncidentArgs {
    /// Sentinel number or GUID, Defender id, or the `key` of the queue.
    pub incident: String,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Group)]
pub struct IncidentsArgs {
    #[command(flatten)]
    pub place: Place,
    /// Words, or an id of any kind.
    #[arg(long, default_value = "")]
    pub search: String,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Sorted by this column; - before it falls, such as -updated.
    #[arg(long, default_value = "-updated", allow_hyphen_values = true)]
    pub sort: String,
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
    /// Write every row that matches to this file instead.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// How it is written; by the file's ending where left out.
    #[arg(long, value_enum, requires = "export")]
    pub format: Option<FormatChoice>,
    /// What does not leave with the file.
    #[arg(long, value_enum, default_value = "none", requires = "export")]
    pub redact: RedactChoice,
    /// Its columns in their order, such as title,status,updated; all of them where left out.
    #[arg(long, value_delimiter = ',', requires = "export")]
    pub columns: Vec<String>,
}

#[derive(Group)]
pub struct AlertsArgs {
    #[command(flatten)]
    pub place: Place,
    /// Part of title, rule, entity, product or id.
    #[arg(long, default_value = "")]
    pub search: String,
    /// high, medium, low, informational.
    #[arg(long, value_delimiter = ',')]
    pub severity: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub workspace: Vec<String>,
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
}

/// What narrows the queue, in the words of the window's address.
#[derive(Group)]
pub struct FilterArgs {
    /// high, medium, low, informational.
    #[arg(long, value_delimiter = ',')]
    pub severity: Vec<String>,
    /// new, active, in_progress, awaiting_action, closed, redirected.
    #[arg(long, value_delimiter = ',')]
    pub status: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub workspace: Vec<String>,
    /// both, sentinel_only, twin_not_proved, twin_missing, defender_not_read, defender_only.
    #[arg(long, value_delimiter = ',')]
    pub presence: Vec<String>,
    /// Only merged incidents, or only others.
    #[arg(long, value_name = "true|false")]
    pub redirected: Option<bool>,
    /// Owners, whatever their case.
    #[arg(long, value_delimiter = ',')]
    pub owner: Vec<String>,
    /// Merged into these Defender incidents.
    #[arg(long, value_delimiter = ',')]
    pub target: Vec<String>,
    /// With one of these tags, whatever their case.
    #[arg(long, value_delimiter = ',')]
    pub tag: Vec<String>,
    /// TruePositive, BenignPositive, FalsePositive, Undetermined.
    #[arg(long, value_delimiter = ',')]
    pub classification: Vec<String>,
    /// Products that raised its alerts, as Sentinel names them.
    #[arg(long, value_delimiter = ',')]
    pub product: Vec<String>,
    /// Only those whose owners in Sentinel and in Defender differ, or only others.
    #[arg(long, value_name = "true|false")]
    pub owner_differs: Option<bool>,
    /// Only what last changed on this day, UTC.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub day: Option<String>,
    /// Only what changed in the last hours.
    #[arg(long)]
    pub hours: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatChoice {
    Csv,
    Xlsx,
    Json,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RedactChoice {
    None,
    /// Owners, sign-in names and mail addresses.
    Users,
    /// Those, and titles, ids, tags, workspaces and the tenant.
    All,
}

#[derive(Group)]
pub struct ChangeArgs {
    #[command(subcommand)]
    pub verb: ChangeVerb,
}

#[derive(Subcommand)]
pub enum ChangeVerb {
    /// Show what would be sent; with --apply, send it.
    Set(Box<ChangeSetArgs>),
    /// What was changed, newest first.
    List(ChangeListArgs),
    /// Put the old values back, as long as what stands there is still what was written.
    Undo(ChangeUndoArgs),
}

#[derive(Group)]
pub struct ChangeSetArgs {
    /// Defender ids, Sentinel numbers or GUIDs, or keys of `xwalk incidents --json`.
    #[arg(required = true)]
    pub incidents: Vec<String>,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub wish: WishArgs,
    /// Send it. A tenant has to be at Respond; a sandbox of which nothing is kept is taken to be.
    #[arg(long)]
    pub apply: bool,
    /// Name of a production tenant, so that it is no other.
    #[arg(long, value_name = "NAME")]
    pub production: Option<String>,
}

/// What is wanted; what is not named stays as it is.
#[derive(Group)]
pub struct WishArgs {
    /// new, active, in_progress, awaiting_action or closed.
    #[arg(long)]
    pub status: Option<String>,
    /// User principal name, or for Sentinel an object id.
    #[arg(long)]
    pub owner: Option<String>,
    /// Nobody's.
    #[arg(long, conflicts_with = "owner")]
    pub unassign: bool,
    /// high, medium, low or informational.
    #[arg(long)]
    pub severity: Option<String>,
    /// Undetermined, TruePositive, BenignPositive or FalsePositive.
    #[arg(long)]
    pub classification: Option<String>,
    /// Defender's, such as phishing.
    #[arg(long)]
    pub determination: Option<String>,
    /// Sentinel's, such as InaccurateData.
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long)]
    pub comment: Option<String>,
    #[arg(long)]
    pub tag: Vec<String>,
    #[arg(long)]
    pub untag: Vec<String>,
}

#[derive(Group)]
pub struct ChangeListArgs {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
}

#[derive(Group)]
pub struct ChangeUndoArgs {
    /// The change's number in `xwalk change list`.
    pub id: i64,
    #[command(flatten)]
    pub place: Place,
    /// Name of a production tenant, so that it is no other.
    #[arg(long, value_name = "NAME")]
    pub production: Option<String>,
}

#[derive(Group)]
pub struct ReadinessArgs {
    /// Files and folders instead of a tenant.
    #[arg(long, num_args = 1.., value_name = "PATH", conflicts_with_all = ["descriptor", "connection"])]
    pub import: Vec<PathBuf>,
    #[arg(long, conflicts_with = "connection", required_unless_present_any = ["connection", "import"])]
    pub descriptor: Option<PathBuf>,
    #[arg(long)]
    pub connection: Option<String>,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["data_dir", "connection"])]
    pub ephemeral: bool,
}

#[derive(Group)]
pub struct MailArgs {
    #[command(subcommand)]
    pub verb: MailVerb,
}

#[derive(Subcommand)]
pub enum MailVerb {
    /// What an error text means; reads standard input for `-` or nothing.
    Explain { text: Option<String> },
    /// Climb the ladder of mail tests.
    Test(MailTestArgs),
}

#[derive(Group)]
pub struct MailTestArgs {
    #[command(flatten)]
    pub place: Place,
    /// The mailbox that sends; a sandbox suggests one.
    #[arg(long, default_value = "")]
    pub mailbox: String,
    /// A mailbox that the app must not reach.
    #[arg(long)]
    pub outside: Option<String>,
    /// Try one AUTH LOGIN as this user; the password is read from standard input. It can count towards a lock-out.
    #[arg(long)]
    pub login: Option<String>,
    /// Really send two tagged messages, to the mailbox itself.
    #[arg(long)]
    pub send: bool,
}

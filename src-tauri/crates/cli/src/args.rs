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
    Connect(ConnectArgs),
    /// Read what is new from both APIs and the log.
    Sync(SyncArgs),
    /// Where each merged incident went.
    Redirects(Place),
    /// The queue over both APIs.
    Incidents(IncidentsArgs),
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

#[derive(Group)]
pub struct ConnectArgs {
    /// 1 to 40 of a–z, 0–9, - and _.
    pub name: String,
    /// A sandbox's line, in a file.
    #[arg(long, conflicts_with_all = ["tenant", "client", "secret_stdin"], required_unless_present = "tenant")]
    pub descriptor: Option<PathBuf>,
    /// Directory (tenant) ID or domain.
    #[arg(long, requires = "client", requires = "secret_stdin")]
    pub tenant: Option<String>,
    /// Application (client) ID.
    #[arg(long)]
    pub client: Option<String>,
    /// Read the client secret's value from standard input.
    #[arg(long)]
    pub secret_stdin: bool,
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
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
}

#[derive(Group)]
pub struct IncidentsArgs {
    #[command(flatten)]
    pub place: Place,
    /// Words, or an id of any kind.
    #[arg(long, default_value = "")]
    pub search: String,
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
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

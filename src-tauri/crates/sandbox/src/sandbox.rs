//! Starts and stops a session: binds the doors, makes the world, serves until dropped.

use crate::alert::Alerts;
use crate::authority::{Authority, AuthorityError};
use crate::budget::{Budgets, Counters};
use crate::certificate::{self, Registered};
use crate::clock::Clock;
use crate::content::{self, Content};
use crate::descriptor::{Certificate, Descriptor};
use crate::door::{self, Passage};
use crate::journal::{Door, Journal};
use crate::logs::Limits;
use crate::scope::Scope;
use crate::session::{Origins, Session};
use crate::story::{NoStory, Story};
use crate::token::{NoKey, Signer};
use crate::weather::{Forecast, Weather};
use crate::world::{Mutation, World};
use crate::{arm, entra, graph, imds, logs, mail, moment, smtp, truth};
use axum::Router;
use axum::extract::State;
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use time::{OffsetDateTime, Time};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How a session is started. [`Default`] is what `xwalk sandbox` starts without arguments.
#[derive(Clone, Debug)]
pub struct Options {
    pub seed: u64,
    /// Sentinel incidents over all workspaces, 0 to 1,000,000.
    pub incidents: u32,
    pub story: String,
    /// Added to each answer by itself.
    pub latency: Duration,
    /// The story's clock; start, cut to the day, where none is given.
    pub now: Option<OffsetDateTime>,
    /// Pause before SMTP answers 535.
    pub smtp_pause: Duration,
    /// Trouble besides the story's own.
    pub weather: Vec<Weather>,
    /// Keeps Microsoft's published limits and answers 429 beyond them; `None`: asked as often as one likes.
    pub budgets: Option<Budgets>,
    /// What one answer of the log may hold.
    pub log_limits: Limits,
    /// How far the doors' clock is off: the `Date` header, tokens and assertions follow it.
    pub skew: time::Duration,
    /// How long a token lives; whole seconds.
    pub token_life: Duration,
    /// Least time between two polls for a device code; whole seconds are told to clients.
    pub poll: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            incidents: 5_000,
            story: Story::default().name().to_owned(),
            latency: Duration::ZERO,
            now: None,
            smtp_pause: Duration::from_secs(5),
            weather: Vec::new(),
            budgets: None,
            log_limits: Limits::default(),
            skew: time::Duration::ZERO,
            token_life: Duration::from_secs(3_599),
            poll: Duration::from_secs(5),
        }
    }
}

/// Why a session did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Story(#[from] NoStory),
    #[error("a sandbox holds at most {MOST} incidents, not {0}")]
    TooMany(u32),
    #[error("no port on 127.0.0.1 could be opened: {0}")]
    Listen(#[from] std::io::Error),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error(transparent)]
    Key(#[from] NoKey),
}

/// The largest world.
const MOST: u32 = 1_000_000;

/// A running session. Dropping it closes the doors and removes the temporary folder.
pub struct Sandbox {
    descriptor: Descriptor,
    session: Arc<Session>,
    tasks: Vec<JoinHandle<()>>,
    _authority: Authority,
}

impl Sandbox {
    /// Opens the doors on ports of the system's choosing, on 127.0.0.1 alone. Needs a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn start(options: Options) -> Result<Self, Error> {
        let story: Story = options.story.parse()?;
        if options.incidents > MOST {
            return Err(Error::TooMany(options.incidents));
        }
        let now = options.now.unwrap_or_else(|| OffsetDateTime::now_utc().replace_time(Time::MIDNIGHT));
        let scope =
            Scope { log_limits: options.log_limits, ..Scope::new(options.seed, now, options.smtp_pause) }
                .with_story(story);
        let authority = Authority::make()?;
        let doors = Doors::bind().await?;
        let (registered, files) = certificate::make(authority.folder())?;
        let certificate = Certificate::new(&registered, &files);
        let session = Arc::new(session(scope, doors.origins()?, registered, options)?);
        let smtp_port = doors.smtp.local_addr()?.port();
        let state = mail_state(&session);
        let ca = authority.certificate();
        let descriptor = Descriptor::new(
            &session.scope,
            &session.origins,
            smtp_port,
            &ca,
            mail::descriptor(&session.scope),
            certificate,
        );
        let tasks = doors.open(&authority, &session, state);
        Ok(Self { descriptor, session, tasks, _authority: authority })
    }

    /// Addresses and identities.
    #[must_use]
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// The mailboxes, each with a fate of its own.
    #[must_use]
    pub fn mailboxes(&self) -> Vec<String> {
        mail::addresses(&self.session.scope)
    }

    /// What was planted (`crosswalk.truth/1`).
    #[must_use]
    pub fn truth(&self) -> serde_json::Value {
        truth::write(&self.session)
    }

    /// Every request seen so far; the handle goes on counting.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.session.journal
    }

    /// Deletes the newest incidents that ARM alone has, as somebody in the portal would; how many there were.
    pub fn delete_newest(&self, most: usize) -> usize {
        self.session.world.delete_newest(most)
    }

    /// Lets some incidents come, change, be merged and go, as `seed` says.
    pub fn mutate(&self, seed: u64) -> Mutation {
        self.session.world.mutate(seed)
    }

    /// An alert that no incident held gets one.
    pub fn adopt_alert(&self, id: &str) {
        self.session.alerts.adopt(id);
    }

    /// From now on this trouble, instead of what the session started with.
    pub fn set_weather(&self, weather: Vec<Weather>) {
        self.session.forecast.set(weather);
    }

    /// Every incident as ARM shows it now, then every one as Graph does.
    #[must_use]
    pub fn incidents(&self) -> [Vec<serde_json::Value>; 2] {
        truth::incidents_now(&self.session.world, self.session.scope.workspaces.len())
    }

    /// Closes the doors and waits until they are closed.
    pub async fn stop(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn session(
    scope: Scope,
    origins: Origins,
    certificate: Registered,
    options: Options,
) -> Result<Session, Error> {
    let ready = scope.story == Story::Ready;
    let make = if ready { Content::ready } else { Content::make };
    let content: Vec<Content> = scope.workspaces.iter().map(|name| make(&scope, name)).collect();
    let playbooks = if ready { content::playbooks_ready(&scope) } else { content::playbooks(&scope) };
    let world = World::make(&scope, options.incidents, content.iter().map(rule_names).collect());
    let mut weather = options.weather;
    if scope.story == Story::Throttled {
        weather.extend(Weather::storm());
    }
    Ok(Session {
        origins,
        signer: Arc::new(Signer::new(Clock::off_by(options.skew))?),
        alerts: Alerts::plant(&scope, moment::of(scope.now)),
        world,
        content,
        playbooks,
        journal: Journal::default(),
        latency: options.latency,
        counters: options.budgets.map(Counters::new),
        forecast: Forecast::new(weather),
        storm: Forecast::new(Weather::storm()),
        requests: AtomicU64::new(0),
        certificate,
        memory: entra::Memory::default(),
        poll: options.poll,
        life: i64::try_from(options.token_life.as_secs()).unwrap_or(i64::MAX),
        scope,
    })
}

fn rule_names(content: &Content) -> Vec<String> {
    let rules = content.alert_rules.iter().filter(|rule| !rule.preview_only);
    rules.filter_map(|rule| rule.json["name"].as_str().map(str::to_owned)).collect()
}

/// The listeners of a session.
struct Doors {
    entra: TcpListener,
    arm: TcpListener,
    graph: TcpListener,
    logs: TcpListener,
    truth: TcpListener,
    smtp: TcpListener,
    imds: TcpListener,
}

impl Doors {
    async fn bind() -> std::io::Result<Self> {
        let open = || TcpListener::bind(("127.0.0.1", 0));
        Ok(Self {
            entra: open().await?,
            arm: open().await?,
            graph: open().await?,
            logs: open().await?,
            truth: open().await?,
            smtp: open().await?,
            imds: open().await?,
        })
    }

    fn origins(&self) -> std::io::Result<Origins> {
        let origin =
            |listener: &TcpListener| Ok::<_, std::io::Error>(format!("https://{}", listener.local_addr()?));
        Ok(Origins {
            authority: origin(&self.entra)?,
            arm: origin(&self.arm)?,
            graph: origin(&self.graph)?,
            logs: origin(&self.logs)?,
            truth: origin(&self.truth)?,
            imds: format!("http://{}", self.imds.local_addr()?),
        })
    }

    fn open(
        self,
        authority: &Authority,
        session: &Arc<Session>,
        state: Arc<mail::State>,
    ) -> Vec<JoinHandle<()>> {
        let graph = graph::routes(session.clone()).merge(mail::router(state.clone()));
        let graph =
            graph.fallback_service(Router::new().fallback(graph::directory).with_state(session.clone()));
        let layered = |door, routes: Router| {
            let passage = Passage { door, session: session.clone() };
            routes.layer(middleware::from_fn_with_state(passage, door::pass))
        };
        let http = |listener, door, routes: Router| {
            tokio::spawn(door::serve(listener, authority.http.clone(), layered(door, routes)))
        };
        let imds = layered(Door::Imds, imds::routes(session.clone()));
        let truth = Router::new().route("/truth", get(tell)).with_state(session.clone());
        vec![
            http(self.entra, Door::Entra, entra::routes(session.clone())),
            http(self.arm, Door::Arm, arm::routes(session.clone())),
            http(self.graph, Door::Graph, graph),
            http(self.logs, Door::Logs, logs::routes(session.clone())),
            http(self.truth, Door::Truth, truth),
            tokio::spawn(door::serve_plain(self.imds, imds)),
            tokio::spawn(smtp::serve(self.smtp, authority.plain.clone(), state)),
        ]
    }
}

async fn tell(State(session): State<Arc<Session>>) -> Response {
    crate::answer::json(200, truth::write(&session).to_string())
}

fn mail_state(session: &Session) -> Arc<mail::State> {
    Arc::new(mail::State::new(&session.scope, session.signer.clone()))
}

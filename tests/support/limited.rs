//! A tenant that answers 429 beyond Microsoft's published limits, and a scope that keeps them, on one clock.

use std::path::Path;
use std::sync::Arc;

use cloud::{Account, Cloud, Endpoints, Way};
use engine::Scope;
use engine::scope::SmtpHost;
use sandbox::{Budgets, Options, Sandbox};

use crate::clock::Jumping;

/// A sandbox whose counters go by `clock`.
pub async fn sandbox(options: Options, clock: &Arc<Jumping>) -> Result<Sandbox, sandbox::Error> {
    use cloud::pace::Pace;
    let clock = clock.clone();
    let budgets = Some(Budgets::published_by(Arc::new(move || clock.now())));
    Sandbox::start(Options { budgets, ..options }).await
}

/// A scope on that sandbox, with a store in `folder`; `clock` is what its budgets go by. One that is not `careful`
/// learns of limits by running into them.
pub fn scope(
    sandbox: &Sandbox,
    folder: &Path,
    clock: &Arc<Jumping>,
    careful: bool,
) -> Result<Scope, Box<dyn std::error::Error>> {
    let line = sandbox.descriptor();
    let smtp = SmtpHost { host: line.smtp.host.clone(), port: line.smtp.port };
    let ca = std::fs::read_to_string(&line.ca_cert)?;
    let endpoints = Endpoints::sandbox(&line.authority, &line.arm, &line.graph, &line.logs, smtp, ca)?;
    let account = Account {
        tenant: line.tenant_id.clone(),
        client: line.client_id.clone(),
        way: Way::Secret(line.client_secret.as_str().into()),
    };
    let store = store::Store::open(folder, store::Key::new([7; 32]))?.store;
    let scope = Scope::files(store);
    let cloud = Cloud::paced(
        if careful { endpoints.limited() } else { endpoints },
        account.clone(),
        scope.log.sink(),
        Arc::new(|_| {}),
        clock.clone(),
    )?;
    Ok(Scope { cloud: Some(cloud), account: Some(account), ..scope })
}

//! What the pipeline makes of answers: good, slow, broken and hostile ones, over real TLS on loopback.

// A test crate: clippy exempts only the functions marked as tests, not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod certificate;
mod challenge;
mod desk;
mod device;
mod directory;
mod incidents;
mod machine;
mod mail;
mod network;
mod proxy;
mod server;
mod sign_in;
mod silent;
mod weather;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloud::arm::Workspace;
use cloud::endpoints::{Proxy, Route, SmtpHost};
use cloud::{Account, Cloud, CloudError, Endpoints, Request, Way};
use domain::secret::Secret;
use server::Server;

/// A cloud in front of a server, with all that it told.
pub struct Rig {
    pub cloud: Cloud,
    pub requests: Arc<Mutex<Vec<Request>>>,
    /// Pauses that were asked for. While one lasts, tokio's clock stands still and jumps to its end.
    pub waits: Arc<Mutex<Vec<Duration>>>,
}

impl Rig {
    pub fn new(server: &Server) -> Self {
        Self::signing_in_with(server, "s3cr3t~value").unwrap()
    }

    pub fn signing_in_with(server: &Server, secret: &str) -> Result<Self, CloudError> {
        Self::at(&server.origin, &server.ca_pem, secret)
    }

    pub fn at(origin: &str, ca_pem: &str, secret: &str) -> Result<Self, CloudError> {
        Self::by(endpoints(origin, ca_pem), "app-1", Way::Secret(Secret::from(secret)))
    }

    /// Another way in, at the same server.
    pub fn way(server: &Server, way: Way) -> Result<Self, CloudError> {
        Self::by(endpoints(&server.origin, &server.ca_pem), "app-1", way)
    }

    pub fn through(server: &Server, proxy: Proxy) -> Self {
        let plain = Self::new(server);
        let route = Route { proxy, authorities: vec![] };
        let way = Way::Secret(Secret::from("s3cr3t~value"));
        Self::by(plain.cloud.endpoints().clone().via(route), "app-1", way).unwrap()
    }

    pub fn by(endpoints: Endpoints, client: &str, way: Way) -> Result<Self, CloudError> {
        let account = Account { tenant: "contoso".into(), client: client.into(), way };
        let (requests, waits) = (Arc::new(Mutex::new(vec![])), Arc::new(Mutex::new(vec![])));
        let (told, waited) = (Arc::clone(&requests), Arc::clone(&waits));
        let sink = Arc::new(move |request| told.lock().unwrap().push(request));
        let pauses = Arc::new(move |pause: Option<Duration>| match pause {
            Some(pause) => {
                waited.lock().unwrap().push(pause);
                tokio::time::pause();
            }
            None => tokio::time::resume(),
        });
        let cloud = Cloud::new(endpoints, account, sink, pauses)?;
        Ok(Self { cloud, requests, waits })
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn waits(&self) -> Vec<f64> {
        self.waits.lock().unwrap().iter().map(Duration::as_secs_f64).collect()
    }
}

pub fn endpoints(origin: &str, ca_pem: &str) -> Endpoints {
    let smtp = SmtpHost { host: "127.0.0.1".into(), port: 25 };
    Endpoints::sandbox(origin, origin, origin, origin, smtp, ca_pem.to_owned()).unwrap()
}

pub fn workspace() -> Workspace {
    Workspace {
        name: "soc".into(),
        id: "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/soc"
            .into(),
        resource_group: "rg".into(),
        subscription: "s-1".into(),
        customer_id: "c-1".into(),
        location: "westeurope".into(),
    }
}

//! Connecting a tenant by any way in: what was typed is looked at, kept or held in memory, and nothing is sent.
//!
//! Never here: a half-made connection. Whatever fails takes back what was written before it.

use std::path::Path;

use contract::account::{AccountConnect, CloudName, WayIn};
use contract::terminal::Connected;
use domain::fault::{Code, Fault};
use domain::secret::{Purpose, Secret, wipe};

use super::way::Proof;
use crate::Host;
use crate::account::sign_in::Refresh;
use crate::connection::vault::{new_key, random_hex};
use crate::connection::{Connection, FILE, check_name, lock};
use crate::descriptor::Descriptor;

/// Longer than any certificate with its chain; a file named by mistake is refused.
const LONGEST_FILE: u64 = 256 * 1024;

/// How many colours tenants have.
const COLOURS: usize = 6;

fn taken(name: &str) -> Fault {
    Fault::new(Code::Conflict, format!("There is a connection `{name}` already."))
        .hint("Remove it first, or choose another name.")
}

impl Host {
    /// Connects as it was asked. An account that is not kept opens at once.
    pub(crate) async fn connect(&self, request: AccountConnect) -> Result<(), Fault> {
        check_name(&request.name)?;
        self.free(&request.name)?;
        if request.cloud == CloudName::Demo {
            return self.connect_demo(&request).await;
        }
        self.real_sessions_allowed()?;
        let connection = self.typed(&request, &request.tenant, &request.client);
        let proof = typed_proof(&request)?;
        if request.keep {
            return self.store_connection(connection, &proof).await;
        }
        self.check_typed(&connection, &proof)?;
        self.open_to_sign_in(connection, proof).await
    }

    /// An account of the sandbox that runs here; what was left empty is what the sandbox takes.
    async fn connect_demo(&self, request: &AccountConnect) -> Result<(), Fault> {
        let descriptor = self.demo_cloud().await?;
        let proof = demo_proof(request, &descriptor)?;
        let connection = self.of_sandbox(request, descriptor);
        self.check_typed(&connection, &proof)?;
        self.open_to_sign_in(connection, proof).await
    }

    /// Stores an account of a sandbox that runs elsewhere on this machine. Only a terminal names its descriptor, so a
    /// certificate's file that is typed beside it is the user's own choice.
    pub async fn connect_descriptor(
        &self,
        path: &Path,
        request: &AccountConnect,
    ) -> Result<Connected, Fault> {
        let descriptor = Descriptor::read(path)?;
        let proof = match request.certificate {
            Some(_) => typed_proof(request)?,
            None => demo_proof(request, &descriptor)?,
        };
        self.store_connection(self.of_sandbox(request, descriptor), &proof).await?;
        self.connected(&request.name)
    }

    /// What was left empty is what the sandbox takes.
    fn of_sandbox(&self, request: &AccountConnect, descriptor: Descriptor) -> Connection {
        let or =
            |typed: &str, own: &str| if typed.trim().is_empty() { own.to_owned() } else { typed.to_owned() };
        // The machine's identity is its own; the app's id names another.
        let app = if request.way == WayIn::ManagedIdentity { "" } else { &descriptor.client_id };
        let (tenant, client) = (or(&request.tenant, &descriptor.tenant_id), or(&request.client, app));
        let typed = self.typed(request, &tenant, &client);
        Connection { sandbox: Some(descriptor), mail: true, ..typed }
    }

    /// Opens an account in memory; an app reads at once, a person signs in first.
    async fn open_to_sign_in(&self, connection: Connection, proof: Proof) -> Result<(), Fault> {
        let by_person = connection.by_person();
        self.open_in_memory(connection, proof).await?;
        if !by_person {
            self.start_reading();
        }
        Ok(())
    }

    /// No two accounts have one name.
    fn free(&self, name: &str) -> Result<(), Fault> {
        if self.in_memory(name).is_some() || self.connection(name).is_ok() {
            return Err(taken(name));
        }
        Ok(())
    }

    fn typed(&self, request: &AccountConnect, tenant: &str, client: &str) -> Connection {
        let others = self.connections().len() + self.memory().len();
        Connection {
            cloud: request.cloud,
            custom: request.custom.clone().filter(|_| request.cloud == CloudName::Custom),
            way: request.way,
            colour: u8::try_from(others % COLOURS).unwrap_or_default() + 1,
            ..Connection::new(&request.name, String::new(), tenant, client)
        }
    }

    /// Looks at what was typed, such as a secret's ID in place of its value.
    fn check_typed(&self, connection: &Connection, proof: &Proof) -> Result<(), Fault> {
        let way = self.way(connection, proof.clone(), Refresh::in_memory())?;
        let (tenant, client) = (connection.tenant.clone(), connection.client.clone());
        engine::scope::check_account(connection.addresses()?, engine::scope::Account { tenant, client, way })
    }

    /// Stores a connection: secrets and a new store key in the keychain, the facts in the data folder.
    ///
    /// # Errors
    /// A name in use, a secret that can't be one, or the keychain's own; nothing is left of it then.
    pub(crate) async fn store_connection(&self, connection: Connection, proof: &Proof) -> Result<(), Fault> {
        let folder = self.folder(&connection.name)?;
        self.check_typed(&connection, proof)?;
        let made = !folder.exists();
        let alone = lock::take(&folder)?;
        if folder.join(FILE).exists() {
            return Err(taken(&connection.name));
        }
        let vault = format!("{}-{}", connection.name, random_hex()?);
        let connection = Connection { vault, ..connection };
        let written = self.write_connection(&connection, proof).await;
        drop(alone);
        if written.is_err() {
            self.take_back(&connection, &folder, made).await;
        }
        written
    }

    async fn write_connection(&self, connection: &Connection, proof: &Proof) -> Result<(), Fault> {
        for (purpose, secret) in proof.items() {
            self.keep_secret(connection.item(purpose), secret.clone()).await?;
        }
        self.keep_secret(connection.item(Purpose::StoreKey), new_key()?).await?;
        self.keep_facts(connection)
    }

    /// What hindered the writing may hinder this too; the first reason is the one that is told.
    async fn take_back(&self, connection: &Connection, folder: &Path, made: bool) {
        let vault = connection.vault.clone();
        let _ = self.keychain(move |keychain| wipe(keychain, &vault)).await;
        if made {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn typed_proof(request: &AccountConnect) -> Result<Proof, Fault> {
    let secret = request.secret.as_deref().map(Secret::from);
    Ok(match request.way {
        WayIn::ClientSecret => Proof::secret(secret.unwrap_or_else(|| Secret::from(""))),
        WayIn::Certificate => {
            let path = request.certificate.as_deref().unwrap_or_default();
            let certificate = Some(read_certificate(Path::new(path))?);
            Proof { certificate, password: secret.filter(|secret| !secret.is_empty()), secret: None }
        }
        WayIn::Browser | WayIn::DeviceCode | WayIn::AzureCli | WayIn::ManagedIdentity => Proof::default(),
    })
}

fn demo_proof(request: &AccountConnect, descriptor: &Descriptor) -> Result<Proof, Fault> {
    let empty = |text: &Option<String>| text.as_deref().is_none_or(str::is_empty);
    match request.way {
        WayIn::ClientSecret if empty(&request.secret) => Ok(Proof::secret(descriptor.secret()?)),
        // Never a path that was typed: a page of a demo may not make this program open files.
        WayIn::Certificate => {
            let certificate = Some(read_certificate(descriptor.certificate_path()?)?);
            Ok(Proof { certificate, ..Proof::default() })
        }
        _ => typed_proof(request),
    }
}

/// Reads a PEM or PFX file once; what it holds is kept as a secret from here on.
fn read_certificate(path: &Path) -> Result<Secret, Fault> {
    let shown = path.display();
    let invalid = |sentence: String| Fault::new(Code::Invalid, sentence).hint("Name a PEM or PFX file.");
    if path.as_os_str().is_empty() {
        return Err(invalid("No certificate file was named.".to_owned()));
    }
    let unread =
        |error: std::io::Error| invalid(format!("The certificate `{shown}` can't be read: {error}."));
    let found = std::fs::metadata(path).map_err(unread)?;
    if !found.is_file() || found.len() > LONGEST_FILE {
        return Err(invalid(format!("`{shown}` is no file, or far larger than a certificate.")));
    }
    std::fs::read(path).map(Secret::new).map_err(unread)
}

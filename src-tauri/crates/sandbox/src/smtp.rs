//! The SMTP door: what smtp.office365.com says, as public captures show it.
//!
//! Banner, EHLO, STARTTLS, `AUTH LOGIN XOAUTH2` after TLS alone; Microsoft's sentence by the mailbox's name; send-as and
//! concurrency refused at the end of DATA. Mail ends in Sent Items of the session's memory.
//!
//! Never here: a mail that leaves the machine, or a client that may hold more than its share: lines, commands, bytes,
//! time and sessions are bounded.
//! Start reading at [`dialogue`].

mod auth;
mod dialogue;
mod reading;
mod submission;
mod tail;

use crate::mail::State;
use dialogue::Dialogue;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

/// Sessions served at the same time; the next one is told to come again.
const SESSIONS: usize = 64;

/// When no connection can be taken.
const PAUSE: Duration = Duration::from_millis(20);

/// Serves until the task is dropped.
pub async fn serve(listener: TcpListener, tls: Arc<rustls::ServerConfig>, state: Arc<State>) {
    let room = Arc::new(Semaphore::new(SESSIONS));
    let acceptor = TlsAcceptor::from(tls);
    let mut sessions = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = sessions.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { sessions.spawn(session(stream, acceptor.clone(), Arc::clone(&state), Arc::clone(&room))); }
                // Out of file descriptors: let others end first.
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
        }
    }
}

async fn session(stream: TcpStream, acceptor: TlsAcceptor, state: Arc<State>, room: Arc<Semaphore>) {
    match room.try_acquire() {
        Ok(_place) => Dialogue::new(state).run(stream, acceptor).await,
        Err(_) => dialogue::turn_away(stream).await,
    }
}

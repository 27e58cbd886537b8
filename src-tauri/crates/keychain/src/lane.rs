//! The one thread on which a secret store is opened and used.
//!
//! The Linux store blocks on a runtime of its own: inside a tokio task it panics, and the panic poisons its lock for
//! good. Here every call is carried to a plain thread; one that hangs or dies is left behind and the next call
//! starts another, with a fresh connection.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use domain::secret::KeychainFault;
use keyring_core::CredentialStore;

use crate::place;

/// The store as the platform's crate opened it.
pub type Store = Arc<CredentialStore>;

type Job = Box<dyn FnOnce(&mut Option<Store>) + Send>;

#[derive(Default)]
pub struct Lane {
    jobs: Mutex<Option<Sender<Job>>>,
}

impl Lane {
    /// Runs `job` on the lane's thread and waits for it; `job` may run twice, see [`with_store`]. Past `patience` the
    /// store counts as vanished and the thread is given up, whatever it still does.
    pub fn run<T, F>(&self, patience: Duration, job: F) -> Result<T, KeychainFault>
    where
        T: Send + 'static,
        F: Fn(&Store) -> Result<T, KeychainFault> + Send + 'static,
    {
        self.run_bare(patience, move |kept| with_store(kept, &job))
    }

    /// The same for a job that opens what it needs itself.
    pub fn run_bare<T, F>(&self, patience: Duration, job: F) -> Result<T, KeychainFault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Option<Store>) -> Result<T, KeychainFault> + Send + 'static,
    {
        let (reply, answer) = channel();
        self.send(Box::new(move |kept| {
            // The caller may have stopped waiting; then nobody needs the answer.
            let _ = reply.send(job(kept));
        }))?;
        answer.recv_timeout(patience).unwrap_or_else(|_: RecvTimeoutError| {
            self.jobs().take();
            Err(KeychainFault::Vanished)
        })
    }

    fn send(&self, job: Job) -> Result<(), KeychainFault> {
        let mut jobs = self.jobs();
        let running = match jobs.take() {
            Some(running) => running,
            None => start()?,
        };
        running.send(job).map_err(|_| KeychainFault::Vanished)?;
        *jobs = Some(running);
        Ok(())
    }

    fn jobs(&self) -> MutexGuard<'_, Option<Sender<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub fn is_unused(&self) -> bool {
        self.jobs().is_none()
    }
}

fn start() -> Result<Sender<Job>, KeychainFault> {
    let (jobs, inbox) = channel::<Job>();
    let serve = move || {
        let mut kept = None;
        while let Ok(job) = inbox.recv() {
            job(&mut kept);
        }
    };
    match thread::Builder::new().name("keychain".into()).spawn(serve) {
        Ok(_) => Ok(jobs),
        Err(why) => Err(KeychainFault::Other(format!("no thread for it: {why}"))),
    }
}

/// A kept store may belong to a daemon that has been restarted since; then, and only then, the job gets a second
/// try on a fresh one. Reading, replacing and deleting may all be done twice.
fn with_store<T>(
    kept: &mut Option<Store>,
    job: &impl Fn(&Store) -> Result<T, KeychainFault>,
) -> Result<T, KeychainFault> {
    if let Some(store) = kept.take() {
        let answer = job(&store);
        if !is_broken(&answer) {
            *kept = Some(store);
            return answer;
        }
    }
    let store = place::open()?;
    let answer = job(&store);
    if !is_broken(&answer) {
        *kept = Some(store);
    }
    answer
}

fn is_broken<T>(answer: &Result<T, KeychainFault>) -> bool {
    matches!(answer, Err(KeychainFault::Missing | KeychainFault::Vanished | KeychainFault::Other(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    fn name_of_thread(lane: &Lane) -> Result<Option<String>, KeychainFault> {
        lane.run_bare(SOON, |_| Ok(thread::current().name().map(str::to_owned)))
    }

    #[test]
    fn jobs_run_on_a_thread_of_their_own() {
        assert_eq!(name_of_thread(&Lane::default()), Ok(Some("keychain".into())));
    }

    #[test]
    fn a_job_that_panics_is_vanished_and_the_next_one_works() {
        let lane = Lane::default();
        let answer: Result<(), _> = lane.run_bare(SOON, |_| panic!("the store broke"));
        assert_eq!(answer, Err(KeychainFault::Vanished));
        assert!(name_of_thread(&lane).is_ok(), "one panic ended the keychain for good");
    }

    #[test]
    fn a_job_that_hangs_is_given_up_and_the_next_one_works() {
        let lane = Lane::default();
        let (release, held) = channel::<()>();
        let answer = lane.run_bare(Duration::from_millis(20), move |_| {
            let _ = held.recv();
            Ok(())
        });
        assert_eq!(answer, Err(KeychainFault::Vanished));
        assert!(name_of_thread(&lane).is_ok(), "a waiting prompt blocked every later call");
        drop(release);
    }
}

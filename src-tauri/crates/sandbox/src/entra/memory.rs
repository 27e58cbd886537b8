//! What Entra's door remembers between requests: codes, device codes, refresh tokens.
//!
//! Everything ends with the session. Nothing here is written down, and nothing judges who may have what.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Entries of a kind; beyond that the ones that end first go.
const KEPT: usize = 10_000;

/// What a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who signed in, in lower case.
    pub upn: String,
    /// The tenant's id, or the name that was typed for it.
    pub tid: String,
    /// Scopes as they were asked for.
    pub scopes: Vec<String>,
    pub nonce: Option<String>,
    /// Whether what a challenge asked for stood in the request.
    pub answers_challenge: bool,
}

/// An authorization code's ties. Times are seconds since 1970.
#[derive(Clone, Debug)]
pub struct Code {
    pub grant: Grant,
    pub redirect: String,
    /// S256 of the verifier.
    pub challenge: String,
    pub ends: i64,
    pub spent: bool,
}

/// A device code's state.
#[derive(Clone, Debug)]
pub struct Device {
    /// Whoever signs in fills the name in.
    pub grant: Grant,
    pub user_code: String,
    pub ends: i64,
    pub answer: Answer,
    /// When the last poll came.
    polled: Option<Instant>,
}

impl Device {
    pub fn new(grant: Grant, user_code: String, ends: i64) -> Self {
        Self { grant, user_code, ends, answer: Answer::None, polled: None }
    }
}

/// What was done on the device page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    None,
    Accepted,
    Declined,
}

/// How a poll ends without a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poll {
    Unknown,
    Pending,
    /// Sooner than the interval allows.
    TooSoon,
    Declined,
    Expired,
}

/// The door's memory.
#[derive(Debug, Default)]
pub struct Memory {
    codes: Mutex<HashMap<String, Code>>,
    devices: Mutex<HashMap<String, Device>>,
    refreshes: Mutex<HashMap<String, Grant>>,
}

impl Memory {
    /// Keeps a code and gives its text.
    pub fn add_code(&self, code: Code) -> String {
        add(&self.codes, code, |code| code.ends)
    }

    /// Redeems a code once: `check` sees it, and only where it agrees the code is spent.
    ///
    /// # Errors
    /// What `check` says; it is handed `None` for a code that never was.
    pub fn redeem<E>(
        &self,
        text: &str,
        check: impl FnOnce(Option<&Code>) -> Result<Grant, E>,
    ) -> Result<Grant, E> {
        let mut codes = locked(&self.codes);
        let grant = check(codes.get(text))?;
        if let Some(code) = codes.get_mut(text) {
            code.spent = true;
        }
        Ok(grant)
    }

    /// Keeps a device code and gives its text.
    pub fn add_device(&self, device: Device) -> String {
        add(&self.devices, device, |device| device.ends)
    }

    /// Writes down what was done on the page; false where no live code is called so.
    pub fn answer_device(&self, user_code: &str, now: i64, change: impl FnOnce(&mut Device)) -> bool {
        let mut devices = locked(&self.devices);
        let live = |device: &&mut Device| device.ends > now && device.answer == Answer::None;
        let mut found = devices.values_mut().filter(live);
        match found.find(|device| device.user_code.eq_ignore_ascii_case(user_code)) {
            Some(device) => {
                change(device);
                true
            }
            None => false,
        }
    }

    /// One poll.
    ///
    /// # Errors
    /// See [`Poll`].
    pub fn poll(&self, text: &str, now: i64, interval: Duration) -> Result<Grant, Poll> {
        let mut devices = locked(&self.devices);
        let device = devices.get_mut(text).ok_or(Poll::Unknown)?;
        let before = device.polled.replace(Instant::now());
        match device.answer {
            Answer::Accepted => devices.remove(text).map(|device| device.grant).ok_or(Poll::Unknown),
            Answer::Declined => Err(Poll::Declined),
            Answer::None if device.ends <= now => Err(Poll::Expired),
            Answer::None if before.is_some_and(|before| before.elapsed() < interval) => Err(Poll::TooSoon),
            Answer::None => Err(Poll::Pending),
        }
    }

    /// Keeps a refresh token's grant and gives its text. Entra leaves older ones of the same grant valid.
    pub fn add_refresh(&self, grant: Grant) -> String {
        add(&self.refreshes, grant, |_| i64::MAX)
    }

    pub fn refresh(&self, text: &str) -> Option<Grant> {
        locked(&self.refreshes).get(text).cloned()
    }
}

fn add<T>(kept: &Mutex<HashMap<String, T>>, value: T, ends: impl Fn(&T) -> i64) -> String {
    let mut kept = locked(kept);
    if kept.len() >= KEPT {
        let first = kept.iter().min_by_key(|(_, one)| ends(one)).map(|(text, _)| text.clone());
        first.map(|text| kept.remove(&text));
    }
    let text = format!("1.A{}", crate::random::text(48));
    kept.insert(text.clone(), value);
    text
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant() -> Grant {
        let upn = "a@contoso.example".to_owned();
        Grant { upn, tid: "t".to_owned(), scopes: Vec::new(), nonce: None, answers_challenge: false }
    }

    #[test]
    fn a_code_is_spent_only_where_the_check_agrees() {
        let memory = Memory::default();
        let code =
            Code { grant: grant(), redirect: String::new(), challenge: String::new(), ends: 1, spent: false };
        let text = memory.add_code(code);
        assert_eq!(memory.redeem(&text, |_| Err::<Grant, _>("no")), Err("no"));
        let spent = |code: Option<&Code>| code.map(|code| (code.spent, code.grant.clone())).ok_or("gone");
        let redeem = || {
            memory.redeem(&text, |code| {
                spent(code).and_then(|(spent, grant)| if spent { Err("spent") } else { Ok(grant) })
            })
        };
        assert_eq!(redeem(), Ok(grant()), "a refused try does not spend it");
        assert_eq!(redeem(), Err("spent"));
    }

    #[test]
    fn a_device_code_goes_through_its_states() {
        let memory = Memory::default();
        let text = memory.add_device(Device::new(grant(), "ABC".to_owned(), 100));
        let poll = |now, interval| memory.poll(&text, now, interval);
        assert_eq!(memory.poll("other", 0, Duration::ZERO), Err(Poll::Unknown));
        assert_eq!(poll(0, Duration::ZERO), Err(Poll::Pending));
        assert_eq!(poll(0, Duration::from_secs(60)), Err(Poll::TooSoon));
        assert_eq!(poll(100, Duration::ZERO), Err(Poll::Expired));
        assert!(!memory.answer_device("abc", 100, |_| ()), "an expired code takes no answer");
        assert!(memory.answer_device("abc", 0, |device| device.answer = Answer::Accepted));
        assert!(!memory.answer_device("abc", 0, |_| ()), "it is answered once");
        assert_eq!(poll(0, Duration::from_secs(60)), Ok(grant()), "an answer is not held back");
        assert_eq!(poll(0, Duration::ZERO), Err(Poll::Unknown), "it is redeemed once");
    }
}

//! Writes down each request once, whatever becomes of it: answered, failed, refused, or given up by the caller.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::incident::Api;
use reqwest::Url;
use time::OffsetDateTime;

use crate::endpoints;
use crate::trace::{self, Apart, Counters, Request, Sink};

/// What a request is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// Data of an API.
    Data(Api),
    Discovery,
    Token,
    /// Mail: shown in the trace, in no sum.
    Nothing,
}

#[derive(Default)]
struct Sums {
    data: HashMap<Api, Counters>,
    apart: Apart,
}

/// The trace and the sums.
pub(crate) struct Ledger {
    sink: Sink,
    sums: Mutex<Sums>,
}

impl Ledger {
    pub(crate) fn new(sink: Sink) -> Self {
        Self { sink, sums: Mutex::default() }
    }

    // The sums are plain numbers, good even if a sink panicked elsewhere.
    fn sums(&self) -> MutexGuard<'_, Sums> {
        self.sums.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn counters(&self) -> HashMap<Api, Counters> {
        self.sums().data.clone()
    }

    pub(crate) fn apart(&self) -> Apart {
        self.sums().apart
    }

    pub(crate) fn reset(&self) {
        *self.sums() = Sums::default();
    }

    /// One more attempt of the same call is about to be made.
    pub(crate) fn retried(&self, count: Count) {
        if let Count::Data(api) = count {
            self.sums().data.entry(api).or_default().retries += 1;
        }
    }

    /// Begins a line; it is written when the guard goes.
    pub(crate) fn open(&self, verb: &str, url: &Url, purpose: &'static str, count: Count) -> Line<'_> {
        let request = Request {
            at: OffsetDateTime::now_utc(),
            verb: verb.to_owned(),
            host: endpoints::host(url),
            path_and_query: trace::path_and_query(url),
            purpose,
            status: None,
            bytes: 0,
            took: std::time::Duration::ZERO,
            refused: None,
        };
        Line { ledger: self, began: Instant::now(), count, request }
    }

    fn close(&self, request: Request, count: Count) {
        if request.refused.is_none() {
            let mut sums = self.sums();
            match count {
                Count::Data(api) => {
                    let sum = sums.data.entry(api).or_default();
                    sum.requests += 1;
                    sum.bytes += request.bytes;
                }
                Count::Discovery => sums.apart.discovery += 1,
                Count::Token => sums.apart.tokens += 1,
                Count::Nothing => {}
            }
        }
        (self.sink)(request);
    }
}

/// A request that is under way.
pub(crate) struct Line<'a> {
    ledger: &'a Ledger,
    began: Instant,
    count: Count,
    request: Request,
}

impl Line<'_> {
    pub(crate) fn status(&mut self, status: u16) {
        self.request.status = Some(status);
    }

    pub(crate) fn read(&mut self, bytes: usize) {
        self.request.bytes += bytes as u64;
    }

    pub(crate) fn refused(&mut self, why: String) {
        self.request.refused = Some(why);
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let mut request = self.request.clone();
        request.took = self.began.elapsed();
        self.ledger.close(request, self.count);
    }
}

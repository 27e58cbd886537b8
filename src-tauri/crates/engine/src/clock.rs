//! The instant by which windows and expiries are judged.

use std::sync::Arc;

use time::OffsetDateTime;

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
pub struct System;

impl Clock for System {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// A sandbox's story stands still at its own instant.
pub struct Still(pub OffsetDateTime);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        self.0
    }
}

/// The system's clock, shared.
pub fn system() -> Arc<dyn Clock> {
    Arc::new(System)
}

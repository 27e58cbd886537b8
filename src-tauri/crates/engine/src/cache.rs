//! The local copy itself: how large it is, how long closed incidents stay in it, and whether it is sound.
//!
//! Never here: anything that leaves this machine. What is forgotten here stays with Microsoft.

use domain::fault::{Code, Fault};
use time::{Duration, OffsetDateTime};

use crate::Scope;
use crate::job::Control;

/// How long closed incidents are kept, in days; absent = for good.
const RETENTION: &str = "retention_days";

/// When the file was last read through and found sound, seconds since 1970.
const SOUND: &str = "sound_at";

/// The shortest retention: what the queue is asked for every day.
pub const LEAST_DAYS: u32 = 30;

/// The local copy of one tenant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cache {
    pub bytes: u64,
    /// Of these, what [`Scope::tidy_cache`] gives back.
    pub free: u64,
    pub rows: u64,
    pub retention_days: Option<u32>,
    /// When the file was last found sound.
    pub sound_at: Option<OffsetDateTime>,
}

impl Scope {
    pub fn cache(&self) -> Result<Cache, Fault> {
        let size = self.store.size()?;
        let sound_at = self.store.setting(SOUND)?;
        Ok(Cache {
            bytes: size.bytes,
            free: size.free,
            rows: self.store.tally()?.rows,
            retention_days: self.retention()?,
            sound_at: sound_at.and_then(|at| at.parse().ok()).and_then(from_seconds),
        })
    }

    /// Keeps closed incidents for so long after their last change from the next sync on; `None` = for good.
    ///
    /// # Errors
    /// Fewer days than [`LEAST_DAYS`], and the store's.
    pub fn retain(&self, days: Option<u32>) -> Result<(), Fault> {
        if days.is_some_and(|days| days < LEAST_DAYS) {
            let least = format!("Closed incidents are kept for at least {LEAST_DAYS} days.");
            return Err(Fault::new(Code::Invalid, least));
        }
        Ok(self.store.set_setting(RETENTION, &days.map(|days| days.to_string()).unwrap_or_default())?)
    }

    /// Reads the whole file and holds its parts against each other, forgets what is too old, gives space back.
    ///
    /// # Errors
    /// The file is damaged: the next opening repairs it.
    pub async fn tidy_cache(&self, control: &Control) -> Result<(), Fault> {
        control.step("Checking");
        self.store(|store| store.check()).await?;
        let now = self.wall.now().unix_timestamp().to_string();
        self.store(move |store| store.set_setting(SOUND, &now)).await?;
        control.step("Forgetting what is old");
        self.forget_old().await?;
        control.step("Giving space back");
        self.store(|store| store.compact()).await
    }

    /// Forgets closed incidents that are past their time.
    pub(crate) async fn forget_old(&self) -> Result<(), Fault> {
        let Some(days) = self.retention()? else { return Ok(()) };
        let before = self.now() - Duration::days(days.into());
        self.store(move |store| store.forget_closed(before)).await.map(drop)
    }

    fn retention(&self) -> Result<Option<u32>, Fault> {
        Ok(self.store.setting(RETENTION)?.and_then(|days| days.parse().ok()))
    }
}

fn from_seconds(at: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at).ok()
}

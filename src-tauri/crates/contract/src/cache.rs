//! The local copy of the open tenant.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Cache {
    /// What it takes of the disk, its log included.
    pub bytes: u64,
    /// Of these, what `cache_tidy` gives back.
    pub free: u64,
    pub rows: u64,
    /// Days that a closed incident stays after its last change; null = for good.
    pub retention_days: Option<u32>,
    /// When the whole file was last found sound, RFC 3339 UTC.
    pub sound_at: Option<String>,
}

/// How long closed incidents stay: 30 days at least, null = for good. Merged ones stay in any case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CacheRetain {
    pub days: Option<u32>,
}

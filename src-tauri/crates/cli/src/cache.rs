//! `xwalk cache`: the local copy of a connection.

use std::process::ExitCode;

use contract::Menu;
use contract::cache::{Cache, CacheRetain};
use contract::session::Nothing;
use host::{Fault, Host};

use crate::args::{CacheArgs, CacheVerb};
use crate::{desk, print};

pub async fn cache(args: CacheArgs, json: bool) -> Result<ExitCode, Fault> {
    match args.verb {
        CacheVerb::Show(place) => show(&desk::open(place).await?, json).await,
        CacheVerb::Keep(wanted) => {
            let host = desk::open(wanted.place).await?;
            host.cache_retain(CacheRetain { days: wanted.days }).await.map_err(Fault::from)?;
            show(&host, json).await
        }
        CacheVerb::Tidy(place) => {
            let host = desk::open(place).await?;
            host.tidy_cache().await?;
            show(&host, json).await
        }
    }
}

async fn show(host: &Host, json: bool) -> Result<ExitCode, Fault> {
    let cache: Cache = host.cache_get(Nothing {}).await.map_err(Fault::from)?;
    if json {
        print::json(&cache)?;
        return Ok(print::exit(true));
    }
    let kept = cache.retention_days.map_or("for good".to_owned(), |days| format!("for {days} days"));
    let sound = cache.sound_at.map_or("not yet".to_owned(), |at| format!("sound on {at}"));
    print::line(&format!("{} incidents in {} bytes, {} of them free", cache.rows, cache.bytes, cache.free))?;
    print::line(&format!("Closed incidents are kept {kept} after their last change"))?;
    print::line(&format!("Read through: {sound}"))?;
    Ok(print::exit(true))
}

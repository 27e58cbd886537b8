//! The local copy of the open tenant, for window and terminal.

use contract::cache as out;
use contract::job::JobView;
use domain::fault::Fault;
use engine::Control;

use crate::Host;
use crate::menu::blocking;
use crate::view::instant;

impl Host {
    pub(crate) async fn cache(&self) -> Result<out::Cache, Fault> {
        let open = self.open_session()?;
        let cache = blocking(move || open.scope.cache()).await?;
        Ok(out::Cache {
            bytes: cache.bytes,
            free: cache.free,
            rows: cache.rows,
            retention_days: cache.retention_days,
            sound_at: cache.sound_at.map(instant),
        })
    }

    pub(crate) async fn retain(&self, days: Option<u32>) -> Result<out::Cache, Fault> {
        let open = self.open_session()?;
        blocking(move || open.scope.retain(days)).await?;
        self.cache().await
    }

    pub(crate) fn start_tidying(&self) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        let tidied = open.clone();
        Ok(self.job("cache_tidy", &open, move |control| async move {
            let _alone = tidied.read_alone(&control).await?;
            tidied.scope.tidy_cache(&control).await
        }))
    }

    /// Checks the local copy, forgets what is too old, gives space back; awaited.
    pub async fn tidy_cache(&self) -> Result<(), Fault> {
        let open = self.open_session()?;
        let control = Control::silent();
        let _alone = open.read_alone(&control).await?;
        open.scope.tidy_cache(&control).await
    }
}

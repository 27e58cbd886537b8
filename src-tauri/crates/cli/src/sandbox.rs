//! `xwalk sandbox`: serves until it is ended.

use std::process::ExitCode;

use host::sandbox::{Serving, Wanted};

use crate::args::SandboxArgs;
use crate::print;

pub async fn serve(args: SandboxArgs) -> Result<ExitCode, host::Fault> {
    let serving = Serving::start(Wanted {
        seed: args.seed,
        incidents: args.incidents,
        story: args.story,
        latency_ms: args.latency_ms,
        now: args.now,
        smtp_pause_ms: args.smtp_pause_ms,
    })
    .await?;
    print::line(&serving.line())?;
    ended().await;
    serving.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Ctrl+C, or the system's request to end.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

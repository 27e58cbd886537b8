//! Keeps an open tenant current: reads again when it is due, waits where the machine should be spared, and tells what a
//! reading brought.
//!
//! Never here: a second reading beside one that runs; a word of an incident in a notice, for notices leave the window.

use std::sync::Arc;
use std::time::Duration;

use contract::event::{Event, Notice, Topic};
use contract::schedule as out;
use contract::schedule::{News, ScheduleSet, Waiting};
use domain::fault::{Code, Fault};
use engine::news::Look;
use time::OffsetDateTime;

use crate::Host;
use crate::menu::blocking;
use crate::open::Open;
use crate::view::instant;

/// Where the store keeps it.
const SETTING: &str = "schedule";

/// How often it is looked whether a reading is due.
const LOOK: Duration = Duration::from_secs(60);

/// Minutes between two readings.
const EVERY: std::ops::RangeInclusive<u32> = 5..=1_440;

/// What the system says of the machine; `None` = it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    pub battery: Option<bool>,
    pub metered: Option<bool>,
}

/// Asks the system. May block.
pub type MachineWatch = Arc<dyn Fn() -> Machine + Send + Sync>;

/// Defender's own incidents reach Sentinel within ten minutes, so more often shows little more.
fn by_default() -> ScheduleSet {
    ScheduleSet {
        every: Some(15),
        spare: true,
        tell: vec![News::HighSeverity, News::Unresolved, News::Trouble],
    }
}

/// Whether to read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Later,
    Now,
    Waits(Waiting),
}

fn due(set: &ScheduleSet, next: Option<OffsetDateTime>, now: OffsetDateTime, machine: Machine) -> Due {
    if next.is_none_or(|next| next > now) {
        return Due::Later;
    }
    match machine {
        Machine { battery: Some(true), .. } if set.spare => Due::Waits(Waiting::Battery),
        Machine { metered: Some(true), .. } if set.spare => Due::Waits(Waiting::Metered),
        _ => Due::Now,
    }
}

impl Host {
    pub(crate) async fn schedule(&self) -> Result<out::Schedule, Fault> {
        let (host, open) = (self.clone(), self.open_session()?);
        blocking(move || {
            let ((set, next, machine), now) = (host.plan(&open)?, open.scope.wall.now());
            let waiting = match due(&set, next, now, machine) {
                Due::Waits(why) => Some(why),
                Due::Later | Due::Now => None,
            };
            // What is overdue, or was never read, is due now.
            let next = next.map(|next| next.max(now));
            let Machine { battery, metered } = machine;
            let unread_before = open.scope.unread_before()?.map(instant);
            Ok(out::Schedule { set, next: next.map(instant), waiting, battery, metered, unread_before })
        })
        .await
    }

    pub(crate) async fn set_schedule(&self, set: ScheduleSet) -> Result<out::Schedule, Fault> {
        if set.every.is_some_and(|every| !EVERY.contains(&every)) {
            let span = format!("{} to {} minutes lie between two readings.", EVERY.start(), EVERY.end());
            return Err(Fault::new(Code::Invalid, span));
        }
        let open = self.open_session()?;
        let json = serde_json::to_string(&set).map_err(|error| {
            Fault::new(Code::Internal, format!("The schedule can't be written: {error}."))
        })?;
        blocking(move || Ok(open.scope.store.set_setting(SETTING, &json)?)).await?;
        self.schedule().await
    }

    /// Looks each minute until the session ends.
    pub(crate) fn keep_current(&self, open: &Arc<Open>) {
        if open.scope.cloud.is_none() || open.holds.is_kept_current() {
            return;
        }
        // The session may be opened anew meanwhile; what it holds stays.
        let (host, holds) = (Arc::downgrade(&self.0), Arc::downgrade(&open.holds));
        tokio::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            looks.tick().await;
            loop {
                looks.tick().await;
                let (Some(host), Some(holds)) = (host.upgrade().map(Host), holds.upgrade()) else { return };
                if host.is_open(&holds) {
                    // What can't be looked at now is looked at again in a minute.
                    let _ = host.catch_up().await;
                }
            }
        });
    }

    /// Reads the open tenant if that is due, and answers whether it does. The timer calls it each minute.
    ///
    /// # Errors
    /// Nothing is open, or its store can't be read.
    pub async fn catch_up(&self) -> Result<bool, Fault> {
        let (host, open) = (self.clone(), self.open_session()?);
        let due = blocking(move || {
            let (set, next, machine) = host.plan(&open)?;
            Ok(due(&set, next, open.scope.wall.now(), machine))
        })
        .await?;
        match due {
            Due::Later => Ok(false),
            Due::Waits(_) => {
                let _ = self.0.events.send(Event::Changed { topics: vec![Topic::Session] });
                Ok(false)
            }
            Due::Now => self.read_unasked().await.map(|()| true),
        }
    }

    /// Starts a reading that nobody waits for, and tells afterwards what it brought.
    ///
    /// # Errors
    /// As [`Host::catch_up`].
    pub async fn read_unasked(&self) -> Result<(), Fault> {
        let (host, open) = (self.clone(), self.open_session()?);
        let looked = open.clone();
        let (tell, before) = blocking(move || {
            // To a first reading everything would be news.
            let first = was_read(&looked)?.is_none();
            let tell = if first { Vec::new() } else { host.plan(&looked)?.0.tell };
            Ok((tell, looked.scope.look()?))
        })
        .await?;
        open.holds.note_reading(open.scope.wall.now());
        let (host, read) = (self.clone(), open.clone());
        self.sync_job(&open, false, move || {
            tokio::spawn(async move { host.tell_news(read, &tell, before).await });
        });
        Ok(())
    }

    /// What was set, when the next reading is due, and how the machine stands.
    fn plan(&self, open: &Open) -> Result<(ScheduleSet, Option<OffsetDateTime>, Machine), Fault> {
        let kept = open.scope.store.setting(SETTING)?;
        let set = kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_else(by_default);
        let last = was_read(open)?.max(open.holds.last_reading()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let next = set.every.map(|every| last + time::Duration::minutes(every.into()));
        Ok((set, next, self.0.options.machine.as_ref().map(|watch| watch()).unwrap_or_default()))
    }

    async fn tell_news(&self, open: Arc<Open>, tell: &[News], before: Look) -> Result<(), Fault> {
        let title = open.title();
        let after = blocking(move || open.scope.look()).await?;
        for notice in notices(&title, tell, after.since(before)) {
            let _ = self.0.events.send(Event::Notice { notice });
        }
        Ok(())
    }
}

/// When any of its lists was last read to its end.
pub(crate) fn was_read(open: &Open) -> Result<Option<OffsetDateTime>, Fault> {
    Ok(open.scope.store.listings()?.iter().filter_map(|(_, _, state)| state.completed).max())
}

fn notices(title: &str, tell: &[News], grown: Look) -> Vec<Notice> {
    let told = [
        (
            News::HighSeverity,
            grown.high,
            "incident of high severity is",
            "incidents of high severity are",
            "new",
        ),
        (News::Redirected, grown.redirected, "incident was", "incidents were", "merged into another"),
        (
            News::Unresolved,
            grown.unresolved,
            "merged incident has",
            "merged incidents have",
            "no visible target",
        ),
        (News::Trouble, grown.troubles, "list", "lists", "can't be read any more"),
    ];
    let grown = told.into_iter().filter(|(news, count, ..)| *count > 0 && tell.contains(news));
    grown
        .map(|(news, count, one, many, rest)| Notice {
            title: title.to_owned(),
            text: format!("{count} {} {rest}.", if count == 1 { one } else { many }),
            route: route(news).to_owned(),
        })
        .collect()
}

fn route(news: News) -> &'static str {
    match news {
        News::HighSeverity => "/incidents?severity=high",
        News::Redirected | News::Unresolved => "/redirects",
        News::Trouble => "/requests",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);
    const MAINS: Machine = Machine { battery: Some(false), metered: None };

    #[test]
    fn a_reading_waits_for_its_time_and_spares_a_machine_that_asks_for_it() {
        let set = by_default();
        let eager = ScheduleSet { spare: false, ..set.clone() };
        let (battery, metered) =
            (Machine { battery: Some(true), metered: None }, Machine { battery: None, metered: Some(true) });
        let cases = [
            (&set, None, MAINS, Due::Later),
            (&set, Some(NOW + time::Duration::SECOND), MAINS, Due::Later),
            (&set, Some(NOW), MAINS, Due::Now),
            (&set, Some(NOW), Machine::default(), Due::Now),
            (&set, Some(NOW), battery, Due::Waits(Waiting::Battery)),
            (&set, Some(NOW), metered, Due::Waits(Waiting::Metered)),
            (&eager, Some(NOW), battery, Due::Now),
        ];
        for (set, next, machine, expected) in cases {
            assert_eq!(due(set, next, NOW, machine), expected, "{next:?} {machine:?}");
        }
    }

    #[test]
    fn only_chosen_news_is_told_and_counted_in_words() {
        let grown = Look { high: 1, redirected: 2, unresolved: 0, troubles: 3 };
        let told = notices("Contoso", &[News::HighSeverity, News::Unresolved, News::Trouble], grown);
        let texts: Vec<&str> = told.iter().map(|notice| notice.text.as_str()).collect();
        assert_eq!(texts, ["1 incident of high severity is new.", "3 lists can't be read any more."]);
        let merged = notices("Contoso", &[News::Redirected], grown);
        assert_eq!(merged[0].text, "2 incidents were merged into another.");
    }
}

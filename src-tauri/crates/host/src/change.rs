//! Changing incidents of the open session: the preview, and the jobs that write.
//!
//! The guards stand in `guard`, before any of this. Never here: a change that was not previewed.

use contract::account::Tier;
use contract::change::{
    ChangeApply, ChangeListRequest, ChangePage, ChangePreview, ChangeRequest, ChangeRow, ChangeUndo,
};
use contract::job::JobView;
use domain::fault::{Code, Fault};
use engine::Control;
use engine::change::{Applied, Item, Who};

use crate::connection::Connection;
use crate::guard::{self, Write};
use crate::menu::blocking;
use crate::open::Open;
use crate::{Host, view};

/// Incidents in one go.
const MOST: usize = 500;

impl Host {
    pub(crate) async fn preview_change(&self, request: ChangeRequest) -> Result<ChangePreview, Fault> {
        let open = self.open_session()?;
        let wish = view::change::wish(request.wish)?;
        let keys = counted(request.keys)?;
        let (tenant, confirm) = (open.title(), confirm(&open));
        let previews = blocking(move || open.scope.preview_changes(&keys, &wish)).await?;
        let plans: Vec<_> = previews.into_iter().map(view::change::plan).collect();
        let calls = plans.iter().map(|plan| plan.calls.len()).sum::<usize>();
        Ok(ChangePreview { tenant, confirm, plans, calls: u32::try_from(calls).unwrap_or(u32::MAX) })
    }

    pub(crate) fn start_change(&self, request: ChangeApply) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        let wish = view::change::wish(request.wish)?;
        let items: Vec<Item> = counted(request.items)?.into_iter().map(view::change::item).collect();
        let (scope, by) = (open.scope.clone(), by(&open));
        self.job_alone("change_apply", &open, move |control| async move {
            scope.apply_changes(items, wish, by, &control).await.map(|_| ())
        })
    }

    pub(crate) fn start_undo(&self, request: &ChangeUndo) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        let made = open.scope.change(request.id)?;
        if let Some(why) = made.no_undo {
            return Err(Fault::new(Code::Invalid, why));
        }
        let (scope, id, by) = (open.scope.clone(), request.id, by(&open));
        self.job_alone("change_undo", &open, move |control| async move {
            scope.undo_change(id, by, &control).await.map(|_| ())
        })
    }

    pub(crate) async fn changes(&self, request: ChangeListRequest) -> Result<ChangePage, Fault> {
        let open = self.open_session()?;
        let limit = request.limit.clamp(1, 500);
        let confirm = confirm(&open);
        let offset = request.offset;
        let asked = view::change::asked(request);
        let found = blocking(move || open.scope.changes(asked, offset, limit)).await?;
        Ok(view::change::page(found, confirm))
    }

    /// For the terminal: passes the guards, writes, and waits.
    pub async fn change(&self, request: ChangeApply) -> Result<Vec<ChangeRow>, Fault> {
        let open = self.open_session()?;
        guard::allowed(&open, &Write::Incidents { typed: request.typed.clone() })?;
        let wish = view::change::wish(request.wish)?;
        let items = counted(request.items)?.into_iter().map(view::change::item).collect();
        Ok(rows(open.scope.apply_changes(items, wish, by(&open), &Control::silent()).await?))
    }

    /// The same for taking one back.
    pub async fn undo_change(&self, request: ChangeUndo) -> Result<Vec<ChangeRow>, Fault> {
        let open = self.open_session()?;
        guard::allowed(&open, &Write::Incidents { typed: request.typed })?;
        Ok(rows(open.scope.undo_change(request.id, by(&open), &Control::silent()).await?))
    }

    /// For the terminal: a sandbox of which nothing is kept is nobody's tenant, so its tier is taken as chosen.
    pub async fn respond_in_sandbox(&self) -> Result<(), Fault> {
        let open = self.open_session()?;
        if let Some(facts) = open.connection().filter(|facts| facts.sandbox.is_some() && !open.kept) {
            open.set_connection(Connection { tier: Tier::Respond, ..facts });
        }
        Ok(())
    }
}

fn rows(applied: Applied) -> Vec<ChangeRow> {
    applied.changes.into_iter().map(view::change::row).collect()
}

/// Who writes: the person who signed in, or the application.
fn by(open: &Open) -> Option<Who> {
    let account = open.connection()?;
    let name = account.title().to_owned();
    Some(match account.user {
        Some(id) => Who { id, name: None },
        None => Who { id: account.client, name: Some(name) },
    })
}

/// What has to be typed before this tenant is written to.
pub(crate) fn confirm(open: &Open) -> Option<String> {
    open.connection().filter(|account| account.production).map(|account| account.name)
}

fn counted<T>(items: Vec<T>) -> Result<Vec<T>, Fault> {
    if (1..=MOST).contains(&items.len()) {
        return Ok(items);
    }
    Err(Fault::new(
        Code::Invalid,
        format!("{} incidents were named; 1 to {MOST} can be changed in one go.", items.len()),
    ))
}

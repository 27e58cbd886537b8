//! `xwalk change`: shows what would be sent, and sends it where that is asked for.

use std::process::ExitCode;

use contract::Menu;
use contract::change::{
    ChangeApply, ChangeItem, ChangeListRequest, ChangeOutcome, ChangePreview, ChangeRequest, ChangeRow,
    ChangeUndo, ChangeWish,
};
use host::{Code, Fault, Host};

use crate::args::{ChangeArgs, ChangeListArgs, ChangeSetArgs, ChangeUndoArgs, ChangeVerb, Place, WishArgs};
use crate::incident::key_of;
use crate::verbs::synced;
use crate::{desk, print};

pub async fn change(args: ChangeArgs, json: bool) -> Result<ExitCode, Fault> {
    match args.verb {
        ChangeVerb::Set(wanted) => set(*wanted, json).await,
        ChangeVerb::List(wanted) => list(wanted, json).await,
        ChangeVerb::Undo(wanted) => undo(wanted, json).await,
    }
}

async fn set(args: ChangeSetArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = opened(args.place).await?;
    let wish = wish(args.wish);
    let mut keys = Vec::new();
    for incident in &args.incidents {
        keys.push(key_of(&host, incident).await?);
    }
    let preview = host.change_preview(ChangeRequest { keys, wish: wish.clone() }).await?;
    if !args.apply {
        return show(&preview, json);
    }
    let items: Vec<ChangeItem> = preview
        .plans
        .iter()
        .filter_map(|plan| Some(ChangeItem { key: plan.key.clone(), seen: plan.seen.clone()? }))
        .collect();
    if items.is_empty() {
        show(&preview, json)?;
        return Err(Fault::new(Code::Invalid, "None of these incidents can be changed so."));
    }
    let refused = preview.plans.len() - items.len();
    let rows = host.change(ChangeApply { items, wish, typed: args.production }).await?;
    told(&rows, json)?;
    let done = rows.iter().all(|row| row.outcome == ChangeOutcome::Done);
    Ok(print::exit(done && refused == 0))
}

async fn list(args: ChangeListArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::open(args.place).await?;
    let asked = ChangeListRequest {
        key: None,
        outcome: Vec::new(),
        text: String::new(),
        offset: args.offset,
        limit: args.limit,
    };
    let page = host.change_list(asked).await?;
    if json {
        print::json(&page)?;
    } else {
        told(&page.rows, false)?;
        print::line(&format!("{} of {}", page.rows.len(), page.total))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn undo(args: ChangeUndoArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::open(args.place).await?;
    let rows = host.undo_change(ChangeUndo { id: args.id, typed: args.production }).await?;
    told(&rows, json)?;
    Ok(print::exit(rows.iter().all(|row| row.outcome == ChangeOutcome::Done)))
}

/// Opens, reads what is needed, and takes the tier as chosen where the tenant is nobody's and nothing is kept.
async fn opened(place: Place) -> Result<Host, Fault> {
    let fleeting = place.descriptor.is_some() && place.data_dir.is_none();
    let host = synced(place).await?;
    if fleeting {
        host.respond_in_sandbox().await?;
    }
    Ok(host)
}

fn wish(args: WishArgs) -> ChangeWish {
    ChangeWish {
        status: args.status,
        owner: if args.unassign { Some(String::new()) } else { args.owner },
        severity: args.severity,
        classification: args.classification,
        determination: args.determination,
        reason: args.reason,
        comment: args.comment,
        add_tags: args.tag,
        remove_tags: args.untag,
    }
}

fn show(preview: &ChangePreview, json: bool) -> Result<ExitCode, Fault> {
    let clean = preview.plans.iter().all(|plan| plan.refusal.is_none());
    if json {
        print::json(preview)?;
        return Ok(print::exit(clean));
    }
    for plan in &preview.plans {
        print::line(&print::safe(&format!("{}  {}", plan.key, plan.title)))?;
        for why in plan.refusal.iter().chain(&plan.notes) {
            print::line(&print::safe(&format!("  {why}")))?;
        }
        for call in &plan.calls {
            print::line(&print::safe(&format!("  {} {}", call.verb, call.path)))?;
            for field in &call.fields {
                let (before, after) = (words(&field.before), words(&field.after));
                print::line(&print::safe(&format!("    {}: {before} → {after}", field.member)))?;
            }
            if let Some(comment) = &call.comment {
                print::line(&print::safe(&format!("    comment: {comment}")))?;
            }
            print::line(&print::safe(&format!("    {}", call.guard)))?;
        }
    }
    print::line(&format!(
        "{} calls to {}. Nothing was sent; --apply sends.",
        preview.calls,
        print::safe(&preview.tenant)
    ))?;
    Ok(print::exit(clean))
}

fn words(values: &[String]) -> String {
    if values.is_empty() { "–".to_owned() } else { values.join(", ") }
}

fn told(rows: &[ChangeRow], json: bool) -> Result<(), Fault> {
    if json {
        return print::json(&rows);
    }
    let rows = rows.iter().map(|row| {
        vec![row.id.to_string(), print::word(&row.outcome), print::safe(&row.title), print::safe(&row.said)]
    });
    print::table(&rows.collect::<Vec<_>>())
}

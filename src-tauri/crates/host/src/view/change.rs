//! Changes to incidents, in the contract's words and back.

use contract::change as out;
use contract::incident::FacetValue;
use domain::change::{Clash, Edit, Fields, Typed, Value};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use engine::change as engine;

use super::instant;

pub(crate) fn wish(wish: out::ChangeWish) -> Result<domain::change::Wish, Fault> {
    let out::ChangeWish {
        status,
        owner,
        severity,
        classification,
        determination,
        reason,
        comment,
        add_tags,
        remove_tags,
    } = wish;
    let typed = Typed {
        status,
        owner,
        severity,
        classification,
        determination,
        reason,
        comment,
        add_tags,
        remove_tags,
    };
    domain::change::Wish::read(typed).map_err(|why| Fault::new(Code::Invalid, why))
}

pub(crate) fn item(item: out::ChangeItem) -> engine::Item {
    let out::ChangeSeen { status, owner, severity, classification, determination, tags, version } = item.seen;
    let fields = Fields { status, owner, severity, classification, determination, tags };
    engine::Item { key: item.key, seen: engine::Seen { fields, version } }
}

pub(crate) fn plan(preview: engine::Preview) -> out::ChangePlan {
    let row = preview.row;
    let empty = out::ChangePlan {
        key: row.key,
        title: row.title,
        number: row.number,
        graph_id: row.graph_id,
        api: None,
        seen: None,
        calls: Vec::new(),
        notes: Vec::new(),
        refusal: None,
    };
    match preview.target {
        Err(why) => out::ChangePlan { refusal: Some(why), ..empty },
        Ok(target) => out::ChangePlan {
            api: api(target.api),
            seen: Some(seen(target.seen)),
            calls: target.calls.into_iter().map(|one| call(target.api, one)).collect(),
            notes: target.plan.notes,
            ..empty
        },
    }
}

pub(crate) fn row(change: engine::Change) -> out::ChangeRow {
    let told = change.api.unwrap_or(Api::Sentinel);
    let field = |member: domain::change::Member| out::ChangeField {
        member: member.name(told).to_owned(),
        before: list(&change.before.value(member)),
        after: list(&change.after.value(member)),
    };
    let fields = change.members().map(field).collect();
    let (by, by_name) = change.by.map(|who| (who.id, who.name)).unzip();
    out::ChangeRow {
        by,
        by_name: by_name.flatten(),
        sent: change.sent.into_iter().map(sent).collect(),
        fields,
        id: change.id,
        batch: change.batch,
        at: instant(change.at),
        api: change.api.and_then(api),
        outcome: outcome(change.outcome),
        clashes: change.clashes.iter().map(|one| clash(told, one)).collect(),
        undoes: change.undoes,
        key: change.key,
        title: change.title,
        comment: change.comment,
        said: change.said,
        no_undo: change.no_undo,
    }
}

pub(crate) fn asked(request: out::ChangeListRequest) -> engine::Asked {
    let outcomes = request.outcome.into_iter().map(|outcome| match outcome {
        out::ChangeOutcome::UnderWay => engine::Outcome::UnderWay,
        out::ChangeOutcome::Done => engine::Outcome::Done,
        out::ChangeOutcome::Failed => engine::Outcome::Failed,
        out::ChangeOutcome::Conflict => engine::Outcome::Conflict,
        out::ChangeOutcome::Unknown => engine::Outcome::Unknown,
    });
    engine::Asked {
        incident: request.key,
        outcomes: outcomes.collect(),
        text: request.text.trim().to_owned(),
    }
}

pub(crate) fn page(found: engine::Changes, confirm: Option<String>) -> out::ChangePage {
    let outcomes = found.outcomes.into_iter().map(|(value, count)| FacetValue { value, count });
    out::ChangePage {
        rows: found.changes.into_iter().map(row).collect(),
        total: found.total,
        of: found.of,
        outcomes: outcomes.collect(),
        confirm,
    }
}

pub(crate) fn api(api: Api) -> Option<out::ChangeApi> {
    match api {
        Api::Sentinel => Some(out::ChangeApi::Sentinel),
        Api::Graph => Some(out::ChangeApi::Graph),
        Api::Logs => None,
    }
}

fn seen(seen: engine::Seen) -> out::ChangeSeen {
    let Fields { status, owner, severity, classification, determination, tags } = seen.fields;
    out::ChangeSeen { status, owner, severity, classification, determination, tags, version: seen.version }
}

fn call(api: Api, call: engine::Call) -> out::ChangeCall {
    out::ChangeCall {
        verb: call.request.verb,
        path: call.request.path,
        fields: call.edits.iter().map(|edit| field(api, edit)).collect(),
        comment: call.comment,
        guard: call.guard,
        can_undo: call.can_undo,
    }
}

fn sent(request: engine::Requested) -> out::ChangeSent {
    out::ChangeSent { verb: request.verb, path: request.path }
}

fn field(api: Api, edit: &Edit) -> out::ChangeField {
    out::ChangeField {
        member: edit.member.name(api).to_owned(),
        before: list(&edit.before),
        after: list(&edit.after),
    }
}

fn clash(api: Api, clash: &Clash) -> out::ChangeClash {
    out::ChangeClash {
        member: clash.member.name(api).to_owned(),
        before: list(&clash.before),
        yours: clash.yours.as_ref().map(list),
        theirs: list(&clash.theirs),
    }
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Nothing => Vec::new(),
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.clone(),
    }
}

fn outcome(outcome: engine::Outcome) -> out::ChangeOutcome {
    match outcome {
        engine::Outcome::UnderWay => out::ChangeOutcome::UnderWay,
        engine::Outcome::Done => out::ChangeOutcome::Done,
        engine::Outcome::Failed => out::ChangeOutcome::Failed,
        engine::Outcome::Conflict => out::ChangeOutcome::Conflict,
        engine::Outcome::Unknown => out::ChangeOutcome::Unknown,
    }
}

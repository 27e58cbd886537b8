//! `xwalk incidents`: the queue on a terminal, and as a file of exactly what the filter lets through.

use std::path::Path;
use std::process::ExitCode;

use contract::Menu;
use contract::export::{ExportFormat, IncidentExport, Redaction};
use contract::incident::{IncidentFilter, IncidentKey, IncidentListRequest, IncidentPage, Sort, SortColumn};
use contract::incident_part::{IncidentParts, PartAge};
use contract::terminal::Incident;
use serde::de::DeserializeOwned;

use crate::args::{FilterArgs, FormatChoice, IncidentArgs, IncidentsArgs, RedactChoice};
use crate::{print, verbs};

pub async fn incidents(args: IncidentsArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let filter = filter(args.search.clone(), &args.filter)?;
    let sort = sort(&args.sort)?;
    if let Some(path) = args.export.clone() {
        let request = IncidentExport {
            filter,
            sort,
            columns: words(&args.columns)?,
            format: format(args.format, &path)?,
            redaction: redaction(args.redact),
            path: Some(path.to_string_lossy().into_owned()),
        };
        return export(args, request, json).await;
    }
    let host = verbs::synced(args.place).await?;
    host.index_text().await?;
    let request = IncidentListRequest { filter, sort, offset: args.offset, limit: args.limit };
    let page = host.incident_list(request).await.map_err(host::Fault::from)?;
    if json {
        print::json(&page)?
    } else {
        table(&page)?
    }
    Ok(ExitCode::SUCCESS)
}

fn table(page: &IncidentPage) -> Result<(), host::Fault> {
    let rows = page.rows.iter().map(|row| {
        vec![
            print::safe(&row.severity),
            print::safe(&row.status),
            row.number.map_or_else(String::new, |number| format!("#{number}")),
            row.graph_id.as_deref().map(print::safe).unwrap_or_default(),
            print::safe(&row.title),
        ]
    });
    print::table(&rows.collect::<Vec<_>>())?;
    print::line(&format!("{} of {}", page.rows.len(), page.total))
}

async fn export(args: IncidentsArgs, request: IncidentExport, json: bool) -> Result<ExitCode, host::Fault> {
    let path = request.path.clone().unwrap_or_default();
    let host = verbs::synced(args.place).await?;
    host.index_text().await?;
    let rows = host.export_incidents(request).await?;
    if json {
        print::json(&serde_json::json!({ "rows": rows, "path": path }))?;
    } else {
        print::line(&format!("{rows} incidents written to {}", print::safe(&path)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `xwalk incident`: one with its alerts, entities, comments and tasks, asked now.
pub async fn incident(args: IncidentArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = verbs::synced(args.place).await?;
    let key = key_of(&host, &args.incident).await?;
    let parts = host.read_incident(&key).await?;
    let row = host.incident_get(IncidentKey { key }).await.map_err(host::Fault::from)?.row;
    let clean = ages(&parts).iter().all(|age| age.trouble.is_empty());
    let one = Incident { row, parts };
    if json {
        print::json(&one)?
    } else {
        told(&one)?
    }
    Ok(print::exit(clean))
}

fn told(Incident { row, parts }: &Incident) -> Result<(), host::Fault> {
    print::line(&print::safe(&format!("{}  {}", row.key, row.title)))?;
    let alerts = parts.alerts.items.iter().map(|one| ["alert", &one.severity, &one.title]);
    let entities = parts.entities.items.iter().map(|one| ["entity", &one.kind, &one.name]);
    let comments = parts.comments.items.iter();
    let comments = comments.map(|one| ["comment", one.author.as_deref().unwrap_or_default(), &one.text]);
    let tasks = parts.tasks.items.iter().map(|one| ["task", &one.status, &one.title]);
    let lines = alerts.chain(entities).chain(comments).chain(tasks);
    print::table(&lines.map(|line| line.map(print::safe).to_vec()).collect::<Vec<_>>())?;
    ages(parts).iter().flat_map(|age| &age.trouble).try_for_each(|why| print::line(&print::safe(why)))
}

fn ages(parts: &IncidentParts) -> [&PartAge; 4] {
    [&parts.alerts.age, &parts.entities.age, &parts.comments.age, &parts.tasks.age]
}

/// The row's key: as it is, or of the one incident that has this id or number.
pub async fn key_of(host: &host::Host, named: &str) -> Result<String, host::Fault> {
    if named.starts_with("s:") || named.starts_with("g:") {
        return Ok(named.to_owned());
    }
    let request = IncidentListRequest {
        filter: IncidentFilter { text: named.to_owned(), ..IncidentFilter::default() },
        sort: Sort { column: SortColumn::Updated, descending: true },
        offset: 0,
        limit: 50,
    };
    let page = host.incident_list(request).await.map_err(host::Fault::from)?;
    let is = |id: &Option<String>| id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(named));
    let mut found = page.rows.into_iter().filter(|row| {
        is(&row.sentinel_id) || is(&row.graph_id) || is(&row.number.map(|number| number.to_string()))
    });
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row.key),
        (None, _) => {
            Err(host::Fault::new(host::Code::NotFound, format!("No incident is known as `{named}`.")))
        }
        (Some(_), Some(_)) => {
            Err(host::Fault::new(host::Code::Invalid, format!("Several incidents are known as `{named}`."))
                .hint("Name one by its `key` in `xwalk incidents --json`."))
        }
    }
}

fn filter(text: String, asked: &FilterArgs) -> Result<IncidentFilter, host::Fault> {
    Ok(IncidentFilter {
        text,
        severity: asked.severity.clone(),
        status: asked.status.clone(),
        workspace: asked.workspace.clone(),
        presence: words(&asked.presence)?,
        redirected: asked.redirected,
        owner: asked.owner.clone(),
        target: asked.target.clone(),
        tag: asked.tag.clone(),
        classification: asked.classification.clone(),
        product: asked.product.clone(),
        owner_differs: asked.owner_differs,
        updated_hours: asked.hours,
        updated_day: asked.day.clone(),
    })
}

/// `-updated` falls, `title` rises.
fn sort(asked: &str) -> Result<Sort, host::Fault> {
    let name = asked.strip_prefix('-');
    Ok(Sort { column: word(name.unwrap_or(asked))?, descending: name.is_some() })
}

fn format(asked: Option<FormatChoice>, path: &Path) -> Result<ExportFormat, host::Fault> {
    match asked {
        Some(FormatChoice::Csv) => Ok(ExportFormat::Csv),
        Some(FormatChoice::Xlsx) => Ok(ExportFormat::Xlsx),
        Some(FormatChoice::Json) => Ok(ExportFormat::Json),
        Some(FormatChoice::Html) => Ok(ExportFormat::Html),
        None => word(&path.extension().unwrap_or_default().to_string_lossy().to_lowercase()),
    }
}

fn redaction(asked: RedactChoice) -> Redaction {
    match asked {
        RedactChoice::None => Redaction::None,
        RedactChoice::Users => Redaction::Users,
        RedactChoice::All => Redaction::All,
    }
}

/// A word of the contract's, as its JSON spells it.
fn word<T: DeserializeOwned>(typed: &str) -> Result<T, host::Fault> {
    serde_json::from_value(typed.into()).map_err(|error| {
        host::Fault::new(host::Code::Invalid, format!("`{}` is not known here: {error}.", print::safe(typed)))
    })
}

fn words<T: DeserializeOwned>(typed: &[String]) -> Result<Vec<T>, host::Fault> {
    typed.iter().map(|one| word(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_how_it_is_written() {
        assert_eq!(format(None, Path::new("a/queue.XLSX")).ok(), Some(ExportFormat::Xlsx));
        assert_eq!(format(Some(FormatChoice::Csv), Path::new("queue")).ok(), Some(ExportFormat::Csv));
        assert!(format(None, Path::new("queue.doc")).is_err());
    }

    #[test]
    fn a_column_falls_behind_a_dash() {
        assert!(sort("-updated").is_ok_and(|sort| sort.descending));
        assert!(sort("colour").is_err());
    }
}

//! What to export.

use contract::export as out;
use engine::export as engine;
use time::OffsetDateTime;

use super::incident::{filter, sort};

pub(crate) fn view(asked: out::IncidentExport, now: OffsetDateTime) -> engine::View {
    let columns: Vec<_> = asked.columns.into_iter().map(column).collect();
    engine::View {
        filter: filter(asked.filter, now),
        sort: sort(asked.sort),
        columns: if columns.is_empty() { engine::Column::ALL.to_vec() } else { columns },
        format: match asked.format {
            out::ExportFormat::Csv => engine::Format::Csv,
            out::ExportFormat::Xlsx => engine::Format::Xlsx,
            out::ExportFormat::Json => engine::Format::Json,
            out::ExportFormat::Html => engine::Format::Html,
        },
        redaction: match asked.redaction {
            out::Redaction::None => engine::Redaction::None,
            out::Redaction::Users => engine::Redaction::Users,
            out::Redaction::All => engine::Redaction::All,
        },
    }
}

fn column(asked: out::IncidentColumn) -> engine::Column {
    use engine::Column as To;
    use out::IncidentColumn as From;
    match asked {
        From::Severity => To::Severity,
        From::Title => To::Title,
        From::Status => To::Status,
        From::In => To::Sources,
        From::Owner => To::Owner,
        From::Alerts => To::Alerts,
        From::Tags => To::Tags,
        From::Workspace => To::Workspace,
        From::Created => To::Created,
        From::Updated => To::Updated,
        From::Number => To::Number,
        From::DefenderId => To::DefenderId,
        From::SentinelId => To::SentinelId,
    }
}

//! A query with its values in place.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A value for a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal<'a> {
    Text(&'a str),
    Time(OffsetDateTime),
    /// Anything but hexadecimal digits and dashes is left out of it.
    Guid(&'a str),
    Number(u32),
}

/// One of the shipped queries, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kql {
    name: &'static str,
    text: String,
}

impl Kql {
    /// Which Graph incident each Sentinel incident was before any merge: rows that Defender wrote since `since` and
    /// that don't carry the label of a merge, the newest for each incident, of incidents made from `from` on and
    /// before `until`. Columns: `IncidentName`, `IncidentNumber`, `ProviderName`, `ProviderIncidentId`,
    /// `TimeGenerated`.
    pub fn incident_identity(since: OffsetDateTime, from: OffsetDateTime, until: OffsetDateTime) -> Self {
        let file = include_str!("../../kql/incident_identity.kql");
        let values = [("since", since), ("from", from), ("until", until)];
        Self::with("incident_identity", file, &values.map(|(name, at)| (name, Literal::Time(at))))
    }

    /// How many incidents were made from `from` on and before `until`, cut by the time of making into windows of
    /// `size`, the last of them smaller. Columns: `Window`, `From`, `Incidents`.
    pub fn incident_windows(from: OffsetDateTime, until: OffsetDateTime, size: u32) -> Self {
        let file = include_str!("../../kql/incident_windows.kql");
        let values =
            [("from", Literal::Time(from)), ("until", Literal::Time(until)), ("size", Literal::Number(size))];
        Self::with("incident_windows", file, &values)
    }

    /// Alerts that no incident of the log ever held, with the newest of the rows written from `from` on and before
    /// `until`. Columns: `SystemAlertId`, `Title`, `AlertSeverity`, `Status`, `ProductName`, `Rule`,
    /// `CompromisedEntity`, `Tactics`, `Description`, `StartTime`, `EndTime`, `TimeGenerated`.
    pub fn alerts_without_incident(from: OffsetDateTime, until: OffsetDateTime) -> Self {
        let file = include_str!("../../kql/alerts_without_incident.kql");
        let values = [("from", Literal::Time(from)), ("until", Literal::Time(until))];
        Self::with("alerts_without_incident", file, &values)
    }

    /// Puts values in the place of a file's own: the line `let NAME = …;` is written anew.
    fn with(name: &'static str, file: &str, values: &[(&str, Literal<'_>)]) -> Self {
        let mut text = String::with_capacity(file.len() + 64);
        for line in file.lines() {
            let value = values.iter().find(|(name, _)| line.starts_with(&format!("let {name} =")));
            match value {
                Some((name, value)) => text.push_str(&format!("let {name} = {};", literal(*value))),
                None => text.push_str(line),
            }
            text.push('\n');
        }
        Self { name, text }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The only way in which a value becomes query text.
/// <https://learn.microsoft.com/kusto/query/scalar-data-types/string>
fn literal(value: Literal<'_>) -> String {
    match value {
        Literal::Text(text) => format!("\"{}\"", text.chars().map(escaped).collect::<String>()),
        // A year that RFC 3339 can't write is none that a workspace has rows of.
        Literal::Time(at) => {
            let at = at.to_offset(time::UtcOffset::UTC).format(&Rfc3339);
            at.map_or_else(|_| "datetime(null)".to_owned(), |at| format!("datetime({at})"))
        }
        Literal::Guid(text) => {
            let kept: String = text.chars().filter(|c| c.is_ascii_hexdigit() || *c == '-').collect();
            format!("guid({kept})")
        }
        Literal::Number(number) => number.to_string(),
    }
}

fn escaped(c: char) -> String {
    match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        ' '..='~' => c.to_string(),
        _ => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn each_query_begins_with_its_name_and_holds_its_values() {
        let since = datetime!(2026-11-01 02:30 +02:30);
        let (from, until) = (since, since + time::Duration::DAY);
        for (kql, first) in [
            (Kql::incident_identity(since, from, until), "since"),
            (Kql::incident_windows(from, until, 900), "from"),
        ] {
            let mut lines = kql.text().lines();
            assert_eq!(lines.next(), Some(format!("// crosswalk:{}", kql.name()).as_str()));
            assert_eq!(lines.next(), Some(format!("let {first} = datetime(2026-11-01T00:00:00Z);").as_str()));
        }
        let identity = Kql::incident_identity(since, from, until);
        assert!(identity.text().contains("let until = datetime(2026-11-02T00:00:00Z);\n"));
        assert!(Kql::incident_windows(from, until, 900).text().contains("let size = 900;\n"));
        let alerts = Kql::alerts_without_incident(from, until);
        let head = "// crosswalk:alerts_without_incident\nlet from = datetime(2026-11-01T00:00:00Z);\n\
                    let until = datetime(2026-11-02T00:00:00Z);\n";
        assert!(alerts.text().starts_with(head), "{}", alerts.text());
    }

    #[test]
    fn a_text_can_not_end_its_own_quotes() {
        assert_eq!(literal(Literal::Text("a\" | take 1 //\\")), r#""a\" | take 1 //\\""#);
        assert_eq!(literal(Literal::Text("a\nb\u{202e}😀")), r#""a\u000ab\u202e\ud83d\ude00""#);
        assert_eq!(literal(Literal::Guid("ab-12); drop")), "guid(ab-12d)");
    }
}

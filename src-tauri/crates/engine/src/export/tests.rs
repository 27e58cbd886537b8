use std::io::Read;
use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx as Workbook, open_workbook};
use domain::incident::queue::Column as Order;
use domain::incident::{SentinelIncident, Severity, Status};
use proptest::prelude::*;
use store::{ArmRow, Key, Listing, Store};
use time::macros::datetime;

use super::*;

const AT: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);

fn incident(number: i64, title: &str, owner: &str) -> ArmRow {
    let incident = SentinelIncident {
        workspace: "soc".into(),
        sentinel_id: format!("id-{number}"),
        arm_id: format!("/x/{number}"),
        etag: None,
        number,
        title: title.into(),
        description: None,
        severity: if number % 2 == 0 { Severity::High } else { Severity::Low },
        status: Status::New,
        classification: None,
        owner: Some(owner.into()),
        labels: vec![title.into(), "tier2".into()],
        created: Some(AT),
        modified: Some(AT + time::Duration::minutes(number)),
        provider_name: None,
        provider_incident_id: None,
        provider_incident_url: None,
        incident_url: None,
        alerts: Some(number),
        tactics: vec![],
        products: vec![],
    };
    ArmRow { incident, raw: "{}".into() }
}

struct World {
    folder: tempfile::TempDir,
    scope: Scope,
}

fn world(rows: &[ArmRow]) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("store"), Key::new([7; 32])).expect("a store").store;
    store.put_arm_page("soc", rows, "GET /", &Listing::default(), AT).expect("a page is kept");
    World { folder, scope: Scope::files(store) }
}

impl World {
    fn export(&self, view: &View) -> Result<PathBuf, Fault> {
        let path = self.folder.path().join(format!("out.{}", view.format.ending()));
        let whose = Whose { tenant: "Contoso <SOC>".into(), demo: true };
        self.scope.export_incidents(view, whose, &path, &|_, _| Ok(()))?;
        Ok(path)
    }

    fn text(&self, view: &View) -> String {
        std::fs::read_to_string(self.export(view).expect("it is written")).expect("it is UTF-8")
    }
}

fn view(format: Format) -> View {
    View {
        filter: Filter::default(),
        sort: Sort { column: Order::Updated, descending: true },
        columns: vec![Column::Number, Column::Title, Column::Owner, Column::Tags],
        format,
        redaction: Redaction::None,
    }
}

/// Lines of CSV as cells, comments left out: a reader of its own, so that the writer is not judged by itself.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in text.trim_start_matches('\u{feff}').split("\r\n") {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect("cells are quoted");
        rows.push(inner.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect());
    }
    rows
}

fn xlsx(path: &std::path::Path) -> Vec<Vec<String>> {
    let mut book: Workbook<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range("Incidents").expect("its sheet");
    let cell = |data: &Data| match data {
        // The format writes `_x000D_` so; this reader leaves it as written.
        Data::String(text) => text.replace("_x005F_", "_"),
        Data::Empty => String::new(),
        other => panic!("a cell is no text: {other:?}"),
    };
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn part(path: &std::path::Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("it is UTF-8");
    text
}

#[test]
fn a_file_holds_the_view_in_its_order_and_columns() {
    let world =
        world(&[incident(1, "first", "lena"), incident(2, "second", "ravi"), incident(4, "third", "")]);
    let mut wanted = view(Format::Csv);
    wanted.filter.severity = vec!["high".into()];
    let text = world.text(&wanted);
    assert!(text.contains("# Incidents of Contoso <SOC> (DEMO)\r\n"), "{text}");
    assert!(
        text.contains("# Incidents: 2 of 3\r\n") && text.contains("# Filter: Severity: High\r\n"),
        "{text}"
    );
    assert_eq!(
        csv(&text),
        [
            vec!["Sentinel number", "Title", "Owner", "Tags"],
            vec!["4", "third", "", "third, tier2"],
            vec!["2", "second", "ravi", "second, tier2"],
        ]
    );
    let read: serde_json::Value =
        serde_json::from_str(&world.text(&View { format: Format::Json, ..wanted.clone() })).expect("JSON");
    assert_eq!(read["incidents"][1]["tags"], serde_json::json!(["second", "tier2"]));
    assert_eq!((&read["demo"], &read["rows"]), (&true.into(), &2.into()));
    let path = world.export(&View { format: Format::Xlsx, ..wanted }).expect("a workbook");
    assert_eq!(xlsx(&path)[1], ["4", "third", "", "third, tier2"]);
}

#[test]
fn masks_hold_over_the_whole_file() {
    let world = world(&[
        incident(1, "mail of lena@contoso.example on dc01", "ravi@contoso.example"),
        incident(2, "10.1.2.3", "lena@contoso.example"),
    ]);
    let mut wanted = view(Format::Csv);
    wanted.filter.text = "1".into();
    wanted.redaction = Redaction::Users;
    let text = world.text(&wanted);
    assert!(!text.contains("contoso.example"), "{text}");
    assert!(csv(&text)[1..].iter().all(|row| row[2].starts_with("user-")), "{text}");
    wanted.filter.text.clear();
    let users = csv(&world.text(&wanted));
    assert_eq!((&*users[1][2], &*users[2][1]), ("user-1", "mail of user-1 on dc01"));
    for format in [Format::Csv, Format::Json, Format::Html] {
        let text = world.text(&View { format, redaction: Redaction::All, ..view(format) });
        for gone in ["lena", "ravi", "dc01", "10.1.2.3", "tier2", "Contoso", "soc"] {
            let rows = text.split("</style>").last().unwrap_or_default();
            assert!(!rows.contains(gone), "{gone} is in {rows}");
        }
    }
}

#[test]
fn a_page_runs_and_loads_nothing() {
    let world = world(&[incident(1, "<img src=//evil onerror=alert(1)>\u{202e}</td>", "\"><script>")]);
    let text = world.text(&view(Format::Html));
    assert!(text.contains("&lt;img src=//evil onerror=alert(1)&gt;[U+202E]&lt;/td&gt;"), "{text}");
    assert!(text.contains("default-src 'none'") && text.contains(">DEMO<"));
    for tag in ["<script", "<img", "<link", "src=\"", "href", "url("] {
        assert!(!text.contains(tag), "{tag}");
    }
}

#[test]
fn a_full_disk_leaves_no_file_and_is_told() {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let fault = unwritable(Path::new("/x/out.csv"), &full);
    assert_eq!(fault.sentence, "The disk is full, so `/x/out.csv` was not written.");
    // What ends the writing, a full disk or a person, leaves what was there before and nothing beside it.
    let world = world(&[incident(1, "a", "b")]);
    let path = world.export(&view(Format::Csv)).expect("the first one is written");
    let before = std::fs::read(&path).expect("it is there");
    let whose = Whose { tenant: "x".into(), demo: false };
    let stop = |_: u64, _: u64| Err(Fault::new(Code::Cancelled, "no more"));
    let ended = world.scope.export_incidents(&view(Format::Csv), whose, &path, &stop);
    assert_eq!(ended.expect_err("it was ended").code, Code::Cancelled);
    assert_eq!(std::fs::read(&path).expect("it is there"), before);
    let names: Vec<_> = std::fs::read_dir(world.folder.path()).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 2, "the store and the file alone: {names:?}");
}

#[test]
fn a_place_that_can_not_be_written_is_named() {
    let world = world(&[]);
    let whose = Whose { tenant: "x".into(), demo: false };
    let gone = world.scope.export_incidents(
        &view(Format::Csv),
        whose,
        Path::new("/no/such/out.csv"),
        &|_, _| Ok(()),
    );
    assert_eq!(
        gone.expect_err("no folder").sentence,
        "The folder does not exist, so `/no/such/out.csv` was not written."
    );
}

#[test]
fn a_worksheet_that_can_not_hold_it_is_refused_whole() {
    assert!(fits(Format::Xlsx, xlsx::MOST_ROWS).is_ok() && fits(Format::Csv, 5_000_000).is_ok());
    assert!(fits(Format::Xlsx, xlsx::MOST_ROWS + 1).expect_err("too many").sentence.contains("1048575"));
}

/// Text of the kind that does harm, mixed with any other.
fn hostile() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＠",
        "\"",
        "\"\"",
        ",",
        ";",
        "'",
        "<script>",
        "</td>",
        "]]>",
        "&amp;",
        "&",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\u{1b}[31m",
        "\u{fffe}",
        " ",
        "\u{a0}",
        "cmd|' /C calc'!A0",
        "#",
        "lena@contoso.example",
        "\\u003c",
        "_x000D_",
    ]);
    prop::collection::vec(
        prop_oneof![bits.prop_map(str::to_owned), any::<char>().prop_map(String::from)],
        0..8,
    )
    .prop_map(|bits| bits.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_title_holds_stays_one_inert_cell(title in hostile(), owner in hostile()) {
        let world = world(&[incident(7, &title, &owner), incident(8, "after", "last")]);
        let inert = text::guarded(&text::visible(&title)).into_owned();

        let written = world.text(&view(Format::Csv));
        let line_ends = |c: char| c == '\r' || c == '\n';
        let hidden = written.trim_start_matches('\u{feff}').chars().any(|c| text::hides(c) && !line_ends(c));
        prop_assert!(!hidden);
        prop_assert_eq!(written.matches("\r\n").count(), written.matches('\n').count());
        let lines: Vec<&str> = written.split("\r\n").filter(|line| line.starts_with('"')).collect();
        prop_assert_eq!(lines.len(), 3);
        let cell = format!("\"{}\"", inert.replace('"', "\"\""));
        prop_assert!(lines[2].contains(&cell));

        let read: serde_json::Value = serde_json::from_str(&world.text(&view(Format::Json))).expect("JSON");
        prop_assert_eq!(read["incidents"][1]["title"].as_str(), Some(title.as_str()));

        let page = world.text(&view(Format::Html));
        prop_assert_eq!(page.matches("<tr>").count(), 3);
        prop_assert_eq!(page.matches("<td>").count(), 8);
        prop_assert!(!page.contains("<script"));

        let path = world.export(&view(Format::Xlsx)).expect("a workbook");
        let sheet = part(&path, "xl/worksheets/sheet1.xml");
        prop_assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"));
        let read = xlsx(&path);
        prop_assert_eq!(&read[2][1], &*text::visible(&title));
    }
}

//! What stands at the head of a file: whose incidents, which filter in words, when, how many.

use domain::incident::queue::{Column as Order, Filter, Sort};
use time::OffsetDateTime;

use super::column::{presence_word, severity_word, status_word};
use super::mask::{Kind, Masks};
use super::{Redaction, View, Whose, instant};

pub struct About {
    pub whose: Whose,
    pub at: OffsetDateTime,
}

/// Names and values in the order they are written, a stranger's text still.
pub struct Head {
    pub title: String,
    pub demo: bool,
    pub rows: u64,
    pub facts: Vec<(&'static str, String)>,
}

impl About {
    pub fn head(&self, view: &View, total: u64, of: u64, masks: &mut Masks) -> Head {
        let tenant = masks.value(Kind::Tenant, &self.whose.tenant).into_owned();
        let demo = self.whose.demo;
        let mut facts = Vec::new();
        if demo {
            facts.push((
                "Demo",
                "DEMO: made-up incidents of the demo tenant, not of an organisation".to_owned(),
            ));
        }
        facts.extend([
            ("Tenant", tenant.clone()),
            ("Exported", instant(self.at)),
            ("Incidents", format!("{total} of {of}")),
            ("Filter", in_words(&view.filter, masks)),
            ("Order", order(view.sort)),
            ("Redaction", redaction(view.redaction).to_owned()),
        ]);
        let title = format!("Incidents of {tenant}{}", if demo { " (DEMO)" } else { "" });
        Head { title, demo, rows: total, facts }
    }
}

/// `Severity: High, Medium; Status: New`, or `none`.
fn in_words(filter: &Filter, masks: &mut Masks) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut list = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            parts.push(format!("{name}: {}", values.join(", ")));
        }
    };
    let said =
        |values: &[String], word: fn(&str) -> &str| values.iter().map(|one| word(one).to_owned()).collect();
    let mut hidden = |kind: Kind, values: &[String]| {
        values.iter().map(|one| masks.value(kind, one).into_owned()).collect::<Vec<_>>()
    };
    let text = Some(filter.text.trim().to_owned()).filter(|text| !text.is_empty());
    list("Text", hidden(Kind::Text, text.as_slice()));
    list("Severity", said(&filter.severity, severity_word));
    list("Status", said(&filter.status, status_word));
    list("Workspace", hidden(Kind::Workspace, &filter.workspace));
    list("In", filter.presence.iter().map(|one| presence_word(*one).to_owned()).collect());
    let yes_or_no = |asked: Option<bool>| {
        asked.map(|yes| if yes { "yes" } else { "no" }.to_owned()).into_iter().collect::<Vec<_>>()
    };
    list("Redirected", yes_or_no(filter.redirected));
    list("Owner differs", yes_or_no(filter.owner_differs));
    let nobody = |owner: String| if owner.is_empty() { "nobody".to_owned() } else { owner };
    list("Owner", hidden(Kind::User, &filter.owner).into_iter().map(nobody).collect());
    list("Redirected to", hidden(Kind::Id, &filter.target));
    list("Tag", hidden(Kind::Tag, &filter.tag));
    list("Classification", said(&filter.classification, |word| if word.is_empty() { "none" } else { word }));
    list("Product", filter.product.clone());
    list("Updated before", filter.updated_until.map(instant).into_iter().collect());
    list("Updated since", filter.updated_since.map(instant).into_iter().collect());
    if parts.is_empty() { "none".to_owned() } else { parts.join("; ") }
}

fn order(sort: Sort) -> String {
    let column = match sort.column {
        Order::Severity => "Severity",
        Order::Title => "Title",
        Order::Status => "Status",
        Order::Owner => "Owner",
        Order::Number => "Sentinel number",
        Order::Workspace => "Workspace",
        Order::Created => "Created",
        Order::Updated => "Updated",
        Order::Alerts => "Alerts",
    };
    format!("{column}, {}", if sort.descending { "falling" } else { "rising" })
}

fn redaction(redaction: Redaction) -> &'static str {
    match redaction {
        Redaction::None => "none",
        Redaction::Users => "users masked",
        Redaction::All => "users, titles, ids, tags, workspaces and the tenant masked",
    }
}

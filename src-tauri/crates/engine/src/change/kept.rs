//! The intent as it lies in the store: what stood there, what is wanted, and by what a comment is known again.

use domain::change::{Clash, Fields, Member, Value};
use domain::incident::Api;
use serde::{Deserialize, Serialize};

use super::Who;
use super::reading::Requested;

/// What older versions did not write has a default.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Intent {
    pub before: KeptFields,
    pub after: KeptFields,
    pub comment: Option<String>,
    /// Who was signed in, or the application's id.
    pub by: Option<String>,
    /// The account's name at that time, where an application wrote.
    pub by_name: Option<String>,
    /// What was sent, or is about to be.
    pub sent: Vec<KeptRequest>,
    /// Sentinel's: the name under which it is put.
    pub comment_name: Option<String>,
    /// Graph's: how many comments said the same before.
    pub comments_before: Option<usize>,
    pub clashes: Vec<KeptClash>,
    /// The old version, verbatim.
    pub old: Option<String>,
}

impl Intent {
    pub fn by(who: Option<Who>) -> Self {
        let (by, by_name) = who.map(|Who { id, name }| (id, name)).unzip();
        Self { by, by_name: by_name.flatten(), ..Self::default() }
    }

    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct KeptFields {
    status: String,
    owner: Option<String>,
    severity: String,
    classification: Option<String>,
    determination: Option<String>,
    tags: Vec<String>,
}

impl From<Fields> for KeptFields {
    fn from(fields: Fields) -> Self {
        let Fields { status, owner, severity, classification, determination, tags } = fields;
        Self { status, owner, severity, classification, determination, tags }
    }
}

impl From<KeptFields> for Fields {
    fn from(kept: KeptFields) -> Self {
        let KeptFields { status, owner, severity, classification, determination, tags } = kept;
        Self { status, owner, severity, classification, determination, tags }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptRequest {
    verb: String,
    path: String,
}

impl From<Requested> for KeptRequest {
    fn from(Requested { verb, path }: Requested) -> Self {
        Self { verb, path }
    }
}

impl From<KeptRequest> for Requested {
    fn from(KeptRequest { verb, path }: KeptRequest) -> Self {
        Self { verb, path }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptClash {
    member: String,
    before: KeptValue,
    yours: Option<KeptValue>,
    theirs: KeptValue,
}

impl KeptClash {
    pub fn of(api: Api, clash: &Clash) -> Self {
        Self {
            member: clash.member.name(api).to_owned(),
            before: KeptValue::of(&clash.before),
            yours: clash.yours.as_ref().map(KeptValue::of),
            theirs: KeptValue::of(&clash.theirs),
        }
    }

    pub fn read(self, api: Api) -> Option<Clash> {
        Some(Clash {
            member: Member::of_name(api, &self.member)?,
            before: self.before.read(),
            yours: self.yours.map(KeptValue::read),
            theirs: self.theirs.read(),
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum KeptValue {
    Text(String),
    List(Vec<String>),
    Nothing(()),
}

impl KeptValue {
    fn of(value: &Value) -> Self {
        match value {
            Value::Nothing => Self::Nothing(()),
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(items) => Self::List(items.clone()),
        }
    }

    fn read(self) -> Value {
        match self {
            Self::Nothing(()) => Value::Nothing,
            Self::Text(text) => Value::Text(text),
            Self::List(items) => Value::List(items),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clash_reads_back() {
        let clash = Clash {
            member: Member::Tags,
            before: Value::List(vec!["a".into()]),
            yours: None,
            theirs: Value::Nothing,
        };
        let intent = Intent { clashes: vec![KeptClash::of(Api::Graph, &clash)], ..Intent::default() };
        let read = Intent::read(&intent.write()).clashes.remove(0).read(Api::Graph);
        assert_eq!(read, Some(clash));
    }
}

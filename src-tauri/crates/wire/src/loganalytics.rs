//! The Log Analytics query API, v1.

use serde_json::Value;

use crate::arm::ErrorBody;

record! {
    /// The body of `POST /v1/workspaces/{customerId}/query`. `timespan` is an ISO 8601 interval.
    pub struct Query {
        query: String,
        timespan: String,
        workspaces: Vec<String>,
    }
}

record! {
    /// A 200 may hold `error` beside its tables: then the rows are a part of the result.
    pub struct Answer {
        tables: Vec<Table>,
        error: ErrorBody,
        /// Only where the request asked for them.
        statistics: Value,
        render: Value,
    }
}

record! {
    /// `rows` are cells in the order of `columns`; a long may be a number or a text, a dynamic is text.
    pub struct Table {
        name: String,
        columns: Vec<Column>,
        rows: Vec<Vec<Value>>,
    }
}

record! {
    /// `type` is `string`, `long`, `int`, `real`, `bool`, `datetime`, `dynamic`, `guid`, `timespan`.
    pub struct Column {
        name: String,
        r#type: String,
    }
}

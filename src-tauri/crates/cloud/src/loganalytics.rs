//! The query API of Log Analytics, and the queries that are asked there.
//!
//! A query is a file under `kql/`: line 1 names it, then `let` parameters whose values are put in by [`Kql`] alone.
//! Never here: query text made of anything a user typed.

mod kql;

pub use kql::{Kql, Literal};

use domain::incident::Api;
use reqwest::Method;
use serde_json::Value;
use wire::loganalytics::{Answer, Query};

use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::page;
use crate::pipeline::Pipeline;
use crate::pipeline::call::{Call, url};

/// The calls of Log Analytics; made by [`crate::Cloud::logs`].
#[derive(Clone, Copy)]
pub struct Logs<'a>(pub(crate) &'a Pipeline);

/// A query's result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    /// Cells in the order of `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Why the rows are only a part of the result, in Log Analytics' words.
    /// <https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format>
    pub partial: Option<String>,
}

impl Logs<'_> {
    /// Asks one workspace, named by its `customerId`.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn query(self, customer_id: &str, kql: &Kql) -> Result<Table, CloudError> {
        let query = Query { query: kql.text().into(), ..Query::default() };
        let bytes = serde_json::to_vec(&query).map_err(|why| CloudError::BadAnswer {
            what: format!("the query can't be written as JSON: {why}"),
        })?;
        let path = ["v1", "workspaces", customer_id, "query"];
        let url = url(self.0.endpoints(), Purpose::Logs, path, &[]);
        let about = format!("query `{}` in workspace `{customer_id}`", kql.name());
        let call = Call::get(Purpose::Logs, url, "log query", about, Count::Data(Api::Logs)).send(
            Method::POST,
            "application/json",
            bytes,
            true,
        );
        self.0.read(&call, table).await
    }
}

/// The first table; the API's others are statistics of the first.
fn table(body: &[u8]) -> Result<Table, String> {
    let answer: Answer = page::json(body)?;
    let partial = answer.error.as_ref().map(|error| {
        let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
        format!("{}: {}", part(error.code.as_deref()), part(error.message.as_deref()))
    });
    let Some(table) = answer.tables.into_option().and_then(|tables| tables.into_iter().next()) else {
        return Err(partial.unwrap_or_else(|| "there is no table in it".into()));
    };
    let columns =
        table.columns.items().iter().map(|column| column.name.as_deref().unwrap_or_default().to_owned());
    let columns = columns.collect();
    let rows = table.rows.into_option().ok_or("its rows have another shape than documented")?;
    Ok(Table { columns, rows, partial })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_columns_and_rows() {
        let read = table(br#"{"tables":[{"name":"PrimaryResult","columns":[{"name":"n","type":"long"}],"rows":[[1],["2"]]}]}"#);
        let read = read.unwrap();
        assert_eq!((read.columns, read.rows.len(), read.partial), (vec!["n".to_owned()], 2, None));
    }

    #[test]
    fn a_part_of_a_result_says_that_it_is_one() {
        let body = br#"{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}],
            "error":{"code":"PartialError","message":"There were some errors when processing your query."}}"#;
        assert!(table(body).unwrap().partial.unwrap().starts_with("PartialError: There were"));
    }

    #[test]
    fn an_answer_without_a_table_is_none() {
        assert!(table(b"{}").is_err());
        assert!(table(br#"{"error":{"code":"X","message":"y"}}"#).unwrap_err().contains("X: y"));
        assert!(table(br#"{"tables":[{"columns":[],"rows":{"0":1}}]}"#).is_err());
    }
}

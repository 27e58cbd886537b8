//! The log of what left the machine.

use contract::request as out;
use engine::request::{HostTally, RequestRow};

use super::instant;

pub(crate) fn page((rows, total, hosts): (Vec<RequestRow>, u64, Vec<HostTally>)) -> out::RequestPage {
    out::RequestPage {
        rows: rows.into_iter().map(row).collect(),
        total,
        hosts: hosts
            .into_iter()
            .map(|host| out::RequestHost { host: host.host, requests: host.requests, bytes: host.bytes })
            .collect(),
    }
}

fn row(row: RequestRow) -> out::RequestRow {
    out::RequestRow {
        at: instant(row.at),
        verb: row.verb,
        host: row.host,
        path: row.path,
        purpose: row.purpose,
        status: row.status,
        bytes: row.bytes,
        took_ms: row.took_ms,
        refused: row.refused,
    }
}

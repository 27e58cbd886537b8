//! Redirects: following them to their ends, the tree of who went where, and the proof of one hop.

use std::collections::HashMap;

use domain::fault::{Code, Fault};
use domain::incident::Api;
use domain::redirect;
pub use store::StoredRedirect;

use crate::excerpt::{Line, around_keys};
use crate::job::Control;
use crate::{Scope, incident};

/// Answers fetched per source and sync; a chain that is longer goes on at the next sync.
const MOST_FETCHED: usize = 20;

/// Requests for single incidents under way at once.
const AT_ONCE: usize = 4;

/// A source in the tree: 1 = merged straight into the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub stored: StoredRedirect,
    pub depth: u32,
}

/// A target with everything that was merged into it, each source behind the one it was merged into.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub target: String,
    pub sources: Vec<Source>,
}

/// All redirects as a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    pub unresolved: Vec<StoredRedirect>,
    pub groups: Vec<Group>,
}

/// What a claim rests on: an answer as it was read, or a row of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// `sentinel`, `graph`, `logs` or `file`.
    pub source: &'static str,
    pub request: String,
    pub read_at: Option<time::OffsetDateTime>,
    pub path: Option<String>,
    pub lines: Vec<Line>,
}

/// A source, what its evidence adds up to, and the way to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    pub source: Source,
    pub statement: String,
    pub evidence: Vec<Evidence>,
    pub path: Vec<String>,
}

impl Scope {
    /// Follows every chain, asking Graph for at most `most` of the ids that nobody read yet, and keeps the result. Answers
    /// how many are left that Graph would tell.
    ///
    /// # Errors
    /// The store's. A refusal by Graph is no error: what it leaves open is told per source.
    pub async fn resolve_redirects(&self, most: usize, control: &Control) -> Result<usize, Fault> {
        control.step("Following redirects");
        let mut readings = self.readings().await?;
        let (mut allowed, mut rounds) = (most, 0);
        let left = loop {
            let mut ids = redirect::unread(&readings);
            if ids.is_empty() || allowed == 0 || rounds == MOST_FETCHED {
                break ids.len();
            }
            ids.truncate(allowed);
            allowed -= ids.len();
            rounds += 1;
            if !self.fetch_ends(ids, control).await? {
                break 0;
            }
            readings = self.readings().await?;
        };
        readings.cut_off = rounds == MOST_FETCHED;
        self.store(move |store| store.put_redirects(&redirect::resolve(&readings))).await?;
        Ok(left)
    }

    async fn readings(&self) -> Result<redirect::Readings, Fault> {
        self.store(|store| {
            let in_part = store.listing(Api::Graph, "")?.unread_before.is_some();
            Ok(redirect::Readings { in_part, ..store.readings()? })
        })
        .await
    }

    /// Reads incidents one by one; answers whether Graph let itself be asked.
    pub(crate) async fn fetch_ends(&self, ids: Vec<String>, control: &Control) -> Result<bool, Fault> {
        use futures::stream::{self, StreamExt};
        let cloud = self.cloud()?.clone();
        let mut answers = stream::iter(ids)
            .map(|id| {
                let cloud = cloud.clone();
                async move { (cloud.graph().incident(&id).await, id) }
            })
            .buffer_unordered(AT_ONCE);
        while let Some((answer, id)) = answers.next().await {
            control.checkpoint().await;
            let at = self.wall.now();
            match answer {
                Ok(Some(item)) => {
                    let Some(row) = incident::graph_row(item) else { continue };
                    let request = format!("GET /v1.0/security/incidents/{id}");
                    self.store(move |store| store.put_graph(&[row], &request, at)).await?;
                }
                Ok(None) => self.store(move |store| store.put_graph_missing(&id, at)).await?,
                Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Every source, flat.
    pub fn redirects(&self) -> Result<Vec<StoredRedirect>, Fault> {
        Ok(self.store.redirects()?)
    }

    /// Every source under the target that holds its alerts now; those without one apart.
    pub fn redirect_tree(&self) -> Result<Tree, Fault> {
        Ok(tree(self.store.redirects()?))
    }

    /// What is known of one source, and from which answers.
    pub fn redirect_proof(&self, key: &str) -> Result<Proof, Fault> {
        let stored = self
            .store
            .redirect(key)?
            .ok_or_else(|| Fault::new(Code::NotFound, format!("No redirect is known under `{key}`.")))?;
        Ok(Proof {
            statement: statement(&stored),
            evidence: self.evidence(&stored)?,
            path: self.path(&stored)?,
            source: Source { stored, depth: 1 },
        })
    }

    fn evidence(&self, stored: &StoredRedirect) -> Result<Vec<Evidence>, Fault> {
        let mut evidence = Vec::new();
        if let Some(id) = &stored.graph_id {
            evidence.extend(self.answer("graph", id, &["status", "redirectIncidentId", "lastModifiedBy"])?);
        }
        if let (Some(workspace), Some(id)) = (&stored.workspace, &stored.sentinel_id) {
            let keys = ["status", "labelName", "providerName", "providerIncidentId", "providerIncidentUrl"];
            evidence.extend(self.answer("sentinel", &format!("{workspace}/{id}"), &keys)?);
            evidence.extend(self.identity_evidence(workspace, id)?);
        }
        Ok(evidence)
    }

    fn answer(&self, side: &'static str, id: &str, keys: &[&str]) -> Result<Option<Evidence>, Fault> {
        Ok(self.store.body(side, id)?.map(|body| Evidence {
            source: side,
            request: body.request,
            read_at: Some(body.read_at),
            path: None,
            lines: around_keys(&body.json, keys),
        }))
    }

    fn identity_evidence(&self, workspace: &str, id: &str) -> Result<Option<Evidence>, Fault> {
        let Some(known) = self.store.identity(workspace, id)?.filter(|known| known.source == "log") else {
            return Ok(None);
        };
        let row = serde_json::json!({ "IncidentName": id, "ProviderIncidentId": known.graph_id });
        Ok(Some(Evidence {
            source: "logs",
            request: format!("SecurityIncident in {workspace}, before the merge"),
            read_at: Some(known.read_at),
            path: None,
            lines: around_keys(&row.to_string(), &["ProviderIncidentId"]),
        }))
    }

    fn path(&self, stored: &StoredRedirect) -> Result<Vec<String>, Fault> {
        let mut path: Vec<String> = Vec::new();
        let mut at = stored.graph_id.clone().or_else(|| stored.next.clone());
        if stored.graph_id.is_none() && stored.sentinel_id.is_some() {
            path.extend(stored.number.map(|number| format!("#{number}")));
        }
        while let Some(id) = at {
            if path.contains(&id) {
                path.push(id);
                break;
            }
            at = self.store.next_hop(&id)?;
            path.push(id);
        }
        Ok(path)
    }
}

/// A reason in a few words.
pub fn short_reason(unresolved: &str) -> &'static str {
    match unresolved {
        "cycle" => "the redirects form a cycle",
        "other_workspace" => "the target lies in another workspace",
        "chain_too_long" => "the chain is followed further at the next sync",
        "target_not_read" => "the target's Defender side is not read yet",
        _ => "the target is not visible",
    }
}

/// What the reason means, with the id that could not be followed.
pub fn reason(stored: &StoredRedirect) -> Option<String> {
    let last = stored.last.as_deref().unwrap_or("none");
    Some(match stored.unresolved.as_deref()? {
        "cycle" => format!("The redirects come back to where they were, by way of {last}."),
        "other_workspace" => {
            format!("Graph answers 404 for {last}; an incident of another workspace carries that id.")
        }
        "chain_too_long" => format!("Read as far as {last}; the next sync goes on from there."),
        "target_not_read" => format!(
            "Merged into {last}, whose Defender side is not read yet: that comes behind the sync, or when this incident \
             is opened."
        ),
        _ if stored.last.is_none() => "The merge is marked, but no target is named.".into(),
        _ => format!("Target {last} is not visible: no right to see it, or past its retention."),
    })
}

fn statement(stored: &StoredRedirect) -> String {
    match stored.known_by.as_str() {
        "both" => "Graph names the next hop, Sentinel the target. Both ways end at the same incident.".into(),
        "disagree" => "The two APIs end at different incidents. Graph's end is shown.".into(),
        "earlier" => "Graph no longer shows this incident; an earlier reading in the cache did.".into(),
        "graph" => "Only Graph names where this incident went.".into(),
        _ if stored.next.is_none() => "Sentinel marks the merge and names no target.".into(),
        _ => "Only Sentinel names where this incident went: no reading from before the merge proves its own \
              Defender id."
            .into(),
    }
}

fn tree(stored: Vec<StoredRedirect>) -> Tree {
    let (resolved, unresolved): (Vec<_>, Vec<_>) = stored.into_iter().partition(|row| row.target.is_some());
    let mut by_target: HashMap<String, Vec<StoredRedirect>> = HashMap::new();
    for row in resolved {
        by_target.entry(row.target.clone().unwrap_or_default()).or_default().push(row);
    }
    let mut groups: Vec<Group> = by_target.into_iter().map(|(target, rows)| group(target, rows)).collect();
    groups.sort_by(|a, b| b.sources.len().cmp(&a.sources.len()).then_with(|| a.target.cmp(&b.target)));
    Tree { unresolved, groups }
}

fn group(target: String, rows: Vec<StoredRedirect>) -> Group {
    let known: HashMap<&str, usize> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((row.graph_id.as_deref()?, at))).collect();
    let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let parent = row.next.as_deref().and_then(|next| known.get(next)).copied();
        children.entry(parent).or_default().push(at);
    }
    // Depth first, first child first; chains may be long, so no recursion.
    let mut open: Vec<(usize, u32)> = roots(&children, None, 1);
    let mut sources = Vec::with_capacity(rows.len());
    while let Some((at, depth)) = open.pop() {
        sources.push(Source { stored: rows[at].clone(), depth });
        open.extend(roots(&children, Some(at), depth + 1));
    }
    Group { target, sources }
}

fn roots(children: &HashMap<Option<usize>, Vec<usize>>, of: Option<usize>, depth: u32) -> Vec<(usize, u32)> {
    children.get(&of).into_iter().flatten().rev().map(|at| (*at, depth)).collect()
}

#[cfg(test)]
mod tests {
    use store::Shown;

    use super::*;

    fn stored(id: &str, next: &str, target: Option<&str>) -> StoredRedirect {
        StoredRedirect {
            key: format!("g:{id}"),
            sentinel_id: None,
            graph_id: Some(id.into()),
            number: None,
            workspace: None,
            next: Some(next.into()),
            target: target.map(Into::into),
            target_sentinel_id: None,
            target_number: None,
            target_workspace: None,
            unresolved: target.is_none().then(|| "cycle".into()),
            last: Some(next.into()),
            hops: 1,
            known_by: "graph".into(),
            shown: Shown::default(),
            target_shown: Shown::default(),
        }
    }

    #[test]
    fn a_source_stands_below_the_one_it_was_merged_into() {
        let rows = vec![
            stored("1", "2", Some("3")),
            stored("2", "3", Some("3")),
            stored("5", "3", Some("3")),
            stored("8", "9", None),
        ];
        let tree = tree(rows);
        let shown: Vec<_> = tree.groups[0]
            .sources
            .iter()
            .map(|source| (source.stored.graph_id.as_deref().unwrap_or_default(), source.depth))
            .collect();
        assert_eq!(shown, [("2", 1), ("1", 2), ("5", 1)]);
        assert_eq!(tree.unresolved.len(), 1);
    }

    #[test]
    fn every_reason_is_a_sentence() {
        for why in ["cycle", "other_workspace", "chain_too_long", "target_not_visible", "target_not_read"] {
            let row = StoredRedirect { unresolved: Some(why.into()), ..stored("1", "2", None) };
            assert!(reason(&row).is_some_and(|text| text.contains('2') && text.ends_with('.')), "{why}");
        }
        assert_eq!(reason(&stored("1", "2", Some("2"))), None);
    }
}

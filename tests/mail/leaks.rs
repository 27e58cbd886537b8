//! Nothing secret shows: not in evidence, not in the log of requests, not in what is kept.

use cloud::Audience;
use domain::secret::Secret;

use crate::traces::Hidden;
use crate::world::World;

/// Pieces of a token are secrets too: evidence is cut at a length, and a cut token is still one.
const PIECE: usize = 32;

fn secrets(texts: &[&str], tokens: &[Secret]) -> Vec<String> {
    let whole = texts.iter().map(|text| (*text).to_owned());
    let pieces = tokens.iter().flat_map(|token| {
        let text = token.expose_text().unwrap();
        // The header is the same for every token of a signer.
        let from = text.find('.').unwrap();
        let pieces = text.as_bytes()[from..].chunks_exact(PIECE);
        pieces.map(|piece| String::from_utf8(piece.to_vec()).unwrap()).collect::<Vec<_>>()
    });
    whole.chain(pieces).collect()
}

fn holds(text: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && memchr::memmem::find(text, needle).is_some()
}

fn given_away<'a>(text: &str, secrets: &'a [String]) -> Vec<&'a String> {
    let shown = |secret: &&String| {
        Hidden::new("secret", secret.as_bytes()).dresses().iter().any(|dress| holds(text.as_bytes(), dress))
    };
    secrets.iter().filter(shown).collect()
}

#[tokio::test]
async fn no_secret_stands_in_evidence_log_or_store() {
    let world = World::start("half-migrated").await;
    let at = world.sandbox.descriptor().clone();
    let good = at.mailboxes.password_ok.clone();
    let runs = [
        world.with_password(&good.user, &good.password),
        world.with_password("alerts@contoso.example", "hunter2-hunter2"),
        world.with_password("ceo@contoso.example", "hunter2-hunter2"),
        world.with_password("audience@contoso.example", "hunter2-hunter2"),
        world.with_password("tenant-off@contoso.example", "hunter2-hunter2"),
    ];
    let mut texts = Vec::new();
    for request in runs {
        texts.push(format!("{request:?}"));
        let ladder = world.run(request).await;
        assert!(ladder.steps.iter().any(|step| step.evidence.len() > 2), "there is evidence to look at");
        texts.push(serde_json::to_string(&ladder).unwrap());
        texts.push(world.scope.store.document("mail").unwrap().expect("it is kept").0);
    }
    texts.push(format!("{:?}", world.scope.requests("", 0, 1_000).unwrap().0));
    let cloud = world.scope.cloud.as_ref().unwrap();
    let tokens = [
        cloud.access_token(Audience::Graph).await.unwrap().secret,
        cloud.access_token(Audience::Exchange).await.unwrap().secret,
    ];
    let secrets = secrets(&[&at.client_secret, &good.password, "hunter2-hunter2"], &tokens);
    assert!(secrets.len() > 20, "the tokens are cut into pieces to look for");
    for text in &texts {
        let shown = given_away(text, &secrets);
        assert!(shown.is_empty(), "{} of {} secrets stand in: {text}", shown.len(), secrets.len());
    }
    assert!(!given_away(&format!("x{}", secrets[0]), &secrets).is_empty(), "the search itself works");
}

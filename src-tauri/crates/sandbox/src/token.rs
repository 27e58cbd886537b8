//! The tokens that the sandbox's Entra signs and its other doors check: RS256 JWTs with a key made at start.
//!
//! The key lives in memory only. Expiry follows the doors' clock, never the story's.
//! Claim names are those of Entra's v1.0 access tokens, for apps and for people
//! (<https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>).

use crate::clock::Clock;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

/// What a token says. `iat` and `exp` are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The resource the token is for, for example `https://graph.microsoft.com`.
    pub aud: String,
    pub appid: String,
    pub tid: String,
    /// Object id of who speaks: the app's service principal, or the person.
    pub oid: String,
    /// Application permissions; empty where a person speaks.
    pub roles: Vec<String>,
    /// Who signed in, where a person did.
    pub person: Option<Person>,
    pub proof: Proof,
    /// Whether what a challenge asked for stood in the request for this token.
    pub answers_challenge: bool,
    /// Whether the client said that it answers challenges (`xms_cc`: `cp1`).
    pub capable: bool,
    pub iat: i64,
    pub exp: i64,
}

impl Claims {
    /// Whether a challenge may meet this token. A person's client says that it answers them; an app's is challenged
    /// whatever it says, so that every way in can meet one here.
    pub fn is_challenged(&self) -> bool {
        !self.answers_challenge && (self.person.is_none() || self.capable)
    }
}

/// A person, and what the app may do in their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub upn: String,
    /// Delegated permissions by their bare names, for example `SecurityIncident.Read.All`.
    pub scopes: Vec<String>,
}

/// How the app proved itself (`appidacr`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A public client proves nothing.
    None = 0,
    Secret = 1,
    Certificate = 2,
}

impl Claims {
    /// Whether the token carries a permission, given to the app or to it in a person's name.
    #[must_use]
    pub fn holds(&self, permission: &str) -> bool {
        self.permissions().any(|own| own == permission)
    }

    /// The token's permissions of either kind.
    pub fn permissions(&self) -> impl Iterator<Item = &str> {
        let scopes = self.person.iter().flat_map(|person| &person.scopes);
        self.roles.iter().chain(scopes).map(String::as_str)
    }
}

/// The claim by which the doors know that a challenge was answered; Microsoft has none for it.
const ANSWERED: &str = "sandbox_challenge_answered";

/// Why a token was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not three base64 parts, not JSON, or a claim is missing.
    #[error("the token is malformed")]
    Malformed,
    /// Signed by somebody else, or changed on the way.
    #[error("the signature does not fit")]
    Signature,
    /// `exp` lies behind the doors' clock.
    #[error("the token has expired")]
    Expired,
}

/// The signing key could not be made.
#[derive(Debug, thiserror::Error)]
#[error("no signing key could be made")]
pub struct NoKey;

/// Signs and checks tokens with one key.
pub struct Signer {
    key: RsaKeyPair,
    kid: String,
    pub clock: Clock,
}

impl Signer {
    /// Makes a fresh 2048-bit key.
    ///
    /// # Errors
    /// [`NoKey`] when the library gives none.
    pub fn new(clock: Clock) -> Result<Self, NoKey> {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| NoKey)?;
        let print = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, key.public_key().as_ref());
        let kid = BASE64.encode(&print.as_ref()[..20]);
        Ok(Self { key, kid, clock })
    }

    /// A compact JWT. Empty only if the library can't sign, which `verify` then calls malformed.
    #[must_use]
    pub fn sign(&self, claims: &Claims) -> String {
        self.sign_json(&body(claims))
    }

    /// A compact JWT of any payload, such as an id token's.
    #[must_use]
    pub fn sign_json(&self, payload: &Value) -> String {
        let head = json!({"typ": "JWT", "alg": "RS256", "x5t": self.kid, "kid": self.kid});
        let text = format!("{}.{}", BASE64.encode(head.to_string()), BASE64.encode(payload.to_string()));
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        match self.key.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature) {
            Ok(()) => format!("{text}.{}", BASE64.encode(signature)),
            Err(_) => String::new(),
        }
    }

    /// Reads a token back, judged by the doors' clock.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        let (text, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
        let (_, payload) = text.split_once('.').ok_or(Refusal::Malformed)?;
        let signature = BASE64.decode(signature).map_err(|_| Refusal::Malformed)?;
        let claims = BASE64
            .decode(payload)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
            .and_then(|value| claims(&value))
            .ok_or(Refusal::Malformed)?;
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key().as_ref())
            .verify(text.as_bytes(), &signature)
            .map_err(|_| Refusal::Signature)?;
        if claims.exp <= self.clock.seconds() {
            return Err(Refusal::Expired);
        }
        Ok(claims)
    }

    /// The key set as `discovery/v2.0/keys` serves it.
    #[must_use]
    pub fn jwks(&self) -> Value {
        let public = self.key.public_key();
        json!({"keys": [{
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": BASE64.encode(public.modulus().big_endian_without_leading_zero()),
            "e": BASE64.encode(public.exponent().big_endian_without_leading_zero()),
        }]})
    }
}

fn body(claims: &Claims) -> Value {
    let issuer = format!("https://sts.windows.net/{}/", claims.tid);
    let mut body = json!({
        "aud": claims.aud,
        "iss": issuer,
        "iat": claims.iat,
        "nbf": claims.iat,
        "exp": claims.exp,
        "appid": claims.appid,
        "appidacr": (claims.proof as u8).to_string(),
        "idp": issuer,
        "oid": claims.oid,
        "sub": claims.oid,
        "tid": claims.tid,
        "ver": "1.0",
    });
    match &claims.person {
        Some(person) => {
            body["idtyp"] = "user".into();
            body["amr"] = json!(["pwd"]);
            body["scp"] = person.scopes.join(" ").into();
            body["unique_name"] = person.upn.clone().into();
            body["upn"] = person.upn.clone().into();
            body["preferred_username"] = person.upn.clone().into();
        }
        None => {
            body["idtyp"] = "app".into();
            body["roles"] = json!(claims.roles);
        }
    }
    if claims.capable {
        body["xms_cc"] = json!(["cp1"]);
    }
    if claims.answers_challenge {
        body[ANSWERED] = true.into();
    }
    body
}

fn claims(value: &Value) -> Option<Claims> {
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    let number = |name: &str| value.get(name)?.as_i64();
    let roles = value.get("roles").and_then(Value::as_array);
    let scopes = |scp: String| scp.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    let proof = match text("appidacr")?.as_str() {
        "1" => Proof::Secret,
        "2" => Proof::Certificate,
        _ => Proof::None,
    };
    Some(Claims {
        aud: text("aud")?,
        appid: text("appid")?,
        tid: text("tid")?,
        oid: text("oid")?,
        roles: roles.into_iter().flatten().filter_map(|role| role.as_str().map(str::to_owned)).collect(),
        person: text("upn").and_then(|upn| Some(Person { upn, scopes: scopes(text("scp")?) })),
        proof,
        answers_challenge: value.get(ANSWERED).is_some(),
        capable: value.get("xms_cc").is_some(),
        iat: number("iat")?,
        exp: number("exp")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(lasts: i64) -> Claims {
        let now = Clock::default().seconds();
        Claims {
            aud: "https://graph.microsoft.com".to_owned(),
            appid: "app".to_owned(),
            tid: "tenant".to_owned(),
            oid: "principal".to_owned(),
            roles: vec!["Mail.Send".to_owned()],
            person: None,
            proof: Proof::Certificate,
            answers_challenge: false,
            capable: false,
            iat: now,
            exp: now + lasts,
        }
    }

    #[test]
    fn a_signed_token_reads_back() {
        let signer = Signer::new(Clock::default()).unwrap();
        let claims = sample(60);
        assert_eq!(signer.verify(&signer.sign(&claims)), Ok(claims));
    }

    #[test]
    fn a_persons_token_reads_back_and_carries_no_roles() {
        let signer = Signer::new(Clock::default()).unwrap();
        let person = Person { upn: "a@contoso.example".to_owned(), scopes: vec!["Mail.Send".to_owned()] };
        let claims = Claims {
            roles: Vec::new(),
            person: Some(person),
            proof: Proof::None,
            answers_challenge: true,
            capable: true,
            ..sample(60)
        };
        assert_eq!(signer.verify(&signer.sign(&claims)), Ok(claims.clone()));
        assert!(body(&claims).get("roles").is_none() && claims.holds("Mail.Send"));
    }

    #[test]
    fn a_clock_that_is_off_judges_by_itself() {
        let ahead = Signer::new(Clock::off_by(time::Duration::hours(1))).unwrap();
        assert_eq!(ahead.verify(&ahead.sign(&sample(60))), Err(Refusal::Expired));
    }

    #[test]
    fn each_refusal_has_its_cause() {
        let signer = Signer::new(Clock::default()).unwrap();
        let other = Signer::new(Clock::default()).unwrap();
        assert_eq!(signer.verify("no token"), Err(Refusal::Malformed));
        assert_eq!(signer.verify(&other.sign(&sample(60))), Err(Refusal::Signature));
        assert_eq!(signer.verify(&signer.sign(&sample(-1))), Err(Refusal::Expired));
    }

    #[test]
    fn the_key_set_names_the_key_that_signs() {
        let signer = Signer::new(Clock::default()).unwrap();
        let token = signer.sign(&sample(60));
        let head = BASE64.decode(token.split('.').next().unwrap()).unwrap();
        let head: Value = serde_json::from_slice(&head).unwrap();
        assert_eq!(head["kid"], signer.jwks()["keys"][0]["kid"]);
    }
}

//! The envelope of a secret in a file: AES-256-GCM under a key from the keychain, bound to the item's name.
//!
//! Never here: a file, a keychain. Layout: eight bytes that say what it is, 12 of nonce, the ciphertext, 16 of tag.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use domain::secret::{Item, Secret};
use zeroize::Zeroizing;

/// Bytes of a seal key.
pub const KEY: usize = 32;

const MARK: &[u8; 8] = b"xwseal1\n";
const TAG: usize = 16;

/// What an envelope adds to its secret.
pub const OVERHEAD: usize = MARK.len() + NONCE_LEN + TAG;

/// A fresh key; `None` where the system gives no randomness.
pub fn new_key() -> Option<Secret> {
    let mut bytes = Zeroizing::new([0u8; KEY]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).ok()?;
    Some(Secret::new(bytes.as_slice()))
}

/// The envelope of `secret`; `None` where `key` is no key. The nonce is random: the key of one connection seals a
/// few thousand times in its life, where NIST's bound is 2³² (SP 800-38D, section 8.3).
pub fn seal(key: &Secret, item: &Item, secret: &Secret) -> Option<Vec<u8>> {
    let key = RandomizedNonceKey::new(&AES_256_GCM, key.expose()).ok()?;
    // With room for the tag, so that the clear bytes are overwritten in place and never left behind by a move.
    let mut body = Zeroizing::new(Vec::with_capacity(secret.len() + TAG));
    body.extend_from_slice(secret.expose());
    let nonce = key.seal_in_place_append_tag(name(item), &mut *body).ok()?;
    Some([MARK.as_slice(), nonce.as_ref(), &body].concat())
}

/// The secret in `envelope`; `None` where it was cut or changed, or was sealed for another item or by another key.
pub fn open(key: &Secret, item: &Item, envelope: &[u8]) -> Option<Secret> {
    let key = RandomizedNonceKey::new(&AES_256_GCM, key.expose()).ok()?;
    let (nonce, body) = envelope.strip_prefix(MARK)?.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut body = Zeroizing::new(body.to_vec());
    let clear = key.open_in_place(nonce, name(item), &mut body).ok()?;
    Some(Secret::new(&*clear))
}

fn name(item: &Item) -> Aad<String> {
    Aad::from(format!("{}/{}", Item::SERVICE, item.account()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::secret::Purpose;

    fn item() -> Item {
        Item::new("contoso", Purpose::RefreshToken)
    }

    #[test]
    fn what_was_sealed_opens_and_shows_nothing() {
        let key = new_key().unwrap();
        let secret = Secret::from("a refresh token");
        let envelope = seal(&key, &item(), &secret).unwrap();
        assert_eq!(envelope.len(), secret.len() + OVERHEAD);
        assert!(!envelope.windows(7).any(|seven| seven == b"refresh"), "the text stands in the envelope");
        assert_eq!(open(&key, &item(), &envelope), Some(secret));
    }

    #[test]
    fn the_same_secret_never_looks_the_same_twice() {
        let key = new_key().unwrap();
        let once = || seal(&key, &item(), &"x".into()).unwrap();
        assert_ne!(once(), once(), "a nonce was used twice");
    }

    #[test]
    fn an_empty_secret_comes_back_empty() {
        let key = new_key().unwrap();
        let envelope = seal(&key, &item(), &"".into()).unwrap();
        assert!(open(&key, &item(), &envelope).is_some_and(|secret| secret.is_empty()));
    }

    #[test]
    fn nothing_but_the_whole_envelope_for_this_item_under_this_key_opens() {
        let key = new_key().unwrap();
        let envelope = seal(&key, &item(), &"a refresh token".into()).unwrap();
        for cut in 0..envelope.len() {
            assert_eq!(open(&key, &item(), &envelope[..cut]), None, "cut to {cut} bytes");
        }
        for changed in 0..envelope.len() {
            let mut other = envelope.clone();
            other[changed] ^= 1;
            assert_eq!(open(&key, &item(), &other), None, "byte {changed} changed");
        }
        assert_eq!(open(&new_key().unwrap(), &item(), &envelope), None, "another key");
        assert_eq!(open(&"short".into(), &item(), &envelope), None, "no key at all");
        for stranger in [Item::new("contoso", Purpose::Certificate), Item::new("fabrikam", item().purpose)] {
            assert_eq!(open(&key, &stranger, &envelope), None, "moved to {}", stranger.account());
        }
    }
}

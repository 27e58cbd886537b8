//! Values that nobody may guess: codes, refresh tokens, passwords. They are no part of what a seed gives.

use aws_lc_rs::rand::fill;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `length` random bytes as text for URLs. Zeros only if the system has no randomness, when nothing else works either.
pub fn text(length: usize) -> String {
    URL_SAFE_NO_PAD.encode(bytes(length))
}

/// Nine letters that are easily told apart, as Entra's device codes are made.
pub fn user_code() -> String {
    const LETTERS: &[u8; 16] = b"BCDFGHJKLMPQRSTV";
    bytes(9).into_iter().map(|byte| char::from(LETTERS[usize::from(byte % 16)])).collect()
}

fn bytes(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    let _ = fill(&mut bytes);
    bytes
}

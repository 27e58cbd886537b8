//! Numbers from a seed: the same (seed, stream, index) gives the same value on every machine.
//!
//! Streams keep two uses apart, so that asking for one thing never shifts another.
//! Nothing here may read a clock or the system's randomness.

/// Folds a word into a state; the finaliser of SplitMix64 (public domain, Vigna 2015).
const fn stir(state: u64, word: u64) -> u64 {
    let mut z = state.wrapping_add(word).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// 64 well-mixed bits for one (seed, stream, index).
#[must_use]
pub fn mix(seed: u64, stream: &str, index: u64) -> u64 {
    let mut state = stir(seed, 0x0063_726f_7373_7761);
    for chunk in stream.as_bytes().chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = stir(state, u64::from_le_bytes(word));
    }
    stir(state, index)
}

/// A value in `0..bound`; 0 where `bound` is 0.
#[must_use]
pub fn below(seed: u64, stream: &str, index: u64, bound: u64) -> u64 {
    mix(seed, stream, index).checked_rem(bound).unwrap_or(0)
}

/// One of `choices`, or `None` of an empty list.
#[must_use]
pub fn pick<'a, T>(seed: u64, stream: &str, index: u64, choices: &'a [T]) -> Option<&'a T> {
    let at = below(seed, stream, index, choices.len() as u64);
    choices.get(usize::try_from(at).unwrap_or(0))
}

/// A run of draws that starts at one (seed, stream, index).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    #[must_use]
    pub fn new(seed: u64, stream: &str, index: u64) -> Self {
        Self(mix(seed, stream, index))
    }

    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = stir(self.0, 1);
        self.0
    }

    /// A value in `0..bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll().checked_rem(bound).unwrap_or(0)
    }

    /// True `share` times in a hundred.
    pub fn chance(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of `choices`; these are tables of ours and never empty, so an empty one ends the program at compile time.
    pub fn of<T: Copy, const N: usize>(&mut self, choices: &[T; N]) -> T {
        const { assert!(N > 0) };
        choices[usize::try_from(self.below(N as u64)).unwrap_or(0)]
    }
}

/// A version-4-shaped GUID in lower case, 36 characters.
#[must_use]
pub fn guid(seed: u64, stream: &str, index: u64) -> String {
    let first = mix(seed, stream, index);
    format_guid(first, stir(first, 0x6775_6964))
}

/// Writes 128 bits as a version-4 GUID.
pub(crate) fn format_guid(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_input_same_value_and_streams_differ() {
        assert_eq!(mix(1, "a", 2), mix(1, "a", 2));
        assert_ne!(mix(1, "a", 2), mix(1, "b", 2), "streams must be apart");
        assert_ne!(mix(1, "a", 2), mix(2, "a", 2), "seeds must be apart");
    }

    #[test]
    fn guids_have_version_and_variant() {
        let guid = guid(1, "incident", 0);
        assert_eq!(guid.len(), 36);
        assert_eq!(&guid[14..15], "4");
        assert!(matches!(&guid[19..20], "8" | "9" | "a" | "b"));
    }
}

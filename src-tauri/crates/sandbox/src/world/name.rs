//! GUIDs that carry the position they were made for, so that a name is found again without an index.

use crate::seed;

/// Bits of the first half that a GUID's version takes the place of.
const VERSION: u64 = 0xf000;

/// The GUID of the incident at a position.
pub fn encode(seed: u64, at: u32) -> String {
    let high = seed::mix(seed, "incident", u64::from(at)) & !VERSION;
    let mask = seed::mix(seed, "mask", high);
    seed::format_guid(high, mask ^ u64::from(at))
}

/// The position that a GUID was made for, if this seed made it.
pub fn decode(seed: u64, guid: &str) -> Option<u32> {
    let digits: String = guid.chars().filter(|letter| *letter != '-').collect();
    if digits.len() != 32 || guid.len() != 36 {
        return None;
    }
    let high = u64::from_str_radix(digits.get(..16)?, 16).ok()? & !VERSION;
    let low = u64::from_str_radix(digits.get(16..)?, 16).ok()?;
    let at = u32::try_from((low ^ seed::mix(seed, "mask", high)) & 0xffff_ffff).ok()?;
    encode(seed, at).eq_ignore_ascii_case(guid).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_strangers_do_not() {
        for at in [0, 1, 77, 1_400_000, u32::MAX] {
            let guid = encode(5, at);
            assert_eq!(decode(5, &guid), Some(at));
            assert_eq!(decode(5, &guid.to_uppercase()), Some(at), "ARM compares without case");
            assert_eq!(decode(6, &guid), None, "another seed's name");
        }
        assert_eq!(decode(5, "73e01a99-5cd7-4139-a149-9f2736ff2ab5"), None);
        assert_eq!(decode(5, "é"), None);
    }
}

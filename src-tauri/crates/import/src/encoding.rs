//! Bytes to text: UTF-8 and UTF-16 of either order, with or without a byte-order mark.

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// The first byte that is no UTF-8, counted from 0.
    Utf8 {
        at: usize,
    },
    Utf16,
}

/// The text, without its mark.
pub fn decode(bytes: &[u8]) -> Result<String, Undecodable> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // JSON opens with an ASCII character, so a zero beside it betrays the width and the order.
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Undecodable> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| Undecodable::Utf8 { at: error.valid_up_to() })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(Undecodable::Utf16);
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| Undecodable::Utf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\"a\": \"ü😀\"}";
        let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(&[0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()),
            marked(&[0xFF, 0xFE], wide(text, u16::to_le_bytes)),
            marked(&[0xFE, 0xFF], wide(text, u16::to_be_bytes)),
            wide(text, u16::to_le_bytes),
            wide(text, u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn broken_text_is_refused_and_not_guessed() {
        assert_eq!(decode(b"{\"a\": \"\xFC\"}"), Err(Undecodable::Utf8 { at: 7 }));
        assert_eq!(decode(&[0xFF, 0xFE, b'{', 0, b'}']), Err(Undecodable::Utf16));
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]), Err(Undecodable::Utf16));
        assert_eq!(decode(b""), Ok(String::new()));
    }
}

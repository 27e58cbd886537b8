//! Redaction of free text: what looks like a credential is replaced by its kind. A token keeps its length, because a
//! length tells a Graph token from an empty string; a password or secret keeps nothing.
//!
//! This is the last net, used on pasted logs and on evidence. Whoever sends a secret replaces it knowingly before.

/// What stands in place of a password or client secret.
pub const HIDDEN: &str = "‹hidden›";

/// `1234567` as `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How a token is shown: its kind and its length.
pub fn token(kind: &str, characters: usize) -> String {
    format!("‹{kind}, {} characters›", grouped(characters))
}

/// The text with everything that looks like a credential replaced.
pub fn redact(text: &str) -> String {
    let mut password_is_next = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let hide = password_is_next && !line.trim().is_empty();
        password_is_next = line.contains("UGFzc3dvcmQ6") || (password_is_next && !hide);
        out.push_str(&if hide { hide_blobs(line) } else { redact_line(line) });
    }
    out
}

/// After `334 UGFzc3dvcmQ6` the next line is the password in base64, whatever a log puts before it.
fn hide_blobs(line: &str) -> String {
    let trimmed = line.trim_end();
    match trimmed.rsplit_once(char::is_whitespace) {
        Some((before, _)) => format!("{before} {HIDDEN}{}", &line[trimmed.len()..]),
        None => format!("{HIDDEN}{}", &line[trimmed.len()..]),
    }
}

fn redact_line(line: &str) -> String {
    let mut text = line.to_owned();
    for key in ["client_secret", "clientsecret", "password", "passwd", "pwd"] {
        text = hide_values(&text, key, |_| HIDDEN.to_owned());
    }
    for key in ["access_token", "refresh_token", "id_token", "client_assertion"] {
        text = hide_values(&text, key, |value| token("token", value.chars().count()));
    }
    text = hide_after(&text, "auth plain ", |_| HIDDEN.to_owned());
    text = hide_after(&text, "auth login ", |_| HIDDEN.to_owned());
    text = hide_after(&text, "auth xoauth2 ", |blob| token("token", blob.len()));
    text = hide_after(&text, "bearer ", |blob| token("token", blob.len()));
    text = hide_after(&text, "basic ", |_| HIDDEN.to_owned());
    hide_tokens(&text)
}

/// Replaces the value of `key=value`, `key: value` and `"key":"value"`.
fn hide_values(text: &str, key: &str, show: impl Fn(&str) -> String) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = lower[from..].find(key).map(|at| from + at) {
        let after = found + key.len();
        let start = value_start(text, after);
        let (begin, end) = match start {
            Some(begin) => (begin, value_end(text, begin)),
            None => (after, after),
        };
        out.push_str(&text[from..begin]);
        if end > begin {
            out.push_str(&show(&text[begin..end]));
        }
        from = end.max(after);
    }
    out.push_str(&text[from..]);
    out
}

/// Where the value begins behind a key: over quotes and blanks, and only past `=` or `:`.
fn value_start(text: &str, after: usize) -> Option<usize> {
    let rest = &text[after..];
    let gap = rest.len() - rest.trim_start_matches(['"', '\'', ' ', '\\']).len();
    let rest = &rest[gap..];
    if !rest.starts_with(['=', ':']) {
        return None;
    }
    let value = rest[1..].trim_start_matches(['"', '\'', ' ', '\\']);
    Some(after + gap + rest.len() - value.len())
}

fn value_end(text: &str, begin: usize) -> usize {
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '&' | ',' | ';' | '<' | '>' | '}' | ')');
    text[begin..].find(stop).map_or(text.len(), |at| begin + at)
}

/// Replaces a blob behind a keyword; a plain short word (as in `AUTH LOGIN XOAUTH2`) is no blob.
fn hide_after(text: &str, keyword: &str, show: impl Fn(&str) -> String) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = lower[from..].find(keyword).map(|at| from + at) {
        let begin = found + keyword.len();
        let end = begin + blob_length(&text[begin..]);
        out.push_str(&text[from..begin]);
        if end > begin && is_blob(&text[begin..end]) {
            out.push_str(&show(&text[begin..end]));
        } else {
            out.push_str(&text[begin..end]);
        }
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

fn blob_length(text: &str) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_' | '.' | '~');
    text.find(|c: char| !inside(c)).unwrap_or(text.len())
}

/// Base64 or token: long, or padded; never a mechanism's name.
fn is_blob(text: &str) -> bool {
    let mechanism = ["XOAUTH2", "LOGIN", "PLAIN", "OAUTHBEARER", "NTLM", "CRAM-MD5"];
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let mixed = text.bytes().any(|b| b.is_ascii_uppercase()) && text.bytes().any(|b| b.is_ascii_lowercase());
    !mechanism.contains(&text)
        && (text.ends_with('=')
            || text.len() >= 20
            || (text.len() >= 6 && (digit || mixed) && !is_word(text)))
}

/// `Authentication`, `authentication`, `AUTHENTICATION`: a word of the language.
fn is_word(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next();
    let rest: String = letters.collect();
    rest.chars().all(char::is_alphabetic) && (rest.to_lowercase() == rest || text.to_uppercase() == text)
}

/// JWTs (`eyJ….….…`) and XOAUTH2 blobs (`dXNlcj0…`) wherever they stand.
fn hide_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ").into_iter().chain(rest.find("dXNlcj0")).min() {
        let length = blob_length(&rest[at..]);
        out.push_str(&rest[..at]);
        let blob = &rest[at..at + length];
        // Without a dot it is base64 of some other JSON, such as the challenge of a refused XOAUTH2.
        if length >= 20 && (blob.contains('.') || blob.starts_with("dXNlcj0")) {
            out.push_str(&token("token", length));
        } else {
            out.push_str(blob);
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const JWT: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoIn0.c2lnbmF0dXJl";

    #[test]
    fn no_credential_survives_in_any_of_its_usual_places() {
        let lines = [
            "client_id=5f0c&client_secret=Sup3r~S3cret.Value&scope=x",
            r#"{"client_secret":"Sup3r~S3cret.Value"}"#,
            r#"{\"client_secret\": \"Sup3r~S3cret.Value\"}"#,
            "Password = Sup3r~S3cret.Value",
            "Server=db;Uid=app;Pwd=Sup3r~S3cret.Value;",
            "C: AUTH PLAIN Sup3r~S3cret.Value",
            "C: AUTH LOGIN Sup3r~S3cret.Value",
            "Authorization: Basic Sup3r~S3cret.Value",
            "334 UGFzc3dvcmQ6\nSup3r~S3cret.Value\n535 5.7.3 no",
            "S: 334 UGFzc3dvcmQ6\nC: Sup3r~S3cret.Value",
            "> 334 UGFzc3dvcmQ6\r\n\r\n< Sup3r~S3cret.Value\r\n",
        ];
        for line in lines {
            let redacted = redact(line);
            assert!(!redacted.contains("Sup3r"), "{line} became {redacted}");
            assert!(redacted.contains(HIDDEN), "{line} became {redacted}");
        }
    }

    #[test]
    fn a_token_keeps_its_kind_and_length_alone() {
        for line in [
            format!("Authorization: Bearer {JWT}"),
            format!("user=a@contoso.com\u{1}auth=Bearer {JWT}\u{1}\u{1}"),
            format!("access_token={JWT}"),
            format!("the token was {JWT}, sent at noon"),
            "C: AUTH XOAUTH2 dXNlcj1hQGNvbnRvc28uY29tAWF1dGg9QmVhcmVyIGFiYwEB".to_owned(),
        ] {
            let redacted = redact(&line);
            assert!(redacted.contains("characters›"), "{redacted}");
            assert!(!redacted.contains("eyJ") && !redacted.contains("dXNlcj"), "{redacted}");
        }
        assert_eq!(token("Bearer", 2213), "‹Bearer, 2,213 characters›");
    }

    #[test]
    fn what_isnt_a_credential_stays_as_it_is() {
        for line in [
            "250-AUTH LOGIN XOAUTH2",
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value",
            "334 VXNlcm5hbWU6",
            "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=",
            "the password is wrong",
            "AUTH LOGIN",
            "Bearer authentication is required",
            "",
        ] {
            assert_eq!(redact(line), line);
        }
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!([7, 999, 1000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}

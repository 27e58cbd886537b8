//! Moments as ticks of 100 ns since 1970 in UTC, written and read the way Microsoft's APIs do.
//!
//! Microsoft writes 0 to 7 fractional digits; so does [`write`], by leaving trailing zeros out.
//! It is written by hand because an answer of 1,000 incidents holds 4,000 of them.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Ticks of 100 ns since 1970-01-01T00:00:00Z.
pub type Ticks = i64;

/// Ticks in a second.
pub const SECOND: Ticks = 10_000_000;
/// Ticks in a day.
pub const DAY: Ticks = 86_400 * SECOND;

/// The ticks of a time; 100 ns are the finest step.
#[must_use]
pub fn of(time: OffsetDateTime) -> Ticks {
    i64::try_from(time.unix_timestamp_nanos() / 100).unwrap_or(i64::MAX)
}

/// Reads RFC 3339 text, or a bare date.
#[must_use]
pub fn read(text: &str) -> Option<Ticks> {
    let full = if text.len() == 10 {
        format!("{text}T00:00:00Z")
    } else {
        text.replace(' ', "+") // a `+` in a query string that nobody escaped
    };
    OffsetDateTime::parse(&full, &Rfc3339).ok().map(of)
}

/// Appends `2026-08-03T11:22:33.4455667Z`, without trailing zeros in the fraction.
pub fn write(out: &mut String, ticks: Ticks) {
    let (days, rest) = (ticks.div_euclid(DAY), ticks.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let seconds = rest / SECOND;
    digits(out, year, 4);
    for (mark, value) in
        [('-', month), ('-', day), ('T', seconds / 3600), (':', seconds / 60 % 60), (':', seconds % 60)]
    {
        out.push(mark);
        digits(out, value, 2);
    }
    fraction(out, rest % SECOND);
    out.push('Z');
}

/// [`write`] into a string of its own.
#[must_use]
pub fn text(ticks: Ticks) -> String {
    let mut out = String::with_capacity(28);
    write(&mut out, ticks);
    out
}

fn fraction(out: &mut String, ticks: Ticks) {
    if ticks == 0 {
        return;
    }
    out.push('.');
    digits(out, ticks, 7);
    out.truncate(out.trim_end_matches('0').len());
}

fn digits(out: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = value / 10i64.pow(place) % 10;
        out.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
    }
}

/// Year, month and day of a day number (Hinnant, "chrono-compatible low-level date algorithms", public domain).
const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * index + 2) / 5 + 1;
    let month = if index < 10 { index + 3 } else { index - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_microsoft_does_and_reads_back() {
        for sample in [
            "2026-11-24T00:00:00Z",
            "2024-02-29T23:59:59.1Z",
            "2026-08-03T11:22:33.4455667Z",
            "1999-12-31T12:00:00.05Z",
        ] {
            assert_eq!(text(read(sample).unwrap()), sample);
        }
    }

    #[test]
    fn offsets_dates_and_nonsense() {
        assert_eq!(read("2026-01-01T01:00:00+01:00"), read("2026-01-01"));
        assert_eq!(read("yesterday"), None);
    }
}

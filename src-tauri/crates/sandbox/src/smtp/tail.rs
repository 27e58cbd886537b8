//! Exchange's names and its tail: `[AM0PR02CA0134.eurprd02.prod.outlook.com 2024-07-11T11:46:49.042Z 08DCA18218166FB4]`.

use time::OffsetDateTime;
use time::macros::format_description;

/// The front door as it names itself.
pub(super) const DOOR: &str = "AM0PR02CA0134.outlook.office365.com";
const HOST: &str = "AM0PR02CA0134.eurprd02.prod.outlook.com";

/// The tail of a refusal: host, real time, and an id that counts up.
pub(super) fn tail(number: u64) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    let now = OffsetDateTime::now_utc().format(&format).unwrap_or_default();
    format!("[{HOST} {now} {:016X}]", 0x08DE_2B1C_0000_0000_u64 + number)
}

/// `Thu, 11 Jul 2024 11:46:42 +0000`.
pub(super) fn banner_date() -> String {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] +0000"
    );
    OffsetDateTime::now_utc().format(&format).unwrap_or_default()
}

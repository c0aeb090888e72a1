//! Times as the request rules need them: seconds, and the ends of days people speak of.

use super::words::LEXICON;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;

/// The days from a Monday to the first day of the Unix epoch, a Thursday.
const EPOCH_WEEKDAY: i64 = 3;

/// Seconds since the Unix epoch of an RFC 3339 time.
pub(super) fn read(time: &str) -> Option<i64> {
    OffsetDateTime::parse(time, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// When the day a sentence names, spoken at `said`, is over (UTC); `None` when it names none.
pub(super) fn named_day_end(sentence: &str, said: i64) -> Option<i64> {
    let today = said.div_euclid(DAY);
    if !LEXICON.tomorrow.find(sentence).is_empty() {
        return Some((today + 2) * DAY);
    }
    let named = LEXICON.weekdays.find(sentence).first()?.key;
    let until = (named - (today + EPOCH_WEEKDAY)).rem_euclid(7);
    Some((today + until + 1) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_ends_at_midnight() {
        let monday = read("2026-05-04T08:30:00Z").unwrap();
        assert_eq!(named_day_end("by friday please", monday), read("2026-05-09T00:00:00Z"));
        assert_eq!(named_day_end("by Monday", monday), read("2026-05-05T00:00:00Z"));
        assert_eq!(named_day_end("until tomorrow", monday), read("2026-05-06T00:00:00Z"));
        assert_eq!(named_day_end("some day", monday), None);
    }

    #[test]
    fn only_rfc_3339_is_a_time() {
        assert_eq!(read("2026-05-04T10:30:00+02:00"), read("2026-05-04T08:30:00Z"));
        assert_eq!((read("yesterday"), read("2026-05-04"), read("")), (None, None, None));
    }
}

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

/// The hour an evening begins, in seconds of the day.
const EVENING: i64 = 64_800;

/// When the time a sentence gives, spoken at `said`, is over (UTC): `in four hours`, `by Friday`; `None` when it gives none.
pub(super) fn named_end(sentence: &str, said: i64) -> Option<i64> {
    named_span(sentence).map(|span| said + span).or_else(|| named_day_end(sentence, said))
}

/// The first stretch of time in a sentence, in seconds: a number and what it counts.
fn named_span(sentence: &str) -> Option<i64> {
    let mut number = None;
    for word in sentence.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = word.get(digits.len()..).unwrap_or_default();
        let counted = if digits.is_empty() { number } else { digits.parse().ok() };
        if let (Some(number), Some(span)) = (counted, LEXICON.spans.get(unit)) {
            return Some(span.saturating_mul(number).min(366 * DAY));
        }
        number = LEXICON.numbers.get(&word).copied().or_else(|| word.parse().ok());
    }
    None
}

/// When the day a sentence names, spoken at `said`, is over (UTC); `None` when it names none.
fn named_day_end(sentence: &str, said: i64) -> Option<i64> {
    let today = said.div_euclid(DAY);
    if !LEXICON.evening.find(sentence).is_empty() {
        return Some((today * DAY + EVENING).max(said));
    }
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
    fn a_stretch_of_time_is_counted() {
        let said = read("2026-05-04T08:30:00Z").unwrap();
        let end = |sentence| named_end(sentence, said).map(|end| end - said);
        assert_eq!(end("in four hours"), Some(14_400));
        assert_eq!(end("nach 30 Minuten"), Some(1_800));
        assert_eq!(end("within 2h"), Some(7_200));
        assert_eq!(end("by tonight"), Some(34_200));
        assert_eq!(end("in 4 shops"), None);
        assert_eq!(end("99999999999999999999 days"), None);
    }

    #[test]
    fn only_rfc_3339_is_a_time() {
        assert_eq!(read("2026-05-04T10:30:00+02:00"), read("2026-05-04T08:30:00Z"));
        assert_eq!((read("yesterday"), read("2026-05-04"), read("")), (None, None, None));
    }
}

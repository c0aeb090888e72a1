//! Reads forms: lines of a key, a colon and a value, of which one names a role or a right and one who is to get it.

use super::clause::{Clause, is_object, is_recipient};
use crate::instruction::language::{Class, Gap, Passage, TABLE};
use std::ops::Range;

/// Words a key may have.
const KEY: usize = 4;

/// Lines of a form that are read.
const LINES: usize = 40;

/// Objects a key may name.
const HELD: [&str; 6] = ["superuser", "admin-role", "role", "permission", "access", "group"];

/// The roles and rights that the lines of `passage` give.
pub(super) fn read(passage: &Passage) -> Vec<Clause> {
    let lines: Vec<(Range<usize>, Range<usize>)> = lines(passage);
    let keyed = |key: &Range<usize>, class| passage.find_class(key, class).is_some();
    let gives = |key: &Range<usize>| keyed(key, Class::Granted) || keyed(key, Class::Titles);
    let grantee = lines.iter().find(|(key, value)| keyed(key, Class::Grantee) && !gives(key) && !value.is_empty());
    let held = lines.iter().filter(|(key, value)| gives(key) && !value.is_empty() && !passage.is_class(value.start, Class::Denying));
    held.filter_map(|(key, value)| {
        let marks = passage.marks_in(&(value.start..value.end)).iter().chain(passage.marks_in(key));
        let known = passage.marks_in(value).iter().flat_map(|mark| passage.senses(mark)).find_map(is_recipient);
        let named = || {
            (grantee.is_some() || keyed(key, Class::Titles) && value.clone().any(|place| is_somebody(passage, place)))
                .then(|| TABLE.named("person"))
                .flatten()
        };
        let objects =
            marks.flat_map(|mark| passage.senses(mark)).filter_map(is_object).filter(|object| HELD.contains(&TABLE.concept(*object)));
        let object = objects.min_by_key(|object| TABLE.rank(*object)).or_else(|| TABLE.named("role"));
        let recipient = known.or_else(named)?;
        Some(Clause { words: key.start..value.end, verb: "give", object, recipient: Some(recipient), scope: None, tacit: true })
    })
    .collect()
}

/// Whether the word at `place` of a value may be somebody's name.
fn is_somebody(passage: &Passage, place: usize) -> bool {
    passage.words.get(place).is_some_and(|word| word.capital && !word.digits && TABLE.everyday(word) == 0)
        && passage.mark_at(place).is_none()
}

/// The keys and values of the lines that have both.
fn lines(passage: &Passage) -> Vec<(Range<usize>, Range<usize>)> {
    let colons = (1..passage.words.len()).filter(|place| passage.gap(*place) == Gap::Colon);
    let begins = |place: usize| place == 0 || matches!(passage.gap(place), Gap::Line | Gap::Stop | Gap::Colon);
    let keys: Vec<Range<usize>> = colons
        .take(LINES)
        .filter_map(|colon| {
            let start = (colon.saturating_sub(KEY)..colon).rev().find(|place| begins(*place))?;
            Some(start..colon)
        })
        .collect();
    let ends = keys.iter().skip(1).map(|key| key.start).chain([passage.words.len()]);
    keys.iter().zip(ends).map(|(key, end)| (key.clone(), key.end..end.max(key.end))).collect()
}

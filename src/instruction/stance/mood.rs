//! What the form of a sentence says of code in it: whether it tells, or states something in which the code is only named.
//!
//! Cues are words somebody thought of. The form needs none of them: `every second tutorial tells beginners to type …` has a
//! subject and a verb that states, and nothing in it speaks to the reader.

use crate::instruction::language::{Class, Cue, Gap, Order, Passage, Sentence, TABLE, Word};
use std::ops::Range;

/// Words after code in which a verb may make the code its subject, and something its object: `… fixes it`.
const NEAR: usize = 2;

/// Whether `sentence` only names the code at `place`: as a part of a statement, or as what the statement is about.
pub(super) fn names(passage: &Passage, sentence: &Sentence, place: &Range<usize>) -> bool {
    if TABLE.order(passage.language) == Order::Tail {
        return false;
    }
    let parts = (sentence.words.start + 1..=place.start).rev();
    let start = parts.into_iter().find(|at| passage.gap(*at) >= Gap::Arrow).unwrap_or(sentence.words.start);
    let (before, rest) = (start..place.start, place.end..sentence.words.end);
    if addresses(passage, &before, start == sentence.words.start) || offers(passage, &rest) {
        return false;
    }
    // Where a bare command ends is a guess: the word after it may be one of its own.
    let coded = passage.words.get(place.start).is_some_and(|word| word.code);
    is_statement(passage, &before) || (coded && is_subject(passage, &rest))
}

/// Whether the words before code speak to the reader: a request, a verb at the head of its clause, `you`.
pub(super) fn addresses(passage: &Passage, words: &Range<usize>, opens: bool) -> bool {
    if passage.find_class(words, Class::Polite).is_some() {
        return true;
    }
    let marks = passage.marks_in(words);
    marks.iter().enumerate().any(|(at, mark)| {
        let is = |cue| passage.is(mark, cue);
        let long = mark.end - mark.first > 1;
        let head = (mark.first == words.start && opens) || passage.gap(mark.first) >= Gap::Comma;
        let led =
            || at.checked_sub(1).and_then(|at| marks.get(at)).is_some_and(|last| last.end == mark.first && passage.is(last, Cue::Lead));
        let polite = is(Cue::Lead) && (long || !passage.is_everyday(mark.first));
        is(Cue::Suggest)
            || is(Cue::Reader)
            || is(Cue::Success)
            || is(Cue::Passive)
            || polite
            || (is(Cue::Endorse) && (long || head || led()))
    })
}

/// Whether the words after code say that it works, or what the reader then does or has.
fn offers(passage: &Passage, rest: &Range<usize>) -> bool {
    [Cue::Success, Cue::Reader, Cue::Passive].into_iter().any(|cue| passage.has(rest, cue))
}

/// Whether `words` hold a subject or a verb of a statement.
pub(super) fn is_statement(passage: &Passage, words: &Range<usize>) -> bool {
    words.clone().filter_map(|place| Some((place, passage.words.get(place)?))).any(|(place, word)| {
        let known = |place: usize| passage.words.get(place).is_some_and(|word| TABLE.everyday(word) > 0);
        let ends = || place > words.start && TABLE.ends_as(word, Class::States, passage.language) && !known(place - 1);
        !word.code && (TABLE.is(word, Class::States, passage.language) || ends())
    })
}

/// Whether the word after code says something of it: `… makes the server answer`; but not `… fixes it`.
fn is_subject(passage: &Passage, rest: &Range<usize>) -> bool {
    let Some(next) = passage.words.get(rest.start).filter(|next| !rest.is_empty() && next.gap <= Gap::Bracket && !next.code) else {
        return false;
    };
    let acts = TABLE.is(next, Class::States, passage.language) || says_of(passage, next, rest.start);
    let cures = passage.marks_in(&(rest.start + 1..rest.end.min(rest.start + 1 + NEAR))).iter().any(|mark| passage.is(mark, Cue::Pointer));
    acts && !cures
}

fn says_of(passage: &Passage, word: &Word, place: usize) -> bool {
    let whole = TABLE.is(word, Class::Predicates, passage.language);
    whole || TABLE.ends_as(word, Class::Predicates, passage.language) && !passage.is_everyday(place)
}

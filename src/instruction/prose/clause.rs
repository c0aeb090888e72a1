//! What a telling verb acts on: the object, who gains or loses by it, and how far the clause reaches.

use super::told::Told;
use crate::instruction::language::{Cue, Form, Gap, Mark, Order, Passage, Sense, Sentence, TABLE};
use std::ops::Range;

/// Words a clause may have after its verb.
const REACH: usize = 18;
/// Words in brackets that a clause goes on after.
const ASIDE: usize = 3;

/// A verb with what it acts on.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Its words, as places in the passage.
    pub words: Range<usize>,
    /// The verb concept's name.
    pub verb: &'static str,
    /// The object concept.
    pub object: Option<u16>,
    /// The recipient concept.
    pub recipient: Option<u16>,
    /// What it is done to, as bytes of the content: the first code in the clause.
    pub scope: Option<Range<usize>>,
}

/// The clause of `verb` in `sentence`; none when nothing in it is about access.
pub(super) fn around(passage: &Passage, sentence: &Sentence, verb: &Told) -> Option<Clause> {
    let reach = reach(passage, sentence, verb);
    let object = object(passage, &reach, verb).or_else(|| {
        let switches = matches!(TABLE.concept(verb.concept), "set" | "enable" | "disable" | "allow");
        let menus =
            switches && (passage.has(&sentence.words, Cue::Menu) || sentence.words.clone().any(|place| passage.gap(place) == Gap::Arrow));
        menus.then(|| object(passage, &(sentence.words.start..reach.end), verb)).flatten()
    });
    let recipient = concepts(passage, &reach, verb, is_recipient).map(|(_, concept)| concept).next();
    let scope = reach.clone().filter_map(|place| passage.words.get(place)).find(|word| word.code).map(|word| word.start..word.end);
    let object = object.or_else(|| recipient.and_then(|_| named(passage, &reach)));
    if object.is_none() && recipient.is_none() {
        return None;
    }
    Some(Clause { words: reach.clone(), verb: concept(passage, &reach, verb), object, recipient, scope })
}

/// The concept of something known by a name alone, after who it is about: `add me to ‹bq-readers›`. A file or a path is
/// no such thing.
fn named(passage: &Passage, reach: &Range<usize>) -> Option<u16> {
    let who = passage.marks_in(reach).iter().find(|mark| passage.senses(mark).any(|sense| is_recipient(sense).is_some()))?;
    let mut code = (who.end..reach.end).filter_map(|place| passage.words.get(place)).filter(|word| word.code).peekable();
    let plain = code.peek().is_some() && code.all(|word| !word.dotted);
    if plain { TABLE.named("named") } else { None }
}

/// The words of the clause: what follows the verb, what precedes it where verbs close or may stand anywhere.
fn reach(passage: &Passage, sentence: &Sentence, verb: &Told) -> Range<usize> {
    let free = TABLE.order(passage.language) == Order::Free;
    let (mut start, mut end) = (verb.mark.first, verb.mark.end);
    if verb.closing || verb.passive || free {
        let limit = sentence.words.start.max(start.saturating_sub(REACH));
        while start > limit && passage.gap(start) < Gap::Comma {
            start -= 1;
        }
    }
    if !verb.closing || free {
        let limit = sentence.words.end.min(end + REACH);
        while end < limit && !parts(passage, end, verb) {
            end += 1;
        }
    }
    start..end.max(start + 1)
}

/// Whether the clause of `verb` ends before the word at `place`.
fn parts(passage: &Passage, place: usize, verb: &Told) -> bool {
    let gap = passage.gap(place);
    if matches!(gap, Gap::Comma) || gap >= Gap::Dash {
        return place > verb.mark.first;
    }
    if gap == Gap::Bracket && !(1..=ASIDE).any(|words| passage.gap(place + words) == Gap::Bracket) {
        return place > verb.mark.first;
    }
    let Some(mark) = passage.mark_at(place) else { return false };
    let verb_follows = passage.senses(mark).any(|sense| matches!(sense, Sense::Verb(_, Form::Tell)));
    let opens = gap >= Gap::Bracket || passage.mark_before(place).is_some_and(|before| passage.is(before, Cue::Lead));
    passage.is(mark, Cue::Condition) || (verb_follows && opens)
}

/// The most telling object in `reach`, the nearest of equals.
fn object(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let whole = concepts(passage, reach, verb, is_object).filter(|(mark, _)| !passage.is_modifier(mark));
    whole.map(|(_, concept)| concept).min_by_key(|concept| TABLE.rank(*concept))
}

fn is_object(sense: Sense) -> Option<u16> {
    if let Sense::Object(concept) = sense { Some(concept) } else { None }
}

fn is_recipient(sense: Sense) -> Option<u16> {
    if let Sense::Recipient(concept) = sense { Some(concept) } else { None }
}

fn concepts<'a>(
    passage: &'a Passage,
    reach: &Range<usize>,
    verb: &Told,
    pick: fn(Sense) -> Option<u16>,
) -> impl Iterator<Item = (&'a Mark, u16)> + 'a {
    let verb = verb.mark;
    let others = passage.marks_in(reach).iter().filter(move |mark| mark.first != verb.first || verb.end == verb.first);
    others.flat_map(move |mark| passage.senses(mark).filter_map(pick).map(move |concept| (mark, concept)))
}

/// The verb's concept: one that only sets says by the value whether it switches on or off.
fn concept(passage: &Passage, reach: &Range<usize>, verb: &Told) -> &'static str {
    let name = TABLE.concept(verb.concept);
    if name != "set" {
        return name;
    }
    let says = |cue| {
        let mut marks = passage.marks_in(reach).iter().filter(|mark| passage.is(mark, cue));
        marks.any(|mark| mark.end - mark.first > 1 || mark.end == reach.end || passage.gap(mark.end) > Gap::None || cue == Cue::Off)
    };
    match (says(Cue::Off), says(Cue::On)) {
        (true, _) => "disable",
        (_, true) => "enable",
        _ => name,
    }
}

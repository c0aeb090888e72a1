//! Which verbs of a sentence tell somebody to do something.

use crate::instruction::language::{Cue, Form, Gap, Mark, Order, Passage, Sense, Sentence, TABLE};

/// Words that may stand between `could` and the verb it asks for: `could one of the owners please add`.
const REACH: usize = 5;

/// A verb that tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Where it stands.
    pub mark: Mark,
    /// Its concept.
    pub concept: u16,
    /// Whether what it acts on stands before it.
    pub closing: bool,
    /// Whether what it acts on may stand before it too.
    pub passive: bool,
}

/// The verbs of `sentence` that tell, in order.
pub(super) fn verbs(passage: &Passage, sentence: &Sentence) -> Vec<Told> {
    let marks = passage.marks_in(&sentence.words);
    let mut told = Vec::new();
    for (place, mark) in marks.iter().enumerate() {
        let before = marks.get(..place).unwrap_or_default();
        let verb = passage.senses(mark).find_map(|sense| match sense {
            Sense::Verb(concept, form) if tells(passage, sentence, before, mark, form) => {
                Some(Told { mark: *mark, concept, closing: form == Form::Closing, passive: form == Form::Done })
            }
            _ => None,
        });
        told.extend(verb.or_else(|| idiom(passage, mark)));
    }
    told
}

/// A phrase that tells without a verb.
fn idiom(passage: &Passage, mark: &Mark) -> Option<Told> {
    let concept = passage.is(mark, Cue::Idiom).then(|| TABLE.named("set")).flatten()?;
    Some(Told { mark: mark.emptied(), concept, closing: false, passive: false })
}

fn tells(passage: &Passage, sentence: &Sentence, before: &[Mark], mark: &Mark, form: Form) -> bool {
    match form {
        Form::Closing => !reports(passage, mark) && !supposed(passage, before, mark),
        Form::Tell if TABLE.order(passage.language) == Order::Free => before.last().is_none_or(|last| !passage.is(last, Cue::Condition)),
        Form::Tell if follows(passage, before, mark, &[Cue::Passive]) => false,
        Form::Tell => {
            at_head(passage, sentence, mark)
                || follows(passage, before, mark, &[Cue::Lead, Cue::Endorse, Cue::Contrast])
                || asked(passage, before, mark)
                || placed(passage, sentence, before, mark)
                || stepped(passage, sentence, mark)
                || passage.is(mark, Cue::Suggest)
        }
        Form::Doing => follows(passage, before, mark, &[Cue::Suggest, Cue::Endorse]),
        Form::Done => follows(passage, before, mark, &[Cue::Passive]),
    }
}

/// Whether `mark` opens a clause and goes on, after a `, please,` too: `Grant, could you …` names somebody.
fn at_head(passage: &Passage, sentence: &Sentence, mark: &Mark) -> bool {
    let opens = mark.first == sentence.words.start || passage.gap(mark.first) >= Gap::Bracket;
    let polite = || passage.gap(mark.end) == Gap::Comma && passage.mark_at(mark.end).is_some_and(|next| passage.is(next, Cue::Lead));
    opens && mark.end < sentence.words.end && (passage.gap(mark.end) <= Gap::Bracket || polite())
}

/// Whether the phrase right before `mark` is one of `cues`, and no condition.
fn follows(passage: &Passage, before: &[Mark], mark: &Mark, cues: &[Cue]) -> bool {
    let near = before.last().filter(|last| last.end == mark.first && passage.gap(mark.first) <= Gap::Line);
    let Some(last) = near else { return false };
    let conditional = passage.is(last, Cue::Condition)
        || before.iter().rev().nth(1).is_some_and(|earlier| earlier.end == last.first && passage.is(earlier, Cue::Condition));
    !conditional && cues.iter().any(|cue| passage.is(last, *cue))
}

/// Whether a closing verb goes on as the report of what was done: `…公開してしまいました`.
fn reports(passage: &Passage, mark: &Mark) -> bool {
    let joined = passage.gap(mark.end) == Gap::None;
    joined && passage.mark_at(mark.end).is_some_and(|next| passage.is(next, Cue::Report))
}

/// Whether a path through menus leads up to `mark`: `Share → General access choose …`.
fn stepped(passage: &Passage, sentence: &Sentence, mark: &Mark) -> bool {
    let near = sentence.words.start.max(mark.first.saturating_sub(REACH))..mark.first;
    near.rev().map(|place| passage.gap(place)).find(|gap| *gap >= Gap::Comma) == Some(Gap::Arrow)
}

/// Whether a closing verb stands in a clause that opens with a condition, where verbs may stand at the head too: `als we … geven`.
fn supposed(passage: &Passage, before: &[Mark], mark: &Mark) -> bool {
    let opens = |earlier: &&Mark| earlier.first == 0 || passage.gap(earlier.first) >= Gap::Comma;
    TABLE.order(passage.language) == Order::Head
        && before
            .iter()
            .rev()
            .take_while(|earlier| (earlier.end..=mark.first).all(|place| passage.gap(place) < Gap::Comma))
            .any(|earlier| opens(&earlier) && passage.is(earlier, Cue::Condition))
}

/// Whether a clause opens with where to do it, or whom to have do it, right before `mark`: `in PermHub add …`, `ask Kim to add …`. What
/// ends in an everyday word, such as `in March we`, names who does it.
fn placed(passage: &Passage, sentence: &Sentence, before: &[Mark], mark: &Mark) -> bool {
    let goes_on = mark.end < sentence.words.end && passage.gap(mark.end) <= Gap::Bracket;
    let opens = |earlier: &Mark| earlier.first == sentence.words.start || passage.gap(earlier.first) >= Gap::Comma;
    let Some(opening) = before.iter().rev().take(REACH).find(|earlier| opens(earlier)).filter(|_| goes_on) else { return false };
    let near = (2..=REACH).contains(&(mark.first - opening.first))
        && (opening.first + 1..=mark.first).all(|place| passage.gap(place) < Gap::Comma);
    let last = mark.first.checked_sub(1).and_then(|place| passage.words.get(place));
    let named = last.is_some_and(|word| TABLE.everyday(word) >> passage.language & 1 == 0);
    let asks = before.iter().any(|earlier| earlier.first > opening.first && passage.is(earlier, Cue::Ask));
    near && ((passage.is(opening, Cue::Place) && named) || (passage.is(opening, Cue::Delegate) && !asks))
}

/// Whether a request stands a few words before `mark`, with nothing between that parts them.
fn asked(passage: &Passage, before: &[Mark], mark: &Mark) -> bool {
    before.iter().rev().take(REACH + 1).any(|earlier| {
        passage.is(earlier, Cue::Suggest)
            && mark.first - earlier.end.min(mark.first) <= REACH
            && (earlier.end..=mark.first).all(|place| passage.gap(place) <= Gap::Bracket)
    })
}

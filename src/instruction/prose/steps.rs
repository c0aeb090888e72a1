//! Reads steps through a user interface that tell without a verb: `Share → General access → Anyone with the link`.
//!
//! Menus and buttons have names nobody can list. What counts is how the path ends, with who gains or what they become,
//! and that it leads through a place where such things are settled.

use super::told::Told;
use crate::instruction::language::{Cue, Form, Gap, Mark, Passage, Sense, Sentence, TABLE};
use crate::markdown::Block;
use std::ops::Range;

/// Words a button may have after its verb: `Add members`.
const BUTTON: usize = 2;

/// Words an element of a path may have.
const LABEL: usize = 8;

/// Concepts that say what somebody or something becomes.
const ENDS: [&str; 6] = ["public-visibility", "private-visibility", "ownership", "superuser", "admin-role", "role"];
/// Concepts that say who gains when it is many.
const MANY: [&str; 2] = ["everyone", "organisation"];

/// What a path tells.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its words, as places in the passage.
    pub words: Range<usize>,
    /// What it amounts to: the concept of a verb.
    pub verb: &'static str,
    /// What somebody or something becomes.
    pub object: Option<u16>,
    /// Who gains.
    pub recipient: Option<u16>,
}

/// Whether `block` may hold such a path.
pub(super) fn may_lead(block: &Block) -> bool {
    let text = block.text.as_str();
    (block.words().has_sign(b">") && text.contains(" > ")) || !text.is_ascii() && text.contains(['→', '›', '»', '➜', '⇒', '▸'])
}

/// The path of `sentence`, when it tells by how it ends and no verb of `told` in it does.
pub(super) fn read(passage: &Passage, sentence: &Sentence, told: &[Told]) -> Option<Step> {
    let words = path(passage, sentence)?;
    let last = words.clone().rev().find(|place| passage.gap(*place) == Gap::Arrow)?;
    let gate = passage.has(&words, Cue::Gate)
        || concepts(passage, &words).any(|(_, name)| matches!(name, "role" | "permission" | "access" | "admin-role" | "group"));
    if !gate {
        return None;
    }
    let told = told.iter().any(|verb| words.contains(&verb.mark.first) && !passage.is(&verb.mark, Cue::Gate));
    let middle = words.clone().find(|place| passage.gap(*place) == Gap::Arrow)?;
    let recipient = recipients(passage, &(middle..words.end)).find(|concept| MANY.contains(&TABLE.concept(*concept)));
    let ends = |reach: Range<usize>| {
        concepts(passage, &reach).filter(|(_, name)| ENDS.contains(name)).map(|(concept, name)| (TABLE.rank(concept), concept, name)).min()
    };
    let public = ends(middle..words.end).filter(|(_, _, name)| recipient.is_some() || *name == "public-visibility");
    let end = public.or_else(|| ends(last..words.end));
    let adds = (words.clone()).any(|place| passage.mark_at(place).is_some_and(|mark| adds(passage, mark)));
    let (verb, object) = match end {
        Some((_, concept, "ownership")) => ("transfer", Some(concept)),
        Some((_, concept, "public-visibility" | "private-visibility")) => ("set", Some(concept)),
        Some((_, concept, _)) if adds || recipient.is_some() => ("give", Some(concept)),
        _ if recipient.is_some() => ("set", TABLE.named("label")),
        _ if words.clone().any(|place| is_button(passage, &words, place)) => ("give", TABLE.named("access")),
        _ => return None,
    };
    // A verb among the steps says it better, except where the end alone says that it is for all.
    let plain = told && recipient.is_none() && !matches!(verb, "give") && end.is_none_or(|(_, _, name)| name != "public-visibility");
    object.filter(|_| !plain).map(|object| Step { words, verb, object: Some(object), recipient })
}

/// The words of the path in `sentence`: from the element before its first arrow to the one after its last.
fn path(passage: &Passage, sentence: &Sentence) -> Option<Range<usize>> {
    let mut arrows = sentence.words.clone().skip(1).filter(|place| passage.gap(*place) == Gap::Arrow);
    let first = arrows.next()?;
    let last = arrows.next_back().unwrap_or(first);
    let parted = |place: usize| passage.gap(place) >= Gap::Comma;
    // `don't go to ‹Sharing› →`: what leads there is no step.
    let everyday = |place: usize| passage.words.get(place).is_some_and(|word| TABLE.everyday(word) >> passage.language & 1 == 1);
    let joins = |place: usize| passage.mark_at(place).is_some_and(|mark| passage.is(mark, Cue::Lead));
    let common = |place: usize| everyday(place) && !joins(place);
    let from = sentence.words.start.max(first.saturating_sub(LABEL));
    let steps = (from..first).rev().take_while(|place| *place + 1 == first || !common(*place) && !parted(place + 1));
    let start = steps.last().unwrap_or(from);
    let until = sentence.words.end.min(last + LABEL);
    let end = (last + 1..until).find(|place| parted(*place)).unwrap_or(until);
    Some(start..end)
}

/// Whether the word at `place` is a step of its own that adds somebody: `→ Add`, `→ Grant →`.
fn is_button(passage: &Passage, words: &Range<usize>, place: usize) -> bool {
    let Some(mark) = passage.mark_at(place).filter(|mark| adds(passage, mark)) else { return false };
    let opens = place == words.start || passage.gap(place) == Gap::Arrow;
    let end = (mark.end..=mark.end + BUTTON).find(|place| *place >= words.end || passage.gap(*place) >= Gap::Comma);
    let closes = end.is_some_and(|end| (mark.end..end).all(|place| passage.mark_at(place).is_some_and(|mark| adds_who(passage, mark))));
    opens && closes && words.len() > mark.end - mark.first
}

/// Whether what a button adds is somebody, or what gives access: `Add members`, `Add key`.
fn adds_who(passage: &Passage, mark: &Mark) -> bool {
    let held =
        |concept: u16| matches!(TABLE.concept(concept), "group" | "role" | "permission" | "access" | "account" | "admin-role" | "secret");
    passage.is(mark, Cue::Gate)
        || passage.senses(mark).any(|sense| match sense {
            Sense::Recipient(_) => true,
            Sense::Object(concept) => held(concept),
            _ => false,
        })
}

fn adds(passage: &Passage, mark: &Mark) -> bool {
    let named = |concept| matches!(TABLE.concept(concept), "add" | "give" | "set" | "make");
    passage.senses(mark).any(|sense| matches!(sense, Sense::Verb(concept, Form::Tell | Form::Closing | Form::Done) if named(concept)))
}

fn concepts<'a>(passage: &'a Passage, words: &Range<usize>) -> impl Iterator<Item = (u16, &'static str)> + 'a {
    passage.marks_in(words).iter().flat_map(|mark| passage.senses(mark)).filter_map(|sense| match sense {
        Sense::Object(concept) => Some((concept, TABLE.concept(concept))),
        _ => None,
    })
}

fn recipients<'a>(passage: &'a Passage, words: &Range<usize>) -> impl Iterator<Item = u16> + 'a {
    passage.marks_in(words).iter().flat_map(|mark| passage.senses(mark)).filter_map(|sense| match sense {
        Sense::Recipient(concept) => Some(concept),
        _ => None,
    })
}

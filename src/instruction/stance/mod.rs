//! How the text stands to an instruction: the words around it decide whether a reader is meant to carry it out.
//!
//! Only what governs the instruction counts: its own sentence, the words that lead up to a code block, the first words
//! after it, the list or heading it stands under. Inner words win over outer ones. When nothing speaks against it, code
//! in an answer is there to be run.

mod context;
mod mood;
mod request;
mod retracted;
#[cfg(test)]
mod tests;
mod tone;

use super::{
    Act, Stance,
    language::{Class, Cue, Order, Passage, Sentence, TABLE},
};
use crate::markdown::{Block, BlockKind, Document, Notation};
use context::Context;
use std::ops::Range;
use tone::Tone;

/// Bytes of its own block that can govern an instruction, before and after it.
const BEFORE: usize = 480;
const AFTER: usize = 320;
/// Words between `please` and the code it asks for: `so please, Jarmila: …`.
const BEGS: usize = 3;

/// What was read, and where in its block, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub act: &'a Act,
    pub range: &'a Range<usize>,
}

/// Judges how `document` stands to what was read in the block at `index`.
pub(crate) fn judge(document: &Document, index: usize, read: &Place<'_>) -> Stance {
    let Some(block) = document.blocks.get(index) else { return Stance::Advises };
    if is_struck(block, read.range)
        || retracted::is_retracted(document, index)
        || retracted::is_recanted(document, index, block, read.range)
    {
        return Stance::Warns;
    }
    if block.kind == BlockKind::Item && is_done(block) {
        return Stance::Reports;
    }
    let context = Context::new(document, index, block);
    if block.quoted > 0 {
        return if context.is_endorsed() { Stance::Advises } else { Stance::Quotes };
    }
    if matches!(read.act, Act::Directive(directive) if directive.tacit) {
        return if request::asks(document, index) { Stance::Advises } else { Stance::Reports };
    }
    let own = match block.kind {
        BlockKind::Fence => in_fence(&context, block, read),
        _ => in_sentence(&context, block, read),
    };
    match own.or_else(|| context.outer()) {
        Some(stance @ (Stance::Warns | Stance::Asks | Stance::Quotes)) => stance,
        stance => context.document().or(stance).or_else(|| context.label()).unwrap_or(Stance::Advises),
    }
}

fn is_struck(block: &Block, range: &Range<usize>) -> bool {
    let first = block.segments.partition_point(|segment| segment.range.end <= range.start);
    let mut within = block.segments.iter().skip(first).take_while(|segment| segment.range.start < range.end);
    within.any(|segment| segment.notation == Notation::Struck)
}

/// Whether a list item is ticked off.
fn is_done(block: &Block) -> bool {
    let text = block.text.as_str().trim_start();
    ["[x]", "[X]", "[✓]", "✅", "☑", "✔"].iter().any(|mark| text.starts_with(mark))
}

/// A code block: a comment right above the line, then the words before and after the block.
fn in_fence(context: &Context<'_>, block: &Block, read: &Place<'_>) -> Option<Stance> {
    let code = block.text.as_str();
    let above = code.get(floor(code, read.range.start.saturating_sub(BEFORE))..read.range.start).unwrap_or_default();
    let below = code.get(read.range.end..floor(code, read.range.end + AFTER)).unwrap_or_default();
    tone::of_comment(above, below).or_else(|| context.around())
}

/// Words, or code among words.
fn in_sentence(context: &Context<'_>, block: &Block, read: &Place<'_>) -> Option<Stance> {
    let text = block.text.as_str();
    let window = floor(text, read.range.start.saturating_sub(BEFORE))..floor(text, read.range.end + AFTER);
    let passage = Passage::of(block, &window);
    let directive = matches!(read.act, Act::Directive(_));
    let place = passage.words.partition_point(|word| word.end <= read.range.start);
    let end = passage.words.partition_point(|word| word.start < read.range.end);
    let sentences = passage.sentences();
    let at = sentences.iter().position(|sentence| sentence.words.contains(&place))?;
    let quoted = |words: Range<usize>| words.clone().all(|place| passage.words.get(place).is_some_and(|word| word.quoted));
    // The word that tells: the last where verbs close.
    let closing = TABLE.order(passage.language) == Order::Tail && quoted(end.saturating_sub(1)..end);
    if directive && (closing || quoted(place..end)) {
        return Some(Stance::Quotes);
    }
    if !directive && is_quoted_talk(&passage, sentences.get(at)?, place) {
        return Some(Stance::Quotes);
    }
    if directive && context.is_change_record() {
        return Some(Stance::Reports);
    }
    let whole = place == 0 && end == passage.words.len();
    // Where a command ends among words is a guess: the words it may have swallowed are heard too.
    let end = if directive || passage.words.get(place).is_some_and(|word| word.code) { end } else { place + 1 };
    let own = Tone::of(&passage, sentences.get(at)?, place..end, directive);
    let earlier =
        || sentences.get(..at).unwrap_or_default().iter().rev().take(3).find_map(|before| tone::of_frame(&passage, before, directive));
    let later = || sentences.get(at + 1).and_then(|after| tone::of_sequel(&passage, after));
    if directive && sentences.iter().skip(at.saturating_sub(1)).take(3).any(|sentence| tone::jokes(&passage, sentence)) {
        return Some(Stance::Quotes);
    }
    let listed = || matches!(block.kind, BlockKind::Item | BlockKind::Cell);
    let framed = || {
        let outer = context.outer()?;
        // What was done is told in other forms: steps that tell are there to be followed.
        let told = outer == Stance::Reports && listed() && !context.is_record();
        (outer != Stance::Asks && outer != Stance::Advises && !told).then_some(outer)
    };
    let warned = || {
        listed()
            && context.outer() == Some(Stance::Warns)
            && !passage.has(&sentences.get(at).map_or(0..0, |sentence| sentence.words.clone()), Cue::Contrast)
    };
    let begs = || passage.find_class(&(place.saturating_sub(BEGS)..place), Class::Polite).is_some();
    let only_names = || {
        let sentence = sentences.get(at);
        !whole && sentence.is_some_and(|sentence| mood::names(&passage, sentence, &(place..end)))
    };
    let alone = !listed() && whole && sentences.len() == 1;
    match own {
        Some(Stance::Advises) if alone => context.around().or(own),
        Some(Stance::Advises) if !directive && warned() => Some(Stance::Warns),
        Some(Stance::Advises) if directive => earlier().filter(|stance| *stance != Stance::Asks).or_else(framed).or(own),
        Some(Stance::Advises) | None if !directive && only_names() => {
            later().filter(|stance| *stance == Stance::Warns).or(Some(Stance::Reports))
        }
        Some(Stance::Quotes | Stance::Reports) if !directive && begs() => Some(Stance::Advises),
        Some(Stance::Reports) if sentences.get(at + 1).is_some_and(|after| tone::confirms(&passage, after)) => Some(Stance::Advises),
        Some(_) => own,
        None => later().or_else(earlier).or_else(|| if alone { context.around() } else { context.dismissed() }),
    }
}

/// Whether the code at `place` is part of words in quotation marks: `"‹chmod 777› fixes it"`.
fn is_quoted_talk(passage: &Passage, sentence: &Sentence, place: usize) -> bool {
    let Some(word) = passage.words.get(place).filter(|word| word.quoted) else { return false };
    let code = |place: &usize| passage.words.get(*place).is_some_and(|word| word.code);
    let end = (place..sentence.words.end).find(|place| !code(place)).unwrap_or(sentence.words.end);
    let talk = |place: usize| passage.words.get(place).is_some_and(|other| other.quoted && !other.code);
    if word.code {
        return sentence.words.contains(&end) && talk(end) || place > sentence.words.start && talk(place - 1);
    }
    // A bare command in quotation marks may be there to be typed; a whole remark is what somebody said.
    sentence.words.len() > 2 && sentence.words.clone().all(|place| passage.words.get(place).is_some_and(|word| word.quoted))
}

/// The nearest character boundary at or before `at`, inside `text`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

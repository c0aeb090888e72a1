//! What the text says of its own writer: disclosures, banners, trailers, and what an assistant's answer leaves behind.
//!
//! Only the author's own words count: not quotes, code, links, or quotations inside a sentence; not questions, denials or
//! sentences about somebody else's text.

use super::{
    Basis, Evidence,
    format::{Place, Speaks},
    signs::{CATALOGUE, Catalogue, Key},
    weigh::Signal,
};
use crate::{
    markdown::{Block, BlockKind, Document, Notation},
    text::{Hit, Text, is_unspaced, quotations},
};
use std::ops::Range;

/// Content read, at most, from each end of a post, in bytes: declarations stand near one.
const READ: usize = 16_384;

/// Signals of one text, at most.
const SIGNALS: usize = 32;

/// What `body` says of its writer.
pub(super) fn signals(body: &Document) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    let mut opening = true;
    for block in own(body) {
        let text = named(&block.text);
        for hit in CATALOGUE.phrases.find(text.as_str()) {
            if signals.len() < SIGNALS {
                signals.extend(counted(&CATALOGUE, block, &text, &hit, opening));
            }
        }
        opening = false;
    }
    signals
}

/// The blocks in the author's own words, from both ends of the post.
fn own(body: &Document) -> impl Iterator<Item = &Block> {
    let blocks = || body.blocks.iter().filter(|block| block.quoted == 0 && !matches!(block.kind, BlockKind::Fence | BlockKind::Html));
    let total: usize = blocks().map(|block| block.text.as_str().len()).sum();
    let mut at = 0;
    blocks().filter(move |block| {
        let start = at;
        at += block.text.as_str().len();
        block.text.as_str().len() <= READ && (at <= READ || start + READ >= total)
    })
}

/// The text with names of agents as `{kind}` and `{product}`, mapped to the body.
fn named(text: &Text) -> Text {
    let content = text.as_str();
    let mut named = Text::default();
    let mut from = 0;
    let Some((finder, kinds)) = &CATALOGUE.names else { return text.clone() };
    for found in finder.find_iter(content) {
        let whole = |letter: Option<char>, edge: Option<char>| !matches!((letter, edge), (Some(letter), Some(edge)) if letter.is_alphanumeric() && !is_unspaced(letter) && edge.is_alphanumeric() && !is_unspaced(edge));
        let inside = content.get(found.range()).unwrap_or_default();
        let before = content.get(..found.start()).and_then(|before| before.chars().next_back());
        let after = content.get(found.end()..).and_then(|after| after.chars().next());
        if matches!(before, Some('\'' | '’')) || !whole(before, inside.chars().next()) || !whole(after, inside.chars().next_back()) {
            continue;
        }
        let token = if kinds.get(found.pattern().as_usize()) == Some(&true) { "{kind}" } else { "{product}" };
        copy(text, from..found.start(), &mut named);
        named.replace(token, text.source(found.range()));
        from = found.end();
    }
    copy(text, from..content.len(), &mut named);
    named
}

fn copy(text: &Text, range: Range<usize>, into: &mut Text) {
    let piece = text.as_str().get(range.clone()).unwrap_or_default();
    let source = text.source(range);
    if source.len() == piece.len() { into.push(piece, source) } else { into.replace(piece, source) }
}

/// The signal `hit` makes, when it counts where it stands.
fn counted(catalogue: &Catalogue, block: &Block, text: &Text, hit: &Hit<Key>, opening: bool) -> Option<Signal> {
    let Key::Sign(index) = hit.key else { return None };
    let sign = catalogue.signs.get(index)?;
    let content = text.as_str();
    let span = text.source(hit.range.clone());
    let placed = match sign.place {
        Place::Anywhere => true,
        Place::Line => begins_line(content, hit.range.start),
        Place::Opening => {
            opening && begins_line(content, hit.range.start) && !content.get(..hit.range.start).is_some_and(|before| before.contains('\n'))
        }
    };
    let markup = sign.signal == "leftover/markup";
    if !placed
        || !in_prose(block, &span)
        || quotations(content).iter().any(|quoted| quoted.start < hit.range.start && hit.range.start < quoted.end && !markup)
    {
        return None;
    }
    if sign.declares
        && !markup
        && sign.speaks != Speaks::Human
        && disowned(content, &hit.range, sign.speaks == Speaks::Agent && sign.place == Place::Anywhere)
    {
        return None;
    }
    let basis = if sign.declares { Basis::Declared } else { Basis::Suspected };
    let evidence = Evidence { signal: sign.signal.clone(), detail: sign.detail.clone(), span: Some(span) };
    Some(Signal { speaks: sign.speaks, basis, weight: sign.weight, agent: None, evidence })
}

/// Whether `at` is where a line, or what stands in a bracket, begins; marks and emoji before it do not count.
fn begins_line(content: &str, at: usize) -> bool {
    let before = content.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let inside = line.rsplit(['(', '[']).next().unwrap_or_default();
    !inside.contains(char::is_alphanumeric)
}

/// Whether the stretch `span` of the body is the author's running words.
fn in_prose(block: &Block, span: &Range<usize>) -> bool {
    block.segments.iter().any(|segment| {
        let source = block.text.source(segment.range.clone());
        matches!(segment.notation, Notation::Prose) && source.start <= span.start && span.start < source.end
    })
}

/// Whether the sentence around `range` asks, denies, or speaks of somebody else's text.
fn disowned(content: &str, range: &Range<usize>, questionable: bool) -> bool {
    let ends = |letter: char| matches!(letter, '.' | '!' | '?' | '\n' | '。' | '！' | '？');
    let start = content.get(..range.start).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let end = content.get(range.end..).and_then(|after| after.find(ends)).map_or(content.len(), |at| range.end + at);
    let before = content.get(start..range.start).unwrap_or_default();
    let asks = content.get(end..).is_some_and(|after| after.starts_with(['?', '？']));
    let words = CATALOGUE.phrases.find(before);
    let denied = words.iter().any(|hit| hit.key == Key::Denies);
    let others = words.iter().any(|hit| hit.key == Key::Others);
    denied
        || others
        || (asks && questionable && !content.get(range.clone()).is_some_and(|phrase| phrase.contains(" me ") || phrase.ends_with(" me to")))
}

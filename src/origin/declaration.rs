//! What the text says of its own writer: disclosures, banners, trailers, and what an assistant's answer leaves behind.
//!
//! Only the author's own words count: not quotes, code, links, or quotations inside a sentence; not questions, denials or
//! sentences about somebody else's text.

use super::{
    Basis, Evidence,
    catalogue::{Key, Turn},
    format::{Place, Speaks},
    signs::CATALOGUE,
    weigh::Signal,
};
use crate::{
    markdown::{Block, BlockKind, Document, Notation},
    text::{Hit, Phrases, Text, quotations},
};
use std::{borrow::Cow, ops::Range};

/// Content read, at most, from each end of a post, in bytes: declarations stand near one.
const READ: usize = 16_384;

/// Signals of one text, at most.
const SIGNALS: usize = 32;

/// Phrases of one block, at most, that are looked at.
const HITS: usize = 256;

/// How far back from a phrase its line or sentence is followed, in bytes.
const BACK: usize = 400;

/// The sign of an answer that the author passes on.
const RELAYED: &str = "declaration/relayed";

/// What `body` says of its writer.
pub(super) fn signals(body: &Document) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    let mut opening = true;
    for block in notice(body).into_iter().chain(own(body)) {
        let mut hits = CATALOGUE.phrases.find_in(block.text.as_str(), block.words().all());
        let text = named(&block.text, &hits);
        if let Cow::Owned(named) = &text {
            hits = CATALOGUE.phrases.find(named.as_str());
        }
        let names = hits.iter().any(|hit| hit.key == Key::Shared) || matches!(text, Cow::Owned(_));
        hits.retain(|hit| matches!(hit.key, Key::Sign(_)));
        if names {
            let built = CATALOGUE.forms.find(text.as_str()).into_iter();
            let built = built.filter(|hit| !text.as_str().get(hit.range.clone()).is_some_and(denied));
            hits.extend(built.map(|Hit { key, range }| Hit { key: Key::Sign(key), range }));
        }
        let quoted = if hits.is_empty() { Vec::new() } else { quotations(text.as_str()) };
        for hit in hits.iter().take(HITS) {
            if signals.len() < SIGNALS {
                signals.extend(counted(block, &text, hit, opening, &quoted));
            }
        }
        opening = false;
    }
    if signals.iter().any(|signal| signal.evidence.signal == RELAYED) && refutes(body) {
        signals.retain(|signal| signal.evidence.signal != RELAYED);
    }
    signals
}

/// Whether `words` deny something.
fn denied(words: &str) -> bool {
    CATALOGUE.turns.find(words).iter().any(|hit| hit.key == Turn::Denies)
}

/// The notice at the top of the post that is set as a quote, when it bears a warning's mark and nobody answers it below.
fn notice(body: &Document) -> Option<&Block> {
    const MARKS: [&str; 6] = ["⚠", "ℹ", "🤖", "❗", "🚨", "[!"];
    let notice = body.blocks.first().filter(|block| block.quoted == 1 && block.kind != BlockKind::Fence)?;
    let marked = MARKS.iter().any(|mark| notice.text.as_str().trim_start().starts_with(mark));
    let below = body.blocks.iter().find(|block| block.quoted == 0)?.text.as_str();
    let answered = below.contains(['?', '？']) || !CATALOGUE.turns.find(below).is_empty();
    (marked && !answered).then_some(notice)
}

/// Whether the author quotes an answer only to say that it is no good.
fn refutes(body: &Document) -> bool {
    let quotes = body.blocks.iter().any(|block| block.quoted > 0);
    quotes && own(body).any(|block| CATALOGUE.turns.find(block.text.as_str()).iter().any(|hit| hit.key == Turn::Refutes))
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

/// The text with the names of agents among `hits` as `{kind}` and `{product}`, mapped to the body.
fn named<'a>(text: &'a Text, hits: &[Hit<Key>]) -> Cow<'a, Text> {
    let content = text.as_str();
    let after_apostrophe = |hit: &Hit<Key>| content.get(..hit.range.start).is_some_and(|before| before.ends_with(['\'', '’']));
    let names: Vec<Hit<Key>> = hits.iter().filter(|hit| matches!(hit.key, Key::Kind | Key::Product)).cloned().collect();
    let names: Vec<Hit<Key>> = Phrases::longest(names).into_iter().filter(|hit| !after_apostrophe(hit)).collect();
    if names.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut named = Text::with_capacity(content.len());
    let mut from = 0;
    for found in names {
        copy(text, from..found.range.start, &mut named);
        named.replace(if found.key == Key::Kind { "{kind}" } else { "{product}" }, text.source(found.range.clone()));
        from = found.range.end;
    }
    copy(text, from..content.len(), &mut named);
    Cow::Owned(named)
}

fn copy(text: &Text, range: Range<usize>, into: &mut Text) {
    let piece = text.as_str().get(range.clone()).unwrap_or_default();
    let source = text.source(range);
    if source.len() == piece.len() { into.push(piece, source) } else { into.replace(piece, source) }
}

/// The signal `hit` makes, when it counts where it stands.
fn counted(block: &Block, text: &Text, hit: &Hit<Key>, opening: bool, quoted: &[Range<usize>]) -> Option<Signal> {
    let Key::Sign(index) = hit.key else { return None };
    let sign = CATALOGUE.signs.get(index)?;
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
        || quoted.iter().any(|quoted| quoted.start < hit.range.start && hit.range.start < quoted.end && !markup)
    {
        return None;
    }
    if sign.declares
        && !markup
        && sign.speaks != Speaks::Human
        && disowned(content, &hit.range, (sign.speaks == Speaks::Agent) == (sign.place == Place::Anywhere))
    {
        return None;
    }
    let basis = if sign.declares { Basis::Declared } else { Basis::Suspected };
    let evidence = Evidence { signal: sign.signal.clone(), detail: sign.detail.clone(), span: Some(span) };
    Some(Signal { speaks: sign.speaks, basis, weight: sign.weight, agent: None, evidence })
}

/// Whether `at` is where a line, or what stands in a bracket, begins; marks and emoji before it do not count.
fn begins_line(content: &str, at: usize) -> bool {
    let before = back(content, at);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let inside = line.rsplit(['(', '[']).next().unwrap_or_default();
    !inside.contains(char::is_alphanumeric)
}

/// What stands before `at`, no further than [`BACK`].
fn back(content: &str, at: usize) -> &str {
    let start = (at.saturating_sub(BACK)..=at).find(|start| content.is_char_boundary(*start)).unwrap_or(at);
    content.get(start..at).unwrap_or_default()
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
    let end = content.get(range.end..).and_then(|after| after.find(ends)).map_or(content.len(), |at| range.end + at);
    let before = back(content, range.start).rsplit(ends).next().unwrap_or_default();
    let asks = content.get(end..).is_some_and(|after| after.starts_with(['?', '？']));
    let words = CATALOGUE.turns.find(before);
    let denied = words.iter().any(|hit| hit.key == Turn::Denies);
    let others = words.iter().any(|hit| hit.key == Turn::Others);
    let reported = content.get(range.end..end).is_some_and(|after| CATALOGUE.turns.find(after).iter().any(|hit| hit.key == Turn::Reports));
    denied
        || others
        || reported
        || (asks && questionable && !content.get(range.clone()).is_some_and(|phrase| phrase.contains(" me ") || phrase.ends_with(" me to")))
}

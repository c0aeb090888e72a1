//! Reads instructions that words spell out or announce the encoding of: `c h m o d`, "see aitch mod", "rot13: …".
//!
//! The shell reader undoes what a shell would undo. Here a person does it: letters with blanks between, digits said as
//! words, text written backwards "for fun". What comes out is read like any text and counts only when it is an
//! instruction, so that playful spelling without one stays what it is.

mod column;
mod disguise;
mod drawn;
mod encoded;
mod escaped;
mod format;
mod joined;
mod legend;
mod letters;
mod links;
mod mistyped;
mod swapped;
mod typed;

use super::{Budget, Read, prose, shell, statement};
use crate::{
    markdown::{Block, BlockKind, Document, Notation, Segment},
    text::{Class, Phrases, Text},
};
use format::{Hint, Sheet};
use std::{collections::BTreeSet, sync::LazyLock};

/// Bytes, at most, of a block that is looked at.
const MAX_BYTES: usize = 16 * 1024;
/// Bytes, at most, of a block of its own that announces how to read its neighbours.
const MAX_NOTE_BYTES: usize = 160;
/// Bytes of a decoded text shown in a chain.
const SHOWN_BYTES: usize = 80;

static SHEETS: LazyLock<Vec<(String, Sheet)>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/spelled.postcard"))).unwrap_or_default());

static HINTS: LazyLock<Phrases<'static, Hint>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/hints.bin"))).unwrap_or_default());

/// The encodings that each block announces.
pub(crate) struct Announced(Vec<BTreeSet<Hint>>);

impl Announced {
    /// Those that the blocks of `document` announce.
    pub(crate) fn by(document: &Document) -> Self {
        Self(document.blocks.iter().map(hints).collect())
    }
}

/// Reads what the block at `index` of `document`, with the encodings announced in it, spells out; ranges are bytes of its content.
pub(crate) fn read(document: &Document, index: usize, announced: &Announced, budget: &mut Budget) -> Vec<Read> {
    let Some((block, own)) = document.blocks.get(index).zip(announced.0.get(index)) else { return Vec::new() };
    let text = block.text.as_str();
    if matches!(block.kind, BlockKind::Fence | BlockKind::Html) || text.len() > MAX_BYTES || !budget.take(text.len() / 4 + 1) {
        return Vec::new();
    }
    let mut found = letters::read(text, block.words(), budget);
    let near = [index.checked_sub(1), index.checked_add(1)].into_iter().flatten();
    let near = near.filter(|near| document.blocks.get(*near).is_some_and(|block| block.text.len() <= MAX_NOTE_BYTES));
    let near = near.filter_map(|near| announced.0.get(near)).flatten();
    let all: BTreeSet<Hint> = own.iter().chain(near).copied().collect();
    found.extend(encoded::read(block, &all, budget));
    if block.segments.iter().any(|segment| segment.notation == Notation::InlineCode) {
        found.extend(swapped::read(block, budget));
        found.extend(joined::run_on(block, budget));
    }
    found.extend(disguise::read(document, index, own, budget));
    if own.contains(&Hint::Join) {
        found.extend(joined::read(document, index, budget));
    }
    found
}

fn hints(block: &Block) -> BTreeSet<Hint> {
    let text = block.text.as_str();
    if text.len() > MAX_BYTES || block.kind == BlockKind::Fence {
        return BTreeSet::new();
    }
    if !block.words().begin(Class::HINT) {
        return BTreeSet::new();
    }
    HINTS.find_in(text, block.words().all()).into_iter().map(|hit| hit.key).collect()
}

/// The instructions in `plain`, which was made of the bytes `text` maps to, by `step`.
fn instructions(plain: &Text, step: &str, budget: &mut Budget) -> Vec<Read> {
    let code = plain.as_str();
    if code.trim().len() < 4 || !budget.take(code.len().saturating_mul(4)) {
        return Vec::new();
    }
    let segments = vec![Segment { notation: Notation::Prose, range: 0..code.len() }];
    let block = Block::new(BlockKind::Paragraph, 0, Text::verbatim(code), segments);
    let mut reads = shell::read_prose(code, block.words().all(), budget);
    reads.extend(statement::read_prose(code, block.words().all(), budget));
    reads.extend(prose::read(&block, budget));
    let end = code.floor_char_boundary(SHOWN_BYTES);
    let chain = format!("{step} → {}", code.get(..end).unwrap_or_default().trim());
    let decoded = |inner: Vec<String>| std::iter::once(chain.clone()).chain(inner).collect();
    reads.into_iter().map(|read| Read { range: plain.source(read.range), decoded: decoded(read.decoded), ..read }).collect()
}

/// Where the words of `text` stand between blanks.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// `made` as a text every byte of which stands for `range`.
fn whole(made: &str, range: std::ops::Range<usize>) -> Text {
    let mut text = Text::default();
    text.replace(made, range);
    text
}

//! A document being written down, block by block: the one place that knows where blocks begin, end and get cleaned.

use super::{Block, BlockKind, Document, Notation, Segment};
use crate::text::{Text, hidden, is_unreadable, normalise};
use std::ops::Range;

/// Bytes most blocks have room in.
const BLOCK_BYTES: usize = 256;

/// A document being written down. Every offset is in bytes of the field.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The field.
    pub field: &'a str,
    /// How many quotes the next words stand in.
    pub quoted: usize,
    /// The row and column of the table cell that is open.
    pub cell: Option<(usize, usize)>,
    kind: BlockKind,
    blocks: Vec<Block>,
    text: Text,
    segments: Vec<Segment>,
    concealed: Text,
    complete: bool,
}

impl<'a> Draft<'a> {
    /// An empty draft of `field`.
    pub(super) fn new(field: &'a str) -> Self {
        Self {
            field,
            quoted: 0,
            cell: None,
            kind: BlockKind::Paragraph,
            blocks: Vec::new(),
            text: Text::default(),
            segments: Vec::new(),
            concealed: Text::default(),
            complete: !is_unreadable(field),
        }
    }

    /// Ends the block before and begins one of `kind`.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = kind;
    }

    /// Notes that something was not read.
    pub(super) fn cut(&mut self) {
        self.complete = false;
    }

    /// Whether the block has no words yet, or its last is a blank.
    pub(super) fn ends_blank(&self) -> bool {
        self.text.as_str().bytes().next_back().is_none_or(|last| last.is_ascii_whitespace())
    }

    /// The last character of the block so far.
    pub(super) fn last(&self) -> Option<char> {
        self.text.as_str().chars().next_back()
    }

    /// Writes `range` of `from` down in `notation`.
    pub(super) fn copy(&mut self, from: &Text, range: Range<usize>, notation: &Notation) {
        let start = self.text.len();
        self.text.append(from, range);
        self.extend(start, notation);
    }

    /// Writes `piece` down, which stands for `source`; where it is found there word for word, each byte keeps its place.
    pub(super) fn write(&mut self, piece: &str, source: Range<usize>, notation: &Notation) {
        if self.text.is_empty() {
            self.text = Text::with_capacity(BLOCK_BYTES);
        }
        let start = self.text.len();
        match self.field.get(source.clone()) {
            Some(original) if original == piece => self.text.push(piece, source),
            Some(original) => align(&mut self.text, piece, original, source.start),
            None => self.text.replace(piece, source),
        }
        self.extend(start, notation);
    }

    /// Puts what readers do not see aside: it becomes a block of its own after this one.
    pub(super) fn conceal(&mut self, from: &Text, range: Range<usize>) {
        if !self.concealed.is_empty() && !range.is_empty() {
            self.concealed.replace("\n", from.source(range.clone()));
        }
        self.concealed.append(from, range);
    }

    /// Ends the block; one without words is dropped.
    pub(super) fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let segments = std::mem::take(&mut self.segments);
        let mut concealed = std::mem::take(&mut self.concealed);
        if !text.as_str().is_ascii()
            && let Some(tags) = hidden(&text)
        {
            concealed.append(&tags, 0..tags.len());
        }
        if text.as_str().bytes().any(|byte| !byte.is_ascii_whitespace()) {
            let (text, segments) = clean(text, segments);
            let cell = self.cell.filter(|_| self.kind == BlockKind::Cell);
            self.blocks.push(Block { cell, ..Block::new(self.kind, self.quoted, text, segments) });
        }
        if concealed.as_str().bytes().any(|byte| !byte.is_ascii_whitespace()) {
            let text = normalise(&concealed).into_owned();
            let segments = vec![Segment { notation: Notation::Html, range: 0..text.len() }];
            self.blocks.push(Block::new(BlockKind::Html, self.quoted, text, segments));
        }
    }

    /// The document.
    pub(super) fn finish(mut self) -> Document {
        self.end();
        Document { blocks: self.blocks, complete: self.complete }
    }

    fn extend(&mut self, start: usize, notation: &Notation) {
        let end = self.text.len();
        match self.segments.last_mut() {
            _ if start == end => {}
            Some(last) if last.notation == *notation => last.range.end = end,
            _ => self.segments.push(Segment { notation: notation.clone(), range: start..end }),
        }
    }
}

/// Cleans each segment for itself, so that code and prose do not lend each other letters.
fn clean(text: Text, segments: Vec<Segment>) -> (Text, Vec<Segment>) {
    if matches!(normalise(&text), std::borrow::Cow::Borrowed(_)) {
        return (text, segments);
    }
    let mut whole = Text::default();
    let mut cleaned = Vec::with_capacity(segments.len());
    for Segment { notation, range } in segments {
        let mut part = Text::default();
        part.append(&text, range);
        let part = normalise(&part);
        let start = whole.len();
        whole.append(&part, 0..part.len());
        if start < whole.len() {
            cleaned.push(Segment { notation, range: start..whole.len() });
        }
    }
    (whole, cleaned)
}

/// Writes `piece` down as characters of `original`, of which some were left out or became blanks.
fn align(text: &mut Text, piece: &str, original: &str, offset: usize) {
    let mut rest = original.char_indices();
    for (at, c) in piece.char_indices() {
        let Some((found, same)) = rest.by_ref().find(|(_, other)| *other == c || (c == ' ' && other.is_whitespace())) else {
            text.replace(piece.get(at..).unwrap_or_default(), offset..offset + original.len());
            return;
        };
        let mut bytes = [0; 4];
        let source = offset + found..offset + found + same.len_utf8();
        let c = c.encode_utf8(&mut bytes);
        if source.len() == c.len() { text.push(c, source) } else { text.replace(c, source) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligned_text_points_at_its_characters() {
        let mut text = Text::default();
        align(&mut text, "a b|c", "``a\n> b\\|c``", 10);
        assert_eq!((text.as_str(), text.source(0..1), text.source(2..5)), ("a b|c", 12..13, 16..20));
    }

    #[test]
    fn text_that_does_not_align_stands_for_the_whole() {
        let mut text = Text::default();
        align(&mut text, "<", "&lt;", 3);
        assert_eq!((text.as_str(), text.source(0..1)), ("<", 3..7));
    }
}

//! Cuts a field into blocks and segments, each in one notation.
//!
//! What a stretch of text *is* decides how it is read: a fence is read by the reader of its language, a quote is not the
//! author's own word, a link's address is not prose. The content of a block is what a reader of the rendered post sees:
//! entities decoded, markers gone, line breaks as newlines, and cleaned of disguise.
//!
//! Markup is read on the original text and only then is each block's text normalised: a character that merely looks like
//! markup (`&gt;`, a full-width backtick) is not markup to the forum's renderer either.

mod commonmark;
mod draft;
mod entity;
mod html;
mod paste;
mod plain;
mod tag;

use crate::{
    submission::Format,
    text::{Text, Words},
};
use draft::Draft;
use html::Html;
use std::ops::Range;

/// A field's text, cut up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// False when a cap ran out before the end: the rest was not read.
    pub complete: bool,
}

/// A paragraph, heading, list item, table cell, code block, or what one of them hides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How many quotes it stands in.
    pub quoted: usize,
    /// Its content, without markup, mapped to the field's bytes.
    pub text: Text,
    /// Its segments, in order, covering the content.
    pub segments: Vec<Segment>,
    /// Of a table cell: its row and column, counted from zero.
    pub cell: Option<(usize, usize)>,
    words: Words,
}

impl Block {
    /// A block with that content.
    pub(crate) fn new(kind: BlockKind, quoted: usize, text: Text, segments: Vec<Segment>) -> Self {
        let words = if kind == BlockKind::Fence { Words::default() } else { Words::of(text.as_str()) };
        Self { kind, quoted, text, segments, cell: None, words }
    }

    /// The words of its content; none of a code block, which is not read as words.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading.
    Heading,
    /// The text of a list item.
    Item,
    /// A table cell; the cells of a row are consecutive blocks.
    Cell,
    /// A code block, fenced or indented.
    Fence,
    /// What the block before hides from its readers: comments, scripts, words hidden by styling or in tag characters.
    Html,
}

/// A stretch of a block in one notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The notation.
    pub notation: Notation,
    /// Where in the block's content, in bytes.
    pub range: Range<usize>,
}

/// A notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Words.
    Prose,
    /// Words struck through.
    Struck,
    /// Code inside a line.
    InlineCode,
    /// A code block and the first word of its info string, lower-cased; empty when there is none.
    Fence(String),
    /// The text or title of a link, the text in place of an image.
    Link,
    /// Text that is not shown; only in blocks of kind [`BlockKind::Html`].
    Html,
}

/// Bytes of a field, at most, that are read.
const MAX_BYTES: usize = 1 << 20;

/// Cuts `field` up as `format` says.
///
/// At most 1 MiB is read; a longer field, and one with characters lost on the way, is not `complete`.
///
/// ```
/// use countersign::{markdown::{self, Notation}, submission::Format};
/// let document = markdown::read("Run `chmod 777 x`\n\n> quoted", Format::Markdown);
/// assert_eq!(document.blocks[0].text.as_str(), "Run chmod 777 x");
/// assert_eq!(document.blocks[0].segments[1].notation, Notation::InlineCode);
/// assert_eq!(document.blocks[1].quoted, 1);
/// ```
#[must_use]
pub fn read(field: &str, format: Format) -> Document {
    let head = field.get(..field.floor_char_boundary(MAX_BYTES)).unwrap_or_default();
    let mut draft = Draft::new(head);
    match format {
        Format::Markdown => commonmark::read(&mut draft),
        Format::Html => Html::default().read(&Text::verbatim(head), &mut draft),
        Format::Plain => plain::read(&mut draft),
    }
    if head.len() < field.len() {
        draft.cut();
    }
    draft.finish()
}

#[cfg(test)]
mod tests;

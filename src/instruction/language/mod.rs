//! What words mean to the readers, in every language the lexicons cover.
//!
//! The lexicons are data (`rules/language/`), compiled by the build script and turned into one phrase table at first
//! use. Which language a text is in is decided by its script and its everyday words; a wrong guess costs recall in that
//! text and nothing else.

mod endings;
pub(crate) mod format;
mod passage;
mod phrases;
mod words;

pub(crate) use format::{Class, Cue, Order};
pub(crate) use passage::{Passage, Sentence};
pub(crate) use phrases::{Form, Mark, Sense, Table};
pub(crate) use words::{Gap, Word};

use std::sync::LazyLock;

/// Every language's phrases.
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let files: Vec<(String, format::Lexicon)> =
        postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/languages.bin"))).unwrap_or_default();
    Table::of(&files.into_iter().map(|(_, lexicon)| endings::written_out(lexicon).expanded()).collect::<Vec<_>>())
});

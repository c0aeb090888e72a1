//! What words mean to the readers, in every language the lexicons cover.
//!
//! The lexicons are data (`rules/language/`), turned into one phrase table by the build script. Which language a text is in is decided by its script and its everyday words; a wrong guess costs recall in that
//! text and nothing else.

#[cfg(test)]
#[allow(dead_code)] // the build script writes out and gathers
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

/// Every language's phrases, used where they lie.
pub(crate) static TABLE: LazyLock<Table<'static>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/languages.bin"))).unwrap_or_default());

//! Classes of single words: they show the form of a clause whatever phrase a word stands in, so they are kept apart from phrases.

use super::{
    phrases::Mixed,
    words::{self, Word},
};
use std::{collections::HashMap, hash::BuildHasherDefault};

/// Single words, and endings of words, by the languages they count in.
#[derive(Debug, Default)]
pub(super) struct Closed {
    words: HashMap<u64, u16, BuildHasherDefault<Mixed>>,
    endings: Vec<(u16, [u8; 2])>,
}

impl Closed {
    /// Adds `words` of the languages in `bit`: whole, or as endings of one or two plain letters, `-s`, `-ed`.
    pub(super) fn add(&mut self, words: &[String], bit: u16) {
        for text in words {
            match text.strip_prefix('-').map(str::as_bytes) {
                Some([last]) => self.endings.push((bit, [0, *last])),
                Some([second, last]) => self.endings.push((bit, [*second, *last])),
                _ => words::cut(text).iter().for_each(|word| *self.words.entry(word.hash).or_default() |= bit),
            }
        }
    }

    /// Whether `word`, as a whole, is one of them in a language of `bit`.
    pub(super) fn has(&self, word: &Word, bit: u16) -> bool {
        self.words.get(&word.hash).is_some_and(|bits| bits & bit > 0)
    }

    /// Whether `word` ends as one of them does in a language of `bit`.
    pub(super) fn ends(&self, word: &Word, bit: u16) -> bool {
        let [second, last] = word.ending;
        self.endings.iter().any(|(bits, ending)| bits & bit > 0 && (*ending == [second, last] || *ending == [0, last]))
    }
}

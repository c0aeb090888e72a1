//! The statement reader's facts, compiled from `rules/reader/statement/` and indexed once.

use super::format::{Sheet, Verb};
use crate::text::Sieve;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The facts of every file together, ready to be looked up.
pub(super) struct Facts {
    /// How statements begin, by first word.
    pub(super) verbs: FxHashMap<&'static str, Vec<&'static Verb>>,
    /// Those first words.
    pub(super) begun: Sieve<'static>,
    /// First words that begin a statement wherever they begin a line.
    pub(super) strong: FxHashSet<&'static str>,
    /// Languages without statements.
    pub(super) unread: FxHashSet<&'static str>,
    /// Languages with statements in strings.
    pub(super) hosts: FxHashSet<&'static str>,
    /// Words that end a statement in prose.
    pub(super) stop_words: FxHashSet<&'static str>,
}

static SHEETS: LazyLock<Vec<(String, Sheet)>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/statement.postcard"))).unwrap_or_default());

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    let sheets = || SHEETS.iter().map(|(_, sheet)| sheet);
    let all = |pick: fn(&'static Sheet) -> &'static Vec<String>| sheets().flat_map(pick).map(String::as_str).collect();
    let mut verbs: FxHashMap<&str, Vec<&Verb>> = FxHashMap::default();
    for verb in sheets().flat_map(|sheet| &sheet.verb) {
        for word in &verb.words {
            verbs.entry(word).or_default().push(verb);
        }
    }
    Facts {
        begun: postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/statements.bin"))).unwrap_or_default(),
        strong: sheets()
            .flat_map(|sheet| &sheet.verb)
            .filter(|verb| verb.strong)
            .flat_map(|verb| &verb.words)
            .map(String::as_str)
            .collect(),
        verbs,
        unread: all(|sheet| &sheet.unread_languages),
        hosts: all(|sheet| &sheet.host_languages),
        stop_words: all(|sheet| &sheet.stop_words),
    }
});

/// The shipped facts.
pub(super) fn facts() -> &'static Facts {
    &FACTS
}

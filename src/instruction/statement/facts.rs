//! The statement reader's facts, compiled from `rules/reader/statement/` and indexed once.

use super::format::{Sheet, Verb};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// The facts of every file together, ready to be looked up.
#[derive(Default)]
pub(super) struct Facts {
    /// How statements begin, by first word.
    pub(super) verbs: HashMap<&'static str, Vec<&'static Verb>>,
    /// First words that begin a statement wherever they begin a line.
    pub(super) strong: HashSet<&'static str>,
    /// Languages without statements.
    pub(super) unread: HashSet<&'static str>,
    /// Languages with statements in strings.
    pub(super) hosts: HashSet<&'static str>,
    /// Words that end a statement in prose.
    pub(super) stop_words: HashSet<&'static str>,
}

static SHEETS: LazyLock<Vec<(String, Sheet)>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/statement.postcard"))).unwrap_or_default());

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    let mut facts = Facts::default();
    for (_, sheet) in SHEETS.iter() {
        for verb in &sheet.verb {
            for word in &verb.words {
                facts.verbs.entry(word).or_default().push(verb);
                if verb.strong {
                    facts.strong.insert(word);
                }
            }
        }
        facts.unread.extend(sheet.unread_languages.iter().map(String::as_str));
        facts.hosts.extend(sheet.host_languages.iter().map(String::as_str));
        facts.stop_words.extend(sheet.stop_words.iter().map(String::as_str));
    }
    facts
});

/// The shipped facts.
pub(super) fn facts() -> &'static Facts {
    &FACTS
}

//! The words of every language, loaded once.

use super::format::{Cue, Words};
use crate::text::{Forms, Phrases, choices};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The words of every language together: a post is not asked which language it is in.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Phrases that do something to a request.
    pub cues: Phrases<Cue>,
    /// Constructions that do something to a request.
    pub forms: Forms<Cue>,
    /// Phrases that sell something: looked for in the answer rather than in the thread.
    pub adverts: Phrases<()>,
    /// What hides words in markup.
    pub veils: Phrases<()>,
    /// Words that may stand before an address.
    pub greetings: BTreeSet<String>,
    /// Words that begin a statement about somebody.
    pub subjects: BTreeSet<String>,
    /// Words that tie a handle into a sentence.
    pub binds: BTreeSet<String>,
    /// Names of weekdays; the key counts days since Monday.
    pub weekdays: Phrases<i64>,
    /// Names of the next day.
    pub tomorrow: Phrases<()>,
    /// Names of the day's end.
    pub evening: Phrases<()>,
    /// Numbers in words.
    pub numbers: BTreeMap<String, i64>,
    /// Stretches of time, in seconds.
    pub spans: BTreeMap<String, i64>,
    /// Handles that call every agent.
    pub group_handles: BTreeSet<String>,
    /// Groups that mark an account as not driven by a human.
    pub driven_groups: BTreeSet<String>,
}

/// The shipped words.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let files: Vec<(String, Words)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/request.bin"))).unwrap_or_default();
    let languages: Vec<Words> = files.into_iter().map(|(_, words)| words).collect();
    Lexicon::of(&languages)
});

impl Lexicon {
    fn of(languages: &[Words]) -> Self {
        let all = |pick: fn(&Words) -> &Vec<String>| languages.iter().flat_map(pick).cloned().collect();
        let cues = || languages.iter().flat_map(|words| &words.cues);
        let spoken = cues().filter(|(cue, _)| **cue != Cue::Promotes);
        let spoken = spoken.flat_map(|(cue, phrases)| phrases.iter().flat_map(|phrase| choices(phrase)).map(|phrase| (*cue, phrase)));
        let spoken: Vec<(Cue, String)> = spoken.collect();
        let adverts = cues().filter(|(cue, _)| **cue == Cue::Promotes);
        let weekdays = languages.iter().flat_map(|words| (0..7).zip(&words.weekdays));
        let tomorrow = languages.iter().flat_map(|words| &words.tomorrow);
        Self {
            cues: Phrases::new(spoken.iter().map(|(cue, phrase)| (*cue, phrase.as_str()))),
            adverts: Phrases::new(adverts.flat_map(|(_, phrases)| phrases.iter().map(|phrase| ((), phrase.as_str())))),
            veils: Phrases::new(languages.iter().flat_map(|words| &words.veils).map(|veil| ((), veil.as_str()))),
            weekdays: Phrases::new(weekdays.map(|(day, name)| (day, name.as_str()))),
            tomorrow: Phrases::new(tomorrow.map(|name| ((), name.as_str()))),
            forms: forms(languages),
            evening: Phrases::new(languages.iter().flat_map(|words| &words.evening).map(|name| ((), name.as_str()))),
            numbers: languages.iter().flat_map(|words| words.numbers.iter().cloned().zip(1..)).collect(),
            spans: languages.iter().flat_map(|words| words.spans.clone()).collect(),
            greetings: all(|words| &words.greetings),
            subjects: all(|words| &words.subjects),
            binds: all(|words| &words.binds),
            group_handles: all(|words| &words.group_handles),
            driven_groups: all(|words| &words.driven_groups),
        }
    }
}

/// The constructions of every language.
fn forms(languages: &[Words]) -> Forms<Cue> {
    let mut forms = Forms::default();
    for language in languages {
        let groups = language.words.iter().map(|(name, words)| (name.as_str(), words.iter().map(String::as_str)));
        let built = language.forms.iter().flat_map(|(cue, forms)| forms.iter().map(|form| (*cue, form.as_str())));
        forms.add(groups, built);
    }
    forms.ready()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shipped_and_lower_case() {
        let found = LEXICON.cues.find("never mind");
        assert_eq!(found.first().map(|hit| hit.key), Some(Cue::Withdraws));
        assert!(LEXICON.greetings.iter().chain(&LEXICON.binds).all(|word| *word == word.to_lowercase()));
    }
}

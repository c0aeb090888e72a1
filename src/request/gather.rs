//! Gathers the words of every language into one lexicon. Only the build script does this.

use super::{
    format::{Cue, Words},
    lexicon::Lexicon,
};
use crate::text::{Class, Forms, Grammar, Phrases, choices};

/// The words of `languages` together.
pub fn lexicon(languages: &[Words]) -> Lexicon<'static> {
    let all = |pick: fn(&Words) -> &Vec<String>| languages.iter().flat_map(pick).cloned().collect();
    let cues = || languages.iter().flat_map(|words| &words.cues);
    let spoken = cues().filter(|(cue, _)| **cue != Cue::Promotes);
    let spoken = spoken.flat_map(|(cue, phrases)| phrases.iter().flat_map(|phrase| choices(phrase)).map(|phrase| (*cue, phrase)));
    let spoken: Vec<(Cue, String)> = spoken.collect();
    let adverts = cues().filter(|(cue, _)| **cue == Cue::Promotes);
    let weekdays = languages.iter().flat_map(|words| (0..7).zip(&words.weekdays));
    let tomorrow = languages.iter().flat_map(|words| &words.tomorrow);
    Lexicon {
        cues: Phrases::new(spoken.iter().map(|(cue, phrase)| (*cue, phrase.as_str()))).classed(Class::CUE),
        adverts: Phrases::new(adverts.flat_map(|(_, phrases)| phrases.iter().map(|phrase| ((), phrase.as_str())))).classed(Class::ADVERT),
        veils: Phrases::new(languages.iter().flat_map(|words| &words.veils).map(|veil| ((), veil.as_str()))),
        weekdays: Phrases::new(weekdays.map(|(day, name)| (day, name.as_str()))),
        tomorrow: Phrases::new(tomorrow.map(|name| ((), name.as_str()))),
        forms: forms(languages).classed(Class::BUILT),
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

/// The constructions of every language.
fn forms(languages: &[Words]) -> Forms<'static, Cue> {
    let mut forms = Grammar::default();
    for language in languages {
        let groups = language.words.iter().map(|(name, words)| (name.as_str(), words.iter().map(String::as_str)));
        let built = language.forms.iter().flat_map(|(cue, forms)| forms.iter().map(|form| (*cue, form.as_str())));
        forms.add(groups, built);
    }
    forms.forms()
}

/// The first words of its phrases, with their classes.
pub fn first_words(lexicon: &Lexicon<'_>) -> Vec<(Class, u32)> {
    lexicon.cues.first_words().chain(lexicon.adverts.first_words()).chain(lexicon.forms.first_words()).collect()
}

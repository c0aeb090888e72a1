//! The shipped signs, loaded once.

use super::format::{Sign, Signs, Speaks};
use crate::text::Phrases;
use std::{collections::BTreeMap, sync::LazyLock};

/// Everything the origin rules know by heart.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// The signs.
    pub signs: Vec<Sign>,
    /// Their phrases, by index of the sign; and the words that make a sentence speak of something else.
    pub phrases: Phrases<Key>,
    /// Names of agents: true for a kind, false for a product.
    pub names: Phrases<bool>,
    /// Groups, apps and programs.
    pub accounts: Signs,
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The sign at this index.
    Sign(usize),
    /// Denies what follows.
    Denies,
    /// Speaks of somebody else.
    Others,
}

/// The shipped catalogue.
pub(super) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let files: Vec<(String, Signs)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/origin.bin"))).unwrap_or_default();
    Catalogue::of(merged(files.into_iter().map(|(_, signs)| signs)))
});

impl Catalogue {
    fn of(mut accounts: Signs) -> Self {
        let signs = std::mem::take(&mut accounts.sign);
        let mut phrases: Vec<(Key, String)> = Vec::new();
        for (index, sign) in signs.iter().enumerate() {
            phrases.extend(sign.phrases.iter().flat_map(|phrase| spellings(phrase)).map(|phrase| (Key::Sign(index), phrase)));
        }
        phrases.extend(accounts.denies.iter().map(|word| (Key::Denies, word.clone())));
        phrases.extend(accounts.others.iter().map(|word| (Key::Others, word.clone())));
        let phrases = Phrases::new(phrases.iter().map(|(key, phrase)| (*key, phrase.as_str())));
        Self { signs, phrases, names: names(&accounts), accounts }
    }
}

/// A phrase about any agent, as one about a kind and one about a product.
fn spellings(phrase: &str) -> Vec<String> {
    if phrase.contains("{ai}") {
        vec![phrase.replace("{ai}", "{kind}"), phrase.replace("{ai}", "{product}")]
    } else {
        vec![phrase.to_owned()]
    }
}

fn names(accounts: &Signs) -> Phrases<bool> {
    let kinds = accounts.kinds.iter().map(|name| (true, name.as_str()));
    Phrases::new(kinds.chain(accounts.products.iter().map(|name| (false, name.as_str()))))
}

fn merged(files: impl Iterator<Item = Signs>) -> Signs {
    let append = |into: &mut BTreeMap<Speaks, Vec<String>>, from: BTreeMap<Speaks, Vec<String>>| {
        for (speaks, names) in from {
            into.entry(speaks).or_default().extend(names);
        }
    };
    files.fold(Signs::default(), |mut all, file| {
        all.sign.extend(file.sign);
        all.kinds.extend(file.kinds);
        all.products.extend(file.products);
        all.denies.extend(file.denies);
        all.others.extend(file.others);
        all.bot_apps.extend(file.bot_apps);
        all.libraries.extend(file.libraries);
        append(&mut all.groups, file.groups);
        append(&mut all.apps, file.apps);
        append(&mut all.user_agents, file.user_agents);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_shipped_and_sound() {
        assert!(CATALOGUE.signs.len() > 10 && !CATALOGUE.names.find("ChatGPT").is_empty());
        for sign in &CATALOGUE.signs {
            assert!(sign.signal.contains('/') && !sign.detail.is_empty() && sign.weight > 0, "{}", sign.signal);
            assert!(sign.phrases.iter().all(|phrase| *phrase == phrase.to_lowercase()), "{}", sign.signal);
        }
    }
}

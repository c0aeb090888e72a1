//! The shipped signs, loaded once.

use super::format::{Sign, Signs, Speaks};
use crate::text::{Forms, Phrases, choices};
use std::{collections::BTreeMap, sync::LazyLock};

/// Everything the origin rules know by heart.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// The signs.
    pub signs: Vec<Sign>,
    /// Their phrases and the names of agents.
    pub phrases: Phrases<Key>,
    /// How the sentences of signs are built.
    pub forms: Forms<usize>,
    /// The words that make a sentence speak of something else.
    pub turns: Phrases<Turn>,
    /// Groups, apps and programs.
    pub accounts: Signs,
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The sign at this index.
    Sign(usize),
    /// A kind of agent.
    Kind,
    /// The name of a product.
    Product,
    /// A name that humans bear too, or a tool that only helps to write.
    Shared,
}

/// What makes a sentence speak of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Denies what follows.
    Denies,
    /// Speaks of somebody else.
    Others,
    /// Reports what comes before it.
    Reports,
    /// Takes back what somebody else's answer says.
    Refutes,
}

/// The shipped catalogue.
pub(super) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let files: Vec<(String, Signs)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/origin.bin"))).unwrap_or_default();
    Catalogue::of(&files.into_iter().map(|(_, signs)| signs).collect::<Vec<_>>())
});

impl Catalogue {
    fn of(files: &[Signs]) -> Self {
        let mut accounts = merged(files.iter().cloned());
        let forms = forms(files, &accounts);
        let signs = std::mem::take(&mut accounts.sign);
        let mut phrases: Vec<(Key, String)> = Vec::new();
        for (index, sign) in signs.iter().enumerate() {
            phrases.extend(sign.phrases.iter().flat_map(|phrase| spellings(phrase)).map(|phrase| (Key::Sign(index), phrase)));
        }
        phrases.extend(accounts.kinds.iter().flat_map(|name| choices(name)).map(|name| (Key::Kind, name)));
        phrases.extend(accounts.products.iter().map(|name| (Key::Product, name.clone())));
        phrases.extend(accounts.shared_names.iter().chain(&accounts.tools).map(|name| (Key::Shared, name.clone())));
        let phrases = Phrases::new(phrases.iter().map(|(key, phrase)| (*key, phrase.as_str())));
        let denies = accounts.denies.iter().map(|word| (Turn::Denies, word.as_str()));
        let others = accounts.others.iter().map(|word| (Turn::Others, word.as_str()));
        let reports = accounts.reports.iter().map(|word| (Turn::Reports, word.as_str()));
        let refutes = accounts.refutes.iter().map(|word| (Turn::Refutes, word.as_str()));
        let turns = Phrases::new(denies.chain(others).chain(reports).chain(refutes));
        Self { signs, phrases, forms, turns, accounts }
    }
}

/// The forms of every file, each filed under the place of its sign in `all`.
fn forms(files: &[Signs], all: &Signs) -> Forms<usize> {
    let mut forms = Forms::default();
    let names = || ["{kind}", "{product}"].into_iter().chain(all.shared_names.iter().map(String::as_str));
    let ai: Vec<&str> = names().collect();
    let tool: Vec<&str> = names().chain(all.tools.iter().map(String::as_str)).collect();
    let mut index = 0;
    for file in files {
        let own = file.words.iter().map(|(name, words)| (name.as_str(), words.iter().map(String::as_str).collect::<Vec<_>>()));
        let groups = own.chain([("ai", ai.clone()), ("tool", tool.clone())]).map(|(name, words)| (name, words.into_iter()));
        let signs = (index..).zip(&file.sign);
        forms.add(groups, signs.flat_map(|(at, sign)| sign.forms.iter().map(move |form| (at, form.as_str()))));
        index += file.sign.len();
    }
    forms.ready()
}

/// Every way to read a phrase: each choice, and `{ai}` as a kind and as a product.
fn spellings(phrase: &str) -> Vec<String> {
    let about = |phrase: String| match phrase.contains("{ai}") {
        true => vec![phrase.replace("{ai}", "{kind}"), phrase.replace("{ai}", "{product}")],
        false => vec![phrase],
    };
    choices(phrase).into_iter().flat_map(about).collect()
}

fn merged(files: impl Iterator<Item = Signs>) -> Signs {
    let append = |into: &mut BTreeMap<Speaks, Vec<String>>, from: BTreeMap<Speaks, Vec<String>>| {
        for (speaks, names) in from {
            into.entry(speaks).or_default().extend(names);
        }
    };
    files.fold(Signs::default(), |mut all, file| {
        all.sign.extend(file.sign);
        all.shared_names.extend(file.shared_names);
        all.tools.extend(file.tools);
        all.refutes.extend(file.refutes);
        all.kinds.extend(file.kinds);
        all.products.extend(file.products);
        all.denies.extend(file.denies);
        all.others.extend(file.others);
        all.reports.extend(file.reports);
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
        assert!(CATALOGUE.signs.len() > 10 && CATALOGUE.phrases.find("ChatGPT").iter().any(|hit| hit.key == Key::Product));
        for sign in &CATALOGUE.signs {
            assert!(sign.signal.contains('/') && !sign.detail.is_empty() && sign.weight > 0, "{}", sign.signal);
            assert!(sign.phrases.iter().all(|phrase| *phrase == phrase.to_lowercase()), "{}", sign.signal);
        }
    }
}

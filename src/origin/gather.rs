//! Gathers the signs of every language into one catalogue. Only the build script does this.

use super::{
    catalogue::{Catalogue, Key, Turn},
    format::{Sign, Signs, Speaks},
};
use crate::text::{Class, Forms, Grammar, Phrases, choices};
use std::collections::BTreeMap;

/// What `files` say together.
pub fn catalogue(files: &[Signs]) -> Catalogue<'static> {
    let mut accounts = merged(files.iter().cloned());
    let forms = forms(files, &accounts).classed(Class::DISCLOSED);
    let signs = std::mem::take(&mut accounts.sign);
    let mut phrases: Vec<(Key, String)> = Vec::new();
    for (index, sign) in signs.iter().enumerate() {
        phrases.extend(sign.phrases.iter().flat_map(|phrase| spellings(phrase)).map(|phrase| (Key::Sign(index), phrase)));
    }
    phrases.extend(accounts.kinds.iter().flat_map(|name| choices(name)).map(|name| (Key::Kind, name)));
    phrases.extend(accounts.products.iter().map(|name| (Key::Product, name.clone())));
    phrases.extend(accounts.shared_names.iter().chain(&accounts.tools).map(|name| (Key::Shared, name.clone())));
    let phrases = Phrases::new(phrases.iter().map(|(key, phrase)| (*key, phrase.as_str()))).classed(Class::SIGN);
    let denies = accounts.denies.iter().map(|word| (Turn::Denies, word.as_str()));
    let others = accounts.others.iter().map(|word| (Turn::Others, word.as_str()));
    let reports = accounts.reports.iter().map(|word| (Turn::Reports, word.as_str()));
    let refutes = accounts.refutes.iter().map(|word| (Turn::Refutes, word.as_str()));
    let turns = Phrases::new(denies.chain(others).chain(reports).chain(refutes)).classed(Class::TURN);
    Catalogue { signs: signs.into_iter().map(without_words).collect(), phrases, forms, turns, accounts: without_phrases(accounts) }
}

/// The first words of its phrases, with their classes.
pub fn first_words(catalogue: &Catalogue<'_>) -> Vec<(Class, u32)> {
    catalogue.phrases.first_words().chain(catalogue.turns.first_words()).chain(catalogue.forms.first_words()).collect()
}

/// What is said of a sign; its words are in the tables.
fn without_words(sign: Sign) -> Sign {
    Sign { phrases: Vec::new(), forms: Vec::new(), ..sign }
}

/// The names that are looked for in accounts and programs; what is looked for in texts is in the tables.
fn without_phrases(known: Signs) -> Signs {
    let Signs { groups, apps, bot_apps, user_agents, libraries, .. } = known;
    Signs { groups, apps, bot_apps, user_agents, libraries, ..Signs::default() }
}

/// The forms of every file, each filed under the place of its sign in `all`.
fn forms(files: &[Signs], all: &Signs) -> Forms<'static, usize> {
    let mut forms = Grammar::default();
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
    forms.forms()
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

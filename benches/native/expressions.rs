//! The rules as regular expressions, for the loops the engine is compared with.
//!
//! Written from each rule's own vocabulary, mechanically: the names of its programs, calls, keys and statements, the keywords of its
//! patterns, its verbs in English. A name alone decides nothing (no arguments, quoting, stance or direction), so this is the
//! least that a loop over the same rules can cost.

use crate::{
    format::{
        File, Rule, SettingMatcher, Vocabulary,
        pattern::{Alternative, Pattern},
        template::Part,
    },
    language::Lexicon,
};
use std::collections::{BTreeMap, BTreeSet};

/// A rule's id and its expression; rules that no name tells are left out.
pub fn all() -> Vec<(String, String)> {
    let files: Vec<(String, File)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/examples.postcard"))).unwrap();
    let english: Lexicon = toml::from_str(include_str!("../../rules/language/en.toml")).unwrap();
    let vocabularies = files.iter().flat_map(|(_, file)| &file.vocabulary).map(|(name, vocabulary)| (name.as_str(), vocabulary)).collect();
    let words = Words { vocabularies, english };
    let rules = files.iter().flat_map(|(_, file)| &file.rule).map(|rule| (rule.id.clone(), words.names(rule)));
    rules.filter(|(_, names)| !names.is_empty()).map(|(id, names)| (id, expression(&names))).collect()
}

struct Words<'a> {
    vocabularies: BTreeMap<&'a str, &'a Vocabulary>,
    english: Lexicon,
}

impl Words<'_> {
    /// The names that tell that `rule` could apply.
    fn names(&self, rule: &Rule) -> BTreeSet<String> {
        let programs = rule.command.iter().flat_map(|matcher| matcher.program.iter());
        let statements =
            rule.statement.iter().flat_map(|matcher| matcher.words.iter()).filter_map(|template| match template.parts.first() {
                Some(Part::One(pattern)) => Some(pattern),
                _ => None,
            });
        let calls = rule.call.iter().flat_map(|matcher| matcher.path.iter());
        let headings = rule.setting.iter().flat_map(|matcher| matcher.heading.last());
        let patterns = programs.chain(statements).chain(calls).chain(headings);
        let keys = rule.setting.iter().filter(|matcher| matcher.heading.is_empty()).flat_map(keys);
        let verbs = rule.phrase.iter().flat_map(|matcher| matcher.verb.iter()).filter_map(|verb| self.english.verbs.get(verb));
        let keywords = rule.pattern.iter().flat_map(|matcher| matcher.keywords.iter().cloned());
        let names = patterns.flat_map(|pattern| self.values(pattern)).chain(keys).chain(verbs.flat_map(|forms| forms.tell.clone()));
        names.chain(keywords).map(|name| name.trim_matches(['*', '=']).to_owned()).filter(|name| !name.is_empty()).collect()
    }

    fn values(&self, pattern: &Pattern) -> Vec<String> {
        let any = if pattern.not { &[] } else { pattern.any.as_slice() };
        let values = any.iter().flat_map(|alternative| match alternative {
            Alternative::Anything => Vec::new(),
            Alternative::Exact(text) | Alternative::Glob(text) => vec![text.clone()],
            Alternative::Vocabulary(name) => self.vocabularies.get(name.as_str()).map_or(Vec::new(), |listed| listed.values.clone()),
        });
        values.collect()
    }
}

/// The last plain key of each path.
fn keys(matcher: &SettingMatcher) -> impl Iterator<Item = String> {
    let paths = matcher.all.keys().take(1).chain(matcher.any.keys());
    paths.filter_map(|path| path.rsplit('.').find(|key| !key.contains('*') && !key.is_empty())).map(str::to_owned)
}

/// Any of `names`; a `*` inside one stands for the rest of a word.
fn expression(names: &BTreeSet<String>) -> String {
    let any: Vec<String> = names.iter().map(|name| name.split('*').map(escaped).collect::<Vec<_>>().join(r"\w*")).collect();
    format!(r"(?:^|\W)(?:{})(?:\W|$)", any.join("|"))
}

/// `text` with nothing in it read as an expression, by JavaScript or RE2.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|letter| r"\^$.|?*+()[]{}/".contains(letter).then_some('\\').into_iter().chain([letter])).collect()
}

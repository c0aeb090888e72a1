//! Files rules under a word that must be there: the build script the shipped ones, the engine an organisation's own.

use super::{
    anchor,
    facts::Facts,
    format::{
        Rule,
        pattern::{Alternative, Pattern},
        template::Part,
    },
};
use crate::text::{Column, Filing, Names, Starts, name_hash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rules by a word that must be there, and those that any word may satisfy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Shelf<'a> {
    /// The words, and the rules of each.
    #[serde(borrow)]
    words: Filing<'a, 3>,
    filed: Starts,
    #[serde(borrow)]
    rules: Column<'a, 2>,
    /// Globs over the word, and the rule of each.
    #[serde(borrow)]
    globs: Names<'a>,
    #[serde(borrow)]
    globbed: Column<'a, 2>,
    /// Rules that any word may satisfy.
    pub rest: Vec<usize>,
}

impl Shelf<'_> {
    /// Adds to `into` the rules filed under `word`, in any case.
    pub fn look_up(&self, word: &str, into: &mut Vec<usize>) {
        for place in self.words.find(name_hash(word)) {
            into.extend(self.filed.span(place).filter_map(|at| self.rules.get(at)));
        }
        let fitting = self.globs.iter().enumerate().filter(|(_, glob)| super::glob::fits(glob, word));
        into.extend(fitting.filter_map(|(at, _)| self.globbed.get(at)));
    }
}

/// A shelf being filled.
#[derive(Debug, Default)]
struct Filled {
    by_word: BTreeMap<String, Vec<usize>>,
    by_glob: Vec<(String, usize)>,
    rest: Vec<usize>,
}

impl Filled {
    /// Files `rule` under what `pattern` asks of the word.
    fn file(&mut self, pattern: &Pattern, rule: usize, facts: &Facts<'_>) {
        if pattern.not {
            self.rest.push(rule);
            return;
        }
        for alternative in &pattern.any {
            match alternative {
                Alternative::Exact(word) => self.file_word(word, rule),
                Alternative::Glob(glob) => self.by_glob.push((glob.clone(), rule)),
                Alternative::Vocabulary(name) => match facts.listed(name) {
                    Some(values) => values.for_each(|value| self.file_value(value, rule)),
                    None => self.rest.push(rule),
                },
                Alternative::Anything => self.rest.push(rule),
            }
        }
    }

    fn file_value(&mut self, value: &str, rule: usize) {
        if value.contains('*') { self.by_glob.push((value.to_owned(), rule)) } else { self.file_word(value, rule) }
    }

    fn file_word(&mut self, word: &str, rule: usize) {
        let rules = self.by_word.entry(word.to_ascii_lowercase()).or_default();
        if rules.last() != Some(&rule) {
            rules.push(rule);
        }
    }

    fn shelf(self) -> Shelf<'static> {
        let hashes: Vec<u64> = self.by_word.keys().map(|word| name_hash(word)).collect();
        let lists: Vec<&Vec<usize>> = self.by_word.values().collect();
        let (words, order) = Filing::of(&hashes);
        let lists = || order.iter().filter_map(|at| lists.get(*at));
        Shelf {
            words,
            filed: Starts::of(lists().map(|list| list.len())),
            rules: lists().flat_map(|list| list.iter().copied()).collect(),
            globs: self.by_glob.iter().map(|(glob, _)| glob.as_str()).collect(),
            globbed: self.by_glob.iter().map(|(_, rule)| *rule).collect(),
            rest: self.rest,
        }
    }
}

/// The rules of a pack by what they match.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index<'a> {
    #[serde(borrow)]
    pub(super) programs: Shelf<'a>,
    #[serde(borrow)]
    pub(super) statements: Shelf<'a>,
    #[serde(borrow)]
    pub(super) headings: Shelf<'a>,
    #[serde(borrow)]
    pub(super) keys: Shelf<'a>,
    #[serde(borrow)]
    pub(super) calls: Shelf<'a>,
    #[serde(borrow)]
    pub(super) verbs: Shelf<'a>,
    pub(super) keywords: Vec<(String, usize)>,
}

/// An index being filled.
#[derive(Debug, Default)]
struct Files {
    programs: Filled,
    statements: Filled,
    headings: Filled,
    keys: Filled,
    calls: Filled,
    verbs: Filled,
    keywords: Vec<(String, usize)>,
}

impl Index<'_> {
    /// Files `rules`, each under its position.
    pub(crate) fn of<'b>(rules: impl Iterator<Item = &'b Rule>, facts: &Facts<'_>) -> Self {
        let mut files = Files::default();
        for (position, rule) in rules.enumerate() {
            files.file(rule, position, facts);
        }
        Self {
            programs: files.programs.shelf(),
            statements: files.statements.shelf(),
            headings: files.headings.shelf(),
            keys: files.keys.shelf(),
            calls: files.calls.shelf(),
            verbs: files.verbs.shelf(),
            keywords: files.keywords,
        }
    }
}

impl Files {
    fn file(&mut self, rule: &Rule, position: usize, facts: &Facts<'_>) {
        for program in rule.command.iter().flat_map(|matcher| matcher.program.iter()) {
            self.programs.file(program, position, facts);
        }
        for template in rule.statement.iter().flat_map(|matcher| matcher.words.iter()) {
            match template.parts.first() {
                Some(Part::One(pattern)) => self.statements.file(pattern, position, facts),
                _ => self.statements.rest.push(position),
            }
        }
        for path in rule.call.iter().flat_map(|matcher| matcher.path.iter()) {
            self.calls.file(&last_name(path), position, facts);
        }
        for verb in rule.phrase.iter().flat_map(|matcher| matcher.verb.iter()) {
            self.verbs.file_word(verb, position);
        }
        for keyword in rule.pattern.iter().flat_map(|matcher| matcher.keywords.iter()) {
            self.keywords.push((keyword.to_ascii_lowercase(), position));
        }
        self.file_settings(rule, position, facts);
    }

    fn file_settings(&mut self, rule: &Rule, position: usize, facts: &Facts<'_>) {
        for matcher in rule.setting.iter() {
            if let Some(heading) = matcher.heading.last() {
                self.headings.file(heading, position, facts);
                continue;
            }
            let paths: Vec<&String> =
                if matcher.all.is_empty() { matcher.any.keys().collect() } else { matcher.all.keys().take(1).collect() };
            for path in paths {
                match anchor::anchors(path).find(|key| !key.contains('*')) {
                    Some(key) => self.keys.file_word(&anchor::folded(key), position),
                    None => self.keys.rest.push(position),
                }
            }
        }
    }
}

/// The pattern's last names, as far as they are plain words: `*.put_acl` is filed under `put_acl`.
fn last_name(path: &Pattern) -> Pattern {
    let any = path.any.iter().map(|alternative| match alternative {
        Alternative::Exact(text) | Alternative::Glob(text) => {
            let name = anchor::last_name(text);
            if name.contains('*') { Alternative::Glob(name.to_owned()) } else { Alternative::Exact(name.to_owned()) }
        }
        other => other.clone(),
    });
    Pattern { capture: None, not: path.not, any: any.collect() }
}

//! Finds the few rules that could match an instruction by hashing one of its words, so that the cost of a post does not
//! grow with the pack.

use super::{
    call,
    facts::Facts,
    format::{
        Rule,
        pattern::{Alternative, Pattern},
        template::Part,
    },
    setting, statement,
};
use crate::instruction::{Act, Setting};
use rustc_hash::FxHashMap;

/// Rules by a word that must be there, and those that any word may satisfy.
#[derive(Clone, Debug, Default)]
struct Shelf {
    by_word: FxHashMap<String, Vec<usize>>,
    /// Globs over the word, each with its rules.
    by_glob: Vec<(String, usize)>,
    rest: Vec<usize>,
}

impl Shelf {
    /// Files `rule` under what `pattern` asks of the word.
    fn file(&mut self, pattern: &Pattern, rule: usize, facts: &Facts) {
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

    fn look_up(&self, word: &str, into: &mut Vec<usize>) {
        let lower = word.bytes().any(|byte| byte.is_ascii_uppercase()).then(|| word.to_ascii_lowercase());
        into.extend(self.by_word.get(lower.as_deref().unwrap_or(word)).into_iter().flatten());
        into.extend(self.by_glob.iter().filter(|(glob, _)| super::glob::fits(glob, word)).map(|(_, rule)| rule));
    }
}

/// The rules of a pack by what they match.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    programs: Shelf,
    statements: Shelf,
    headings: Shelf,
    keys: Shelf,
    calls: Shelf,
    verbs: Shelf,
    keywords: Vec<(String, usize)>,
}

impl Index {
    /// Files `rules`, each under its position.
    pub(super) fn of<'a>(rules: impl Iterator<Item = &'a Rule>, facts: &Facts) -> Self {
        let mut index = Self::default();
        for (position, rule) in rules.enumerate() {
            index.file(rule, position, facts);
        }
        index
    }

    fn file(&mut self, rule: &Rule, position: usize, facts: &Facts) {
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

    fn file_settings(&mut self, rule: &Rule, position: usize, facts: &Facts) {
        for matcher in rule.setting.iter() {
            if let Some(heading) = matcher.heading.last() {
                self.headings.file(heading, position, facts);
                continue;
            }
            let paths: Vec<&String> =
                if matcher.all.is_empty() { matcher.any.keys().collect() } else { matcher.all.keys().take(1).collect() };
            for path in paths {
                match setting::anchors(path).find(|key| !key.contains('*')) {
                    Some(key) => self.keys.file_word(&setting::folded(key), position),
                    None => self.keys.rest.push(position),
                }
            }
        }
    }

    /// The positions of the rules that could match `act` or `text`, in order, each once.
    pub(super) fn candidates(&self, act: &Act, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let shelf = match act {
            Act::Command(command) => looked_up(&self.programs, [command.program.as_str()], &mut found),
            Act::Statement(words) => looked_up(&self.statements, statement::first(words), &mut found),
            Act::Call(called) => looked_up(&self.calls, [call::anchor(&called.path)], &mut found),
            Act::Directive(directive) => looked_up(&self.verbs, [directive.verb.as_str()], &mut found),
            Act::Change(_) => return found,
            Act::Setting(setting) => {
                self.look_up_setting(setting, &mut found);
                &self.keys
            }
        };
        found.extend(&shelf.rest);
        self.look_up_keywords(text, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn look_up_setting(&self, setting: &Setting, found: &mut Vec<usize>) {
        for part in &setting.heading {
            self.headings.look_up(part, found);
        }
        found.extend(&self.headings.rest);
        for entry in &setting.entries {
            for key in setting::anchors(&entry.path) {
                self.keys.look_up(&setting::folded(key), found);
            }
        }
    }

    fn look_up_keywords(&self, text: &str, found: &mut Vec<usize>) {
        if self.keywords.is_empty() {
            return;
        }
        let text = text.to_ascii_lowercase();
        found.extend(self.keywords.iter().filter(|(keyword, _)| text.contains(keyword)).map(|(_, rule)| rule));
    }
}

fn looked_up<'a, 'b>(shelf: &'a Shelf, words: impl IntoIterator<Item = &'b str>, found: &mut Vec<usize>) -> &'a Shelf {
    for word in words {
        shelf.look_up(word, found);
    }
    shelf
}

/// The pattern's last names, as far as they are plain words: `*.put_acl` is filed under `put_acl`.
fn last_name(path: &Pattern) -> Pattern {
    let any = path.any.iter().map(|alternative| match alternative {
        Alternative::Exact(text) | Alternative::Glob(text) => {
            let name = call::anchor(text);
            if name.contains('*') { Alternative::Glob(name.to_owned()) } else { Alternative::Exact(name.to_owned()) }
        }
        other => other.clone(),
    });
    Pattern { capture: None, not: path.not, any: any.collect() }
}

//! The rules as regular expressions, for the loops the engine is compared with.
//!
//! Written from each rule's own matchers, mechanically: program, statement and call names, keys, the words and vocabularies that
//! have to follow on the line, the verbs and objects of English. They look for less than the rules do (no quoting, no order of
//! options, no stance, one language), so they are rather too fast than too slow.

use crate::{
    format::{
        CallMatcher, CommandMatcher, File, PhraseMatcher, Rule, SettingMatcher, StatementMatcher, Vocabulary,
        pattern::{Alternative, Pattern},
        template::{Part, Template},
    },
    language::Lexicon,
};
use std::collections::BTreeMap;

/// What lies between two parts that have to be on one line, and in one statement; bounded, or a long line would never end.
const ON_THE_LINE: &str = r"[^\n]{0,80}?";
const IN_THE_STATEMENT: &str = r"[^;]{0,80}?";
/// Any word.
const WORD: &str = r"\S+";

/// A rule's id and its expression.
pub fn all() -> Vec<(String, String)> {
    let files: Vec<(String, File)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/examples.postcard"))).unwrap();
    let languages: Vec<(String, Lexicon)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/languages.bin"))).unwrap();
    let english = languages.into_iter().map(|(_, lexicon)| lexicon).find(|lexicon| lexicon.tag == "en").unwrap();
    let vocabularies = files.iter().flat_map(|(_, file)| &file.vocabulary).map(|(name, vocabulary)| (name.as_str(), vocabulary)).collect();
    let words = Words { vocabularies, english };
    let rules = files.iter().flat_map(|(_, file)| &file.rule);
    rules.map(|rule| (rule.id.clone(), words.rule(rule))).collect()
}

struct Words<'a> {
    vocabularies: BTreeMap<&'a str, &'a Vocabulary>,
    english: Lexicon,
}

impl Words<'_> {
    fn rule(&self, rule: &Rule) -> String {
        let commands = rule.command.iter().map(|matcher| self.command(matcher));
        let statements = rule.statement.iter().map(|matcher| self.statement(matcher));
        let settings = rule.setting.iter().map(|matcher| self.setting(matcher));
        let calls = rule.call.iter().map(|matcher| self.call(matcher));
        let phrases = rule.phrase.iter().map(|matcher| self.phrase(matcher));
        let patterns = rule.pattern.iter().map(|matcher| any(matcher.keywords.iter().map(|word| escaped(word))));
        any(commands.chain(statements).chain(settings).chain(calls).chain(phrases).chain(patterns))
    }

    fn command(&self, matcher: &CommandMatcher) -> String {
        let named = matcher.program.iter().map(|pattern| self.pattern(pattern)).filter(|program| !program.contains(WORD));
        let program = any(named);
        let words = any(matcher.words.iter().map(|template| self.template(template, ON_THE_LINE)));
        let options = any(matcher.flags.keys().flat_map(|name| name.spellings()).map(escaped));
        let parts = [words, options].into_iter().filter(|part| !part.is_empty());
        // A program of any name is left out: what must follow says enough, and an expression that begins with any word is slow.
        let parts: Vec<String> = [program].into_iter().filter(|part| !part.is_empty()).chain(parts).collect();
        format!(r"\b{}", parts.join(ON_THE_LINE))
    }

    fn statement(&self, matcher: &StatementMatcher) -> String {
        any(matcher.words.iter().map(|template| format!(r"\b{}", self.template(template, IN_THE_STATEMENT))))
    }

    fn setting(&self, matcher: &SettingMatcher) -> String {
        let heading = matcher.heading.iter().map(|pattern| self.pattern(pattern)).collect::<Vec<_>>().join(ON_THE_LINE);
        let pairs = matcher.all.iter().chain(&matcher.any).map(|(path, value)| {
            let key = path.rsplit('.').find(|key| !key.contains('*') && !key.is_empty()).unwrap_or_default();
            format!("{}{ON_THE_LINE}{}", escaped(key), self.pattern(value))
        });
        any([heading].into_iter().chain(pairs).filter(|part| !part.is_empty()))
    }

    fn call(&self, matcher: &CallMatcher) -> String {
        let path = any(matcher.path.iter().map(|pattern| self.pattern(pattern)));
        let arguments = matcher.arguments.values().map(|pattern| format!(r"[^)]{{0,80}}?{}", self.pattern(pattern)));
        format!(r"{path}\s*\({}", arguments.collect::<String>())
    }

    fn phrase(&self, matcher: &PhraseMatcher) -> String {
        let verbs = matcher.verb.iter().filter_map(|verb| self.english.verbs.get(verb)).flat_map(|forms| &forms.tell);
        let objects = matcher.object.iter().filter_map(|object| self.english.objects.get(object)).flatten();
        let recipients = matcher.recipient.iter().filter_map(|recipient| self.english.recipients.get(recipient)).flatten();
        let parts = [any(objects.map(|word| escaped(word))), any(recipients.map(|word| escaped(word)))];
        let rest = parts.into_iter().filter(|part| !part.is_empty()).map(|part| format!(r"[^\n.]{{0,80}}\b{part}\b"));
        format!(r"\b{}\b{}", any(verbs.map(|word| escaped(word))), rest.collect::<String>())
    }

    fn template(&self, template: &Template, between: &str) -> String {
        let parts = template.parts.iter().filter_map(|part| match part {
            Part::One(pattern) => Some(self.pattern(pattern)),
            Part::Run(_) | Part::End => None,
        });
        parts.collect::<Vec<_>>().join(between)
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        if pattern.not { WORD.to_owned() } else { any(pattern.any.iter().map(|alternative| self.alternative(alternative))) }
    }

    fn alternative(&self, alternative: &Alternative) -> String {
        match alternative {
            Alternative::Anything => WORD.to_owned(),
            Alternative::Exact(text) => escaped(text),
            Alternative::Glob(glob) => globbed(glob),
            Alternative::Vocabulary(name) => match self.vocabularies.get(name.as_str()) {
                Some(vocabulary) => any(vocabulary.values.iter().map(|value| globbed(value.trim_start_matches('=')))),
                None => WORD.to_owned(),
            },
        }
    }
}

fn any(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("(?:{})", parts.join("|")) }
}

/// A glob; one that is open at an end needs nothing there.
fn globbed(glob: &str) -> String {
    glob.trim_matches('*').split('*').map(escaped).collect::<Vec<_>>().join(r"\S*")
}

/// `text` with nothing in it read as an expression, by JavaScript or RE2.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|letter| r"\^$.|?*+()[]{}/".contains(letter).then_some('\\').into_iter().chain([letter])).collect()
}

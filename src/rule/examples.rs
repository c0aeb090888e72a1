//! Runs a rule's examples: what it says it matches, read from a post as any other text would be.

use super::{
    Pack,
    format::{File, Rule, check::Mistake},
};
use crate::{
    instruction::{self, Stance},
    markdown,
    submission::Format,
};

/// The examples in `files` that fail with `pack`.
pub(super) fn failures(pack: &Pack, files: &[(String, File)]) -> Vec<Mistake> {
    files.iter().flat_map(|(name, file)| file.rule.iter().flat_map(move |rule| rule_failures(pack, name, rule))).collect()
}

fn rule_failures<'a>(pack: &'a Pack, file: &'a str, rule: &'a Rule) -> impl Iterator<Item = Mistake> + 'a {
    let say = |key: &str, problem: String| Mistake { file: file.to_owned(), rule: Some(rule.id.clone()), key: key.to_owned(), problem };
    let missed = rule.matches.iter().filter(|text| !advises(pack, rule, text));
    let missed = missed.map(move |text| say("matches", format!("does not match `{text}`: correct the example or the matcher")));
    let false_alarms = rule.ignores.iter().filter(|text| advises(pack, rule, text));
    missed.chain(false_alarms.map(move |text| say("ignores", format!("matches `{text}`: correct the example or the matcher"))))
}

/// Whether a post with `text` advises what `rule` is about.
fn advises(pack: &Pack, rule: &Rule, text: &str) -> bool {
    let document = markdown::read(&post(rule, text), Format::Markdown);
    instruction::read(&document)
        .instructions
        .iter()
        .filter(|instruction| instruction.stance(&document) == Stance::Advises)
        .any(|instruction| pack.matches(instruction).iter().any(|found| found.rule == rule.id))
}

/// A post that gives `text` in the notation the rule is about: words as they are, anything else in a fence.
fn post(rule: &Rule, text: &str) -> String {
    if !rule.phrase.is_empty() {
        return text.to_owned();
    }
    let language = match (&rule.language, rule.command.is_empty(), rule.statement.is_empty()) {
        (Some(language), ..) => language.as_str(),
        (None, false, _) => "sh",
        (None, true, false) => "sql",
        _ => "",
    };
    format!("````{language}\n{text}\n````\n")
}

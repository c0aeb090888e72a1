//! What a rule file must hold beyond its shape, so that a rule cannot ship without its tests, its source or its matcher.

use super::{COMPUTED, CommandMatcher, File, Rule, SettingMatcher, pattern::Pattern, template::Template};
use std::collections::BTreeSet;

/// Fewest `matches` and `ignores` of a rule.
const FEWEST_EXAMPLES: usize = 2;

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The file's name.
    pub file: String,
    /// The rule's id.
    pub rule: Option<String>,
    /// The key it is about.
    pub key: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.rule {
            Some(rule) => write!(formatter, "`{}`, rule `{rule}`, key `{}`: {}", self.file, self.key, self.problem),
            None => write!(formatter, "`{}`, `{}`: {}", self.file, self.key, self.problem),
        }
    }
}

/// Reads one file and fills its defaults into its rules.
pub(crate) fn read(name: &str, source: &str) -> Result<File, Mistake> {
    let parsed = toml::from_str(source).map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| 1 + source.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        let rule = rule_above(source, line);
        Mistake { file: name.to_owned(), rule, key: format!("line {line}"), problem: error.message().trim().replace('\n', ", ") }
    });
    let mut file: File = parsed?;
    for rule in &mut file.rule {
        if rule.category.is_empty() {
            rule.category.clone_from(&file.category);
        }
        if rule.language.is_none() {
            rule.language.clone_from(&file.language);
        }
        rule.references.0.extend(file.references.iter().cloned());
    }
    Ok(file)
}

/// The id last written above a line, so that an error of the parser names the rule too.
fn rule_above(source: &str, line: usize) -> Option<String> {
    let ids = source.lines().take(line).filter_map(|text| text.trim_start().strip_prefix("id"));
    let value = ids.last()?.trim_start().strip_prefix('=')?.trim();
    Some(value.trim_matches(['"', '\'']).to_owned())
}

/// The mistakes in `files`, given the names of vocabularies that exist beside them.
pub(crate) fn mistakes(files: &[(String, File)], vocabularies: &BTreeSet<String>, taken: &BTreeSet<String>) -> Vec<Mistake> {
    let own = files.iter().flat_map(|(_, file)| file.vocabulary.keys().cloned());
    let computed = COMPUTED.iter().map(|name| (*name).to_owned());
    let known: BTreeSet<String> = vocabularies.iter().cloned().chain(own).chain(computed).collect();
    let mut seen = taken.clone();
    let mut found = Vec::new();
    for (name, file) in files {
        for rule in &file.rule {
            let mut problems = problems(rule);
            problems.extend(unknown_vocabularies(rule, &known));
            if !seen.insert(rule.id.clone()) {
                problems.push(("id", "another rule has this id: choose a new one".to_owned()));
            }
            found.extend(problems.into_iter().map(|(key, problem)| Mistake {
                file: name.clone(),
                rule: Some(rule.id.clone()),
                key: key.to_owned(),
                problem,
            }));
        }
    }
    found
}

fn problems(rule: &Rule) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut must = |holds: bool, key: &'static str, problem: &str| {
        if !holds {
            found.push((key, problem.to_owned()));
        }
    };
    let (folder, name) = rule.id.split_once('/').unwrap_or_default();
    must(!folder.is_empty() && !name.is_empty(), "id", "write it as `technology/what-it-finds`");
    must(rule.matches.len() >= FEWEST_EXAMPLES, "matches", "give at least two examples that it must match");
    must(rule.ignores.len() >= FEWEST_EXAMPLES, "ignores", "give at least two examples that it must not match");
    must(!rule.references.is_empty(), "references", "name at least one source");
    must(!rule.category.is_empty(), "category", "name one, here or at the top of the file");
    must(
        !rule.title.is_empty() && !rule.why.is_empty() && !rule.safer.is_empty(),
        "why",
        "say in `title`, `why` and `safer` what a moderator needs",
    );
    must((1..=4).contains(&rule.level), "level", "choose a strictness from 1 to 4");
    must(matchers(rule) > 0, "command", "give a matcher: `command`, `statement`, `setting`, `call`, `phrase` or `pattern`");
    must(rule.pattern.iter().all(|pattern| !pattern.keywords.is_empty()), "pattern", "give `keywords`, one of which the text must hold");
    found
}

fn matchers(rule: &Rule) -> usize {
    rule.command.len() + rule.statement.len() + rule.setting.len() + rule.call.len() + rule.phrase.len() + rule.pattern.len()
}

fn unknown_vocabularies(rule: &Rule, known: &BTreeSet<String>) -> Vec<(&'static str, String)> {
    let named = patterns(rule).flat_map(|(key, pattern)| pattern.vocabularies().map(move |name| (key, name.to_owned())));
    named
        .filter(|(_, name)| !known.contains(name))
        .map(|(key, name)| (key, format!("there is no vocabulary `@{name}`: add `[vocabulary.{name}]` or correct the name")))
        .collect()
}

/// Every pattern of a rule, with the key it stands under.
fn patterns(rule: &Rule) -> impl Iterator<Item = (&'static str, &Pattern)> {
    let commands = rule.command.iter().flat_map(command_patterns).map(|pattern| ("command", pattern));
    let statements = rule
        .statement
        .iter()
        .flat_map(|matcher| matcher.words.iter().chain(matcher.unless.iter()).flat_map(Template::patterns))
        .map(|pattern| ("statement", pattern));
    let settings = rule.setting.iter().flat_map(setting_patterns).map(|pattern| ("setting", pattern));
    let calls = rule
        .call
        .iter()
        .flat_map(|matcher| matcher.path.iter().chain(matcher.arguments.values()).chain(matcher.unless.values()))
        .map(|pattern| ("call", pattern));
    let phrases = rule.phrase.iter().filter_map(|matcher| matcher.scope.as_ref()).map(|pattern| ("phrase", pattern));
    commands.chain(statements).chain(settings).chain(calls).chain(phrases)
}

fn command_patterns(matcher: &CommandMatcher) -> impl Iterator<Item = &Pattern> {
    let words = matcher.words.iter().flat_map(Template::patterns);
    let values = matcher.program.iter().chain(matcher.flags.values()).chain(matcher.args.iter());
    words.chain(values).chain(&matcher.opaque).chain(&matcher.input).chain(&matcher.output)
}

fn setting_patterns(matcher: &SettingMatcher) -> impl Iterator<Item = &Pattern> {
    let values = matcher.all.values().chain(matcher.any.values()).chain(matcher.none.values());
    matcher.notation.iter().chain(matcher.heading.iter()).chain(values)
}

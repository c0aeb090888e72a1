//! A set of rules, ready to match.

use super::{
    Direction, Match, RuleInfo, call, change,
    command::Line,
    examples,
    expression::{self, Lazy},
    facts::{Captures, Facts},
    format::{
        File, Rule, Way,
        check::{self, Mistake},
    },
    index::Index,
    phrase,
    sequence::Token,
    setting::{self, Keyed},
    severity, statement, wording,
};
use crate::instruction::{Act, Call, Directive, Instruction};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    sync::Arc,
};

/// What the build script wrote from `rules/`.
static SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.postcard"));

/// Hexadecimal digits of a pack's version.
const VERSION_DIGITS: usize = 12;

/// The embedded bytes: a version and the files.
#[derive(Deserialize)]
struct Embedded {
    version: String,
    files: Vec<(String, File)>,
}

/// A rule with its expressions.
#[derive(Debug)]
struct Ready {
    rule: Rule,
    expressions: Vec<Lazy>,
}

/// A set of rules.
///
/// ```
/// use countersign::rule::Pack;
/// let pack = Pack::shipped();
/// assert!(pack.rules().count() > 40);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pack {
    version: String,
    rules: Vec<Arc<Ready>>,
    facts: Arc<Facts>,
    index: Arc<Index>,
}

/// Why rules were refused: names the file, the rule and the key, and says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    mistakes: Vec<Mistake>,
}

impl PackError {
    pub(super) fn new(mistakes: Vec<Mistake>) -> Self {
        Self { mistakes }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            mistake.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for PackError {}

impl Pack {
    /// The pack that ships with the crate.
    #[must_use]
    pub fn shipped() -> Self {
        let Ok(embedded) = postcard::from_bytes::<Embedded>(SHIPPED) else { return Self::default() };
        let facts = Facts::of(embedded.files.iter().map(|(_, file)| file));
        Self::build(embedded.version, ready(embedded.files), facts)
    }

    /// An organisation's own rules: named TOML files in the format of `rules/`, which may use the shipped facts.
    ///
    /// # Errors
    /// When a file does not parse, a rule lacks something it needs, or one of its examples fails.
    ///
    /// ```
    /// use countersign::rule::Pack;
    /// let error = Pack::parse(&[("ours.toml", "[[rule]]\nid = \"ours/x\"\ncolour = 1")]).unwrap_err();
    /// assert!(error.to_string().starts_with("`ours.toml`, rule `ours/x`"));
    /// ```
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, PackError> {
        let shipped = Self::shipped();
        let read = |(name, source): &(&str, &str)| check::read(name, source).map(|file| ((*name).to_owned(), file));
        let parsed = files.iter().map(read).collect::<Result<Vec<_>, _>>().map_err(|mistake| PackError::new(vec![mistake]))?;
        let known: BTreeSet<String> = shipped.facts.names().cloned().collect();
        let mistakes: Vec<Mistake> =
            check::mistakes(&parsed, &known, &BTreeSet::new()).into_iter().chain(broken_expressions(&parsed)).collect();
        if !mistakes.is_empty() {
            return Err(PackError::new(mistakes));
        }
        let mut facts = (*shipped.facts).clone();
        facts.extend(Facts::of(parsed.iter().map(|(_, file)| file)));
        let pack = Self::build(version(files.iter().map(|(_, source)| *source)), ready(parsed.clone()), facts);
        let failures = examples::failures(&pack, &parsed);
        if failures.is_empty() { Ok(pack) } else { Err(PackError::new(failures)) }
    }

    /// These rules and those of `other`; a rule of `other` takes the place of one with the same id.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let theirs: HashSet<&str> = other.rules.iter().map(|ready| ready.rule.id.as_str()).collect();
        let kept = self.rules.iter().filter(|ready| !theirs.contains(ready.rule.id.as_str()));
        let rules = kept.chain(&other.rules).map(Arc::clone).collect();
        let mut facts = (*self.facts).clone();
        facts.extend((*other.facts).clone());
        Self::build(version([self.version.as_str(), other.version.as_str()].into_iter()), rules, facts)
    }

    /// A hash of the rules: the same for the same set.
    #[must_use]
    pub fn version(&self) -> String {
        self.version.clone()
    }

    /// What there is to say about each rule, in the order of their files.
    pub fn rules(&self) -> impl Iterator<Item = RuleInfo<'_>> {
        self.rules.iter().map(|ready| RuleInfo::of(&ready.rule))
    }

    /// What the rules say of `instruction`, most severe first, one match for a rule.
    #[must_use]
    pub fn matches(&self, instruction: &Instruction) -> Vec<Match> {
        if let Act::Change(change) = &instruction.act {
            let side = |act: &Option<Act>| act.as_ref().map(|act| self.matches(&instruction.with(act))).unwrap_or_default();
            let mut before = side(&change.before);
            if matches!(change.before, Some(Act::Command(_) | Act::Statement(_))) {
                // What a script no longer does opens nothing.
                before.retain(|found| found.direction == Direction::Widens);
            }
            return change::compare(&before, &side(&change.after));
        }
        let candidates = self.index.candidates(&instruction.act, &instruction.text);
        if candidates.is_empty() {
            return Vec::new();
        }
        let read = Prepared::of(instruction);
        let mut found: Vec<(bool, Match)> = candidates
            .into_iter()
            .filter_map(|position| self.rules.get(position))
            .filter_map(|ready| Some((ready.rule.fallback, self.said(&ready.rule, &read.find(ready, &self.facts)?))))
            .collect();
        if found.iter().any(|(fallback, _)| !fallback) {
            found.retain(|(fallback, _)| !fallback);
        }
        let mut matches: Vec<Match> = found.into_iter().map(|(_, found)| found).collect();
        matches.sort_by_key(|found| std::cmp::Reverse(found.severity));
        matches
    }

    /// One file's rules, unchecked, with the shipped facts.
    #[cfg(test)]
    pub(super) fn of_file(file: File) -> Self {
        let facts = (*Self::shipped().facts).clone();
        Self::build("test".to_owned(), ready(vec![(String::new(), file)]), facts)
    }

    fn build(version: String, rules: Vec<Arc<Ready>>, facts: Facts) -> Self {
        let index = Arc::new(Index::of(rules.iter().map(|ready| &ready.rule), &facts));
        Self { version, rules, facts: Arc::new(facts), index }
    }

    fn said(&self, rule: &Rule, captures: &Captures<'_>) -> Match {
        Match {
            rule: rule.id.clone(),
            title: rule.title.clone(),
            category: rule.category.clone(),
            direction: Direction::of(rule.direction),
            severity: severity::of(rule, captures, &self.facts),
            level: rule.level,
            why: wording::fill(&rule.why, captures),
            safer: rule.safer.clone(),
            references: rule.references.0.clone(),
        }
    }
}

/// An instruction's act, prepared once for all rules.
struct Prepared<'a> {
    instruction: &'a Instruction,
    act: PreparedAct<'a>,
}

enum PreparedAct<'a> {
    Command(Line<'a>),
    Statement(Vec<Token<'a>>),
    Setting(Keyed<'a>),
    Call(&'a Call),
    Directive(&'a Directive),
    Change,
}

impl<'a> Prepared<'a> {
    fn of(instruction: &'a Instruction) -> Self {
        let act = match &instruction.act {
            Act::Command(command) => PreparedAct::Command(Line::of(command)),
            Act::Statement(statement) => PreparedAct::Statement(statement::tokens(statement)),
            Act::Setting(setting) => PreparedAct::Setting(Keyed::of(setting)),
            Act::Call(call) => PreparedAct::Call(call),
            Act::Directive(directive) => PreparedAct::Directive(directive),
            Act::Change(_) => PreparedAct::Change,
        };
        Self { instruction, act }
    }

    /// What the first matcher of `ready` that matches captures.
    fn find(&self, ready: &'a Ready, facts: &Facts) -> Option<Captures<'a>> {
        let rule = &ready.rule;
        let by_act = match &self.act {
            PreparedAct::Command(line) => rule.command.iter().find_map(|matcher| line.find(matcher, facts)),
            PreparedAct::Statement(tokens) => rule.statement.iter().find_map(|matcher| statement::find(matcher, tokens, facts)),
            PreparedAct::Setting(keyed) => rule.setting.iter().find_map(|matcher| setting::find(matcher, keyed, facts)),
            PreparedAct::Call(call) => rule.call.iter().find_map(|matcher| call::find(matcher, call, facts)),
            PreparedAct::Directive(directive) => rule.phrase.iter().find_map(|matcher| phrase::find(matcher, directive, facts)),
            PreparedAct::Change => None,
        };
        let text = self.instruction.text.as_str();
        by_act.or_else(|| rule.pattern.iter().zip(&ready.expressions).find_map(|(matcher, lazy)| lazy.find(matcher, text)))
    }
}

fn ready(files: Vec<(String, File)>) -> Vec<Arc<Ready>> {
    let rules = files.into_iter().flat_map(|(_, file)| file.rule);
    rules.map(|rule| Arc::new(Ready { expressions: rule.pattern.iter().map(|_| Lazy::default()).collect(), rule })).collect()
}

fn broken_expressions(files: &[(String, File)]) -> impl Iterator<Item = Mistake> {
    files.iter().flat_map(|(name, file)| {
        file.rule.iter().flat_map(move |rule| {
            rule.pattern.iter().filter_map(expression::mistake).map(move |problem| Mistake {
                file: name.clone(),
                rule: Some(rule.id.clone()),
                key: "pattern".to_owned(),
                problem,
            })
        })
    })
}

fn version<'a>(sources: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for source in sources {
        hasher.update(source.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>().chars().take(VERSION_DIGITS).collect()
}

impl Direction {
    fn of(way: Way) -> Self {
        match way {
            Way::Widens => Self::Widens,
            Way::Narrows => Self::Narrows,
            Way::Shifts => Self::Shifts,
        }
    }
}

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
    phrase,
    sequence::Token,
    setting::{self, Keyed},
    severity,
    shelves::Index,
    statement, wording,
    written::Written,
};
use crate::instruction::{Act, Call, Directive, Instruction};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    sync::{Arc, OnceLock},
};

/// What the build script wrote from `rules/`.
static SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.postcard"));

/// Hexadecimal digits of a pack's version.
const VERSION_DIGITS: usize = 12;

/// A rule, read from its bytes when it is first asked for, and its expressions.
#[derive(Debug, Default)]
struct Ready {
    /// What the build script wrote; empty for a rule that was never written.
    bytes: &'static [u8],
    rule: OnceLock<Option<Rule>>,
    expressions: OnceLock<Vec<Lazy>>,
}

impl Ready {
    fn of(rule: Rule) -> Self {
        Self { rule: OnceLock::from(Some(rule)), ..Self::default() }
    }

    /// The rule; none when its bytes are not one, which a test rules out.
    fn rule(&self) -> Option<&Rule> {
        self.rule.get_or_init(|| postcard::from_bytes(self.bytes).ok()).as_ref()
    }

    /// The expressions of its matchers, in order.
    fn expressions(&self, rule: &Rule) -> &[Lazy] {
        self.expressions.get_or_init(|| rule.pattern.iter().map(|_| Lazy::default()).collect())
    }
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
    facts: Arc<Facts<'static>>,
    index: Arc<Index<'static>>,
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
        let Ok(Written { version, rules, facts, index }) = postcard::from_bytes::<Written<'static>>(SHIPPED) else {
            return Self::default();
        };
        let rules = rules.into_iter().map(|bytes| Arc::new(Ready { bytes, ..Ready::default() })).collect();
        Self { version, rules, facts: Arc::new(facts), index: Arc::new(index) }
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
        let theirs: HashSet<&str> = other.all().map(|rule| rule.id.as_str()).collect();
        let kept = self.rules.iter().filter(|ready| ready.rule().is_some_and(|rule| !theirs.contains(rule.id.as_str())));
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
        self.all().map(RuleInfo::of)
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
            .filter_map(|ready| {
                let rule = ready.rule()?;
                Some((rule.fallback, self.said(rule, &read.find(rule, ready, &self.facts)?)))
            })
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

    fn build(version: String, rules: Vec<Arc<Ready>>, facts: Facts<'static>) -> Self {
        let index = Index::of(rules.iter().filter_map(|ready| ready.rule()), &facts);
        Self { version, rules, facts: Arc::new(facts), index: Arc::new(index) }
    }

    fn all(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter_map(|ready| ready.rule())
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

    /// What the first matcher of `rule` that matches captures.
    fn find(&self, rule: &'a Rule, ready: &'a Ready, facts: &Facts<'_>) -> Option<Captures<'a>> {
        let by_act = match &self.act {
            PreparedAct::Command(line) => rule.command.iter().find_map(|matcher| line.find(matcher, facts)),
            PreparedAct::Statement(tokens) => rule.statement.iter().find_map(|matcher| statement::find(matcher, tokens, facts)),
            PreparedAct::Setting(keyed) => rule.setting.iter().find_map(|matcher| setting::find(matcher, keyed, facts)),
            PreparedAct::Call(call) => rule.call.iter().find_map(|matcher| call::find(matcher, call, facts)),
            PreparedAct::Directive(directive) => rule.phrase.iter().find_map(|matcher| phrase::find(matcher, directive, facts)),
            PreparedAct::Change => None,
        };
        let text = self.instruction.text.as_str();
        by_act.or_else(|| rule.pattern.iter().zip(ready.expressions(rule)).find_map(|(matcher, lazy)| lazy.find(matcher, text)))
    }
}

fn ready(files: Vec<(String, File)>) -> Vec<Arc<Ready>> {
    files.into_iter().flat_map(|(_, file)| file.rule).map(|rule| Arc::new(Ready::of(rule))).collect()
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

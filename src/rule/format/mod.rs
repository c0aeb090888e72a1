//! The shape of a rule file, as people write it (TOML) and as the crate embeds it (postcard).
//!
//! This folder knows serde and nothing else of the crate, because the build script includes it too: what it checks and
//! writes is, by construction, what the crate reads. Patterns and templates are parsed where they are read from TOML, so
//! a mistake is reported with its place in the file and costs nothing at start-up.

pub(crate) mod check;
pub(crate) mod many;
pub(crate) mod pattern;
pub(crate) mod template;
pub(crate) mod weight;

use many::Many;
use pattern::{FlagName, Pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use template::Template;
use weight::{Ladder, Weight};

/// Vocabularies that are logic rather than lists, told by `numbers.rs` and `mode.rs`.
pub(crate) const COMPUTED: &[&str] = &[
    "any-cidr",
    "wide-cidr",
    "mode",
    "world-writable-mode",
    "setuid-mode",
    "widening-mode",
    "narrowing-mode",
    "shifting-mode",
    "open-umask",
    "closed-umask",
    "other-umask",
];

/// One file: rules of a technology, or facts, or both.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// The category of rules that name none.
    #[serde(default)]
    pub category: String,
    /// References that hold for every rule of the file.
    #[serde(default)]
    pub references: Many<String>,
    /// The language examples are fenced in, for rules that name none.
    #[serde(default)]
    pub language: Option<String>,
    /// The rules.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Named lists of values that patterns use as `@name`.
    #[serde(default)]
    pub vocabulary: BTreeMap<String, Vocabulary>,
    /// On what → what is gained → who gains → how severe that is.
    #[serde(default)]
    pub matrix: BTreeMap<String, BTreeMap<String, BTreeMap<String, Ladder>>>,
}

/// A named list of values; where it has a rank, also what such a value means for severity.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    /// The scale its rank belongs to: `who`, `gains` or `on`.
    #[serde(default)]
    pub scale: Option<String>,
    /// Its rank there: `public`, `admin`, `account` ….
    #[serde(default)]
    pub rank: Option<String>,
    /// The values: exact, or globs with `*`.
    pub values: Vec<String>,
    /// Where the values are documented.
    #[serde(default)]
    pub references: Many<String>,
}

/// Which way access changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    Widens,
    Narrows,
    Shifts,
}

/// One rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub category: String,
    pub direction: Way,
    pub severity: Weight,
    /// The strictness, 1 to 4, from which it applies.
    #[serde(default = "first_level")]
    pub level: u8,
    /// Applies only where no other rule does.
    #[serde(default)]
    pub fallback: bool,
    /// What it would do; `<name|otherwise>` stands for what the matcher captured.
    pub why: String,
    pub safer: String,
    #[serde(default)]
    pub references: Many<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub command: Many<CommandMatcher>,
    #[serde(default)]
    pub statement: Many<StatementMatcher>,
    #[serde(default)]
    pub setting: Many<SettingMatcher>,
    #[serde(default)]
    pub call: Many<CallMatcher>,
    #[serde(default)]
    pub phrase: Many<PhraseMatcher>,
    #[serde(default)]
    pub pattern: Many<RegexMatcher>,
    /// Texts it must match; its tests, left out of the shipped pack.
    #[serde(default)]
    pub matches: Vec<String>,
    /// Texts it must not match.
    #[serde(default)]
    pub ignores: Vec<String>,
}

fn first_level() -> u8 {
    1
}

/// Matches a command; every condition given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommandMatcher {
    /// The program's name.
    pub program: Many<Pattern>,
    /// Its words, from the first, by any of these templates; options and what may be their values are passed over.
    #[serde(default)]
    pub words: Many<Template>,
    /// Options and their values; `*` asks only that the option is there.
    #[serde(default)]
    pub flags: BTreeMap<FlagName, Pattern>,
    /// Patterns that one of the words each must match.
    #[serde(default)]
    pub args: Many<Pattern>,
    /// A word, known only when it runs, that must be there: a substitution, or what is piped into an interpreter.
    #[serde(default)]
    pub opaque: Option<Pattern>,
    /// Options, or words, that must not be there.
    #[serde(default)]
    pub unless: Many<FlagName>,
    /// What it reads.
    #[serde(default)]
    pub input: Option<Pattern>,
    /// The file its output goes to.
    #[serde(default)]
    pub output: Option<Pattern>,
}

/// Matches a statement.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementMatcher {
    /// The words it must begin with, by any of these templates.
    pub words: Many<Template>,
    /// Templates it must not match.
    #[serde(default)]
    pub unless: Many<Template>,
}

/// Matches a configuration document or block; every condition given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingMatcher {
    /// Its notation.
    #[serde(default)]
    pub notation: Many<Pattern>,
    /// The first parts of its heading, one pattern each.
    #[serde(default)]
    pub heading: Many<Pattern>,
    /// Paths and values that must all be there.
    #[serde(default)]
    pub all: BTreeMap<String, Pattern>,
    /// Paths and values of which one must be there.
    #[serde(default)]
    pub any: BTreeMap<String, Pattern>,
    /// Paths and values of which none may be there.
    #[serde(default)]
    pub none: BTreeMap<String, Pattern>,
}

/// Matches a call.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallMatcher {
    /// What is called.
    pub path: Many<Pattern>,
    /// Arguments by name or position from 0, alternatives joined by `|`; `*` is any.
    #[serde(default)]
    pub arguments: BTreeMap<String, Pattern>,
    /// Arguments that must not be there.
    #[serde(default)]
    pub unless: BTreeMap<String, Pattern>,
}

/// Matches something said to a person, by concepts of the lexicon.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseMatcher {
    pub verb: Many<String>,
    /// One of these; not asked for when empty.
    #[serde(default)]
    pub object: Many<String>,
    /// One of these; not asked for when empty.
    #[serde(default)]
    pub recipient: Many<String>,
    /// On what, as written.
    #[serde(default)]
    pub scope: Option<Pattern>,
}

/// The escape hatch: a regular expression over an instruction's text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegexMatcher {
    /// The expression; named groups are captures.
    pub regex: String,
    /// One of these must be in the text before the expression is tried, in any case.
    pub keywords: Vec<String>,
}

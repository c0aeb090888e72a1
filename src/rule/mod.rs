//! Decides which instructions change who may do what, which way and how badly.
//!
//! Rules are data (`rules/`), each with its own examples; this room only knows how to match them.

mod anchor;
#[cfg(test)]
mod breadth;
mod call;
mod change;
mod cidr;
mod command;
mod examples;
mod expression;
mod facts;
mod format;
mod glob;
mod index;
mod mode;
mod pack;
mod phrase;
mod sequence;
mod setting;
mod severity;
mod shelves;
mod statement;
#[cfg(test)]
mod tests;
mod wording;
mod written;

pub use pack::{Pack, PackError};

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// Which way an instruction changes access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Somebody may do more than before.
    Widens,
    /// Somebody may do less.
    Narrows,
    /// Ownership or content that is not shown decides.
    Shifts,
}

/// How much harm an instruction could do, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Narrowing, or trivially local.
    Low,
    /// Worth a moderator's look.
    Medium,
    /// Many gain, or one gains much.
    High,
    /// Everyone gains control, or a control is switched off wholesale.
    Critical,
}

/// What a rule says of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rule's id, such as `shell/selinux-off`.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Which way access changes.
    pub direction: Direction,
    /// How much harm it could do.
    pub severity: Severity,
    /// The strictness, 1 to 4, from which it applies.
    pub level: u8,
    /// What it would do, in plain words.
    pub why: String,
    /// What to do instead.
    pub safer: String,
    /// ATT&CK techniques, CWEs and vendor documents.
    pub references: Vec<String>,
}

/// What there is to say about a rule, for documentation and tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo<'a> {
    /// Its id, such as `shell/selinux-off`.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its category.
    pub category: &'a str,
    /// The strictness, 1 to 4, from which it applies.
    pub level: u8,
    /// What it would do; `<name|otherwise>` stands for a part of the instruction.
    pub why: &'a str,
    /// What to do instead.
    pub safer: &'a str,
    /// Its sources.
    pub references: &'a [String],
}

impl<'a> RuleInfo<'a> {
    fn of(rule: &'a format::Rule) -> Self {
        Self {
            id: &rule.id,
            title: &rule.title,
            category: &rule.category,
            level: rule.level,
            why: &rule.why,
            safer: &rule.safer,
            references: &rule.references,
        }
    }
}

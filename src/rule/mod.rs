//! Decides which instructions change who may do what, which way and how badly.
//!
//! Rules are data (`rules/`), each with its own examples; this room only knows how to match them.

use crate::instruction::Instruction;
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

/// The compiled set of rules.
#[derive(Clone, Debug, Default)]
pub struct Pack {}

impl Pack {
    /// The pack that ships with the crate.
    #[must_use]
    pub fn shipped() -> Self {
        Self::default()
    }

    /// A hash of the rules: the same for the same set.
    #[must_use]
    pub fn version(&self) -> String {
        String::new()
    }

    /// What the rules say of `instruction`, most severe first.
    #[must_use]
    pub fn matches(&self, _instruction: &Instruction) -> Vec<Match> {
        Vec::new()
    }
}

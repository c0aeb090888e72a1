//! Whether a human asked for this agent's post here.
//!
//! "Analyse" is not "publish", and being mentioned is not being asked: only a human's live, own words that name this agent
//! in this thread count, or a grant.

use crate::submission::Submission;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// Whether a human asked for this agent's post here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The answer.
    pub status: RequestStatus,
    /// The act that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub via: Option<Via>,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub by: Option<String>,
    /// The post it was asked in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub post: Option<String>,
    /// Which act counted, or why none did.
    pub why: String,
}

/// Whether a human asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum RequestStatus {
    /// A human asked for it, here.
    Requested,
    /// Nobody did.
    Unrequested,
    /// The author is not an agent.
    NotApplicable,
}

/// The act that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// The agent was named in a post.
    Mention,
    /// A human gave a grant.
    Grant,
    /// A human answered the agent with a question.
    Reply,
    /// The category welcomes this agent.
    OptIn,
}

/// The scope in which requests count, from the forum's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The agent's id and every handle people may call it by, without `@`.
    pub names: Vec<String>,
    /// For how long a mention counts, in seconds.
    pub mention_seconds: i64,
    /// Groups whose members may not ask.
    pub excluded_groups: Vec<String>,
    /// Whether the category welcomes this agent unasked.
    pub opt_in: bool,
}

/// Judges whether a human asked the author of `submission` to post there; meant for agents only.
#[must_use]
pub fn judge(_submission: &Submission, _scope: &Scope) -> Request {
    Request { status: RequestStatus::Unrequested, via: None, by: None, post: None, why: "no human asked for it".to_owned() }
}

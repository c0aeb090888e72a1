//! Whether a human asked for this agent's post here.
//!
//! "Analyse" is not "publish", and being mentioned is not being asked: only a human's live, own words that name this agent
//! in this thread count, or a grant.

mod clock;
mod conversation;
#[allow(dead_code)] // the build script reads files of these shapes
mod format;
mod grant;
mod handle;
mod lexicon;
mod own_words;
mod promotion;
mod reading;
mod standing;
mod words;

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

/// The scope in which requests count, from the forum's policy, which holds the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The agent's id and every handle people may call it by, without `@`.
    pub names: Vec<String>,
    /// For how long a mention counts, in seconds.
    pub mention_seconds: i64,
    /// Groups whose members may not ask.
    pub excluded_groups: Vec<String>,
    /// Whether the category welcomes this agent unasked.
    pub opt_in: bool,
    /// Groups whose members may restrict who asks, and ask where others may not.
    pub moderator_groups: Vec<String>,
    /// The hash of the content to be published, as the verdict gives it; a grant may be good for that content only.
    pub content_hash: String,
}

/// Judges whether a human asked the author of `submission` to post there; meant for agents only.
///
/// A grant counts first, then an act in the thread, newest first, then the category's opt-in. Times that cannot be read, and
/// acts whose author or time is not certain, count for nothing, and `why` says so.
///
/// ```
/// use countersign::{request::{self, RequestStatus, Scope}, submission::{AuthorKind, Submission, Thread, ThreadPost}};
/// let at = |time: &str| Some(format!("2026-05-04T{time}:00Z"));
/// let post = ThreadPost { id: "p1".into(), author: "dana".into(), kind: AuthorKind::Human, at: at("08:30"), body: "@helper, which port?".into(), ..ThreadPost::default() };
/// let thread = Thread { id: "t1".into(), posts: vec![post], ..Thread::default() };
/// let submission = Submission { thread: Some(thread), now: "2026-05-04T08:31:00Z".into(), ..Submission::default() };
/// let scope = Scope { names: vec!["helper".into()], mention_seconds: 86_400, ..Scope::default() };
/// let request = request::judge(&submission, &scope);
/// assert_eq!(request.status, RequestStatus::Requested);
/// assert_eq!(request.why, "dana asked the agent in p1");
/// ```
#[must_use]
pub fn judge(submission: &Submission, scope: &Scope) -> Request {
    let Some(now) = clock::read(&submission.now) else {
        return Request::refused(format!(
            "the time of the check, `{}`, is not RFC 3339, so no request can be shown to be in force",
            submission.now
        ));
    };
    let grants = grant::judge(submission, scope, now);
    if let Some(Ok(request)) = grants {
        return request;
    }
    let conversation = conversation::judge(submission, scope, now);
    let (why, closed) = match conversation {
        Ok(request) => match promotion::of(submission) {
            Some(why) => (why, false),
            None => return request,
        },
        Err(refusal) => (refusal.why, refusal.closed),
    };
    if scope.opt_in && !closed {
        let why = "the category welcomes this agent without a request".to_owned();
        return Request { status: RequestStatus::Requested, via: Some(Via::OptIn), by: None, post: None, why };
    }
    Request::refused(match grants {
        Some(Err(refused)) => format!("{refused}; {why}"),
        _ => why,
    })
}

impl Request {
    fn refused(why: String) -> Self {
        Self { status: RequestStatus::Unrequested, via: None, by: None, post: None, why }
    }
}

#[cfg(test)]
mod tests;

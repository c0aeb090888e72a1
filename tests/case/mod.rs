//! The shape of a case: a post in few words, and what must become of it.

use countersign::{
    policy::Action,
    request::RequestStatus,
    rule::{Direction, Severity},
    submission::{Author, AuthorKind, Format, Post, Submission, Thread, ThreadPost},
    wire::{Finding, Verdict},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// When every case takes place.
const NOW: &str = "2026-05-05T09:00:00Z";

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The cases.
    pub case: Vec<Case>,
}

/// A post and what must become of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A name, unique in its file.
    pub name: String,
    /// What the host knows the author to be; an agent when left out.
    #[serde(default = "agent")]
    pub author: AuthorKind,
    /// Whether a person has asked the author, `helper`, in the thread.
    #[serde(default = "yes")]
    pub asked: bool,
    /// Posts already in the thread, instead of the question that `asked` puts there.
    #[serde(default)]
    pub thread: Vec<Said>,
    /// The thread's category.
    pub category: Option<String>,
    /// The notation of the body.
    #[serde(default)]
    pub format: Format,
    /// The text.
    pub body: String,
    /// The text is repeated this often.
    #[serde(default = "once")]
    pub repeat: usize,
    /// Other rendered texts.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The forum's policy.
    #[serde(default)]
    pub policy: String,
    /// What must become of it.
    pub expect: Expected,
}

/// A post already in the thread, a minute apart from the next.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    by: String,
    #[serde(default = "human")]
    kind: AuthorKind,
    #[serde(default)]
    groups: Vec<String>,
    body: String,
}

/// What must become of a post; what is left out may be anything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    action: Option<Action>,
    /// The original text of each finding's span, in order, none missing and none more.
    finds: Option<Vec<String>>,
    rule: Option<String>,
    direction: Option<Direction>,
    severity: Option<Severity>,
    /// The number of mentions.
    mentions: Option<usize>,
    request: Option<RequestStatus>,
    /// A code among the reasons.
    reason: Option<String>,
    /// `label/basis` of the origin.
    origin: Option<String>,
}

fn agent() -> AuthorKind {
    AuthorKind::Agent
}

fn human() -> AuthorKind {
    AuthorKind::Human
}

fn yes() -> bool {
    true
}

fn once() -> usize {
    1
}

impl Case {
    /// The submission the case describes.
    pub fn submission(&self) -> Submission {
        let author = Author { id: "helper".to_owned(), handle: Some("helper".to_owned()), kind: self.author, groups: Vec::new() };
        let post = Post {
            id: Some("new".to_owned()),
            thread: Some("t1".to_owned()),
            reply_to: self.asked.then(|| "p1".to_owned()),
            at: Some(NOW.to_owned()),
            body: self.body.repeat(self.repeat),
            format: self.format,
            fields: self.fields.clone(),
            author,
            ..Post::default()
        };
        let thread = Thread {
            id: "t1".to_owned(),
            author: Some("dana".to_owned()),
            category: self.category.clone(),
            posts: self.posts(),
            ..Thread::default()
        };
        Submission { id: Some(self.name.clone()), post, thread: Some(thread), now: NOW.to_owned(), ..Submission::default() }
    }

    fn posts(&self) -> Vec<ThreadPost> {
        let question = Said { by: "dana".to_owned(), kind: human(), groups: Vec::new(), body: "@helper how do I fix this?".to_owned() };
        let said: Vec<&Said> = if self.thread.is_empty() && self.asked { vec![&question] } else { self.thread.iter().collect() };
        let posts = said.iter().enumerate().map(|(index, said)| ThreadPost {
            id: format!("p{}", index + 1),
            author: said.by.clone(),
            handle: Some(said.by.clone()),
            kind: said.kind,
            groups: said.groups.clone(),
            at: Some(format!("2026-05-05T08:{:02}:00Z", 10 + index)),
            body: said.body.clone(),
            ..ThreadPost::default()
        });
        posts.collect()
    }

    fn text(&self, field: &str) -> String {
        if field == "body" { self.body.repeat(self.repeat) } else { self.fields[field].clone() }
    }
}

impl Expected {
    /// Says where `verdict` differs.
    pub fn compare(&self, verdict: &Verdict, case: &Case) -> Result<(), String> {
        let first = verdict.findings.first();
        same("action", self.action.as_ref(), Some(&verdict.action))?;
        same("rule", self.rule.as_ref(), first.map(|finding| &finding.rule))?;
        same("direction", self.direction.as_ref(), first.map(|finding| &finding.direction))?;
        same("severity", self.severity.as_ref(), verdict.findings.iter().map(|finding| &finding.severity).max())?;
        same("mentions", self.mentions.as_ref(), Some(&verdict.mentions.len()))?;
        same("request", self.request.as_ref(), Some(&verdict.request.status))?;
        same("finds", self.finds.as_ref(), Some(&spans(&verdict.findings, case)))?;
        same("origin", self.origin.as_ref(), Some(&format!("{:?}/{:?}", verdict.origin.label, verdict.origin.basis).to_lowercase()))?;
        let code = |code: &String| verdict.reasons.iter().any(|reason| reason.code == *code);
        self.reason.as_ref().is_none_or(code).then_some(()).ok_or_else(|| format!("no reason {:?}", self.reason))
    }
}

/// The distinct original stretches of the findings, in order.
fn spans(findings: &[Finding], case: &Case) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for finding in findings {
        let units: Vec<u16> = case.text(&finding.field).encode_utf16().collect();
        let text = String::from_utf16_lossy(&units[finding.span.start as usize..finding.span.end as usize]);
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: Option<&T>, actual: Option<&T>) -> Result<(), String> {
    if expected.is_none() || expected == actual { Ok(()) } else { Err(format!("{what} is {actual:?}, not {expected:?}")) }
}

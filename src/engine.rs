//! A post's whole way through the house: the only place that knows every room.

use crate::{
    instruction::{self, Instruction, Stance},
    markdown::{self, Document},
    origin::{self, Basis, OriginLabel},
    policy::{Agent, Decision, Explanation, Facts, Found, Policy, PolicyError},
    request::{self, Request, RequestStatus},
    rule::{Match, Pack, PackError, RuleInfo},
    submission::Submission,
    wire::{self, EngineVersion, Finding, Trial, Units, Verdict},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Characters, at most, of the original text quoted in a finding.
const EXCERPT_CHARACTERS: usize = 200;

/// Rules and policy, ready to judge posts.
#[derive(Clone, Debug)]
pub struct Engine {
    pack: Pack,
    policy: Policy,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine with the shipped rules and the default policy.
    #[must_use]
    pub fn new() -> Self {
        Self { pack: Pack::shipped(), policy: Policy::default() }
    }

    /// An engine with the shipped rules and the forum's own policy, TOML.
    ///
    /// # Errors
    /// When the policy does not parse or names an unknown key.
    ///
    /// ```
    /// use countersign::engine::Engine;
    /// let error = Engine::with_policy("strictnes = 2").unwrap_err();
    /// assert!(error.to_string().contains("did you mean `strictness`"));
    /// ```
    pub fn with_policy(policy: &str) -> Result<Self, PolicyError> {
        Ok(Self { pack: Pack::shipped(), policy: Policy::parse(policy)? })
    }

    /// An engine with the organisation's own rules beside the shipped ones; one with a shipped rule's id takes its place.
    ///
    /// `files` are named TOML texts in the format of `rules/`.
    ///
    /// # Errors
    /// When a file does not parse, a rule lacks something it needs, or one of its examples fails.
    pub fn and_rules(self, files: &[(&str, &str)]) -> Result<Self, PackError> {
        let pack = self.pack.with(&Pack::parse(files)?);
        Ok(Self { pack, ..self })
    }

    /// What there is to say about each rule.
    pub fn rules(&self) -> impl Iterator<Item = RuleInfo<'_>> {
        self.pack.rules()
    }

    /// Judges a submission. Total: any submission gets a verdict.
    ///
    /// ```
    /// use countersign::{engine::Engine, policy::Action, submission::{AuthorKind, Submission}};
    /// let mut unasked = Submission { now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() };
    /// unasked.post.author.kind = AuthorKind::Agent;
    /// unasked.post.body = "Here is my analysis.".to_owned();
    /// assert_eq!(Engine::new().check(&unasked).action, Action::Block);
    /// ```
    #[must_use]
    pub fn check(&self, submission: &Submission) -> Verdict {
        self.judge(submission, |_| ()).0
    }

    /// Judges a submission and says which lines of the policy decided, and which others were looked at.
    ///
    /// ```
    /// use countersign::{engine::Engine, policy::PolicyFile, submission::Submission};
    /// let submission = Submission { now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() };
    /// let (verdict, explanation) = Engine::with_policy("[unknown]\notherwise = \"hold\"").unwrap().explain(&submission);
    /// let line = &explanation.clauses[0].lines[0];
    /// assert_eq!((line.file, line.line, line.key.as_str()), (PolicyFile::Own, 2, "unknown.otherwise"));
    /// assert_eq!(verdict.reasons[0].message, explanation.clauses[0].why);
    /// ```
    #[must_use]
    pub fn explain(&self, submission: &Submission) -> (Verdict, Explanation) {
        self.judge(submission, |facts| self.policy.explain(facts))
    }

    /// The verdict, and what else `ask` makes of the facts it rests on.
    fn judge<T>(&self, submission: &Submission, ask: impl FnOnce(&Facts<'_>) -> T) -> (Verdict, T) {
        let marked = self.policy.mark_agents(submission);
        let submission = marked.as_ref().unwrap_or(submission);
        let post = &submission.post;
        let body = markdown::read(&post.body, post.format);
        let origin = origin::judge(post, &body);
        let content_hash = content_hash(submission);
        let request = self.request(submission, &origin, &content_hash);
        let read = self.read(submission, &body);
        let findings: Vec<Found<'_>> = read.findings.iter().map(Finding::found).collect();
        let facts = Facts { submission, origin: &origin, request: &request, findings: &findings, complete: read.complete };
        let Decision { action, reasons, approvals } = self.policy.decide(&facts);
        let (trial, asked) = (self.trial(&facts, read.trial), ask(&facts));
        let verdict = Verdict {
            action,
            reasons,
            origin: wire::Origin::of(&origin, &post.body),
            request,
            findings: read.findings,
            mentions: read.mentions,
            content_hash,
            approvals,
            trial,
            engine: self.version(),
        };
        (verdict, asked)
    }

    /// What would have become of the post, had `found` counted too.
    fn trial(&self, facts: &Facts<'_>, found: Vec<Finding>) -> Option<Trial> {
        if found.is_empty() {
            return None;
        }
        let findings: Vec<Found<'_>> = facts.findings.iter().copied().chain(found.iter().map(Finding::found)).collect();
        let action = self.policy.decide(&Facts { findings: &findings, ..*facts }).action;
        Some(Trial { action, findings: found })
    }

    /// The versions of engine, rules and policy.
    #[must_use]
    pub fn version(&self) -> EngineVersion {
        EngineVersion { version: env!("CARGO_PKG_VERSION").to_owned(), pack: self.pack.version(), policy: self.policy.version() }
    }

    /// The agents the policy registers.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.policy.agents()
    }

    fn request(&self, submission: &Submission, origin: &origin::Origin, content_hash: &str) -> Request {
        let public_agent = origin.label == OriginLabel::Agent && matches!(origin.basis, Basis::Verified | Basis::Declared);
        if public_agent {
            let scope = request::Scope { content_hash: content_hash.to_owned(), ..self.policy.request_scope(submission) };
            return request::judge(submission, &scope);
        }
        Request { status: RequestStatus::NotApplicable, via: None, by: None, post: None, why: "the author is not an agent".to_owned() }
    }

    fn read(&self, submission: &Submission, body: &Document) -> ReadFields {
        let post = &submission.post;
        let mut read = ReadFields { complete: true, ..ReadFields::default() };
        self.read_field("body", &post.body, body, &mut read);
        for (name, text) in &post.fields {
            self.read_field(name, text, &markdown::read(text, post.format), &mut read);
        }
        read
    }

    fn read_field(&self, name: &str, text: &str, document: &Document, into: &mut ReadFields) {
        let reading = instruction::read(document);
        into.complete &= reading.complete;
        let field = Field { name, units: Units::of(text), text };
        for instruction in &reading.instructions {
            let mut matches = self.pack.matches(instruction);
            matches.retain(|found| found.level <= self.policy.trial_strictness());
            if matches.is_empty() {
                continue;
            }
            let stance = instruction.stance(document);
            for found in matches {
                let tried = found.level > self.policy.strictness();
                let list = match (stance, tried) {
                    (Stance::Advises, false) => &mut into.findings,
                    (Stance::Advises, true) => &mut into.trial,
                    (_, false) => &mut into.mentions,
                    (_, true) => continue,
                };
                list.push(field.finding(instruction, stance, found));
            }
        }
    }
}

/// What was found in the fields read so far.
#[derive(Default)]
struct ReadFields {
    findings: Vec<Finding>,
    mentions: Vec<Finding>,
    /// Advised, and found by rules that are only tried.
    trial: Vec<Finding>,
    complete: bool,
}

/// A rendered text and its name.
struct Field<'a> {
    name: &'a str,
    text: &'a str,
    units: Units<'a>,
}

impl Field<'_> {
    fn finding(&self, instruction: &Instruction, stance: Stance, found: Match) -> Finding {
        let original = self.text.get(instruction.span.clone()).unwrap_or_default();
        Finding {
            fingerprint: digest([found.rule.as_str(), instruction.text.as_str()]).chars().take(16).collect(),
            rule: found.rule,
            title: found.title,
            category: found.category,
            direction: found.direction,
            severity: found.severity,
            stance,
            field: self.name.to_owned(),
            span: self.units.span(&instruction.span),
            excerpt: original.chars().take(EXCERPT_CHARACTERS).collect(),
            decoded: instruction.decoded.clone(),
            why: found.why,
            safer: found.safer,
            references: found.references,
        }
    }
}

/// `sha256-` and the SHA-256 of every rendered field as `name NUL length NUL text`, names in byte order, lengths in bytes.
fn content_hash(submission: &Submission) -> String {
    let mut fields: BTreeMap<&str, &str> = submission.post.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.insert("body", &submission.post.body);
    let lengths: Vec<(&str, String, &str)> = fields.into_iter().map(|(name, text)| (name, text.len().to_string(), text)).collect();
    format!("sha256-{}", digest(lengths.iter().flat_map(|(name, length, text)| [*name, length.as_str(), *text])))
}

/// The SHA-256 of `parts`, each followed by NUL, in hexadecimal.
fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    hasher.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

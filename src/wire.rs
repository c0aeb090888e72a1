//! The shapes that leave the crate: the answer to a submission.
//!
//! They are the contract with every host (version 1: additive changes only), so they live apart from the types the
//! rooms use among themselves. The TypeScript declarations are generated from these structs and from [`crate::submission`].
//!
//! Every text span here is in UTF-16 code units, what a JavaScript string slices by. Inside the crate spans are byte
//! ranges; the two never share a type.

use crate::{
    instruction::Stance,
    origin::{self, Basis, OriginLabel},
    policy::{Action, Found, Reason},
    request::Request,
    rule::{Direction, RuleInfo, Severity},
};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use tsify::Tsify;

/// The answer to a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// What the host must do.
    pub action: Action,
    /// Why, most decisive first.
    pub reasons: Vec<Reason>,
    /// Who wrote the words.
    pub origin: Origin,
    /// Whether a human asked for this post here.
    pub request: Request,
    /// Advised permission-changing instructions.
    pub findings: Vec<Finding>,
    /// The same with another stance: kept for moderators, never a reason to hold.
    pub mentions: Vec<Finding>,
    /// SHA-256 over every rendered field, `sha256-` and 64 hexadecimal digits.
    pub content_hash: String,
    /// How many different moderators have to approve it before it is published; one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub approvals: Option<u8>,
    /// What the policy's trial strictness would have found beyond `findings`; never acted on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub trial: Option<Trial>,
    /// What decided.
    pub engine: EngineVersion,
}

/// What a trial of stricter rules came to: for whoever chooses the strictness, never a reason to do anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Trial {
    /// What would have become of the post.
    pub action: Action,
    /// What the rules between the strictness and the trial strictness found.
    pub findings: Vec<Finding>,
}

/// Who wrote the words of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The writer.
    pub label: OriginLabel,
    /// How well that is known. Only `verified` and `declared` may be shown in public.
    pub basis: Basis,
    /// The agent, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub agent: Option<String>,
    /// The human it acts for, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub on_behalf_of: Option<String>,
    /// The IPTC digital source type, where one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub digital_source_type: Option<String>,
    /// What spoke for it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// One thing that spoke for an origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// A stable name of the signal, such as `identity/account-kind`.
    pub signal: String,
    /// A sentence a moderator understands.
    pub detail: String,
    /// Where in the body it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub span: Option<Span>,
}

/// A permission-changing instruction found in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The rule that found it.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The rule's category.
    pub category: String,
    /// Which way it changes access.
    pub direction: Direction,
    /// How much harm it could do.
    pub severity: Severity,
    /// How the text stands to it.
    pub stance: Stance,
    /// The field it stands in: `body` or a key of `fields`.
    pub field: String,
    /// Where in that field, in UTF-16 code units.
    pub span: Span,
    /// The original characters of the span, shortened to 200.
    pub excerpt: String,
    /// The chain that led from the original characters to what was read, outermost first.
    pub decoded: Vec<String>,
    /// What it would do, in plain words.
    pub why: String,
    /// What to do instead.
    pub safer: String,
    /// ATT&CK techniques, CWEs and vendor documents.
    pub references: Vec<String>,
    /// The same for the same instruction wherever it appears: what an allow-list entry names.
    pub fingerprint: String,
}

/// A half-open range of UTF-16 code units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
pub struct Span {
    /// The first unit.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// What decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EngineVersion {
    /// The engine's version.
    pub version: String,
    /// A hash of the rules.
    pub pack: String,
    /// A hash of the policy.
    pub policy: String,
}

/// A file of the organisation's own rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(expecting = "an object with `name` and `toml`")]
pub struct RuleFile {
    /// What errors call it.
    pub name: String,
    /// Its text, in the format of `rules/`.
    pub toml: String,
}

/// What there is to say about a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub struct Rule {
    /// Its id, such as `shell/selinux-off`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// The strictness, 1 to 4, from which it applies.
    pub level: u8,
    /// What the instruction would do; `<name|otherwise>` stands for a part of it.
    pub why: String,
    /// What to do instead.
    pub safer: String,
    /// Its sources.
    pub references: Vec<String>,
}

impl Rule {
    /// The same in the wire's words.
    #[must_use]
    pub fn of(rule: &RuleInfo<'_>) -> Self {
        Self {
            id: rule.id.to_owned(),
            title: rule.title.to_owned(),
            category: rule.category.to_owned(),
            level: rule.level,
            why: rule.why.to_owned(),
            safer: rule.safer.to_owned(),
            references: rule.references.to_vec(),
        }
    }
}

impl Finding {
    /// What the policy may know of it.
    #[must_use]
    pub fn found(&self) -> Found<'_> {
        Found { rule: &self.rule, fingerprint: &self.fingerprint, severity: self.severity }
    }
}

impl Origin {
    /// The judged origin of a post with this `body`, its spans counted in UTF-16 code units.
    #[must_use]
    pub fn of(judged: &origin::Origin, body: &str) -> Self {
        let units = Units::of(body);
        let evidence = judged.evidence.iter().map(|evidence| Evidence {
            signal: evidence.signal.clone(),
            detail: evidence.detail.clone(),
            span: evidence.span.as_ref().map(|span| units.span(span)),
        });
        Self {
            label: judged.label,
            basis: judged.basis,
            agent: judged.agent.clone(),
            on_behalf_of: judged.on_behalf_of.clone(),
            digital_source_type: judged.digital_source_type().map(str::to_owned),
            evidence: evidence.collect(),
        }
    }
}

/// Bytes between two counts that [`Units`] remembers.
const STRIDE: usize = 1024;

/// Counts byte ranges of one text in UTF-16 code units, however many there are, in time linear in the text.
///
/// ```
/// use countersign::wire::{Span, Units};
/// assert_eq!(Units::of("é👍x").span(&(2..6)), Span { start: 1, end: 3 });
/// ```
#[derive(Clone, Debug)]
pub struct Units<'a> {
    text: &'a str,
    /// The units before every `STRIDE`th byte, or before the character it stands in; none when units and bytes are the same.
    counts: Option<Vec<usize>>,
}

impl<'a> Units<'a> {
    /// Prepares to count in `text`.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut counts = vec![0];
        let mut units = 0;
        if !text.is_ascii() {
            for (at, letter) in text.char_indices() {
                while at + letter.len_utf8() > counts.len() * STRIDE {
                    counts.push(units);
                }
                units += letter.len_utf16();
            }
        }
        Self { text, counts: (!text.is_ascii()).then_some(counts) }
    }

    /// Counts a range of bytes; bounds outside the text or inside a character are moved back to the boundary before them.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Span {
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Span { start: narrow(self.before(range.start)), end: narrow(self.before(range.end)) }
    }

    fn before(&self, at: usize) -> usize {
        let Some(counts) = &self.counts else { return at.min(self.text.len()) };
        let at = self.text.floor_char_boundary(at);
        let stride = (at / STRIDE).min(counts.len() - 1);
        let from = self.text.floor_char_boundary(stride * STRIDE);
        let rest = self.text.get(from..at).map_or(0, |rest| rest.encode_utf16().count());
        counts.get(stride).map_or(0, |count| count + rest)
    }
}

/// Says what is wrong with a submission that could not be read, from the path to the fault and the reader's own words.
///
/// ```
/// use countersign::wire::malformed;
/// assert_eq!(malformed("post.body", "invalid type: floating point `3.0`, expected a string"), "`post.body` must be a string");
/// assert_eq!(malformed(".", "missing field `now`"), "the submission lacks `now`: add it");
/// ```
#[must_use]
pub fn malformed(path: &str, detail: &str) -> String {
    let place = if path == "." { "the submission".to_owned() } else { format!("`{path}`") };
    if let Some((_, field)) = detail.split_once("missing field ") {
        return format!("{place} lacks {field}: add it");
    }
    match detail.rsplit_once("expected ") {
        Some((_, "a sequence")) => format!("{place} must be a list"),
        Some((_, "u32")) => format!("{place} must be a whole number from 0 to 4294967295"),
        Some((_, expected)) => format!("{place} must be {expected}"),
        None => format!("{place} cannot be read: give it the shape of the type `Submission`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn units_are_those_of_the_text_before(text in "([a-z ]{0,40}|[é👍日]{0,30}){0,60}", at in 0usize..6000) {
            let at = text.floor_char_boundary(at);
            let counted = text.get(..at).map_or(0, |before| before.encode_utf16().count()) as u32;
            prop_assert_eq!(Units::of(&text).span(&(0..at)), Span { start: 0, end: counted });
        }
    }
}

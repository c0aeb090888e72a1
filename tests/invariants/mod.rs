//! What must hold of the verdict on any text whatever: the property tests and the fuzz targets ask for the same.

use countersign::{
    submission::Submission,
    wire::{Finding, Span, Verdict},
};
use std::collections::BTreeMap;

/// Characters of the original that a finding quotes, at most.
const EXCERPT_CHARACTERS: usize = 200;

/// What is wrong with `verdict` as an answer to `submission`; nothing, if the engine is sound.
pub fn broken(submission: &Submission, verdict: &Verdict) -> Option<String> {
    let post = &submission.post;
    if verdict.reasons.is_empty() {
        return Some("the verdict gives no reason".to_owned());
    }
    let fields = post.fields.iter().map(|(name, text)| (name.as_str(), Ruler::of(text)));
    let rulers: BTreeMap<&str, Ruler<'_>> = fields.chain([("body", Ruler::of(&post.body))]).collect();
    for finding in verdict.findings.iter().chain(&verdict.mentions) {
        let Some(ruler) = rulers.get(finding.field.as_str()) else { return Some(format!("there is no field `{}`", finding.field)) };
        if let Some(problem) = misplaced(ruler, finding) {
            return Some(format!("{}: {problem}", finding.rule));
        }
    }
    let mut spans = verdict.origin.evidence.iter().filter_map(|evidence| evidence.span);
    spans.find_map(|span| rulers["body"].cut_out(span).err())
}

fn misplaced(ruler: &Ruler<'_>, finding: &Finding) -> Option<String> {
    match ruler.cut_out(finding.span) {
        Err(problem) => Some(problem),
        Ok(cut) if cut.chars().take(EXCERPT_CHARACTERS).ne(finding.excerpt.chars()) => {
            Some(format!("the excerpt {:?} is not what the span cuts out, {cut:?}", finding.excerpt))
        }
        Ok(_) => None,
    }
}

/// A text that can be cut where UTF-16 units are counted.
struct Ruler<'a> {
    text: &'a str,
    /// For every count of units the byte they end before; none inside a character.
    bytes: Vec<Option<usize>>,
}

impl<'a> Ruler<'a> {
    fn of(text: &'a str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        for (at, letter) in text.char_indices() {
            bytes.push(Some(at));
            bytes.resize(bytes.len() + letter.len_utf16() - 1, None);
        }
        bytes.push(Some(text.len()));
        Self { text, bytes }
    }

    /// The text of a span, which must not be empty, inside the text and between characters.
    fn cut_out(&self, span: Span) -> Result<&'a str, String> {
        let byte = |units: u32| self.bytes.get(units as usize).copied().flatten();
        let ends = byte(span.start).zip(byte(span.end)).filter(|(start, end)| start < end);
        let cut = ends.and_then(|(start, end)| self.text.get(start..end));
        cut.ok_or_else(|| format!("the span {}..{} is empty, outside the text or inside a character", span.start, span.end))
    }
}

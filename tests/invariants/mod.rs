//! What must hold of the verdict on any text whatever: the property tests and the fuzz targets ask for the same.

use countersign::{
    submission::Submission,
    wire::{Finding, Span, Verdict},
};

/// Characters of the original that a finding quotes, at most.
const EXCERPT_CHARACTERS: usize = 200;

/// What is wrong with `verdict` as an answer to `submission`; nothing, if the engine is sound.
pub fn broken(submission: &Submission, verdict: &Verdict) -> Option<String> {
    let post = &submission.post;
    if verdict.reasons.is_empty() {
        return Some("the verdict gives no reason".to_owned());
    }
    for finding in verdict.findings.iter().chain(&verdict.mentions) {
        let text = if finding.field == "body" { Some(&post.body) } else { post.fields.get(&finding.field) };
        let Some(text) = text else { return Some(format!("there is no field `{}`", finding.field)) };
        if let Some(problem) = misplaced(text, finding) {
            return Some(format!("{}: {problem}", finding.rule));
        }
    }
    let spans = verdict.origin.evidence.iter().filter_map(|evidence| evidence.span);
    spans.map(|span| cut_out(&post.body, span)).find_map(Result::err)
}

fn misplaced(text: &str, finding: &Finding) -> Option<String> {
    match cut_out(text, finding.span) {
        Err(problem) => Some(problem),
        Ok(cut) if cut.chars().take(EXCERPT_CHARACTERS).ne(finding.excerpt.chars()) => {
            Some(format!("the excerpt {:?} is not what the span cuts out, {cut:?}", finding.excerpt))
        }
        Ok(_) => None,
    }
}

/// The text between two counts of UTF-16 units, which must be in order, inside the text and between characters.
fn cut_out(text: &str, span: Span) -> Result<&str, String> {
    let (start, end) = (byte_at(text, span.start), byte_at(text, span.end));
    let cut = start.zip(end).filter(|(start, end)| start < end).and_then(|(start, end)| text.get(start..end));
    cut.ok_or_else(|| format!("the span {}..{} is empty, outside the text or inside a character", span.start, span.end))
}

/// The byte before which `units` UTF-16 units stand; none when that is inside a character or outside the text.
fn byte_at(text: &str, units: u32) -> Option<usize> {
    let mut before = 0;
    for (at, letter) in text.char_indices() {
        if before >= units as usize {
            return (before == units as usize).then_some(at);
        }
        before += letter.len_utf16();
    }
    (before == units as usize).then_some(text.len())
}

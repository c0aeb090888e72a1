//! Reads plain text: paragraphs between blank lines, and the `>` that mail programs put before what they quote.

use super::{BlockKind, Notation, draft::Draft};
use crate::text::Text;

/// Reads `draft`'s field from beginning to end.
pub(super) fn read(draft: &mut Draft<'_>) {
    let field = Text::verbatim(draft.field);
    let mut at = 0;
    for line in draft.field.split_inclusive('\n') {
        let (depth, marker) = quote(line);
        let blank = line.trim().is_empty();
        if blank || depth != draft.quoted {
            draft.begin(BlockKind::Paragraph);
            draft.quoted = depth;
        }
        if !blank {
            draft.copy(&field, at + marker..at + line.len(), &Notation::Prose);
        }
        at += line.len();
    }
}

/// How many quote marks `line` begins with, and how many bytes they take.
fn quote(line: &str) -> (usize, usize) {
    let marks = line.len() - line.trim_start_matches(['>', ' ']).len();
    let depth = line.bytes().take(marks).filter(|byte| *byte == b'>').count();
    if line.starts_with('>') { (depth, marks) } else { (0, 0) }
}

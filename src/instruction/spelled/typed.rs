//! Lines of code typed among words without any mark: `eval "$(echo …)"`, `perl -e '…'`, `SET @s = CONCAT(…)`.

use super::{Budget, Read, SHEETS};
use crate::{
    instruction::{read_code, shell},
    markdown::{Block, Notation},
};
use std::ops::Range;

/// Words of a line, at most, before its code begins.
const MAX_LEAD: usize = 14;
/// Bytes, at most, of a line that is read as code.
const MAX_LINE: usize = 4096;
/// Signs of which code has one at least.
const ODD: &[u8] = b"(\"'|$<`";
/// What begins the sentence after a command.
const DASHES: &[&str] = &[" — ", " – ", "  - "];

/// The instructions in the lines of `block` that are code.
pub(super) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    if !block.words().has_sign(ODD) {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if line.len() > MAX_LINE || !is_odd(line) {
            continue;
        }
        let Some((at, language)) = begins(block, line, range.start) else { continue };
        let code = line.get(at..).unwrap_or_default().trim_end();
        let end = DASHES.iter().filter_map(|dash| code.find(dash)).min().unwrap_or(code.len());
        let code = code.get(..end).unwrap_or_default();
        if !budget.take(code.len().saturating_mul(4)) {
            break;
        }
        let from = range.start + at;
        let place = |inner: Range<usize>| from + inner.start..from + inner.end;
        found.extend(read_code(code, language, budget).into_iter().map(|read| Read { range: place(read.range), ..read }));
    }
    found
}

/// Whether `text` has what code has and sentences have not.
fn is_odd(text: &str) -> bool {
    text.bytes().any(|byte| ODD.contains(&byte))
        && SHEETS.iter().any(|(_, sheet)| sheet.signals.iter().any(|signal| text.contains(signal.as_str())))
}

/// Where the code in `line`, which stands at `start` of the block, begins, and its language.
fn begins(block: &Block, line: &str, start: usize) -> Option<(usize, &'static str)> {
    let mut words = line.split_whitespace().take(MAX_LEAD);
    words.find_map(|word| {
        let word = word.trim_start_matches(['(', '"', '“', '*', '@']);
        let at = word.as_ptr() as usize - line.as_ptr() as usize;
        let language = language(word)?;
        let rest = line.get(at..)?;
        (is_odd(rest) && !is_code(block, start + at)).then_some((at, language))
    })
}

/// The language of code that begins with `word`.
fn language(word: &str) -> Option<&'static str> {
    let head = word.find(['(', ';', '=']).map_or(word, |end| word.get(..end).unwrap_or(word));
    let known = SHEETS.iter().find_map(|(_, sheet)| sheet.openers.get(head));
    match known {
        Some(language) => Some(language.as_str()),
        None if word.len() >= 2 && (shell::begins_code(word) || word.starts_with("$'") || word.starts_with("$(")) => Some("sh"),
        None => None,
    }
}

/// Whether the byte at `at` stands between ticks.
fn is_code(block: &Block, at: usize) -> bool {
    let first = block.segments.partition_point(|segment| segment.range.end <= at);
    block.segments.get(first).is_some_and(|segment| matches!(segment.notation, Notation::InlineCode | Notation::Struck))
}

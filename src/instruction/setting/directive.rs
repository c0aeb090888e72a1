//! Reads a directive and its arguments per line, in sections: `sshd_config`, Apache.

use super::{Found, writer::Writer};
use crate::instruction::Budget;

/// Reads what stands outside of sections, and each `Match` or `<Section …>`, as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let mut section = Found { heading: Vec::new(), writer: Writer::default(), range: 0..0 };
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let text = line.trim();
        let range = at..at + line.len();
        at = range.end;
        if text.is_empty() || text.starts_with('#') || budget.is_spent() {
            continue;
        }
        if text.starts_with("</") {
            section.range.end = range.end;
            found.push(std::mem::replace(&mut section, Found { heading: Vec::new(), writer: Writer::default(), range: at..at }));
        } else if let Some(heading) = heading(text) {
            found.push(std::mem::replace(&mut section, Found { heading, writer: Writer::default(), range }));
        } else {
            let (key, value) = text.split_once(|c: char| c.is_whitespace() || c == '=').unwrap_or((text, ""));
            section.writer.entry(key, value.trim().trim_matches('"'), budget);
            section.range = if section.range.is_empty() { range } else { section.range.start..range.end };
        }
    }
    found.push(section);
    found
}

/// The words that head the section `text` begins.
fn heading(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).or_else(|| text.starts_with("Match ").then_some(text))?;
    Some(inner.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect())
}

//! Reads what is neither sections nor nesting: a key and its value on each line, apart by a blank, `=` or `:`.

use super::{Found, writer::Writer};
use crate::instruction::Budget;

/// Reads the whole as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut writer = Writer::default();
    for line in code.lines() {
        if let Some((key, value)) = pair(line) {
            writer.entry(key, value, budget);
        }
    }
    vec![Found { heading: Vec::new(), writer, range: 0..code.len() }]
}

/// The key and value of `line`.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").or_else(|| line.strip_prefix("set ")).unwrap_or(line);
    let length = line.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.' | '/')).filter(|length| *length > 0)?;
    let (key, rest) = line.split_at_checked(length)?;
    let rest = rest.trim_start();
    let value = rest.strip_prefix("::").or_else(|| rest.strip_prefix([':', '='])).unwrap_or(rest).trim();
    let value = value.split(" #").next().unwrap_or_default().trim_end_matches(';').trim();
    (!value.is_empty() && key.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| (key, value.trim_matches(['"', '\''])))
}

/// Whether the key of `line` is written as keys of configuration are and names of programs are not: of several words.
pub(super) fn convincing(line: &str) -> bool {
    pair(line).is_some_and(|(key, value)| {
        let humps = key.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
        let several = key.contains(['_', '.']) || (humps && !key.contains('-') && !value.contains(' '));
        several && !key.contains('/') && !value.contains(['(', '{', '$'])
    })
}

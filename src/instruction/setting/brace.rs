//! Reads directives that end with their line, in blocks of braces: the Caddyfile and its like.

use super::{
    Found,
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// Reads the whole as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut writer = Writer::default();
    let mut backs: Vec<Option<usize>> = Vec::new();
    for line in code.lines() {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') || budget.is_spent() {
            continue;
        }
        if let Some(head) = text.strip_suffix('{') {
            if backs.len() >= MAX_DEPTH {
                budget.take(usize::MAX);
            }
            if let Some((key, value)) = head.trim().split_once(char::is_whitespace) {
                writer.entry(key, value.trim(), budget);
            }
            backs.push(head.split_whitespace().map(|word| writer.enter(word)).reduce(usize::min));
        } else if text == "}" {
            backs.pop().flatten().into_iter().for_each(|back| writer.leave(back));
        } else {
            let (key, value) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
            writer.entry(key, value.trim(), budget);
        }
    }
    vec![Found { heading: Vec::new(), writer, range: 0..code.len() }]
}

/// Whether `first` begins a site of a Caddyfile, a snippet or the global options.
pub(super) fn begins(first: &str) -> bool {
    let Some(head) = first.strip_suffix('{') else { return false };
    let mut words = head.split_whitespace();
    let Some(site) = words.next() else { return true };
    let address =
        site.contains('.') || site.starts_with(':') || site.starts_with("localhost") || (site.starts_with('(') && site.ends_with(')'));
    address && !site.contains(['=', '"', '\'', '>']) && words.all(|word| word.contains(['.', ':']))
}

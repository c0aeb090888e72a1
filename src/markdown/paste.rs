//! Finds configuration that was pasted without a fence.
//!
//! CommonMark would take its indentation for code, its dashes for list items and its braces for words. People paste like
//! this all the time and readers see what is meant, so such a stretch is read as the code block it should have been.

use std::ops::Range;

/// A stretch of a field, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// To be read as Markdown.
    Markdown(Range<usize>),
    /// Pasted configuration.
    Paste(Range<usize>),
}

/// A line and where it begins.
type Line<'a> = (usize, &'a str);

/// Cuts `field` into stretches that cover it.
pub(super) fn stretches(field: &str) -> Vec<Stretch> {
    let whole = || vec![Stretch::Markdown(0..field.len())];
    if !might_hold_paste(field) {
        return whole();
    }
    let lines = lines(field);
    let mut found = Vec::new();
    let (mut from, mut at, mut fenced) = (0, 0, false);
    while let Some((start, line)) = lines.get(at) {
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let rest = lines.get(at..).unwrap_or_default();
        let paragraph =
            at == 0 || lines.get(at - 1).is_some_and(|(_, before)| before.trim().is_empty() || before.trim_end().ends_with(':'));
        let length = if fenced || !paragraph { 0 } else { pasted(rest) };
        if length > 0 {
            let end = lines.get(at + length).map_or(field.len(), |(end, _)| *end);
            found.extend([Stretch::Markdown(from..*start), Stretch::Paste(*start..end)]);
            from = end;
        }
        at += length.max(1);
    }
    found.push(Stretch::Markdown(from..field.len()));
    found.retain(|stretch| !matches!(stretch, Stretch::Markdown(range) if range.is_empty()));
    found
}

/// Whether a paragraph begins like configuration: a look at few lines that spares most posts the rest.
fn might_hold_paste(field: &str) -> bool {
    let mut opens = true;
    field.split('\n').any(|line| {
        let line = line.trim_ascii_end();
        let begins = std::mem::replace(&mut opens, line.is_empty() || line.ends_with(':'));
        begins && (line.ends_with(['{', '[']) || line.starts_with("---") || key(line).is_some())
    })
}

fn lines(field: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    field
        .split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            (start, line.trim_end_matches(['\n', '\r']))
        })
        .collect()
}

/// How many of `lines`, from the first, are pasted configuration.
fn pasted(lines: &[Line<'_>]) -> usize {
    let Some((_, first)) = lines.first() else { return 0 };
    if opens_block(first)
        || (matches!(*first, "{" | "[") && lines.get(1).is_some_and(|(_, next)| next.trim_start().starts_with(['"', '{'])))
    {
        return braces(lines);
    }
    let below = lines.get(1).map_or("", |(_, line)| *line);
    let entry = key(below.trim_start()).is_some();
    let listed = key(first) == Some("") && below.starts_with("- ") && first.starts_with(|c: char| c.is_ascii_lowercase());
    let nested = key(first).is_some() && entry && (below.starts_with(' ') || listed);
    let manifest = ["apiVersion: ", "kind: "].iter().any(|head| first.starts_with(head)) && key(below).is_some();
    let document = first.trim_end() == "---" && lines.get(2).is_some() && key(below).is_some();
    if nested || manifest || document { indented(lines) } else { 0 }
}

/// `resource "type" "name" {` and its like: a word, labels in quotes, an opening brace.
fn opens_block(line: &str) -> bool {
    let Some(head) = line.trim_end().strip_suffix('{') else { return false };
    let mut words = head.split_whitespace();
    let named = words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    let mut labels = words.peekable();
    named && labels.peek().is_some() && labels.all(|label| label.len() > 2 && label.starts_with('"') && label.ends_with('"'))
}

/// How many lines it takes until every brace is closed; all when none ever is.
fn braces(lines: &[Line<'_>]) -> usize {
    let mut open = 0_usize;
    for (index, (_, line)) in lines.iter().enumerate() {
        let count = |brackets: [u8; 2]| line.bytes().filter(|byte| brackets.contains(byte)).count();
        open = (open + count([b'{', b'['])).saturating_sub(count([b'}', b']']));
        if open == 0 {
            return index + 1;
        }
    }
    lines.len()
}

/// How many lines are indented, keys, list items, comments, document marks, or blank between such.
fn indented(lines: &[Line<'_>]) -> usize {
    let like = |line: &str| line.starts_with([' ', '#']) || line.starts_with("- ") || line.starts_with("---") || key(line).is_some();
    let run = lines.iter().take_while(|(_, line)| line.trim().is_empty() || like(line)).count();
    let run = lines.get(..run).unwrap_or_default();
    run.iter().rposition(|(_, line)| !line.trim().is_empty()).map_or(0, |last| last + 1)
}

/// The value of a line `key: value` whose key is one word.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("- ");
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(['"', '\'']);
    let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    (named && (value.is_empty() || value.starts_with(' '))).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pastes(field: &str) -> Vec<&str> {
        let found = stretches(field).into_iter();
        found.filter_map(|stretch| if let Stretch::Paste(range) = stretch { field.get(range) } else { None }).collect()
    }

    #[test]
    fn pasted_configuration_is_found() {
        let role = "kind: Role\nrules:\n- verbs: [get]\n  x: y\n\n---\nkind: Other\n";
        assert_eq!(pastes(role), [role]);
        assert_eq!(
            pastes("Apply this:\n\nresource \"a\" \"b\" {\n  c = 1\n\n  d {\n  }\n}\nand tell me"),
            ["resource \"a\" \"b\" {\n  c = 1\n\n  d {\n  }\n}\n"]
        );
        assert_eq!(pastes("Try:\n- name: open\n  file:\n    mode: 1\n\nThat is all."), ["- name: open\n  file:\n    mode: 1\n"]);
        assert_eq!(pastes("{\n  \"a\": [1]\n}"), ["{\n  \"a\": [1]\n}"]);
    }

    #[test]
    fn prose_lists_and_fences_stay_markdown() {
        for field in [
            "Note: this\nis prose",
            "- Note: this\n- Warning: that",
            "Steps:\n- name: do this\n- run: do that",
            "steps:\n- do this\n- do that",
            "- Note: this is long\n  and goes on",
            "```yaml\nkind: Role\nrules: x\n```",
            "Hello {\nworld",
            "> kind: Role\n> rules:",
        ] {
            assert_eq!(pastes(field), Vec::<&str>::new(), "{field}");
        }
    }
}

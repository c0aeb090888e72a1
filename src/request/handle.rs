//! Finds handles in running text and tells the agent's from everything that only looks like it.
//!
//! A handle counts when it is typed exactly, whatever its case. Names that go on (`@helper2`, `@helper-v2`,
//! `@helper.example`, `@helper@elsewhere`), letters that look alike and characters nobody sees make another handle.

use crate::text::is_unspaced;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Handles are read no further than this, in bytes.
const LENGTH: usize = 256;

/// A handle in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Handle {
    /// Where it stands, with its `@`, in bytes.
    pub range: Range<usize>,
    /// Whether it is one of the names looked for.
    pub ours: bool,
}

/// Every handle in `text`, in order.
pub(super) fn find(text: &str, names: &[String]) -> Vec<Handle> {
    let mut handles: Vec<Handle> = Vec::new();
    let mut last = None;
    for (at, sign) in text.char_indices() {
        let before = last.replace(sign);
        let inside = handles.last().is_some_and(|handle| at < handle.range.end);
        if matches!(sign, '@' | '＠') && !inside && !before.is_some_and(leads_on) {
            handles.extend(handle(text, at, at + sign.len_utf8(), names));
        }
    }
    handles
}

/// The handle whose sign stands at `at` and whose name starts at `start`.
fn handle(text: &str, at: usize, start: usize, names: &[String]) -> Option<Handle> {
    let rest = text.get(start..)?;
    let named = names.iter().filter_map(|name| named(rest, name)).max();
    let written = named.unwrap_or_else(|| written(rest));
    (written > 0).then(|| Handle { range: at..start + written, ours: named.is_some() })
}

/// The length of `name` when `rest` begins with it and does not go on.
fn named(rest: &str, name: &str) -> Option<usize> {
    let mut letters = rest.chars();
    let matching = !name.is_empty()
        && name.chars().flat_map(char::to_lowercase).eq(letters.by_ref().take(name.chars().count()).flat_map(char::to_lowercase));
    let length = rest.len() - letters.as_str().len();
    (matching && !goes_on(letters.as_str())).then_some(length)
}

/// The length of whatever handle `rest` begins with.
fn written(rest: &str) -> usize {
    let end = rest.char_indices().find(|(at, letter)| *at > LENGTH || !(of_handle(*letter) || matches!(letter, '-' | '.' | '@')));
    let end = end.map_or(rest.len(), |(at, _)| at);
    rest.get(..end).unwrap_or_default().trim_end_matches(['-', '.', '@']).len()
}

/// Whether what follows a name makes it a longer one.
fn goes_on(after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some('-' | '.' | '@' | '/' | ':' | '+') => letters.next().is_some_and(of_handle),
        Some(letter) => of_handle(letter),
        None => false,
    }
}

/// Whether `letter` before an `@` makes it part of an address or another word.
fn leads_on(letter: char) -> bool {
    of_handle(letter) || matches!(letter, '@' | '＠' | '.' | '-' | '+' | '/' | '=')
}

/// Whether `letter` may belong to a handle, or hides beside one.
fn of_handle(letter: char) -> bool {
    letter == '_' || is_hidden(letter) || (letter.is_alphanumeric() && !is_unspaced(letter))
}

/// Whether nobody sees `letter`, or only as part of its neighbour.
pub(super) fn is_hidden(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(text: &str) -> Vec<bool> {
        find(text, &["helper".to_owned(), "docs-agent".to_owned()]).into_iter().map(|handle| handle.ours).collect()
    }

    #[test]
    fn an_exact_handle_is_the_agents() {
        for text in [
            "@helper",
            "@Helper?",
            "hey (@HELPER)",
            "@helper's view",
            "请@helper看看",
            "@helper에게 부탁",
            "@helperさん、",
            "＠helper",
            "@docs-agent.",
            "@helper: go",
            "@helper- go",
        ] {
            assert_eq!(ours(text), [true], "{text}");
        }
    }

    #[test]
    fn a_look_alike_is_not() {
        for text in [
            "@helper2",
            "@helper-v2",
            "@he1per",
            "@һelper",
            "@helper\u{200b}s",
            "@help\u{200d}er",
            "@helper\u{301}",
            "@helperѕ",
            "@helper.example",
            "@helper@elsewhere.example",
            "@helper_",
            "@helper/core",
            "@helpers",
            "@docs-agentx",
        ] {
            assert_eq!(ours(text), [false], "{text}");
        }
        for text in
            ["@ helper", "helper@ can you", "mail support@helper.example", "x@helper", "\u{200b}@helper", "https://host/@helper", "helper"]
        {
            assert_eq!(ours(text), Vec::<bool>::new(), "{text}");
        }
    }

    #[test]
    fn neighbours_are_told_apart() {
        assert_eq!(ours("@jun, @helper and @docs-agent"), [false, true, true]);
    }
}

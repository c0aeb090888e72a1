//! Finds what is quoted inside a sentence: somebody else's words, or words talked about.

use super::is_unspaced;
use std::ops::Range;

/// The quotations inside a paragraph, quotation marks and all, in order, in bytes.
///
/// ```
/// use countersign::text::quotations;
/// assert_eq!(quotations("a 5\" pipe, he said \"go\"."), [19..23]);
/// ```
#[must_use]
pub fn quotations(content: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut before = ' ';
    let mut letters = content.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        match open {
            Some((start, closing)) if closing.contains(letter) && (letter != '"' || !after.is_alphanumeric() || is_unspaced(after)) => {
                found.push(start..at + letter.len_utf8());
                open = None;
            }
            None => {
                open =
                    closing(letter).filter(|_| letter != '"' || !before.is_alphanumeric() || is_unspaced(before)).map(|marks| (at, marks))
            }
            Some(_) => {}
        }
        before = letter;
    }
    found
}

/// The marks that close a quotation opened by `letter`.
fn closing(letter: char) -> Option<&'static str> {
    match letter {
        '"' => Some("\""),
        '“' | '„' | '‟' => Some("”“\""),
        '«' => Some("»"),
        '»' => Some("«"),
        '「' => Some("」"),
        '『' => Some("』"),
        _ => None,
    }
}

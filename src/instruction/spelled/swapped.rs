//! A character the words say to drop or replace: "remove the X", "replace @ by o".

use super::{Budget, Read, SHEETS, instructions, whole};
use crate::markdown::{Block, Notation};

/// Swaps, at most, that one block asks for.
const MAX_SWAPS: usize = 8;
/// Pieces of code, at most, that a swap is tried on.
const MAX_PIECES: usize = 32;
/// Words after the verb, at most, in which what is swapped is named.
const REACH: usize = 7;

/// What the code in `block` is with the swap its words ask for.
pub(super) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    for (from, to) in swaps(text).into_iter().take(MAX_SWAPS) {
        for segment in block.segments.iter().filter(|segment| segment.notation == Notation::InlineCode).take(MAX_PIECES) {
            let Some(code) = text.get(segment.range.clone()).filter(|code| code.contains(from)) else { continue };
            let made = code.replace(from, to);
            found.extend(instructions(&whole(&made, segment.range.clone()), "swapped", budget));
        }
    }
    found
}

/// The swaps that `text` asks for.
fn swaps(text: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches([',', '.', ')', '(', '"', '\'', ':'])).collect();
    let is =
        |word: &str, list: fn(&super::Sheet) -> &Vec<String>| SHEETS.iter().any(|(_, sheet)| list(sheet).iter().any(|known| known == word));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.to_ascii_lowercase();
        let after = words.get(at + 1..words.len().min(at + REACH)).unwrap_or_default();
        let mut named = after.iter().copied().filter(|word| !word.is_empty() && word.chars().count() <= 2 && !word.starts_with('`'));
        if is(&word, |sheet| &sheet.drops) {
            found.extend(named.next().map(|from| (from, "")));
        } else if is(&word, |sheet| &sheet.swaps) {
            let named = named.filter(|word| !matches!(*word, "by" | "to" | "an" | "a"));
            let pair: Vec<&str> = named.take(2).collect();
            if let [from, to] = pair.as_slice() {
                found.push((*from, *to));
            }
        }
    }
    found
}

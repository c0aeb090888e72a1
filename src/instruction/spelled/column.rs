//! Letters written one below the other, and words whose first letters spell a program.

use super::{
    Budget, Read,
    disguise::{REACH, around, scattered},
    instructions, whole,
};
use crate::{instruction::shell, markdown::Document};

/// Letters, at least, of a column.
const MIN_LETTERS: usize = 5;
/// Words, at most, whose first letters are looked at.
const MAX_WORDS: usize = 400;
/// Letters of a program that first letters spell.
const NAME: std::ops::RangeInclusive<usize> = 4..=10;

/// What the column that begins with the block at `index` says: each block a word.
pub(super) fn read(document: &Document, index: usize, budget: &mut Budget) -> Vec<Read> {
    let text = |at: usize| document.blocks.get(at).map(|block| block.text.as_str());
    let Some(own) = text(index).filter(|own| own.contains('\n')) else { return Vec::new() };
    let Some(first) = column(own) else { return Vec::new() };
    if index.checked_sub(1).and_then(text).and_then(column).is_some() {
        return Vec::new();
    }
    let mut made = first;
    for at in index + 1..index + 1 + REACH {
        let Some(next) = text(at) else { break };
        let argument = Some(next.trim()).filter(|next| shell::is_argument(next)).map(str::to_owned);
        match column(next).or(argument) {
            Some(word) => made = [made.as_str(), &word].join(" "),
            None => break,
        }
    }
    if made.len() < MIN_LETTERS { Vec::new() } else { instructions(&whole(&made, 0..own.len()), "column", budget) }
}

/// The word that lines of one letter each spell; the words, where a line is blank.
fn column(text: &str) -> Option<String> {
    let mut made = String::new();
    for line in text.lines().map(str::trim) {
        let mut letters = line.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => made.push(letter),
            (None, _) => made.push(' '),
            _ => return None,
        }
    }
    (!made.is_empty()).then_some(made)
}

/// The program that the first letters around the block at `index` spell, with the arguments that stand near.
pub(super) fn initials(document: &Document, index: usize, budget: &mut Budget) -> Vec<Read> {
    let length = document.blocks.get(index).map_or(0, |block| block.text.len());
    let lines: Vec<char> = around(document, index).flat_map(|(_, text)| text.lines()).filter_map(first).take(MAX_WORDS).collect();
    let words: Vec<char> =
        around(document, index).flat_map(|(_, text)| text.split_whitespace()).filter_map(first).take(MAX_WORDS).collect();
    let Some(name) = spelled(&lines).or_else(|| spelled(&words)) else { return Vec::new() };
    scattered(&name, around(document, index).map(|(_, text)| text), length, "first letters", budget)
}

fn first(text: &str) -> Option<char> {
    text.trim_start().chars().find(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase())
}

/// The longest program in a row of letters.
fn spelled(letters: &[char]) -> Option<String> {
    NAME.rev().find_map(|length| {
        let names = letters.windows(length).map(|window| window.iter().collect::<String>());
        names.into_iter().find(|name| shell::is_program(name))
    })
}

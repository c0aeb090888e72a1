//! Letters drawn by signs of another script: flags in a row, braille.

use super::{Budget, Read, SHEETS, instructions, letters, whole};
use crate::text::{Text, Words};

/// Signs, at least, that may be a command.
const MIN_SIGNS: usize = 4;
/// What makes a key or a picture of the character before it.
const MARKS: [char; 2] = ['\u{fe0f}', '\u{20e3}'];

/// What the signs in `text` spell.
pub(super) fn read(text: &str, budget: &mut Budget) -> Vec<Read> {
    if text.chars().filter(|c| !c.is_ascii() && letter(*c).is_some()).count() < MIN_SIGNS || !budget.take(text.len()) {
        return Vec::new();
    }
    let mut made = String::with_capacity(text.len());
    let mut drawn = false;
    let mut signs = text.chars().filter(|c| !MARKS.contains(c)).peekable();
    while let Some(c) = signs.next() {
        // A blank keeps two flags apart, no more.
        let apart = c == ' ' && drawn && signs.peek().is_some_and(|next| is_flag(*next));
        drawn = is_flag(c);
        match letter(c) {
            Some(letter) => made.push_str(letter),
            None if !apart => made.push(c),
            None => {}
        }
    }
    let mut found = instructions(&parted(&made, text), "signs for letters", budget);
    for mut read in letters::read(&made, &Words::of(&made), budget) {
        read.range = 0..text.len();
        found.push(read);
    }
    found
}

/// `made` with a blank where digits follow a name at once, all of which stands for `text`.
fn parted(made: &str, text: &str) -> Text {
    let spaced: Vec<String> = made.split(' ').map(before_digits).collect();
    whole(&spaced.join(" "), 0..text.len())
}

fn before_digits(word: &str) -> String {
    match word.find(|c: char| c.is_ascii_digit()).map(|at| word.split_at(at)) {
        Some((name, digits)) if crate::instruction::shell::is_program(name) => [name, " ", digits].concat(),
        _ => word.to_owned(),
    }
}

fn letter(c: char) -> Option<&'static str> {
    let mut bytes = [0; 4];
    let sign: &str = c.encode_utf8(&mut bytes);
    SHEETS.iter().find_map(|(_, sheet)| sheet.drawn.get(sign)).map(String::as_str)
}

/// Whether `c` is half a flag.
fn is_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

//! Names that the words around say to read as something else: `FOO stands for chmod`, a footnote, a table of codes.

use super::{Budget, Read, SHEETS, disguise::around, instructions};
use crate::{
    instruction::shell,
    markdown::{BlockKind, Document},
    text::Text,
};

/// Names, at most, that are defined.
const MAX_NAMES: usize = 16;
/// Bytes, at most, of what a name stands for.
const MAX_MEANING: usize = 80;
/// Bytes, at most, of a name.
const MAX_NAME: usize = 16;

/// What the block at `index` says with the names defined around it put in.
pub(super) fn read(document: &Document, index: usize, budget: &mut Budget) -> Vec<Read> {
    let Some(block) = document.blocks.get(index).filter(|block| block.kind != BlockKind::Cell) else { return Vec::new() };
    let text = block.text.as_str();
    if !shows_names(text) {
        return Vec::new();
    }
    let mut names: Vec<(&str, &str)> = Vec::new();
    for (at, near) in around(document, index) {
        define(near, &mut names);
        let cells = [at, at + 1]
            .map(|at| document.blocks.get(at).filter(|block| block.kind == BlockKind::Cell).map(|block| block.text.as_str().trim()));
        if let [Some(name), Some(meaning)] = cells
            && is_name(name)
            && is_meaning(meaning)
        {
            names.push((name, meaning));
        }
    }
    names.truncate(MAX_NAMES);
    if !names.iter().any(|(_, meaning)| meaning.split(' ').any(shell::is_program)) {
        return Vec::new();
    }
    let mut made = Text::default();
    let (mut copied, mut count) = (0, 0);
    for word in text.split_whitespace() {
        let bare = bare(word);
        let Some((_, meaning)) = names.iter().find(|(name, _)| *name == bare) else { continue };
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        made.push(text.get(copied..start).unwrap_or_default(), copied..start);
        made.replace(meaning, start..start + bare.len());
        copied = start + bare.len();
        count += 1;
    }
    if count == 0 || !budget.take(text.len()) {
        return Vec::new();
    }
    made.push(text.get(copied..).unwrap_or_default(), copied..text.len());
    instructions(&made, "put in", budget)
}

/// Whether a name stands before an argument or another name in `text`, as in a command it is put into.
fn shows_names(text: &str) -> bool {
    let mut before = false;
    text.split_whitespace().any(|word| {
        let name = !is_plain(word) && is_name(bare(word));
        let shows = before && (name || shell::is_argument(word));
        before = name;
        shows
    })
}

/// Whether `word` begins with small letters, as no name does.
fn is_plain(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second, ..] if first.is_ascii_lowercase() && second.is_ascii_alphanumeric())
}

fn bare(word: &str) -> &str {
    word.trim_matches(['"', ',', '.', ';', '`', '(', ')', '!'])
}

/// Adds what `text` defines to `names`.
fn define<'t>(text: &'t str, names: &mut Vec<(&'t str, &'t str)>) {
    for meaning in SHEETS.iter().flat_map(|(_, sheet)| &sheet.meanings) {
        for (at, _) in text.match_indices(meaning.as_str()).take(MAX_NAMES) {
            let before = text.get(..at).unwrap_or_default().trim_end();
            let name = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().trim_matches(['"', '`', ',', '(', '\'', ':']);
            let after = text.get(at + meaning.len()..).unwrap_or_default().trim_start();
            let end = after.find([',', ';', '\n', '.']).unwrap_or(after.len());
            let end = after.get(..end).and_then(|part| part.find(" and ")).unwrap_or(end);
            let stands = after.get(..end).unwrap_or_default().trim_matches(['"', '`', ' ', ')']);
            if is_name(name) && is_meaning(stands) && names.len() < MAX_NAMES {
                names.push((name, stands));
            }
        }
    }
}

/// Whether `name` is no word of a sentence: capitals, one letter, a sign, a footnote.
fn is_name(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    !name.is_empty()
        && name.len() <= MAX_NAME
        && (letters().all(char::is_uppercase) || name.starts_with("[^") || name.chars().count() == 1)
        && !shell::is_program(name)
}

/// Whether `text` may be a part of a command.
fn is_meaning(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_MEANING && text.split(' ').any(|word| shell::is_program(word) || shell::is_argument(word))
}

//! Programs a reader recognises although they are mistyped or drawn: `chmdo`, `cchhmmoodd`, `c|-|mod`.

use super::{Budget, Read, SHEETS, disguise::scattered, instructions};
use crate::{instruction::shell, markdown::Block, text::Text};

/// Letters of a name, at least and at most, that is looked at.
const NAME: std::ops::RangeInclusive<usize> = 5..=14;
/// Words after a name among which an option or a path stands.
const REACH: usize = 4;
/// Bytes, at most, of a word that is drawn.
const MAX_DRAWN: usize = 40;

/// What `block` says with its mistyped programs put right.
pub(super) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let argued = begins_argument(text);
    if !argued && !block.words().all().iter().any(|word| is_doubled(text.as_bytes().get(word.range()).unwrap_or_default())) {
        return Vec::new();
    }
    let mut made = Text::default();
    let (mut copied, mut drawn) = (0, None);
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let convincing = argued
            && words.peek().is_some_and(|next| shell::is_argument(next))
            && words.clone().take(REACH).any(|next| next.starts_with(['/', '-', '~']));
        let bare = word.trim_end_matches([',', '.', ':', ';']);
        let name = match halved(bare) {
            Some(name) => Some(name),
            None if convincing => swapped(bare).or_else(|| shaped(bare)).or_else(|| lowered(bare)),
            None => None,
        };
        let Some(name) = name else { continue };
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        made.push(text.get(copied..start).unwrap_or_default(), copied..start);
        made.replace(&name, start..start + bare.len());
        copied = start + bare.len();
        drawn = Some(name);
    }
    let Some(name) = drawn else { return Vec::new() };
    made.push(text.get(copied..).unwrap_or_default(), copied..text.len());
    let found = instructions(&made, "put right", budget);
    if found.iter().any(|read| read.text.contains('/')) {
        found
    } else {
        [found, scattered(&name, [text].into_iter(), text.len(), "put right", budget)].concat()
    }
}

/// Whether a word of `text` may begin as an option or a path does.
fn begins_argument(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'/', b'-', b'~', bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_none_or(|byte| byte.is_ascii_whitespace() || !byte.is_ascii())
    })
}

/// Whether `word` begins with the same letter twice.
fn is_doubled(word: &[u8]) -> bool {
    matches!(word, [first, second, ..] if first == second || !first.is_ascii())
}

fn is_known(name: &str) -> bool {
    shell::is_program(name)
}

/// The program of which two neighbouring letters are swapped in `word`.
fn swapped(word: &str) -> Option<String> {
    if !NAME.contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) || is_known(word) {
        return None;
    }
    (0..word.len().saturating_sub(1)).find_map(|at| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.swap(at, at + 1);
        let name: String = letters.into_iter().collect();
        (name != word && is_known(&name)).then_some(name)
    })
}

/// The program that `word` names in capitals.
fn lowered(word: &str) -> Option<String> {
    let name = word.to_ascii_lowercase();
    (NAME.contains(&word.len()) && word.bytes().filter(u8::is_ascii_uppercase).count() > 1 && is_known(&name)).then_some(name)
}

/// The program of which `word` has each letter twice.
fn halved(word: &str) -> Option<String> {
    if word.len() < 2 * NAME.start() || word.len() % 2 == 1 || !word.as_bytes().chunks(2).all(|pair| pair.first() == pair.last()) {
        return None;
    }
    let name: String = word.chars().step_by(2).collect();
    is_known(&name).then_some(name)
}

/// The program that `word` draws with signs in the place of letters.
fn shaped(word: &str) -> Option<String> {
    if word.len() > MAX_DRAWN || !word.contains(['|', '/', '\\', '(', '<', '^']) || word.starts_with('/') || word.contains("://") {
        return None;
    }
    let mut name = word.to_ascii_lowercase();
    for (shape, letter) in SHEETS.iter().flat_map(|(_, sheet)| &sheet.shapes) {
        name = name.replace(shape.as_str(), letter);
    }
    let digits: String = name.chars().map(|c| if c == '0' { 'o' } else { c }).collect();
    [name, digits].into_iter().find(|name| is_known(name))
}

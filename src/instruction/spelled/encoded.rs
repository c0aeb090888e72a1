//! Text in an encoding that the words around it announce.

use super::{Budget, Hint, Read, SHEETS, instructions, whole, words};
use crate::{
    instruction::shell::{self, Decoding, decode_as},
    markdown::Block,
};
use std::{collections::BTreeSet, ops::Range};

/// Code points, groups or signs in a row, at least, that may be a command.
const MIN_ROW: usize = 6;
/// Letters of a program's name, at least, by which a moved alphabet is told.
const MIN_NAME: usize = 4;
/// Bytes of one encoded word, at least.
const MIN_WORD: usize = 8;

/// What `block` holds, given the encodings announced.
pub(super) fn read(block: &Block, hints: &BTreeSet<Hint>, budget: &mut Budget) -> Vec<Read> {
    let (text, signs) = (block.text.as_str(), block.words());
    let mut found = Vec::new();
    if signs.has_sign(b"%") && (text.contains("%20") || text.contains("%2F")) {
        let written = |word: &Range<usize>| {
            text.get(word.clone()).is_some_and(|word| word.contains('%') && !word.contains("://") && !word.contains('?'))
        };
        for word in words(text).filter(written) {
            let made = percent(text.get(word.clone()).unwrap_or_default());
            found.extend(instructions(&whole(&made, word), "percent-encoding", budget));
        }
    }
    if !hints.contains(&Hint::Morse) && signs.has_sign(b".") && is_keyed(text) {
        found.extend(rows(text, "morse", morse, budget));
    }
    for hint in hints {
        found.extend(match hint {
            Hint::Rot13 => whole_text(text, Decoding::Rot13, "rot13", budget),
            Hint::Reverse => reversed(text, budget),
            Hint::Base64 => one_word(text, Decoding::Base64, "base64", budget),
            Hint::Hex => [one_word(text, Decoding::Hex, "hex", budget), rows(text, "hex", hex_pair, budget)].concat(),
            Hint::Codes => rows(text, "codes", |word| word.parse().ok(), budget),
            Hint::Binary => rows(text, "binary", binary, budget),
            Hint::Morse => rows(text, "morse", morse, budget),
            Hint::Atbash => whole_text(text, Decoding::Atbash, "atbash", budget),
            Hint::Caesar => shifted_text(text, budget),
            Hint::Join | Hint::Initials => Vec::new(),
        });
    }
    found
}

/// Whether `text` has two signs of the Morse alphabet at an end of a word.
fn is_keyed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied();
    memchr::memchr_iter(b'-', bytes).any(|at| {
        let (before, after) = (byte(at.checked_sub(1)), byte(at.checked_add(1)));
        (before, after) == (Some(b' '), Some(b'.')) || (before, after) == (Some(b'.'), Some(b' '))
    })
}

/// The text with its letters moved back by as many places as make a program of one of its words.
fn shifted_text(text: &str, budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    for places in (1..26).filter(|places| *places != 13) {
        let made: String = text.chars().map(|c| shell::shifted(c, places)).collect();
        let names = |word: &str| word.len() >= MIN_NAME && shell::is_program(&word.to_ascii_lowercase());
        if made
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .zip(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
            .any(|(made, written)| names(made) && !names(written))
        {
            found.extend(instructions(&whole(&made, 0..text.len()), "shifted", budget));
        }
    }
    found
}

fn whole_text(text: &str, decoding: Decoding, step: &str, budget: &mut Budget) -> Vec<Read> {
    let Some(made) = decode_as(decoding, text) else { return Vec::new() };
    instructions(&whole(&made, 0..text.len()), step, budget)
}

/// Each line, each part after a colon, and each piece between ticks, from its end.
fn reversed(text: &str, budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = line.rfind(": ").map_or(0, |at| at + 2);
        let part = line.get(from..).unwrap_or_default();
        let made: String = part.trim().chars().rev().collect();
        found.extend(instructions(&whole(&made, start + from..start + line.len()), "reversed", budget));
        start += line.len();
    }
    found
}

fn one_word(text: &str, decoding: Decoding, step: &str, budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    for range in words(text).filter(|range| range.len() >= MIN_WORD) {
        let word = text.get(range.clone()).unwrap_or_default().trim_matches(['"', '\'', '(', ')', ',', '.', ':', '`']);
        let made = decode_as(decoding, word).filter(|made| made.chars().all(|c| !c.is_control() || c.is_whitespace()));
        if let Some(made) = made {
            found.extend(instructions(&whole(&made, range), step, budget));
        }
    }
    found
}

/// Rows of words that each stand for one character.
fn rows(text: &str, step: &str, code: impl Fn(&str) -> Option<u32>, budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    let mut made = String::new();
    let mut range = 0..0;
    for word in words(text).map(Some).chain([None]) {
        let character = word.clone().and_then(|word| code(text.get(word)?.trim_matches([',', ';', '[', ']'])));
        let character = character.and_then(char::from_u32).filter(|c| matches!(c, ' '..='~'));
        match (character, word) {
            (Some(c), Some(word)) => {
                range = if made.is_empty() { word } else { range.start..word.end };
                made.push(c);
            }
            _ => {
                if made.chars().count() >= MIN_ROW {
                    found.extend(instructions(&whole(&made, range.clone()), step, budget));
                }
                made.clear();
            }
        }
    }
    found
}

fn hex_pair(word: &str) -> Option<u32> {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("\\x")).unwrap_or(word);
    if digits.len() == 2 { u32::from_str_radix(digits, 16).ok() } else { None }
}

fn binary(word: &str) -> Option<u32> {
    if matches!(word.len(), 7 | 8) { u32::from_str_radix(word, 2).ok() } else { None }
}

fn morse(word: &str) -> Option<u32> {
    SHEETS.iter().find_map(|(_, sheet)| sheet.morse.get(word)).and_then(|letter| letter.chars().next()).map(u32::from)
}

pub(super) fn percent(word: &str) -> String {
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! Characters written as escapes of some other notation, and words broken by markup: `\\u0063`, `\\63`, `&#99;`, TeX, strikes.

use super::{Budget, Read, SHEETS, instructions};
use crate::{
    instruction::shell::{self, Decoding, decode_as},
    markdown::{Block, Notation},
    text::Text,
};
use std::ops::Range;

/// Escapes, at least, that make a text worth undoing them.
const MIN_ESCAPES: usize = 2;
/// Letters of a word, at least, that is read upside down.
const MIN_FLIPPED: usize = 3;

/// What `block` holds once its escapes are undone.
pub(super) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let signs = block.words();
    let mut found = Vec::new();
    if signs.has_sign(b"\\") {
        for (step, escape) in [("escapes", code_point as Escape), ("octal escapes", octal), ("CSS escapes", style)] {
            found.extend(undone(text, '\\', escape).into_iter().flat_map(|made| instructions(&made, step, budget)));
        }
        if text.contains("\\text") || text.contains("\\math") {
            found.extend(instructions(&without_tex(text), "TeX", budget));
        }
    }
    if signs.has_sign(b"&") && text.contains("&#") {
        found.extend(undone(text, '&', entity).into_iter().flat_map(|made| instructions(&made, "entities", budget)));
    }
    if signs.has_sign(b"%") && (text.contains("%6") || text.contains("%7")) {
        found.extend(undone(text, '%', percent).into_iter().flat_map(|made| instructions(&made, "percent signs", budget)));
    }
    if signs.has_sign(b"=") && (text.contains("=20") || text.contains("=2D")) {
        let joined = text.replace("=\n", "");
        let made = undone(&joined, '=', quoted_printable).map(|made| super::whole(made.as_str(), 0..text.len()));
        found.extend(made.iter().flat_map(|made| instructions(made, "quoted-printable", budget)));
    }
    if block.segments.iter().any(|segment| segment.notation == Notation::Link && tells(text, segment.range.clone())) {
        found.extend(instructions(&Text::verbatim(text), "links", budget));
    }
    if signs.has_sign(b"-") && signs.has_sign(b"\n") && text.contains("-\n") {
        found.extend(instructions(&unbroken(text), "hyphens", budget));
    }
    if block.segments.iter().any(|segment| segment.notation == Notation::Struck) {
        found.extend(unstruck(block, budget));
    }
    if signs.has_sign(b":") && text.contains("data:text") {
        found.extend(addresses(text, budget));
    }
    if !text.is_ascii() {
        found.extend(turned(text, budget));
        found.extend(super::drawn::read(text, budget));
    }
    found
}

/// What an escape at the beginning of a text stands for, and its length in bytes.
type Escape = fn(&str) -> Option<(char, usize)>;

/// `text` with its escapes, each of which begins with `mark`, undone; nothing when there are too few.
fn undone(text: &str, mark: char, escape: Escape) -> Option<Text> {
    let mut made = Text::default();
    let (mut copied, mut count) = (0, 0);
    for (at, _) in text.match_indices(mark) {
        if at < copied {
            continue;
        }
        let Some((c, length)) = escape(text.get(at..)?).filter(|(c, _)| matches!(c, ' '..='~')) else { continue };
        made.push(text.get(copied..at)?, copied..at);
        made.replace(c.encode_utf8(&mut [0; 4]), at..at + length);
        copied = at + length;
        count += 1;
    }
    made.push(text.get(copied..)?, copied..text.len());
    (count >= MIN_ESCAPES).then_some(made)
}

/// The character of the digits after `prefix`, at most `most`.
fn digits(text: &str, prefix: usize, radix: u32, most: usize) -> Option<(char, usize)> {
    let rest = text.get(prefix..)?;
    let length = rest.bytes().take(most).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let c = u32::from_str_radix(rest.get(..length)?, radix).ok().and_then(char::from_u32)?;
    Some((c, prefix + length))
}

/// `\u0063`, `\u{63}`, `\x63`, `\U00000063`.
fn code_point(text: &str) -> Option<(char, usize)> {
    match text.get(1..)?.chars().next()? {
        'u' if text.get(2..)?.starts_with('{') => digits(text, 3, 16, 6).map(|(c, length)| (c, length + 1)),
        'u' => digits(text, 2, 16, 4).filter(|(_, length)| *length == 6),
        'U' => digits(text, 2, 16, 8),
        'x' => digits(text, 2, 16, 2).filter(|(_, length)| *length == 4),
        _ => None,
    }
}

/// `%63`.
fn percent(text: &str) -> Option<(char, usize)> {
    digits(text, 1, 16, 2).filter(|(_, length)| *length == 3)
}

/// `=63`.
fn quoted_printable(text: &str) -> Option<(char, usize)> {
    digits(text, 1, 16, 2).filter(|(_, length)| *length == 3)
}

/// Whether the words in `range` may be part of a command.
fn tells(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|part| part.split_whitespace().any(|word| shell::is_program(word) || shell::is_argument(word)))
}

/// `\143`.
fn octal(text: &str) -> Option<(char, usize)> {
    digits(text, 1, 8, 3).filter(|(_, length)| *length == 4)
}

/// `\63` and `\000063`, which a blank may end.
fn style(text: &str) -> Option<(char, usize)> {
    let (c, length) = digits(text, 1, 16, 6).filter(|(_, length)| *length >= 3)?;
    let blank = text.get(length..).is_some_and(|rest| rest.starts_with(' ') && rest.get(1..).is_some_and(|rest| rest.starts_with('\\')));
    Some((c, length + usize::from(blank)))
}

/// `&#99;`, `&#x63;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix("&#")?;
    let (c, length) = if rest.starts_with(['x', 'X']) { digits(text, 3, 16, 6)? } else { digits(text, 2, 10, 7)? };
    Some((c, length + usize::from(text.as_bytes().get(length) == Some(&b';'))))
}

/// `text` with what TeX sets as letters, and blanks for its gaps.
fn without_tex(text: &str) -> Text {
    let mut made = Text::default();
    let mut inside = false;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let end = at + c.len_utf8();
        match c {
            '$' => inside = !inside,
            '\\' if inside => {
                let name = text.get(end..).unwrap_or_default();
                let length = name.bytes().take_while(u8::is_ascii_alphabetic).count();
                (0..length).for_each(|_| {
                    letters.next();
                });
                let gap = length == 0 && letters.next_if(|(_, c)| matches!(c, ' ' | ';' | ',' | ':' | '!')).is_some_and(|(_, c)| c != '!');
                if gap || matches!(name.get(..length), Some("quad" | "qquad" | "space" | "enspace")) {
                    made.replace(" ", at..end);
                }
            }
            '{' | '}' | '!' if inside => {}
            ';' | '~' | ':' | ',' if inside => made.replace(" ", at..end),
            c => made.push(c.encode_utf8(&mut [0; 4]), at..end),
        }
    }
    made
}

/// `text` with the words that hyphens break at line ends put together, lines going on.
fn unbroken(text: &str) -> Text {
    let mut made = Text::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let body = line.trim_end_matches('\n');
        let broken = body.strip_suffix('-').filter(|body| body.ends_with(char::is_alphabetic));
        let kept = broken.unwrap_or(body);
        made.push(kept, at..at + kept.len());
        if broken.is_none() {
            made.replace(" ", at + kept.len()..end);
        }
        at = end;
    }
    made
}

/// The instructions that are left when what is struck through is left out.
fn unstruck(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let mut made = Text::default();
    let mut struck: Vec<usize> = Vec::new();
    for segment in &block.segments {
        match text.get(segment.range.clone()) {
            Some(_) if segment.notation == Notation::Struck => struck.push(segment.range.start),
            Some(piece) => made.push(piece, segment.range.clone()),
            None => {}
        }
    }
    // What is told is the part before the strike: the strike itself is none of it.
    let until =
        |range: Range<usize>| struck.iter().find(|at| range.contains(at)).map(|at| range.start..*at).filter(|part| !part.is_empty());
    let found = instructions(&made, "without what is struck", budget).into_iter();
    found.filter_map(|read| until(read.range.clone()).map(|range| Read { range, ..read })).collect()
}

/// What `data:` addresses hold.
fn addresses(text: &str, budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("data:text").take(4) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '>')).unwrap_or(rest.len());
        let Some((head, body)) = rest.get(..length).and_then(|address| address.split_once(',')) else { continue };
        let made = if head.ends_with("base64") { decode_as(Decoding::Base64, body) } else { Some(super::encoded::percent(body)) };
        for line in made.iter().flat_map(|made| made.lines()) {
            found.extend(instructions(&super::whole(line, start..start + length), "data address", budget));
        }
    }
    found
}

/// The lines of `text` that are written upside down, turned.
fn turned(text: &str, budget: &mut Budget) -> Vec<Read> {
    let upright = |c: char| SHEETS.iter().find_map(|(_, sheet)| sheet.flipped.get(c.encode_utf8(&mut [0; 4]) as &str));
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if line.is_ascii() || line.chars().filter(|c| !c.is_ascii() && upright(*c).is_some()).count() < MIN_FLIPPED {
            continue;
        }
        let from = line.rfind(": ").map_or(0, |at| at + 2);
        let part = line.get(from..).unwrap_or_default().trim();
        let turn = |c: char| upright(c).map_or_else(|| c.to_string(), Clone::clone);
        let made: String = part.chars().rev().map(turn).collect();
        found.extend(instructions(&super::whole(&made, range), "upside down", budget));
    }
    found
}

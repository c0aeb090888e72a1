//! Undoes encodings that hide a script: base64, base32, hexadecimal, reversal, swapped characters.

use super::{escape::unescape, format::Decoding, script::Token};

/// The bytes of base64 text; blanks and padding are ignored.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    bits(text, 6, |byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    })
}

/// The bytes of base32 text.
pub(super) fn base32(text: &str) -> Option<Vec<u8>> {
    bits(text, 5, |byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    })
}

/// The bytes of hexadecimal text; blanks are ignored.
pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    bits(text, 4, |byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
}

fn bits(text: &str, width: u32, value: impl Fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        held = (held << width | u32::from(value(byte)?)) & 0xffff;
        count += width;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(held >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The text of `bytes`, when they are text.
pub(super) fn text(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}

/// The text of base64 of UTF-16LE, as PowerShell takes it; of UTF-8, where it is that instead.
pub(super) fn utf16_base64(encoded: &str) -> Option<String> {
    let bytes = base64(encoded)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| pair.iter().rev().fold(0, |unit, byte| unit << 8 | u16::from(*byte))).collect();
    String::from_utf16(&units)
        .ok()
        .filter(|text| text.chars().filter(char::is_ascii).count() * 2 >= text.chars().count())
        .or_else(|| text(bytes))
}

/// Undoes `decoding` where that takes nothing but the text.
pub(crate) fn decode_as(decoding: Decoding, encoded: &str) -> Option<String> {
    match decoding {
        Decoding::Base64 => text(base64(encoded)?),
        Decoding::Base32 => text(base32(encoded)?),
        Decoding::Hex => text(hex(encoded)?),
        Decoding::Rot13 => Some(encoded.chars().map(rotated).collect()),
        Decoding::Reverse => Some(encoded.chars().rev().collect()),
        Decoding::Lower => Some(encoded.to_lowercase()),
        _ => None,
    }
}

fn rotated(c: char) -> char {
    let base = match c {
        'a'..='z' => b'a',
        'A'..='Z' => b'A',
        _ => return c,
    };
    u8::try_from(c).map_or(c, |byte| char::from((byte - base + 13) % 26 + base))
}

/// Each line backwards.
pub(super) fn reverse(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| line.chars().rev().collect()).collect();
    lines.join("\n")
}

/// What `tr` makes of `text`; `words` begin with the program.
pub(super) fn translate(text: &str, words: &[Token]) -> Option<String> {
    let mut sets = words.iter().skip(1).filter(|token| !token.word.text.starts_with('-')).map(|token| set(&token.word.text));
    let from = sets.next()?;
    if words.iter().any(|token| token.word.text == "-d") {
        return Some(text.chars().filter(|character| !from.contains(character)).collect());
    }
    let to = sets.next()?;
    let swap = |character: char| match from.iter().rposition(|known| *known == character) {
        Some(index) => to.get(index).or(to.last()).copied().unwrap_or(character),
        None => character,
    };
    Some(text.chars().map(swap).collect())
}

/// The characters of a set such as `A-Za-z`.
fn set(written: &str) -> Vec<char> {
    let written = unescape(written).replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z").replace("[:digit:]", "0-9");
    let characters: Vec<char> = written.trim_matches(['[', ']']).chars().take(512).collect();
    let mut all = Vec::new();
    let mut rest = characters.as_slice();
    while let Some((first, after)) = rest.split_first() {
        match after {
            ['-', last, beyond @ ..] if last >= first && (*last as u32) - (*first as u32) < 256 => {
                all.extend(*first..=*last);
                rest = beyond;
            }
            _ => {
                all.push(*first);
                rest = after;
            }
        }
    }
    all
}

//! Undoes encodings that hide a script: base64, base32, hexadecimal, reversal, swapped characters.

use super::{escape::unescape, format::Decoding, inflate, script::Token};

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

/// The bytes of base85, Python's and Git's alphabet; of Ascii85 between `<~` and `~>`.
pub(super) fn base85(text: &str) -> Option<Vec<u8>> {
    const OTHERS: &str = "!#$%&()*+-;<=>?@^_`{|}~";
    let ascii = text.trim().strip_prefix("<~").and_then(|text| text.strip_suffix("~>"));
    let value = |byte: u8| match byte {
        b'!'..=b'u' if ascii.is_some() => Some(u32::from(byte - b'!')),
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 36),
        _ => OTHERS.find(char::from(byte)).and_then(|at| u32::try_from(at).ok()).map(|at| at + 62),
    };
    let digits: Vec<u32> = ascii.unwrap_or(text).bytes().filter(|byte| !byte.is_ascii_whitespace()).map(value).collect::<Option<_>>()?;
    let mut bytes = Vec::with_capacity(digits.len());
    for chunk in digits.chunks(5) {
        let padded = chunk.iter().copied().chain(std::iter::repeat(84)).take(5);
        let word = padded.fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(digit));
        bytes.extend(word.to_be_bytes().into_iter().take(chunk.len().saturating_sub(1)));
    }
    Some(bytes)
}

/// The bytes that `decoding` makes of `text`.
pub(super) fn bytes(decoding: Decoding, text: &str) -> Option<Vec<u8>> {
    match decoding {
        Decoding::Base64 => base64(text),
        Decoding::Base32 => base32(text),
        Decoding::Base85 => base85(text),
        Decoding::Hex => hex(text),
        Decoding::Inflate => inflate::inflate(&text.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>()?),
        _ => None,
    }
}

/// The text of `bytes`; of those that are no text, a letter for each byte, so that they can still be unpacked.
fn text_or_bytes(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|kept| kept.into_bytes().into_iter().map(char::from).collect())
}

/// Undoes `decoding` where that takes nothing but the text.
pub(crate) fn decode_as(decoding: Decoding, encoded: &str) -> Option<String> {
    match decoding {
        Decoding::Base64 | Decoding::Base32 | Decoding::Base85 | Decoding::Hex | Decoding::Inflate => {
            Some(text_or_bytes(bytes(decoding, encoded)?))
        }
        Decoding::Atbash => Some(encoded.chars().map(mirrored).collect()),
        Decoding::Rot13 => Some(encoded.chars().map(rotated).collect()),
        Decoding::Reverse => Some(encoded.chars().rev().collect()),
        Decoding::Lower => Some(encoded.to_lowercase()),
        _ => None,
    }
}

fn rotated(c: char) -> char {
    shifted(c, 13)
}

/// A letter moved by `places` of the alphabet.
pub(crate) fn shifted(c: char, places: u8) -> char {
    let base = match c {
        'a'..='z' => b'a',
        'A'..='Z' => b'A',
        _ => return c,
    };
    u8::try_from(c).map_or(c, |byte| char::from((byte - base + places % 26) % 26 + base))
}

/// A letter counted from the other end of the alphabet.
fn mirrored(c: char) -> char {
    match (c, u8::try_from(c)) {
        ('a'..='z', Ok(byte)) => char::from(b'a' + b'z' - byte),
        ('A'..='Z', Ok(byte)) => char::from(b'A' + b'Z' - byte),
        _ => c,
    }
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
    let options: Vec<&str> = words.iter().skip(1).map(|token| token.word.text.as_str()).filter(|word| word.starts_with('-')).collect();
    let says = |letter: char| options.iter().any(|option| !option.starts_with("--") && option.contains(letter));
    let other = says('c') || says('C') || options.contains(&"--complement");
    if says('d') || options.contains(&"--delete") {
        return Some(text.chars().filter(|character| from.contains(character) == other).collect());
    }
    let Some(to) = sets.next() else {
        return says('s').then(|| squeezed(text, &from));
    };
    let swap = |character: char| match from.iter().rposition(|known| *known == character) {
        Some(index) => to.get(index).or(to.last()).copied().unwrap_or(character),
        None => character,
    };
    Some(text.chars().map(swap).collect())
}

/// `text` with one of each row of the same letter in `among`.
fn squeezed(text: &str, among: &[char]) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        if !(among.contains(&c) && made.ends_with(c)) {
            made.push(c);
        }
    }
    made
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

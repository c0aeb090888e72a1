//! Backslash escapes of `$'…'`, `printf` and `echo -e`.

use std::iter::Peekable;
use std::str::Chars;

/// `text` with its escapes replaced by what they stand for. Bytes are taken as UTF-8, as a terminal would.
pub(crate) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' {
            escape(&mut characters, &mut bytes);
        } else {
            put(character, &mut bytes);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escape(characters: &mut Peekable<Chars<'_>>, bytes: &mut Vec<u8>) {
    let Some(kind) = characters.next() else {
        bytes.push(b'\\');
        return;
    };
    match kind {
        'n' => bytes.push(b'\n'),
        't' => bytes.push(b'\t'),
        'r' => bytes.push(b'\r'),
        'a' | 'b' | 'f' | 'v' | 'c' => {}
        'e' | 'E' => bytes.push(0x1b),
        'x' => bytes.extend(number(characters, 16, 2, 0).and_then(|number| u8::try_from(number).ok())),
        'u' => code_point(number(characters, 16, 4, 0), bytes),
        'U' => code_point(number(characters, 16, 8, 0), bytes),
        '0'..='7' => {
            let first = kind.to_digit(8).unwrap_or(0);
            let digits = if kind == '0' { 3 } else { 2 };
            bytes.extend(number(characters, 8, digits, first).or(Some(first)).and_then(|number| u8::try_from(number & 0xff).ok()));
        }
        '\\' | '\'' | '"' | '?' => put(kind, bytes),
        other => {
            bytes.push(b'\\');
            put(other, bytes);
        }
    }
}

fn number(characters: &mut Peekable<Chars<'_>>, radix: u32, digits: usize, first: u32) -> Option<u32> {
    let mut value = None;
    for _ in 0..digits {
        let Some(digit) = characters.peek().and_then(|character| character.to_digit(radix)) else { break };
        characters.next();
        value = Some(value.unwrap_or(first).wrapping_mul(radix).wrapping_add(digit));
    }
    value
}

fn code_point(number: Option<u32>, bytes: &mut Vec<u8>) {
    if let Some(character) = number.and_then(char::from_u32) {
        put(character, bytes);
    }
}

fn put(character: char, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

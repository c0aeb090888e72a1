//! Cuts a statement into words.

use super::facts::facts;

/// A word of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    /// As written.
    pub(super) raw: &'t str,
    /// Whether it is a keyword or a bare name.
    bare: bool,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it was written in lower case.
    lower: bool,
    /// Whether it is the first of its line.
    first: bool,
    /// Whether it is the full stop of a sentence.
    stop: bool,
}

impl Token<'_> {
    /// The word as [`Statement`](crate::instruction::Statement) has it.
    pub(super) fn text(&self) -> String {
        if self.bare { self.raw.to_uppercase() } else { self.raw.to_owned() }
    }

    /// Whether it is `word`, whatever the case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.raw.eq_ignore_ascii_case(word)
    }
}

/// The words of a text, in order.
pub(super) struct Tokens<'t> {
    text: &'t str,
    /// Where the next word is looked for.
    pub(super) at: usize,
    /// Whether the statement has ended.
    pub(super) ended: bool,
    /// Where what follows the statement begins.
    pub(super) stopped_at: usize,
}

impl<'t> Tokens<'t> {
    /// The words of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, ended: false, stopped_at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips blanks and comments; whether a line ended.
    fn blank(&mut self) -> bool {
        let start = self.at;
        loop {
            let rest = self.rest();
            let length = if rest.starts_with("--") && !rest.starts_with("---") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                rest.len() - rest.trim_start().len()
            };
            if length == 0 {
                return self.text.get(start..self.at).is_some_and(|skipped| skipped.contains('\n'));
            }
            self.at += length;
        }
    }

    /// Whether `word` ends the statement: `;`, `GO`, a verb that begins a line, or in prose a word that is none of SQL's.
    pub(super) fn ends(&mut self, word: &Token<'_>, prose: bool) -> bool {
        let facts = facts();
        let begins = word.first && facts.strong.iter().any(|verb| word.is(verb));
        let go = word.first && word.is("GO");
        let delimiter = word.raw == ";";
        let stops = prose && (word.stop || word.lower && facts.stop_words.contains(word.raw));
        if begins || go || delimiter || stops {
            self.ended = true;
            self.stopped_at = if begins { word.start } else { word.end };
        }
        self.ended
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let first = self.blank();
        let start = self.at;
        let rest = self.rest();
        let byte = rest.bytes().next()?;
        let length = match byte {
            b'\'' | b'"' | b'`' => quoted(rest, byte),
            b'[' => rest.find(']').filter(|&end| end < 200).map_or(1, |end| end + 1),
            _ => word(rest),
        };
        self.at += length;
        let raw = rest.get(..length)?;
        let bare = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 || matches!(byte, b'@' | b'#' | b'$' | b'<');
        let lower = raw.bytes().all(|byte| byte.is_ascii_lowercase());
        let stop = matches!(raw, "." | "?" | "!" | ":") && self.rest().bytes().next().is_none_or(|next| next.is_ascii_whitespace());
        Some(Token { raw, bare, start, end: self.at, lower, first, stop })
    }
}

/// The length of a quoted name or string; a doubled quote stands for one.
fn quoted(rest: &str, quote: u8) -> usize {
    let mut bytes = rest.bytes().enumerate().skip(1).peekable();
    while let Some((index, byte)) = bytes.next() {
        if byte == b'\\' {
            bytes.next();
        } else if byte == quote && bytes.next_if(|(_, next)| *next == quote).is_none() {
            return index + 1;
        }
    }
    1
}

/// The length of a bare word, a placeholder or one character of punctuation.
fn word(rest: &str) -> usize {
    if rest.starts_with('<') {
        let inner = rest.bytes().skip(1).take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_- ".contains(byte)).count();
        if inner > 0 && rest.as_bytes().get(inner + 1) == Some(&b'>') {
            return inner + 2;
        }
    }
    if rest.starts_with("$$") || rest.starts_with(":=") {
        return 2;
    }
    // `@x` is a variable; in `user@host` the sign stands between two names.
    let part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '#' | '$');
    let name = rest.trim_start_matches('@');
    let named = name.trim_start_matches(part);
    let length = if named.len() < name.len() { rest.len() - named.len() } else { 0 };
    if length == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { length }
}

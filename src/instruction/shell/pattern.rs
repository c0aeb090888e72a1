//! The patterns of `sed` and of `${name//pattern/}`, as far as they are a row of characters and classes.

/// Pieces, at most, of a pattern.
const MAX_PIECES: usize = 64;

/// One character of a pattern and how often it stands.
struct Piece {
    one: One,
    least: usize,
    most: usize,
}

enum One {
    Is(char),
    Any,
    Among(Vec<(char, char)>, bool),
}

/// A pattern that can be looked for.
pub(super) struct Pattern(Vec<Piece>);

impl Pattern {
    /// A basic or extended regular expression without groups, choices and anchors; nothing when it has them.
    pub(super) fn regex(source: &str) -> Option<Self> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = source.chars();
        while let Some(c) = rest.next() {
            let one = match c {
                '^' | '$' | '(' | ')' | '|' | '{' | '}' => return None,
                '*' | '+' | '?' => {
                    let last = pieces.last_mut()?;
                    last.least = usize::from(c == '+');
                    last.most = if c == '?' { 1 } else { usize::MAX };
                    continue;
                }
                '.' => One::Any,
                '[' => class(&mut rest)?,
                '\\' => match rest.next()? {
                    '+' => {
                        pieces.last_mut()?.most = usize::MAX;
                        continue;
                    }
                    'd' => One::Among(vec![('0', '9')], false),
                    's' => One::Among(vec![(' ', ' '), ('\t', '\n')], false),
                    c if c.is_alphanumeric() || matches!(c, '(' | ')' | '|' | '{') => return None,
                    c => One::Is(c),
                },
                c => One::Is(c),
            };
            pieces.push(Piece { one, least: 1, most: 1 });
        }
        (!pieces.is_empty() && pieces.len() <= MAX_PIECES).then_some(Self(pieces))
    }

    /// A file pattern: `?`, `*`, `[…]`, quotes and backslashes gone.
    pub(super) fn glob(source: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = source.chars();
        while let Some(c) = rest.next() {
            let (one, least, most) = match c {
                '?' => (One::Any, 1, 1),
                '*' => (One::Any, 0, usize::MAX),
                '[' => (class(&mut rest)?, 1, 1),
                '"' | '\'' => continue,
                '\\' => (One::Is(rest.next()?), 1, 1),
                c => (One::Is(c), 1, 1),
            };
            pieces.push(Piece { one, least, most });
        }
        (!pieces.is_empty() && pieces.len() <= MAX_PIECES).then_some(Self(pieces))
    }

    /// `text` with `to` in the place of the first match, or of all.
    pub(super) fn replace(&self, text: &str, to: &str, all: bool) -> String {
        let letters: Vec<char> = text.chars().collect();
        let (mut made, mut at, mut done) = (String::with_capacity(text.len()), 0, false);
        while let Some(letter) = letters.get(at) {
            let length = if done { None } else { self.length(letters.get(at..).unwrap_or_default()) };
            match length.filter(|length| *length > 0) {
                Some(length) => {
                    made.push_str(to);
                    at += length;
                    done = !all;
                }
                None => {
                    made.push(*letter);
                    at += 1;
                }
            }
        }
        made
    }

    /// How many letters at the beginning of `letters` match, each piece as many as it can.
    fn length(&self, letters: &[char]) -> Option<usize> {
        let mut at = 0;
        for piece in &self.0 {
            let rest = letters.get(at..).unwrap_or_default();
            let count = rest.iter().take(piece.most).take_while(|letter| piece.one.fits(**letter)).count();
            if count < piece.least {
                return None;
            }
            at += count;
        }
        Some(at)
    }
}

impl One {
    fn fits(&self, letter: char) -> bool {
        match self {
            Self::Is(known) => *known == letter,
            Self::Any => true,
            Self::Among(ranges, negated) => ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != *negated,
        }
    }
}

/// The class that goes on after `[`.
fn class(rest: &mut std::str::Chars<'_>) -> Option<One> {
    let body = rest.as_str();
    let (negated, inner) = body.strip_prefix(['^', '!']).map_or((false, body), |inner| (true, inner));
    let mut ranges = Vec::new();
    let mut letters = inner.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let after = inner.get(at..)?;
        if c == ']' && at > 0 {
            *rest = after.get(1..)?.chars();
            return Some(One::Among(ranges, negated));
        }
        if let Some((name, _)) = after.strip_prefix("[:").and_then(|named| named.split_once(":]")) {
            ranges.extend(named(name)?);
            for _ in 0..name.len() + 3 {
                letters.next();
            }
            continue;
        }
        let last = after.get(c.len_utf8()..)?.strip_prefix('-').and_then(|last| last.chars().next()).filter(|last| *last != ']');
        ranges.push((c, last.unwrap_or(c)));
        if last.is_some() {
            letters.next();
            letters.next();
        }
    }
    None
}

/// The ranges of a named class. Source: POSIX.1-2017, 7.3.1.
fn named(name: &str) -> Option<&'static [(char, char)]> {
    const CLASSES: &[(&str, &[(char, char)])] = &[
        ("digit", &[('0', '9')]),
        ("upper", &[('A', 'Z')]),
        ("lower", &[('a', 'z')]),
        ("alpha", &[('A', 'Z'), ('a', 'z')]),
        ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
        ("space", &[(' ', ' '), ('\t', '\r')]),
        ("blank", &[(' ', ' '), ('\t', '\t')]),
        ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ];
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, ranges)| *ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_replaced() {
        for (pattern, text, made) in [
            ("[0-9]", "c1h2m", "chm"),
            ("[^a-z]+", "c-1h_m", "chm"),
            ("x*", "xxchm", "chm"),
            ("[[:digit:]]", "c4h", "ch"),
            ("a.c", "zabcz", "zz"),
        ] {
            assert_eq!(Pattern::regex(pattern).map(|pattern| pattern.replace(text, "", true)).as_deref(), Some(made), "{pattern}");
        }
        assert!(Pattern::regex("^a").is_none() && Pattern::regex("\\(a\\)").is_none() && Pattern::regex("[a").is_none());
    }

    #[test]
    fn globs_are_replaced() {
        assert_eq!(Pattern::glob("[!a-z]").map(|pattern| pattern.replace("c.h.m", "", true)).as_deref(), Some("chm"));
        assert_eq!(Pattern::glob("'.'").map(|pattern| pattern.replace("c.h.m", "", false)).as_deref(), Some("ch.m"));
    }
}

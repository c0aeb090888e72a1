//! Takes disguise off character by character: what is shown as nothing goes, what is one thing in many shapes becomes one.

use super::{Text, characters::Characters, mapped::Rewrite};
use std::{borrow::Cow, ops::Range};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const RIGHT_TO_LEFT_OVERRIDE: char = '\u{202E}';
/// The characters that end an override: its pop, another override or embedding, the end of the line.
const OVERRIDE_ENDS: &[char] = &['\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\n', '\u{2029}'];
/// Marks on one character, at most, that are put together with it; writing needs far fewer.
const MAX_MARKS: usize = 16;
/// Ranges in which every character is its own NFKC form, so that ordinary writing is not normalised letter by letter.
const STABLE: &[(char, char)] = &[
    ('\u{C0}', '\u{131}'),
    ('\u{391}', '\u{3A1}'),
    ('\u{3A3}', '\u{3CE}'),
    ('\u{400}', '\u{481}'),
    ('\u{5D0}', '\u{5EA}'),
    ('\u{620}', '\u{64A}'),
    ('\u{2190}', '\u{21FF}'),
    ('\u{2500}', '\u{27BF}'),
    ('\u{3041}', '\u{3096}'),
    ('\u{30A1}', '\u{30FA}'),
    ('\u{4E00}', '\u{9FFF}'),
    ('\u{AC00}', '\u{D7A3}'),
    ('\u{1F300}', '\u{1FAFF}'),
];

/// `text` in NFKC, without invisible characters, control characters and noise of combining marks, overridden direction
/// undone, typographic quotes and dashes as ASCII.
pub(super) fn clean(text: &Text) -> Cow<'_, Text> {
    let mut cleaner = Cleaner { content: text.as_str(), rewrite: Rewrite::new(text), characters: Characters::shipped() };
    let mut at = 0;
    while let Some(skip) = cleaner.content.get(at..).and_then(|rest| rest.bytes().position(|byte| !is_plain(byte))) {
        at = cleaner.step(at + skip);
    }
    cleaner.rewrite.finish()
}

/// Whether `byte` is an ASCII character that needs no cleaning.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t')
}

/// Whether every byte of `text` [is plain](is_plain); looked at in chunks without a branch per byte.
pub(super) fn is_all_plain(text: &str) -> bool {
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |all, byte| all & is_plain(*byte)))
}

struct Cleaner<'a> {
    content: &'a str,
    rewrite: Rewrite<'a>,
    characters: &'static Characters,
}

impl Cleaner<'_> {
    /// Cleans what begins with the character at `at`; returns where the next begins.
    fn step(&mut self, at: usize) -> usize {
        let Some(c) = self.rest(at).chars().next() else { return self.content.len() };
        let end = at + c.len_utf8();
        if let Some(piece) = control(c, self.rest(end)) {
            self.rewrite.replace(at..end, piece);
            return end;
        }
        if c == RIGHT_TO_LEFT_OVERRIDE {
            return self.undo_override(at, end);
        }
        if self.characters.is_invisible(c) {
            if !self.joins_letters(at, c, end) {
                self.rewrite.replace(at..end, "");
            }
            return end;
        }
        if let Some(piece) = self.dash(at, c, end) {
            self.rewrite.replace(at..end, piece);
            return end;
        }
        if let Some(ascii) = self.characters.always(c) {
            self.rewrite.replace(at..end, ascii.encode_utf8(&mut [0; 4]));
            return end;
        }
        self.compose(at, c, end)
    }

    fn rest(&self, at: usize) -> &str {
        self.content.get(at..).unwrap_or_default()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.content.get(..at).and_then(|before| before.chars().next_back())
    }

    /// Puts a character and the marks after it together as NFKC does.
    fn compose(&mut self, at: usize, c: char, end: usize) -> usize {
        let marks = self.marks(end);
        if is_extender(c) {
            return self.mark_ascii(at, marks.end);
        }
        if marks.is_empty() && is_stable(c) {
            return end;
        }
        let visible = |c: &char| !self.characters.is_invisible(*c);
        let source = self.content.get(at..marks.end).unwrap_or_default();
        let mut composed = String::with_capacity(source.len());
        for c in source.chars().filter(visible).take(1 + MAX_MARKS).nfkc() {
            let noise = is_extender(c) && composed.chars().next_back().is_none_or(|before| before.is_ascii());
            if !noise {
                composed.push(self.characters.always(c).unwrap_or(c));
            }
        }
        if composed != source {
            self.rewrite.replace(at..marks.end, &composed);
        }
        marks.end
    }

    /// Marks from `at` to `end` on the ASCII character before: one precomposed letter, or noise that goes.
    fn mark_ascii(&mut self, at: usize, end: usize) -> usize {
        let base = self.before(at).filter(char::is_ascii_alphabetic);
        let marks = self.content.get(at..end).unwrap_or_default().chars().filter(|c| !self.characters.is_invisible(*c)).take(MAX_MARKS);
        let mut composed = base.into_iter().chain(marks).nfkc();
        match (base, composed.next(), composed.next()) {
            (Some(base), Some(letter), None) if letter != base => {
                self.rewrite.replace(at - base.len_utf8()..end, letter.encode_utf8(&mut [0; 4]));
            }
            _ => self.rewrite.replace(at..end, ""),
        }
        end
    }

    /// The marks, and invisible characters among them, that follow at `at`.
    fn marks(&self, at: usize) -> Range<usize> {
        let mut end = at;
        let mut last_mark = at;
        for c in self.rest(at).chars() {
            if c.is_ascii() || is_stable(c) {
                break;
            }
            end += c.len_utf8();
            if is_extender(c) {
                last_mark = end;
            } else if !self.characters.is_invisible(c) {
                break;
            }
        }
        at..last_mark
    }

    /// Whether a joiner stands between letters of a script that is written with joiners.
    fn joins_letters(&self, at: usize, c: char, end: usize) -> bool {
        let joined = |c: char| matches!(c, '\u{600}'..='\u{1CFF}') && !self.characters.is_invisible(c);
        matches!(c, '\u{200C}' | '\u{200D}') && self.before(at).is_some_and(joined) && self.rest(end).chars().next().is_some_and(joined)
    }

    /// What a long dash stands for where an editor made it of hyphens: before an option's name, or inside a word.
    fn dash(&self, at: usize, c: char, end: usize) -> Option<&'static str> {
        if !matches!(c, '–' | '—' | '―') {
            return None;
        }
        let before = self.before(at);
        let mut after = self.rest(end).chars();
        let next = after.next().filter(char::is_ascii_alphanumeric)?;
        let opens = before.is_none_or(|before| before.is_whitespace() || matches!(before, '"' | '\'' | '`' | '(' | '[' | '=' | '‘' | '“'));
        if !opens {
            return (c == '–' && before.is_some_and(|before| before.is_ascii_alphanumeric())).then_some("-");
        }
        let long = next.is_ascii_lowercase() && after.next().is_some_and(|after| after.is_ascii_lowercase());
        match c {
            '–' if !long => Some("-"),
            _ if next.is_ascii_alphabetic() => Some("--"),
            _ => None,
        }
    }

    /// Writes overridden text in the order it is shown in.
    fn undo_override(&mut self, at: usize, start: usize) -> usize {
        let rest = self.rest(start);
        let length = rest.find(OVERRIDE_ENDS).unwrap_or(rest.len());
        let shown: String = rest.get(..length).unwrap_or_default().chars().rev().map(mirrored).collect();
        let shown = Text::verbatim(&shown);
        self.rewrite.replace(at..start + length, clean(&shown).as_str());
        start + length
    }
}

/// What a control character is read as; `rest` follows it.
fn control(c: char, rest: &str) -> Option<&'static str> {
    match c {
        '\r' if rest.starts_with('\n') => Some(""),
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some("\n"),
        _ if c.is_control() => Some(""),
        _ => None,
    }
}

fn is_stable(c: char) -> bool {
    STABLE.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Whether `c` is written onto the character before it: marks, Hangul vowels and finals, half-width voice marks.
fn is_extender(c: char) -> bool {
    c >= '\u{300}' && !is_stable(c) && (matches!(c, '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}') || is_combining_mark(c))
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(&Text::verbatim(text)).as_str().to_owned()
    }

    #[test]
    fn stable_ranges_are_stable() {
        for (first, last) in STABLE {
            for c in *first..=*last {
                assert!(std::iter::once(c).nfkc().eq([c]) && !is_combining_mark(c), "{c:?}");
            }
        }
    }

    #[test]
    fn what_is_shown_as_nothing_goes() {
        assert_eq!(cleaned("ch\u{200B}m\u{AD}o\u{2060}d\u{FEFF} 7\u{FE0F}\u{20E3}"), "chmod 7");
        assert_eq!(cleaned("a\u{0}b\u{1B}c\r\nd\re"), "abc\nd\ne");
        assert_eq!(cleaned("Nice\u{E0063}\u{E0068}!"), "Nice!");
    }

    #[test]
    fn styled_letters_become_plain() {
        assert_eq!(cleaned("ｃｈｍｏｄ　－Ｒ　７７７"), "chmod -R 777");
        assert_eq!(cleaned("𝐜𝐡𝐦𝐨𝐝 ⓒⓗ ⅽh ﬁ"), "chmod ch ch fi");
    }

    #[test]
    fn quotes_dashes_and_blanks_become_ascii() {
        assert_eq!(cleaned("–R —user=kim –role x\u{2011}y\u{A0}z “q” ‘r’"), "-R --user=kim --role x-y z \"q\" 'r'");
        assert_eq!(cleaned("2020–2024, so — he said—that"), "2020-2024, so — he said—that");
    }

    #[test]
    fn marks_compose_or_go() {
        assert_eq!(cleaned("e\u{301}te\u{301} Viê\u{323}t"), "été Việt");
        assert_eq!(cleaned("c\u{336}h\u{336}m\u{336} Z\u{351}\u{36B}\u{343}a"), "chm Za");
        assert_eq!(cleaned("\u{1112}\u{1161}\u{11AB}"), "한");
        assert_eq!(cleaned("ﾊﾞ"), "バ");
    }

    #[test]
    fn overridden_direction_is_undone() {
        assert_eq!(cleaned("run\n\u{202E}(x)w/ 777 domhc\u{202C} now"), "run\nchmod 777 /w(x) now");
    }

    #[test]
    fn real_writing_survives() {
        for text in ["می\u{200C}خواهم بدانم", "Καλησπέρα, πότε βγαίνει", "Привет, как дела?", "हिन्दी में", "résumé naïve Łódź", "日本語です"]
        {
            assert_eq!(cleaned(text), text);
        }
    }
}

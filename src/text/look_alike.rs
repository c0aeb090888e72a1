//! Reads letters of other scripts as the ASCII letters they look like, where they only pose as another script.
//!
//! A word that mixes ASCII letters with look-alikes is a disguise; so is a line without a single letter that could only be
//! of the other script. Russian or Greek prose has such letters in every line and stays as it is.

use super::{Text, characters::Characters, mapped::Rewrite};
use std::{borrow::Cow, ops::Range};

/// `text` with its disguised words in ASCII.
pub(super) fn fold(text: &Text) -> Cow<'_, Text> {
    let content = text.as_str();
    let mut rewrite = Rewrite::new(text);
    let mut start = 0;
    for line in content.split_inclusive('\n') {
        if !line.is_ascii() {
            fold_line(line, start, &mut rewrite);
        }
        start += line.len();
    }
    rewrite.finish()
}

/// What a word is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Make {
    /// Look-alikes and ASCII letters.
    Mixed,
    /// Look-alikes only.
    Posing,
    /// Something that cannot be ASCII, or nothing but ASCII.
    Real,
}

fn fold_line(line: &str, start: usize, rewrite: &mut Rewrite<'_>) {
    let characters = Characters::shipped();
    let words: Vec<(Range<usize>, Make)> =
        words(line).filter(|(_, word)| !word.is_ascii()).map(|(range, word)| (range, make(word, characters))).collect();
    let genuine = words.iter().any(|(range, make)| *make == Make::Real && line.get(range.clone()).is_some_and(has_own_letters));
    for (range, make) in words {
        if make == Make::Mixed || (make == Make::Posing && !genuine) {
            let word = line.get(range.clone()).unwrap_or_default();
            let folded: String = word.chars().map(|c| characters.look_alike(c).unwrap_or(c)).collect();
            rewrite.replace(start + range.start..start + range.end, &folded);
        }
    }
}

/// Runs of letters and digits.
fn words(line: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    line.split_inclusive(|c: char| !is_letter(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c: char| !is_letter(c));
        (!word.is_empty()).then_some((start..start + word.len(), word))
    })
}

/// Letters and digits, and the negative circled and squared letters, which are none to Unicode.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{1F130}'..='\u{1F189}')
}

fn make(word: &str, characters: &Characters) -> Make {
    if !word.chars().all(|c| c.is_ascii() || characters.look_alike(c).is_some()) {
        return Make::Real;
    }
    if word.bytes().any(|byte| byte.is_ascii_alphabetic()) { Make::Mixed } else { Make::Posing }
}

/// Whether `word` has letters of a script that look-alikes are taken from.
fn has_own_letters(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{370}'..='\u{58F}' | '\u{10A0}'..='\u{10FF}' | '\u{13A0}'..='\u{13FF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(&Text::verbatim(text)).as_str().to_owned()
    }

    #[test]
    fn mixed_words_are_read_as_ascii() {
        assert_eq!(folded("сhmоd -R 777, chmοd, ᴄʜᴍᴏᴅ 777"), "chmod -R 777, chmod, chmod 777");
        assert_eq!(folded("Просто запусти сhmоd"), "Просто запусти chmod");
    }

    #[test]
    fn a_line_of_nothing_but_look_alikes_poses() {
        assert_eq!(folded("сһоԝո -🅡"), "chown -R");
        assert_eq!(folded("请运行 сһоԝո -R"), "请运行 chown -R");
    }

    #[test]
    fn real_prose_survives() {
        for text in ["У меня сор и рот, а он не тот", "Τι κάνεις; ο Νίκος", "naïve café ısı kullanıcı", "IT-отдел", "API для нас"]
        {
            assert_eq!(folded(text), text);
        }
    }

    #[test]
    fn folded_words_keep_their_place() {
        let text = Text::verbatim("x сhmоd y");
        assert_eq!(fold(&text).source(2..7), 2..9);
    }
}

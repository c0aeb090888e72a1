//! Names and numbers spelled letter by letter, in look-alike digits, or as they are said.

use super::{Budget, Read, SHEETS, instructions};
use crate::{instruction::shell, text::Text};
use rustc_hash::FxHashSet;
use std::{ops::Range, sync::LazyLock};

/// The words that anything said can begin with; most words of a post are none of them.
static FIRST_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let sheets = SHEETS.iter().map(|(_, sheet)| sheet);
    let words = sheets.flat_map(|sheet| {
        let said = sheet.spoken.keys().map(|said| said.split(' ').next().unwrap_or(said));
        let single = [&sheet.alphabet, &sheet.numbers, &sheet.signs].into_iter().flat_map(|names| names.keys());
        said.chain(single.map(|said| said.split(' ').next().unwrap_or(said))).chain(sheet.repeats.keys().map(String::as_str))
    });
    words.collect()
});

/// Letters of a word that is looked up, at most.
const MAX_WORD: usize = 20;

/// Letters in a row, at least, that may be a spelled word.
const MIN_LETTERS: usize = 4;
/// Letters of the spelling alphabet in a row, at least, that may be a word.
const MIN_SAID: usize = 3;
/// Letters or digits said one by one, at most.
const MAX_SPELLED: usize = 24;
/// Words of a spoken name, at most.
const MAX_SPOKEN: usize = 4;

/// What `text` spells out.
pub(super) fn read(text: &str, budget: &mut Budget) -> Vec<Read> {
    let words: Vec<Range<usize>> = words(text).collect();
    let mut writer = Writer { text, words: &words, made: Text::default(), upto: 0, named: false, changed: false };
    let mut at = 0;
    while at < words.len() {
        at = writer.step(at);
    }
    if !(writer.changed && writer.named) {
        return Vec::new();
    }
    writer.copy(text.len());
    instructions(&writer.made, "spelled out", budget)
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// The text being rewritten as it is meant.
struct Writer<'a> {
    text: &'a str,
    words: &'a [Range<usize>],
    made: Text,
    /// How far the text has been taken over.
    upto: usize,
    /// Whether a program was named so far.
    named: bool,
    /// Whether anything was rewritten.
    changed: bool,
}

impl<'a> Writer<'a> {
    /// Reads the word at `at`; the place of the next.
    fn step(&mut self, at: usize) -> usize {
        let word = self.word(at);
        if word.trim_end_matches(',').len() == 1 {
            return self.spoken(at).unwrap_or_else(|| self.spaced(at));
        }
        if shell::is_program(word) {
            self.named = true;
            return at + 1;
        }
        let bare = word.trim_end_matches([',', '.', ':', ';', '!']);
        if let Some(name) = separated(bare).or_else(|| likeness(bare)) {
            self.named = true;
            return self.put(at, at + 1, &name);
        }
        if !begins_speech(bare) {
            // A comma between what is said parts no words of a command.
            return if self.named && self.changed && bare.len() + 1 == word.len() && word.ends_with(',') {
                self.put(at, at + 1, bare)
            } else {
                at + 1
            };
        }
        self.spoken(at).or_else(|| self.alphabet(at)).or_else(|| self.number(at)).or_else(|| self.sign(at)).unwrap_or(at + 1)
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    /// The word in lower case, without the punctuation after it.
    fn plain(&self, at: usize) -> String {
        self.word(at).trim_end_matches([',', '.', ':', ';', '!']).to_ascii_lowercase()
    }

    fn copy(&mut self, end: usize) {
        let piece = self.text.get(self.upto..end).unwrap_or_default();
        self.made.push(piece, self.upto..end);
        self.upto = end;
    }

    /// Puts `made` in the place of the words from `at` to `end`.
    fn put(&mut self, at: usize, end: usize, made: &str) -> usize {
        let (Some(first), Some(last)) = (self.words.get(at), self.words.get(end.saturating_sub(1))) else { return end };
        self.copy(first.start);
        self.made.replace(made, first.start..last.end);
        self.upto = last.end;
        self.changed = true;
        end
    }

    /// Letters with blanks between; a wider gap is a blank.
    fn spaced(&mut self, at: usize) -> usize {
        let mut end = at;
        let mut made = String::new();
        let mut after = self.words.get(at).map_or(0, |range| range.start);
        while let Some(range) =
            self.words.get(end).filter(|range| self.text.get((*range).clone()).is_some_and(|word| word.trim_end_matches(',').len() == 1))
        {
            if range.start > after + 1 {
                made.push(' ');
            }
            made.push_str(self.word(end).trim_end_matches(','));
            after = range.end;
            end += 1;
        }
        if made.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ') {
            made.make_ascii_lowercase();
        }
        let digits = made.find(|c: char| c.is_ascii_digit()).unwrap_or(made.len());
        if self.named && digits == 0 && made.len() >= MIN_SAID && made.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.put(at, end, &made);
        }
        if made.get(..digits).is_some_and(shell::is_program) && digits < made.len() {
            made.insert(digits, ' ');
        }
        let first = made.split(' ').next().unwrap_or_default();
        if end - at >= MIN_LETTERS && shell::is_program(&first.to_ascii_lowercase()) {
            self.named = true;
            return self.put(at, end, &made);
        }
        end.max(at + 1)
    }

    /// A program as it is said: "see aitch mod".
    fn spoken(&mut self, at: usize) -> Option<usize> {
        let mut said = String::new();
        let mut longest = None;
        for end in at..at + MAX_SPOKEN {
            if end > at {
                said.push(' ');
            }
            said.push_str(&self.plain(end));
            if let Some(name) = SHEETS.iter().find_map(|(_, sheet)| sheet.spoken.get(&said)) {
                longest = Some((end + 1, name));
            }
        }
        let (end, name) = longest?;
        self.named = true;
        Some(self.put(at, end, name))
    }

    /// A program in the spelling alphabet.
    fn alphabet(&mut self, at: usize) -> Option<usize> {
        let mut made = String::new();
        let mut end = at;
        while let Some(letter) = SHEETS.iter().find_map(|(_, sheet)| sheet.alphabet.get(&self.plain(end)))
            && made.len() < MAX_SPELLED
        {
            made.push_str(letter);
            end += 1;
        }
        let known = end - at >= MIN_SAID && (shell::is_program(&made) || self.named && made.len() >= MIN_LETTERS);
        self.named |= known;
        known.then(|| self.put(at, end, &made))
    }

    /// A mode as it is said, after a program: "seven seven seven", "triple seven", "seven-seven-seven".
    fn number(&mut self, at: usize) -> Option<usize> {
        let digit = |word: &str| SHEETS.iter().find_map(|(_, sheet)| sheet.numbers.get(word)).map(String::as_str);
        let first = self.plain(at);
        let repeat = SHEETS.iter().find_map(|(_, sheet)| sheet.repeats.get(&first));
        let (made, end) = match repeat {
            Some(times) => (digit(&self.plain(at + 1))?.repeat(*times), at + 2),
            None if first.contains('-') => (first.split('-').map(digit).collect::<Option<String>>()?, at + 1),
            None => {
                let mut made = String::new();
                let mut end = at;
                while let Some(next) = digit(&self.plain(end)).filter(|_| made.len() < MAX_SPELLED) {
                    made.push_str(next);
                    end += 1;
                }
                (made, end)
            }
        };
        (self.named && made.len() >= 3).then(|| self.put(at, end, &made))
    }

    /// A sign as it is said, after a program: "dash capital R", "slash data".
    fn sign(&mut self, at: usize) -> Option<usize> {
        if !self.named {
            return None;
        }
        let two = [self.plain(at), self.plain(at + 1)].join(" ");
        let find = |said: &str| SHEETS.iter().find_map(|(_, sheet)| sheet.signs.get(said));
        let (sign, mut end) = find(&two).map(|sign| (sign, at + 2)).or_else(|| find(&self.plain(at)).map(|sign| (sign, at + 1)))?;
        if sign == " " {
            return Some(self.put(at, end, ""));
        }
        let mut made = sign.clone();
        let first = end;
        loop {
            let next = self.plain(end);
            if matches!(next.as_str(), "capital" | "big" | "uppercase") {
                made.push_str(&self.plain(end + 1).to_ascii_uppercase());
                end += 2;
            } else if end == first && !next.is_empty() {
                made.push_str(self.word(end).trim_end_matches([',', '.']));
                end += 1;
            } else {
                break;
            }
        }
        // "slash srv slash www" is one path.
        let path = self.made.as_str().rsplit(' ').next().is_some_and(|last| last.starts_with('/'));
        let glued = sign == "/" && path && self.upto + 1 == self.words.get(at)?.start;
        if glued {
            self.upto += 1;
        }
        Some(self.put(at, end.min(self.words.len()), &made))
    }
}

/// Whether something said may begin with `word`, or with what stands in it before a hyphen.
fn begins_speech(word: &str) -> bool {
    let mut letters = [0; MAX_WORD];
    let first = word.split('-').next().unwrap_or(word);
    let Some(lower) = letters.get_mut(..first.len()).filter(|_| word.starts_with(|c: char| c.is_ascii_alphabetic())) else { return false };
    lower.copy_from_slice(first.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| FIRST_WORDS.contains(lower))
}

/// The program that letters with signs between spell: `c-h-m-o-d`, `c.h.m.o.d`.
fn separated(word: &str) -> Option<String> {
    let mark = word.chars().nth(1).filter(|mark| matches!(mark, '-' | '.' | '_' | '·' | '+' | '*' | '/' | '|'))?;
    let letters: String = word.split(mark).map(|letter| if letter.chars().count() == 1 { letter } else { " " }).collect();
    let name = letters.to_ascii_lowercase();
    (name.len() >= MIN_LETTERS && shell::is_program(&name)).then_some(name)
}

/// The program that `word` looks like with digits read as letters: `chm0d`.
fn likeness(word: &str) -> Option<String> {
    let odd = |c: char| c.is_ascii_digit() || matches!(c, '@' | '$' | '!');
    let plain = word.len() < MIN_LETTERS || word.len() > 24 || !word.contains(odd) || !word.contains(|c: char| c.is_ascii_alphabetic());
    if plain || word.contains(['/', '=', '.', ':']) {
        return None;
    }
    (0..2).find_map(|choice| {
        let swap = |c: char| {
            let mut bytes = [0; 4];
            let letters = SHEETS.iter().find_map(|(_, sheet)| sheet.likeness.get(&*c.encode_utf8(&mut bytes)));
            letters.and_then(|letters| letters.chars().nth(choice).or(letters.chars().next())).unwrap_or(c)
        };
        let name: String = word.to_ascii_lowercase().chars().map(swap).collect();
        (name != word && shell::is_program(&name)).then_some(name)
    })
}

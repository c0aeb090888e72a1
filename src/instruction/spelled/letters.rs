//! Names and numbers spelled letter by letter, in look-alike digits, or as they are said.

use super::{Budget, Read, SHEETS, Sheet, instructions, words};
use crate::{
    instruction::shell,
    text::{Sieve, Text, Token, Words},
};
use std::{ops::Range, sync::LazyLock};

/// What tells a text that may spell something out from the many that do not.
struct Signs {
    /// All of the following: most words are none of them.
    any: Sieve<'static>,
    /// Programs as they are said.
    spoken: Sieve<'static>,
    /// The spelling alphabet.
    alphabet: Sieve<'static>,
    /// Digits and signs as they are said.
    numbers: Sieve<'static>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let names =
        |pick: fn(&Sheet) -> Vec<&String>| -> Vec<&str> { SHEETS.iter().flat_map(|(_, sheet)| pick(sheet)).map(String::as_str).collect() };
    let spoken = names(|sheet| sheet.spoken.keys().collect());
    let alphabet = names(|sheet| sheet.alphabet.keys().collect());
    let numbers = names(|sheet| sheet.numbers.keys().chain(sheet.signs.keys()).chain(sheet.repeats.keys()).collect());
    let any = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/spoken.bin"))).unwrap_or_default();
    Signs { any, spoken: Sieve::of(spoken), alphabet: Sieve::of(alphabet), numbers: Sieve::of(numbers) }
});

/// Letters in a row, at least, that may be a spelled word.
const MIN_LETTERS: usize = 4;
/// Letters of the spelling alphabet in a row, at least, that may be a word.
const MIN_SAID: usize = 3;
/// Letters or digits said one by one, at most.
const MAX_SPELLED: usize = 24;
/// Bytes, at most, of a word with other signs for its letters, and what stands around it.
const MAX_ODD: usize = 32;
/// Words of a spoken name, at most.
const MAX_SPOKEN: usize = 4;

/// Signs that look like letters.
const MARKS: &[u8] = b"@$!";

/// What `text`, whose words are `tokens`, spells out.
pub(super) fn read(text: &str, tokens: &Words, budget: &mut Budget) -> Vec<Read> {
    if !may_spell(text, tokens) {
        return Vec::new();
    }
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

/// Whether a program may be spelled in `text`, and anything said of it: a look at each word, before all is read.
fn may_spell(text: &str, words: &Words) -> bool {
    let (mut letters, mut said, mut number) = (0, 0, false);
    let marked = words.has_sign(MARKS);
    for (at, token) in words.all().iter().enumerate() {
        let rest = words.all().get(at..).unwrap_or_default();
        letters = match token.end - token.start {
            1 => letters + 1,
            _ if is_sign(text, token) => letters,
            _ => 0,
        };
        number |= letters >= MIN_SAID;
        if letters >= MIN_LETTERS || ((token.digits || marked) && is_odd(text, token)) {
            return true;
        }
        if SIGNS.any.may_begin(rest) {
            said += usize::from(SIGNS.alphabet.may_begin(rest));
            number |= SIGNS.numbers.may_begin(rest);
            if said >= MIN_SAID || SIGNS.spoken.may_begin(rest) {
                return true;
            }
        }
    }
    number && shell::may_name(words)
}

/// Whether `token` is no word: a sign outside ASCII.
fn is_sign(text: &str, token: &Token) -> bool {
    let first = text.as_bytes().get(token.start as usize);
    first.is_some_and(|first| !first.is_ascii()) && text.get(token.range()).is_some_and(|word| !word.starts_with(char::is_alphanumeric))
}

fn is_mark(byte: u8) -> bool {
    MARKS.contains(&byte)
}

/// Whether the word that `token` is part of looks like a program with other signs for its letters.
fn is_odd(text: &str, token: &Token) -> bool {
    let range = token.range();
    let mark = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| is_mark(*byte));
    if !token.digits && !mark(range.start.checked_sub(1)) && !mark(Some(range.end)) {
        return false;
    }
    let (before, after) = text.split_at_checked(range.start).unwrap_or_default();
    let head = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = after.split(char::is_whitespace).next().unwrap_or_default();
    head.len() + tail.len() <= MAX_ODD && likeness(end_cut(&[head, tail].concat())).is_some()
}

/// `word` without the punctuation of the sentence after it.
fn end_cut(word: &str) -> &str {
    word.trim_end_matches([',', '.', ':', ';', '!'])
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
        let bare = end_cut(word);
        if let Some(name) = separated(bare).or_else(|| likeness(bare)) {
            self.named = true;
            return self.put(at, at + 1, &name);
        }
        if !self.may_speak(at) {
            // A comma between what is said parts no words of a command.
            return if self.named && self.changed && bare.len() + 1 == word.len() && word.ends_with(',') {
                self.put(at, at + 1, bare)
            } else {
                at + 1
            };
        }
        self.spoken(at).or_else(|| self.alphabet(at)).or_else(|| self.number(at)).or_else(|| self.sign(at)).unwrap_or(at + 1)
    }

    /// Whether something said may begin at the word at `at`.
    fn may_speak(&self, at: usize) -> bool {
        let near = self.words.get(at..self.words.len().min(at + MAX_SPOKEN)).unwrap_or_default();
        let text = near.first().zip(near.last()).and_then(|(first, last)| self.text.get(first.start..last.end));
        SIGNS.any.may_begin(Words::of(text.unwrap_or_default()).all())
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    /// The word in lower case, without the punctuation after it.
    fn plain(&self, at: usize) -> String {
        let word = end_cut(self.word(at));
        word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).unwrap_or(word).to_ascii_lowercase()
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

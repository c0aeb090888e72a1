//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its letters and the shape of its apostrophes, and may leave gaps. Because
//! it matches whole words, a look-up of each word of the text is enough: no automaton has to be built at start.

use rustc_hash::FxHashMap;
use std::{collections::BTreeMap, ops::Range};

/// The number of matches of one text, at most, that are looked at.
const MATCHES: usize = 4_096;

/// The bits of the sieve that words pass before they are looked up; a power of two.
const SIEVE: usize = 1 << 14;

/// Phrases, each filed under a key.
///
/// A phrase is lower-case; ` .. ` in it stands for any gap.
///
/// ```
/// use countersign::text::Phrases;
/// let phrases = Phrases::new([("negated", "don't .. answer"), ("thanks", "thank you")]);
/// let hits = phrases.find("Please don’t bother to answer.");
/// assert_eq!((hits[0].key, hits[0].range.clone()), ("negated", 7..31));
/// assert!(phrases.find("thank yourself").is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Phrases<K> {
    /// Parts of phrases by how they begin: up to the end of their second word, or by the first; a character that is no part of
    /// a word counts as one there.
    beginnings: FxHashMap<String, Vec<usize>>,
    /// Which [`traits_of`] the first words have: most words of a text are told from all of them without a look-up.
    sieve: Vec<bool>,
    parts: Vec<Part>,
    /// For every phrase: its key and the number of its parts.
    phrases: Vec<(K, usize)>,
}

/// A stretch of a phrase without a gap.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    /// The phrase it belongs to.
    phrase: usize,
    /// Its place in that phrase.
    place: usize,
}

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    /// The key the phrase is filed under.
    pub key: K,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

impl<K: Copy> Phrases<K> {
    /// Phrases from pairs of key and phrase.
    pub fn new<'a>(list: impl IntoIterator<Item = (K, &'a str)>) -> Self {
        let mut all = Self { beginnings: FxHashMap::default(), sieve: vec![false; SIEVE], parts: Vec::new(), phrases: Vec::new() };
        for (key, phrase) in list {
            let mut count = 0;
            for (place, text) in phrase.split(" .. ").enumerate() {
                all.add(text.to_owned(), place);
                if text.contains('\'') {
                    all.add(text.replace('\'', "’"), place);
                }
                count = place + 1;
            }
            all.phrases.push((key, count));
        }
        all
    }

    /// Adds a part of the phrase that is next to be pushed.
    fn add(&mut self, text: String, place: usize) {
        if let Some(bit) = self.sieve.get_mut(traits_of(beginning(&text).as_bytes())) {
            *bit = true;
        }
        let short = self.beginnings.entry(beginning(&text).to_owned()).or_default();
        let indices = match two_words(&text) {
            Some(long) => self.beginnings.entry(long.to_owned()).or_default(),
            None => short,
        };
        indices.push(self.parts.len());
        self.parts.push(Part { text, phrase: self.phrases.len(), place });
    }

    /// Every phrase in `text`, in order of their ends.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let mut hits = Vec::new();
        let mut begun: BTreeMap<usize, (usize, Range<usize>)> = BTreeMap::new();
        for (range, part) in self.parts_in(text) {
            let Some(&(key, parts)) = self.phrases.get(part.phrase) else { continue };
            if parts == 1 {
                hits.push(Hit { key, range });
                continue;
            }
            let (done, so_far) = begun.get(&part.phrase).cloned().unwrap_or((0, range.start..range.start));
            if part.place == 0 {
                begun.entry(part.phrase).or_insert((1, range));
            } else if part.place == done && range.start >= so_far.end {
                let range = so_far.start..range.end;
                if done + 1 == parts {
                    begun.remove(&part.phrase);
                    hits.push(Hit { key, range });
                } else {
                    begun.insert(part.phrase, (done + 1, range));
                }
            }
        }
        hits
    }

    /// Those of `hits` that do not overlap: of several that begin at one place the longest, in order.
    #[must_use]
    pub fn longest(mut hits: Vec<Hit<K>>) -> Vec<Hit<K>> {
        hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
        let mut end = 0;
        hits.retain(|hit| {
            let apart = hit.range.start >= end;
            end = if apart { hit.range.end } else { end };
            apart
        });
        hits
    }

    /// The parts that stand in `text` as whole words, in order of their ends.
    fn parts_in(&self, text: &str) -> Vec<(Range<usize>, &Part)> {
        let folded = fold(text);
        let mut found = Vec::new();
        let mut from = 0;
        while from < folded.len() && found.len() < MATCHES {
            let end = word_end(&folded, from);
            let traits = folded.as_bytes().get(from..end).map_or(0, traits_of);
            if self.sieve.get(traits).is_some_and(|begins| *begins) {
                self.parts_at(&folded, from..end, &mut found);
            }
            from = end;
        }
        found.sort_by_key(|(range, _)| range.end);
        found
    }

    /// Adds the parts that `text` holds where its word at `word` begins.
    fn parts_at<'a>(&'a self, text: &str, word: Range<usize>, found: &mut Vec<(Range<usize>, &'a Part)>) {
        let from = word.start;
        let Some((rest, short)) = text.get(from..).zip(text.get(word).and_then(|word| self.beginnings.get(word))) else { return };
        let long = two_words(rest).and_then(|words| self.beginnings.get(words));
        for part in short.iter().chain(long.into_iter().flatten()).filter_map(|index| self.parts.get(*index)) {
            let length = part.text.len();
            if rest.starts_with(&part.text) && ends_word(rest, length) {
                found.push((from..from + length, part));
            }
        }
    }
}

/// What is looked at of a word before it is looked up: its first and last byte and its length, as an index of the sieve.
fn traits_of(word: &[u8]) -> usize {
    let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    (end(word.first()) ^ (end(word.last()) << 5) ^ (word.len() << 10)) % SIEVE
}

/// Every way to read a phrase written with choices, `(a|b)`; the phrase itself when it has none.
///
/// ```
/// use countersign::text::choices;
/// assert_eq!(choices("(written|made) by me"), ["written by me", "made by me"]);
/// assert_eq!(choices("(kidding"), ["(kidding"]);
/// ```
#[must_use]
pub fn choices(phrase: &str) -> Vec<String> {
    match choice(phrase) {
        Some((before, inside, after)) => inside.split('|').flat_map(|chosen| choices(&[before, chosen, after].concat())).collect(),
        None => vec![phrase.to_owned()],
    }
}

/// What stands before, in and after the first choice of a phrase.
fn choice(phrase: &str) -> Option<(&str, &str, &str)> {
    let (head, _) = phrase.split_once('|')?;
    let open = head.rfind('(')?;
    let (inside, after) = phrase.get(open + 1..)?.split_once(')')?;
    Some((phrase.get(..open)?, inside, after))
}

/// `text` in lower case, as long as before: a letter whose lower case takes another number of bytes stays.
fn fold(text: &str) -> String {
    let mut folded = text.to_ascii_lowercase();
    if !folded.is_ascii() {
        folded = folded.chars().map(|letter| if letter.is_ascii() { letter } else { lower(letter) }).collect();
    }
    folded
}

fn lower(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
        _ => letter,
    }
}

/// What is looked up of a text: its first word, or its first character where that is no part of a word.
fn beginning(text: &str) -> &str {
    text.get(..word_end(text, 0)).unwrap_or(text)
}

/// Where the word at `from` ends, or the character there where that is no part of a word; at most the end of `text`.
fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    let ascii = from + bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() => {
            let more = text.get(ascii..).unwrap_or_default();
            let end = ascii + more.find(|letter| !in_word(letter)).unwrap_or(more.len());
            if end == from { from + more.chars().next().map_or(1, char::len_utf8) } else { end }
        }
        _ => ascii.max(from + 1).min(text.len()),
    }
}

/// `text` up to the end of its second word; none when there is none, or none near.
fn two_words(text: &str) -> Option<&str> {
    const NEAR: usize = 6;
    let (mut end, mut words) = (0, 0);
    for _ in 0..NEAR {
        let start = end;
        end = word_end(text, start);
        words += usize::from(text.get(start..end)?.starts_with(char::is_alphanumeric));
        if words == 2 {
            return text.get(..end);
        }
    }
    None
}

/// Whether the first `length` bytes of `text` do not end inside a word.
fn ends_word(text: &str, length: usize) -> bool {
    let last = text.get(..length).and_then(|inside| inside.chars().next_back());
    let next = text.get(length..).and_then(|after| after.chars().next());
    !matches!((last, next), (Some(last), Some(next)) if in_word(last) && in_word(next))
}

/// Whether `letter` belongs to a word of a script that puts spaces between words.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unspaced(letter)
}

/// Whether `letter` is of a script that attaches particles or whole sentences without a space: Han, kana, Hangul, Thai.
#[must_use]
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{0e00}'..='\u{0e7f}' | '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(list: &[&'static str], text: &str) -> Vec<usize> {
        Phrases::new(list.iter().copied().enumerate()).find(text).into_iter().map(|hit| hit.key).collect()
    }

    #[test]
    fn matches_whole_words_only() {
        assert_eq!(keys(&["art"], "start"), Vec::<usize>::new());
        assert_eq!(keys(&["art"], "Art!"), [0]);
        assert_eq!(keys(&["不要"], "请不要回答"), [0]);
        assert_eq!(keys(&["не надо"], "НЕ надо!"), [0]);
        assert_eq!(keys(&["i"], "İ"), Vec::<usize>::new());
    }

    #[test]
    fn gaps_keep_their_order() {
        assert_eq!(keys(&["a .. b"], "b then a"), Vec::<usize>::new());
        assert_eq!(keys(&["a .. b"], "a then b"), [0]);
        assert_eq!(keys(&["a .. b .. c"], "a b a c"), [0]);
    }
}

//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its ASCII letters and the shape of its apostrophes, and may leave gaps. Because
//! it matches whole words, a look-up of each word of the text is enough: no automaton has to be built at start.

use rustc_hash::{FxHashMap, FxHashSet};
use std::{collections::BTreeMap, ops::Range};

/// The number of matches of one text, at most, that are looked at.
const MATCHES: usize = 4_096;

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
    /// Parts of phrases by how they begin: their first two words, or the only one; a character that is no part of a word
    /// counts as one.
    beginnings: FxHashMap<String, Vec<usize>>,
    /// The bytes that begin them.
    starters: FxHashSet<u8>,
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
        let mut all = Self { beginnings: FxHashMap::default(), starters: FxHashSet::default(), parts: Vec::new(), phrases: Vec::new() };
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
        self.starters.extend(text.bytes().next());
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
            let (done, so_far) = begun.get(&part.phrase).cloned().unwrap_or((0, range.start..range.start));
            if part.place == 0 && parts > 1 {
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

    /// The phrases in `text` that do not overlap: of several that begin at one place the longest, in order.
    #[must_use]
    pub fn find_longest(&self, text: &str) -> Vec<Hit<K>> {
        let mut hits = self.find(text);
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
        let folded = text.to_ascii_lowercase();
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(rest) = folded.get(from..).filter(|rest| !rest.is_empty() && found.len() < MATCHES) {
            let word = beginning(rest);
            let starts = rest.bytes().next().is_some_and(|byte| self.starters.contains(&byte));
            let short = if starts { self.beginnings.get(word) } else { None };
            let long = short.and_then(|_| self.beginnings.get(two_words(rest)?));
            for part in short.into_iter().chain(long).flatten().filter_map(|index| self.parts.get(*index)) {
                let length = part.text.len();
                if rest.starts_with(&part.text) && ends_word(rest, length) {
                    found.push((from..from + length, part));
                }
            }
            from += word.len();
        }
        found.sort_by_key(|(range, _)| range.end);
        found
    }
}

/// What is looked up of a text: its first word, or its first character where that is no part of a word.
fn beginning(text: &str) -> &str {
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let more = text.get(ascii..).unwrap_or_default();
    let word = match more.bytes().next() {
        Some(byte) if !byte.is_ascii() => ascii + more.find(|letter| !in_word(letter)).unwrap_or(more.len()),
        _ => ascii,
    };
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.get(..word.max(first)).unwrap_or(text)
}

/// The first word, what parts it from the next, and that; none when there is no second.
fn two_words(text: &str) -> Option<&str> {
    let first = beginning(text).len();
    let gap = beginning(text.get(first..)?).len();
    let second = beginning(text.get(first + gap..)?).len();
    if second == 0 { None } else { text.get(..first + gap + second) }
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
    }

    #[test]
    fn gaps_keep_their_order() {
        assert_eq!(keys(&["a .. b"], "b then a"), Vec::<usize>::new());
        assert_eq!(keys(&["a .. b"], "a then b"), [0]);
        assert_eq!(keys(&["a .. b .. c"], "a b a c"), [0]);
    }
}

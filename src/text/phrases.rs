//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its letters and the shape of its apostrophes, and may leave gaps. Because
//! it matches whole words, a look-up of each word of the text is enough: no automaton has to be built at start.

use super::words::{Key, Token, Words, in_word, lower};
use std::{collections::BTreeMap, ops::Range};

/// The number of matches of one text, at most, that are looked at.
const MATCHES: usize = 4_096;

/// Phrases, each filed under a key.
///
/// A phrase is lower-case and has a letter or digit in every part; ` .. ` in it stands for any gap.
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
    /// Parts of phrases, those of a shelf together.
    parts: Vec<Part>,
    /// For every shelf where its parts begin; one more number than shelves, which are a power of two.
    shelves: Vec<u32>,
    /// For every phrase: its key and the number of its parts.
    phrases: Vec<(K, usize)>,
}

/// A stretch of a phrase without a gap.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    /// Bytes before its first word.
    lead: u32,
    /// What it is filed under.
    key: Key,
    /// The phrases it belongs to, each with its place there.
    uses: Vec<(usize, usize)>,
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
        let mut parts: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        let mut phrases = Vec::new();
        for (key, phrase) in list {
            let mut count = 0;
            for (place, text) in phrase.split(" .. ").enumerate() {
                if text.contains('\'') {
                    parts.entry(text.replace('\'', "’")).or_default().push((phrases.len(), place));
                }
                parts.entry(text.to_owned()).or_default().push((phrases.len(), place));
                count = place + 1;
            }
            phrases.push((key, count));
        }
        let mut all = Self { parts: parts.into_iter().filter_map(Part::of).collect(), shelves: Vec::new(), phrases };
        all.shelve();
        all
    }

    /// Orders the parts by shelf, keeping their order within one.
    fn shelve(&mut self) {
        let count = self.parts.len().next_power_of_two();
        let mut shelves = vec![0; count + 1];
        self.parts.sort_by_key(|part| part.key.shelf(count));
        for part in &self.parts {
            if let Some(after) = shelves.get_mut(part.key.shelf(count) + 1) {
                *after += 1;
            }
        }
        let mut sum = 0;
        for shelf in &mut shelves {
            sum += *shelf;
            *shelf = sum;
        }
        self.shelves = shelves;
    }

    /// Every phrase in `text`, in order of their ends.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        self.find_in(text, Words::of(text).all())
    }

    /// Every phrase that begins at one of `words`, which stand in `text` in a row, in order of their ends.
    #[must_use]
    pub fn find_in(&self, text: &str, words: &[Token]) -> Vec<Hit<K>> {
        let mut hits = Vec::new();
        let mut begun: BTreeMap<usize, (usize, Range<usize>)> = BTreeMap::new();
        for (range, part) in self.parts_in(text, words) {
            for &(phrase, place) in &part.uses {
                let Some(&(key, parts)) = self.phrases.get(phrase) else { continue };
                match begun.get(&phrase).cloned() {
                    _ if parts == 1 => hits.push(Hit { key, range: range.clone() }),
                    None if place == 0 => {
                        begun.insert(phrase, (1, range.clone()));
                    }
                    Some((done, so_far)) if place == done && range.start >= so_far.end => {
                        let whole = so_far.start..range.end;
                        if done + 1 == parts {
                            begun.remove(&phrase);
                            hits.push(Hit { key, range: whole });
                        } else {
                            begun.insert(phrase, (done + 1, whole));
                        }
                    }
                    _ => {}
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
    fn parts_in(&self, text: &str, words: &[Token]) -> Vec<(Range<usize>, &Part)> {
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for key in Key::prefixes(words.get(at..).unwrap_or_default()) {
                self.look_up(key, text, word, &mut found);
            }
        }
        found.sort_by_key(|(range, _)| range.end);
        found
    }

    /// Adds the parts filed under `key` that `text` holds at `word`.
    fn look_up<'a>(&'a self, key: Key, text: &str, word: &Token, found: &mut Vec<(Range<usize>, &'a Part)>) {
        let shelf = key.shelf(self.shelves.len().wrapping_sub(1));
        let Some([start, end]) = self.shelves.get(shelf..shelf + 2) else { return };
        let parts = self.parts.get(*start as usize..*end as usize).unwrap_or_default();
        for part in parts.iter().filter(|part| part.key == key) {
            if found.len() < MATCHES {
                found.extend(part.at(text, word).map(|range| (range, part)));
            }
        }
    }
}

impl Part {
    /// The part that is `text`; none when it has no word.
    fn of((text, uses): (String, Vec<(usize, usize)>)) -> Option<Self> {
        let words = Words::of(&text);
        let first = words.all().first()?;
        Some(Self { lead: first.start, key: Key::of(words.all())?, uses, text })
    }

    /// Where it stands in `text` when its first word is `word`.
    fn at(&self, text: &str, word: &Token) -> Option<Range<usize>> {
        let start = word.start.checked_sub(self.lead)? as usize;
        let range = start..start + self.text.len();
        let piece = text.get(range.clone())?;
        (is_same(piece, &self.text) && ends_word(text, range.end)).then_some(range)
    }
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

/// Whether `piece` is `phrase`, which is lower-case, but for the case of its letters.
fn is_same(piece: &str, phrase: &str) -> bool {
    piece.eq_ignore_ascii_case(phrase) || (!piece.is_ascii() && piece.chars().map(lower).eq(phrase.chars()))
}

/// Whether `end`, a place in `text`, is not inside a word.
fn ends_word(text: &str, end: usize) -> bool {
    let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
    if after.as_bytes().first().is_none_or(|next| next.is_ascii() && !next.is_ascii_alphanumeric()) {
        return true;
    }
    let (last, next) = (before.chars().next_back(), after.chars().next());
    !(last.is_some_and(in_word) && next.is_some_and(in_word))
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

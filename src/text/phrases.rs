//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its ASCII letters and the shape of its apostrophes, and may leave gaps.

use aho_corasick::AhoCorasick;
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
    finder: Option<AhoCorasick>,
    /// For every pattern of the finder: its phrase, and which part of it.
    parts: Vec<(usize, usize)>,
    /// For every phrase: its key and the number of its parts.
    phrases: Vec<(K, usize)>,
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
        let (mut patterns, mut parts, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        for (key, phrase) in list {
            let pieces: Vec<&str> = phrase.split(" .. ").collect();
            for (index, piece) in pieces.iter().enumerate() {
                patterns.push((*piece).to_owned());
                parts.push((phrases.len(), index));
                if piece.contains('\'') {
                    patterns.push(piece.replace('\'', "’"));
                    parts.push((phrases.len(), index));
                }
            }
            phrases.push((key, pieces.len()));
        }
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).ok();
        Self { finder, parts, phrases }
    }

    /// Every phrase in `text`, in order of their ends.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let mut hits = Vec::new();
        let mut begun: BTreeMap<usize, (usize, Range<usize>)> = BTreeMap::new();
        let Some(finder) = &self.finder else { return hits };
        for found in finder.find_overlapping_iter(text).take(MATCHES) {
            let Some(&(phrase, part)) = self.parts.get(found.pattern().as_usize()) else { continue };
            let Some(&(key, parts)) = self.phrases.get(phrase) else { continue };
            if !stands_alone(text, &found.range()) {
                continue;
            }
            let (done, range) = begun.get(&phrase).cloned().unwrap_or((0, found.start()..found.start()));
            if part == 0 && parts > 1 {
                begun.entry(phrase).or_insert((1, found.range()));
            } else if part == done && found.start() >= range.end {
                let range = range.start..found.end();
                if done + 1 == parts {
                    begun.remove(&phrase);
                    hits.push(Hit { key, range });
                } else {
                    begun.insert(phrase, (done + 1, range));
                }
            }
        }
        hits
    }
}

/// Whether `range` of `text` neither begins nor ends inside a word.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let inside = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    let splits =
        |one: Option<char>, other: Option<char>| matches!((one, other), (Some(one), Some(other)) if in_word(one) && in_word(other));
    !splits(before, inside.chars().next()) && !splits(inside.chars().next_back(), after)
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

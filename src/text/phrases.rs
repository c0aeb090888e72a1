//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its ASCII letters and the shape of its apostrophes, and may leave gaps. Because
//! it matches whole words, a look-up of each word of the text is enough: no automaton has to be built at start.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

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
    /// Parts of phrases by how they begin: a whole word, or one character that is no part of a word.
    beginnings: HashMap<String, Vec<usize>>,
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
        let mut all = Self { beginnings: HashMap::new(), parts: Vec::new(), phrases: Vec::new() };
        for (key, phrase) in list {
            let mut count = 0;
            for (place, text) in phrase.split(" .. ").enumerate() {
                all.beginnings.entry(beginning(text).to_owned()).or_default().push(all.parts.len());
                all.parts.push(Part { text: text.to_owned(), phrase: all.phrases.len(), place });
                count = place + 1;
            }
            all.phrases.push((key, count));
        }
        all
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
        let mut found = Vec::new();
        let mut folded = String::new();
        let mut from = 0;
        while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty() && found.len() < MATCHES) {
            let word = beginning(rest);
            folded.clear();
            folded.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
            for index in self.beginnings.get(folded.as_str()).into_iter().flatten() {
                let Some(part) = self.parts.get(*index) else { continue };
                if let Some(length) = part.length_at(rest).filter(|length| ends_word(rest, *length)) {
                    found.push((from..from + length, part));
                }
            }
            from += word.len();
        }
        found.sort_by_key(|(range, _)| range.end);
        found
    }
}

/// The apostrophe that typographers use; phrases are written with the straight one.
const CURLY: char = '’';

impl Part {
    /// The bytes of `text` this part takes up when `text` begins with it.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut letters = text.chars();
        let mut length = 0;
        for expected in self.text.chars() {
            let letter = letters.next()?;
            let same = letter.eq_ignore_ascii_case(&expected) || (letter == CURLY && expected == '\'');
            length = same.then_some(length + letter.len_utf8())?;
        }
        Some(length)
    }
}

/// What is looked up of a text: its first word, or its first character where that is no part of a word.
fn beginning(text: &str) -> &str {
    let word = text.find(|letter| !in_word(letter)).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.get(..word.max(first)).unwrap_or(text)
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

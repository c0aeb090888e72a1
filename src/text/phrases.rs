//! Finds many fixed phrases in one pass.
//!
//! The rooms that read cues in plain language keep their words as data; this is the one reader of such lists. A phrase
//! matches whole words, whatever the case of its letters and the shape of its apostrophes, and may leave gaps. Because
//! it matches whole words, a look-up of each word of the text is enough: no automaton has to be built at start.

use super::{
    Class, Column, Filing, Names, Starts,
    words::{Key, Token, Words, in_word, lower},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// The number of matches of one text, at most, that are looked at.
const MATCHES: usize = 4_096;

/// Phrases, each filed under a key; the build script makes the large ones, which are used where they lie.
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phrases<'a, K> {
    class: Class,
    /// The keys, each once.
    keys: Vec<K>,
    /// Stretches of phrases without a gap, by their first words.
    #[serde(borrow)]
    filing: Filing<'a, 1>,
    #[serde(borrow)]
    parts: Names<'a>,
    /// For every part: how many bytes stand before its first word, and where its uses begin.
    #[serde(borrow)]
    leads: Column<'a, 1>,
    uses: Starts,
    /// For every use of a part: the key of the phrase, the number of its parts, the part's place among them, and what tells the
    /// phrase from others when it has several.
    #[serde(borrow)]
    keyed: Column<'a, 2>,
    #[serde(borrow)]
    lengths: Column<'a, 1>,
    #[serde(borrow)]
    places: Column<'a, 1>,
    #[serde(borrow)]
    phrases: Column<'a, 2>,
}

/// Where a part is used.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    key: usize,
    length: usize,
    place: usize,
    phrase: usize,
}

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    /// The key the phrase is filed under.
    pub key: K,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

impl<K: Copy + PartialEq> Phrases<'_, K> {
    /// Phrases from pairs of key and phrase.
    pub fn new<'a>(list: impl IntoIterator<Item = (K, &'a str)>) -> Self {
        let mut keys = Vec::new();
        let mut parts: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        let mut gapped = 0;
        for (key, phrase) in list {
            let pieces: Vec<&str> = phrase.split(" .. ").collect();
            gapped += usize::from(pieces.len() > 1);
            let phrase = if pieces.len() > 1 { gapped } else { 0 };
            let known = keys.iter().position(|known| *known == key).unwrap_or(keys.len());
            if known == keys.len() {
                keys.push(key);
            }
            for (place, text) in pieces.iter().enumerate() {
                let used = Use { key: known, length: pieces.len(), place, phrase };
                if text.contains('\'') {
                    parts.entry(text.replace('\'', "’")).or_default().push(used);
                }
                parts.entry((*text).to_owned()).or_default().push(used);
            }
        }
        Self::of_parts(&parts, keys)
    }

    /// The phrases with `parts`; those without a word are left out.
    fn of_parts(parts: &BTreeMap<String, Vec<Use>>, keys: Vec<K>) -> Self {
        let found: Vec<(u64, usize, &str, &Vec<Use>)> = parts
            .iter()
            .filter_map(|(text, uses)| {
                let words = Words::of(text);
                Some((Key::of(words.all())?.hash(), words.all().first()?.range().start, text.as_str(), uses))
            })
            .collect();
        let hashes: Vec<u64> = found.iter().map(|(hash, ..)| *hash).collect();
        let (filing, order) = Filing::of(&hashes);
        let parts = || order.iter().filter_map(|at| found.get(*at));
        let uses = || parts().flat_map(|(.., uses)| uses.iter());
        Self {
            class: Class::ANY,
            keys,
            filing,
            parts: parts().map(|(_, _, text, _)| *text).collect(),
            leads: parts().map(|(_, lead, ..)| *lead).collect(),
            uses: Starts::of(parts().map(|(.., uses)| uses.len())),
            keyed: uses().map(|used| used.key).collect(),
            lengths: uses().map(|used| used.length).collect(),
            places: uses().map(|used| used.place).collect(),
            phrases: uses().map(|used| used.phrase).collect(),
        }
    }

    /// The same, for phrases that the table of what words may begin has as `class`.
    #[allow(dead_code)] // the build script makes the table
    #[must_use]
    pub fn classed(self, class: Class) -> Self {
        Self { class, ..self }
    }

    /// The first words of their parts, with their class.
    #[allow(dead_code)] // the build script makes the table
    pub fn first_words(&self) -> impl Iterator<Item = (Class, u32)> + '_ {
        self.parts.iter().filter_map(|part| Some((self.class, Words::of(part).all().first()?.hash)))
    }

    /// Every phrase in `text`, in order of their ends.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let words = Words::of(text);
        if words.begin(self.class) { self.find_in(text, words.all()) } else { Vec::new() }
    }

    /// Every phrase that begins at one of `words`, which stand in `text` in a row, in order of their ends.
    #[must_use]
    pub fn find_in(&self, text: &str, words: &[Token]) -> Vec<Hit<K>> {
        let mut hits = Vec::new();
        let mut begun: BTreeMap<usize, (usize, Range<usize>)> = BTreeMap::new();
        for (range, part) in self.parts_in(text, words) {
            for used in self.uses.span(part).filter_map(|at| self.used(at)) {
                let Use { length, place, phrase, .. } = used;
                let Some(key) = self.keys.get(used.key).copied() else { continue };
                match begun.get(&phrase).cloned() {
                    _ if length == 1 => hits.push(Hit { key, range: range.clone() }),
                    None if place == 0 => {
                        begun.insert(phrase, (1, range.clone()));
                    }
                    Some((done, so_far)) if place == done && range.start >= so_far.end => {
                        let whole = so_far.start..range.end;
                        if done + 1 == length {
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

    fn used(&self, at: usize) -> Option<Use> {
        let (key, length) = (self.keyed.get(at)?, self.lengths.get(at)?);
        Some(Use { key, length, place: self.places.get(at)?, phrase: self.phrases.get(at)? })
    }

    /// The parts that stand in `text` as whole words, in order of their ends.
    fn parts_in(&self, text: &str, words: &[Token]) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.begins.meets(self.class)) {
            for key in Key::prefixes(words.get(at..).unwrap_or_default()) {
                for part in self.filing.find(key.hash()) {
                    if found.len() < MATCHES {
                        found.extend(self.stands(part, text, word).map(|range| (range, part)));
                    }
                }
            }
        }
        found.sort_by_key(|(range, _)| range.end);
        found
    }

    /// Where a part stands in `text` when its first word is `word`.
    fn stands(&self, part: usize, text: &str, word: &Token) -> Option<Range<usize>> {
        let known = self.parts.get(part);
        let start = (word.start as usize).checked_sub(self.leads.get(part)?)?;
        let range = start..start + known.len();
        let piece = text.get(range.clone())?;
        (is_same(piece, known) && ends_word(text, range.end)).then_some(range)
    }
}

/// No phrases.
impl<K> Default for Phrases<'_, K> {
    fn default() -> Self {
        Self {
            class: Class::ANY,
            keys: Vec::new(),
            keyed: Column::default(),
            lengths: Column::default(),
            filing: Filing::default(),
            parts: Names::default(),
            leads: Column::default(),
            uses: Starts::default(),
            places: Column::default(),
            phrases: Column::default(),
        }
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

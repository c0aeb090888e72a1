//! Cuts a text into words, once for all who look for words in it.
//!
//! Several rooms look for their own words in the same text. Cutting it and hashing each word is most of that work, so it
//! is done once; whether a word concerns a room is then one look at a [`Sieve`].

use super::{Class, Filing, begun, is_unspaced};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, ops::Range};

/// A word of a text: letters and digits in a row, a character of a script without spaces, or a sign outside ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// A hash of its letters, whatever their case.
    pub hash: u32,
    /// Whether it has ASCII digits.
    pub digits: bool,
    /// Whose phrases it may begin.
    pub begins: Class,
}

impl Token {
    /// Where it stands, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The words of a text, in order.
///
/// ```
/// use countersign::text::Words;
/// let words = Words::of("Don't `chmod` 日本");
/// assert_eq!(words.all().iter().map(|word| word.range()).collect::<Vec<_>>(), [0..3, 4..5, 7..12, 14..17, 17..20]);
/// assert_eq!(words.all()[2].hash, Words::of("CHMOD").all()[0].hash);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    tokens: Vec<Token>,
    begins: Class,
    /// The ASCII bytes of the text that are no letters or digits, as bits.
    signs: [u64; 2],
}

/// Bytes per word for which room is made at first.
const USUAL_BYTES: usize = 5;

/// The hash of no letters, and the factor of FNV-1a: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

impl Words {
    /// The words of `text`; of more than 4 GiB, those of its beginning.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = Self { tokens: Vec::with_capacity(text.len() / USUAL_BYTES + 1), ..Self::default() };
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            if byte.is_ascii() && folded(*byte) == 0 {
                if let Some(signs) = words.signs.get_mut(usize::from(byte >> 6)) {
                    *signs |= 1 << (byte & 63);
                }
                at += 1;
                continue;
            }
            let (end, token) = token(text, at);
            words.begins = words.begins.and(token.map(|token| token.begins).unwrap_or_default());
            words.tokens.extend(token);
            at = end;
        }
        words
    }

    /// Whether one of them may begin a phrase of `class`.
    #[must_use]
    pub fn begin(&self, class: Class) -> bool {
        self.begins.meets(class)
    }

    /// Whether the text has one of `signs`, ASCII bytes that are no letters or digits.
    #[must_use]
    pub fn has_sign(&self, signs: &[u8]) -> bool {
        signs.iter().any(|byte| self.signs.get(usize::from(byte >> 6)).is_some_and(|known| known >> (byte & 63) & 1 == 1))
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// Those that begin in `range`, bytes of the text.
    #[must_use]
    pub fn within(&self, range: &Range<usize>) -> &[Token] {
        let first = self.tokens.partition_point(|word| (word.start as usize) < range.start);
        let end = self.tokens.partition_point(|word| (word.start as usize) < range.end);
        self.tokens.get(first..end).unwrap_or_default()
    }
}

/// The byte in lower case where it is an ASCII letter or digit, else zero.
fn folded(byte: u8) -> u8 {
    const LOWER: u8 = 0x20;
    if byte.is_ascii_alphanumeric() { byte | LOWER } else { 0 }
}

/// Where the word at `start` ends, and the word; none where there is only a blank, or past what a token can tell.
fn token(text: &str, start: usize) -> (usize, Option<Token>) {
    let (mut end, mut hash, mut least) = (start, SEED, u8::MAX);
    loop {
        for byte in text.as_bytes().get(end..).unwrap_or_default() {
            let folded = folded(*byte);
            if folded == 0 {
                break;
            }
            hash = step(hash, u32::from(folded));
            least = least.min(folded);
            end += 1;
        }
        let other = text.as_bytes().get(end).filter(|byte| !byte.is_ascii());
        let Some(letter) = other.and_then(|_| text.get(end..)?.chars().next()) else { break };
        let (sign, blank) = (!in_word(letter), letter.is_whitespace());
        if sign && end > start {
            break;
        }
        hash = step(hash, u32::from(lower(letter)));
        end += letter.len_utf8();
        if blank {
            return (end, None);
        }
        if sign {
            break;
        }
    }
    let place = u32::try_from(start).ok().zip(u32::try_from(end).ok());
    (end.max(start + 1), place.map(|(start, end)| Token { start, end, hash, digits: least < b'a', begins: begun::by(hash) }))
}

fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(PRIME)
}

/// The lower case of `letter`; itself where that takes another number of bytes.
pub(super) fn lower(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
        _ => letter,
    }
}

/// Whether `letter` belongs to a word of a script that puts spaces between words.
pub(super) fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unspaced(letter)
}

/// A set of phrases known by their first words: tells a text that holds none of them from one that may.
///
/// ```
/// use countersign::text::{Sieve, Words};
/// let sieve = Sieve::of(["chmod", "see aitch mod"]);
/// assert!(sieve.may_hold(&Words::of("first: See Aitch Mod")));
/// assert!(!sieve.may_hold(&Words::of("see you")));
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sieve<'a> {
    class: Class,
    #[serde(borrow)]
    keys: Filing<'a, 2>,
    /// The first words, for the table of what words may begin.
    #[serde(skip)]
    first: BTreeSet<u32>,
}

impl Sieve<'_> {
    /// A sieve of `phrases`; those without a word are left out.
    pub fn of<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        let cut: Vec<Words> = phrases.into_iter().map(Words::of).collect();
        let hashes: BTreeSet<u64> = cut.iter().filter_map(|words| Key::of(words.all())).map(Key::hash).collect();
        let first = cut.iter().filter_map(|words| Some(words.all().first()?.hash)).collect();
        Self { class: Class::ANY, keys: Filing::of(&hashes.into_iter().collect::<Vec<_>>()).0, first }
    }

    /// The same, for phrases that the table of what words may begin has as `class`.
    #[allow(dead_code)] // the build script makes the table
    #[must_use]
    pub fn classed(self, class: Class) -> Self {
        Self { class, ..self }
    }

    /// The first words of its phrases, with their class.
    #[allow(dead_code)] // the build script makes the table
    pub fn first_words(&self) -> impl Iterator<Item = (Class, u32)> + '_ {
        self.first.iter().map(|hash| (self.class, *hash))
    }

    /// Whether one of the phrases may stand in a text with these `words`.
    #[must_use]
    pub fn may_hold(&self, words: &Words) -> bool {
        words.begin(self.class) && (0..words.all().len()).any(|at| self.may_begin(words.all().get(at..).unwrap_or_default()))
    }

    /// Whether one of the phrases may begin where these `words` do.
    #[must_use]
    pub fn may_begin(&self, words: &[Token]) -> bool {
        words.first().is_some_and(|word| word.begins.meets(self.class))
            && Key::prefixes(words).any(|key| self.keys.find(key.hash()).next().is_some())
    }
}

/// What a phrase is filed under, its first words, as a number: never zero, its low bits as good as its high ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u32);

impl Key {
    /// Words, at most, that a key is made of.
    const MOST: usize = 4;

    /// The key of a phrase with these words; none without words.
    pub fn of(words: &[Token]) -> Option<Self> {
        Self::prefixes(words).last()
    }

    /// The keys of the phrases that `words` may begin with, the shortest first.
    pub fn prefixes(words: &[Token]) -> impl Iterator<Item = Self> + '_ {
        let joined = words.iter().take(Self::MOST).scan(0_u32, |hash, word| {
            *hash = step(hash.rotate_left(5), word.hash);
            Some(*hash)
        });
        joined.map(|hash| Self((hash ^ (hash >> 15)).max(1)))
    }

    /// What it is found by.
    pub fn hash(self) -> u64 {
        u64::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        Words::of(text).all().iter().filter_map(|word| text.get(word.range())).collect()
    }

    #[test]
    fn cuts_every_script() {
        assert_eq!(cut("Ärger, naïve—42nd 🤖\u{a0}ok"), ["Ärger", "naïve", "—", "42nd", "🤖", "ok"]);
        assert_eq!(cut("请@helper回答"), ["请", "helper", "回", "答"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn case_does_not_count() {
        let hash = |word: &str| Words::of(word).all()[0].hash;
        assert_eq!((hash("ÄRGER"), hash("НАДО")), (hash("ärger"), hash("надо")));
        assert_ne!(hash("a"), hash("b"));
    }
}

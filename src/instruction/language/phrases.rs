//! The phrase table: every phrase of every lexicon in one trie over word hashes, walked once over a text.

use super::{
    format::{Class, Cue, Forms, Lexicon, Order},
    words::{self, Word},
};
use crate::text::{Sieve, Token};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// What a phrase means in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Which lexicon says so, by its place in the table.
    pub language: u8,
    /// What it means.
    pub sense: Sense,
}

/// The sense of a phrase. Concepts are places in [`Table::concept`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A verb that can tell somebody to do something.
    Verb(u16, Form),
    /// Something that is given, taken or changed.
    Object(u16),
    /// Somebody who gains or loses.
    Recipient(u16),
    /// A sign of how the text stands to an instruction.
    Cue(Cue),
}

/// The form a verb stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Imperative or infinitive before what it acts on.
    Tell,
    /// After what it acts on.
    Closing,
    /// Gerund.
    Doing,
    /// Participle.
    Done,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// Its first word.
    pub first: usize,
    /// The word after its last.
    pub end: usize,
    /// Its node in the table.
    node: u32,
}

impl Mark {
    /// The same phrase, taking up no words: what it means still counts, where it stands does not.
    pub fn emptied(self) -> Self {
        Self { end: self.first, ..self }
    }
}

/// Words of the shipped phrases, about: room for them is made at once.
const USUAL_EDGES: usize = 14_000;

/// Every phrase of every lexicon.
#[derive(Debug, Default)]
pub(crate) struct Table {
    edges: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
    meanings: Vec<Vec<Meaning>>,
    common: HashMap<u64, u16, BuildHasherDefault<Mixed>>,
    known: HashMap<u64, u16, BuildHasherDefault<Mixed>>,
    classes: HashMap<Class, Closed>,
    concepts: Vec<String>,
    tags: Vec<String>,
    orders: Vec<Order>,
    compounds: Vec<bool>,
    capitals: Vec<bool>,
    precedence: Vec<u16>,
    fallback: u8,
    telling: Option<Telling>,
}

/// Single words, and endings of words, by the languages they count in.
#[derive(Debug, Default)]
struct Closed {
    words: HashMap<u64, u16, BuildHasherDefault<Mixed>>,
    endings: Vec<(u16, [u8; 2])>,
}

impl Closed {
    /// Adds `words` of the languages in `bit`: whole, or as endings of one or two plain letters, `-s`, `-ed`.
    fn add(&mut self, words: &[String], bit: u16) {
        for text in words {
            match text.strip_prefix('-').map(str::as_bytes) {
                Some([last]) => self.endings.push((bit, [0, *last])),
                Some([second, last]) => self.endings.push((bit, [*second, *last])),
                _ => words::cut(text).iter().for_each(|word| *self.words.entry(word.hash).or_default() |= bit),
            }
        }
    }

    fn has(&self, word: &Word, bit: u16) -> bool {
        self.words.get(&word.hash).is_some_and(|bits| bits & bit > 0)
    }

    fn ends(&self, word: &Word, bit: u16) -> bool {
        let [second, last] = word.ending;
        self.endings.iter().any(|(bits, ending)| bits & bit > 0 && (*ending == [second, last] || *ending == [0, last]))
    }
}

/// What a text must hold to tell anybody to do anything.
#[derive(Debug)]
struct Telling {
    /// Phrases that tell.
    verbs: Sieve,
    /// What is told about: objects and recipients.
    things: Sieve,
    /// What frames a whole document.
    frames: Sieve,
    /// What a form names before its colons.
    forms: Sieve,
}

impl Telling {
    fn of(lexicons: &[Lexicon]) -> Self {
        let forms = lexicons.iter().flat_map(|lexicon| lexicon.verbs.values());
        let idioms = lexicons.iter().filter_map(|lexicon| lexicon.cues.get(&Cue::Idiom)).flatten();
        let class = |class| lexicons.iter().filter_map(move |lexicon| lexicon.classes.get(&class)).flatten();
        let verbs = forms.flat_map(|forms| [&forms.tell, &forms.closing, &forms.doing, &forms.done]).flatten().chain(idioms);
        let verbs =
            verbs.chain(class(Class::Obliges)).chain(class(Class::Polite)).chain(class(Class::Ensures)).chain(class(Class::Ability));
        let things = lexicons.iter().flat_map(|lexicon| lexicon.objects.values().chain(lexicon.recipients.values())).flatten();
        let frames = lexicons.iter().flat_map(|lexicon| [Cue::Offer, Cue::Closed].map(|cue| lexicon.cues.get(&cue))).flatten().flatten();
        Self {
            verbs: Sieve::of(verbs.map(String::as_str)),
            things: Sieve::of(things.chain(class(Class::Acts)).map(String::as_str)),
            frames: Sieve::of(frames.map(String::as_str)),
            forms: Sieve::of(class(Class::Granted).chain(class(Class::Titles)).map(String::as_str)),
        }
    }
}

impl Table {
    /// The table of `lexicons`.
    pub fn of(lexicons: &[Lexicon]) -> Self {
        let mut table = Self { meanings: vec![Vec::new()], ..Self::default() };
        table.edges.reserve(USUAL_EDGES);
        table.meanings.reserve(USUAL_EDGES);
        for (index, lexicon) in lexicons.iter().enumerate() {
            let language = u8::try_from(index).unwrap_or(u8::MAX);
            table.tags.push(lexicon.tag.clone());
            table.orders.push(lexicon.order);
            table.compounds.push(lexicon.compounds);
            table.capitals.push(lexicon.capitals);
            if !lexicon.precedence.is_empty() {
                table.fallback = language;
            }
            table.add(lexicon, language);
        }
        let precedence: Vec<u16> = lexicons.iter().flat_map(|lexicon| &lexicon.precedence).map(|name| table.intern(name)).collect();
        table.precedence = precedence;
        table.telling = Some(Telling::of(lexicons));
        table
    }

    /// Whether a text with these words may offer the document to whoever needs it, or say that nothing is left to do.
    pub fn may_frame(&self, words: &[Token]) -> bool {
        self.telling.as_ref().is_some_and(|telling| telling.frames.may_hold(words))
    }

    /// Whether a text with these words may tell somebody to do something about something; most do not.
    pub fn may_tell(&self, words: &[Token]) -> bool {
        self.telling.as_ref().is_some_and(|telling| telling.verbs.may_hold(words) && telling.things.may_hold(words))
    }

    /// Whether a text with these words may be a form that gives somebody something.
    pub fn may_give(&self, words: &[Token]) -> bool {
        self.telling.as_ref().is_some_and(|telling| telling.forms.may_hold(words))
    }

    /// The name of a concept.
    pub fn concept(&self, concept: u16) -> &str {
        self.concepts.get(usize::from(concept)).map_or("", String::as_str)
    }

    /// The concept of that name.
    pub fn named(&self, name: &str) -> Option<u16> {
        self.concepts.iter().position(|known| known == name).and_then(|place| u16::try_from(place).ok())
    }

    /// The tag of a language.
    pub fn tag(&self, language: u8) -> &str {
        self.tags.get(usize::from(language)).map_or("", String::as_str)
    }

    /// The language of a text that no language claims.
    pub fn fallback(&self) -> u8 {
        self.fallback
    }

    /// Where a language puts its telling verb.
    pub fn order(&self, language: u8) -> Order {
        self.orders.get(usize::from(language)).copied().unwrap_or_default()
    }

    /// Whether a noun right before another is only part of its name.
    pub fn compounds(&self, language: u8) -> bool {
        self.compounds.get(usize::from(language)).copied().unwrap_or_default()
    }

    /// Whether every noun of a language is written with a capital.
    pub fn capitals(&self, language: u8) -> bool {
        self.capitals.get(usize::from(language)).copied().unwrap_or_default()
    }

    /// How telling an object concept is: smaller is more.
    pub fn rank(&self, object: u16) -> usize {
        self.precedence.iter().position(|known| *known == object).unwrap_or(usize::MAX)
    }

    /// The languages that know `word`, everyday or as a verb or a cue, as bits.
    pub fn known(&self, word: &Word) -> u16 {
        self.known.get(&word.hash).copied().unwrap_or(0)
    }

    /// The languages in which `word` is an everyday word, as bits.
    pub fn everyday(&self, word: &Word) -> u16 {
        self.common.get(&word.hash).copied().unwrap_or(0)
    }

    /// Whether `word` is of that class in `language`, as a whole.
    pub fn is(&self, word: &Word, class: Class, language: u8) -> bool {
        self.classes.get(&class).is_some_and(|words| words.has(word, bit(language)))
    }

    /// Whether `word` is of that class in any language.
    pub fn is_any(&self, word: &Word, class: Class) -> bool {
        self.classes.get(&class).is_some_and(|words| words.has(word, u16::MAX))
    }

    /// Whether `word` ends, in `language`, as words of that class do.
    pub fn ends_as(&self, word: &Word, class: Class, language: u8) -> bool {
        self.classes.get(&class).is_some_and(|words| words.ends(word, bit(language)))
    }

    /// The meanings of `mark` in `language`.
    pub fn senses(&self, mark: &Mark, language: u8) -> impl Iterator<Item = Sense> + '_ {
        self.meanings
            .get(mark.node as usize)
            .into_iter()
            .flatten()
            .filter(move |meaning| meaning.language == language)
            .map(|meaning| meaning.sense)
    }

    /// The longest phrase of `language` at each place of `words`, none inside another.
    pub fn marks(&self, words: &[Word], language: u8) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(words, at, language) {
                Some(mark) => {
                    at = mark.end;
                    marks.push(mark);
                }
                None => at += 1,
            }
        }
        marks
    }

    fn longest(&self, words: &[Word], first: usize, language: u8) -> Option<Mark> {
        let (mut node, mut found) = (0, None);
        for (offset, word) in words.iter().skip(first).enumerate() {
            if offset > 0 && word.gap > words::Gap::Line {
                break;
            }
            let Some(next) = self.edges.get(&edge(node, word.hash)) else { break };
            node = *next;
            let mark = Mark { first, end: first + offset + 1, node };
            if self.senses(&mark, language).next().is_some() {
                found = Some(mark);
            }
        }
        found
    }

    fn add(&mut self, lexicon: &Lexicon, language: u8) {
        let bit = bit(language);
        for (class, words) in &lexicon.classes {
            self.classes.entry(*class).or_default().add(words, bit);
        }
        for word in lexicon.common.iter().flat_map(|text| words::cut(text)) {
            *self.common.entry(word.hash).or_default() |= bit;
            *self.known.entry(word.hash).or_default() |= bit;
        }
        let verbs = lexicon.verbs.values().flat_map(|forms| forms.tell.iter().chain(&forms.closing));
        for word in verbs
            .chain(lexicon.cues.iter().filter(|(cue, _)| !matches!(cue, Cue::Gate | Cue::Into)).flat_map(|(_, phrases)| phrases))
            .filter(|text| lexicon.precedence.is_empty() || telling(text))
            .flat_map(|text| words::cut(text))
        {
            *self.known.entry(word.hash).or_default() |= bit;
        }
        for (name, Forms { tell, closing, doing, done }) in &lexicon.verbs {
            let concept = self.intern(name);
            for (form, phrases) in [(Form::Tell, tell), (Form::Closing, closing), (Form::Doing, doing), (Form::Done, done)] {
                self.insert(phrases, language, Sense::Verb(concept, form));
            }
        }
        for (name, phrases) in &lexicon.objects {
            let concept = self.intern(name);
            self.insert(phrases, language, Sense::Object(concept));
        }
        for (name, phrases) in &lexicon.recipients {
            let concept = self.intern(name);
            self.insert(phrases, language, Sense::Recipient(concept));
        }
        for (cue, phrases) in &lexicon.cues {
            self.insert(phrases, language, Sense::Cue(*cue));
        }
    }

    fn intern(&mut self, name: &str) -> u16 {
        let place = self.concepts.iter().position(|known| known == name).unwrap_or_else(|| {
            self.concepts.push(name.to_owned());
            self.concepts.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn insert(&mut self, phrases: &[String], language: u8, sense: Sense) {
        for phrase in phrases {
            let mut node = 0;
            for word in words::cut(phrase) {
                let fresh = u32::try_from(self.meanings.len()).unwrap_or(u32::MAX);
                node = *self.edges.entry(edge(node, word.hash)).or_insert(fresh);
                if node == fresh {
                    self.meanings.push(Vec::new());
                }
            }
            if let Some(meanings) = self.meanings.get_mut(node as usize).filter(|_| node > 0) {
                meanings.push(Meaning { language, sense });
            }
        }
    }
}

/// Whether the words of `phrase` show that a text is in the language of the fallback: those of a long one are words of any text.
fn telling(phrase: &str) -> bool {
    const FEW: usize = 2;
    !phrase.is_ascii() || phrase.split(' ').count() <= FEW
}

/// The bit of a language, by its place in the table.
fn bit(language: u8) -> u16 {
    1u16.checked_shl(u32::from(language)).unwrap_or(0)
}

/// The key of the edge that leaves `node` over the word with `hash`.
fn edge(node: u32, hash: u64) -> u64 {
    hash ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Keys are hashes already; this only spreads them.
#[derive(Clone, Copy, Debug, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.0 ^= self.0 >> 32;
    }
}

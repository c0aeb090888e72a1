//! The phrase table: every phrase of every lexicon in one graph over words, walked once over a text.
//!
//! It is made by the build script and used where it lies, so that starting costs next to nothing. Phrases that go on alike
//! share what they go on with: every kind of people stands there once, not once for each word for all of them.

use super::{
    format::{Class, Cue, Order},
    words::{Gap, Word},
};
use crate::text::{Column, Filing, Sieve, Starts, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

impl Sense {
    /// The kinds of sense as the table has them; verbs have one for each form.
    pub const CUE: usize = 0;
    pub const OBJECT: usize = 1;
    pub const RECIPIENT: usize = 2;
    pub const VERB: usize = 3;
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

impl Form {
    /// All of them, as the table counts them.
    pub const ALL: [Self; 4] = [Self::Tell, Self::Closing, Self::Doing, Self::Done];
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// Its first word.
    pub first: usize,
    /// The word after its last.
    pub end: usize,
    /// Its node in the table.
    node: usize,
}

impl Mark {
    /// The same phrase, taking up no words: what it means still counts, where it stands does not.
    pub fn emptied(self) -> Self {
        Self { end: self.first, ..self }
    }
}

/// Every phrase of every lexicon; [`super::lexicons`] makes it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Table<'a> {
    /// The words of phrases and everyday words, by their hashes.
    #[serde(borrow)]
    pub words: Filing<'a, 3>,
    /// For every word the languages in which it is an everyday word, and those that know it at all, as bits.
    #[serde(borrow)]
    pub common: Column<'a, 2>,
    #[serde(borrow)]
    pub known: Column<'a, 2>,
    /// For every word the node that phrases beginning with it lead to; zero when none do.
    #[serde(borrow)]
    pub firsts: Column<'a, 2>,
    /// For every node where its edges begin: words, in order, and the nodes they lead to.
    pub edges: Starts,
    #[serde(borrow)]
    pub over: Column<'a, 2>,
    #[serde(borrow)]
    pub to: Column<'a, 2>,
    /// For every node its list of meanings.
    #[serde(borrow)]
    pub lists: Column<'a, 2>,
    /// For every list where its meanings begin: language, kind of sense and what is meant.
    pub meanings: Starts,
    #[serde(borrow)]
    pub languages: Column<'a, 1>,
    #[serde(borrow)]
    pub kinds: Column<'a, 1>,
    #[serde(borrow)]
    pub meant: Column<'a, 2>,
    /// The cues that are meant.
    pub cues: Vec<Cue>,
    pub concepts: Vec<String>,
    pub tags: Vec<String>,
    pub orders: Vec<Order>,
    pub compounds: Vec<bool>,
    pub capitals: Vec<bool>,
    /// Words by what they show about the form of a clause.
    pub classes: BTreeMap<Class, Closed>,
    pub precedence: Vec<u16>,
    pub fallback: u8,
    #[serde(borrow)]
    pub telling: Telling<'a>,
}

/// Single words, in the order of their hashes, and endings of words, by the languages they count in, as bits.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Closed {
    pub words: Vec<(u64, u16)>,
    /// One plain letter after a zero, or two.
    pub endings: Vec<(u16, [u8; 2])>,
}

impl Closed {
    fn has(&self, word: &Word, bits: u16) -> bool {
        let found = self.words.binary_search_by_key(&word.hash, |(hash, _)| *hash);
        found.ok().and_then(|at| self.words.get(at)).is_some_and(|(_, languages)| languages & bits > 0)
    }

    fn ends(&self, word: &Word, bits: u16) -> bool {
        let [second, last] = word.ending;
        self.endings.iter().any(|(languages, ending)| languages & bits > 0 && (*ending == [second, last] || *ending == [0, last]))
    }
}

/// What a text must hold to tell anybody to do anything.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Telling<'a> {
    /// Phrases that tell.
    #[serde(borrow)]
    pub verbs: Sieve<'a>,
    /// What is told about: objects and recipients.
    #[serde(borrow)]
    pub things: Sieve<'a>,
    /// What frames a whole document.
    #[serde(borrow)]
    pub frames: Sieve<'a>,
    /// What a form names before its colons.
    #[serde(borrow)]
    pub forms: Sieve<'a>,
}

impl Table<'_> {
    /// Whether a text with these words may offer the document to whoever needs it, or say that nothing is left to do.
    pub fn may_frame(&self, words: &Words) -> bool {
        self.telling.frames.may_hold(words)
    }

    /// Whether a text with these words may tell somebody to do something about something; most do not.
    pub fn may_tell(&self, words: &Words) -> bool {
        self.telling.verbs.may_hold(words) && self.telling.things.may_hold(words)
    }

    /// Whether a text with these words may be a form that gives somebody something.
    pub fn may_give(&self, words: &Words) -> bool {
        self.telling.forms.may_hold(words)
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

    /// The place of the word with `hash` among the words of phrases.
    pub fn place(&self, hash: u64) -> Option<u16> {
        self.words.find(hash).next().and_then(|place| u16::try_from(place).ok())
    }

    /// The languages that know `word`, everyday or as a verb or a cue, as bits.
    pub fn known(&self, word: &Word) -> usize {
        word.place.and_then(|place| self.known.get(place.into())).unwrap_or(0)
    }

    /// The languages in which `word` is an everyday word, as bits.
    pub fn everyday(&self, word: &Word) -> usize {
        word.place.and_then(|place| self.common.get(place.into())).unwrap_or(0)
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
        let list = self.lists.get(mark.node).unwrap_or_default();
        let spoken = move |meaning: &usize| self.languages.get(*meaning) == Some(language.into());
        self.meanings.span(list).filter(spoken).filter_map(|meaning| self.sense(meaning))
    }

    fn sense(&self, meaning: usize) -> Option<Sense> {
        let (kind, meant) = self.kinds.get(meaning).zip(self.meant.get(meaning))?;
        let concept = u16::try_from(meant).ok()?;
        Some(match kind {
            Sense::CUE => Sense::Cue(*self.cues.get(meant)?),
            Sense::OBJECT => Sense::Object(concept),
            Sense::RECIPIENT => Sense::Recipient(concept),
            verb => Sense::Verb(concept, *Form::ALL.get(verb.checked_sub(Sense::VERB)?)?),
        })
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
        let mut node = words.get(first)?.place.and_then(|place| self.firsts.get(place.into())).filter(|node| *node > 0)?;
        let mut found = None;
        for end in first + 1.. {
            let mark = Mark { first, end, node };
            if self.senses(&mark, language).next().is_some() {
                found = Some(mark);
            }
            let Some(next) = words.get(end).filter(|word| word.gap <= Gap::Line).and_then(|word| self.edge(node, word.place?.into()))
            else {
                break;
            };
            node = next;
        }
        found
    }

    /// Where the edge over the word at `place` leads from `node`.
    fn edge(&self, node: usize, place: usize) -> Option<usize> {
        let mut edges = self.edges.span(node);
        while !edges.is_empty() {
            let middle = edges.start.midpoint(edges.end);
            let over = self.over.get(middle)?;
            if over == place {
                return self.to.get(middle);
            }
            edges = if over < place { middle + 1..edges.end } else { edges.start..middle };
        }
        None
    }
}

/// The bit of a language, by its place in the table.
pub(super) fn bit(language: u8) -> u16 {
    1u16.checked_shl(u32::from(language)).unwrap_or(0)
}

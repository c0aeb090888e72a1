//! The facts rules lean on: named lists of values, what such a value is worth, and how severe a gain is.

use super::{
    cidr,
    format::{
        File, Vocabulary,
        pattern::{Alternative, Pattern},
        weight::Ladder,
    },
    glob, mode,
    mode::Move,
};
use crate::text::{NameSet, Names};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// Words of a captured value that are looked up for their rank: a longer list is no more severe.
const MOST_RANKED: usize = 256;

/// Severity by what, what is gained and who gains.
type Matrix = BTreeMap<String, BTreeMap<String, BTreeMap<String, Ladder>>>;

/// What a matcher captured, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Captures<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Captures<'a> {
    /// Adds to what `name` holds, words apart.
    pub(super) fn push(&mut self, name: &'a str, value: impl Into<Cow<'a, str>>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => {
                let held = held.to_mut();
                held.push(' ');
                held.push_str(&value);
            }
            None => self.0.push((name, value)),
        }
    }

    /// What `name` holds.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }
}

/// A vocabulary, ready to be looked up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Words<'a> {
    #[serde(borrow)]
    exact: NameSet<'a>,
    #[serde(borrow)]
    globs: Names<'a>,
    scale: String,
    rank: String,
}

impl Words<'_> {
    fn of(vocabulary: &Vocabulary) -> Self {
        let (globs, exact): (Vec<&str>, Vec<&str>) =
            vocabulary.values.iter().map(String::as_str).partition(|value| value.contains('*') && !value.starts_with('='));
        Self {
            exact: NameSet::of(exact.into_iter().map(|value| value.trim_start_matches('='))),
            globs: globs.into_iter().collect(),
            scale: vocabulary.scale.clone().unwrap_or_default(),
            rank: vocabulary.rank.clone().unwrap_or_default(),
        }
    }

    fn has(&self, value: &str) -> bool {
        self.exact.has(value) || self.globs.iter().any(|known| glob::fits(known, value))
    }

    /// These and those of `other`, which says the last word on what they are worth.
    fn and(&self, other: &Self) -> Self {
        let globs: BTreeSet<&str> = self.globs.iter().chain(other.globs.iter()).collect();
        let last = |own: &String, other: &String| if other.is_empty() { own.clone() } else { other.clone() };
        Self {
            exact: NameSet::of(self.exact.iter().chain(other.exact.iter())),
            globs: globs.into_iter().collect(),
            scale: last(&self.scale, &other.scale),
            rank: last(&self.rank, &other.rank),
        }
    }
}

/// The facts of a pack.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Facts<'a> {
    #[serde(borrow)]
    vocabularies: FxHashMap<String, Words<'a>>,
    matrix: Matrix,
}

impl Facts<'_> {
    /// The facts in `files`; a later file adds to a vocabulary of the same name.
    pub(crate) fn of<'b>(files: impl Iterator<Item = &'b File>) -> Self {
        let mut facts = Self::default();
        for file in files {
            let vocabularies = file.vocabulary.iter().map(|(name, vocabulary)| (name.clone(), Words::of(vocabulary))).collect();
            facts.extend(Self { vocabularies, matrix: file.matrix.clone() });
        }
        facts
    }

    /// Adds `other`'s values to the vocabularies of the same names.
    pub(super) fn extend(&mut self, other: Self) {
        for (name, words) in other.vocabularies {
            let both = self.vocabularies.get(&name).map(|known| known.and(&words));
            self.vocabularies.insert(name, both.unwrap_or(words));
        }
        self.matrix.extend(other.matrix);
    }

    /// The names of the vocabularies.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.vocabularies.keys()
    }

    /// Whether `value` is what `pattern` says.
    pub(super) fn fits(&self, pattern: &Pattern, value: &str) -> bool {
        pattern.any.iter().any(|alternative| self.is(alternative, value)) != pattern.not
    }

    /// Whether `value`, or a member of it as a list with commas, is what `pattern` says; captures it then.
    pub(super) fn takes<'a>(&self, pattern: &'a Pattern, value: &'a str, captures: &mut Captures<'a>) -> bool {
        let any = |value: &str| pattern.any.iter().any(|alternative| self.is(alternative, value));
        let found = any(value) || (value.contains(',') && value.split(',').any(|member| any(member.trim())));
        if found != pattern.not {
            capture(pattern, value, captures);
        }
        found != pattern.not
    }

    /// The rank of `value` on `scale`: the heaviest that one of its words has, of ranks ordered from the mildest.
    pub(super) fn rank<'a>(&'a self, scale: &str, value: &str, order: &[&str]) -> Option<&'a str> {
        let parts = value.split([' ', ',', '=', '"', '\'', '`']).filter(|word| !word.is_empty());
        let words = || std::iter::once(value).chain(parts.clone()).take(MOST_RANKED);
        let of_scale = self.vocabularies.values().filter(|words| words.scale == scale);
        of_scale
            .filter(|known| words().any(|word| known.has(word)))
            .map(|known| known.rank.as_str())
            .max_by_key(|rank| order.iter().position(|known| known == rank))
    }

    /// What the matrix says.
    pub(super) fn severity(&self, on: &str, gains: &str, who: &str) -> Option<Ladder> {
        self.matrix.get(on)?.get(gains)?.get(who).copied()
    }

    /// The values and globs of the vocabulary `name`; none when it is logic.
    pub(super) fn listed(&self, name: &str) -> Option<impl Iterator<Item = &str>> {
        self.vocabularies.get(name).map(|words| words.exact.iter().chain(words.globs.iter()))
    }

    /// Whether the vocabulary `name` has `value`.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.vocabularies.get(name).map_or_else(|| computed(name, value), |words| words.has(value))
    }

    fn is(&self, alternative: &Alternative, value: &str) -> bool {
        match alternative {
            Alternative::Anything => true,
            Alternative::Exact(exact) => exact.eq_ignore_ascii_case(value),
            Alternative::Glob(known) => glob::fits(known, value),
            Alternative::Vocabulary(name) => self.has(name, value),
        }
    }
}

/// Captures `value` where the pattern has a name for it.
pub(super) fn capture<'a>(pattern: &'a Pattern, value: &'a str, captures: &mut Captures<'a>) {
    if let Some(name) = &pattern.capture {
        captures.push(name, value);
    }
}

/// The vocabularies that are logic (`format::COMPUTED`).
fn computed(name: &str, value: &str) -> bool {
    match name {
        "any-cidr" => cidr::names_all(value),
        "wide-cidr" => cidr::names_wide(value),
        "mode" => mode::read(value).is_some(),
        "world-writable-mode" => mode::read(value) == Some(Move::WorldWritable),
        "setuid-mode" => mode::read(value) == Some(Move::Setuid),
        "widening-mode" => mode::read(value) == Some(Move::Widens),
        "narrowing-mode" => mode::read(value) == Some(Move::Narrows),
        "shifting-mode" => mode::read(value) == Some(Move::Shifts),
        "open-umask" => mode::umask(value) == Some(Move::WorldWritable),
        "closed-umask" => mode::umask(value) == Some(Move::Narrows),
        "other-umask" => mode::umask(value) == Some(Move::Shifts),
        _ => false,
    }
}

//! Finds sentences by how they are built: words of named groups in a certain order.
//!
//! Where [`Phrases`] know a wording, forms know a construction: who did what with what help, whatever the verb. Groups and
//! forms are data and belong to one language; a form never mixes the words of two.

use super::{Class, Column, Hit, Phrases, Starts};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Words of one text, at most, that are looked at.
const WORDS: usize = 1_024;

/// What `~` passes over, in bytes.
const NEAR: usize = 28;

/// What ` .. ` passes over, in bytes.
const FAR: usize = 140;

/// Constructions, each filed under a key; a [`super::Grammar`] makes them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Forms<'a, K> {
    /// Every word of every group, filed under its group.
    #[serde(borrow)]
    words: Phrases<'a, u16>,
    /// For every group where the forms that begin with it begin.
    beginnings: Starts,
    /// The keys, each once.
    keys: Vec<K>,
    /// For every form: its key, whether it begins and ends a sentence, and where its steps begin.
    #[serde(borrow)]
    keyed: Column<'a, 2>,
    #[serde(borrow)]
    bounds: Column<'a, 1>,
    steps: Starts,
    /// For every step: its group, and what may stand before it.
    #[serde(borrow)]
    groups: Column<'a, 2>,
    #[serde(borrow)]
    gaps: Column<'a, 1>,
}

/// No forms.
impl<K> Default for Forms<'_, K> {
    fn default() -> Self {
        Self {
            words: Phrases::default(),
            beginnings: Starts::default(),
            keys: Vec::new(),
            keyed: Column::default(),
            bounds: Column::default(),
            steps: Starts::default(),
            groups: Column::default(),
            gaps: Column::default(),
        }
    }
}

/// One construction.
#[derive(Clone, Debug)]
pub(super) struct Form<K> {
    pub key: K,
    pub begins: bool,
    pub ends: bool,
    pub steps: Vec<Step>,
}

/// A word of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub group: u16,
    /// What may stand before it; none for marks and spaces only.
    pub gap: Option<Gap>,
}

/// What may stand before a word of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gap {
    /// A few words.
    Near = 1,
    /// Many.
    Far = 2,
}

/// Bits of what a form begins and ends.
const BEGINS: usize = 1;
const ENDS: usize = 2;

impl<K: Copy + PartialEq> Forms<'_, K> {
    /// `forms`, of words of so many groups.
    pub(super) fn of(words: Phrases<'static, u16>, groups: u16, mut forms: Vec<Form<K>>) -> Self {
        let first = |form: &Form<K>| form.steps.first().map_or(0, |step| step.group);
        forms.sort_by_key(first);
        let mut keys: Vec<K> = Vec::new();
        for form in &forms {
            if !keys.contains(&form.key) {
                keys.push(form.key);
            }
        }
        let steps = || forms.iter().flat_map(|form| &form.steps);
        Self {
            beginnings: Starts::of((0..=groups).map(|group| forms.iter().filter(|form| first(form) == group).count())),
            keyed: forms.iter().filter_map(|form| keys.iter().position(|key| *key == form.key)).collect(),
            bounds: forms.iter().map(|form| usize::from(form.begins) * BEGINS + usize::from(form.ends) * ENDS).collect(),
            steps: Starts::of(forms.iter().map(|form| form.steps.len())),
            groups: steps().map(|step| usize::from(step.group)).collect(),
            gaps: steps().map(|step| step.gap.map_or(0, |gap| gap as usize)).collect(),
            words,
            keys,
        }
    }

    /// The same, of words that the table of what words may begin has as `class`.
    #[allow(dead_code)] // the build script makes the table
    #[must_use]
    pub fn classed(self, class: Class) -> Self {
        Self { words: self.words.classed(class), ..self }
    }

    /// The first words of the parts of forms, with their class.
    #[allow(dead_code)] // the build script makes the table
    pub fn first_words(&self) -> impl Iterator<Item = (Class, u32)> + '_ {
        self.words.first_words()
    }

    /// Every form in `text`, in order of their beginnings.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let mut words = self.words.find(text);
        words.truncate(WORDS);
        words.sort_by_key(|word| (word.range.start, word.range.end));
        let mut search = Search { forms: self, text, words: &words, failed: FxHashSet::default() };
        let mut hits = Vec::new();
        for word in &words {
            for form in self.beginnings.span(usize::from(word.key)) {
                if self.bound(form, BEGINS) && !search.begins(word.range.start) {
                    continue;
                }
                let end = search.follow(form, self.steps.span(form).start + 1, word.range.end);
                let key = self.keyed.get(form).and_then(|key| self.keys.get(key));
                hits.extend(end.zip(key).map(|(end, key)| Hit { key: *key, range: word.range.start..end }));
            }
        }
        hits
    }

    fn bound(&self, form: usize, bit: usize) -> bool {
        self.bounds.get(form).is_some_and(|bounds| bounds & bit != 0)
    }

    /// The group of a step, and what may stand before it, in bytes.
    fn step(&self, step: usize) -> Option<(usize, Option<usize>)> {
        let gap = match self.gaps.get(step)? {
            0 => None,
            1 => Some(NEAR),
            _ => Some(FAR),
        };
        Some((self.groups.get(step)?, gap))
    }
}

/// A look for forms in one text.
struct Search<'a, K> {
    forms: &'a Forms<'a, K>,
    text: &'a str,
    words: &'a [Hit<u16>],
    /// Places from which a form is known not to go on: step, where in the text.
    failed: FxHashSet<(usize, usize)>,
}

impl<K: Copy + PartialEq> Search<'_, K> {
    /// Where `form` ends when its words from `step` on follow what ends at `from`.
    fn follow(&mut self, form: usize, step: usize, from: usize) -> Option<usize> {
        if step >= self.forms.steps.span(form).end {
            return (!self.forms.bound(form, ENDS) || self.ends(from)).then_some(from);
        }
        if self.failed.contains(&(step, from)) {
            return None;
        }
        let (group, gap) = self.forms.step(step)?;
        let words = self.words;
        let first = words.partition_point(|word| word.range.start < from);
        let reach = from + gap.unwrap_or(NEAR);
        for word in words.iter().skip(first).take_while(|word| word.range.start <= reach) {
            if usize::from(word.key) != group || !self.passes(from..word.range.start, gap.is_some()) {
                continue;
            }
            if let Some(end) = self.follow(form, step + 1, word.range.end) {
                return Some(end);
            }
        }
        self.failed.insert((step, from));
        None
    }

    /// Whether nothing ends within `range`, and without a gap nothing is said there.
    fn passes(&self, range: Range<usize>, gap: bool) -> bool {
        let Some(between) = self.text.get(range.clone()) else { return false };
        let stops = between.char_indices().any(|(at, letter)| self.stops(range.start + at, letter));
        !stops && (gap || !between.contains(char::is_alphanumeric))
    }

    fn stops(&self, at: usize, letter: char) -> bool {
        let after = || self.text.get(at + letter.len_utf8()..).and_then(|after| after.chars().next());
        match letter {
            '\n' | '。' | '！' | '？' | '।' => true,
            '.' | '!' | '?' => after().is_none_or(char::is_whitespace),
            _ => false,
        }
    }

    /// Whether a sentence, line or bracket begins at `at`.
    fn begins(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        for (place, letter) in before.char_indices().rev().take(NEAR) {
            if self.stops(place, letter) || matches!(letter, '(' | '[' | '（' | '【') {
                return true;
            }
            if letter.is_alphanumeric() {
                return false;
            }
        }
        true
    }

    /// Whether a sentence, line or bracket ends at `at`.
    fn ends(&self, at: usize) -> bool {
        let after = self.text.get(at..).unwrap_or_default();
        for (place, letter) in after.char_indices().take(NEAR) {
            if self.stops(at + place, letter) || matches!(letter, ')' | ']' | '）' | '】' | ';') {
                return true;
            }
            if letter.is_alphanumeric() {
                return false;
            }
        }
        true
    }
}

//! Finds sentences by how they are built: words of named groups in a certain order.
//!
//! Where [`Phrases`] know a wording, forms know a construction: who did what with what help, whatever the verb. Groups and
//! forms are data and belong to one language; a form never mixes the words of two.

use super::{Hit, Phrases, choices};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{collections::BTreeMap, ops::Range};

/// Words of one text, at most, that are looked at.
const WORDS: usize = 1_024;

/// What `~` passes over, in bytes.
const NEAR: usize = 28;

/// What ` .. ` passes over, in bytes.
const FAR: usize = 140;

/// Forms a form may stand for because of its optional words, at most.
const VARIANTS: usize = 64;

/// Constructions, each filed under a key.
///
/// A form is written as words: `<group>` is a word of that group, `(a|b c)` one of these, anything else stands for itself, and
/// what ends in `?` may be missing;
/// `~` passes over a few words, `..` over many, `^` is the start of a sentence, line or bracket and `$` its end. No form reaches
/// beyond its sentence.
///
/// ```
/// use countersign::text::Forms;
/// let mut forms = Forms::default();
/// let groups = [("text", vec!["answer", "post"]), ("made", vec!["written", "drafted"])];
/// forms.add(groups.iter().map(|(name, words)| (*name, words.iter().copied())), [("made-by", "this <text> ~ <made> by robots")]);
/// let forms = forms.ready();
/// let hits = forms.find("Yes. This answer was mostly drafted by robots.");
/// assert_eq!((hits[0].key, hits[0].range.clone()), ("made-by", 5..45));
/// assert!(forms.find("This answer. Drafted by robots.").is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Forms<K> {
    /// Every word of every group, filed under its group.
    words: Phrases<usize>,
    pending: Vec<(usize, String)>,
    groups: usize,
    forms: Vec<Form<K>>,
    /// Forms by the group they begin with.
    beginnings: FxHashMap<usize, Vec<usize>>,
}

/// One construction.
#[derive(Clone, Debug)]
struct Form<K> {
    key: K,
    begins: bool,
    ends: bool,
    steps: Vec<Step>,
}

/// A word of a form.
#[derive(Clone, Copy, Debug)]
struct Step {
    group: usize,
    /// What may stand before it, in bytes; none for marks and spaces only.
    gap: Option<usize>,
}

impl<K> Default for Forms<K> {
    fn default() -> Self {
        Self { words: Phrases::new([]), pending: Vec::new(), groups: 0, forms: Vec::new(), beginnings: FxHashMap::default() }
    }
}

impl<K: Copy> Forms<K> {
    /// Makes the words findable: to be called once all languages are added.
    #[must_use]
    pub fn ready(mut self) -> Self {
        self.words = Phrases::new(self.pending.iter().map(|(group, word)| (*group, word.as_str())));
        self.pending.clear();
        self
    }

    /// Adds the forms of one language with their groups of words; groups nobody defined match nothing.
    pub fn add<'a, W: Iterator<Item = &'a str>>(
        &mut self,
        groups: impl IntoIterator<Item = (&'a str, W)>,
        forms: impl IntoIterator<Item = (K, &'a str)>,
    ) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (name, words) in groups {
            let group = *known.entry(format!("<{name}>")).or_insert_with(|| fresh(&mut self.groups));
            self.pending.extend(words.flat_map(choices).map(|word| (group, word)));
        }
        for (key, form) in forms {
            for variant in variants(form) {
                self.add_form(key, &variant, &mut known);
            }
        }
    }

    fn add_form(&mut self, key: K, form: &[&str], known: &mut BTreeMap<String, usize>) {
        let (mut begins, mut ends, mut gap) = (false, false, None);
        let mut steps = Vec::new();
        for part in form {
            match *part {
                "^" => begins = true,
                "$" => ends = true,
                "~" => gap = Some(NEAR),
                ".." => gap = Some(FAR),
                word => {
                    let group = *known.entry(word.to_owned()).or_insert_with(|| {
                        let group = fresh(&mut self.groups);
                        self.pending.extend(words_of(word).into_iter().map(|word| (group, word)));
                        group
                    });
                    steps.push(Step { group, gap: gap.take() });
                }
            }
        }
        if let Some(first) = steps.first() {
            self.beginnings.entry(first.group).or_default().push(self.forms.len());
            self.forms.push(Form { key, begins, ends, steps });
        }
    }

    /// Every form in `text`, in order of their beginnings.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let mut words = self.words.find(text);
        words.truncate(WORDS);
        words.sort_by_key(|word| (word.range.start, word.range.end));
        let mut search = Search { text, words: &words, failed: FxHashSet::default() };
        let mut hits = Vec::new();
        for word in &words {
            for form in self.beginnings.get(&word.key).into_iter().flatten() {
                let Some(construction) = self.forms.get(*form) else { continue };
                if construction.begins && !search.begins(word.range.start) {
                    continue;
                }
                let end = search.follow(*form, construction, 1, word.range.end);
                hits.extend(end.map(|end| Hit { key: construction.key, range: word.range.start..end }));
            }
        }
        hits
    }
}

/// The next free group.
fn fresh(groups: &mut usize) -> usize {
    *groups += 1;
    *groups
}

/// Every way to read a form: with and without each of its optional words.
fn variants(form: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for part in parts(form) {
        let needed = part.strip_suffix('?');
        if needed.is_some() && all.len() < VARIANTS {
            let without = all.clone();
            all.iter_mut().for_each(|parts| parts.push(needed.unwrap_or(part)));
            all.extend(without);
        } else {
            all.iter_mut().for_each(|parts| parts.push(needed.unwrap_or(part)));
        }
    }
    all
}

/// Every word a part of a form may stand for.
fn words_of(part: &str) -> Vec<String> {
    let alone = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')).filter(|part| !part.contains(['(', '|']));
    alone.map_or_else(|| choices(part), |word| vec![word.to_owned()])
}

/// The parts of a form: what spaces set apart, but for those within a choice.
fn parts(form: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let space = move |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ' ' && depth <= 0
    };
    form.split(space).filter(|part| !part.is_empty())
}

/// A look for forms in one text.
struct Search<'a> {
    text: &'a str,
    words: &'a [Hit<usize>],
    /// Places from which a form is known not to go on: form, step, where in the text.
    failed: FxHashSet<(usize, usize, usize)>,
}

impl Search<'_> {
    /// Where `form` ends when its words from `step` on follow what ends at `from`.
    fn follow<K>(&mut self, index: usize, form: &Form<K>, step: usize, from: usize) -> Option<usize> {
        let Some(next) = form.steps.get(step) else { return (!form.ends || self.ends(from)).then_some(from) };
        if self.failed.contains(&(index, step, from)) {
            return None;
        }
        let words = self.words;
        let first = words.partition_point(|word| word.range.start < from);
        let reach = from + next.gap.unwrap_or(NEAR);
        for word in words.iter().skip(first).take_while(|word| word.range.start <= reach) {
            if word.key != next.group || !self.passes(from..word.range.start, next.gap.is_some()) {
                continue;
            }
            if let Some(end) = self.follow(index, form, step + 1, word.range.end) {
                return Some(end);
            }
        }
        self.failed.insert((index, step, from));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(form: &str, text: &str) -> bool {
        let mut forms = Forms::default();
        let groups = [("who", ["bots", "agents"]), ("may", ["may", "can"])];
        forms.add(groups.iter().map(|(name, words)| (*name, words.iter().copied())), [((), form)]);
        !forms.ready().find(text).is_empty()
    }

    #[test]
    fn words_follow_each_other() {
        assert!(found("<who> <may> answer", "Bots may answer."));
        assert!(!found("<who> <may> answer", "Bots really may answer."));
        assert!(found("<who> ~ <may> answer", "Bots really may answer."));
        assert!(found("<who> .. answer", "agents, if they are quick enough for once, answer"));
        assert!(!found("<who> .. answer", "Look, bots! Who can answer?"));
        assert!(found("<who> <may>? answer", "bots answer") && found("<who> <may>? answer", "bots can answer"));
        assert!(!found("<whom> answer", "bots answer"));
    }

    #[test]
    fn ends_are_ends_of_sentences() {
        assert!(found("^ <who> $", "Yes. Bots! Really.") && found("^ <who> $", "so (agents) it is"));
        assert!(!found("^ <who> $", "no bots") && !found("^ <who> $", "bots no"));
    }

    #[test]
    fn many_words_stay_cheap() {
        let text = "bots may ".repeat(2_000);
        assert!(!found("<who> .. <may> .. <who> .. <may> .. <who> .. nothing", &text));
    }
}

//! Gathers the constructions of several languages, from which [`Forms`] are made.

use super::{
    Forms, Phrases, choices,
    forms::{Form, Gap, Step},
};
use std::collections::BTreeMap;

/// Forms a form may stand for because of its optional words, at most.
const VARIANTS: usize = 64;

/// The constructions of several languages, each filed under a key.
///
/// A form is written as words: `<group>` is a word of that group, `(a|b c)` one of these, anything else stands for itself, and
/// what ends in `?` may be missing;
/// `~` passes over a few words, `..` over many, `^` is the start of a sentence, line or bracket and `$` its end. No form reaches
/// beyond its sentence.
///
/// ```
/// use countersign::text::Grammar;
/// let mut grammar = Grammar::default();
/// let groups = [("text", vec!["answer", "post"]), ("made", vec!["written", "drafted"])];
/// grammar.add(groups.iter().map(|(name, words)| (*name, words.iter().copied())), [("made-by", "this <text> ~ <made> by robots")]);
/// let forms = grammar.forms();
/// let hits = forms.find("Yes. This answer was mostly drafted by robots.");
/// assert_eq!((hits[0].key, hits[0].range.clone()), ("made-by", 5..45));
/// assert!(forms.find("This answer. Drafted by robots.").is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Grammar<K> {
    /// Words of groups.
    words: Vec<(u16, String)>,
    /// The last group.
    groups: u16,
    forms: Vec<Form<K>>,
}

impl<K> Default for Grammar<K> {
    fn default() -> Self {
        Self { words: Vec::new(), groups: 0, forms: Vec::new() }
    }
}

impl<K: Copy + PartialEq> Grammar<K> {
    /// Adds the forms of one language with their groups of words; groups nobody defined match nothing.
    pub fn add<'a, W: Iterator<Item = &'a str>>(
        &mut self,
        groups: impl IntoIterator<Item = (&'a str, W)>,
        forms: impl IntoIterator<Item = (K, &'a str)>,
    ) {
        let mut known: BTreeMap<String, u16> = BTreeMap::new();
        for (name, words) in groups {
            let group = *known.entry(format!("<{name}>")).or_insert_with(|| fresh(&mut self.groups));
            self.words.extend(words.flat_map(choices).map(|word| (group, word)));
        }
        for (key, form) in forms {
            for variant in variants(form) {
                self.add_form(key, &variant, &mut known);
            }
        }
    }

    fn add_form(&mut self, key: K, form: &[&str], known: &mut BTreeMap<String, u16>) {
        let (mut begins, mut ends, mut gap) = (false, false, None);
        let mut steps = Vec::new();
        for part in form {
            match *part {
                "^" => begins = true,
                "$" => ends = true,
                "~" => gap = Some(Gap::Near),
                ".." => gap = Some(Gap::Far),
                word => {
                    let group = *known.entry(word.to_owned()).or_insert_with(|| {
                        let group = fresh(&mut self.groups);
                        self.words.extend(words_of(word).into_iter().map(|word| (group, word)));
                        group
                    });
                    steps.push(Step { group, gap: gap.take() });
                }
            }
        }
        if !steps.is_empty() {
            self.forms.push(Form { key, begins, ends, steps });
        }
    }

    /// The forms, ready to be looked for.
    #[must_use]
    pub fn forms(self) -> Forms<'static, K> {
        let words = Phrases::new(self.words.iter().map(|(group, word)| (*group, word.as_str())));
        Forms::of(words, self.groups, self.forms)
    }
}

/// The next free group.
fn fresh(groups: &mut u16) -> u16 {
    *groups = groups.saturating_add(1);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(form: &str, text: &str) -> bool {
        let mut forms = Grammar::default();
        let groups = [("who", ["bots", "agents"]), ("may", ["may", "can"])];
        forms.add(groups.iter().map(|(name, words)| (*name, words.iter().copied())), [((), form)]);
        !forms.forms().find(text).is_empty()
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

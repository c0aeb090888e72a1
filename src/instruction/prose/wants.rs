//! Reads what somebody is to have, be or be able to do, where no verb tells anybody to see to it: `Kim should have the same
//! role`, `make sure she can approve orders`, `the folder must belong to Ada`.
//!
//! No list of verbs is needed: who, what kind of right, and a word that obliges or asks are. The form is that of any sentence
//! about how things should be, so it takes more to be a request: somebody who asks, in the words around (`stance` looks for
//! them).

use super::clause::{Clause, is_object, is_recipient};
use crate::instruction::language::{Class, Cue, Gap, Mark, Passage, Sentence, TABLE};
use std::ops::Range;

/// Words between what obliges and what it obliges to.
const NEAR: usize = 4;
/// Words of a clause, at most, before and after what obliges.
const REACH: usize = 18;
/// Words of a right that is named before who gets it: `the same rights as …`.
const SHORT: usize = 3;

/// Words before a sentence in which whoever it is about may be named.
const DISTANT: usize = 60;

/// Objects that somebody has, more or less of which is a change of access.
const HELD: [&str; 9] = ["superuser", "admin-role", "role", "permission", "access", "bare-right", "secret", "group", "account"];
/// Those that nothing else is called by.
const RIGHTS: [&str; 6] = ["superuser", "admin-role", "role", "permission", "access", "bare-right"];

/// A sentence, and what in it asks.
#[derive(Clone, Debug)]
struct Wish<'a> {
    passage: &'a Passage,
    words: Range<usize>,
}

/// What `sentence` says somebody is to have, be or be able to do.
pub(super) fn read(passage: &Passage, sentence: &Sentence) -> Option<Clause> {
    let wish = Wish { passage, words: sentence.words.clone() };
    let any = |class| passage.find_class(&sentence.words, class).is_some();
    let suggests = passage.has(&sentence.words, Cue::Suggest);
    let asks = suggests || any(Class::Obliges) || any(Class::Polite) || any(Class::Ensures);
    let wonders = any(Class::Wonders) || passage.has(&sentence.words, Cue::Explain) && !any(Class::Obliges);
    let quoted = passage.words.get(sentence.words.start).is_some_and(|word| word.quoted);
    if !asks || wonders || quoted || (sentence.end == Gap::Question && !suggests) {
        return None;
    }
    wish.words.clone().find_map(|place| wish.at(place)).or_else(|| wish.like())
}

impl Wish<'_> {
    /// What the word at `place` obliges to, or lets somebody do.
    fn at(&self, place: usize) -> Option<Clause> {
        let obliges = self.passage.is_class(place, Class::Obliges);
        let lets = self.passage.is_class(place, Class::Ability);
        // What is quoted is somebody else's wish, or a name.
        if self.passage.words.get(place).is_some_and(|word| word.quoted) || (!obliges && !lets) {
            return None;
        }
        let (before, after) = self.around(place);
        if self.passage.mark_at(before.start).is_some_and(|mark| self.passage.is(mark, Cue::Condition)) {
            return None;
        }
        let near = place..after.end.min(place + 1 + NEAR);
        self.able(&before, &after, place)
            .or_else(|| self.belongs(&before, &after).filter(|_| obliges))
            .or_else(|| if obliges { self.joins(&before, &near, &after).or_else(|| self.has(&before, &near, &after)) } else { None })
    }

    /// The words of the clause before and after the one at `place`.
    fn around(&self, place: usize) -> (Range<usize>, Range<usize>) {
        let parted = |place: usize| self.passage.gap(place) >= Gap::Bracket;
        let floor = self.words.start.max(place.saturating_sub(REACH));
        let start = (floor + 1..=place).rev().find(|place| parted(*place)).unwrap_or(floor);
        let until = self.words.end.min(place + REACH);
        let end = (place + 1..until).find(|place| parted(*place) && !self.passage.is_label(*place)).unwrap_or(until);
        (start..place, place + 1..end)
    }

    /// `she ‹can› approve …`; where verbs close, `sie … freigeben ‹können›`.
    fn able(&self, before: &Range<usize>, after: &Range<usize>, place: usize) -> Option<Clause> {
        let lets = self.passage.is_class(place, Class::Ability);
        let near = after.start..after.end.min(after.start + NEAR);
        let acts = |words: &Range<usize>| self.passage.find_class(words, Class::Acts);
        let act = if lets { acts(&near).or_else(|| acts(before)) } else { None }?;
        // Where verbs close, what obliges stands farther off: `soll … freigeben ‹können›`.
        let closes = before.contains(&act) && self.passage.find_class(before, Class::Obliges).is_some();
        let obliged = closes || (place.saturating_sub(SHORT)..=place).any(|place| self.passage.is_class(place, Class::Obliges));
        let who = self.person(before).filter(|_| !self.is_self(before) && (obliged || self.begs()))?;
        let denied = self.denies(&(place.saturating_sub(1)..act)) || self.passage.is_class(place, Class::Denying);
        self.clause(if denied { "restrict" } else { "allow" }, TABLE.named("capability"), Some(who), before.start..after.end)
    }

    fn belongs(&self, before: &Range<usize>, after: &Range<usize>) -> Option<Clause> {
        self.passage.find_class(after, Class::Belonging)?;
        let named = before.clone().any(|place| self.passage.is_label(place));
        let thing = named || self.held(before, &["resource", "group", "account"]).is_some();
        self.clause("transfer", TABLE.named("ownership").filter(|_| thing), self.person(after), before.start..after.end)
    }

    /// `she ‹goes› into the on-call group`.
    fn joins(&self, before: &Range<usize>, near: &Range<usize>, after: &Range<usize>) -> Option<Clause> {
        self.passage.find_class(near, Class::Joining)?;
        let group = self.held(after, &["group", "role", "admin-role", "superuser"]);
        let label = after.clone().any(|place| self.passage.is_label(place));
        let leads = after.clone().find(|place| self.passage.mark_at(*place).is_some_and(|mark| self.passage.is(mark, Cue::Into)));
        leads.filter(|place| place.saturating_sub(near.start) <= NEAR && (label || group.is_some()))?;
        let who = self.person(before).filter(|_| !self.is_self(before))?;
        let verb = if self.denies(near) { "remove" } else { "add" };
        let object = if label { TABLE.named("named") } else { group };
        self.clause(verb, object, Some(who), before.start..after.end)
    }

    /// `she ‹should› have …`, `he ‹needs› …`.
    fn has(&self, before: &Range<usize>, near: &Range<usize>, after: &Range<usize>) -> Option<Clause> {
        if let Some(becomes) = self.becomes(before, near, after) {
            return Some(becomes);
        }
        let closes = after.end.checked_sub(1).is_some_and(|last| self.passage.is_class(last, Class::Having));
        if !closes && self.passage.find_class(near, Class::Having).is_none() {
            return None;
        }
        // `we need to …` needs nothing yet.
        if near.len() > 1 && self.passage.is_class(near.start, Class::Having) && self.passage.is_class(near.start + 1, Class::Toward) {
            return None;
        }
        let own = self.is_self(before);
        let label = !own && after.clone().any(|place| self.passage.is_label(place));
        let object = self.held(after, if own { &RIGHTS } else { &HELD }).or_else(|| TABLE.named("named").filter(|_| label));
        let verb = if self.denies(near) || self.denies(after) { "remove" } else { "give" };
        self.clause(verb, object, Some(self.person(before)?), before.start..after.end)
    }

    /// `she should ‹be› an approver`.
    fn becomes(&self, before: &Range<usize>, near: &Range<usize>, after: &Range<usize>) -> Option<Clause> {
        self.passage.find_class(near, Class::Becoming)?;
        let titled = || TABLE.named("role").filter(|_| self.passage.find_class(after, Class::Titles).is_some());
        let role = self.held(after, &["superuser", "admin-role", "role"]).or_else(titled);
        let who = self.person(before).filter(|_| !self.is_self(before))?;
        self.clause(if self.denies(near) { "remove" } else { "give" }, role, Some(who), before.start..after.end)
    }

    /// What somebody else has already: `the same groups as Jonas`.
    fn like(&self) -> Option<Clause> {
        let same = self.passage.find_class(&self.words, Class::Same)?;
        let near = same..self.words.end.min(same + 1 + SHORT);
        let object = self.held(&near, &HELD)?;
        let who = self.person(&(self.words.start.saturating_sub(DISTANT)..self.words.end))?;
        self.clause("give", TABLE.named("bare-right").or(Some(object)), Some(who), self.words.clone())
    }

    /// Whether the sentence asks somebody, whatever it says is to be.
    fn begs(&self) -> bool {
        self.begs_by_verb() || self.passage.find_class(&self.words, Class::Polite).is_some()
    }

    /// Whether it does so by more than `please`.
    fn begs_by_verb(&self) -> bool {
        self.passage.has(&self.words, Cue::Suggest) || self.passage.find_class(&self.words, Class::Ensures).is_some()
    }

    fn denies(&self, words: &Range<usize>) -> bool {
        self.passage.find_class(words, Class::Denying).is_some()
    }

    fn is_self(&self, words: &Range<usize>) -> bool {
        self.passage.find_class(words, Class::Selves).is_some()
    }

    /// Who is meant by `words`: somebody the lexicons know, a pronoun for one, a name, or every one of some.
    fn person(&self, words: &Range<usize>) -> Option<u16> {
        let passage = self.passage;
        let known = passage.marks_in(words).iter().rev().flat_map(|mark| passage.senses(mark)).find_map(is_recipient);
        let stands = |place: usize| {
            [Class::Persons, Class::Selves, Class::Every].into_iter().any(|class| passage.is_class(place, class))
                || passage.is_name(place)
                || opens_as_name(passage, place)
        };
        known.or_else(|| words.clone().any(stands).then(|| TABLE.named("person")).flatten())
    }

    fn held(&self, words: &Range<usize>, names: &[&str]) -> Option<u16> {
        let whole = |mark: &&Mark| !self.passage.is_modifier(mark);
        let objects = self.passage.marks_in(words).iter().filter(whole).flat_map(|mark| self.passage.senses(mark)).filter_map(is_object);
        objects.filter(|concept| names.contains(&TABLE.concept(*concept))).min_by_key(|concept| TABLE.rank(*concept))
    }

    #[allow(clippy::unused_self)] // reads as the others do
    fn clause(&self, verb: &'static str, object: Option<u16>, recipient: Option<u16>, words: Range<usize>) -> Option<Clause> {
        object.map(|object| Clause { words, verb, object: Some(object), recipient, scope: None, tacit: true })
    }
}

/// Whether an unknown capitalised word heads its sentence: `‹Marisol› should …`.
fn opens_as_name(passage: &Passage, place: usize) -> bool {
    let word = passage.words.get(place);
    let opens = place == 0 || word.is_some_and(|word| word.gap >= Gap::Colon);
    opens && word.is_some_and(|word| word.capital && TABLE.everyday(word) == 0) && passage.mark_at(place).is_none()
}

/// What is asked for without any verb: `read access for the interns too, please`.
pub(super) fn nominal(passage: &Passage, sentence: &Sentence) -> Option<Clause> {
    let words = sentence.words.clone();
    let wish = Wish { passage, words: words.clone() };
    if words.len() > REACH || sentence.end == Gap::Question || passage.find_class(&words, Class::Polite).is_none() {
        return None;
    }
    let states = words.clone().any(|place| passage.is_class(place, Class::States));
    let toward = passage.find_class(&words, Class::Toward)?;
    let (before, after) = wish.around(toward);
    let object = wish.held(&before, &HELD)?;
    let recipient = wish.person(&after)?;
    let lead = passage.marks_in(&words).first().is_some_and(|mark| mark.first <= words.start + NEAR);
    if lead && !states { wish.clause("give", Some(object), Some(recipient), words) } else { None }
}

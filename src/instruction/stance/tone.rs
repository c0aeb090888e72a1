//! How one sentence stands to an instruction in it, before it or after it.

use crate::instruction::{
    Stance,
    language::{Class, Cue, Form, Gap, Mark, Order, Passage, Sense, Sentence, TABLE},
};
use std::ops::Range;

/// Words between `not` and what it negates.
const NEAR: usize = 1;
/// Words between `never` and an instruction it governs without a verb that is known.
const OPEN: usize = 4;

/// Words, at most, of a sentence that only says no: `Under no circumstances.`
const CURT: usize = 4;

/// Words, at most, of a sentence that names what stands beside it: `A slide from the training.`
const SHORT: usize = 8;

/// Words from a verb to the `nobody` that it is denied to.
const NOBODY: usize = 4;

/// What the words read so far amount to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tone {
    /// The stance so far.
    stance: Option<Stance>,
    /// Where a prohibition ended that has found no verb yet.
    prohibits: Option<usize>,
    /// Whether an aside interrupted it: `never, under any circumstances, …`.
    interrupted: bool,
    /// Where a bare negation ended.
    negates: Option<usize>,
    /// What governs the verbs of this clause.
    governs: Option<Stance>,
    /// Whether that names a record or a sample, which reaches past a colon.
    frames: bool,
    /// Whether it asks somebody for something, or suggests it.
    suggests: bool,
    /// Whether it asks about something.
    asks: bool,
    /// Whether the stance comes from a verb at the head of its clause.
    firm: bool,
    /// What was said to be shown before a `but`.
    shown: Option<Stance>,
}

impl Tone {
    /// The stance of `sentence` to the instruction at `place` in it; `directive` when its words are the instruction.
    pub fn of(passage: &Passage, sentence: &Sentence, place: Range<usize>, directive: bool) -> Option<Stance> {
        let mut tone = Self::default();
        let verb_first = passage.mark_at(place.start).is_some_and(|mark| tells(passage, mark));
        let until = if directive && !verb_first { place.end } else { place.start };
        tone.read(passage, sentence, sentence.words.start..place.start);
        // A path through menus has no verb that a `don't go to` before it could take.
        if directive && !verb_first && tone.prohibits.is_some_and(|end| place.start.saturating_sub(end) <= NEAR + 1) {
            return Some(Stance::Warns);
        }
        tone.read(passage, sentence, place.start..until);
        if directive && verb_first {
            tone.tell(passage, place.start);
            tone.suggests |= passage.mark_at(place.start).is_some_and(|mark| passage.is(mark, Cue::Suggest));
            // Where the verb comes first, what denies it follows: `Zet de firewall niet uit`.
            let denied = passage.language != TABLE.fallback() && passage.has(&(place.start + 1..place.end), Cue::Prohibit);
            if denied || passage.has(&(place.start + 1..place.end.min(place.start + NOBODY)), Cue::Nobody) {
                return Some(Stance::Warns);
            }
        }
        if directive && tone.stance == Some(Stance::Warns) {
            return tone.stance;
        }
        let rest = place.end..sentence.words.end;
        if TABLE.order(passage.language) == Order::Tail && tone.stance != Some(Stance::Warns) && passage.has(&rest, Cue::Suggest) {
            tone = Self { stance: Some(Stance::Advises), suggests: true, ..tone };
        }
        let before = tone.settle(until);
        let own = if before == Some(Stance::Warns) { before } else { after(passage, rest, before, place.start == sentence.words.start) };
        tone.question(passage, sentence, until, own)
    }

    /// The stance of `sentence` to what follows it.
    fn ahead(passage: &Passage, sentence: &Sentence) -> Option<Stance> {
        let mut tone = Self::default();
        tone.read(passage, sentence, sentence.words.clone());
        let stance = tone.settle(sentence.words.end);
        tone.question(passage, sentence, sentence.words.end, stance)
    }

    fn read(&mut self, passage: &Passage, sentence: &Sentence, words: Range<usize>) {
        let mut place = words.start;
        while place < words.end {
            let gap = passage.gap(place);
            if place > sentence.words.start && gap >= Gap::Comma && gap != Gap::Arrow {
                self.part(place, gap);
            }
            let Some(mark) = passage.mark_at(place).filter(|mark| mark.end <= words.end) else {
                place += 1;
                continue;
            };
            self.hear(passage, sentence, mark);
            place = mark.end;
        }
    }

    /// A comma or more: what governed the clause before governs no more.
    fn part(&mut self, place: usize, gap: Gap) {
        match self.prohibits {
            Some(end) if place == end => self.interrupted = true,
            Some(_) if !self.interrupted => self.prohibits = None,
            _ => {}
        }
        self.negates = None;
        if !(self.frames && gap == Gap::Colon) {
            self.governs = None;
        }
    }

    fn hear(&mut self, passage: &Passage, sentence: &Sentence, mark: &Mark) {
        let is = |cue| passage.is(mark, cue);
        if is(Cue::Contrast) {
            let shown = self.stance.filter(|stance| *stance == Stance::Quotes);
            *self = Self { asks: self.asks, shown, ..Self::default() };
        } else if is(Cue::Suggest) {
            *self = Self { stance: Some(Stance::Advises), suggests: true, ..Self::default() };
        } else if is(Cue::Prohibit) {
            (self.prohibits, self.interrupted) = (Some(mark.end), false);
        } else if is(Cue::Warn) {
            self.govern(Stance::Warns, false);
        } else if is(Cue::Not) {
            self.negates = Some(mark.end);
        } else if is(Cue::Success) {
            let holds = !self.negated(mark.first);
            *self = Self { stance: Some(if holds { Stance::Advises } else { Stance::Reports }), asks: self.asks, ..Self::default() };
        } else if is(Cue::Record) || is(Cue::Report) {
            self.govern(Stance::Reports, is(Cue::Record));
        } else if is(Cue::Sample) || is(Cue::Suppose) {
            self.govern(Stance::Quotes, true);
        } else if is(Cue::Ask) && !self.suggests && (sentence.end == Gap::Question || mark.first == sentence.words.start) {
            self.asks = true;
            self.govern(Stance::Asks, false);
        } else if is(Cue::Endorse) || (tells(passage, mark) && !is(Cue::Neutral) && !is_noun(passage, mark)) {
            self.tell(passage, mark.first);
        } else if is(Cue::Ahead) && self.prohibits.is_some() {
            self.stance = Some(Stance::Warns);
        }
    }

    fn govern(&mut self, stance: Stance, frames: bool) {
        if self.firm && self.stance == Some(Stance::Advises) && matches!(stance, Stance::Reports | Stance::Quotes) {
            return;
        }
        self.stance = Some(stance);
        self.governs = Some(stance);
        self.frames = frames;
    }

    /// A verb at `place` tells to do something, unless what came before says otherwise.
    fn tell(&mut self, passage: &Passage, place: usize) {
        self.firm =
            place == 0 || passage.gap(place) >= Gap::Comma || passage.mark_before(place).is_some_and(|mark| passage.is(mark, Cue::Lead));
        let stance = if self.prohibits.is_some() || self.negated(place) { Stance::Warns } else { self.governs.unwrap_or(Stance::Advises) };
        self.stance = Some(stance);
    }

    fn negated(&self, place: usize) -> bool {
        self.negates.is_some_and(|end| place.saturating_sub(end) <= NEAR)
    }

    /// The stance to something at `place`, right after the words read.
    fn settle(&self, place: usize) -> Option<Stance> {
        let prohibited = self.prohibits.is_some_and(|end| place.saturating_sub(end) <= OPEN);
        if prohibited || self.negated(place) { Some(Stance::Warns) } else { self.stance.or(self.shown) }
    }

    fn question(&self, passage: &Passage, sentence: &Sentence, place: usize, stance: Option<Stance>) -> Option<Stance> {
        if sentence.end != Gap::Question || self.suggests || stance == Some(Stance::Warns) {
            return stance;
        }
        let said = sentence.words.start..place.max(sentence.words.start);
        let hedged = !self.asks && (passage.has(&said, Cue::Lead) || passage.has(&said, Cue::Endorse));
        if hedged { stance } else { Some(Stance::Asks) }
    }
}

/// Whether a word that may tell is a noun here: `this block`.
fn is_noun(passage: &Passage, mark: &Mark) -> bool {
    let determined = mark.first.checked_sub(1).is_some_and(|place| passage.is_class(place, Class::Determiners));
    determined && passage.gap(mark.first) == Gap::None && TABLE.order(passage.language) == Order::Head
}

fn tells(passage: &Passage, mark: &Mark) -> bool {
    passage.senses(mark).any(|sense| matches!(sense, Sense::Verb(_, Form::Tell | Form::Closing)))
}

/// What the words after an instruction in its own sentence make of `before`, the stance of the words before it.
fn after(passage: &Passage, rest: Range<usize>, before: Option<Stance>, subject: bool) -> Option<Stance> {
    if passage.has(&rest, Cue::Success) {
        return Some(Stance::Advises);
    }
    let forbids = TABLE.order(passage.language) == Order::Tail && passage.has(&rest, Cue::Prohibit);
    if forbids || passage.has(&rest, Cue::Warn) {
        return Some(Stance::Warns);
    }
    let near = rest.start..rest.end.min(rest.start + 3);
    let speaks = |mark: &&Mark| {
        passage.senses(mark).any(|sense| matches!(sense, Sense::Cue(cue) if !matches!(cue, Cue::Gate | Cue::Step | Cue::Into)))
    };
    let first =
        passage.marks_in(&near).iter().find(speaks).filter(|mark| (rest.start..=mark.first).all(|place| passage.gap(place) <= Gap::Comma));
    let Some(first) = first else { return before };
    let joined = (rest.start..=first.first).all(|place| passage.gap(place) <= Gap::Line);
    if joined && passage.is(first, Cue::Failure) || passage.is(first, Cue::Report) {
        return before.filter(|stance| *stance == Stance::Advises).or(Some(Stance::Reports));
    }
    if passage.is(first, Cue::Prohibit) {
        return Some(Stance::Warns);
    }
    let goes_on = passage.is(first, Cue::Lead) || passage.is(first, Cue::Endorse);
    if subject && goes_on && !passage.has(&rest, Cue::Failure) {
        return before.or(Some(Stance::Advises));
    }
    let explains = subject && passage.is(first, Cue::Explain) && !passage.has(&rest, Cue::Reader);
    if explains { before.or(Some(Stance::Reports)) } else { before }
}

/// The stance of the sentence that leads up to an instruction.
pub(super) fn of_lead(passage: &Passage, sentence: &Sentence) -> Option<Stance> {
    Tone::ahead(passage, sentence)
}

/// What an earlier sentence still says of an instruction: that it is a record, a sample, or asked about.
pub(super) fn of_frame(passage: &Passage, sentence: &Sentence, directive: bool) -> Option<Stance> {
    let has = |cue| passage.has(&sentence.words, cue);
    let points = has(Cue::Pointer);
    match Tone::ahead(passage, sentence)? {
        Stance::Reports if has(Cue::Record) || (points && !directive) => Some(Stance::Reports),
        Stance::Quotes if points || !directive || has(Cue::Suppose) || sentence.words.len() <= SHORT => Some(Stance::Quotes),
        Stance::Asks if (points || has(Cue::Ask)) && sentence.end == Gap::Question => Some(Stance::Asks),
        // `Don't do that.` looks back at what others said, not ahead at what the writer tells.
        Stance::Warns if points && (!directive || has(Cue::Ahead)) => Some(Stance::Warns),
        _ => None,
    }
}

/// Whether `sentence` shows that what stands beside it is not meant.
pub(super) fn jokes(passage: &Passage, sentence: &Sentence) -> bool {
    passage.has(&sentence.words, Cue::Joke)
}

/// Whether the sentence after an instruction says that it worked.
pub(super) fn confirms(passage: &Passage, sentence: &Sentence) -> bool {
    passage.has(&sentence.words, Cue::Success) && Tone::ahead(passage, sentence) == Some(Stance::Advises)
}

/// What the sentence after an instruction says of it.
pub(super) fn of_sequel(passage: &Passage, sentence: &Sentence) -> Option<Stance> {
    let has = |cue| passage.has(&sentence.words, cue);
    let (points, tone) = (has(Cue::Pointer), Tone::ahead(passage, sentence));
    match tone {
        Some(Stance::Asks) => tone,
        Some(Stance::Warns) if points || has(Cue::Warn) || sentence.words.len() <= CURT => tone,
        Some(Stance::Advises) if has(Cue::Success) || points => tone,
        _ if has(Cue::Failure) => Some(Stance::Reports),
        Some(Stance::Reports | Stance::Quotes) if points || has(Cue::Record) => tone,
        // What tells to do something else is not about it: `Take a screenshot.`
        Some(Stance::Quotes)
            if sentence.words.len() <= SHORT && !passage.mark_at(sentence.words.start).is_some_and(|mark| tells(passage, mark)) =>
        {
            tone
        }
        _ => None,
    }
}

/// What a comment on the lines right above an instruction in code, or on its own line, says of it; output that refuses
/// it on the line below counts as a report.
pub(super) fn of_comment(above: &str, below: &str) -> Option<Stance> {
    let mut lines = below.lines();
    let trailing = lines.next().and_then(|line| line.split_once(['#', ';']).or_else(|| line.split_once("//"))).map(|(_, comment)| comment);
    let mut lines_above = above.lines().rev();
    let begun = if above.ends_with('\n') { None } else { lines_above.next() };
    let leading =
        lines_above.map(str::trim).take_while(|line| line.starts_with(['#', ';']) || line.starts_with("//") || line.starts_with("--"));
    let forbids = |comment: &str| {
        let passage = Passage::plain(comment);
        let tone = passage.sentences().last().and_then(|sentence| Tone::ahead(&passage, sentence));
        tone.filter(|stance| *stance == Stance::Warns)
    };
    let comment = trailing.and_then(forbids).or_else(|| leading.take(3).find_map(forbids));
    comment.or_else(|| lines.next().filter(|_| begun.is_none_or(|prompt| prompt.trim().len() < 3)).and_then(refuses))
}

fn refuses(output: &str) -> Option<Stance> {
    let passage = Passage::plain(output);
    let words = 0..passage.words.len();
    passage.has(&words, Cue::Failure).then_some(Stance::Reports)
}

//! What a telling verb acts on: the object, who gains or loses by it, and how far the clause reaches.

use super::{steps::Step, told::Told};
use crate::instruction::language::{Class, Cue, Form, Gap, Mark, Order, Passage, Sense, Sentence, TABLE};
use std::ops::Range;

/// Words a clause may have after its verb.
const REACH: usize = 18;
/// Words in brackets that a clause goes on after.
const ASIDE: usize = 3;

/// The rank of the last object concept that is a control.
const CONTROLS: usize = 1;

/// Words before `do it` in which what it means may stand.
const DISTANT: usize = 60;

/// Words of `‹Kim› to` in `add Kim to the team`, where a name says who joins.
const NAME: usize = 2;

/// The concept of verbs by which somebody joins something.
const ADD: &str = "add";

/// The concept of verbs by which somebody joins what is named right after: `add to group "editors"`.
const JOIN: &str = "join";

/// The concept of modes that let everyone write.
const MODE: &str = "world-mode";

/// Words of a verb that holds its `it`: `turn it off`.
const FUSED: usize = 3;

/// A verb with what it acts on.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Its words, as places in the passage.
    pub words: Range<usize>,
    /// The verb concept's name.
    pub verb: &'static str,
    /// The object concept.
    pub object: Option<u16>,
    /// The recipient concept.
    pub recipient: Option<u16>,
    /// What it is done to, as bytes of the content: the first code in the clause.
    pub scope: Option<Range<usize>>,
    /// Whether it takes somebody who asks to make a request of it.
    pub tacit: bool,
}

impl From<Step> for Clause {
    fn from(Step { words, verb, object, recipient }: Step) -> Self {
        Self { words, verb, object, recipient, scope: None, tacit: false }
    }
}

/// The clause of `verb` in `sentence`; none when nothing in it is about access.
pub(super) fn around(passage: &Passage, sentence: &Sentence, verb: &Told) -> Option<Clause> {
    let reach = reach(passage, sentence, verb);
    let recipient = gains(passage, &reach, verb).or_else(|| asker(passage, sentence, verb)).or_else(|| plain(passage, &reach, verb));
    let names = TABLE.concept(verb.concept) == JOIN;
    let scope = reach.clone().filter_map(|place| passage.words.get(place)).find(|word| word.code || names && word.quoted);
    let scope = scope.map(|word| word.start..word.end);
    let distant = pointed(passage, &reach, verb).filter(|_| is_fused(verb));
    let object = distant.or_else(|| object(passage, &reach, verb)).or_else(|| {
        let switches = scope.is_some() || matches!(TABLE.concept(verb.concept), "set" | "enable" | "disable" | "allow");
        let menus = passage.has(&sentence.words, Cue::Menu) || sentence.words.clone().any(|place| passage.gap(place) == Gap::Arrow);
        (switches && menus).then(|| object(passage, &(sentence.words.start..reach.end), verb)).flatten()
    });
    let object = object.or_else(|| pointed(passage, &reach, verb));
    let object = object.or_else(|| recipient.and_then(|_| named(passage, &reach, verb)).filter(|_| is_introduced(passage, &reach, verb)));
    let object = object.into_iter().chain(label(passage, sentence, &reach, verb)).min_by_key(|concept| TABLE.rank(*concept));
    let object = bare_right(passage, &reach, verb).or(object).or_else(|| number(passage, &reach, verb));
    let recipient = recipient.or_else(|| joiner(passage, &reach, verb, object));
    if object.is_none() && recipient.is_none() {
        return None;
    }
    Some(Clause { words: reach.clone(), verb: concept(passage, &reach, verb), object, recipient, scope, tacit: false })
}

/// Who gains or loses. Of `add … to the team`, the team is what is joined, not who joins it.
fn gains(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let joins = TABLE.concept(verb.concept) == ADD;
    let joined = |mark: &Mark| joins && mark.first > verb.mark.end + NAME && passage.senses(mark).any(|sense| is_object(sense).is_some());
    concepts(passage, reach, verb, is_recipient).find(|(mark, _)| !joined(mark)).map(|(_, concept)| concept)
}

/// Who gains, where the lexicons know none: a name, all of some kind, or whoever `it` stands for.
fn plain(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    if !matches!(TABLE.concept(verb.concept), "give" | "add" | "make" | "allow" | "set" | "enable" | "open" | "share" | "remove" | "take") {
        return None;
    }
    let toward = |place: usize| place > reach.start && passage.is_class(place - 1, Class::Toward);
    let every = |place: usize| {
        let some = passage.is_class(place, Class::Every) && (toward(place) || place > reach.start && toward(place - 1));
        some && passage.words.get(place + 1).is_some_and(|next| next.gap == Gap::None) && passage.mark_at(place + 1).is_none()
    };
    if reach.clone().any(every) {
        return TABLE.named("organisation");
    }
    let after = verb.mark.end.max(verb.mark.first + 1);
    let direct = matches!(TABLE.concept(verb.concept), "give" | "add" | "make" | "allow" | "remove");
    let named = |place: usize| passage.is_name(place) && (direct && place == after || toward(place));
    if reach.clone().any(named) {
        return TABLE.named("person");
    }
    let points = matches!(TABLE.concept(verb.concept), "add" | "give" | "remove")
        && passage.mark_at(after).is_some_and(|mark| passage.is(mark, Cue::Pointer));
    let before = verb.mark.first.saturating_sub(DISTANT)..verb.mark.first;
    concepts(passage, &before, verb, is_recipient).map(|(_, concept)| concept).filter(|_| points).last()
}

/// The port that `allow 8443 from …` names.
fn number(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let opens = matches!(TABLE.concept(verb.concept), "allow" | "open" | "restrict" | "remove");
    let after = verb.mark.end;
    let digits = passage.words.get(after).is_some_and(|word| word.digits && word.end - word.start > 1);
    let led = after + 1 < reach.end && passage.mark_at(after + 1).is_some_and(|mark| passage.is(mark, Cue::Into));
    (opens && digits && led).then(|| TABLE.named("port")).flatten()
}

/// Who gains by words that ask and name them in one: `¿me puedes …`, `añádeme`.
fn asker(passage: &Passage, sentence: &Sentence, verb: &Told) -> Option<u16> {
    let marks = passage.marks_in(&(sentence.words.start..verb.mark.end.max(verb.mark.first + 1)));
    // `me colocar`: a pronoun right before its verb.
    let leans = |mark: &&Mark| mark.end == verb.mark.first && passage.language != TABLE.fallback();
    let fused = marks.iter().filter(|mark| mark.first == verb.mark.first || passage.is(mark, Cue::Suggest) || leans(mark));
    fused.flat_map(|mark| passage.senses(mark).filter_map(is_recipient)).next()
}

/// The control that `remove it`, `turn it off` mean: the last one named before, in this sentence or right before it.
fn pointed(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let points = is_fused(verb) || passage.mark_at(verb.mark.end).is_some_and(|mark| passage.is(mark, Cue::Pointer));
    let before = verb.mark.first.saturating_sub(DISTANT)..verb.mark.first;
    let named = concepts(passage, &before, verb, is_object).map(|(_, concept)| concept);
    match concept(passage, reach, verb) {
        "remove" | "disable" if points => named.filter(|concept| TABLE.rank(*concept) <= CONTROLS).last(),
        "open" | "restrict" if is_fused(verb) => TABLE.named("label"),
        "set" if is_fused(verb) => named.filter(|concept| TABLE.concept(*concept) == MODE).last(),
        _ => None,
    }
}

/// The right that a bare verb right after who gets it names: `grant me ‹edit›`.
fn bare_right(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let gives = TABLE.concept(verb.concept) == "give";
    let marks = passage.marks_in(reach).windows(2).filter(|_| gives);
    let mut pairs = marks
        .filter_map(|pair| pair.first().zip(pair.last()))
        .filter(|(who, what)| who.end == what.first && passage.gap(what.first) == Gap::None);
    let acts = |mark: &Mark| passage.senses(mark).filter_map(is_object).any(|concept| TABLE.concept(concept) == "action");
    let gets = |mark: &Mark| passage.senses(mark).any(|sense| is_recipient(sense).is_some());
    pairs.any(|(who, what)| gets(who) && acts(what)).then(|| TABLE.named("bare-right")).flatten()
}

/// Whoever joins or leaves a group that is named, known by a name nobody can list: `add ‹Lotte› to the group "Buyers"`.
fn joiner(passage: &Passage, reach: &Range<usize>, verb: &Told, object: Option<u16>) -> Option<u16> {
    let joins =
        matches!(TABLE.concept(verb.concept), ADD | "remove" | "take") && object.is_some_and(|object| TABLE.concept(object) == "group");
    let group = |mark: &&Mark| passage.senses(mark).filter_map(is_object).any(|concept| TABLE.concept(concept) == "group");
    let group = passage.marks_in(reach).iter().filter(|_| joins).find(group)?;
    let name = |place: usize| passage.words.get(place).is_some_and(|word| word.quoted || word.code && !word.dotted);
    let beside = name(group.end) || group.first.checked_sub(1).is_some_and(name);
    let known = |place: usize| {
        passage.words.get(place).is_none_or(|word| TABLE.everyday(word) > 0) || name(place) || passage.mark_at(place).is_some()
    };
    let foreign = passage.language != TABLE.fallback();
    let start = if foreign { reach.start.min(verb.mark.first.saturating_sub(NAME)) } else { verb.mark.end };
    let before = start..group.first;
    let someone = if foreign { before.clone().any(|place| !known(place)) } else { verb.mark.first < group.first && !known(verb.mark.end) };
    let leads = foreign || before.clone().skip(1).any(|place| passage.mark_at(place).is_some_and(|mark| passage.is(mark, Cue::Into)));
    (beside && someone && leads).then(|| TABLE.named("person")).flatten()
}

/// What a box to tick stands for: everyone named on its label, or what they then may do.
fn label(passage: &Passage, sentence: &Sentence, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let ticks = matches!(TABLE.concept(verb.concept), "enable" | "disable" | "set" | "add" | "allow" | "make" | "give");
    let quoted = |place: usize| passage.words.get(place).is_some_and(|word| word.quoted);
    if !ticks || !reach.clone().any(quoted) {
        return None;
    }
    let named = |pick: fn(Sense) -> Option<u16>, names: &[&str]| {
        let marks = passage.marks_in(reach).iter().filter(|mark| quoted(mark.first));
        marks.flat_map(|mark| passage.senses(mark)).filter_map(pick).any(|concept| names.contains(&TABLE.concept(concept)))
    };
    if named(is_recipient, &["everyone", "organisation"]) {
        return TABLE.named("label");
    }
    let gate = passage.has(&sentence.words, Cue::Gate);
    if gate && named(is_object, &["action", "role", "permission", "access"]) { TABLE.named("capability") } else { None }
}

fn is_fused(verb: &Told) -> bool {
    verb.mark.end - verb.mark.first >= FUSED
}

/// The concept of something known by a name alone, after who it is about: `add me to ‹bq-readers›`. A file or a path is
/// no such thing.
fn named(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    let who = passage.marks_in(reach).iter().find(|mark| passage.senses(mark).any(|sense| is_recipient(sense).is_some()));
    // Who is only pointed at, or comes last: `bind it to ‹view›`, `grant ‹Invoker› to everyone`.
    let points = || passage.mark_at(verb.mark.end).filter(|mark| passage.is(mark, Cue::Pointer));
    let last = || TABLE.concept(verb.concept) == "give";
    let who = who.filter(|_| !last()).or_else(points).or(Some(&verb.mark).filter(|_| last()))?;
    let words = || (who.end..reach.end).filter_map(|place| passage.words.get(place));
    let mut code = words().filter(|word| word.code).peekable();
    let plain = code.peek().is_some() && code.all(|word| !word.dotted);
    // `add me to ops-readers`: a name with a hyphen that no article or noun stands beside; or a name in quotation marks.
    let joined = passage.words.get(who.end + 2).is_some_and(|word| word.joined)
        && (who.end + 3..reach.end).all(|place| passage.words.get(place).is_some_and(|word| word.joined || TABLE.everyday(word) > 0));
    let quoted = words().any(|word| word.quoted);
    if plain || joined || quoted { TABLE.named("named") } else { None }
}

/// Whether the name of what somebody gets is led up to as such: by what somebody is added to, else in quotation marks or after `to`.
fn is_introduced(passage: &Passage, reach: &Range<usize>, verb: &Told) -> bool {
    let led = |place: usize| place > reach.start && passage.mark_before(place).is_some_and(|mark| passage.is(mark, Cue::Into));
    let name = |place: usize| passage.words.get(place).is_some_and(|word| word.quoted) || passage.is_label(place) && led(place);
    TABLE.concept(verb.concept) == ADD || reach.clone().any(name)
}

/// The words of the clause: what follows the verb, what precedes it where verbs close or may stand anywhere.
fn reach(passage: &Passage, sentence: &Sentence, verb: &Told) -> Range<usize> {
    let order = TABLE.order(passage.language);
    let free = order == Order::Free;
    let (mut start, mut end) = (verb.mark.first, verb.mark.end);
    if verb.closing || verb.passive || free {
        let limit = sentence.words.start.max(start.saturating_sub(REACH));
        while start > limit && passage.gap(start) < Gap::Comma {
            start -= 1;
        }
    }
    if !verb.closing || order != Order::Tail {
        let limit = sentence.words.end.min(end + REACH);
        while end < limit && !parts(passage, end, verb) {
            end += 1;
        }
    }
    start..end.max(start + 1)
}

/// Whether the clause of `verb` ends before the word at `place`.
fn parts(passage: &Passage, place: usize, verb: &Told) -> bool {
    let gap = passage.gap(place);
    let code = |place: usize| passage.words.get(place).is_some_and(|word| word.code);
    if gap <= Gap::Bracket && code(place) && code(place.saturating_sub(1)) {
        return false;
    }
    let quoted = |place: usize| passage.words.get(place).is_some_and(|word| word.quoted);
    let named = quoted(place) && quoted(place.saturating_sub(1)) && !quoted(verb.mark.first);
    if gap == Gap::Comma && (named || is_aside(passage, place)) {
        return false;
    }
    if matches!(gap, Gap::Comma) || gap >= Gap::Dash {
        return place > verb.mark.first;
    }
    let bracket = |place: usize| passage.gap(place) == Gap::Bracket;
    if gap == Gap::Bracket && !(1..=ASIDE).any(|words| bracket(place + words) || (place > words && bracket(place - words))) {
        return place > verb.mark.first;
    }
    let Some(mark) = passage.mark_at(place) else { return false };
    let verb_follows = passage.senses(mark).any(|sense| matches!(sense, Sense::Verb(_, Form::Tell)));
    let opens = gap >= Gap::Bracket || passage.mark_before(place).is_some_and(|before| passage.is(before, Cue::Lead));
    passage.is(mark, Cue::Condition) || (verb_follows && opens)
}

/// Whether the comma before the word at `place` opens or closes a `, please,`.
fn is_aside(passage: &Passage, place: usize) -> bool {
    let polite = |mark: Option<&Mark>| mark.is_some_and(|mark| passage.is(mark, Cue::Lead));
    let opens = passage.mark_at(place).filter(|mark| passage.gap(mark.end) == Gap::Comma);
    polite(opens) || passage.mark_before(place).is_some_and(|mark| passage.gap(mark.first) == Gap::Comma && polite(Some(mark)))
}

/// The most telling object in `reach`, the nearest of equals.
fn object(passage: &Passage, reach: &Range<usize>, verb: &Told) -> Option<u16> {
    // A control named as code is that control, whatever noun follows: the `allow_guest` gate.
    let named = |mark: &Mark, concept| {
        TABLE.rank(concept) <= CONTROLS && passage.words.get(mark.first).is_some_and(|word| word.code || word.quoted)
    };
    let whole = concepts(passage, reach, verb, is_object).filter(|(mark, concept)| named(mark, *concept) || !passage.is_modifier(mark));
    whole.map(|(_, concept)| concept).min_by_key(|concept| TABLE.rank(*concept))
}

pub(super) fn is_object(sense: Sense) -> Option<u16> {
    if let Sense::Object(concept) = sense { Some(concept) } else { None }
}

pub(super) fn is_recipient(sense: Sense) -> Option<u16> {
    if let Sense::Recipient(concept) = sense { Some(concept) } else { None }
}

fn concepts<'a>(
    passage: &'a Passage,
    reach: &Range<usize>,
    verb: &Told,
    pick: fn(Sense) -> Option<u16>,
) -> impl Iterator<Item = (&'a Mark, u16)> + 'a {
    let verb = verb.mark;
    let others = passage.marks_in(reach).iter().filter(move |mark| mark.first != verb.first || verb.end == verb.first);
    others.flat_map(move |mark| passage.senses(mark).filter_map(pick).map(move |concept| (mark, concept)))
}

/// The verb's concept: one that only sets says by the value whether it switches on or off.
fn concept(passage: &Passage, reach: &Range<usize>, verb: &Told) -> &'static str {
    let name = TABLE.concept(verb.concept);
    if name != "set" {
        return name;
    }
    let says = |cue| {
        let mut marks = passage.marks_in(reach).iter().filter(|mark| passage.is(mark, cue));
        marks.any(|mark| mark.end - mark.first > 1 || mark.end == reach.end || passage.gap(mark.end) > Gap::None || cue == Cue::Off)
    };
    match (says(Cue::Off), says(Cue::On)) {
        (true, _) => "disable",
        (_, true) => "enable",
        _ => name,
    }
}

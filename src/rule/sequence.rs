//! Matches a template with a list of words.
//!
//! The template's parts are the states of a small automaton and a bit each, so the cost is words × parts whatever the
//! text, and a template that cannot match is given up at its first word.

use super::{
    facts::{Captures, Facts, capture},
    format::template::{Part, Template},
};

/// Words of one command or statement that are looked at. A longer one that may still match counts as matched: what
/// cannot be read to its end is held, never clean.
pub(super) const MOST_TOKENS: usize = 16_384;

/// A word, and whether a template may pass over it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// The word.
    pub text: &'a str,
    /// May be passed over: an option, or what may be its value.
    pub skip: bool,
    /// An option: only a part that asks for one takes it.
    pub option: bool,
}

/// What the template captures of `tokens`; none when it does not match.
pub(super) fn find<'a>(template: &'a Template, tokens: &[Token<'a>], facts: &Facts) -> Option<Captures<'a>> {
    let parts = template.parts.as_slice();
    let goal = goal(parts);
    // Most templates do not match: the trail is kept for those that do.
    let (mut last, mut steps) = (0, 0);
    walk(parts, tokens, facts, |states| {
        last = states;
        steps += 1;
    });
    let ended = steps == tokens.len() + 1;
    let matched = last & goal != 0 || (ended && at_end(last, parts) & goal != 0);
    let undecided = last != 0 && steps > MOST_TOKENS && !ended;
    if matched {
        let mut trail = Vec::with_capacity(steps);
        walk(parts, tokens, facts, |states| trail.push(states));
        return Some(captures(parts, tokens, &trail, facts));
    }
    undecided.then(Captures::default)
}

/// The state in which a template has matched.
fn goal(parts: &[Part]) -> u32 {
    1 << parts.len()
}

/// Tells `note` the states before the first word and after each one, until nothing more can come of it.
fn walk(parts: &[Part], tokens: &[Token<'_>], facts: &Facts, mut note: impl FnMut(u32)) {
    // A captured tail takes all that follows; any other template is done as soon as it is matched.
    let whole = matches!(parts.last(), Some(Part::End | Part::Run(Some(_))));
    let mut states = closure(1, parts);
    note(states);
    for token in tokens.iter().take(MOST_TOKENS) {
        if states == 0 || (states & goal(parts) != 0 && !whole) {
            break;
        }
        states = step(states, *token, parts, facts);
        note(states);
    }
}

/// The states that are reached without a word: a run may be empty.
fn closure(states: u32, parts: &[Part]) -> u32 {
    let mut reached = states;
    let mut left = states;
    while left != 0 {
        let index = left.trailing_zeros() as usize;
        left &= left - 1;
        if matches!(parts.get(index), Some(Part::Run(_))) && reached & (1 << (index + 1)) == 0 {
            reached |= 1 << (index + 1);
            left |= 1 << (index + 1);
        }
    }
    reached
}

/// The states after the last word.
fn at_end(states: u32, parts: &[Part]) -> u32 {
    match parts.last() {
        Some(Part::End) => states | ((states & (1 << (parts.len() - 1))) << 1),
        _ => states,
    }
}

fn step(states: u32, token: Token<'_>, parts: &[Part], facts: &Facts) -> u32 {
    let mut next = 0;
    let mut left = states;
    while left != 0 {
        let index = left.trailing_zeros() as usize;
        left &= left - 1;
        let Some(part) = parts.get(index) else { break };
        if token.skip || matches!(part, Part::Run(_)) {
            next |= 1 << index;
        }
        if takes(part, token, facts) {
            next |= 1 << (index + 1);
        }
    }
    closure(next, parts)
}

fn takes(part: &Part, token: Token<'_>, facts: &Facts) -> bool {
    let Part::One(pattern) = part else { return false };
    if token.option && (pattern.is_anything() || pattern.not) {
        return false;
    }
    facts.fits(pattern, token.text)
}

/// Walks the trail back from the goal, so that each word is captured by the part that took it.
fn captures<'a>(parts: &'a [Part], tokens: &[Token<'a>], trail: &[u32], facts: &Facts) -> Captures<'a> {
    let mut taken: Vec<(usize, Token<'a>)> = Vec::new();
    let mut state = parts.len();
    for (states, token) in trail.iter().zip(tokens).take(trail.len().saturating_sub(1)).collect::<Vec<_>>().into_iter().rev() {
        state = back_over_runs(state, *states, *token, parts, facts, &mut taken);
    }
    let mut found = Captures::default();
    for (index, token) in taken.into_iter().rev() {
        match parts.get(index) {
            Some(Part::One(pattern)) => capture(pattern, token.text, &mut found),
            Some(Part::Run(Some(name))) => found.push(name, token.text),
            _ => {}
        }
    }
    found
}

/// The state before `token` on a way to `state`, noting the part that took it.
fn back_over_runs<'a>(
    state: usize,
    states: u32,
    token: Token<'a>,
    parts: &[Part],
    facts: &Facts,
    taken: &mut Vec<(usize, Token<'a>)>,
) -> usize {
    let held = |index: usize| states & (1 << index) != 0;
    let mut at = state;
    loop {
        let before = at.checked_sub(1);
        if let Some(index) = before.filter(|index| held(*index) && parts.get(*index).is_some_and(|part| takes(part, token, facts))) {
            taken.push((index, token));
            return index;
        }
        let stays = held(at) && (token.skip || matches!(parts.get(at), Some(Part::Run(_))));
        if stays {
            taken.extend((!token.option && !token.skip).then_some((at, token)));
            return at;
        }
        match before.filter(|index| matches!(parts.get(*index), Some(Part::Run(_) | Part::End))) {
            Some(index) => at = index,
            None => return state,
        }
    }
}

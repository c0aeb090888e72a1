//! Matches calls in program code.

use super::{
    facts::{Captures, Facts},
    format::{CallMatcher, pattern::Pattern},
};
use crate::instruction::{Argument, Call};

/// What `matcher` captures; none when it does not match.
pub(super) fn find<'a>(matcher: &'a CallMatcher, call: &'a Call, facts: &Facts) -> Option<Captures<'a>> {
    let mut captures = Captures::default();
    let called = matcher.path.iter().any(|path| facts.takes(path, &call.path, &mut captures));
    let holds = |key: &str, pattern: &'a Pattern, captures: &mut Captures<'a>| {
        named(key, call).any(|argument| facts.takes(pattern, &argument.value, captures))
    };
    let given = called && matcher.arguments.iter().all(|(key, pattern)| holds(key, pattern, &mut captures));
    let barred = given && matcher.unless.iter().any(|(key, pattern)| holds(key, pattern, &mut Captures::default()));
    (given && !barred).then_some(captures)
}

/// The arguments that `key` names: by name, by position from 0, or `*` for all.
fn named<'a>(key: &str, call: &'a Call) -> impl Iterator<Item = &'a Argument> {
    call.arguments.iter().enumerate().filter_map(move |(position, argument)| {
        let by_name = |known: &str| argument.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(known));
        let by_position = |known: &str| argument.name.is_none() && known.parse() == Ok(position);
        key.split('|').any(|known| known == "*" || by_name(known) || by_position(known)).then_some(argument)
    })
}

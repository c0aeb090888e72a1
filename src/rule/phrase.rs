//! Matches what is said to a person, by concept.

use super::{
    facts::{Captures, Facts},
    format::{PhraseMatcher, many::Many},
};
use crate::instruction::Directive;

/// What `matcher` captures, always as `verb`, `object`, `recipient` and `scope`; none when it does not match.
pub(super) fn find<'a>(matcher: &'a PhraseMatcher, directive: &'a Directive, facts: &Facts) -> Option<Captures<'a>> {
    let mut captures = Captures::default();
    let concepts = matcher.verb.contains(&directive.verb)
        && among(&matcher.object, directive.object.as_deref())
        && among(&matcher.recipient, directive.recipient.as_deref());
    let scope = match (&matcher.scope, &directive.scope) {
        (None, _) => true,
        (Some(pattern), Some(scope)) => facts.takes(pattern, scope, &mut captures),
        (Some(_), None) => false,
    };
    let parts = [("object", &directive.object), ("recipient", &directive.recipient), ("scope", &directive.scope)];
    for (name, value) in parts {
        if let Some(value) = value {
            captures.push(name, value.as_str());
        }
    }
    captures.push("verb", directive.verb.as_str());
    (concepts && scope).then_some(captures)
}

fn among(known: &Many<String>, concept: Option<&str>) -> bool {
    known.is_empty() || concept.is_some_and(|concept| known.iter().any(|one| one == concept))
}

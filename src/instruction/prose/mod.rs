//! Reads what is said to a person: verb, object, recipient.
//!
//! A verb counts only where it tells somebody to do something: at the head of a clause, after words such as `please` or
//! `you should`, as a gerund after `have you tried`. What already happened, and what only looks like such a verb, has
//! another form or stands elsewhere. Whether the writer then advises, asks or warns is for `stance` to say.

mod clause;
mod form;
mod steps;
#[cfg(test)]
mod tests;
mod told;
mod wants;

use super::{
    Act, Budget, Directive, Read,
    language::{Passage, TABLE},
};
use crate::markdown::{Block, BlockKind};
use clause::Clause;

/// Reads the prose of `block`; ranges are bytes of its content.
pub(crate) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let forms = || text.contains(':') && TABLE.may_give(block.words());
    let silent = || !TABLE.may_tell(block.words()) && !steps::may_lead(block) && !forms();
    if matches!(block.kind, BlockKind::Fence | BlockKind::Html) || silent() || !budget.take(text.len()) {
        return Vec::new();
    }
    let passage = Passage::of(block, &(0..text.len()));
    let mut found = Vec::new();
    for sentence in passage.sentences() {
        let told = told::verbs(&passage, &sentence);
        let clauses = told.iter().filter_map(|verb| clause::around(&passage, &sentence, verb));
        let step = steps::read(&passage, &sentence, &told).map(Clause::from);
        let spoken: Vec<Clause> = clauses.chain(step).collect();
        let tacit = || wants::read(&passage, &sentence).or_else(|| wants::nominal(&passage, &sentence));
        let tacit = if spoken.iter().any(|clause| clause.object.is_some()) { None } else { tacit() };
        found.extend(spoken.into_iter().chain(tacit).filter_map(|clause| directive(&passage, text, &clause)));
    }
    found.extend(form::read(&passage).iter().filter_map(|clause| directive(&passage, text, clause)));
    found
}

fn directive(passage: &Passage, text: &str, clause: &Clause) -> Option<Read> {
    let range = passage.words.get(clause.words.start)?.start..passage.words.get(clause.words.end.checked_sub(1)?)?.end;
    let name = |concept: u16| TABLE.concept(concept).to_owned();
    let directive = Directive {
        language: TABLE.tag(passage.language).to_owned(),
        verb: clause.verb.to_owned(),
        object: clause.object.map(name),
        recipient: clause.recipient.map(name),
        tacit: clause.tacit,
        scope: clause.scope.clone().and_then(|scope| text.get(scope)).map(str::to_owned),
    };
    let text = text.get(range.clone())?.to_owned();
    Some(Read { act: Act::Directive(directive), range, text, decoded: Vec::new() })
}

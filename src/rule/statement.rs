//! Matches database statements.

use super::{
    facts::{Captures, Facts},
    format::StatementMatcher,
    sequence::{self, MOST_TOKENS, Token},
};
use crate::instruction::Statement;

/// The words of a statement, names without their quotes.
pub(super) fn tokens(statement: &Statement) -> Vec<Token<'_>> {
    statement.words.iter().take(MOST_TOKENS + 1).map(|word| Token { text: unquoted(word), skip: false, option: false }).collect()
}

/// Its first word, by which rules are looked up.
pub(super) fn first(statement: &Statement) -> Option<&str> {
    statement.words.first().map(|word| unquoted(word))
}

/// What `matcher` captures; none when it does not match.
pub(super) fn find<'a>(matcher: &'a StatementMatcher, tokens: &[Token<'a>], facts: &Facts) -> Option<Captures<'a>> {
    let captures = matcher.words.iter().find_map(|template| sequence::find(template, tokens, facts))?;
    let barred = matcher.unless.iter().any(|template| sequence::find(template, tokens, facts).is_some());
    (!barred).then_some(captures)
}

fn unquoted(word: &str) -> &str {
    let inner = [('"', '"'), ('\'', '\''), ('`', '`'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| word.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(word);
    if inner.is_empty() { word } else { inner }
}

//! Reads database statements.
//!
//! SQL has many dialects and one outline: a verb, what it is about, words in between. The reader keeps to the outline, so
//! that a statement is a list of words a rule can match whatever database it is for. English begins with the same verbs;
//! a second or later word must fit before a text is taken for a statement.

mod facts;
mod format;
#[cfg(test)]
mod tests;
mod tokens;

use super::{Act, Budget, Read, Statement};
use crate::text::Token;
use facts::facts;
use format::Verb;
use tokens::{Token as Symbol, Tokens};

/// How far into a statement the word that proves it one may stand, in words.
const PROOF_WORDS: usize = 32;

/// Bytes, at most, of a first word.
const MAX_VERB_BYTES: usize = 16;

/// Words, at most, of one statement; the rest is read over.
const MAX_WORDS: usize = 4_000;

/// Reads the statements in `code`, written in `language` (a fence's, lower-cased; empty when unknown); ranges are bytes of it.
pub(crate) fn read(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let facts = facts();
    if facts.unread.contains(language) || !budget.take(code.len() / 8 + 1) {
        return Vec::new();
    }
    let in_strings = facts.hosts.contains(language);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = if in_strings { next_string(code, at) } else { next_start(code, at) } {
        if !budget.take(1) {
            break;
        }
        let end = if in_strings { string_end(code, start) } else { code.len() };
        let text = code.get(start..end).unwrap_or_default();
        at = match statement(text, false, budget) {
            Some((read, after)) => {
                found.push(Read { range: start + read.range.start..start + read.range.end, ..read });
                start + after
            }
            None => after_line(code, start),
        };
    }
    found
}

/// Reads the statements in `text` that begin at one of its `words`, verb in capitals; ranges are bytes of it.
pub(crate) fn read_prose(text: &str, words: &[Token], budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in words {
        let range = word.range();
        let shouted = |word: &&str| word.len() > 1 && word.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
        if range.start < at
            || !text.as_bytes().get(range.start).is_some_and(u8::is_ascii_uppercase)
            || !facts().begun.may_begin(std::slice::from_ref(word))
        {
            continue;
        }
        let rest = text.get(range.start..).unwrap_or_default();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let verb = rest.get(..length).filter(shouted).and_then(verbs);
        if verb.is_none() || !budget.take(1) {
            continue;
        }
        let line = rest.find('\n').map_or(rest, |end| rest.get(..end).unwrap_or_default());
        if let Some((read, after)) = statement(line, true, budget) {
            found.push(Read { range: range.start + read.range.start..range.start + read.range.end, ..read });
            at = range.start + after;
        }
    }
    found
}

/// Reads one statement at the start of `text`; with it, how many bytes it took.
fn statement(text: &str, prose: bool, budget: &mut Budget) -> Option<(Read, usize)> {
    let mut tokens = Tokens::new(text);
    let first = tokens.next()?;
    let followed = text.as_bytes().get(tokens.at).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'(' | b'/'));
    let verbs = verbs(first.raw).filter(|_| followed)?;
    let mut words = vec![first];
    for _ in 0..PROOF_WORDS {
        match tokens.next().filter(|word| !tokens.ends(word, prose)) {
            Some(word) => words.push(word),
            None => break,
        }
    }
    budget.take(words.len());
    if !verbs.iter().any(|verb| fits(verb, &words)) {
        return None;
    }
    while !tokens.ended && words.len() < MAX_WORDS {
        let Some(word) = tokens.next().filter(|word| !tokens.ends(word, prose)) else { break };
        words.push(word);
    }
    budget.take(words.len());
    let range = 0..words.last().map_or(0, |word| word.end);
    let after = if tokens.ended { tokens.stopped_at } else { tokens.at };
    let words: Vec<String> = words.iter().map(Symbol::text).collect();
    let text = words.join(" ");
    Some((Read { act: Act::Statement(Statement { words }), range, text, decoded: Vec::new() }, after.max(1)))
}

/// How statements that begin with `word` go on.
fn verbs(word: &str) -> Option<&'static [&'static Verb]> {
    if word.len() > MAX_VERB_BYTES || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    facts().verbs.get(word.to_ascii_uppercase().as_str()).map(Vec::as_slice)
}

fn fits(verb: &Verb, words: &[Symbol<'_>]) -> bool {
    let listed = |word: &Symbol<'_>, list: &[String]| {
        list.iter().any(|known| word.is(known) || (!known.starts_with(char::is_alphabetic) && word.raw.starts_with(known.as_str())))
    };
    let second = words.get(1).is_some_and(|word| verb.second.is_empty() || listed(word, &verb.second));
    second && (verb.later.is_empty() || words.iter().skip(1).any(|word| listed(word, &verb.later)))
}

/// The next place at or after `from` where a statement may begin: past blanks, comments and a client's prompt.
fn next_start(code: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = code.get(at..)?;
        let skipped =
            rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '(' | '"' | '\'' | '{' | '}')).len();
        let rest = rest.get(skipped..)?;
        at += skipped;
        let comment = if rest.starts_with("--") || rest.starts_with('#') {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            prompt(rest)
        };
        if comment == 0 {
            break;
        }
        at += comment;
    }
    (at < code.len()).then_some(at)
}

/// The length of a database client's prompt: `mysql> `, `app=# `, `1> `.
fn prompt(rest: &str) -> usize {
    let name = rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.@:/()[]".contains(byte)).count();
    let marks = rest.bytes().skip(name).take(2).take_while(|byte| matches!(byte, b'=' | b'#' | b'>' | b'-')).count();
    let after = rest.get(name + marks..).unwrap_or_default();
    let ended = rest.get(..name + marks).is_some_and(|prompt| prompt.ends_with(['>', '#']));
    if name > 0 && marks > 0 && ended && after.starts_with(' ') { name + marks + 1 } else { 0 }
}

fn next_string(code: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += code.get(at..)?.find(['"', '\'', '`'])? + 1;
        let rest = code.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).len();
        let word = rest.get(blank..)?.bytes().take_while(u8::is_ascii_alphabetic).count();
        if verbs(rest.get(blank..blank + word)?).is_some() {
            return Some(at + blank);
        }
        at += blank;
    }
}

fn string_end(code: &str, start: usize) -> usize {
    let before = code.get(..start).unwrap_or_default().trim_end();
    let quote = before.chars().next_back().unwrap_or('"');
    let rest = code.get(start..).unwrap_or_default();
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    let end = if before.ends_with(&triple) { rest.find(&triple) } else { rest.find(quote) };
    end.map_or(code.len(), |end| start + end)
}

fn after_line(code: &str, from: usize) -> usize {
    let rest = code.get(from..).unwrap_or_default();
    from + rest.find(['\n', ';']).map_or(rest.len(), |end| end + 1)
}

//! Finds commands typed in prose without backticks: "run chmod -R 777 /srv and retry".
//!
//! A program's name is often a word too ("install", "find", "net"), so a name alone is never a command here: it takes a
//! known sub-command or an argument no sentence has, and the command ends where the sentence takes over again.

use super::{
    Budget, Read,
    facts::facts,
    format::DialectName,
    session::{Place, Session},
};
use crate::text::{Class, Token};
use std::ops::Range;

/// Words, at most, of a command in prose.
const MAX_WORDS: usize = 40;

/// Reads the commands in `text` that begin at one of its `words`; ranges are bytes of it.
pub(crate) fn read_prose(text: &str, words: &[Token], budget: &mut Budget) -> Vec<Read> {
    let mut found = Vec::new();
    let mut at = 0;
    for (place, token) in words.iter().enumerate().filter(|(_, token)| token.begins.meets(Class::PROGRAM)) {
        if (token.start as usize) < at || !facts().named.may_begin(words.get(place..).unwrap_or_default()) {
            continue;
        }
        let word = unbroken(text, &token.range());
        at = word.end;
        let Some(candidate) = text.get(word.clone()).and_then(candidate) else { continue };
        let (length, convinced) = extent(text.get(word.end..).unwrap_or_default(), &candidate);
        if !budget.take(length + 4) {
            break;
        }
        if !convinced {
            continue;
        }
        let end = word.end + length;
        let mut session = Session::new(budget);
        session.run(text.get(word.start..end).unwrap_or_default(), Place::Exact(word.start), candidate.dialect, Vec::new());
        found.append(&mut session.reads);
        at = end;
    }
    found
}

/// A word that may be the name of a program.
struct Candidate {
    dialect: DialectName,
    first: &'static [String],
    distinct: bool,
}

fn candidate(word: &str) -> Option<Candidate> {
    let name = if word.contains('/') { word.rsplit('/').next().unwrap_or(word) } else { word };
    if let Some(program) = facts().programs.get(name) {
        let dialect = facts().natives.get(word).copied().unwrap_or_default();
        return Some(Candidate { dialect, first: &program.first, distinct: program.distinct });
    }
    (word.contains('-') && facts().is_cmdlet(word)).then_some(Candidate { dialect: DialectName::PowerShell, first: &[], distinct: false })
}

/// What stands between blanks and punctuation around the word at `range`: a name with hyphens, a path.
fn unbroken(text: &str, range: &Range<usize>) -> Range<usize> {
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let (before, after) = text.as_bytes().split_at_checked(range.start).unwrap_or_default();
    let ahead = before.iter().rev().take_while(|byte| goes_on(byte)).count();
    let start = range.start - ahead;
    let marks = before.get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'-' | b'_' | b'.')).count();
    let length = after.iter().take_while(|byte| goes_on(byte)).count();
    start + marks..range.start + length
}

/// How far the command goes after its name, and whether what follows makes it one.
fn extent(rest: &str, candidate: &Candidate) -> (usize, bool) {
    let mut end = 0;
    let mut convinced = false;
    let mut plain = 0;
    for _ in 0..MAX_WORDS {
        let Some(argument) = argument(rest, end) else { break };
        let text = rest.get(argument.text.clone()).unwrap_or_default();
        if text.is_empty() || is_prose(text, plain, candidate) {
            break;
        }
        let option = text.starts_with('-');
        let inner = plain == 0 && !option && facts().programs.contains_key(text);
        convinced |= inner || candidate.distinct || is_convincing(text) && candidate.first.is_empty();
        if !option {
            convinced |= plain == 0 && candidate.first.iter().any(|first| first == text);
            plain += 1;
        }
        end = argument.text.end;
        if argument.last {
            break;
        }
    }
    (end, convinced && end > 0)
}

/// Whether `text` is the sentence going on rather than an argument.
fn is_prose(text: &str, plain: usize, candidate: &Candidate) -> bool {
    let stops = facts().stop_words.contains(text) || text.starts_with(['(', '—', '–', '…', '“', '„']);
    stops && !(plain == 0 && candidate.first.iter().any(|first| first == text))
}

/// Whether no sentence has `text` as a word: an option, a path, a mode, an address, an assignment.
pub(crate) fn is_convincing(text: &str) -> bool {
    if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let octal = (3..=5).contains(&text.len()) && text.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let symbolic = text.len() <= 24
        && text.contains(['+', '=', '-'])
        && text.bytes().all(|byte| b"ugoarwxXst+-=,".contains(&byte))
        && !text.starts_with('-')
        && text.bytes().any(|byte| matches!(byte, b'+' | b'='));
    let option =
        text.strip_prefix('-').is_some_and(|name| name.trim_start_matches('-').starts_with(|first: char| first.is_ascii_alphabetic()));
    let path = text.len() > 1 && (text.starts_with(['/', '~', '$']) || text.starts_with("./") || text.starts_with("../"));
    let address = text.contains("://") || text.as_bytes().get(1..3) == Some(b":\\");
    octal || symbolic || option || path || address
}

/// A word after the program.
struct Argument {
    text: Range<usize>,
    /// Whether the sentence ends with it.
    last: bool,
}

/// The word of `rest` after `from`, quotes and all, without the punctuation of the sentence.
fn argument(rest: &str, from: usize) -> Option<Argument> {
    let mut start = from;
    loop {
        let line = rest.get(start..)?;
        start += line.find(|character| !matches!(character, ' ' | '\t'))?;
        if !rest.get(start..)?.starts_with("\\\n") {
            break;
        }
        start += 2;
    }
    let word = rest.get(start..)?;
    if start == from || word.starts_with(['\n', '\r']) {
        return None;
    }
    let mut quote = None;
    let length = word
        .char_indices()
        .take(2_000)
        .find(|&(at, character)| {
            let closes = quote == Some(character);
            if closes {
                quote = None;
            } else if quote.is_none() && matches!(character, '"' | '\'') && word.get(at + 1..).is_some_and(|rest| near(rest, character)) {
                quote = Some(character);
            }
            quote.is_none() && !closes && character.is_whitespace()
        })
        .map_or(word.len().min(2_000), |(at, _)| at);
    let length = (0..=length).rev().find(|&at| word.is_char_boundary(at)).unwrap_or(0);
    let text = word.get(..length)?;
    let trimmed = text.trim_end_matches(['.', ',', '?', '!', ':', ';', ')', '”', '»', '。', '，']);
    let escaped = trimmed.ends_with('\\') && trimmed.len() < text.len();
    // `chown kim: /srv` names a user and that user's group.
    let after = word.get(length..).unwrap_or_default().trim_start_matches(' ');
    let login = text.len() == trimmed.len() + 1 && text.ends_with(':') && after.starts_with('/');
    let kept = if trimmed.is_empty() || escaped || login || text == "." || text == ".." { text } else { trimmed };
    Some(Argument { text: start..start + kept.len(), last: kept.len() < text.len() })
}

/// Whether a quote opened before `rest` closes on the same line.
fn near(rest: &str, quote: char) -> bool {
    rest.chars().take(400).take_while(|&character| character != '\n').any(|character| character == quote)
}

//! Finds the command inside the words of a program that runs one: `sudo -u www chmod …`.

use super::{
    facts::facts,
    format::{Carrier, DialectName},
    script::{Token, joined},
    session::Flow,
};
use std::ops::Range;

/// A carrier and which of its words are the command.
pub(super) struct Carried {
    pub(super) carrier: &'static Carrier,
    pub(super) words: Range<usize>,
}

/// How many words before the program are none of its own: `VAR=value`, PowerShell's call operators.
pub(super) fn leading(words: &[Token], dialect: DialectName) -> usize {
    let before = |token: &&Token| {
        let text = token.word.text.as_str();
        match dialect {
            DialectName::PowerShell => matches!(text, "&" | "."),
            DialectName::Cmd => text.starts_with('@') && text.len() == 1,
            DialectName::Posix => is_assignment(text),
        }
    };
    let more = words.len().saturating_sub(1);
    words.iter().take_while(before).count().min(more)
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
    })
}

/// What `program` carries in `words`, the program first.
pub(super) fn carried(program: &str, words: &[Token]) -> Option<Carried> {
    facts().carriers(program).iter().find_map(|carrier| {
        if words.get(1).is_some_and(|token| carrier.not.contains(&token.word.text)) {
            return None;
        }
        let start = begin(carrier, words)?;
        let length = words.iter().skip(start).take_while(|token| !carrier.until.contains(&token.word.text)).count();
        (length > 0).then_some(Carried { carrier, words: start..start + length })
    })
}

/// The words with what `carried` carries left out, when they carry something more: `find . -exec a ';' -ok b ';'`.
pub(super) fn next(carried: &Carried, words: &[Token]) -> Option<Vec<Token>> {
    let rest = words.get(carried.words.end + 1..).filter(|_| !carried.carrier.until.is_empty())?;
    let more = rest.iter().any(|token| carried.carrier.from.contains(&token.word.text));
    more.then(|| words.iter().take(2).chain(rest).cloned().collect())
}

fn begin(carrier: &Carrier, words: &[Token]) -> Option<usize> {
    let mut at = options(carrier, words, 1);
    if !carrier.first.is_empty() {
        let first = words.get(at)?;
        if !carrier.first.contains(&first.word.text) {
            return None;
        }
        at = options(carrier, words, at + 1);
    }
    let marked = words.iter().skip(at).position(|token| carrier.from.contains(&token.word.text)).map(|index| at + index + 1);
    match marked {
        Some(index) => Some(index),
        None if carrier.only_from => None,
        None => {
            let at = at + carrier.skip;
            Some(if carrier.skip > 0 { options(carrier, words, at) } else { at })
        }
    }
}

/// The index after the options, and the values they take, that stand at `from`.
fn options(carrier: &Carrier, words: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = words.get(at) {
        let text = token.word.text.as_str();
        if text == "--" {
            if carrier.from.iter().any(|word| word == "--") {
                return at;
            }
            return at + 1;
        }
        let option = text.is_empty() || text.len() > 1 && text.starts_with('-') || text.len() == 2 && text.starts_with('/');
        if !option && !is_assignment(text) {
            return at;
        }
        at += if option && carrier.takes.iter().any(|taking| taking == text) { 2 } else { 1 };
    }
    at
}

/// Makes one line of keys that are typed one after the other: `'chm' 'od 777 x' Enter`.
pub(super) fn type_keys(words: &mut Vec<Token>) {
    let mut typed = String::new();
    for token in words.iter() {
        let text = token.word.text.as_str();
        match facts().keys.get(text.to_ascii_lowercase().as_str()) {
            Some(key) => typed.push_str(key),
            None => typed.push_str(text),
        }
    }
    let opaque = words.iter().any(|token| token.word.opaque);
    let range = words.first().map_or(0, |first| first.range.start)..words.last().map_or(0, |last| last.range.end);
    let text = super::escape::unescape(&typed.replace("^M", "\n"));
    *words = vec![Token { word: crate::instruction::Word { text, opaque }, range, ..Token::default() }];
}

/// Takes the brackets and commas from a command written as a list, `["chmod", "777"]`.
pub(super) fn unlist(words: &mut [Token]) {
    let opens = words.first().is_some_and(|first| first.word.text.len() > 1 && first.word.text.starts_with('['));
    if !opens || !words.last().is_some_and(|last| last.word.text.ends_with(']')) {
        return;
    }
    for token in words {
        token.word.text = token.word.text.trim_matches(['[', ']', ',']).to_owned();
    }
}

/// Puts the path a search begins at where the command says `{}`.
pub(super) fn place_paths(inner: &mut [Token], words: &[Token]) {
    let path = words.get(1).map(|token| token.word.text.as_str()).filter(|text| !text.starts_with('-')).unwrap_or(".");
    for token in inner {
        if token.word.text.contains("{}") {
            token.word.text = token.word.text.replace("{}", path);
            token.word.opaque = true;
        }
    }
}

/// Adds what comes on standard input as words, or puts it where the command says `{}`.
pub(super) fn feed(inner: &mut Vec<Token>, input: Option<Flow>) {
    let after = inner.iter().position(|token| token.word.text.starts_with(":::"));
    if let Some(at) = after {
        let values = inner.split_off(at);
        inner.extend(values.into_iter().skip(1));
        return;
    }
    let flow = input.unwrap_or_default();
    let opaque = !flow.known;
    let mut fields: Vec<Token> = if opaque { vec![flow.text.as_str()] } else { flow.text.split_whitespace().collect() }
        .into_iter()
        .map(|field| {
            let mut token = Token { steps: flow.steps.clone(), ..Token::default() };
            token.word.text = field.to_owned();
            token.word.opaque = opaque;
            token
        })
        .collect();
    if !inner.iter().any(|token| token.word.text.contains("{}")) {
        inner.append(&mut fields);
        return;
    }
    let all = joined(&fields);
    for token in inner.iter_mut().filter(|token| token.word.text.contains("{}")) {
        token.word.text = token.word.text.replace("{}", &all.text);
        token.word.opaque |= opaque;
    }
}

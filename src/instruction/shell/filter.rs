//! What a program prints, where that follows from its words and its input.

use super::{
    awk, decode, edit,
    escape::unescape,
    facts::facts,
    format::{Filter, Operation},
    script::{Token, joined},
    session::Flow,
};
use std::collections::BTreeMap;

/// What `program` prints; nothing when only running it would tell. `words` begin with the program.
pub(super) fn output(program: &str, words: &[Token], input: Option<&Flow>, files: &BTreeMap<String, Flow>) -> Option<Flow> {
    let filter = facts().filter(program)?;
    if !filter.when.is_empty() && !words.iter().any(|token| filter.when.contains(&token.word.text)) {
        return None;
    }
    let plain = arguments(filter, words);
    match filter.does {
        Operation::Echo => Some(echo(words)),
        Operation::Printf => Some(printf(&plain)),
        Operation::Pass => source(&plain, input, files),
        Operation::Tee => input.cloned(),
        Operation::Edit => known(input, "sed", |text| edit::edit(text, words)),
        Operation::Cut => known(input, "cut", |text| edit::cut(text, words)),
        Operation::Locate => plain.last().filter(|token| !token.word.opaque).map(|token| Flow::known(token.word.text.clone())),
        Operation::Translate => known(input, "tr", |text| decode::translate(text, words)),
        Operation::Reverse => known(source(&plain, input, files).as_ref(), "rev", |text| Some(decode::reverse(text))),
        Operation::Base64 => known(source(&plain, input, files).as_ref(), "base64", |text| decode::text(decode::base64(text)?)),
        Operation::Base32 => known(source(&plain, input, files).as_ref(), "base32", |text| decode::text(decode::base32(text)?)),
        Operation::Report => plain.first().and_then(|program| report(&program.word.text)),
        Operation::Hex => known(source(&plain, input, files).as_ref(), "hex", |text| decode::text(decode::hex(text)?)),
    }
}

/// What an awk program prints, when it prints words of its own.
fn report(program: &str) -> Option<Flow> {
    let text = awk::read(program).prints;
    text.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| Flow::known(text)).filter(|_| program.contains('"'))
}

/// The file a program writes its input to, where that is what it does.
pub(super) fn target(program: &str, words: &[Token]) -> Option<String> {
    let filter = facts().filter(program).filter(|filter| filter.does == Operation::Tee)?;
    arguments(filter, words).first().map(|token| token.word.text.clone())
}

fn arguments<'t>(filter: &Filter, words: &'t [Token]) -> Vec<&'t Token> {
    let mut plain = Vec::new();
    let mut skip = false;
    for token in words.iter().skip(1) {
        let option = token.word.text.len() > 1 && token.word.text.starts_with('-') && filter.does != Operation::Printf;
        if !skip && !option {
            plain.push(token);
        }
        skip = !skip && option && filter.takes.contains(&token.word.text);
    }
    plain
}

fn known(input: Option<&Flow>, name: &str, change: impl Fn(&str) -> Option<String>) -> Option<Flow> {
    let flow = input.filter(|flow| flow.known)?;
    let changed = Flow { steps: flow.steps.clone(), ..Flow::known(change(&flow.text)?) };
    Some(changed.step(name))
}

/// A file written before, or standard input.
fn source(plain: &[&Token], input: Option<&Flow>, files: &BTreeMap<String, Flow>) -> Option<Flow> {
    match plain.first().map(|token| token.word.text.as_str()).filter(|file| *file != "-") {
        Some(file) => files.get(file).cloned(),
        None => input.filter(|flow| flow.known).cloned(),
    }
}

fn echo(words: &[Token]) -> Flow {
    let is_option = |token: &&Token| matches!(token.word.text.as_str(), "-n" | "-e" | "-E" | "-ne" | "-en");
    let options: Vec<&Token> = words.iter().skip(1).take_while(is_option).collect();
    let escapes = options.iter().any(|token| token.word.text.contains('e'));
    let rest = words.get(1 + options.len()..).unwrap_or_default();
    let word = joined(rest);
    let steps = rest.iter().flat_map(|token| token.steps.iter().cloned()).collect();
    let text = if escapes { unescape(&word.text) } else { word.text };
    Flow { text, known: !word.opaque, steps, place: None }
}

fn printf(plain: &[&Token]) -> Flow {
    let Some((format, values)) = plain.split_first() else { return Flow::default() };
    let opaque = plain.iter().any(|token| token.word.opaque);
    let format = unescape(&format.word.text);
    let mut values = values.iter().map(|token| token.word.text.as_str());
    let mut text = String::new();
    loop {
        let before = values.len();
        fill(&format, &mut values, &mut text);
        if values.len() == 0 || values.len() == before {
            break;
        }
    }
    let steps = plain.iter().flat_map(|token| token.steps.iter().cloned()).collect();
    Flow { text, known: !opaque, steps, place: None }
}

/// Writes `format` once, each directive with the next value.
fn fill<'v>(format: &str, values: &mut impl Iterator<Item = &'v str>, into: &mut String) {
    let mut pieces = format.chars().peekable();
    while let Some(character) = pieces.next() {
        if character != '%' {
            into.push(character);
            continue;
        }
        while pieces.peek().is_some_and(|next| next.is_ascii_digit() || matches!(next, '-' | '.' | '+' | '#' | ' ')) {
            pieces.next();
        }
        match pieces.next() {
            Some('%') | None => into.push('%'),
            Some('b') => into.push_str(&unescape(values.next().unwrap_or_default())),
            Some(_) => into.push_str(values.next().unwrap_or_default()),
        }
    }
}

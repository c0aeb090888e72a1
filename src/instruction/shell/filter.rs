//! What a program prints, where that follows from its words and its input.

use super::{
    awk, decode, edit,
    escape::unescape,
    facts::facts,
    fields,
    format::{Decoding, Filter, Operation},
    inflate, reshape,
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
        Operation::Base64 => decoded(source(&plain, input, files), Decoding::Base64, "base64", words),
        Operation::Base32 => decoded(source(&plain, input, files), Decoding::Base32, "base32", words),
        Operation::Base85 => decoded(source(&plain, input, files), Decoding::Base85, "base85", words),
        Operation::Hex => decoded(source(&plain, input, files), Decoding::Hex, "hex", words),
        Operation::Inflate => {
            let packed = source(&plain, input, files).or_else(|| input.cloned())?;
            let text = decode::text(inflate::inflate(packed.bytes.as_deref()?)?)?;
            Some(Flow { steps: packed.steps, ..Flow::known(text) }.step("gzip"))
        }
        Operation::Nothing => Some(Flow::known(String::new())),
        Operation::Tac => known(source(&plain, input, files).as_ref(), "tac", |text| Some(reshape::upside_down(text))),
        Operation::Fold => known(input, "fold", |text| reshape::fold(text, words)),
        Operation::Letters => known(input, "grep -o", |text| reshape::letters(text, words)),
        Operation::Paste => known(input, "paste", |text| reshape::paste(text, words)),
        Operation::Head => known(source(&plain, input, files).as_ref(), "head", |text| reshape::head(text, words)),
        Operation::Tail => known(source(&plain, input, files).as_ref(), "tail", |text| reshape::tail(text, words)),
        Operation::Report => plain.first().and_then(|program| report(&program.word.text)),
        Operation::Jq => Some(Flow::known(super::jq::evaluate(&plain.first()?.word.text)?).step("jq")),
    }
}

/// The variable that is set to what `program` would print.
pub(super) fn variable(program: &str, words: &[Token]) -> Option<String> {
    let filter = facts().filter(program).filter(|filter| !filter.into.is_empty())?;
    let at = words.iter().position(|token| filter.into.contains(&token.word.text))?;
    words.get(at + 1).map(|name| name.word.text.clone())
}

/// What an awk program prints, when it prints words of its own.
fn report(program: &str) -> Option<Flow> {
    if let Some(flow) = awk::flow(program) {
        return Some(flow);
    }
    let text = fields::read(program).prints;
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
        let sets = filter.into.contains(&token.word.text);
        let option = sets || token.word.text.len() > 1 && token.word.text.starts_with('-') && filter.does != Operation::Printf;
        if !skip && !option {
            plain.push(token);
        }
        skip = !skip && option && (sets || filter.takes.contains(&token.word.text));
    }
    plain
}

/// What decoding `source` makes; of what is no text its bytes, printed by a command only running would tell.
fn decoded(source: Option<Flow>, decoding: Decoding, name: &str, words: &[Token]) -> Option<Flow> {
    let flow = source?;
    let bytes = decode::bytes(decoding, &flow.text)?;
    match String::from_utf8(bytes) {
        Ok(text) => Some(Flow { steps: flow.steps, ..Flow::known(text) }.step(name)),
        Err(kept) => {
            let command: Vec<&str> = words.iter().map(|token| token.word.text.as_str()).collect();
            Some(Flow { bytes: Some(kept.into_bytes()), steps: flow.steps, ..Flow::unknown(command.join(" ")) })
        }
    }
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
    Flow { text, known: !word.opaque, steps, ..Flow::default() }
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
    Flow { text, known: !opaque, steps, ..Flow::default() }
}

/// Writes `format` once, each directive with the next value.
fn fill<'v>(format: &str, values: &mut impl Iterator<Item = &'v str>, into: &mut String) {
    let mut pieces = format.chars().peekable();
    while let Some(character) = pieces.next() {
        if character != '%' {
            into.push(character);
            continue;
        }
        let mut width = 0;
        while let Some(next) = pieces.next_if(|next| next.is_ascii_digit() || matches!(next, '-' | '.' | '+' | '#' | ' ')) {
            width = next.to_digit(10).map_or(width, |digit| (width * 10 + digit as usize).min(64));
        }
        match pieces.next() {
            Some('%') | None => into.push('%'),
            Some('b') => into.push_str(&unescape(values.next().unwrap_or_default())),
            Some(kind @ ('o' | 'x' | 'X')) => {
                let number = values.next().and_then(|value| value.parse::<u32>().ok()).unwrap_or_default();
                let digits = if kind == 'o' { format!("{number:o}") } else { format!("{number:x}") };
                into.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
                into.push_str(&digits);
            }
            Some(_) => into.push_str(values.next().unwrap_or_default()),
        }
    }
}

//! What the functions that make strings of others make of the values they are called with.

use super::fold::{MAX_BYTES, MAX_MADE, Value};
use crate::instruction::shell::{Decoding, decode_as};

/// The item of `value` at `at`; a negative place counts from the end.
pub(super) fn item(value: &Value, at: i64) -> Option<Value> {
    let place = |length: usize| usize::try_from(if at < 0 { i64::try_from(length).ok()? + at } else { at }).ok();
    match value {
        Value::List(items) => items.get(place(items.len())?).cloned(),
        Value::Text(text) => text.chars().nth(place(text.chars().count())?).map(|c| Value::Text(c.to_string())),
        _ => None,
    }
}

/// What stands in `value` from `from` up to `to`; negative places count from the end.
pub(super) fn between(value: &Value, from: i64, to: Option<i64>) -> Option<Value> {
    let length = match value {
        Value::List(items) => items.len(),
        Value::Text(text) => text.chars().count(),
        _ => return None,
    };
    let length = i64::try_from(length).ok()?;
    let place = |at: i64| usize::try_from(if at < 0 { (length + at).max(0) } else { at.min(length) }).ok();
    let (from, to) = (place(from)?, place(to.unwrap_or(length))?);
    let count = to.saturating_sub(from);
    Some(match value {
        Value::List(items) => Value::List(items.iter().skip(from).take(count).cloned().collect()),
        other => Value::Text(other.text().chars().skip(from).take(count).collect()),
    })
}

/// Every `step`th character of `value`, from its end when that is negative.
pub(super) fn every(value: &Value, step: i64) -> Option<Value> {
    let text = value.text();
    let by = usize::try_from(step.unsigned_abs()).ok().filter(|by| *by > 0)?;
    Some(Value::Text(if step < 0 { text.chars().rev().step_by(by).collect() } else { text.chars().step_by(by).collect() }))
}

fn whole(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => Some(i64::from(*number)),
        other => other.text().trim().parse().ok(),
    }
}

/// Whether a list of numbers is packed into characters: `[99, 104].pack("c*")`, `pack("C*", 99, 104)`.
fn packs_codes(values: &[Value]) -> bool {
    let numbers = values.iter().any(|value| match value {
        Value::List(items) => items.iter().any(|item| matches!(item, Value::Number(_))),
        other => matches!(other, Value::Number(_)),
    });
    numbers && values.iter().any(|value| matches!(value, Value::Text(text) if text.starts_with(['c', 'C', 'U', 'W'])))
}

/// `format` with each `{…}`, `%s` or `%d` taken by the next value.
pub(super) fn filled(format: &str, values: &[Value]) -> String {
    let mut values = values.iter();
    let mut made = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '%']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        made.push_str(before);
        let flags =
            from.get(1..).unwrap_or_default().bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')).count();
        let length = if from.starts_with('{') { from.find('}').map_or(from.len(), |end| end + 1) } else { from.len().min(2 + flags) };
        let length = from.ceil_char_boundary(length);
        let kind = from.get(..length).and_then(|directive| directive.chars().next_back());
        match values.next() {
            Some(Value::Number(number)) if kind == Some('o') => made.push_str(&format!("{number:o}")),
            Some(Value::Number(number)) if kind == Some('x') => made.push_str(&format!("{number:x}")),
            Some(Value::Number(number)) if kind == Some('c') => made.extend(char::from_u32(*number)),
            Some(value) => made.push_str(&value.text()),
            None => made.push_str(from.get(..length).unwrap_or_default()),
        }
        rest = from.get(length..).unwrap_or_default();
    }
    made + rest
}

/// What a function makes of the value it is called on and its arguments.
pub(super) fn apply(decoding: Decoding, receiver: Option<Value>, arguments: Vec<Value>) -> Option<Value> {
    let mut all: Vec<Value> = receiver.into_iter().chain(arguments).collect();
    let first = all.first()?.clone();
    let second = all.get(1).map(Value::text);
    let made = match decoding {
        Decoding::Same | Decoding::Module => return Some(first),
        Decoding::Member => Value::named(&first) + "." + &second?,
        Decoding::Join => return Some(Value::Text(join(all))),
        Decoding::Codes => {
            let mut flat = Vec::new();
            all.into_iter().for_each(|value| value.flat(&mut flat));
            if !flat.iter().any(|value| matches!(value, Value::Number(_))) && matches!(first, Value::List(_)) {
                return Some(first);
            }
            flat.into_iter().filter_map(|value| if let Value::Number(code) = value { char::from_u32(code) } else { None }).collect()
        }
        Decoding::Concat => all.iter().map(Value::text).collect(),
        Decoding::Format => filled(&first.text(), &all.split_off(1)),
        Decoding::Replace => {
            let to = all.get(2).map(Value::text).unwrap_or_default();
            first.text().replace(&second.filter(|from| !from.is_empty())?, &to)
        }
        Decoding::Split => return Some(split(first.text(), second)),
        Decoding::Reverse => match if all.len() > 1 { Value::List(all) } else { first } {
            Value::List(mut items) => {
                items.reverse();
                return Some(Value::List(items));
            }
            other => decode_as(Decoding::Reverse, &other.text())?,
        },
        Decoding::Number => return number(&first, all.get(1)),
        Decoding::Between => return between(&first, whole(all.get(1))?, all.get(2).map_or(Some(None), |to| whole(Some(to)).map(Some))?),
        Decoding::Part | Decoding::PartFromOne => {
            let from = whole(all.get(1))? - i64::from(decoding == Decoding::PartFromOne);
            let to = all.get(2).map_or(Some(None), |length| whole(Some(length)).map(|length| Some(from + length)))?;
            return between(&first, from, to);
        }
        Decoding::Translate => {
            let (from, to) = (second?, all.get(2).map(Value::text).unwrap_or_default());
            let swap = |c: char| from.chars().position(|known| known == c).map_or(Some(c), |at| to.chars().nth(at));
            first.text().chars().filter_map(swap).collect()
        }
        Decoding::Encoded if packs_codes(&all) => return apply(Decoding::Codes, Some(first), Vec::new()),
        Decoding::Encoded => {
            let names: Vec<String> = all.iter().map(Value::text).collect();
            let named = names
                .iter()
                .enumerate()
                .find_map(|(at, name)| Some((at, crate::instruction::shell::encoding(name.trim_start_matches('$'))?)));
            let Some((at, encoding)) = named else { return Some(first) };
            decode_as(encoding, names.get(usize::from(at == 0))?)?
        }
        other => decode_as(other, &first.text())?,
    };
    (made.len() <= MAX_MADE).then_some(Value::Text(made))
}

/// The items of the list with the string between; whichever of the two comes first.
fn join(mut all: Vec<Value>) -> String {
    let lists = all.iter().filter(|value| matches!(value, Value::List(_))).count();
    let mark = match all.first() {
        Some(Value::List(_)) => all.split_off(1).first().map_or(String::from(","), Value::text),
        _ => {
            let rest = all.split_off(1);
            let mark = all.first().map(Value::text).unwrap_or_default();
            all = rest;
            mark
        }
    };
    let mut items = Vec::new();
    all.into_iter().take(if lists > 0 { 1 } else { MAX_BYTES }).for_each(|value| value.flat(&mut items));
    items.iter().map(Value::text).collect::<Vec<_>>().join(&mark)
}

/// The number that `value` writes, in the base that `radix` says.
fn number(value: &Value, radix: Option<&Value>) -> Option<Value> {
    let text = value.text();
    let digits = text.trim().trim_start_matches("0x");
    let plain = if digits.len() < text.trim().len() { 16 } else { 10 };
    let radix = if let Some(Value::Number(radix)) = radix { *radix } else { plain };
    match value {
        Value::Number(_) => Some(value.clone()),
        _ if (2..=36).contains(&radix) => u32::from_str_radix(digits, radix).ok().map(Value::Number),
        _ => None,
    }
}

/// The pieces of `text` between marks; between blanks, when there is no mark.
fn split(text: String, mark: Option<String>) -> Value {
    // Perl names the mark first.
    let (text, mark) = match (text, mark) {
        (first, Some(text)) if first.is_empty() => (text, Some(first)),
        pair => pair,
    };
    Value::List(match mark.as_deref() {
        Some("") => text.chars().take(MAX_BYTES).map(|c| Value::Text(c.to_string())).collect(),
        Some(mark) => text.split(mark).map(|piece| Value::Text(piece.to_owned())).collect(),
        None => text.split_whitespace().map(|piece| Value::Text(piece.to_owned())).collect(),
    })
}

//! Reads one argument of a call: its name, and its value without quotes.

use super::fold::{self, Known, Value};
use crate::instruction::{
    Argument, Budget,
    setting::{Flow, Style, Writer},
};

/// Bytes of one argument, at most, that are read.
const MAX_BYTES: usize = 4096;

/// Reads `text`, what stands between the commas, into `arguments`; what had to be put together to do so.
pub(super) fn read(text: &str, arguments: &mut Vec<Argument>, known: &Known, budget: &mut Budget) -> Option<String> {
    let text = text.get(..text.floor_char_boundary(MAX_BYTES)).unwrap_or_default().trim();
    if text.is_empty() || !budget.take(text.len()) {
        return None;
    }
    let (name, value) = named(text);
    if let Some(made) = folded(value, known).filter(|made| budget.take(made.len())) {
        arguments.push(Argument { name: name.map(str::to_owned), value: made.clone() });
        return Some(made);
    }
    let literal = value.strip_prefix("new ").unwrap_or(value);
    let literal = literal.find(['[', '{']).filter(|at| prefixes_literal(literal.get(..*at).unwrap_or_default())).map(|at| (literal, at));
    let Some((literal, at)) = literal else {
        arguments.push(Argument { name: name.map(str::to_owned), value: unquoted(value).to_owned() });
        return None;
    };
    let mut writer = Writer::default();
    let mut flow = Flow { code: literal, at, style: Style::Code };
    flow.value(&mut writer, 0, budget);
    arguments.extend(writer.finish().into_iter().map(|entry| {
        let keys = entry.path.split('.').filter(|key| key.bytes().any(|byte| !byte.is_ascii_digit()));
        let path: Vec<&str> = name.into_iter().chain(keys).collect();
        Argument { name: (!path.is_empty()).then(|| path.join(".")), value: entry.value }
    }));
    None
}

/// What `value` makes, when it is more than a literal.
fn folded(value: &str, known: &Known) -> Option<String> {
    let literal = value.ends_with(['}', ']']) && !value.ends_with("[::-1]");
    let quotes = value.contains(['"', '\'', '`']);
    let plain = unquoted(value) != value && !value.contains("\\x") && !value.contains("\\u") && !value.contains('{');
    let filled = value.starts_with('"') && value.contains('$') && !known.is_empty();
    let built = quotes && !literal && (!plain || filled);
    let calls = !known.is_empty() && value.contains('(') && !literal;
    if !(built || calls || known.contains_key(value.trim_start_matches(['$', '@'])) || value.contains("from") || value.contains("ch")) {
        return None;
    }
    match fold::whole(value, known)? {
        Value::Number(_) => None,
        made => Some(made.text()).filter(|made| made != unquoted(value)),
    }
}

/// Whether `before` may stand before the bracket of a literal: nothing, or a type such as `[]string` or `String[]`.
fn prefixes_literal(before: &str) -> bool {
    before.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'&'))
        && (before.is_empty() || before.starts_with(['&', '*']) || before.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The name before `=`, `:` or `=>`, if there is one, and the value after it.
fn named(text: &str) -> (Option<&str>, &str) {
    let length = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '"' | '\'')).unwrap_or(text.len());
    let Some((name, rest)) = text.split_at_checked(length) else { return (None, text) };
    let (name, rest) = match name.strip_suffix(':') {
        Some(name) if rest.starts_with([' ', '\n']) => return (identifier(name), rest.trim_start()),
        _ => (name, rest.trim_start()),
    };
    let value = rest.strip_prefix("=>").or_else(|| rest.strip_prefix('=').filter(|rest| !rest.starts_with('=')));
    match (identifier(name.trim_matches([':', '"', '\''])), value) {
        (Some(name), Some(value)) => (Some(name), value.trim_start()),
        _ => (None, text),
    }
}

fn identifier(name: &str) -> Option<&str> {
    let convincing = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && !name.contains(['"', '\'', ':']);
    convincing.then_some(name)
}

/// `value` without the quotes of a string literal and its prefix.
fn unquoted(value: &str) -> &str {
    let literal = value.trim_start_matches(['b', 'f', 'r', 'u', '@', '$']);
    let literal = if literal.starts_with(['"', '\'', '`']) { literal } else { value };
    for quote in ["\"\"\"", "\"", "'", "`"] {
        let inner = literal.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner.filter(|inner| !inner.replace("\\\\", "").replace(&format!("\\{quote}"), "").contains(quote)) {
            return inner;
        }
    }
    value
}

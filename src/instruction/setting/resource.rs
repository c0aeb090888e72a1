//! Reads the resources of Puppet and Chef: `file { '/etc/x': mode => '0640' }`, `file '/etc/x' do … end`.
//!
//! Each is a block headed by its type and title; attributes are its keys.

use super::{Found, writer::Writer};
use crate::instruction::Budget;

/// Lines, at most, of one resource.
const MAX_LINES: usize = 200;

/// Reads every resource of `code`.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if budget.is_spent() {
            break;
        }
        if let Some((heading, rest)) = puppet(line) {
            let inner = start + line.len() - rest.len();
            found.push(block(code, heading, start, inner, budget));
        } else if let Some(heading) = chef(line) {
            found.push(until_end(code, heading, start, at, budget));
        }
    }
    found
}

/// Whether `line` begins a resource.
pub(super) fn begins(line: &str) -> bool {
    puppet(line).is_some() || chef(line).is_some()
}

fn is_type(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
}

/// Type and title of the Puppet resource that `line` begins, and what follows the title.
fn puppet(line: &str) -> Option<(Vec<String>, &str)> {
    let (name, rest) = line.trim_start().trim_start_matches('@').split_once('{')?;
    let name = name.trim_end();
    let title = rest.trim_start();
    let quote = title.chars().next().filter(|c| matches!(c, '\'' | '"' | '$'))?;
    let end = if quote == '$' { title.find(':')? } else { title.get(1..)?.find(quote)? + 2 };
    let (title, after) = title.split_at_checked(end)?;
    let after = after.trim_start().strip_prefix(':').filter(|after| !after.starts_with(':'))?;
    let attributes = after.trim().is_empty() || after.contains("=>");
    (is_type(name) && attributes).then(|| (vec![name.to_owned(), title.trim_matches(quote).to_owned()], after))
}

/// Type and title of the Chef resource that `line` begins.
fn chef(line: &str) -> Option<Vec<String>> {
    let head = line.trim().strip_suffix(" do")?;
    let (name, title) = head.split_once(' ')?;
    let title = title.trim();
    let titled = title.starts_with(['\'', '"', '#'])
        || title.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'[' | b']'));
    (is_type(name) && titled && !matches!(name, "if" | "unless" | "while" | "for" | "loop"))
        .then(|| vec![name.to_owned(), title.trim_matches(['\'', '"']).to_owned()])
}

/// Reads `key => value` up to the bracket that closes the resource.
fn block(code: &str, heading: Vec<String>, start: usize, inner: usize, budget: &mut Budget) -> Found {
    let mut writer = Writer::default();
    let body = code.get(inner..).unwrap_or_default();
    let (mut depth, mut quote, mut from, mut end) = (0_usize, None, 0, body.len());
    for (at, c) in body.char_indices() {
        match c {
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '\'' | '"' => quote = Some(c),
            '{' | '[' | '(' => depth += 1,
            '}' if depth == 0 => {
                end = at;
                break;
            }
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                attribute(body.get(from..at).unwrap_or_default(), &mut writer, budget);
                from = at + 1;
            }
            _ => {}
        }
        if !budget.take(1) {
            break;
        }
    }
    attribute(body.get(from..end).unwrap_or_default(), &mut writer, budget);
    Found { heading, writer, range: start..(inner + end + 1).min(code.len()) }
}

fn attribute(pair: &str, writer: &mut Writer, budget: &mut Budget) {
    if let Some((key, value)) = pair.split_once("=>") {
        values(key.trim(), value.trim(), writer, budget);
    }
}

/// Reads `key value` up to the `end` of the resource.
fn until_end(code: &str, heading: Vec<String>, start: usize, inner: usize, budget: &mut Budget) -> Found {
    let mut writer = Writer::default();
    let (mut at, mut depth) = (inner, 0_usize);
    for line in code.get(inner..).unwrap_or_default().split_inclusive('\n').take(MAX_LINES) {
        at += line.len();
        let text = line.trim();
        if text == "end" && depth == 0 {
            break;
        }
        match text.split_once(' ') {
            _ if text == "end" => depth = depth.saturating_sub(1),
            _ if text.ends_with(" do") || text.ends_with('|') && text.contains(" do ") => depth += 1,
            Some((key, value)) if depth == 0 && is_type(key) => values(key, value.trim(), &mut writer, budget),
            _ => {}
        }
    }
    Found { heading, writer, range: start..at }
}

/// Writes a value down, or the members of a list.
fn values(key: &str, value: &str, writer: &mut Writer, budget: &mut Budget) {
    let plain = |value: &str| value.trim().trim_end_matches(',').trim_matches(['\'', '"', ':']).to_owned();
    let list = value.strip_prefix("%w").unwrap_or(value);
    let Some(list) = list.strip_prefix(['[', '(']).and_then(|list| list.strip_suffix([']', ')'])) else {
        writer.entry(key, plain(value), budget);
        return;
    };
    for (at, member) in list.split([',', ' ']).filter(|member| !member.trim().is_empty()).enumerate() {
        writer.entry(&format!("{key}.{at}"), plain(member), budget);
    }
}

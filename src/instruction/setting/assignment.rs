//! Reads what program code sets: `permission_classes = [AllowAny]`, `app.config["X"] = False`, `verify: false` in a class.
//!
//! Only literals and single names count: what is computed is not configuration.

use super::{
    Found,
    flow::{Flow, Style},
    writer::Writer,
};
use crate::instruction::Budget;

/// Reads each assignment as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    declared(code, budget, assignment, |writer, (key, value), end, budget| {
        let back = writer.enter(&key);
        let mut flow = Flow { code, at: end - value.len(), style: Style::Code };
        flow.value(writer, 0, budget);
        writer.leave(back);
        flow.at
    })
}

/// What the lines of `code` that `head` knows declare: `body` writes it down, given where the line ends, and says where it ends itself.
pub(super) fn declared<'c, Head>(
    code: &'c str,
    budget: &mut Budget,
    head: impl Fn(&'c str) -> Option<Head>,
    body: impl Fn(&mut Writer, Head, usize, &mut Budget) -> usize,
) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut at, mut read_to) = (0, 0);
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < read_to || budget.is_spent() {
            continue;
        }
        let Some(head) = head(line) else { continue };
        let mut writer = Writer::default();
        read_to = body(&mut writer, head, at, budget);
        found.push(Found { heading: Vec::new(), writer, range: start..read_to.min(code.len()) });
    }
    found
}

/// Whether `line` sets a name to a list or members, as program code does.
pub(super) fn is_list(line: &str) -> bool {
    assignment(line).is_some_and(|(_, value)| value.starts_with(['[', '{']))
}

/// Whether `line` is an assignment of program code: indented or with a member, to a literal.
pub(super) fn is_code(line: &str) -> bool {
    is_list(line) || assignment(line).is_some_and(|(key, _)| key.contains('.'))
}

/// The key of the assignment that `line` is, subscripts as keys, and the rest of the line from its value on.
fn assignment(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let key = ["const ", "let ", "var ", "self.", "this.", "$"].iter().fold(key, |key, prefix| key.strip_prefix(prefix).unwrap_or(key));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'[' | b']' | b'"' | b'\'' | b'-');
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && key.bytes().all(plain);
    if !named || value.starts_with(['=', '>', '~']) {
        return None;
    }
    let value = value.trim_start_matches([' ', '\t']);
    let first = value.trim_end().trim_end_matches(';');
    let literal = first.starts_with(['[', '{', '"', '\''])
        || (!first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')));
    let keys: Vec<&str> = key.split(['[', ']', '"', '\'']).filter(|key| !key.is_empty()).collect();
    literal.then(|| (keys.join("."), value))
}

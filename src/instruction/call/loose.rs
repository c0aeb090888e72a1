//! Calls written without brackets: `system join '', …`, `shell.Run "net " & "use"`, and Perl's and Ruby's backticks.

use super::fold::{self, Known, Value};
use crate::instruction::{
    Argument, Budget, Call,
    shell::{self, Decoding},
};
use std::ops::Range;

/// Statements, at most, that are looked at.
const MAX_STATEMENTS: usize = 256;
/// Functions of Perl and Ruby that change who may do what, called without brackets.
const BARE: &[&str] =
    &["chmod", "chown", "File.chmod", "File.chown", "FileUtils.chmod", "FileUtils.chmod_R", "FileUtils.chown", "FileUtils.chown_R"];
/// Words before the expression, at most: `shell.Run`, `Set x =`.
const MAX_NAME: usize = 80;

/// The calls of `code`, given what its variables hold.
pub(super) fn read(code: &str, known: &Known, budget: &mut Budget) -> Vec<(Call, Range<usize>, Vec<String>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for statement in code.split_inclusive(['\n', ';', '{', '}']).take(MAX_STATEMENTS) {
        let at = start + statement.len() - statement.trim_start().len();
        let end = start + statement.len();
        start = end;
        if !budget.take(statement.len() / 8 + 1) {
            break;
        }
        let rest = code.get(at..).unwrap_or_default();
        let length =
            rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '$' | ':' | '(' | ')' | '"')).unwrap_or(rest.len());
        let Some((path, after)) = rest.split_at_checked(length).filter(|(path, _)| (2..=MAX_NAME).contains(&path.len())) else { continue };
        let value = after.trim_start_matches(' ');
        let bare = BARE.contains(&path);
        if value.len() == after.len()
            || !(bare || path.ends_with(".Run") || shell::is_host_call(path))
            || !value.starts_with(|c: char| c.is_alphanumeric() || "\"'([$@%".contains(c))
        {
            continue;
        }
        let values = if bare { fold::listed(value, known) } else { fold::prefix(value, known).map(|(made, length)| (vec![made], length)) };
        let Some((made, length)) = values.filter(|(made, _)| !bare || made.len() > 1 && matches!(made.first(), Some(Value::Number(_))))
        else {
            continue;
        };
        let until = at + path.len() + (after.len() - value.len()) + length;
        let arguments = made.iter().map(|value| Argument { name: None, value: value.text() }).collect();
        found.push((Call { path: path.to_owned(), arguments }, at..until.min(code.len()), Vec::new()));
    }
    found.extend(ticked(code, known, budget));
    found.extend(marked(code, known, budget));
    found
}

/// Command lines between backticks, with the variables of the code put in.
fn ticked(code: &str, known: &Known, budget: &mut Budget) -> Vec<(Call, Range<usize>, Vec<String>)> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in code.split('`').take(MAX_STATEMENTS).enumerate() {
        let (index, piece) = piece;
        let range = at..at + piece.len();
        at = range.end + 1;
        // What stands first is no template of a string.
        let first = index == 1 && code.trim_start().starts_with('`');
        let open = piece.contains('$') || piece.contains("#{");
        if index % 2 == 0 || !(first || open) || piece.contains('\n') || !budget.take(piece.len() * 4) {
            continue;
        }
        if let Some(made) = filled(piece, known).or_else(|| first.then(|| piece.to_owned())) {
            found.push((Call { path: "`".to_owned(), arguments: vec![Argument { name: None, value: made }] }, range, Vec::new()));
        }
    }
    found
}

/// Command lines between Perl's and Ruby's other marks for backticks: `%x(…)`, `qx{…}`.
fn marked(code: &str, known: &Known, budget: &mut Budget) -> Vec<(Call, Range<usize>, Vec<String>)> {
    let mut found = Vec::new();
    for (at, mark) in ["%x", "qx"].iter().flat_map(|mark| code.match_indices(mark).take(MAX_STATEMENTS)) {
        let rest = code.get(at + mark.len()..).unwrap_or_default();
        let close = match rest.as_bytes().first() {
            Some(b'(') => ')',
            Some(b'{') => '}',
            Some(b'[') => ']',
            Some(b'/') => '/',
            _ => continue,
        };
        let inside = code.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        let line = rest.lines().next().unwrap_or_default();
        let Some(end) = line.rfind(close).filter(|end| *end > 0 && !inside && budget.take(line.len() * 4)) else { continue };
        let piece = line.get(1..end).unwrap_or_default();
        let value = filled(piece, known).unwrap_or_else(|| piece.to_owned());
        let range = at..at + mark.len() + end + 1;
        found.push((Call { path: "`".to_owned(), arguments: vec![Argument { name: None, value }] }, range, Vec::new()));
    }
    found
}

/// `text` with `$name` and `#{expression}` put in; nothing when none of them is known.
fn filled(text: &str, known: &Known) -> Option<String> {
    let (mut made, mut rest, mut any) = (String::new(), text, false);
    while let Some(at) = rest.find("#{").into_iter().chain(rest.find('$')).min() {
        let (before, from) = rest.split_at_checked(at)?;
        made.push_str(before);
        let (source, after) = match from.strip_prefix("#{").or_else(|| from.strip_prefix("${")) {
            Some(inner) => inner.split_once('}')?,
            None => {
                let name = from.get(1..)?;
                name.split_at_checked(name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len()))?
            }
        };
        match fold::whole(source, known) {
            Some(value) => {
                any = true;
                made.push_str(&value.text());
            }
            None => made.extend(["$", source]),
        }
        rest = after;
    }
    made.push_str(rest);
    any.then_some(made)
}

/// Whether `path` prints what it is called with.
pub(super) fn prints(path: &str) -> bool {
    shell::decoding(path) == Some(Decoding::Print)
}

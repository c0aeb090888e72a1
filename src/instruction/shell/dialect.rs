//! Tells which shell a piece of code is written for.

use super::{facts::facts, format::DialectName};

/// The dialect of `code`: what its fence language says, otherwise what its lines begin with.
pub(super) fn of(code: &str, language: &str) -> DialectName {
    if let Some(dialect) = facts().languages.get(language) {
        return *dialect;
    }
    let mut found = DialectName::Posix;
    for line in code.lines() {
        match of_line(line) {
            DialectName::PowerShell => return DialectName::PowerShell,
            DialectName::Cmd => found = DialectName::Cmd,
            DialectName::Posix => {}
        }
    }
    found
}

fn of_line(line: &str) -> DialectName {
    let line = line.trim_start();
    let first = line.split([' ', '\t', '|', ';', '(']).next().unwrap_or_default();
    let assigns = first.len() > 1 && first.starts_with('$') && (first.contains('=') || line.split_whitespace().nth(1) == Some("="));
    if assigns || line.contains("$_.") || line.contains("| %{") || has_cmdlet(line) || is_signed(line) {
        return DialectName::PowerShell;
    }
    let base = first.rsplit(['\\', '/']).next().unwrap_or(first);
    let drive = first.as_bytes().get(1) == Some(&b':') && first.as_bytes().get(2) == Some(&b'\\');
    let carets = base.contains('^') && base.starts_with(|first: char| first.is_ascii_alphabetic());
    let loops = first.eq_ignore_ascii_case("for") && line.get(4..).is_some_and(|rest| rest.trim_start().starts_with(['/', '%']));
    if drive || loops || carets && base.bytes().all(|byte| byte == b'^' || byte.is_ascii_alphabetic()) {
        return DialectName::Cmd;
    }
    let name = base.to_ascii_lowercase();
    facts().natives.get(name.strip_suffix(".exe").unwrap_or(&name)).copied().unwrap_or_default()
}

/// Whether `line` begins with a value, as none of another shell does, and goes on with what only PowerShell has.
fn is_signed(line: &str) -> bool {
    if !line.starts_with(['(', '\'', '"', '[', '&', '.', '$']) {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    facts().signs.iter().any(|sign| lower.contains(sign))
}

/// Whether a `Verb-Noun` name stands where a command may begin.
fn has_cmdlet(line: &str) -> bool {
    line.contains('-')
        && line.split(['|', '{', '(', ';', '=', '&']).any(|piece| {
            let piece = piece.trim_start();
            facts().is_cmdlet(
                piece.split(|character: char| character.is_whitespace() || matches!(character, ')' | '}')).next().unwrap_or_default(),
            )
        })
}

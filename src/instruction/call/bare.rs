//! Calls without brackets, as Ruby and Perl write them: `chmod 0640, path`, `skip_before_action :authenticate`.

use super::{argument, fold::Known};
use crate::instruction::{Budget, Call};
use std::ops::Range;

/// Bytes of a line, at most, that are looked at.
const MAX_LINE: usize = 1000;
/// Words that end a call's arguments.
const ENDS: &[&str] = &[" or ", " if ", " unless ", " || ", " and ", " do", ";", " #"];

/// The calls that lines of `code` are, each with where it stands.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<(Call, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((path, rest)) = called(line).filter(|_| line.len() <= MAX_LINE) else { continue };
        let end = ENDS.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
        let given = rest.get(..end).unwrap_or_default().trim();
        let known = Known::new();
        let mut arguments = Vec::new();
        for text in members(given) {
            argument::read(text, &mut arguments, &known, budget);
        }
        let from = start + line.find(path).unwrap_or_default();
        let to = start + line.len() - rest.len() + end;
        found.push((Call { path: path.replace("::", ".").replace("->", "."), arguments }, from..to.max(from)));
        if budget.is_spent() {
            break;
        }
    }
    found
}

/// What `line` calls, and its arguments: a name followed by something that is an argument for certain.
fn called(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_start();
    let text = text.strip_prefix("return ").unwrap_or(text);
    let length = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | ':' | '!' | '?')).unwrap_or(text.len());
    let (path, rest) = text.split_at_checked(length)?;
    if rest.trim().is_empty() {
        // Ruby's class methods need no arguments: `skip_authorization_check`.
        let method = path.contains('_') && path.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'!'));
        return method.then_some((path, rest));
    }
    let rest = rest.strip_prefix(' ')?.trim_start();
    let named = path.starts_with(|c: char| c.is_ascii_alphabetic()) && !path.ends_with([':', '.']);
    let list = || rest.find(',').is_some_and(|comma| !rest.get(..comma).unwrap_or_default().trim().contains(' '));
    let argues = match rest.as_bytes() {
        [b':', next, ..] => next.is_ascii_alphabetic(),
        [b'0'..=b'9', ..] | [b'$' | b'@', ..] => list(),
        [b'"' | b'\'', ..] => rest.contains([',']) || rest.trim_end().ends_with(['"', '\'']),
        _ => path.contains(['.', ':']) && list() || path.contains('_') && rest.split_once(": ").is_some_and(|(key, _)| is_key(key)),
    };
    (named && argues).then_some((path, rest))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The members of a list, split at commas outside of brackets and quotes.
fn members(list: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from) = (0_usize, None, 0);
    let mut found = Vec::new();
    for (at, c) in list.char_indices() {
        match c {
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '\'' | '"' => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.extend(list.get(from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.extend(list.get(from..));
    found
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::instruction::Budget;

    fn calls(code: &str) -> Vec<(String, Vec<String>)> {
        let found = read(code, &mut Budget::for_bytes(code.len()));
        found.into_iter().map(|(call, _)| (call.path, call.arguments.into_iter().map(|argument| argument.value).collect())).collect()
    }

    #[test]
    fn reads_what_ruby_and_perl_write() {
        let made = calls("FileUtils.chmod 0777, 'x'\nskip_before_action :login!, only: :index\nchmod 0640, $file or die;\n");
        let paths: Vec<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["FileUtils.chmod", "skip_before_action", "chmod"]);
        assert_eq!(made.first().map(|(_, values)| values.join(" ")), Some("0777 x".to_owned()));
    }

    #[test]
    fn takes_no_command_and_no_sentence_for_a_call() {
        assert!(calls("chmod 777 /srv\nchmod is it, really\nSee this, please\nfoo bar, baz\n").is_empty());
    }
}

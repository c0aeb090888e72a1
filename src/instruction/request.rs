//! Reads requests written as a client's console takes them: `PUT /_security/role/x` and its body below.
//!
//! They become the `curl` command that sends them, so that one rule holds for both.

use super::{Act, Budget, Command, Read, Word};

/// Methods that change something.
const METHODS: &[&str] = &["PUT", "POST", "PATCH", "DELETE"];
/// Languages of fences in which requests are written.
const LANGUAGES: &[&str] = &["", "http", "rest", "console", "text", "txt", "json", "kibana", "sense", "plaintext", "none"];
/// Bytes of one body, at most.
const MAX_BODY: usize = 16 * 1024;

/// Reads each request of `code` as a command.
pub(super) fn read(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    if !LANGUAGES.contains(&language) || !budget.take(code.len() / 16 + 1) {
        return Vec::new();
    }
    let mut heads: Vec<(usize, &str, &str)> = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        heads.extend(head(line).map(|(method, path)| (at, method, path)));
        at += line.len();
    }
    let ends: Vec<usize> = heads.iter().skip(1).map(|(at, ..)| *at).chain([code.len()]).collect();
    heads.into_iter().zip(ends).filter_map(|((at, method, path), end)| finish(code, at..end, method, path)).collect()
}

/// The method and path of the request that `line` begins.
fn head(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let method = words.next().filter(|method| METHODS.contains(method))?;
    let path = words.next().filter(|path| path.starts_with(['/', '_', '{']) || path.starts_with("http"))?;
    let rest = words.next();
    let ends = rest.is_none_or(|version| version.starts_with("HTTP/")) && words.next().is_none();
    (ends && (path.contains('/') || path.starts_with('_'))).then_some((method, path))
}

fn finish(code: &str, range: std::ops::Range<usize>, method: &str, path: &str) -> Option<Read> {
    let text = code.get(range.clone())?.trim_end();
    let body = text.find(['\n']).and_then(|line| text.get(line..)).unwrap_or_default();
    let opens = body.match_indices(['{', '[']).map(|(at, _)| at).find(|at| body.get(..*at).is_some_and(|before| before.ends_with('\n')));
    let body = opens.and_then(|at| body.get(at..)).filter(|body| body.len() <= MAX_BODY);
    let word = |text: &str| Word { text: text.to_owned(), opaque: false };
    let words = ["-X", method, path].into_iter().chain(body.into_iter().flat_map(|body| ["-d", body])).map(word).collect();
    let command = Command { program: "curl".to_owned(), words, ..Command::default() };
    Some(Read { act: Act::Command(command), range: range.start..range.start + text.len(), text: text.to_owned(), decoded: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(code: &str) -> Vec<String> {
        let mut budget = Budget::for_bytes(code.len());
        let words = |read: Read| match read.act {
            Act::Command(command) => command.words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        read(code, "", &mut budget).into_iter().map(words).collect()
    }

    #[test]
    fn requests_become_the_command_that_sends_them() {
        let code = "PUT /_security/role/x\n{ \"cluster\": [\"all\"] }\n\nDELETE _security/role/y\n";
        assert_eq!(commands(code), ["-X PUT /_security/role/x -d { \"cluster\": [\"all\"] }", "-X DELETE _security/role/y"]);
        assert_eq!(commands("POST /a HTTP/1.1\nHost: b\n\n{}"), ["-X POST /a -d {}"]);
    }

    #[test]
    fn logs_and_look_ups_are_no_requests() {
        assert!(commands("GET /_security/role\nPOST /a 200 12ms\nPUT it /there\nDELETE FROM t\n").is_empty());
    }
}

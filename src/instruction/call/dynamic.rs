//! Statements that other statements put together and run: `EXEC('GR' + 'ANT …')`, `EXECUTE IMMEDIATE 'GRANT …'`.

use super::fold::{self, Known};
use crate::instruction::{Budget, Read, statement};

/// String expressions, at most, that are looked at in one piece of code.
const MAX_STRINGS: usize = 256;
/// What runs a string, in either case.
const RUNS: &[&str] = &["EXEC", "exec", "Exec", "PREPARE", "prepare", "\\gexec"];

/// The statements in the strings of `code`, when it runs strings.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Read> {
    if !code.contains(['\'', '"', '(']) || !RUNS.iter().any(|word| code.contains(word)) {
        return Vec::new();
    }
    let mut known = Known::new();
    let mut found = Vec::new();
    let mut at = 0;
    for _ in 0..MAX_STRINGS {
        let rest = code.get(at..).unwrap_or_default();
        let Some(start) = next(rest).map(|start| at + start) else { break };
        let Some((value, length)) = fold::prefix(code.get(start..).unwrap_or_default(), &known) else {
            at = start + 1;
            continue;
        };
        let made = value.text();
        if !budget.take(length + made.len()) {
            break;
        }
        at = start + length.max(1);
        for read in statement::read(&made, "sql", budget) {
            found.push(Read { range: start..start + length, decoded: vec![made.clone()], ..read });
        }
        if let Some(name) = assigned(code.get(..start).unwrap_or_default()) {
            known.insert(name.to_owned(), value);
        }
    }
    found
}

/// Where the next expression that makes a string may begin.
fn next(rest: &str) -> Option<usize> {
    let begins = |(at, byte): (usize, u8)| match byte {
        b'\'' => true,
        b'@' => at > 0 && rest.as_bytes().get(at - 1) == Some(&b'('),
        b'0' => rest.get(at..).is_some_and(|rest| rest.starts_with("0x")),
        b'C' | b'c' => rest.get(at..at + 4).is_some_and(|word| ["char", "conc", "chr("].iter().any(|name| word.eq_ignore_ascii_case(name))),
        _ => false,
    };
    rest.bytes().enumerate().find(|pair| begins(*pair)).map(|(at, _)| at)
}

/// The variable that `before` ends assigning to: `@s nvarchar(200) = N`.
fn assigned(before: &str) -> Option<&str> {
    let before = before.trim_end_matches('N').trim_end().strip_suffix('=')?;
    let before = before.strip_suffix(':').unwrap_or(before);
    let name = before.get(before.rfind('@')? + 1..)?;
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    name.get(..length).filter(|name| !name.is_empty())
}

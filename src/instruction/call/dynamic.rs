//! Statements that other statements put together and run: `EXEC('GR' + 'ANT …')`, `EXECUTE IMMEDIATE 'GRANT …'`.

use super::fold::{self, Known};
use crate::instruction::{
    Budget, Read,
    shell::{Decoding, decoding},
    statement,
};
use crate::text::Text;

/// String expressions, at most, that are looked at in one piece of code.
const MAX_STRINGS: usize = 256;
/// What begins the statements that are looked at for strings that functions build.
const VERBS: &[&str] = &["UPDATE ", "INSERT ", "GRANT ", "ALTER ", "CREATE ", "update ", "insert ", "alter ", "CALL ", "EXEC "];
/// Bytes of the name of a function, at most.
const MAX_NAME: usize = 32;
/// What runs a string, in either case.
const RUNS: &[&str] = &["EXEC", "exec", "Exec", "PREPARE", "prepare", "\\gexec"];

/// The statements in the strings of `code`, when it runs strings.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Read> {
    let mut found = built(code, budget);
    if !code.contains(['\'', '"', '(']) || !RUNS.iter().any(|word| code.contains(word)) {
        return found;
    }
    let mut known = Known::new();
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

/// The statements of `code` with the strings that functions build in them put in: `SET role = UNHEX('61…')`.
fn built(code: &str, budget: &mut Budget) -> Vec<Read> {
    if !code.contains("('") || !VERBS.iter().any(|verb| code.contains(verb)) {
        return Vec::new();
    }
    let known = Known::new();
    let mut made = Text::default();
    let (mut at, mut copied) = (0, 0);
    for _ in 0..MAX_STRINGS {
        let Some(start) = code.get(at..).and_then(call).map(|start| at + start) else { break };
        at = start + 1;
        let Some((value, length)) = fold::prefix(code.get(start..).unwrap_or_default(), &known) else { continue };
        if !budget.take(length) {
            break;
        }
        made.push(code.get(copied..start).unwrap_or_default(), copied..start);
        made.replace(&format!("'{}'", value.text()), start..start + length);
        at = start + length.max(1);
        copied = at;
    }
    if copied == 0 {
        return Vec::new();
    }
    made.push(code.get(copied..).unwrap_or_default(), copied..code.len());
    let reads = statement::read(made.as_str(), "sql", budget).into_iter();
    reads.map(|read| Read { decoded: vec![read.text.clone()], range: made.source(read.range.clone()), ..read }).collect()
}

/// Where the next call of a function that makes a string begins.
fn call(rest: &str) -> Option<usize> {
    let starts = rest.match_indices("('").filter_map(|(at, _)| {
        let length = rest.get(..at)?.bytes().rev().take(MAX_NAME).take_while(|byte| is_name(*byte)).count();
        rest.get(at - length..at).filter(|name| makes(name)).map(|_| at - length)
    });
    starts.into_iter().next()
}

/// Where the next expression that makes a string may begin.
fn next(rest: &str) -> Option<usize> {
    let begins = |(at, byte): (usize, u8)| match byte {
        b'\'' => true,
        b'@' => at > 0 && rest.as_bytes().get(at - 1) == Some(&b'('),
        b'0' => rest.get(at..).is_some_and(|rest| rest.starts_with("0x")),
        b'A'..=b'Z' | b'a'..=b'z' if at == 0 || !rest.as_bytes().get(at - 1).is_some_and(|before| is_name(*before)) => {
            let name = rest.get(at..).unwrap_or_default();
            let length = name.bytes().take(MAX_NAME).take_while(|byte| is_name(*byte)).count();
            name.as_bytes().get(length) == Some(&b'(') && name.get(..length).is_some_and(makes)
        }
        _ => false,
    };
    rest.bytes().enumerate().find(|pair| begins(*pair)).map(|(at, _)| at)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

/// Whether the function `name` makes a string of others.
fn makes(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    decoding(last)
        .or_else(|| decoding(&last.to_ascii_uppercase()))
        .is_some_and(|told| !matches!(told, Decoding::Run | Decoding::Print | Decoding::Module | Decoding::Same))
}

/// The variable that `before` ends assigning to: `@s nvarchar(200) = N`.
fn assigned(before: &str) -> Option<&str> {
    let before = before.trim_end_matches('N').trim_end().strip_suffix('=')?;
    let before = before.strip_suffix(':').unwrap_or(before);
    let name = before.get(before.rfind('@')? + 1..)?;
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    name.get(..length).filter(|name| !name.is_empty())
}

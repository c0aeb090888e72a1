//! Reads command lines as a shell would.
//!
//! What a command does shows only after the shell is through with it, so the reader does a shell's work without its
//! effects: quotes and escapes go, variables and aliases set earlier in the same code are put in, `sudo` and its kin are
//! unwrapped, and a script handed to another shell, encoded or not, is read in turn. What only running would tell stays
//! as written and is marked opaque.
//!
//! Two conventions rules can rely on:
//! - a shell or interpreter fed by a command of unknown output (`curl … | sh`) gets that command line as one more, opaque
//!   word; a substitution of unknown output stays in its word as written: `sh -c "$(curl …)"`;
//! - a command that prints something known into a file has it as its `input`, whether it is `echo` or `tee`.

mod adsi;
mod arithmetic;
mod awk;
mod bare;
mod brace;
mod carrier;
mod cmd;
mod decode;
mod dialect;
mod edit;
mod escape;
mod evaluate;
mod expand;
mod facts;
mod fields;
mod filter;
mod format;
mod glob;
mod hosted;
mod inflate;
mod inplace;
mod interpreter;
mod jq;
mod lines;
mod loops;
mod make;
mod methods;
mod pattern;
mod powershell;
mod registry;
mod reshape;
mod script;
mod session;
#[cfg(test)]
mod tests;
mod word;

pub(crate) use bare::{is_convincing as is_argument, read_prose};
pub(crate) use decode::{decode_as, shifted};
pub(crate) use escape::unescape;
pub(crate) use evaluate::notation;
pub(crate) use format::Decoding;
pub(crate) use hosted::{files_in, lines_in};

use super::{Budget, Read};
use crate::text::Words;
use facts::facts;
use format::DialectName;
use session::{Place, Session};
use std::ops::Range;

/// What a piece of code holds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Commands, in order of where they begin; ranges are bytes of the code.
    pub(crate) reads: Vec<Read>,
    /// Code in other languages, for their readers.
    pub(crate) embedded: Vec<Embedded>,
}

/// Code in another language that a command carries: the query of `psql -c`, the manifest of `kubectl apply -f -`.
#[derive(Debug)]
pub(crate) struct Embedded {
    /// Its language, as a fence would name it; for a file, its extension or name.
    pub(crate) language: String,
    /// Its text.
    pub(crate) code: String,
    /// Where it stands in the outer code, in bytes.
    pub(crate) range: Range<usize>,
    /// Whether `code` stands there as it is, so that ranges in it can be told exactly.
    pub(crate) exact: bool,
    /// The chain that led to it.
    pub(crate) decoded: Vec<String>,
}

/// Reads the command lines of `code`, written in `language` (a fence's, lower-cased; empty when unknown).
pub(crate) fn read(code: &str, language: &str, budget: &mut Budget) -> Found {
    if facts().unread.contains(language) {
        // A fence that names the wrong language is pasted into a shell all the same; a log only tells.
        let told = language == "log";
        let mut reads = if told { Vec::new() } else { read_prose(code, Words::of(code).all(), budget) };
        reads.retain(|read| begins_line(code.get(..read.range.start).unwrap_or_default()));
        return Found { reads, embedded: Vec::new() };
    }
    if !budget.take(code.len() / 4 + 1) {
        return Found::default();
    }
    if let Some(commands) = registry::commands(code, language) {
        let mut session = Session::new(budget);
        session.run(&commands, Place::Whole(0..code.len()), DialectName::Cmd, Vec::new());
        return Found { reads: session.reads, embedded: Vec::new() };
    }
    let made = make::expanded(code, language).into_iter().chain(adsi::commands(code));
    let lines = lines::select(code, language);
    let dialect = dialect::of(lines.as_str(), language);
    let mut session = Session::new(budget);
    session.run(lines.as_str(), Place::Exact(0), dialect, Vec::new());
    if let Some(line) = shebang(code) {
        session.run(&line, Place::Whole(0..code.lines().next().map_or(0, str::len)), DialectName::Posix, Vec::new());
    }
    for (line, range) in made {
        session.run(&line, Place::Whole(range), DialectName::Posix, vec![line.clone()]);
    }
    let mut found = Found { reads: session.reads, embedded: session.embedded };
    if matches!(lines, lines::Lines::Some(_)) {
        for read in &mut found.reads {
            read.range = lines.source(read.range.clone());
        }
        for embedded in &mut found.embedded {
            let source = lines.source(embedded.range.clone());
            embedded.exact &= source.len() == embedded.range.len();
            embedded.range = source;
        }
    }
    found.reads.sort_by_key(|read| read.range.start);
    found
}

/// The command in the first line of a script that names no interpreter but does something by itself: `#!/usr/bin/env -S …`.
fn shebang(code: &str) -> Option<String> {
    let line = code.strip_prefix("#!")?.lines().next()?.trim();
    let (program, rest) = line.split_once([' ', '\t'])?;
    let split = program.ends_with("/env").then(|| rest.trim().strip_prefix("-S").or_else(|| rest.trim().strip_prefix("--split-string=")));
    let line = split.flatten().map_or(line, str::trim);
    line.contains(' ').then(|| line.to_owned())
}

/// What the function of program code called `name` makes of strings.
pub(crate) fn decoding(name: &str) -> Option<Decoding> {
    facts().decoders.get(name).copied()
}

/// Whether the function of program code called `path` runs a command line.
pub(crate) fn is_host_call(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    facts().host_calls.contains(path) || facts().host_calls.contains(format!("*.{last}").as_str())
}

/// Whether a line of code may begin with `word`, whatever quotes are in it.
pub(crate) fn begins_code(word: &str) -> bool {
    let name: String = word.chars().filter(|c| !matches!(c, '"' | '\'' | '\\' | '^')).collect();
    let name = name.rsplit('/').next().unwrap_or(&name).to_ascii_lowercase();
    is_program(&name) || !facts().interpreters(&name).is_empty() || !facts().carriers(&name).is_empty() || facts().filter(&name).is_some()
}

/// Whether `name` is that of a program recognised in prose.
pub(crate) fn is_program(name: &str) -> bool {
    facts().programs.contains_key(name)
}

/// Whether a program recognised in prose may be named in a text with these words.
pub(crate) fn may_name(words: &Words) -> bool {
    facts().named.may_hold(words)
}

/// The encoding that goes by `name`.
pub(crate) fn encoding(name: &str) -> Option<Decoding> {
    facts().encodings.get(name.to_ascii_lowercase().as_str()).or_else(|| facts().encodings.get(name)).copied()
}

/// Whether a line of its own, or of a comment, begins after `before`.
fn begins_line(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || ["#", "//", "*", "\"\"\"", "--"].iter().any(|mark| line.starts_with(mark))
}

/// Whether `language` shows a change.
pub(crate) fn is_patch(language: &str) -> bool {
    facts().diffs.contains(language)
}

/// Whether `language` is a shell's.
pub(crate) fn is_shell(language: &str) -> bool {
    facts().languages.contains_key(language)
}

//! What is wrong with a policy file, in words its author can act on.

use std::{fmt, ops::Range};

/// What is wrong with a policy file and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    message: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for PolicyError {}

impl PolicyError {
    /// Names the line of `place`, a byte range of `source`.
    pub(super) fn at(place: &Range<usize>, source: &str, message: &str) -> Self {
        Self { message: format!("line {}: {message}", line_of(source, place.start)) }
    }

    /// Names the line, and for an unknown key the nearest known one.
    pub(super) fn from_toml(error: &toml::de::Error, source: &str) -> Self {
        let message = error.message();
        let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let advice = match names.split_first() {
            Some((unknown, known)) if message.starts_with("unknown field") => unknown_key(unknown, known),
            Some((unknown, known)) if message.starts_with("unknown variant") => {
                format!("`{unknown}` is not possible here: choose {}", list(known))
            }
            Some((missing, _)) if message.starts_with("missing field") => format!("`{missing}` is missing: add it"),
            _ if message.starts_with("invalid type") || message.starts_with("wanted ") => format!("this must be {}", expected(message)),
            _ => message.lines().collect::<Vec<_>>().join(", "),
        };
        Self::at(&error.span().unwrap_or_default(), source, &advice)
    }
}

/// The line, from 1, that the byte `at` of `source` stands in.
pub(super) fn line_of(source: &str, at: usize) -> usize {
    source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn unknown_key(unknown: &str, known: &[&str]) -> String {
    match known.iter().min_by_key(|name| strsim::damerau_levenshtein(unknown, name)) {
        Some(nearest) if strsim::damerau_levenshtein(unknown, nearest) <= unknown.len() / 2 => {
            format!("unknown key `{unknown}`, did you mean `{nearest}`?")
        }
        _ => format!("unknown key `{unknown}`: the keys here are {}", list(known)),
    }
}

/// The kind of value the parser expected, in plain words.
fn expected(message: &str) -> &str {
    match message.rsplit_once("expected ").map_or(message, |(_, expected)| expected) {
        "u8" | "u16" => "a whole number",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list",
        expected if expected.contains("string") || expected.contains("enum") => "a text",
        _ => "a table",
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

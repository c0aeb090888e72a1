//! What is wrong with a policy file, in words its author can act on.

use std::fmt;

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
    pub(super) fn new(message: String) -> Self {
        Self { message }
    }

    /// Names the line, and for an unknown key the nearest known one.
    pub(super) fn from_toml(error: &toml::de::Error, source: &str) -> Self {
        let line = error.span().and_then(|span| source.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
        let message = error.message();
        let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let advice = match names.split_first() {
            Some((unknown, known)) if message.starts_with("unknown field") => unknown_key(unknown, known),
            Some((unknown, known)) if message.starts_with("unknown variant") => {
                format!("`{unknown}` is not possible here: choose {}", list(known))
            }
            _ => message.lines().collect::<Vec<_>>().join(", "),
        };
        Self::new(format!("line {line}: {advice}"))
    }
}

fn unknown_key(unknown: &str, known: &[&str]) -> String {
    match known.iter().min_by_key(|name| strsim::damerau_levenshtein(unknown, name)) {
        Some(nearest) if strsim::damerau_levenshtein(unknown, nearest) <= unknown.len() / 2 => {
            format!("unknown key `{unknown}`, did you mean `{nearest}`?")
        }
        _ => format!("unknown key `{unknown}`: the keys here are {}", list(known)),
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

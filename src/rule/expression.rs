//! The escape hatch: regular expressions, compiled when a keyword of theirs first occurs.

use super::{facts::Captures, format::RegexMatcher};
use regex::Regex;
use std::sync::OnceLock;

/// An expression that is compiled when first needed.
#[derive(Debug, Default)]
pub(super) struct Lazy(OnceLock<Option<Regex>>);

impl Lazy {
    /// What `matcher`'s expression captures in `text`; none when it does not match.
    pub(super) fn find<'a>(&self, matcher: &'a RegexMatcher, text: &'a str) -> Option<Captures<'a>> {
        let regex = self.0.get_or_init(|| Regex::new(&matcher.regex).ok()).as_ref()?;
        regex.is_match(text).then(Captures::default)
    }
}

/// What is wrong with an expression, in one line.
pub(super) fn mistake(matcher: &RegexMatcher) -> Option<String> {
    Regex::new(&matcher.regex).err().map(|error| error.to_string().lines().last().unwrap_or_default().trim().to_owned())
}

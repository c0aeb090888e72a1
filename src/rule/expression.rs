//! The escape hatch: regular expressions, compiled when a keyword of theirs first occurs.
//!
//! They match bytes, so that the crate need not carry Unicode's tables: `\w`, `\b` and `(?i)` know ASCII only. What they
//! are tried on has been through [`crate::text::normalise`], which folds look-alikes to ASCII.

use super::{facts::Captures, format::RegexMatcher};
use regex::bytes::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// An expression that is compiled when first needed.
#[derive(Debug, Default)]
pub(super) struct Lazy(OnceLock<Option<Regex>>);

impl Lazy {
    /// What the named groups of `matcher`'s expression capture in `text`; none when it does not match.
    pub(super) fn find<'a>(&'a self, matcher: &RegexMatcher, text: &'a str) -> Option<Captures<'a>> {
        let regex = self.0.get_or_init(|| compile(matcher).ok()).as_ref()?;
        let found = regex.captures(text.as_bytes())?;
        let mut captures = Captures::default();
        for name in regex.capture_names().flatten() {
            if let Some(value) = found.name(name).and_then(|group| text.get(group.range())) {
                captures.push(name, value);
            }
        }
        Some(captures)
    }
}

/// What is wrong with an expression, in one line.
pub(super) fn mistake(matcher: &RegexMatcher) -> Option<String> {
    compile(matcher).err().map(|error| error.to_string().lines().last().unwrap_or_default().trim().to_owned())
}

fn compile(matcher: &RegexMatcher) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&matcher.regex).unicode(false).build()
}

//! The shape of `rules/text/`: which characters hide or stand in for others. Shared with the build script.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A table of characters. Keys of the maps are one ASCII character each, values the characters read as it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Where the facts come from.
    pub source: Vec<String>,
    /// Ranges of characters shown as nothing, first and last.
    pub invisible: Vec<(char, char)>,
    /// Always read as the key.
    pub always: BTreeMap<char, String>,
    /// Read as the key in a word or line that is not really written in their script.
    pub look_alike: BTreeMap<char, String>,
}

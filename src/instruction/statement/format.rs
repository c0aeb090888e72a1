//! The shape of the statement reader's facts, `rules/reader/statement/*.toml`; also read by the build, so structs only.

use serde::{Deserialize, Serialize};

/// One file of facts.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// How statements begin.
    pub verb: Vec<Verb>,
    /// Fence languages that hold none.
    pub unread_languages: Vec<String>,
    /// Fence languages of program code, where statements stand in strings.
    pub host_languages: Vec<String>,
    /// Lower-case words that end a statement typed in prose.
    pub stop_words: Vec<String>,
}

/// How statements begin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Verb {
    /// First words, upper-cased.
    pub words: Vec<String>,
    /// Words, upper-cased, of which one must come second; empty: any.
    pub second: Vec<String>,
    /// Words, upper-cased, of which one must come later; empty: none is needed.
    pub later: Vec<String>,
    /// Whether a line that begins so begins a statement even when the one before was not ended.
    pub strong: bool,
}

//! The shape of `rules/reader/spelled/*.toml`; also read by the build, so structs only.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How commands are spelled out in one language.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// Characters to the letters they may stand for.
    pub likeness: BTreeMap<String, String>,
    /// How programs are said, to their names.
    pub spoken: BTreeMap<String, String>,
    /// Words for signs.
    pub signs: BTreeMap<String, String>,
    /// Words for octal digits.
    pub numbers: BTreeMap<String, String>,
    /// Words that repeat a digit, to how often.
    pub repeats: BTreeMap<String, usize>,
    /// The spelling alphabet.
    pub alphabet: BTreeMap<String, String>,
    /// What announces an encoding, by its name.
    pub hints: BTreeMap<Hint, Vec<String>>,
    /// Words, as written, that code typed among words begins with, to the language it is in.
    pub openers: BTreeMap<String, String>,
    /// What code has and sentences have not.
    pub signals: Vec<String>,
    /// What stands between a name and what it stands for.
    pub meanings: Vec<String>,
    /// Rows of signs to the letters they draw.
    pub shapes: BTreeMap<String, String>,
    /// Letters turned upside down to the letters they are.
    pub flipped: BTreeMap<String, String>,
    /// Signs that draw one letter each: flags, braille.
    pub drawn: BTreeMap<String, String>,
    /// Keys of an address whose value is typed into a shell.
    pub runs: Vec<String>,
    /// Verbs that say to leave a character out.
    pub drops: Vec<String>,
    /// Verbs that say to put one character in the place of another.
    pub swaps: Vec<String>,
    /// Morse code.
    pub morse: BTreeMap<String, String>,
}

/// An encoding that words announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hint {
    /// Each letter moved by half the alphabet.
    Rot13,
    /// Written from its end.
    Reverse,
    /// Base64.
    Base64,
    /// Hexadecimal.
    Hex,
    /// Decimal code points.
    Codes,
    /// Groups of eight binary digits.
    Binary,
    /// Morse code.
    Morse,
    /// Pieces to be put together.
    Join,
    /// Each letter counted from the other end of the alphabet.
    Atbash,
    /// Each letter moved by some places of the alphabet.
    Caesar,
    /// The first letter of each word or line.
    Initials,
}

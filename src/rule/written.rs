//! The shipped pack as the build script writes it: tables to be used where they lie, rules to be read when asked for.

use super::{facts::Facts, shelves::Index};
use serde::{Deserialize, Serialize};

/// The shipped pack.
#[derive(Serialize, Deserialize)]
pub(crate) struct Written<'a> {
    /// A hash of its files.
    pub version: String,
    /// The rules, each in bytes of its own.
    #[serde(borrow)]
    pub rules: Vec<&'a [u8]>,
    /// What they lean on.
    #[serde(borrow)]
    pub facts: Facts<'a>,
    /// Where they are found.
    #[serde(borrow)]
    pub index: Index<'a>,
}

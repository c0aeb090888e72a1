//! The signs in the shape they are looked up in. Shared with the build script, which makes it.

use super::format::{Sign, Signs};
use crate::text::{Forms, Phrases};
use serde::{Deserialize, Serialize};

/// Everything the origin rules know by heart.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Catalogue<'a> {
    /// The signs.
    pub signs: Vec<Sign>,
    /// Their phrases and the names of agents.
    #[serde(borrow)]
    pub phrases: Phrases<'a, Key>,
    /// How the sentences of signs are built.
    #[serde(borrow)]
    pub forms: Forms<'a, usize>,
    /// The words that make a sentence speak of something else.
    #[serde(borrow)]
    pub turns: Phrases<'a, Turn>,
    /// Groups, apps and programs.
    pub accounts: Signs,
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// The sign at this index.
    Sign(usize),
    /// A kind of agent.
    Kind,
    /// The name of a product.
    Product,
    /// A name that humans bear too, or a tool that only helps to write.
    Shared,
}

/// What makes a sentence speak of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// Denies what follows.
    Denies,
    /// Speaks of somebody else.
    Others,
    /// Reports what comes before it.
    Reports,
    /// Takes back what somebody else's answer says.
    Refutes,
}

//! The words of every language in the shape they are looked up in. Shared with the build script, which makes it.

use super::format::Cue;
use crate::text::{Forms, Phrases};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The words of every language together: a post is not asked which language it is in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Lexicon<'a> {
    /// Phrases that do something to a request.
    #[serde(borrow)]
    pub cues: Phrases<'a, Cue>,
    /// Constructions that do something to a request.
    #[serde(borrow)]
    pub forms: Forms<'a, Cue>,
    /// Phrases that sell something: looked for in the answer rather than in the thread.
    #[serde(borrow)]
    pub adverts: Phrases<'a, ()>,
    /// What hides words in markup.
    #[serde(borrow)]
    pub veils: Phrases<'a, ()>,
    /// Words that may stand before an address.
    pub greetings: BTreeSet<String>,
    /// Words that begin a statement about somebody.
    pub subjects: BTreeSet<String>,
    /// Words that tie a handle into a sentence.
    pub binds: BTreeSet<String>,
    /// Names of weekdays; the key counts days since Monday.
    #[serde(borrow)]
    pub weekdays: Phrases<'a, i64>,
    /// Names of the next day.
    #[serde(borrow)]
    pub tomorrow: Phrases<'a, ()>,
    /// Names of the day's end.
    #[serde(borrow)]
    pub evening: Phrases<'a, ()>,
    /// Numbers in words.
    pub numbers: BTreeMap<String, i64>,
    /// Stretches of time, in seconds.
    pub spans: BTreeMap<String, i64>,
    /// Handles that call every agent.
    pub group_handles: BTreeSet<String>,
    /// Groups that mark an account as not driven by a human.
    pub driven_groups: BTreeSet<String>,
}

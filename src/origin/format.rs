//! The shape of the files under `rules/origin`: what speaks for an agent, for help by one, for automation or for a human.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a sign speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaks {
    /// A language-model agent.
    Agent,
    /// A human with one.
    Assisted,
    /// Automation without one.
    Service,
    /// A human: takes back what the other signs say.
    Human,
}

/// Where in a post a sign counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In any sentence.
    #[default]
    Anywhere,
    /// At the start of a line.
    Line,
    /// At the start of the post.
    Opening,
}

/// Phrases that speak for one origin.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// A stable name, such as `declaration/disclosure`.
    pub signal: String,
    /// What it speaks for.
    pub speaks: Speaks,
    /// How strongly; 100 suffices alone.
    pub weight: u32,
    /// Whether it is the author's or a tool's own word, rather than a matter of style.
    #[serde(default)]
    pub declares: bool,
    /// Where it counts.
    #[serde(default)]
    pub place: Place,
    /// A sentence a moderator understands.
    pub detail: String,
    /// How its sentences are built, of the groups in `words`; see [`crate::text::Forms`]. `<ai>` is an agent by any name, `<tool>`
    /// also a tool that only helps to write.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The phrases; `{kind}` is a kind of agent, `{product}` the name of one, `{ai}` either, `(a|b)` a choice, ` .. ` a gap.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// One file: signs in a text, and names of accounts and clients.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// Signs in the text.
    #[serde(default)]
    pub sign: Vec<Sign>,
    /// Groups of words that the forms of this file are built of.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Names of agents that humans bear too: they count within a form only.
    #[serde(default)]
    pub shared_names: Vec<String>,
    /// Tools that help to write: grammar checkers and translators.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Words that take back what somebody else's answer says: `that is wrong`.
    #[serde(default)]
    pub refutes: Vec<String>,
    /// Kinds of agent: `an AI assistant`.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Names of agents that no human bears.
    #[serde(default)]
    pub products: Vec<String>,
    /// Words that deny what follows them in a sentence.
    #[serde(default)]
    pub denies: Vec<String>,
    /// Words that show a sentence to be about somebody else's text.
    #[serde(default)]
    pub others: Vec<String>,
    /// Words that show what stands before them in a sentence to be reported, in languages that put them last.
    #[serde(default)]
    pub reports: Vec<String>,
    /// Groups of an account, by what they speak for.
    #[serde(default)]
    pub groups: BTreeMap<Speaks, Vec<String>>,
    /// Parts of the name of an app or token, by what they speak for.
    #[serde(default)]
    pub apps: BTreeMap<Speaks, Vec<String>>,
    /// Beginnings of the name of an app or token that the host gives to bots alone.
    #[serde(default)]
    pub bot_apps: Vec<String>,
    /// Parts of a user agent, by what they speak for: `human` marks browsers and mail programs.
    #[serde(default)]
    pub user_agents: BTreeMap<Speaks, Vec<String>>,
    /// Parts of the user agent of a programming library.
    #[serde(default)]
    pub libraries: Vec<String>,
}

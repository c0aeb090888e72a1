//! The shape of the files under `rules/request`: the words of one language in which people ask, refuse and settle.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a phrase does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// Tells the agent not to answer: `not @agent`.
    Negates,
    /// Wants the answer elsewhere than in the thread: `by dm`.
    Private,
    /// Talks about the agent: `@agent said`.
    Talks,
    /// Asks the agent, whatever else the sentence holds: `what does @agent think`.
    Asks,
    /// Asks somebody for something, without saying whom: `can you`.
    Urges,
    /// Asks the agent when its sentence is a question: `@agent is it`.
    Inverts,
    /// Wants the answer here, though it speaks of other ways: `not by dm`.
    Publishes,
    /// Takes an earlier request back: `never mind`.
    Withdraws,
    /// Treats the matter as settled: `solved`.
    Settles,
    /// Closes the thread: `locked`.
    Closes,
    /// Names the agent for its information: `cc @agent`.
    Copies,
    /// Shows that it is not settled after all: `still`.
    Unsettles,
    /// Wants no agents in the thread: `no bots`.
    Refuses,
    /// Lets only moderators and staff ask agents.
    ReservesStaff,
    /// Lets only the thread's author ask agents.
    ReservesAuthor,
    /// Invites agents without naming one: `bots included`.
    Opens,
    /// Asks for when nobody else has answered: `if nobody`.
    Conditions,
    /// Asks for later, or on a condition nobody can check here: `once the`.
    Defers,
    /// Permits answers to questions still to come: `you may answer any question`.
    Stands,
    /// Begins the subject of such a permission: `about`.
    Topics,
    /// Ends the subject of such a permission: `in this thread`.
    Places,
    /// Permits part of an answer only: `@agent may .. but no`.
    Limits,
    /// Complains about an answer, though it may look like a question: `who asked you`.
    Complains,
    /// Sells something: `promo code`.
    Promotes,
    /// Turns down what an answer offers: `please don't`.
    Declines,
    /// Looks like a refusal and is none: `don't hold back`.
    Spares,
    /// Asks for when somebody named has spoken: `once Beth has`.
    Awaits,
    /// Begins somebody else's words, down to the end of the post: `forwarded message`.
    Pasted,
}

/// The words of one language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The language, BCP 47; empty for what belongs to none.
    #[serde(default)]
    pub language: String,
    /// Phrases by what they do; `@agent` stands for the agent's handle, `@other` for any other, ` .. ` for a gap, `(a|b)` for a
    /// choice, `^` for the start of a sentence.
    #[serde(default)]
    pub cues: BTreeMap<Cue, Vec<String>>,
    /// Groups of words that `forms` are built of.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// How sentences are built, by what they do; see [`crate::text::Forms`].
    #[serde(default)]
    pub forms: BTreeMap<Cue, Vec<String>>,
    /// Numbers in words, from one on.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// Stretches of time in seconds, by their names.
    #[serde(default)]
    pub spans: BTreeMap<String, i64>,
    /// Words for the end of the day a sentence is said on: `tonight`.
    #[serde(default)]
    pub evening: Vec<String>,
    /// Words that may stand before an address: `hey`.
    #[serde(default)]
    pub greetings: Vec<String>,
    /// Words that begin a statement about somebody: `I`.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Words that tie a handle into a sentence: `by`.
    #[serde(default)]
    pub binds: Vec<String>,
    /// Monday to Sunday.
    #[serde(default)]
    pub weekdays: Vec<String>,
    /// Words for the next day.
    #[serde(default)]
    pub tomorrow: Vec<String>,
    /// What hides words in markup: `display:none`.
    #[serde(default)]
    pub veils: Vec<String>,
    /// Handles that call every agent.
    #[serde(default)]
    pub group_handles: Vec<String>,
    /// Groups that mark an account as driven by an agent or automation.
    #[serde(default)]
    pub driven_groups: Vec<String>,
}

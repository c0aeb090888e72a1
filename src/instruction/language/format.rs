//! The shape of a lexicon file, `rules/language/<tag>.toml`. Shared with the build script, so it names nothing but serde.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The words of one language, by what they mean to the readers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    /// BCP 47 tag.
    pub tag: String,
    /// Where a verb stands that tells somebody to do something.
    pub order: Order,
    /// Whether a noun right before another is only part of its name: an `admin page` is no admin.
    #[serde(default)]
    pub compounds: bool,
    /// Everyday words that tell this language from others in the same script.
    pub common: Vec<String>,
    /// Object concepts, most telling first: which one a clause with several is about. The lexicon that says it for all is also the
    /// one that reads a text no language claims.
    #[serde(default)]
    pub precedence: Vec<String>,
    /// Verb concepts and their forms.
    pub verbs: BTreeMap<String, Forms>,
    /// What is given, taken or changed: concept to phrases.
    pub objects: BTreeMap<String, Vec<String>>,
    /// Who gains or loses: concept to phrases.
    pub recipients: BTreeMap<String, Vec<String>>,
    /// Words for every one of some people: `all the`, `every`.
    #[serde(default)]
    pub every: Vec<String>,
    /// Kinds of people, of whom every one together are the recipient `organisation`: `staff`, `cashiers`.
    #[serde(default)]
    pub people: Vec<String>,
    /// Words that show how the text stands to an instruction.
    pub cues: BTreeMap<Cue, Vec<String>>,
}

impl Lexicon {
    /// The concept of every one of some people.
    const MANY: &str = "organisation";

    /// The lexicon with a phrase for every one of each kind of people.
    #[allow(dead_code)] // the build script only copies lexicons
    pub(crate) fn expanded(mut self) -> Self {
        let every = std::mem::take(&mut self.every);
        let people = std::mem::take(&mut self.people);
        let phrases = every.iter().flat_map(|all| people.iter().map(move |who| format!("{all} {who}")));
        self.recipients.entry(Self::MANY.to_owned()).or_default().extend(phrases);
        self
    }
}

/// The forms of a verb that can tell somebody to do something. Plain past and third person are left out on purpose.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forms {
    /// Imperatives and infinitives: at the head of a clause or after a word that asks for one.
    #[serde(default)]
    pub tell: Vec<String>,
    /// Forms at the end of their clause, after what they act on: `… hinzufügen`, `… してください`.
    #[serde(default)]
    pub closing: Vec<String>,
    /// Gerunds: `have you tried giving …`.
    #[serde(default)]
    pub doing: Vec<String>,
    /// Participles: `should be made …`.
    #[serde(default)]
    pub done: Vec<String>,
}

/// Where the telling verb stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    /// At the head of its clause.
    #[default]
    Head,
    /// Anywhere.
    Free,
    /// At the end of its clause, with what governs it.
    Tail,
}

/// What a word or phrase says about how the text stands to an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cue {
    /// Tells not to: `don't`, `never`, `instead of`.
    Prohibit,
    /// Negates what stands right after it: `not`, `no`.
    Not,
    /// Calls it dangerous or wrong wherever it stands: `anti-pattern`, `bad advice`.
    Warn,
    /// Opens a question about it: `should i`, `is it safe`.
    Ask,
    /// Advice or a request in the shape of a question: `have you tried`, `could you`.
    Suggest,
    /// Somebody did it: `i ran`, `was run by`.
    Report,
    /// It did not work: `no luck`, `same error`.
    Failure,
    /// It worked: `fixed it`, `did it for us`.
    Success,
    /// Names what the text around is a record of: `changelog`, `audit trail`, `history`.
    Record,
    /// Names what the text around is a copy or sample of: `test case`, `slide`, `the docs say`.
    Sample,
    /// Tells to do it: `run`, `try`, `just`, `you need`.
    Endorse,
    /// Makes an instruction a subject that is explained: `means`, `prints`.
    Explain,
    /// Turns against what was said before: `but`, `however`.
    Contrast,
    /// Swallows words that would otherwise be read as another cue: `i don't`, `don't forget`.
    Neutral,
    /// Points at what is shown, before or after: `this`, `that`.
    Pointer,
    /// Points at what follows: `the following`, `this`.
    Ahead,
    /// Supposes: `suppose`, `imagine`.
    Suppose,
    /// Opens a condition, whose verb tells nobody anything: `if`, `when`.
    Condition,
    /// A verb after it tells: `please`, `you should`, `need to`.
    Lead,
    /// A participle after it tells: `should be`, `needs to be`.
    Passive,
    /// Switches on: `on`, `yes`, `true`.
    On,
    /// Switches off: `off`, `no`, `false`.
    Off,
    /// Speaks of the reader: `you`, `your`.
    Reader,
    /// A step through a user interface, where what is acted on may stand before the verb: `click`, `checkbox`.
    Menu,
    /// Opens a place something is done in, before the verb: `in the console`.
    Place,
    /// Has somebody else do it: `ask … to add`, `have … add`.
    Delegate,
    /// In place of who gains: `give nobody …`.
    Nobody,
    /// Not meant seriously: `what could possibly go wrong`.
    Joke,
    /// Tells by itself, without a verb: `seven seven seven on`.
    Idiom,
    /// Part of a user interface where it is settled who may do what: `sharing`, `roles`, `who can see`.
    Gate,
    /// Says that nothing is left for the reader to do: `no action needed`, `i haven't run it`.
    Closed,
    /// Offers what was done to readers who need the same: `in case it helps anybody`.
    Offer,
    /// Takes back what was advised before: `ignore`, `forget`.
    Retract,
    /// Comes before what is joined or left: `add Kim to …`, `take Kim off …`.
    Into,
    /// Comes before the number of something advised: `step`, `point`.
    Step,
}

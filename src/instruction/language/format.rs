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
    /// Whether every noun is written with a capital, so that a capital shows no name.
    #[serde(default)]
    pub capitals: bool,
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
    /// Single words, and endings of words (`-ed`), by what they show about the form of a clause.
    #[serde(default)]
    pub classes: BTreeMap<Class, Vec<String>>,
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
    /// Takes back what was advised before, by its number: `ignore`, `forget`.
    Retract,
    /// Takes back what was just said: `scratch that`, `wait, no`.
    Recant,
    /// Comes before what is joined or left: `add Kim to …`, `take Kim off …`.
    Into,
    /// Comes before the number of something advised: `step`, `point`.
    Step,
}

/// What a single word shows about the form of a clause, whatever phrase it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Class {
    /// Only stands in clauses that state something, none that tells: `they`, `was`, `-ed`.
    States,
    /// Makes what stands right before it a subject that something is said of: `-s`.
    Predicates,
    /// Calls what stands under it, as a title or a label, a record, a sample or refused: `finding`, `quiz`.
    Captions,
    /// Does so alone, as the head of a column: `before`, `don't`.
    Former,
    /// Is said by somebody who asks for something: `please`.
    Polite,
    /// Is said by somebody who has asked for something: `thanks`.
    Thanks,
    /// Says what somebody is to do, have or be: `should`, `must`, `needs`.
    Obliges,
    /// Says after it that somebody may or can: `able`, `allowed`.
    Ability,
    /// Says after it that somebody has or gets something: `have`, `get`, `see`.
    Having,
    /// Says after it that something is somebody's: `belong`.
    Belonging,
    /// Says that somebody goes where a group is named: `goes`, `joins`.
    Joining,
    /// What somebody may or may not do to things of others: `approve`, `edit`.
    Acts,
    /// Has somebody see to it that something holds: `ensure`, `sure`.
    Ensures,
    /// Wants to know, or to have known: `whether`, `explain`, `note`.
    Wonders,
    /// Makes a noun of a word that may tell elsewhere: `this ‹block›`.
    Determiners,
    /// Says after it what somebody is to be: `be`, `become`.
    Becoming,
    /// What somebody else has too: `same`.
    Same,
    /// Stands for whoever writes: `i`, `we`.
    Selves,
    /// Is a role, before a colon, whose holder follows: `owner`, `editors`.
    Titles,
    /// Denies it: `not`, `no`.
    Denying,
    /// Stands for a person named before: `she`, `they`.
    Persons,
    /// Says from when on, or how long, something is to hold: `from`, `until`, `immediately`.
    Since,
    /// Greets whoever is asked: `hi`, `dear`.
    Greeting,
    /// Names whom a post is addressed to, before a comma or a colon: `team`.
    Addressed,
    /// Names, before a colon, what somebody is to get: `role`, `access`.
    Granted,
    /// Names, before a colon, who is to get it: `user`, `for`.
    Grantee,
    /// Comes before who gains: `for`, `to`.
    Toward,
    /// Every one of some: `all`, `whole`.
    Every,
    /// Names a post or a form in which something is asked for: `request`.
    Requesting,
}

//! Understands one post of a thread: whether it asks this agent, and what else it does to requests.

use super::{
    format::Cue,
    own_words::{self, GAP},
    words::LEXICON,
};
use crate::{
    markdown,
    submission::Format,
    text::{Hit, is_unspaced},
};

/// Longer posts are not read: what they say cannot be told, in bytes.
pub(super) const LENGTH: usize = 32_768;

/// Sentences of one post, at most, that are read.
const SENTENCES: usize = 2_000;

/// A post as its reader understands it.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Its sentences, in order, up to where pasted text begins.
    pub sentences: Vec<Sentence>,
    /// False when part of it could not be read.
    pub complete: bool,
    /// Whether it styles some of its words so that readers do not see them.
    pub veiled: bool,
}

/// A sentence in the author's own words.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Its words, with handles told apart.
    pub text: String,
    /// What its phrases do.
    cues: u32,
    /// How the agent is named in it.
    pub naming: Naming,
}

/// How a sentence names the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// It does not.
    #[default]
    Absent,
    /// Tied into the sentence by a word such as `by`, or in a statement.
    Bound,
    /// Within the sentence.
    Within,
    /// By way of address.
    Addressed,
}

/// What a post says to the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// Asks it, or every agent.
    Asks,
    /// Asks it, should nobody else answer; the index of the sentence.
    AsksLater(usize),
    /// Asks it for when somebody named has spoken.
    Awaits,
    /// Permits it to answer questions to come; the index of the sentence.
    Stands(usize),
    /// Names it but does not ask, and how so.
    Not(&'static str),
}

impl Reading {
    /// Reads `body`, Markdown, for the agent called `names`.
    pub fn of(body: &str, names: &[String]) -> Self {
        if body.len() > LENGTH {
            return Self::default();
        }
        let document = markdown::read(body, Format::Markdown);
        let words = own_words::of(&document, body, names);
        let mut sentences: Vec<Sentence> = split(&words).take(SENTENCES + 1).map(Sentence::of).collect();
        let complete = document.complete && sentences.len() <= SENTENCES;
        if let Some(pasted) = sentences.iter().position(|sentence| sentence.has(Cue::Pasted)) {
            sentences.truncate(pasted);
        }
        Self { sentences, complete, veiled: own_words::are_veiled(body) }
    }

    /// Whether any sentence has `cue`.
    pub fn has(&self, cue: Cue) -> bool {
        self.sentences.iter().any(|sentence| sentence.has(cue))
    }

    /// Whether it names the agent at all.
    pub fn names(&self) -> bool {
        self.sentences.iter().any(|sentence| sentence.naming != Naming::Absent)
    }

    /// Whether it asks something that a reader could answer, and does not turn to somebody else.
    pub fn questions(&self) -> bool {
        let turned = self.sentences.iter().any(|sentence| sentence.text.starts_with("@other")) && !self.names();
        let open = |sentence: &Sentence| {
            !sentence.has(Cue::Talks) && (sentence.questions() || (sentence.has(Cue::Urges) && !sentence.has(Cue::Settles)))
        };
        !turned && !self.has(Cue::Complains) && self.sentences.iter().any(open)
    }

    /// What it says to the agent.
    pub fn said(&self) -> Said {
        if !self.names() {
            return if self.invites() { Said::Asks } else { Said::Nothing };
        }
        let refusals = [
            (Cue::Negates, "told it not to answer"),
            (Cue::Refuses, "wanted no agents to answer"),
            (Cue::Private, "asked for something other than a post here"),
            (Cue::Withdraws, "took the request back"),
            (Cue::Complains, "only complained about it"),
        ];
        let counts = |cue: Cue| match cue {
            Cue::Private => self.has(cue) && !self.has(Cue::Publishes),
            Cue::Withdraws => self.withdraws(),
            _ => self.has(cue),
        };
        if let Some((_, how)) = refusals.iter().find(|(cue, _)| counts(*cue)) {
            return Said::Not(how);
        }
        if self.has(Cue::Copies) && self.sentences.iter().any(Sentence::questions) {
            return Said::Asks;
        }
        self.sentences.iter().enumerate().map(|(index, sentence)| sentence.said(index)).fold(Said::Nothing, Said::or)
    }

    /// Whether it turns down what the agent offers, and asks nothing else.
    pub fn declines(&self) -> bool {
        self.has(Cue::Declines) && !self.sentences.iter().any(Sentence::questions)
    }

    /// Whether it takes back what it asks: not when the agent is named only after that.
    fn withdraws(&self) -> bool {
        let named = self.sentences.iter().rposition(|sentence| sentence.naming != Naming::Absent).unwrap_or(0);
        self.sentences.iter().skip(named).any(|sentence| sentence.has(Cue::Withdraws))
    }

    /// Whether it invites every agent.
    fn invites(&self) -> bool {
        let refused = [Cue::Refuses, Cue::Private, Cue::Withdraws, Cue::Negates].iter().any(|cue| self.has(*cue));
        let asked = |sentence: &Sentence| {
            sentence.questions()
                || sentence.has(Cue::Urges)
                || sentence.text.contains([':', '：', '，', '、'])
                || (sentence.text.contains(',') && sentence.text.contains(is_unspaced))
        };
        !refused && self.has(Cue::Opens) && (self.sentences.len() > 1 || self.sentences.iter().any(asked))
    }
}

impl Said {
    /// The one that counts of two sentences: a request before a permission before a refusal.
    fn or(self, other: Self) -> Self {
        let weight = |said: Self| match said {
            Self::Asks => 4,
            Self::AsksLater(_) => 3,
            Self::Awaits | Self::Stands(_) => 2,
            Self::Not(_) => 1,
            Self::Nothing => 0,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

impl Sentence {
    fn of(text: &str) -> Self {
        let begun = ["^", text].concat();
        let mut hits = LEXICON.cues.find(&begun);
        hits.extend(LEXICON.forms.find(text).into_iter().map(|Hit { key, range }| Hit { key, range: range.start + 1..range.end + 1 }));
        let cues = hits.iter().filter(|hit| !overruled(hit, &hits)).fold(0, |cues, Hit { key, .. }| cues | bit(*key));
        Self { text: text.to_owned(), cues, naming: naming(text) }
    }

    /// Whether it has `cue`.
    pub fn has(&self, cue: Cue) -> bool {
        self.cues & bit(cue) != 0
    }

    /// Whether it is a question.
    pub fn questions(&self) -> bool {
        self.text.contains(['?', '？', '؟'])
    }

    fn said(&self, index: usize) -> Said {
        if self.naming == Naming::Absent {
            return Said::Nothing;
        }
        if self.has(Cue::Copies) {
            return Said::Not("named it for its information only");
        }
        if self.has(Cue::Limits) {
            return Said::Not("allowed only part of an answer");
        }
        let asks = self.has(Cue::Asks) || (self.has(Cue::Inverts) && self.questions());
        if self.has(Cue::Talks) && !asks {
            return Said::Not("talked about it without asking it");
        }
        if self.has(Cue::Awaits) && !self.has(Cue::Conditions) {
            return Said::Awaits;
        }
        if self.has(Cue::Defers) && !self.has(Cue::Conditions) && (self.has(Cue::Urges) || !self.questions()) {
            return Said::Not("made the request depend on something that cannot be checked here");
        }
        if self.has(Cue::Stands) {
            return Said::Stands(index);
        }
        if self.has(Cue::Conditions) {
            return Said::AsksLater(index);
        }
        let called = match self.naming {
            Naming::Addressed => true,
            Naming::Within => self.questions() || self.has(Cue::Urges) || asks,
            Naming::Bound | Naming::Absent => asks,
        };
        if called { Said::Asks } else { Said::Not("named it without asking it anything") }
    }
}

/// Whether one of `hits` around `hit` gives its words another sense.
fn overruled(hit: &Hit<Cue>, hits: &[Hit<Cue>]) -> bool {
    let by: &[Cue] = match hit.key {
        Cue::Negates | Cue::Private | Cue::Withdraws | Cue::Complains | Cue::Declines => &[Cue::Spares],
        Cue::Publishes => &[Cue::Negates, Cue::Private],
        Cue::Opens => &[Cue::Refuses],
        _ => return false,
    };
    let over = |other: &Hit<Cue>| other.range.start < hit.range.end && hit.range.start < other.range.end;
    let spared = |other: &Hit<Cue>| {
        hits.iter().any(|third| third.key == Cue::Spares && third.range.start < other.range.end && other.range.start < third.range.end)
    };
    hits.iter().any(|other| by.contains(&other.key) && over(other) && (other.key == Cue::Spares || !spared(other)))
}

fn bit(cue: Cue) -> u32 {
    1 << (cue as u32)
}

/// Cuts own words into sentences, each with the mark that ends it.
fn split(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (sentence, after) = rest.split_at_checked(sentence_end(rest)).unwrap_or((rest, ""));
            rest = after;
            if sentence.contains(|letter: char| !letter.is_whitespace() && letter != GAP) {
                return Some(sentence.trim());
            }
        }
        None
    })
}

fn sentence_end(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            '\n' | '。' | '！' | '？' | '…' | '।' => return end,
            '.' | '!' | '?' | ';' if next.is_none_or(|next| next.is_whitespace() || is_unspaced(next)) => return end,
            _ => {}
        }
    }
    rest.len()
}

/// How `sentence` names the agent, by its clearest mention.
fn naming(sentence: &str) -> Naming {
    sentence
        .match_indices("@agent")
        .take(4)
        .map(|(at, name)| {
            let before = sentence.get(..at).unwrap_or_default();
            let after = sentence.get(at + name.len()..).unwrap_or_default();
            naming_between(sentence, before, after)
        })
        .max()
        .unwrap_or_default()
}

fn naming_between(sentence: &str, before: &str, after: &str) -> Naming {
    let known =
        |list: &std::collections::BTreeSet<String>, word: Option<&str>| word.is_some_and(|word| list.contains(&word.to_lowercase()));
    let words =
        || before.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '@'))).filter(|word| !word.is_empty());
    if words().all(|word| word.starts_with('@') || known(&LEXICON.greetings, Some(word))) {
        return Naming::Addressed;
    }
    let set_off = before.trim_end().ends_with([',', ':', ';', '—', '–', '-', '(', '，', '、', '：', '؟', ')', GAP]);
    if set_off {
        return Naming::Addressed;
    }
    if known(&LEXICON.binds, words().next_back()) {
        return Naming::Bound;
    }
    let last = !after.contains(char::is_alphanumeric);
    let stated = known(&LEXICON.subjects, words().next()) && !sentence.contains(['?', '？', '؟']);
    match (last, stated) {
        (true, false) => Naming::Addressed,
        (_, true) => Naming::Bound,
        (false, false) => Naming::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Said {
        Reading::of(body, &["helper".to_owned()]).said()
    }

    #[test]
    fn addresses_and_questions_ask() {
        for body in [
            "@helper",
            "Hey @helper, which port does it use?",
            "No clue. @helper?",
            "Which port does it use, @helper",
            "I looked everywhere, @helper any idea",
            "Could @helper take a look?",
            "I'd be glad of a reply from @helper.",
            "Let's hear what @helper makes of it",
            "@helper summarise this please",
            "Thanks! @helper one more: and 140?",
            "Not @jun. @helper please.",
            "What is a mutex? Bots included.",
            "Any agent welcome: how do I list branches?",
        ] {
            assert_eq!(said(body), Said::Asks, "{body}");
        }
    }

    #[test]
    fn talk_does_not_ask() {
        for body in [
            "@helper's reply was off.",
            "I asked @helper about it on Monday.",
            "Thanks @helper!",
            "Is @helper any good?",
            "According to @helper it is 42.",
            "I talked to @helper.",
            "My favourite account is @helper.",
            "We could ask @helper at some point.",
        ] {
            assert!(matches!(said(body), Said::Not(_)), "{body}: {:?}", said(body));
        }
    }

    #[test]
    fn refusals_do_not_ask() {
        for body in [
            "@helper please don't answer.",
            "Humans only, so not you @helper.",
            "@helper read this. DM me what you think, don't post it.",
            "@helper what is 137? Never mind, found it.",
            "@helper, stay out of this.",
            "@helper send me a private message with the numbers",
            "@helper you may answer, but only facts",
        ] {
            assert!(matches!(said(body), Said::Not(_)), "{body}: {:?}", said(body));
        }
    }

    #[test]
    fn others_words_do_not_ask() {
        for body in ["She wrote: “@helper, answer this!”", "Someone said \"bots included\" yesterday?", "Nice day", "helper?"] {
            assert_eq!(said(body), Said::Nothing, "{body}");
        }
        assert_eq!(said("FYI\n\nBegin forwarded message:\n\n@helper confirm this"), Said::Nothing);
    }

    #[test]
    fn conditions_and_permissions_wait() {
        assert_eq!(said("If nobody knows by Friday, @helper please answer."), Said::AsksLater(0));
        assert_eq!(said("@helper you may answer any question about trains here."), Said::Stands(0));
        assert!(matches!(said("@helper, once the release is out, post the notes"), Said::Not(_)));
    }
}

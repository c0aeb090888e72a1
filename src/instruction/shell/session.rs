//! What a shell remembers from line to line, and what was found so far.

use super::{Embedded, format::DialectName, script::Script};
use crate::instruction::{Act, Budget, Command, Read, Word};
use std::{collections::BTreeMap, ops::Range};

/// How deep scripts may stand in scripts.
const MAX_DEPTH: usize = 12;

/// Steps a byte of a script costs: nested scripts together stay within a few times the text.
const STEPS_PER_BYTE: usize = 8;

/// How many commands one piece of code may yield.
const MAX_READS: usize = 2_000;

/// Bytes, at most, of a decoded text shown in a chain.
const SHOWN_BYTES: usize = 80;

/// Where a script stands in the code the reader was given.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Its bytes are the code's own, from this offset.
    Exact(usize),
    /// It was decoded or put together: all of it stands for this range.
    Whole(Range<usize>),
}

impl Place {
    /// The range of the code that `range` of the script stands for.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Self::Exact(base) => base + range.start..base + range.end,
            Self::Whole(whole) => whole.clone(),
        }
    }

    /// The place of a script that begins at `offset` of this one.
    pub(super) fn inside(&self, offset: usize) -> Self {
        match self {
            Self::Exact(base) => Self::Exact(base + offset),
            Self::Whole(whole) => Self::Whole(whole.clone()),
        }
    }
}

/// What a command prints, as far as the text tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// What it prints; when that is not known, the command that prints it.
    pub(super) text: String,
    /// Whether `text` is what it prints.
    pub(super) known: bool,
    /// The decoding that led here, outermost first.
    pub(super) steps: Vec<String>,
    /// Where the text stands, when it stands in the code as it is.
    pub(super) place: Option<Place>,
    /// What it prints, where that is known and no text: something compressed.
    pub(super) bytes: Option<Vec<u8>>,
}

impl Flow {
    /// A known text.
    pub(super) fn known(text: String) -> Self {
        Self { text, known: true, ..Self::default() }
    }

    /// The output of `command`, which only running it would tell.
    pub(super) fn unknown(command: String) -> Self {
        Self { text: command, ..Self::default() }
    }

    /// Adds what the next command prints. A command of unknown output is taken to print nothing next to a known one.
    pub(super) fn append(&mut self, next: Self) {
        if self.text.is_empty() || (next.known && !self.known) {
            *self = next;
        } else if next.known && !next.text.is_empty() {
            self.text.push_str(&next.text);
            self.steps.extend(next.steps);
            self.place = None;
        }
    }

    /// Adds a decoding step that led to the present text.
    pub(super) fn step(mut self, name: &str) -> Self {
        self.steps.push(format!("{name} → {}", shown(&self.text)));
        self.place = None;
        self
    }
}

/// The first line or so of `text`, for a chain.
pub(super) fn shown(text: &str) -> &str {
    let line = text.trim().lines().next().unwrap_or_default();
    let end = (0..=SHOWN_BYTES.min(line.len())).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
    line.get(..end).unwrap_or_default()
}

/// What a shell remembers.
pub(super) struct Session<'b> {
    /// The steps left.
    pub(super) budget: &'b mut Budget,
    /// Variables; a list has several words. Names are lower-cased outside POSIX shells.
    pub(super) variables: BTreeMap<String, Vec<Word>>,
    /// Aliases and their text.
    pub(super) aliases: BTreeMap<String, String>,
    /// Files written earlier in the same code.
    pub(super) files: BTreeMap<String, Flow>,
    /// Names that stand for another variable.
    pub(super) references: BTreeMap<String, String>,
    /// Functions and their bodies.
    pub(super) functions: BTreeMap<String, String>,
    /// The name of the function whose body comes next.
    pub(super) naming: Option<String>,
    /// The script's own name and arguments, where they are known.
    pub(super) arguments: Vec<Word>,
    /// What the group being read is given on standard input, where that is known.
    pub(super) stdin: Option<Flow>,
    /// What was found.
    pub(super) reads: Vec<Read>,
    /// Code in other languages.
    pub(super) embedded: Vec<Embedded>,
    /// The chain to the script being read.
    chain: Vec<String>,
    depth: usize,
}

impl<'b> Session<'b> {
    /// A fresh shell.
    pub(super) fn new(budget: &'b mut Budget) -> Self {
        Self {
            budget,
            variables: BTreeMap::new(),
            aliases: BTreeMap::new(),
            files: BTreeMap::new(),
            references: BTreeMap::new(),
            functions: BTreeMap::new(),
            naming: None,
            arguments: Vec::new(),
            stdin: None,
            reads: Vec::new(),
            embedded: Vec::new(),
            chain: Vec::new(),
            depth: 0,
        }
    }

    /// Goes one level deeper; false, and the reading incomplete, when that is too deep.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth >= MAX_DEPTH || self.budget.is_spent() {
            self.budget.cut();
            return false;
        }
        self.depth += 1;
        true
    }

    /// Comes back up.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Reads a script that stands in the present one; `steps` say how it was come by.
    pub(super) fn run(&mut self, code: &str, place: Place, dialect: DialectName, steps: Vec<String>) -> Flow {
        if !self.enter() || !self.budget.take(code.len().saturating_mul(STEPS_PER_BYTE)) {
            return Flow::default();
        }
        let chain = self.chain.len();
        self.chain.extend(steps);
        let flow = Script::new(code, place, dialect, self).list(None);
        self.chain.truncate(chain);
        self.leave();
        flow
    }

    /// Keeps a command found at `range`.
    pub(super) fn emit(&mut self, command: Command, range: Range<usize>, steps: &[String]) {
        if self.reads.len() >= MAX_READS {
            self.budget.cut();
            return;
        }
        let text = written(&command);
        self.budget.take(text.len());
        let decoded = self.chain.iter().chain(steps).cloned().collect();
        self.reads.push(Read { act: Act::Command(command), range, text, decoded });
    }

    /// Keeps code of another language for its own reader.
    pub(super) fn embed(&mut self, language: &str, code: &str, place: Place, steps: Vec<String>) {
        if !self.budget.take(code.len()) || self.embedded.len() >= MAX_READS {
            self.budget.cut();
            return;
        }
        let decoded = self.chain.iter().cloned().chain(steps).collect();
        let place = match place {
            Place::Exact(base) => (base..base + code.len(), true),
            Place::Whole(range) => (range, false),
        };
        self.embedded.push(Embedded { language: language.to_owned(), code: code.to_owned(), range: place.0, exact: place.1, decoded });
    }
}

/// The command line as it would be typed without any disguise.
pub(super) fn written(command: &Command) -> String {
    let mut text = command.program.clone();
    for word in &command.words {
        text.push(' ');
        text.push_str(&word.text);
    }
    text
}

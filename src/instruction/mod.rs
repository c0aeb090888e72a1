//! Reads the instructions in a document: what a reader could carry out, and how the text stands to it.
//!
//! Each notation has a reader that parses it as its own interpreter would. Rules match on what the readers found, never
//! on the raw text, so quoting, order and spelling of a command do not matter to them.

mod budget;
mod call;
mod language;
mod patch;
mod prose;
mod request;
mod setting;
mod shell;
mod spelled;
mod stance;
mod statement;

pub(crate) use budget::Budget;

use crate::markdown::{Block, Document, Notation};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use tsify::Tsify;

/// How a text stands to an instruction in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The reader is meant to carry it out.
    Advises,
    /// The writer asks about it.
    Asks,
    /// The writer warns of it.
    Warns,
    /// The writer reports that it happened.
    Reports,
    /// The writer shows what somebody or something else said.
    Quotes,
}

/// Something a reader could carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What it is.
    pub act: Act,
    /// Where it stands, in bytes of the field.
    pub span: Range<usize>,
    /// The text it was read from, cleaned of disguise.
    pub text: String,
    /// The block it stands in.
    block: usize,
    /// Where in the block's content, in bytes.
    range: Range<usize>,
    /// The chain that led from the original characters here, outermost first.
    pub decoded: Vec<String>,
}

impl Instruction {
    /// How `document`, which it was read in, stands to it.
    ///
    /// Judged when asked for: most instructions concern no rule, and the words around them then need no reading.
    #[must_use]
    pub fn stance(&self, document: &Document) -> Stance {
        stance::judge(document, self.block, &stance::Place { act: &self.act, range: &self.range })
    }

    /// This instruction, with another act in its place.
    pub(crate) fn with(&self, act: &Act) -> Self {
        Self { act: act.clone(), ..self.clone() }
    }

    /// An instruction that stands nowhere, for tests of what is read off its act alone.
    #[cfg(test)]
    pub(crate) fn of(act: Act) -> Self {
        Self { act, span: 0..0, text: String::new(), decoded: Vec::new(), block: 0, range: 0..0 }
    }
}

/// What an instruction is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A program called with arguments.
    Command(Command),
    /// A database statement.
    Statement(Statement),
    /// Configuration: one document or resource block.
    Setting(Setting),
    /// A call in program code.
    Call(Call),
    /// Something said to a person.
    Directive(Directive),
    /// What a diff makes of configuration or a call.
    Change(Box<Change>),
}

/// What a diff makes of one block of configuration, or of one call: rules hold for what is new, and the other way round for
/// what is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What was there.
    pub before: Option<Act>,
    /// What will be.
    pub after: Option<Act>,
}

/// A program called with arguments, after the shell has taken quotes and variables away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// The program's name, lower-cased, without folder and `.exe`.
    pub program: String,
    /// The words after it. A shell or interpreter fed by a command of unknown output has that command line as one more
    /// word, opaque: `curl … | sh`.
    pub words: Vec<Word>,
    /// What it is given on standard input, where the text shows it; when it only prints into `output`, what it prints.
    pub input: Option<String>,
    /// The file its output goes to, where the text shows it.
    pub output: Option<String>,
}

/// A word of a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word, unquoted.
    pub text: String,
    /// True when part of it is known only when it runs: an unset variable, a substitution. That part stays as written.
    pub opaque: bool,
}

/// A database statement as a list of words: keywords and bare names upper-cased, quoted names and strings with their
/// quotes, punctuation apart, comments gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub words: Vec<String>,
}

/// One configuration document or resource block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The notation: `yaml`, `json`, `hcl`, `ini`, `sshd`, `sudoers`, `nginx` ….
    pub notation: String,
    /// What heads it: `resource`, `aws_s3_bucket_acl`, `example`; an INI section.
    pub heading: Vec<String>,
    /// Its values, in order.
    pub entries: Vec<Entry>,
}

/// A value in a configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Keys from the root, joined by `.`, list positions as numbers: `rules.0.verbs.1`.
    pub path: String,
    /// The value as text, unquoted.
    pub value: String,
}

/// A call in program code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// What is called, as written: `os.chmod`, `iam.attach_user_policy`, `@PermitAll`.
    pub path: String,
    /// What it is called with, in order.
    pub arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Argument {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its value as text, unquoted.
    pub value: String,
}

/// Something said to a person, as concepts of the lexicon (`rules/language/`), so that a rule holds in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directive {
    /// The language it was read in, as a BCP 47 tag.
    pub language: String,
    /// What to do: `give`, `add`, `remove`, `disable` ….
    pub verb: String,
    /// What is given, taken or changed: `admin-role`, `access`, `access-control` ….
    pub object: Option<String>,
    /// Who gains or loses: `everyone`, `team`, `person` ….
    pub recipient: Option<String>,
    /// On what, as written.
    pub scope: Option<String>,
    /// Whether it takes somebody who asks for something to make a request of it: `she should be able to approve orders`.
    pub tacit: bool,
}

/// What was read in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The instructions, in order of their spans.
    pub instructions: Vec<Instruction>,
    /// False when a cap ran out before the end.
    pub complete: bool,
    /// The steps the readers took: what reading cost, the same on every machine.
    pub steps: usize,
}

/// What a reader found, before its place in the field and its stance are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    /// What it is.
    pub act: Act,
    /// Where it stands in the text the reader was given, in bytes.
    pub range: Range<usize>,
    /// What was read, cleaned.
    pub text: String,
    /// The chain that led there, outermost first.
    pub decoded: Vec<String>,
}

/// How many instructions a field may yield. A longer list is more than a moderator can judge: the reading is not complete.
const MAX_INSTRUCTIONS: usize = 2_000;

/// How many reads of the same range are compared.
const MAX_ALIKE: usize = 16;

/// How deep code of one language may stand in code of another.
const MAX_EMBEDDED: usize = 4;

/// Reads every instruction in `document`; at most 2,000, beyond which the reading is not complete.
#[must_use]
pub fn read(document: &Document) -> Reading {
    let bytes = document.blocks.iter().map(|block| block.text.as_str().len()).sum();
    let mut budget = Budget::for_bytes(bytes);
    let given = budget.left();
    let mut instructions: Vec<Instruction> = Vec::new();
    let announced = spelled::Announced::by(document);
    for (index, block) in document.blocks.iter().enumerate() {
        let spelled = spelled::read(document, index, &announced, &mut budget);
        for read in in_order(read_block(block, &mut budget).into_iter().chain(spelled).collect()) {
            if instructions.len() >= MAX_INSTRUCTIONS {
                return Reading { instructions, complete: false, steps: given - budget.left() };
            }
            let Read { act, range, text, decoded } = read;
            let span = block.text.source(range.clone());
            instructions.push(Instruction { act, span, text, decoded, block: index, range });
        }
    }
    Reading { instructions, complete: document.complete && budget.is_complete(), steps: given - budget.left() }
}

fn read_block(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let mut found = prose::read(block, budget);
    for segment in &block.segments {
        let Some(text) = block.text.as_str().get(segment.range.clone()) else { continue };
        let reads = match &segment.notation {
            Notation::Fence(language) => read_code(text, language, budget),
            Notation::InlineCode => read_code(text, "", budget),
            Notation::Prose | Notation::Link | Notation::Html => {
                found.extend(read_bare(block, &segment.range, budget));
                continue;
            }
            Notation::Struck => continue,
        };
        let offset = segment.range.start;
        found.extend(reads.into_iter().map(|read| Read { range: read.range.start + offset..read.range.end + offset, ..read }));
    }
    in_order(found)
}

/// The reads in order of their ranges, what two readers found alike once.
fn in_order(mut found: Vec<Read>) -> Vec<Read> {
    found.sort_by_key(|read| (read.range.start, read.range.end));
    let mut kept: Vec<Read> = Vec::with_capacity(found.len());
    for read in found {
        let same_place = kept.iter().rev().take(MAX_ALIKE).take_while(|known| known.range == read.range);
        if !same_place.into_iter().any(|known| known.act == read.act) {
            kept.push(read);
        }
    }
    kept
}

/// Reads code by every reader that knows its language, and what it carries in other languages.
fn read_code(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    if !budget.take_piece() {
        return Vec::new();
    }
    let named = shell::is_patch(language);
    let changed = if named || language.is_empty() { patch::read(code, named, read_file, budget) } else { None };
    changed.unwrap_or_else(|| read_file(code, language, budget))
}

/// Reads code that is no diff.
fn read_file(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let commands = shell::read(code, language, budget);
    let mut found = commands.reads;
    found.extend(statement::read(code, language, budget));
    found.extend(setting::read(code, language, budget));
    found.extend(call::read(code, language, budget));
    found.extend(request::read(code, language, budget));
    read_hosted(&mut found, budget);
    for embedded in commands.embedded {
        read_embedded(embedded, 0, &mut found, budget);
    }
    found
}

/// Reads the command lines that the configuration and the calls found so far hold.
fn read_hosted(found: &mut Vec<Read>, budget: &mut Budget) {
    let mut hosted = Vec::new();
    for read in found.iter() {
        hosted.extend(setting::inside(read, budget));
        for (holder, line) in shell::lines_in(&read.act) {
            let commands = shell::read(&line, "", budget);
            let mut inner = commands.reads;
            for embedded in commands.embedded {
                let calls = call::read(&embedded.code, &embedded.language, budget);
                for (_, line) in calls.iter().flat_map(|read| shell::lines_in(&read.act)) {
                    inner.extend(shell::read(&line, "", budget).reads);
                }
                inner.extend(calls);
            }
            let decoded = || read.decoded.iter().cloned().chain([holder.clone()]);
            hosted.extend(inner.into_iter().map(|inner| Read {
                range: read.range.clone(),
                decoded: decoded().chain(inner.decoded).collect(),
                ..inner
            }));
        }
        for (file, diff) in shell::files_in(&read.act) {
            let inner = patch::read(&diff, true, read_plain, budget).unwrap_or_default();
            hosted.extend(inner.into_iter().map(|inner| Read {
                range: read.range.clone(),
                decoded: vec![format!("written to {file}")],
                ..inner
            }));
        }
    }
    found.append(&mut hosted);
}

/// Reads statements, configuration and calls, and the command lines they hold.
fn read_values(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let mut reads = read_plain(code, language, budget);
    read_hosted(&mut reads, budget);
    reads
}

/// Reads statements, configuration and calls.
fn read_plain(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let mut reads = statement::read(code, language, budget);
    reads.extend(setting::read(code, language, budget));
    reads.extend(call::read(code, language, budget));
    reads
}

/// Reads what a command carries in another language, such as the manifest it applies.
fn read_embedded(embedded: shell::Embedded, depth: usize, into: &mut Vec<Read>, budget: &mut Budget) {
    let shell::Embedded { language, code, range, exact, decoded } = embedded;
    if depth >= MAX_EMBEDDED {
        budget.cut();
        return;
    }
    let changed = if shell::is_patch(&language) { patch::read(&code, true, read_values, budget) } else { None };
    let mut reads = changed.unwrap_or_else(|| read_values(&code, &language, budget));
    let commands = if shell::is_shell(&language) { shell::read(&code, &language, budget) } else { shell::Found::default() };
    reads.extend(commands.reads);
    let place = |inner: Range<usize>| if exact { range.start + inner.start..range.start + inner.end } else { range.clone() };
    let chain = |inner: Vec<String>| decoded.iter().cloned().chain(inner).collect();
    into.extend(reads.into_iter().map(|read| Read { range: place(read.range), decoded: chain(read.decoded), ..read }));
    for inner in commands.embedded {
        let inner = shell::Embedded { range: place(inner.range), exact: inner.exact && exact, decoded: chain(inner.decoded), ..inner };
        read_embedded(inner, depth + 1, into, budget);
    }
}

/// Reads commands and statements typed as they are in the prose in `range` of `block`.
fn read_bare(block: &Block, range: &Range<usize>, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str().get(..range.end).unwrap_or_default();
    let words = block.words().within(range);
    let mut found = shell::read_prose(text, words, budget);
    found.extend(statement::read_prose(text, words, budget));
    found
}

//! The shell reader's facts, compiled from `rules/reader/shell/` and indexed once.

use super::format::{Carrier, Decoding, DialectName, Effect, Filter, Interpreter, Program, Sheet};
use crate::text::Sieve;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>): the keys are the shipped facts' own and short, so nobody can
/// make them collide and a quick hash will do.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Facts by name.
type Names<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// The facts of every file together, ready to be looked up.
pub(super) struct Facts {
    /// Carriers by program.
    carriers: Names<Vec<&'static Carrier>>,
    /// Interpreters by program.
    interpreters: Names<Vec<&'static Interpreter>>,
    /// Filters by program.
    filters: Names<&'static Filter>,
    /// Keys of configuration whose values are command lines.
    pub(super) host_keys: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Calls of program code whose arguments are a command line.
    pub(super) host_calls: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Fence language to dialect.
    pub(super) languages: Names<DialectName>,
    /// Programs that live in one dialect only.
    pub(super) natives: Names<DialectName>,
    /// Verbs of `Verb-Noun` names.
    pub(super) verbs: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// What only the lines of one dialect hold.
    pub(super) signs: Vec<&'static str>,
    /// Programs recognised in prose, by name.
    pub(super) programs: Names<&'static Program>,
    /// The names of those programs, and the verbs.
    pub(super) named: Sieve<'static>,
    /// Words that end a command in prose.
    pub(super) stop_words: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Words of the grammar that stand before a command.
    pub(super) keywords: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Languages without command lines.
    pub(super) unread: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Languages that show a session.
    pub(super) transcripts: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Languages that show a change.
    pub(super) diffs: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Other names of programs.
    pub(super) aliases: Names<&'static str>,
    /// Other names of PowerShell commands.
    pub(super) cmdlet_aliases: Names<&'static str>,
    /// Functions of program code that make strings.
    pub(super) decoders: Names<Decoding>,
    /// Encodings by name.
    pub(super) encodings: Names<Decoding>,
    /// Commands the shell itself carries out.
    pub(super) builtins: Names<Effect>,
    /// PowerShell's constants.
    pub(super) constants: Names<&'static str>,
    /// Programs that move or copy a file to where their last word says.
    pub(super) copies: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Names of keys.
    pub(super) keys: Names<&'static str>,
    /// Variables whose value a shell runs.
    pub(super) run_variables: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    /// Variables set from the start.
    pub(super) variables: Names<&'static str>,
}

static SHEETS: LazyLock<Vec<(String, Sheet)>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/shell.postcard"))).unwrap_or_default());

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    let mut facts = Facts::empty();
    for (_, sheet) in SHEETS.iter() {
        facts.add(sheet);
    }
    facts.named = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/programs.bin"))).unwrap_or_default();
    facts
});

/// The shipped facts.
pub(super) fn facts() -> &'static Facts {
    &FACTS
}

impl Facts {
    fn empty() -> Self {
        Self {
            carriers: Default::default(),
            interpreters: Default::default(),
            filters: Default::default(),
            host_keys: Default::default(),
            host_calls: Default::default(),
            languages: Default::default(),
            natives: Default::default(),
            verbs: Default::default(),
            signs: Default::default(),
            programs: Default::default(),
            named: Sieve::default(),
            stop_words: Default::default(),
            keywords: Default::default(),
            unread: Default::default(),
            transcripts: Default::default(),
            diffs: Default::default(),
            aliases: Default::default(),
            cmdlet_aliases: Default::default(),
            decoders: Default::default(),
            encodings: Default::default(),
            builtins: Default::default(),
            constants: Default::default(),
            copies: Default::default(),
            keys: Default::default(),
            run_variables: Default::default(),
            variables: Default::default(),
        }
    }

    fn add(&mut self, sheet: &'static Sheet) {
        for carrier in &sheet.carrier {
            for name in &carrier.programs {
                self.carriers.entry(name).or_default().push(carrier);
            }
        }
        for host in &sheet.host {
            self.host_keys.extend(names(&host.keys));
            self.host_calls.extend(names(&host.calls));
        }
        for interpreter in &sheet.interpreter {
            for name in &interpreter.programs {
                self.interpreters.entry(name).or_default().push(interpreter);
            }
        }
        for filter in &sheet.filter {
            self.filters.extend(filter.programs.iter().map(|name| (name.as_str(), filter)));
        }
        for decoder in &sheet.decoder {
            self.decoders.extend(decoder.names.iter().map(|name| (name.as_str(), decoder.does)));
        }
        self.encodings.extend(sheet.encodings.iter().map(|(name, does)| (name.as_str(), *does)));
        for builtin in &sheet.builtin {
            self.builtins.extend(builtin.names.iter().map(|name| (name.as_str(), builtin.does)));
        }
        for dialect in &sheet.dialect {
            self.languages.extend(dialect.languages.iter().map(|language| (language.as_str(), dialect.name)));
            self.natives.extend(dialect.programs.iter().map(|program| (program.as_str(), dialect.name)));
            self.verbs.extend(names(&dialect.verbs));
            self.signs.extend(names(&dialect.signs));
        }
        for program in &sheet.program {
            self.programs.extend(program.names.iter().map(|name| (name.as_str(), program)));
        }
        self.stop_words.extend(names(&sheet.stop_words));
        self.keywords.extend(names(&sheet.keywords));
        self.unread.extend(names(&sheet.unread_languages));
        self.transcripts.extend(names(&sheet.transcript_languages));
        self.diffs.extend(names(&sheet.diff_languages));
        self.aliases.extend(pairs(&sheet.aliases));
        self.cmdlet_aliases.extend(pairs(&sheet.cmdlet_aliases));
        self.constants.extend(pairs(&sheet.constants));
        self.copies.extend(names(&sheet.copies));
        self.keys.extend(pairs(&sheet.keys));
        self.run_variables.extend(names(&sheet.run_variables));
        self.variables.extend(pairs(&sheet.variables));
    }

    /// The carriers called `program`.
    pub(super) fn carriers(&self, program: &str) -> &[&'static Carrier] {
        self.carriers.get(program).map_or(&[], Vec::as_slice)
    }

    /// The interpreters called `program`.
    pub(super) fn interpreters(&self, program: &str) -> &[&'static Interpreter] {
        self.interpreters.get(program).map_or(&[], Vec::as_slice)
    }

    /// The filter called `program`.
    pub(super) fn filter(&self, program: &str) -> Option<&'static Filter> {
        self.filters.get(program).copied()
    }

    /// Whether `name` is written as a PowerShell command: an approved verb, one hyphen, a noun.
    pub(super) fn is_cmdlet(&self, name: &str) -> bool {
        name.split_once('-').is_some_and(|(verb, noun)| {
            noun.starts_with(|first: char| first.is_ascii_alphabetic())
                && noun.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && name.bytes().any(|byte| byte.is_ascii_uppercase())
                && verb.bytes().all(|byte| byte.is_ascii_alphabetic())
                && self.verbs.contains(verb.to_ascii_lowercase().as_str())
        })
    }
}

fn names(list: &'static [String]) -> impl Iterator<Item = &'static str> {
    list.iter().map(String::as_str)
}

fn pairs(map: &'static BTreeMap<String, String>) -> impl Iterator<Item = (&'static str, &'static str)> {
    map.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

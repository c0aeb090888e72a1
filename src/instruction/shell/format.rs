//! The shape of the shell reader's facts, `rules/reader/shell/*.toml`; also read by the build, so structs only.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file of facts. Every table may be spread over several files.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// Programs that run a command given in their own words.
    pub carrier: Vec<Carrier>,
    /// Where configuration and program code hold command lines.
    pub host: Vec<Host>,
    /// Programs that run a script.
    pub interpreter: Vec<Interpreter>,
    /// Programs whose output follows from their words and input.
    pub filter: Vec<Filter>,
    /// The dialects and what gives them away.
    pub dialect: Vec<DialectFacts>,
    /// Variables that have a value before any line is read.
    pub variables: BTreeMap<String, String>,
    /// Programs that move or copy a file to where their last word says.
    pub copies: Vec<String>,
    /// Names of keys, lower-cased, to what they type.
    pub keys: BTreeMap<String, String>,
    /// Variables whose value a shell runs as a command.
    pub run_variables: Vec<String>,
    /// PowerShell's constants, lower-cased.
    pub constants: BTreeMap<String, String>,
    /// Functions of program code that make a string of others.
    pub decoder: Vec<Decoder>,
    /// The names encodings go by.
    pub encodings: BTreeMap<String, Decoding>,
    /// Commands the shell itself carries out.
    pub builtin: Vec<Builtin>,
    /// Other names of programs, lower-cased, to the name rules know.
    pub aliases: BTreeMap<String, String>,
    /// Other names of PowerShell commands, lower-cased, to the full name, lower-cased.
    pub cmdlet_aliases: BTreeMap<String, String>,
    /// Words of the shell's grammar that stand before a command.
    pub keywords: Vec<String>,
    /// Fence languages that hold no command line.
    pub unread_languages: Vec<String>,
    /// Fence languages that show a session: only lines after a prompt are commands.
    pub transcript_languages: Vec<String>,
    /// Fence languages that show a change: only added lines are read.
    pub diff_languages: Vec<String>,
    /// Words of prose that end a command typed without backticks, in any language the forum speaks.
    pub stop_words: Vec<String>,
    /// Programs recognised in prose.
    pub program: Vec<Program>,
}

/// Programs that run a command given in their own words, such as `sudo`, `xargs`, `ssh`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Carrier {
    /// Their names.
    pub programs: Vec<String>,
    /// Sub-commands, of which the first word that is not an option must be one; empty: none is needed.
    pub first: Vec<String>,
    /// Options that take the next word as their value.
    pub takes: Vec<String>,
    /// How many words stand between the options and the command: `timeout 5`, `chroot /mnt`, `ssh host`.
    pub skip: usize,
    /// The command begins after the first of these words.
    pub from: Vec<String>,
    /// The command ends before the first of these words.
    pub until: Vec<String>,
    /// Whether the command begins only after one of `from`; otherwise the position counts when none is there.
    pub only_from: bool,
    /// Whether the carrier is a command in its own right.
    pub keep: bool,
    /// Options with which it runs nothing.
    pub not: Vec<String>,
    /// Whether the words are joined and read again by a shell.
    pub joined: bool,
    /// Whether standard input becomes further words.
    pub fed: bool,
    /// Whether the words are keys typed one after the other, names of keys among them.
    pub typed: bool,
}

/// Where configuration and program code hold command lines.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Host {
    /// Keys, lower-cased, whose values are command lines.
    pub keys: Vec<String>,
    /// Calls, as written, whose arguments are a command line.
    pub calls: Vec<String>,
}

/// Programs that run a script given as a word or on standard input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Interpreter {
    /// Their names.
    pub programs: Vec<String>,
    /// What the script is written in: `sh`, `powershell`, `cmd`, or any fence language.
    pub language: String,
    /// Sub-commands, of which the first word that is not an option must be one; empty: none is needed.
    pub first: Vec<String>,
    /// Options, lower-cased, whose value is a script.
    pub script: Vec<String>,
    /// Options, lower-cased, whose value is a script in base64 of UTF-16LE; any beginning of two characters or more counts.
    pub encoded: Vec<String>,
    /// Settings whose value is a script, lower-cased patterns: `ProxyCommand=…`, `alias.up '!…'`.
    pub holds: Vec<String>,
    /// What a script must begin with, of which it is none: git's `!`; empty: nothing.
    pub marks: Vec<String>,
    /// Whether single-letter options may be written together: `-lc`.
    pub clusters: bool,
    /// Whether everything after the script option belongs to the script.
    pub rest: bool,
    /// Whether the words that are not options are the script.
    pub words: bool,
    /// Whether the script may come on standard input.
    pub stdin: bool,
}

/// Programs whose output follows from their words and input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Their names.
    pub programs: Vec<String>,
    /// What they do.
    pub does: Operation,
    /// Words of which one must be there; empty: none is needed.
    #[serde(default)]
    pub when: Vec<String>,
    /// Options that take the next word as their value.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Options whose value names the variable that is set to what would be printed.
    #[serde(default)]
    pub into: Vec<String>,
}

/// What a filter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Prints its words.
    Echo,
    /// Prints its words by a format.
    Printf,
    /// Passes its input on.
    Pass,
    /// Passes its input on and writes it to a file.
    Tee,
    /// Undoes base64.
    Base64,
    /// Undoes base32.
    Base32,
    /// Undoes hexadecimal.
    Hex,
    /// Reverses each line.
    Reverse,
    /// Swaps characters.
    Translate,
    /// Edits each line by a script: `s/a/b/`, `y/a/b/`.
    Edit,
    /// Keeps some characters or fields of each line.
    Cut,
    /// Prints where a program is.
    Locate,
    /// Prints nothing.
    Nothing,
    /// Undoes gzip.
    Inflate,
    /// Undoes base85.
    Base85,
    /// Each line after the one below it.
    Tac,
    /// Some letters on each line.
    Fold,
    /// A letter on each line.
    Letters,
    /// All lines as one.
    Paste,
    /// The beginning.
    Head,
    /// The end.
    Tail,
    /// Evaluates an expression of jq.
    Jq,
    /// Prints what a program of its own says.
    Report,
}

/// Functions of program code that make a string of others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decoder {
    /// Their names, or the last part of them.
    pub names: Vec<String>,
    /// What they make.
    pub does: Decoding,
}

/// What a function makes of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decoding {
    /// Undoes base64.
    Base64,
    /// Undoes base32.
    Base32,
    /// Undoes base85.
    Base85,
    /// Undoes gzip, zlib or deflate.
    Inflate,
    /// Undoes hexadecimal.
    Hex,
    /// Counts each letter from the other end of the alphabet.
    Atbash,
    /// The number a string writes.
    Number,
    /// The characters from one place to another.
    Between,
    /// So many characters from a place on.
    Part,
    /// The same, counted from one.
    PartFromOne,
    /// Swaps the letters of one set for those of another.
    Translate,
    /// Prints its arguments.
    Print,
    /// Moves each letter by half the alphabet.
    Rot13,
    /// Reverses it.
    Reverse,
    /// The characters of code points.
    Codes,
    /// Puts the items of a list together, something between.
    Join,
    /// Puts its arguments together.
    Concat,
    /// Puts its arguments into a format.
    Format,
    /// Puts one text in the place of another.
    Replace,
    /// Makes a list of pieces.
    Split,
    /// Undoes the encoding it is told.
    Encoded,
    /// Lower case.
    Lower,
    /// Leaves it as it is.
    Same,
    /// Finds the member of its first argument that the second names.
    Member,
    /// Finds the module its first argument names.
    Module,
    /// Calls the function its first argument names.
    Function,
    /// Calls the method its first argument names.
    Method,
    /// Runs its first argument as code of its own language.
    Run,
}

/// Commands the shell itself carries out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Builtin {
    /// Their names.
    pub names: Vec<String>,
    /// What they do.
    pub does: Effect,
}

/// What a builtin does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Names a command line.
    Alias,
    /// Sets variables.
    Assign,
    /// Sets a variable to each of several words.
    Loop,
    /// Compares a word.
    Case,
    /// Sets a variable to what comes on standard input.
    Read,
}

/// A dialect and what gives it away when the fence does not name it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DialectFacts {
    /// `posix`, `powershell` or `cmd`.
    pub name: DialectName,
    /// Fence languages.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Programs, lower-cased, that live only there.
    #[serde(default)]
    pub programs: Vec<String>,
    /// The verbs of its `Verb-Noun` command names, lower-cased.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// What only its lines hold, lower-cased.
    #[serde(default)]
    pub signs: Vec<String>,
}

/// A shell's dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DialectName {
    /// sh, bash, zsh and their kin.
    #[default]
    Posix,
    /// PowerShell.
    PowerShell,
    /// cmd.exe.
    Cmd,
}

/// Programs recognised in prose, and what must follow their name to be a command rather than a word.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Program {
    /// Their names.
    pub names: Vec<String>,
    /// Words of which the first after the options must be one; empty: any convincing argument will do.
    pub first: Vec<String>,
    /// Whether the name is no word of any language, so that any argument will do.
    pub distinct: bool,
}

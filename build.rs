//! Compiles the data under `rules/` into the bytes the crate embeds.
//!
//! TOML is pleasant to write and slow to parse; a start-up budget of milliseconds wants it parsed once, here. The shapes
//! are the crate's own `format` files, so what is written here is what is read there. A rule that lacks its tests, its
//! source or its matcher does not build.

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

#[allow(dead_code, unused_imports)]
#[path = "src/text"]
mod text {
    mod class;
    mod column;
    mod filing;
    pub mod format;
    mod forms;
    mod grammar;
    mod names;
    mod phrases;
    mod words;

    /// The table of what words may begin does not exist yet.
    mod begun {
        pub(super) fn by(_: u32) -> super::Class {
            super::Class::ANY
        }
    }

    pub use class::Class;
    pub use column::{Column, Starts};
    pub use filing::{Filing, name_hash};
    pub use forms::Forms;
    pub use grammar::Grammar;
    pub use names::{NameSet, Names};
    pub use phrases::{Hit, Phrases, choices, is_unspaced};
    pub use words::{Sieve, Token, Words};
}
#[allow(dead_code)]
#[path = "src/instruction/language"]
mod language {
    mod endings;
    pub mod format;
    pub mod lexicons;
    mod phrases;
    mod words;
}
#[path = "src/origin"]
mod origin {
    mod catalogue;
    mod format;
    pub mod gather;
}
#[path = "src/request"]
mod request {
    mod format;
    pub mod gather;
    mod lexicon;
}
#[allow(dead_code)]
#[path = "src/rule"]
mod rule {
    mod anchor;
    mod cidr;
    pub mod facts;
    pub mod format;
    mod glob;
    mod mode;
    pub mod shelves;
    pub mod written;
}
#[path = "src/instruction/shell/format.rs"]
mod shell;
#[path = "src/instruction/spelled/format.rs"]
#[allow(dead_code)]
mod spelled;
#[path = "src/instruction/statement/format.rs"]
mod statement;

use rule::{
    facts::Facts,
    format::{File, Rule, check},
    shelves::Index,
    written::Written,
};
use text::{Class, Phrases, Sieve};

/// Folders under `rules/` that are no rules: other rooms' data.
const OTHER_ROOMS: &[&str] = &["language", "reader", "origin", "request", "text"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rule/format");
    let table = language::lexicons::table(values("rules/language")?);
    let catalogue = origin::gather::catalogue(&values("rules/origin")?);
    let lexicon = request::gather::lexicon(&values("rules/request")?);
    write("languages.bin", &table)?;
    write("origin.bin", &catalogue)?;
    write("request.bin", &lexicon)?;
    let shells = files::<shell::Sheet>("rules/reader/shell")?;
    let statements = files::<statement::Sheet>("rules/reader/statement")?;
    let spelled = files::<spelled::Sheet>("rules/reader/spelled")?;
    write("shell.postcard", &shells)?;
    write("statement.postcard", &statements)?;
    write("spelled.postcard", &spelled)?;
    let readers = readers(&shells, &statements, &spelled)?;
    let first =
        [readers, language::lexicons::first_words(&table), origin::gather::first_words(&catalogue), request::gather::first_words(&lexicon)];
    fs::write(output("classes.bin")?, text::Class::table(first.into_iter().flatten()))?;
    compile::<text::format::Table>("rules/text", "text.bin")?;
    compile_pack()
}

/// Writes what tells whether a text may name a program, begin a statement or spell something out; the first words of each.
fn readers(
    shells: &[(String, shell::Sheet)],
    statements: &[(String, statement::Sheet)],
    spelled: &[(String, spelled::Sheet)],
) -> Result<Vec<(Class, u32)>, Box<dyn Error>> {
    let names = shells.iter().flat_map(|(_, sheet)| {
        let verbs = sheet.dialect.iter().flat_map(|dialect| &dialect.verbs);
        sheet.program.iter().flat_map(|program| &program.names).chain(verbs)
    });
    let programs = Sieve::of(names.map(String::as_str)).classed(Class::PROGRAM);
    let verbs = statements.iter().flat_map(|(_, sheet)| sheet.verb.iter().flat_map(|verb| &verb.words));
    let begun = Sieve::of(verbs.map(String::as_str)).classed(Class::STATEMENT);
    let said = spelled.iter().flat_map(|(_, sheet)| {
        let numbers = sheet.numbers.keys().chain(sheet.signs.keys()).chain(sheet.repeats.keys());
        sheet.spoken.keys().chain(sheet.alphabet.keys()).chain(numbers)
    });
    let spoken = Sieve::of(said.map(String::as_str)).classed(Class::SPOKEN);
    let hints = spelled.iter().flat_map(|(_, sheet)| &sheet.hints);
    let hints = Phrases::new(hints.flat_map(|(hint, phrases)| phrases.iter().map(|phrase| (*hint, phrase.as_str())))).classed(Class::HINT);
    write("programs.bin", &programs)?;
    write("statements.bin", &begun)?;
    write("spoken.bin", &spoken)?;
    write("hints.bin", &hints)?;
    Ok([programs, begun, spoken].iter().flat_map(|sieve| sieve.first_words()).chain(hints.first_words()).collect())
}

/// Writes the rules without their examples to `pack.postcard`, and with them to `examples.postcard` for the tests.
fn compile_pack() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    let mut hasher = Sha256::new();
    for path in paths("rules")? {
        let name = path.strip_prefix("rules")?.display().to_string();
        if OTHER_ROOMS.iter().any(|room| path.starts_with(Path::new("rules").join(room))) {
            continue;
        }
        let source = fs::read_to_string(&path)?;
        hasher.update(source.as_bytes());
        files.push((name.clone(), check::read(&name, &source).map_err(|mistake| mistake.to_string())?));
    }
    let mistakes = check::mistakes(&files, &BTreeSet::new(), &BTreeSet::new());
    if !mistakes.is_empty() {
        mistakes.iter().for_each(|mistake| println!("cargo::error={mistake}"));
        return Err("the rules above need correcting".into());
    }
    write("examples.postcard", &files)?;
    let version: String = hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    write_pack(version, &without_examples(files))
}

fn write_pack(version: String, files: &[(String, File)]) -> Result<(), Box<dyn Error>> {
    let facts = Facts::of(files.iter().map(|(_, file)| file));
    let rules: Vec<&Rule> = files.iter().flat_map(|(_, file)| &file.rule).collect();
    let index = Index::of(rules.iter().copied(), &facts);
    let bytes = rules.into_iter().map(postcard::to_allocvec).collect::<Result<Vec<_>, _>>()?;
    write("pack.postcard", &Written { version, rules: bytes.iter().map(Vec::as_slice).collect(), facts, index })
}

fn without_examples(mut files: Vec<(String, File)>) -> Vec<(String, File)> {
    for rule in files.iter_mut().flat_map(|(_, file)| &mut file.rule) {
        rule.matches.clear();
        rule.ignores.clear();
    }
    files
}

/// Reads every TOML file under `folder` as a `T` and writes the list, in order of their paths, to `OUT_DIR/output`.
fn compile<T: DeserializeOwned + Serialize>(folder: &str, output: &str) -> Result<(), Box<dyn Error>> {
    write(output, &files::<T>(folder)?)
}

/// Every TOML file under `folder` as a `T`, in order of their paths.
fn values<T: DeserializeOwned>(folder: &str) -> Result<Vec<T>, Box<dyn Error>> {
    Ok(files(folder)?.into_iter().map(|(_, value)| value).collect())
}

fn files<T: DeserializeOwned>(folder: &str) -> Result<Vec<(String, T)>, Box<dyn Error>> {
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        let value = toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{name}: {error}"))?;
        Ok((name, value))
    };
    paths(folder)?.into_iter().map(read).collect()
}

fn write<T: Serialize>(output: &str, value: &T) -> Result<(), Box<dyn Error>> {
    fs::write(self::output(output)?, postcard::to_allocvec(value)?)?;
    Ok(())
}

fn output(name: &str) -> Result<PathBuf, env::VarError> {
    Ok(PathBuf::from(env::var("OUT_DIR")?).join(name))
}

/// The TOML files under `folder`, in order.
fn paths(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    list(Path::new(folder), &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
    Ok(())
}

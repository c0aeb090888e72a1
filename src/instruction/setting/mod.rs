//! Reads configuration as paths and values.
//!
//! One [`Setting`] per document, section or resource block. The readers are small, tolerant and linear: people post
//! fragments, and a rule asks what a key is set to, never whether the file is valid. The language of a fence names the
//! notation; without one the shape must be convincing, so that shell and prose are left to their own readers.
//!
//! How the notations map: nested keys are joined by `.`, list positions are numbers (`rules.0.verbs.1`); the labels of a
//! nested block follow its name (`server.location./admin.allow`); an INI section and a top-level block with its labels
//! become the heading; line-based notations name their columns (`type`, `user`, `method`).

mod arguments;
mod assignment;
mod bicep;
mod brace;
mod directive;
mod docker;
mod flow;
mod hcl;
mod ini;
mod line;
mod markup;
mod nested;
mod nginx;
mod packet;
mod pairs;
mod resource;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod writer;
mod yaml;

use super::{Act, Budget, Read, Setting, call};
pub(in crate::instruction) use arguments::inside;
pub(in crate::instruction) use flow::{Flow, Style};
use shape::Notation;
use std::ops::Range;
pub(in crate::instruction) use writer::Writer;

/// What a notation's reader found: heading, entries, and the bytes of the code they stand in.
#[derive(Debug)]
struct Found {
    heading: Vec<String>,
    writer: Writer,
    range: Range<usize>,
}

/// Reads `code`; ranges are bytes of it.
pub(crate) fn read(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let Some(made) = call::rendered(code, budget) else { return read_plain(code, language, budget) };
    let reads = read_plain(&made, language, budget);
    let start = code.len() - code.trim_start().len();
    reads.into_iter().map(|read| Read { range: start..code.trim_end().len(), decoded: vec!["template".to_owned()], ..read }).collect()
}

/// Reads `code`, in which nothing is left to be put in.
fn read_plain(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    let Some(notation) = shape::decide(code, language) else { return Vec::new() };
    let found = match notation {
        Notation::Json => flow::read(code, budget),
        Notation::Yaml => yaml::read(code, budget),
        Notation::Hcl => hcl::read(code, budget),
        Notation::Ini => ini::read(code, budget),
        Notation::Nginx => nginx::read(code, budget),
        Notation::Docker => docker::read(code, budget),
        Notation::Sshd | Notation::Apache => directive::read(code, budget),
        Notation::Sudoers => line::read(code, budget, line::sudoers),
        Notation::Access => line::read(code, budget, line::access),
        Notation::Code => code_of(code, budget),
        Notation::Packet => packet::read(code, budget),
        Notation::PgHba => line::read(code, budget, line::pg_hba),
        Notation::Rules => line::read(code, budget, line::security_rule),
        Notation::Owners => line::read(code, budget, line::code_owner),
        Notation::Casbin => line::read(code, budget, line::casbin),
        Notation::Bicep => bicep::read(code, budget),
        Notation::Caddy => brace::read(code, budget),
        Notation::Markup => markup::read(code, budget),
        Notation::Ldif | Notation::Pairs => pairs::read(code, budget),
        Notation::Arguments => Vec::new(),
    };
    found.into_iter().flat_map(|found| finish(code, notation, found)).collect()
}

/// Assignments and resources of program code.
fn code_of(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = assignment::read(code, budget);
    if code.lines().any(resource::begins) {
        found.extend(resource::read(code, budget));
    }
    found
}

/// Whether `name`, of a language or a file, is a notation's own.
pub(crate) fn is_notation(name: &str) -> bool {
    shape::by_name(name).is_some()
}

/// What was found, and each document in it, as reads.
fn finish(code: &str, notation: Notation, found: Found) -> Vec<Read> {
    let Some(text) = code.get(found.range.clone()) else { return Vec::new() };
    let start = found.range.start + (text.len() - text.trim_start().len());
    let text = text.trim();
    let entries = found.writer.finish();
    if text.is_empty() || (entries.is_empty() && found.heading.is_empty()) {
        return Vec::new();
    }
    let setting = Setting { notation: notation.name().to_owned(), heading: found.heading, entries };
    let range = start..start + text.len();
    let read = |setting| Read { act: Act::Setting(setting), range: range.clone(), text: text.to_owned(), decoded: Vec::new() };
    nested::parts(setting).into_iter().map(read).collect()
}

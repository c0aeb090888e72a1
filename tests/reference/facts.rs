//! The facts the rules lean on: vocabularies and the severity matrix.

use crate::{
    format::{COMPUTED, File, Vocabulary},
    markdown::{cell, code, reference},
    severity::word,
};
use std::{collections::BTreeMap, fmt::Write};

/// Who may gain, mildest first: the columns of the matrix.
const WHO: &[&str] = &["self", "one", "group", "organisation", "public"];

/// The page of facts.
pub fn write(files: &[(String, File)]) -> String {
    let mut page = "<!-- Written by `npm run docs:rules` from rules/: edit that. -->\n\n# Facts\n\n\
                    What the [rules](README.md) lean on.\n\n# Severity\n\nWho gains (columns) what (rows) on what (tables).\n"
        .to_owned();
    for (on, rows) in files.iter().flat_map(|(_, file)| &file.matrix) {
        write!(page, "\n**On {}**\n\n| gains | {} |\n|---|{}\n", cell(on), WHO.join(" | "), "---|".repeat(WHO.len())).unwrap_or_default();
        for (gains, row) in rows {
            let cells: Vec<&str> = WHO.iter().map(|who| row.get(*who).map_or("", |ladder| word(*ladder))).collect();
            writeln!(page, "| {gains} | {} |", cells.join(" | ")).unwrap_or_default();
        }
    }
    page.push_str("\n# Vocabularies\n\nLists of values that matchers name with `@`.\n");
    let all: BTreeMap<&String, &Vocabulary> = files.iter().flat_map(|(_, file)| &file.vocabulary).collect();
    all.iter().for_each(|(name, vocabulary)| page.push_str(&section(name, vocabulary)));
    page.push_str("\n# Computed\n\nThese follow from the value itself: a mode's bits, an address range's size.\n");
    COMPUTED.iter().for_each(|name| page.push_str(&format!("\n## {name}\n")));
    page
}

fn section(name: &str, vocabulary: &Vocabulary) -> String {
    let mut text = format!("\n## {name}\n\n");
    if let (Some(scale), Some(rank)) = (&vocabulary.scale, &vocabulary.rank) {
        write!(text, "Counts as {} for {}.\n\n", code(rank), code(scale)).unwrap_or_default();
    }
    writeln!(text, "{}", vocabulary.values.iter().map(|value| code(value)).collect::<Vec<_>>().join(" ")).unwrap_or_default();
    if !vocabulary.references.is_empty() {
        let sources: Vec<String> = vocabulary.references.iter().map(|source| reference(source)).collect();
        write!(text, "\nSources: {}\n", sources.join(", ")).unwrap_or_default();
    }
    text
}

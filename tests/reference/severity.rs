//! How severe a rule's match is, and how that follows from who gains what on what.

use crate::{
    format::{
        File, Rule, Way,
        many::Many,
        weight::{Gain, Ladder, Weight},
    },
    markdown::code,
};
use std::collections::BTreeMap;

/// On what → what is gained → who gains → how severe that is.
pub struct Matrix<'a>(BTreeMap<&'a str, BTreeMap<&'a str, BTreeMap<&'a str, Ladder>>>);

impl<'a> Matrix<'a> {
    /// The matrix of all files.
    pub fn of(files: &'a [(String, File)]) -> Self {
        let mut matrix: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, Ladder>>> = BTreeMap::new();
        for (on, rows) in files.iter().flat_map(|(_, file)| &file.matrix) {
            for (gains, row) in rows {
                let cells = row.iter().map(|(who, ladder)| (who.as_str(), *ladder));
                matrix.entry(on).or_default().entry(gains).or_default().extend(cells);
            }
        }
        Self(matrix)
    }

    /// The severity of `rule`'s matches and where it comes from.
    pub fn explain(&self, rule: &Rule) -> String {
        match &rule.severity {
            Weight::Fixed(ladder) => word(*ladder).to_owned(),
            Weight::Derived(_) if rule.direction == Way::Narrows => word(Ladder::Low).to_owned(),
            Weight::Derived(gain) => format!(
                "{}: {} gains {} on {}",
                self.range(gain),
                sources(&gain.who, "one"),
                sources(&gain.gains, "write"),
                sources(&gain.on, "resource")
            ),
        }
    }

    /// The mildest and the worst that the sources of `gain` allow.
    fn range(&self, gain: &Gain) -> String {
        let possible = self.0.iter().filter(|(on, _)| allows(&gain.on, "resource", on)).flat_map(|(_, rows)| {
            rows.iter()
                .filter(|(gains, _)| allows(&gain.gains, "write", gains))
                .flat_map(|(_, row)| row.iter().filter(|(who, _)| allows(&gain.who, "one", who)).map(|(_, ladder)| *ladder))
        });
        let possible: Vec<Ladder> = possible.collect();
        match (possible.iter().min(), possible.iter().max()) {
            (Some(least), Some(most)) if least != most => format!("{} to {}", word(*least), word(*most)),
            (Some(least), _) => word(*least).to_owned(),
            _ => word(Ladder::Medium).to_owned(),
        }
    }
}

/// Whether what counts of `sources` can be `rank`: what was captured can be any.
fn allows(sources: &Many<String>, otherwise: &str, rank: &str) -> bool {
    sources.first().map_or(otherwise == rank, |first| first.starts_with('<') || first == rank)
}

/// The sources in the order in which they are asked: what was captured, then what else is assumed.
fn sources(sources: &Many<String>, otherwise: &str) -> String {
    let mut said: Vec<String> = sources.iter().map(|source| code(source)).collect();
    if sources.last().is_none_or(|last| last.starts_with('<')) {
        said.push(code(otherwise));
    }
    said.join(", else ")
}

pub fn word(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Low => "low",
        Ladder::Medium => "medium",
        Ladder::High => "high",
        Ladder::Critical => "critical",
    }
}

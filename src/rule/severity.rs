//! Derives severity so that it can be explained: who gains what on what.

use super::{
    Severity,
    facts::{Captures, Facts},
    format::{
        Rule, Way,
        many::Many,
        weight::{Ladder, Weight},
    },
};

/// The ranks of who gains, mildest first.
pub(super) const WHO: &[&str] = &["self", "one", "group", "organisation", "public"];
/// The ranks of what is gained.
pub(super) const GAINS: &[&str] = &["execute", "read", "write", "admin", "control"];
/// The ranks of what it is gained on.
pub(super) const ON: &[&str] = &["own-file", "resource", "service", "account"];

/// How severe it is that `rule` matched with `captures`.
pub(super) fn of(rule: &Rule, captures: &Captures<'_>, facts: &Facts) -> Severity {
    let gain = match &rule.severity {
        Weight::Fixed(ladder) => return shown(*ladder),
        Weight::Derived(_) if rule.direction == Way::Narrows => return Severity::Low,
        Weight::Derived(gain) => gain,
    };
    let who = first_known(&gain.who, "who", WHO, captures, facts).unwrap_or("one");
    let gains = first_known(&gain.gains, "gains", GAINS, captures, facts).unwrap_or("write");
    let on = first_known(&gain.on, "on", ON, captures, facts).unwrap_or("resource");
    facts.severity(on, gains, who).map_or(Severity::Medium, shown)
}

/// The first of `sources` whose rank is known: a rank itself, or a capture that some vocabulary ranks.
fn first_known<'a>(sources: &'a Many<String>, scale: &str, order: &[&str], captures: &Captures<'_>, facts: &'a Facts) -> Option<&'a str> {
    sources.iter().find_map(|source| match source.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        Some(name) => facts.rank(scale, captures.get(name)?, order),
        None => Some(source.as_str()),
    })
}

fn shown(ladder: Ladder) -> Severity {
    match ladder {
        Ladder::Low => Severity::Low,
        Ladder::Medium => Severity::Medium,
        Ladder::High => Severity::High,
        Ladder::Critical => Severity::Critical,
    }
}

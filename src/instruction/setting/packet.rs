//! Reads whole rule sets of packet filters: nftables, `iptables-save`, pf, ipfw.
//!
//! One block each: what is let through (`allow`), what is stopped (`deny`), and what happens to the rest (`policy`).

use super::{Found, writer::Writer};
use crate::instruction::Budget;

/// What a rule may end in, and what that means.
const VERDICTS: &[(&str, &str)] =
    &[("accept", "allow"), ("masquerade", "allow"), ("return", "allow"), ("drop", "deny"), ("reject", "deny"), ("queue", "deny")];
/// How a rule of pf goes on after `pass` or `block`. Source: pf.conf(5).
const PF: &[&str] =
    &["in", "out", "quick", "log", "on", "all", "from", "to", "proto", "inet", "inet6", "return", "drop", "return-rst", "return-icmp"];

/// Reads `code` as one rule set.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut writer = Writer::default();
    for line in code.lines() {
        let text = line.split('#').next().unwrap_or_default().trim().trim_end_matches(';');
        if let Some((_, policy)) = text.rsplit_once("policy ") {
            writer.entry("policy", policy, budget);
        } else if let Some((kind, rule)) = rule(text) {
            writer.entry(kind, rule, budget);
        }
    }
    vec![Found { heading: Vec::new(), writer, range: 0..code.len() }]
}

/// Whether `code` is a rule set, by how it begins.
pub(super) fn is_rules(first: &str, code: &str) -> bool {
    let nft = first.starts_with("table ") && first.ends_with('{') && first.split_whitespace().count() <= 4 || first == "flush ruleset";
    let saved = matches!(first, "*filter" | "*nat" | "*mangle" | "*raw");
    nft && code.contains("chain ") || saved
}

/// Whether `line` is a rule of pf or ipfw, or as `iptables-save` writes it.
pub(super) fn is_rule(line: &str) -> bool {
    saved(line).is_some() || pf(line).is_some() || ipfw(line).is_some()
}

/// Whether a rule lets through or stops, and the rule.
fn rule(line: &str) -> Option<(&'static str, &str)> {
    if let Some(chain) = line.strip_prefix(':') {
        let policy = chain.split_whitespace().nth(1).filter(|policy| *policy != "-")?;
        return Some(("policy", policy));
    }
    let kind = saved(line).or_else(|| pf(line)).or_else(|| ipfw(line)).or_else(|| verdict(line.rsplit(' ').next()?))?;
    Some((kind, line))
}

fn verdict(word: &str) -> Option<&'static str> {
    VERDICTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind)
}

fn saved(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix("-A ").or_else(|| line.strip_prefix("-I "))?;
    let target = rest.split_once(" -j ").or_else(|| rest.split_once(" --jump "))?.1;
    verdict(target.split_whitespace().next()?)
}

fn pf(line: &str) -> Option<&'static str> {
    let mut words = line.split_whitespace();
    let kind = match words.next()? {
        "pass" => "allow",
        "block" => "deny",
        _ => return None,
    };
    words.next().is_some_and(|word| PF.contains(&word)).then_some(kind)
}

fn ipfw(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix("add ")?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let (action, rest) = rest.split_once(' ')?;
    let matches = ["ip ", "all ", "tcp ", "udp ", "icmp "].iter().any(|protocol| rest.starts_with(protocol));
    match action {
        "allow" | "pass" | "permit" | "accept" if matches => Some("allow"),
        "deny" | "drop" | "reject" | "unreach" if matches => Some("deny"),
        _ => None,
    }
}

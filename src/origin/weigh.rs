//! Weighs what speaks for each origin and answers with the strongest.

use super::{Basis, Evidence, Origin, OriginLabel, format::Speaks};
use crate::submission::{AuthorKind, Post};

/// The weight that suffices for a label.
pub(super) const ENOUGH: u32 = 100;

/// Something that speaks for an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    /// What it speaks for.
    pub speaks: Speaks,
    /// How well that is known by it.
    pub basis: Basis,
    /// How strongly it speaks; [`ENOUGH`] suffices.
    pub weight: u32,
    /// Who the agent is, where the signal says so.
    pub agent: Option<String>,
    /// What the moderator is shown.
    pub evidence: Evidence,
}

/// Who wrote `post`, by its `signals`.
pub(super) fn weigh(post: &Post, mut signals: Vec<Signal>) -> Origin {
    let takes_back = signals.iter().any(|signal| signal.speaks == Speaks::Human);
    if takes_back {
        signals.retain(|signal| signal.basis == Basis::Verified || signal.speaks == Speaks::Human);
    }
    let (label, basis) = decide(post, &signals, takes_back);
    signals.sort_by_key(|signal| (order(signal.basis), std::cmp::Reverse(signal.weight)));
    let agent = (label == OriginLabel::Agent).then(|| named(post, &signals)).flatten();
    let behind = label == OriginLabel::Agent && matches!(post.author.kind, AuthorKind::Human | AuthorKind::Unknown);
    let on_behalf_of = post.on_behalf_of.clone().or_else(|| behind.then(|| post.author.id.clone()));
    let on_behalf_of = on_behalf_of.filter(|_| label == OriginLabel::Agent);
    Origin { label, basis, agent, on_behalf_of, evidence: signals.into_iter().map(|signal| signal.evidence).collect() }
}

fn decide(post: &Post, signals: &[Signal], takes_back: bool) -> (OriginLabel, Basis) {
    let verified = |speaks| sum(signals, speaks, |basis| basis == Basis::Verified) >= ENOUGH;
    let declared = |speaks| sum(signals, speaks, |basis| basis != Basis::Suspected);
    if verified(Speaks::Agent) {
        return (OriginLabel::Agent, Basis::Verified);
    }
    let (agent, assisted) = (supported(signals), declared(Speaks::Assisted));
    if verified(Speaks::Service) && !takes_back {
        return if agent >= ENOUGH { (OriginLabel::Agent, Basis::Declared) } else { (OriginLabel::Service, Basis::Verified) };
    }
    let said_whole = declared(Speaks::Agent) >= 2 * ENOUGH;
    if agent >= ENOUGH && (assisted < ENOUGH || said_whole) {
        return (OriginLabel::Agent, Basis::Declared);
    }
    if assisted >= ENOUGH {
        return (OriginLabel::Assisted, Basis::Declared);
    }
    if declared(Speaks::Service) >= ENOUGH && post.author.kind != AuthorKind::Human {
        return (OriginLabel::Service, Basis::Declared);
    }
    if assisted > 0 && agent > 0 {
        return (OriginLabel::Assisted, Basis::Declared);
    }
    if sum(signals, Speaks::Agent, |_| true) >= ENOUGH {
        return (OriginLabel::Agent, Basis::Suspected);
    }
    match post.author.kind {
        AuthorKind::Human => (OriginLabel::Human, Basis::None),
        _ => (OriginLabel::Unknown, Basis::None),
    }
}

/// What the author, a tool or the client declares of an agent; circumstances support a declaration but never make one.
fn supported(signals: &[Signal]) -> u32 {
    let declared = sum(signals, Speaks::Agent, |basis| basis != Basis::Suspected);
    let circumstances =
        signals.iter().filter(|signal| signal.basis == Basis::Suspected && signal.evidence.signal.starts_with("composition/"));
    if declared == 0 { 0 } else { declared + circumstances.map(|signal| signal.weight).sum::<u32>() }
}

/// The weights of the signals for `speaks`, each kind of signal counted once.
fn sum(signals: &[Signal], speaks: Speaks, counts: impl Fn(Basis) -> bool) -> u32 {
    let counted = signals.iter().enumerate().filter(|(at, signal)| {
        let first = !signals.iter().take(*at).any(|other| other.evidence.signal == signal.evidence.signal);
        signal.speaks == speaks && counts(signal.basis) && first
    });
    counted.map(|(_, signal)| signal.weight).sum()
}

fn order(basis: Basis) -> u8 {
    match basis {
        Basis::Verified => 0,
        Basis::Declared => 1,
        Basis::Suspected => 2,
        Basis::None => 3,
    }
}

fn named(post: &Post, signals: &[Signal]) -> Option<String> {
    let account = || (post.author.kind == AuthorKind::Agent || post.author.kind == AuthorKind::Service).then(|| post.author.id.clone());
    signals.iter().filter(|signal| signal.speaks == Speaks::Agent).find_map(|signal| signal.agent.clone()).or_else(account)
}

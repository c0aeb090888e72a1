//! The decision: every line of the policy that applies says what it wants, and the strictest wins.
//!
//! A clause is one question the policy answers about a post. It carries the lines it looked at, so that the same code
//! decides and explains.

use super::{
    Action, Decision, Facts, Found, Policy, Reason,
    file::{Allowed, Author, Setting},
    layer::{Entry, Layer, Layers},
    parse_time, rate,
};
use crate::{request::RequestStatus, rule::Severity};

/// One question the policy answers about a post.
pub(super) struct Clause<'a> {
    /// What it wants and why, where it applies.
    pub wants: Option<(Action, Reason)>,
    /// Why it does not apply, where it does not.
    pub idle: &'static str,
    /// The lines it looked at, the most telling first.
    pub lines: Vec<Entry<'a>>,
}

impl<'a> Clause<'a> {
    /// A clause that wants `action` with `reason`.
    pub(super) fn wanting(action: Action, reason: Reason, lines: Vec<Entry<'a>>) -> Self {
        Self { wants: Some((action, reason)), idle: "", lines }
    }

    /// A clause that does not apply.
    pub(super) fn idle(idle: &'static str, lines: Vec<Entry<'a>>) -> Self {
        Self { wants: None, idle, lines }
    }

    /// What it wants, if anything.
    pub(super) fn action(&self) -> Option<Action> {
        self.wants.as_ref().map(|(action, _)| *action)
    }
}

impl Policy {
    /// Decides what happens to a post; reasons come most decisive first.
    #[must_use]
    pub fn decide(&self, facts: &Facts<'_>) -> Decision {
        let mut clauses = self.clauses(facts);
        clauses.sort_by_key(|clause| std::cmp::Reverse(clause.action()));
        let action = clauses.first().and_then(Clause::action).unwrap_or(Action::Hold);
        let reasons = clauses.into_iter().filter_map(|clause| clause.wants).map(|(_, reason)| reason).collect();
        Decision { action, reasons, approvals: self.approvals(action, facts).map(|_| 2) }
    }

    /// Every clause, in the order in which the default file has them.
    pub(super) fn clauses<'a>(&'a self, facts: &Facts<'_>) -> Vec<Clause<'a>> {
        let author = Author::of(facts.origin);
        let layers = Layers::of(author, category(facts), &self.own, &self.defaults);
        vec![
            self.stopped(author, facts),
            rate::clause(self, author, facts),
            unrequested(&layers, facts),
            self.findings(&layers, facts),
            undecided(&layers, facts),
            otherwise(&layers, author),
        ]
    }

    /// The line that asks for two different approvers of this post, if one does. What could not be read may be anything.
    pub(super) fn approvals<'a>(&'a self, action: Action, facts: &Facts<'_>) -> Option<Entry<'a>> {
        let worst = if facts.complete { self.counted(facts).map(|found| found.severity).max()? } else { Severity::Critical };
        let (from, entry) = self.setting("review", "two_person", |layer| &layer.file.review.two_person)?;
        (action >= Action::Hold && worst >= *from).then_some(entry)
    }

    /// A top-level value: the forum's own, else the default.
    pub(super) fn setting<'a, T>(
        &'a self,
        table: &'static str,
        key: &'static str,
        value: impl Fn(&'a Layer) -> &'a Setting<T>,
    ) -> Option<(&'a T, Entry<'a>)> {
        [&self.own, &self.defaults].into_iter().find_map(|layer| {
            let setting = value(layer).as_ref()?;
            Some((setting.get_ref(), layer.entry(table, key, setting)))
        })
    }

    fn stopped<'a>(&'a self, author: Author, facts: &Facts<'_>) -> Clause<'a> {
        let post = &facts.submission.post;
        let id = facts.origin.agent.as_deref().unwrap_or(&post.author.id);
        let registered = self.registered(post);
        let known = registered.map(|agent| agent.get_ref());
        let named = |list: &Vec<String>| list.iter().any(|agent| agent == id || known.is_some_and(|known| *agent == known.id));
        let all = self.setting("kill_switch", "all_agents", |layer| &layer.file.kill_switch.all_agents);
        let some = self.setting("kill_switch", "agents", |layer| &layer.file.kill_switch.agents);
        let paused = registered.filter(|agent| agent.get_ref().paused).map(|agent| self.own.entry("agents", "paused", agent));
        let all_stopped = all.as_ref().is_some_and(|(all, _)| **all);
        let one_stopped = some.as_ref().is_some_and(|(list, _)| named(list));
        let lines = match (all.map(|(_, line)| line), some.map(|(_, line)| line), paused) {
            (Some(all), _, _) if all_stopped => vec![all],
            (_, Some(some), _) if one_stopped => vec![some],
            (_, _, Some(paused)) => vec![paused],
            (all, some, None) => return Clause::idle("nobody has stopped this author", all.into_iter().chain(some).collect()),
        };
        if !matches!(author, Author::Agent | Author::Suspected) {
            return Clause::idle("the author is not an agent", lines);
        }
        let why = format!("a moderator has stopped `{id}`: nothing it writes is published");
        Clause::wanting(Action::Block, reason("policy/stopped", why), lines)
    }

    /// The findings that no allow-list entry covers.
    fn counted<'f>(&self, facts: &'f Facts<'_>) -> impl Iterator<Item = &'f Found<'f>> {
        facts.findings.iter().filter(|found| self.allowing(found, facts).is_none())
    }

    fn findings<'a>(&'a self, layers: &Layers<'a>, facts: &Facts<'_>) -> Clause<'a> {
        let worst = self.counted(facts).max_by_key(|found| found.severity);
        let action = layers.find("finding", |rules| &rules.finding);
        let threshold = layers.find("threshold", |rules| &rules.threshold);
        let hold_from = layers.find("hold_from", |rules| &rules.hold_from);
        let allowing = facts.findings.iter().filter_map(|found| self.allowing(found, facts));
        let held = worst.zip(hold_from.as_ref()).is_some_and(|(worst, (from, _))| worst.severity >= *from);
        let least = threshold.as_ref().map_or(Severity::Low, |(least, _)| *least);
        let wanted = action.as_ref().map_or(Action::Hold, |(action, _)| *action);
        let mut lines: Vec<Entry<'a>> = action.into_iter().map(|(_, line)| line).collect();
        lines.extend(hold_from.map(|(_, line)| line));
        if held && wanted < Action::Hold {
            lines.reverse();
        }
        lines.extend(threshold.map(|(_, line)| line));
        lines.extend(allowing);
        let Some(worst) = worst else {
            let idle = if facts.findings.is_empty() {
                "nothing it advises changes permissions"
            } else {
                "the allow-list says that it is fine here"
            };
            return Clause::idle(idle, lines);
        };
        if worst.severity < least {
            return Clause::idle("what it advises is below the threshold", lines);
        }
        let severity = format!("{:?}", worst.severity).to_lowercase();
        let why = format!("it tells readers to change who may do what ({severity}, `{}`)", worst.rule);
        Clause::wanting(wanted.max(if held { Action::Hold } else { Action::Publish }), reason("finding/permission-change", why), lines)
    }

    /// The allow-list entry that says `found` is fine here and now.
    fn allowing<'a>(&'a self, found: &Found<'_>, facts: &Facts<'_>) -> Option<Entry<'a>> {
        if self.own.file.allow.is_empty() {
            return None;
        }
        let now = parse_time(&facts.submission.now)?;
        let post = &facts.submission.post;
        let thread = facts.submission.thread.as_ref().map(|thread| thread.id.as_str()).or(post.thread.as_deref());
        let covers = |key: &Option<String>, value: Option<&str>| key.as_deref().is_none_or(|key| Some(key) == value);
        let applies = |entry: &Allowed| {
            let names = entry.rule.as_deref() == Some(found.rule) || entry.fingerprint.as_deref() == Some(found.fingerprint);
            let everywhere = entry.category.as_deref() == Some("*");
            let here = (everywhere || covers(&entry.category, category(facts)))
                && covers(&entry.thread, thread)
                && covers(&entry.author, Some(&post.author.id));
            names && here && parse_time(&entry.expires).is_some_and(|expires| now < expires)
        };
        let entry = self.own.file.allow.iter().find(|entry| applies(entry.get_ref()))?;
        Some(self.own.entry("allow", "", entry))
    }
}

fn category<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    facts.submission.thread.as_ref()?.category.as_deref()
}

fn unrequested<'a>(layers: &Layers<'a>, facts: &Facts<'_>) -> Clause<'a> {
    let Some((action, line)) = layers.find("unrequested", |rules| &rules.unrequested) else {
        return Clause::idle("such authors need not be asked", Vec::new());
    };
    match facts.request.status {
        RequestStatus::Unrequested => Clause::wanting(action, reason("request/unrequested", facts.request.why.clone()), vec![line]),
        RequestStatus::Requested => Clause::idle("somebody asked for it", vec![line]),
        RequestStatus::NotApplicable => Clause::idle("such authors need not be asked", vec![line]),
    }
}

fn undecided<'a>(layers: &Layers<'a>, facts: &Facts<'_>) -> Clause<'a> {
    let (action, lines) = strictest(layers.find("undecided", |rules| &rules.undecided));
    if facts.complete {
        return Clause::idle("all of it could be read", lines);
    }
    Clause::wanting(action, reason("read/incomplete", "part of it could not be read: a person has to look".to_owned()), lines)
}

fn otherwise<'a>(layers: &Layers<'a>, author: Author) -> Clause<'a> {
    let (action, lines) = strictest(layers.find("otherwise", |rules| &rules.otherwise));
    let code = if action == Action::Label { "origin/label" } else { "policy/default" };
    Clause::wanting(action, reason(code, format!("written by {}", author.called())), lines)
}

/// An action without a line is a hold.
fn strictest(found: Option<(Action, Entry<'_>)>) -> (Action, Vec<Entry<'_>>) {
    found.map_or((Action::Hold, Vec::new()), |(action, line)| (action, vec![line]))
}

/// A reason.
pub(super) fn reason(code: &str, message: String) -> Reason {
    Reason { code: code.to_owned(), message }
}

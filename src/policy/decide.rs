//! The decision: every line of the policy that applies says what it wants, and the strictest wins.

use super::{
    Action, Decision, Facts, Found, Policy, Reason,
    file::{Allowed, AuthorRules, CategoryRules, File},
    parse_time,
};
use crate::{
    origin::{Basis, Origin, OriginLabel},
    request::RequestStatus,
    rule::Severity,
};

/// Which of the policy's author tables a post falls under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Author {
    Agent,
    Service,
    Suspected,
    Human,
    Assisted,
    Unknown,
}

impl Author {
    fn of(origin: &Origin) -> Self {
        match origin.label {
            OriginLabel::Agent if origin.basis == Basis::Suspected => Self::Suspected,
            OriginLabel::Agent => Self::Agent,
            OriginLabel::Service => Self::Service,
            OriginLabel::Assisted => Self::Assisted,
            OriginLabel::Human => Self::Human,
            OriginLabel::Unknown => Self::Unknown,
        }
    }

    /// How people call such an author.
    fn name(self) -> &'static str {
        match self {
            Self::Agent => "an agent",
            Self::Service => "an automation",
            Self::Suspected => "a suspected agent",
            Self::Human => "a person",
            Self::Assisted => "a person with an agent's help",
            Self::Unknown => "an author of unknown kind",
        }
    }

    fn in_file(self, file: &File) -> &AuthorRules {
        match self {
            Self::Agent => &file.agent,
            Self::Service => &file.service,
            Self::Suspected => &file.suspected,
            Self::Human => &file.human,
            Self::Assisted => &file.assisted,
            Self::Unknown => &file.unknown,
        }
    }

    fn in_category(self, category: &CategoryRules) -> &AuthorRules {
        match self {
            Self::Agent => &category.agent,
            Self::Service => &category.service,
            Self::Suspected => &category.suspected,
            Self::Human => &category.human,
            Self::Assisted => &category.assisted,
            Self::Unknown => &category.unknown,
        }
    }
}

/// The layers a value is looked up in: the category's, the forum's, the default.
struct Layers<'a>(Vec<&'a AuthorRules>);

impl Layers<'_> {
    fn find<T: Copy>(&self, value: impl Fn(&AuthorRules) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|layer| value(layer))
    }

    fn action(&self, value: impl Fn(&AuthorRules) -> Option<Action>) -> Action {
        self.find(value).unwrap_or(Action::Hold)
    }
}

impl Policy {
    /// Decides what happens to a post; reasons come most decisive first.
    #[must_use]
    pub fn decide(&self, facts: &Facts<'_>) -> Decision {
        let author = Author::of(facts.origin);
        let layers = self.layers(author, facts);
        let mut wants =
            vec![self.stopped(author, facts), unrequested(&layers, facts), self.findings(&layers, facts), undecided(&layers, facts)];
        wants.push(Some(otherwise(&layers, author)));
        let mut wants: Vec<(Action, Reason)> = wants.into_iter().flatten().collect();
        wants.sort_by_key(|(action, _)| std::cmp::Reverse(*action));
        let action = wants.first().map_or(Action::Hold, |(action, _)| *action);
        Decision { action, reasons: wants.into_iter().map(|(_, reason)| reason).collect() }
    }

    fn layers(&self, author: Author, facts: &Facts<'_>) -> Layers<'_> {
        let category = category(facts).and_then(|name| self.file.categories.get(name));
        let own = category.map(|category| author.in_category(category));
        Layers(own.into_iter().chain([author.in_file(&self.file), author.in_file(&self.defaults)]).collect())
    }

    fn stopped(&self, author: Author, facts: &Facts<'_>) -> Option<(Action, Reason)> {
        let switch = &self.file.kill_switch;
        let id = facts.origin.agent.as_deref().unwrap_or(&facts.submission.post.author.id);
        let stopped =
            matches!(author, Author::Agent | Author::Suspected) && (switch.all_agents || switch.agents.iter().any(|agent| agent == id));
        stopped
            .then(|| (Action::Block, reason("policy/stopped", format!("a moderator has stopped `{id}`: nothing it writes is published"))))
    }

    fn findings(&self, layers: &Layers<'_>, facts: &Facts<'_>) -> Option<(Action, Reason)> {
        let worst = facts.findings.iter().filter(|found| !self.allows(found, facts)).max_by_key(|found| found.severity)?;
        let threshold = layers.find(|rules| rules.threshold).unwrap_or(Severity::Low);
        if worst.severity < threshold {
            return None;
        }
        let held = layers.find(|rules| rules.hold_from).is_some_and(|from| worst.severity >= from);
        let action = layers.action(|rules| rules.finding).max(if held { Action::Hold } else { Action::Publish });
        let severity = format!("{:?}", worst.severity).to_lowercase();
        Some((
            action,
            reason("finding/permission-change", format!("it tells readers to change who may do what ({severity}, `{}`)", worst.rule)),
        ))
    }

    fn allows(&self, found: &Found<'_>, facts: &Facts<'_>) -> bool {
        let now = parse_time(&facts.submission.now);
        let applies = |entry: &Allowed| {
            let names = entry.rule.as_deref() == Some(found.rule) || entry.fingerprint.as_deref() == Some(found.fingerprint);
            let here = entry.category.as_deref().is_none_or(|name| category(facts) == Some(name));
            let live = now.is_some_and(|now| parse_time(&entry.expires).is_some_and(|expires| now < expires));
            names && here && live
        };
        self.file.allow.iter().any(applies)
    }
}

fn category<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    facts.submission.thread.as_ref()?.category.as_deref()
}

fn unrequested(layers: &Layers<'_>, facts: &Facts<'_>) -> Option<(Action, Reason)> {
    let action = layers.find(|rules| rules.unrequested).filter(|_| facts.request.status == RequestStatus::Unrequested)?;
    Some((action, reason("request/unrequested", facts.request.why.clone())))
}

fn undecided(layers: &Layers<'_>, facts: &Facts<'_>) -> Option<(Action, Reason)> {
    let action = layers.action(|rules| rules.undecided);
    (!facts.complete).then(|| (action, reason("read/incomplete", "part of it could not be read: a person has to look".to_owned())))
}

fn otherwise(layers: &Layers<'_>, author: Author) -> (Action, Reason) {
    let action = layers.action(|rules| rules.otherwise);
    let code = if action == Action::Label { "origin/label" } else { "policy/default" };
    (action, reason(code, format!("written by {}", author.name())))
}

fn reason(code: &str, message: String) -> Reason {
    Reason { code: code.to_owned(), message }
}

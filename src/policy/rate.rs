//! How much an agent may publish.
//!
//! The host knows what an agent has published and says when ([`Submission::recent`]); whether that is too much, and until
//! when, is the policy's to say. A host that says nothing has no caps.
//!
//! [`Submission::recent`]: crate::submission::Submission::recent

use super::{
    Action, Facts, Policy,
    decide::{Clause, reason},
    file::Author,
    layer::Entry,
    parse_time,
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// A cap that may apply: so many posts within so much time.
struct Cap<'a> {
    posts: usize,
    within: Duration,
    called: &'static str,
    line: Entry<'a>,
}

/// Whether the author has published as much as it may.
pub(super) fn clause<'a>(policy: &'a Policy, author: Author, facts: &Facts<'_>) -> Clause<'a> {
    if author != Author::Agent {
        return Clause::idle("only agents are capped", Vec::new());
    }
    let caps = caps(policy, facts);
    let over = parse_time(&facts.submission.now).and_then(|now| {
        caps.iter().filter_map(|cap| Some((cap, cap.opens(&facts.submission.recent, now)?))).max_by_key(|(_, opens)| *opens)
    });
    let Some((cap, opens)) = over else {
        return Clause::idle("it has published less than it may", caps.into_iter().map(|cap| cap.line).collect());
    };
    let Cap { posts, called, .. } = cap;
    let again = opens.format(&Rfc3339).unwrap_or_default();
    let why = format!("it has published {posts} posts within {called}, as many as it may: it may publish again from {again}");
    Clause::wanting(Action::Hold, reason("policy/rate", why), vec![cap.line.clone()])
}

fn caps<'a>(policy: &'a Policy, facts: &Facts<'_>) -> Vec<Cap<'a>> {
    let agent = policy.registered(&facts.submission.post);
    let own = |key: &'static str, posts: Option<u16>| Some((posts?, policy.own.entry("agents", key, agent?)));
    let common = |found: Option<(&u16, Entry<'a>)>| found.map(|(posts, line)| (*posts, line));
    let known = agent.map(|agent| agent.get_ref());
    let hour = own("posts_per_hour", known.and_then(|agent| agent.posts_per_hour))
        .or_else(|| common(policy.setting("rate", "posts_per_hour", |layer| &layer.file.rate.posts_per_hour)));
    let day = own("posts_per_day", known.and_then(|agent| agent.posts_per_day))
        .or_else(|| common(policy.setting("rate", "posts_per_day", |layer| &layer.file.rate.posts_per_day)));
    let cap = |within, called| move |(posts, line): (u16, Entry<'a>)| Cap { posts: usize::from(posts), within, called, line };
    let hour = hour.map(cap(Duration::HOUR, "an hour"));
    hour.into_iter().chain(day.map(cap(Duration::DAY, "a day"))).collect()
}

impl Cap<'_> {
    /// From when the author may publish again, to the second; `None` when it may now.
    fn opens(&self, recent: &[String], now: OffsetDateTime) -> Option<OffsetDateTime> {
        if recent.len() < self.posts {
            return None;
        }
        let mut counted: Vec<OffsetDateTime> = recent.iter().filter_map(|at| parse_time(at)).filter(|at| now - *at < self.within).collect();
        counted.sort_unstable();
        let last = counted.len().checked_sub(self.posts)?;
        let opens = counted.get(last)?.checked_add(self.within)?;
        let part = Duration::SECOND * u8::from(opens.nanosecond() > 0);
        opens.replace_nanosecond(0).unwrap_or(opens).checked_add(part)
    }
}

//! Whether a grant the host has verified covers this post.
//!
//! The host side checks the signature and uses the grant up; here it is checked to be for this agent, this thread, this
//! kind of post, this moment and, if it says so, this very content.

use super::{Request, RequestStatus, Scope, Via, clock};
use crate::submission::{Grant, GrantAction, Submission};

/// Grants of one submission, at most, that are looked at.
const GRANTS: usize = 64;

/// The request made by the first grant that covers the post, or why the last one does not; `None` without grants.
pub(super) fn judge(submission: &Submission, scope: &Scope, now: i64) -> Option<Result<Request, String>> {
    let mut refused = None;
    for grant in submission.grants.iter().take(GRANTS) {
        match uncovered(grant, submission, scope, now) {
            None => return Some(Ok(granted(grant))),
            Some(why) => refused = Some(Err(format!("the grant `{}` by {} {why}", grant.id, grant.by))),
        }
    }
    refused
}

fn granted(grant: &Grant) -> Request {
    let why = format!("{} granted it (`{}`)", grant.by, grant.id);
    Request { status: RequestStatus::Requested, via: Some(Via::Grant), by: Some(grant.by.clone()), post: None, why }
}

/// Why `grant` does not cover the post.
fn uncovered(grant: &Grant, submission: &Submission, scope: &Scope, now: i64) -> Option<String> {
    let post = &submission.post;
    let thread = submission.thread.as_ref().map(|thread| thread.id.as_str()).or(post.thread.as_deref());
    let action = if submission.thread.is_some() || post.reply_to.is_some() { GrantAction::Reply } else { GrantAction::Topic };
    let same = |name: &String| name.eq_ignore_ascii_case(&grant.agent);
    let own = |name: &String| name.eq_ignore_ascii_case(&grant.by);
    let Some((begins, ends)) = clock::read(&grant.not_before).zip(clock::read(&grant.expires)) else {
        return Some("has a time that cannot be read".to_owned());
    };
    let checks = [
        (!scope.names.iter().any(same), "is for another agent"),
        (scope.names.iter().any(own), "was given by the agent itself"),
        (grant.by.trim().is_empty(), "names nobody who gave it"),
        (thread.is_some_and(|thread| thread != grant.thread), "is for another thread"),
        (post.thread.as_deref().zip(thread).is_some_and(|(named, shown)| named != shown), "cannot be matched to a thread"),
        (thread.is_none() && action == GrantAction::Reply, "cannot be matched to a thread"),
        (action != grant.action, "is for another kind of post"),
        (now < begins, "is not in force yet"),
        (now >= ends, "has expired"),
        (grant.uses == 0, "has been used up"),
        (grant.content_hash.as_ref().is_some_and(|hash| *hash != scope.content_hash), "is for other content"),
    ];
    checks.into_iter().find(|(failed, _)| *failed).map(|(_, why)| why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Thread;

    fn check(change: impl Fn(&mut Grant, &mut Submission)) -> Option<String> {
        let mut grant = Grant {
            id: "g1".into(),
            agent: "helper".into(),
            by: "dana".into(),
            thread: "t1".into(),
            not_before: "2026-05-04T08:00:00Z".into(),
            expires: "2026-05-05T08:00:00Z".into(),
            uses: 1,
            ..Grant::default()
        };
        let mut submission = Submission {
            thread: Some(Thread { id: "t1".into(), ..Thread::default() }),
            now: "2026-05-04T09:00:00Z".into(),
            ..Submission::default()
        };
        change(&mut grant, &mut submission);
        let scope = Scope { names: vec!["helper".into()], content_hash: "sha256-1".into(), ..Scope::default() };
        uncovered(&grant, &submission, &scope, clock::read(&submission.now).unwrap())
    }

    #[test]
    fn a_fitting_grant_counts() {
        assert_eq!(check(|_, _| ()), None);
        assert_eq!(check(|grant, _| grant.content_hash = Some("sha256-1".into())), None);
        assert_eq!(check(|grant, submission| (grant.action, submission.thread) = (GrantAction::Topic, None)), None);
    }

    #[test]
    fn any_other_does_not() {
        type Change = fn(&mut Grant, &mut Submission);
        let changes: [(Change, &str); 12] = [
            (|grant, _| grant.agent = "helper2".into(), "is for another agent"),
            (|grant, _| grant.by = "Helper".into(), "was given by the agent itself"),
            (|grant, _| grant.by = " ".into(), "names nobody who gave it"),
            (|grant, _| grant.thread = "t2".into(), "is for another thread"),
            (|grant, _| grant.action = GrantAction::Topic, "is for another kind of post"),
            (|grant, _| grant.not_before = "2026-05-04T09:00:01Z".into(), "is not in force yet"),
            (|grant, _| grant.expires = "2026-05-04T09:00:00Z".into(), "has expired"),
            (|grant, _| grant.expires = "soon".into(), "has a time that cannot be read"),
            (|grant, _| grant.uses = 0, "has been used up"),
            (|grant, _| grant.content_hash = Some("sha256-2".into()), "is for other content"),
            (|_, submission| (submission.thread, submission.post.thread) = (None, Some("t2".into())), "is for another thread"),
            (|_, submission| (submission.thread, submission.post.reply_to) = (None, Some("p1".into())), "cannot be matched to a thread"),
        ];
        for (change, why) in changes {
            assert_eq!(check(change).as_deref(), Some(why));
        }
    }
}

//! Follows a thread: which post asked the agent, who may ask, and what became of the request afterwards.

use super::{
    Request, RequestStatus, Scope, Via, clock,
    format::Cue,
    reading::{Reading, Said},
    standing,
    words::LEXICON,
};
use crate::submission::{AuthorKind, Submission, Thread, ThreadPost};
use std::cell::OnceCell;

/// Posts of a thread, at most, that are read: the newest.
const POSTS: usize = 128;

/// Bytes of a thread, at most, that are read, from the newest post back.
const BYTES: usize = 131_072;

/// Acts, at most, that are followed to their end.
const ACTS: usize = 16;

/// Why no act in the thread counts.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// A sentence.
    pub why: String,
    /// Whether the thread's author or a moderator wants no agents in it.
    pub closed: bool,
}

/// The newest act in the thread that asks the agent and is still in force, or why there is none.
pub(super) fn judge(submission: &Submission, scope: &Scope, now: i64) -> Result<Request, Refusal> {
    let open = |why: &str| Refusal { why: why.to_owned(), closed: false };
    let Some(thread) = &submission.thread else { return Err(open("nobody can have asked for a post that opens a thread")) };
    if submission.post.thread.as_ref().is_some_and(|named| *named != thread.id) {
        return Err(open("the post is for another thread than the one shown"));
    }
    let conversation = Conversation::new(submission, thread, scope, now);
    let mut first = None;
    let mut followed = 0;
    for index in (conversation.from..thread.posts.len()).rev() {
        let Some(act) = conversation.act(index) else { continue };
        followed += 1;
        match act {
            Ok(request) => return Ok(request),
            Err(why) => first = first.or(Some(why)),
        }
        if followed >= ACTS {
            break;
        }
    }
    let why = first.unwrap_or_else(|| "no human asked for it in this thread".to_owned());
    Err(Refusal { why, closed: conversation.restriction(None).is_some() })
}

/// A thread and what has been read of it.
pub(super) struct Conversation<'a> {
    pub submission: &'a Submission,
    pub posts: &'a [ThreadPost],
    thread: &'a Thread,
    scope: &'a Scope,
    now: i64,
    /// The oldest post that is read.
    from: usize,
    readings: Vec<OnceCell<Reading>>,
}

impl<'a> Conversation<'a> {
    fn new(submission: &'a Submission, thread: &'a Thread, scope: &'a Scope, now: i64) -> Self {
        let mut bytes = 0;
        let newest = thread.posts.iter().rev().take(POSTS).take_while(|post| {
            bytes += post.body.len();
            bytes <= BYTES
        });
        let from = thread.posts.len() - newest.count();
        Self { submission, posts: &thread.posts, thread, scope, now, from, readings: vec![OnceCell::new(); thread.posts.len()] }
    }

    /// The reading of the post at `index`.
    pub fn reading(&self, index: usize) -> &Reading {
        static NOTHING: Reading = Reading { sentences: Vec::new(), complete: false, veiled: false };
        let cell = self.readings.get(index).zip(self.posts.get(index));
        let title = self.thread.title.as_ref().filter(|_| index == 0);
        let read = |post: &ThreadPost| match title {
            Some(title) => Reading::of(&format!("{title}\n\n{}", post.body), &self.scope.names),
            None => Reading::of(&post.body, &self.scope.names),
        };
        cell.map_or(&NOTHING, |(cell, post)| cell.get_or_init(|| read(post)))
    }

    /// Whether the post is the agent's own, apart from the one being judged.
    pub fn is_agents(&self, post: &ThreadPost) -> bool {
        let named = |name: &String| {
            name.eq_ignore_ascii_case(&post.author) || post.handle.as_ref().is_some_and(|handle| name.eq_ignore_ascii_case(handle))
        };
        self.submission.post.id.as_deref() != Some(post.id.as_str()) && self.scope.names.iter().any(named)
    }

    /// What the post at `index` does: `None` when it has nothing to do with the agent.
    fn act(&self, index: usize) -> Option<Result<Request, String>> {
        let post = self.posts.get(index)?;
        if self.is_agents(post) {
            return None;
        }
        let said = self.reading(index).said();
        let follows_up = matches!(said, Said::Nothing | Said::Not(_)) && self.follows_up(index);
        if said == Said::Nothing && !follows_up {
            return None;
        }
        let verdict = self.may_ask(index, post).and_then(|()| match said {
            _ if follows_up => Ok(()),
            Said::Asks | Said::Nothing => Ok(()),
            Said::AsksLater(sentence) => self.is_due(index, post, sentence),
            Said::Awaits => self.has_spoken(index, post),
            Said::Stands(sentence) => standing::covers(self, index, sentence),
            Said::Not(how) => Err(format!("{} {how} in {}", speaker(post), post.id)),
        });
        let lasting = matches!(said, Said::Stands(_));
        let verdict = verdict.and_then(|()| self.in_force(index, post, lasting));
        Some(verdict.map(|()| asked(post, follows_up)))
    }

    /// Whether the post puts a question to the agent in answer to it.
    fn follows_up(&self, index: usize) -> bool {
        let Some(post) = self.posts.get(index).filter(|post| post.kind == AuthorKind::Human) else { return false };
        let reading = self.reading(index);
        let quiet = [Cue::Negates, Cue::Private, Cue::Refuses, Cue::Withdraws].iter().any(|cue| reading.has(*cue));
        if quiet || !reading.questions() || reading.declines() {
            return false;
        }
        match &post.reply_to {
            Some(target) => self.posts.iter().any(|other| other.id == *target && self.is_agents(other)),
            None => self.continues(index, post),
        }
    }

    /// Whether the post comes right after the agent's, by somebody who had asked it before.
    fn continues(&self, index: usize, post: &ThreadPost) -> bool {
        let before = self.posts.get(self.from..index).unwrap_or_default();
        let answered = before
            .iter()
            .rposition(|other| other.author != post.author)
            .filter(|at| before.get(*at).is_some_and(|other| self.is_agents(other)));
        answered.is_some_and(|at| {
            let earlier = before.get(..at).unwrap_or_default().iter().enumerate();
            earlier.filter(|(_, other)| other.author == post.author).any(|(at, _)| self.reading(self.from + at).said() == Said::Asks)
        })
    }

    /// Whether the author of the post at `index` may ask, and may be believed to have done so then.
    fn may_ask(&self, index: usize, post: &ThreadPost) -> Result<(), String> {
        let who = speaker(post);
        let driven = post.groups.iter().any(|group| LEXICON.driven_groups.contains(&group.to_lowercase()));
        if post.kind != AuthorKind::Human || driven {
            return Err(format!("{who}, who named the agent in {}, is not known to be a human", post.id));
        }
        if post.deleted_at.is_some() {
            return Err(format!("{who}'s post {} was deleted", post.id));
        }
        if post.edited_at.is_some() && post.edited_by.as_ref() != Some(&post.author) {
            return Err(format!("{} was edited afterwards, so its words are not certainly {who}'s", post.id));
        }
        if let Some(group) =
            post.groups.iter().find(|group| self.scope.excluded_groups.iter().any(|excluded| excluded.eq_ignore_ascii_case(group)))
        {
            return Err(format!("{who} may not ask here (group `{group}`)"));
        }
        if self.reading(index).veiled {
            return Err(format!("{} hides some of its words from readers", post.id));
        }
        if !self.reading(index).complete {
            return Err(format!("{} could not be read to its end", post.id));
        }
        self.is_fresh(post)?;
        self.restriction(Some(index)).map_or(Ok(()), Err)
    }

    /// When the words of the post were last changed.
    fn written(post: &ThreadPost) -> Option<i64> {
        let at = clock::read(post.at.as_deref()?)?;
        post.edited_at.as_deref().map_or(Some(at), |edited| clock::read(edited).map(|edited| edited.max(at)))
    }

    fn is_fresh(&self, post: &ThreadPost) -> Result<(), String> {
        let Some(written) = Self::written(post) else {
            return Err(format!("the time of {} is missing or cannot be read, so the request cannot be shown to be in force", post.id));
        };
        if written > self.now {
            return Err(format!("{} is dated after the time of the check", post.id));
        }
        if self.now - written > self.scope.mention_seconds {
            return Err(format!("{}'s request in {} has expired", speaker(post), post.id));
        }
        Ok(())
    }

    /// Whether `post` comes from a moderator.
    fn moderates(&self, post: &ThreadPost) -> bool {
        post.groups.iter().any(|group| self.scope.moderator_groups.iter().any(|known| known.eq_ignore_ascii_case(group)))
    }

    /// The account that opened the thread.
    fn opener(&self) -> Option<&str> {
        self.thread.author.as_deref().or_else(|| self.posts.first().map(|post| post.author.as_str()))
    }

    /// Whether `post` comes from a human who may close the thread to agents.
    fn rules(&self, post: &ThreadPost) -> bool {
        post.kind == AuthorKind::Human && post.deleted_at.is_none() && (self.opener() == Some(post.author.as_str()) || self.moderates(post))
    }

    /// Why the post at `index` may not ask, or anybody when there is no index: the last word of the thread's author or a moderator on it.
    fn restriction(&self, index: Option<usize>) -> Option<String> {
        let rulers = (0..self.posts.len()).rev().filter(|at| *at == 0 || *at >= self.from).filter(|at| Some(*at) != index);
        for at in rulers {
            let Some(post) = self.posts.get(at).filter(|post| self.rules(post)) else { continue };
            let reading = self.reading(at);
            let closes = [Cue::Refuses, Cue::ReservesStaff, Cue::ReservesAuthor].into_iter().find(|cue| reading.has(*cue));
            match closes {
                Some(cue) => {
                    return (!self.exempt(index, at, cue))
                        .then(|| format!("{} restricted in {} who may ask agents", speaker(post), post.id));
                }
                None if reading.has(Cue::Opens) => return None,
                None => {}
            }
        }
        None
    }

    /// Whether the post at `index` may ask although the one at `closed` restricted asking.
    fn exempt(&self, index: Option<usize>, closed: usize, cue: Cue) -> bool {
        let Some((index, post)) = index.and_then(|index| Some((index, self.posts.get(index)?))) else { return false };
        let own = self.posts.get(closed).is_some_and(|other| other.author == post.author);
        match cue {
            Cue::ReservesStaff => self.moderates(post),
            Cue::ReservesAuthor => own || self.opener() == Some(post.author.as_str()) || self.moderates(post),
            _ => index > closed && (own || self.moderates(post)),
        }
    }

    /// Whether the time has come for a request that waits for others to answer first.
    fn is_due(&self, index: usize, post: &ThreadPost, sentence: usize) -> Result<(), String> {
        let said = Self::written(post).unwrap_or(self.now);
        let text = self.reading(index).sentences.get(sentence).map(|sentence| sentence.text.as_str()).unwrap_or_default();
        let due = clock::named_end(text, said).unwrap_or(said + clock::DAY);
        let answered = self
            .posts
            .iter()
            .skip(index + 1)
            .any(|other| other.kind == AuthorKind::Human && other.author != post.author && other.deleted_at.is_none());
        if self.now < due || answered {
            return Err(format!("{} asked in {} only in case nobody else answers", speaker(post), post.id));
        }
        Ok(())
    }

    /// Whether somebody whom the post at `index` names, and waits for, has posted since.
    fn has_spoken(&self, index: usize, post: &ThreadPost) -> Result<(), String> {
        let named = |other: &ThreadPost| {
            let name = speaker(other).to_lowercase();
            post.body.to_lowercase().split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
        };
        let mut later = self.posts.iter().skip(index + 1).filter(|other| other.kind == AuthorKind::Human && other.author != post.author);
        if later.any(|other| other.deleted_at.is_none() && named(other)) {
            return Ok(());
        }
        Err(format!("{} asked in {} for when somebody else has spoken, who has not", speaker(post), post.id))
    }

    /// Whether the request in the post at `index` is neither used up nor taken back.
    fn in_force(&self, index: usize, post: &ThreadPost, lasting: bool) -> Result<(), String> {
        for (at, later) in self.posts.iter().enumerate().skip(index + 1) {
            if self.is_agents(later) {
                if !lasting && self.uses_up(index, later) {
                    return Err(format!("{}'s request in {} was answered in {}", speaker(post), post.id, later.id));
                }
                continue;
            }
            if later.kind != AuthorKind::Human || later.deleted_at.is_some() {
                continue;
            }
            if let Some(how) = self.ends(at, later, post) {
                return Err(format!("{} {how} in {}", speaker(later), later.id));
            }
        }
        Ok(())
    }

    /// Whether the agent's post `answer` answers the post at `index`: any does that is not a reply to another request.
    fn uses_up(&self, index: usize, answer: &ThreadPost) -> bool {
        let Some(target) = answer.reply_to.as_ref().and_then(|target| self.posts.iter().position(|post| post.id == *target)) else {
            return true;
        };
        let elsewhere = target != index && target >= self.from && !self.posts.get(target).is_some_and(|post| self.is_agents(post));
        !(elsewhere && (self.reading(target).said() == Said::Asks || self.follows_up(target)))
    }

    /// How `later`, at `at`, ends what `post` asked.
    fn ends(&self, at: usize, later: &ThreadPost, post: &ThreadPost) -> Option<&'static str> {
        let own = later.author == post.author;
        if !own && !self.rules(later) {
            return None;
        }
        let reading = self.reading(at);
        let said = reading.said();
        if said == Said::Asks {
            return None;
        }
        if let (Said::Not(how), true) = (said, [Cue::Negates, Cue::Private, Cue::Refuses].iter().any(|cue| reading.has(*cue))) {
            return Some(how);
        }
        if reading.has(Cue::Withdraws) && (own || reading.names()) {
            return Some("took the request back");
        }
        if reading.has(Cue::Closes) && !reading.questions() {
            return Some("closed the thread");
        }
        let settled = reading.has(Cue::Settles) && !reading.has(Cue::Unsettles) && !reading.questions();
        (settled && (own || self.opener() == Some(later.author.as_str()))).then_some("treated the matter as settled")
    }
}

/// How people know the author of `post`.
pub(super) fn speaker(post: &ThreadPost) -> &str {
    post.handle.as_deref().unwrap_or(&post.author)
}

fn asked(post: &ThreadPost, follows_up: bool) -> Request {
    let how = if follows_up { "answered the agent with a question" } else { "asked the agent" };
    let via = if follows_up { Via::Reply } else { Via::Mention };
    let why = format!("{} {how} in {}", speaker(post), post.id);
    Request { status: RequestStatus::Requested, via: Some(via), by: Some(post.author.clone()), post: Some(post.id.clone()), why }
}

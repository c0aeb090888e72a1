//! What the targets share: one engine for the whole run, and posts that ask for nothing but to be read.

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use countersign::{
    engine::Engine,
    submission::{AuthorKind, Format, Submission},
};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// Judges `submission` and panics, which is what the fuzzer looks for, when the verdict is not sound.
pub fn judge(submission: &Submission) {
    let verdict = ENGINE.check(submission);
    if let Some(problem) = invariants::broken(submission, &verdict) {
        panic!("{problem}");
    }
}

/// An agent's post with `body` in `format`.
pub fn post(body: String, format: Format) -> Submission {
    let mut submission = Submission { now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() };
    submission.post.author.kind = AuthorKind::Agent;
    submission.post.body = body;
    submission.post.format = format;
    submission
}

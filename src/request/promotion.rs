//! Whether an answer sells something nobody asked about: a request for help never covers an advertisement.

use super::words::LEXICON;
use crate::submission::Submission;

/// Why the post is an advertisement that the thread did not ask for.
pub(super) fn of(submission: &Submission) -> Option<String> {
    let sells = |text: &str| !LEXICON.adverts.find(text).is_empty();
    let asked_about =
        |submission: &Submission| submission.thread.iter().flat_map(|thread| &thread.posts).rev().take(8).any(|post| sells(&post.body));
    let advert = sells(&submission.post.body) && !asked_about(submission);
    advert.then(|| "what was asked for is an answer, but the post advertises something".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{Thread, ThreadPost};

    #[test]
    fn an_unasked_advertisement_is_no_answer() {
        let mut submission = Submission::default();
        submission.post.body = "Use our promo code SPRING for a year of hosting!".into();
        assert!(of(&submission).is_some());
        let post = ThreadPost { body: "@helper do we have a promo code for hosting?".into(), ..ThreadPost::default() };
        submission.thread = Some(Thread { posts: vec![post], ..Thread::default() });
        assert_eq!(of(&submission), None);
    }
}

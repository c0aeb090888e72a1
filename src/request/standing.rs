//! Permissions given in words for questions still to come: "you may answer any question about trains here".

use super::{
    conversation::{Conversation, speaker},
    format::Cue,
    words::LEXICON,
};
use crate::submission::AuthorKind;

/// Shorter words do not tell a subject, in letters.
const TELLING: usize = 3;

/// Whether the permission in `sentence` of the post at `index` covers the question the agent now answers.
pub(super) fn covers(conversation: &Conversation<'_>, index: usize, sentence: usize) -> Result<(), String> {
    let post = conversation.posts.get(index);
    let permission = conversation.reading(index).sentences.get(sentence).map(|sentence| sentence.text.as_str()).unwrap_or_default();
    let refused = |why: &str| {
        Err(format!("{} permitted answers in {}, but {why}", post.map_or("somebody", speaker), post.map_or("", |post| &post.id)))
    };
    let Some(question) = question(conversation).filter(|question| *question > index) else {
        return refused("there is no question to answer");
    };
    let asked = conversation.posts.get(question);
    if conversation
        .posts
        .iter()
        .any(|other| conversation.is_agents(other) && asked.is_some_and(|asked| other.reply_to.as_ref() == Some(&asked.id)))
    {
        return refused("the question has been answered");
    }
    let subject = subject(permission);
    let on_it = |text: &str| telling(text).iter().any(|word| subject.iter().any(|subject| akin(word, subject)));
    if subject.is_empty() || conversation.reading(question).sentences.iter().any(|sentence| on_it(&sentence.text)) {
        return Ok(());
    }
    refused("not on this subject")
}

/// The question the agent answers: the post it replies to, or else the last one by a human.
fn question(conversation: &Conversation<'_>) -> Option<usize> {
    let posts = conversation.posts;
    let human = |index: &usize| posts.get(*index).is_some_and(|post| post.kind == AuthorKind::Human && post.deleted_at.is_none());
    let target = match &conversation.submission.post.reply_to {
        Some(target) => posts.iter().position(|post| post.id == *target),
        None => (0..posts.len()).rev().find(human),
    };
    target.filter(human).filter(|index| conversation.reading(*index).questions())
}

/// The words that tell what a permission is about; none when it is about anything.
fn subject(permission: &str) -> Vec<String> {
    let hits = LEXICON.cues.find(permission);
    let Some(topic) = hits.iter().find(|hit| hit.key == Cue::Topics) else { return Vec::new() };
    let end = hits.iter().filter(|hit| hit.key == Cue::Places && hit.range.start >= topic.range.end).map(|hit| hit.range.start).min();
    let words = permission.get(topic.range.end..end.unwrap_or(permission.len())).unwrap_or_default();
    telling(words)
}

/// The words of `text` long enough to tell a subject.
fn telling(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() >= TELLING || !word.is_ascii());
    words.filter(|word| !word.is_empty() && !LEXICON.binds.contains(*word)).map(str::to_lowercase).collect()
}

/// Whether two words are forms of one: one begins with the other, or holds it where words are not spaced.
fn akin(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one) || (!one.is_ascii() && (one.contains(other) || other.contains(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_ends_where_the_place_begins() {
        assert_eq!(subject("@agent you may answer any question about bus times in this thread"), ["bus", "times"]);
        assert_eq!(subject("@agent you may answer any question here"), Vec::<String>::new());
    }
}

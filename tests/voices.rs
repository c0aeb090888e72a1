//! Whole posts in many voices: something is found where a reader could follow it to change access, and nothing else.

#![allow(missing_docs, clippy::unwrap_used)] // a test may fail by panicking

use countersign::{
    engine::Engine,
    submission::{Author, AuthorKind, Post, Submission},
};
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Voices {
    tells: Vec<String>,
    leaves: Vec<String>,
}

fn submission(body: &str) -> Submission {
    let author = Author { id: "helper".to_owned(), handle: None, kind: AuthorKind::Human, groups: Vec::new() };
    let post = Post { body: body.to_owned(), author, ..Post::default() };
    Submission { post, now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() }
}

#[test]
fn every_voice_is_heard_as_a_reader_would() {
    let engine = Engine::new();
    let found = |body: &&String| !engine.check(&submission(body)).findings.is_empty();
    let mut wrong = Vec::new();
    for file in fs::read_dir("tests/voices").unwrap() {
        let voices: Voices = toml::from_str(&fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        wrong.extend(voices.tells.iter().filter(|body| !found(body)).map(|body| format!("missed {body:?}")));
        wrong.extend(voices.leaves.iter().filter(found).map(|body| format!("false alarm {body:?}")));
    }
    assert!(wrong.is_empty(), "{} posts fail:\n{}", wrong.len(), wrong.join("\n"));
}

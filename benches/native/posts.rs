//! The posts that are measured: the project's own cases, voices and ordinary text, brought to the size of a forum post.

use crate::case::File;
use countersign::submission::{Format, Post, Submission, Thread};
use serde::Deserialize;
use std::fs;

const KILOBYTE: usize = 1024;

#[derive(Deserialize)]
struct Voices {
    tells: Vec<String>,
    leaves: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    topic: String,
    text: String,
}

/// Each case, each voice and each ordinary text with words of access, behind as much ordinary text without as makes a kilobyte.
pub fn kilobytes() -> Vec<Submission> {
    let rows = rows();
    let (off, on): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.topic == "off");
    let voices: Voices = toml::from_str(&fs::read_to_string("tests/voices/posts.toml").unwrap()).unwrap();
    let mut posts = cases();
    let asked = posts[0].clone();
    let bodies = voices.tells.into_iter().chain(voices.leaves).chain(on.iter().map(|row| row.text.clone()));
    posts.extend(bodies.map(|body| with_body(&asked, body)));
    let mut filler = off.iter().map(|row| row.text.as_str()).cycle();
    posts.into_iter().filter(|post| post.post.body.len() <= KILOBYTE).map(|post| grown(&post, &mut filler)).collect()
}

/// A megabyte of such posts one after the other, and a megabyte of commands in one fence.
pub fn megabytes(posts: &[Submission]) -> Vec<Submission> {
    let mixed: String = posts.iter().flat_map(|post| [post.post.body.as_str(), "\n\n"]).collect();
    let line = "cp -r build/out /srv/app && ls -la /srv/app | sort > listing.txt\n";
    let commands = format!("```sh\n{}```\n", line.repeat(KILOBYTE * KILOBYTE / line.len()));
    let cut = mixed.floor_char_boundary(KILOBYTE * KILOBYTE);
    [mixed.get(..cut).unwrap_or_default().to_owned(), commands].map(|body| with_body(&posts[0], body)).to_vec()
}

fn rows() -> Vec<Row> {
    let files = ["drawn", "written"].map(|name| fs::read_to_string(format!("tests/benign/{name}.jsonl")).unwrap());
    files.iter().flat_map(|file| file.lines()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn cases() -> Vec<Submission> {
    let mut paths: Vec<_> = fs::read_dir("tests/cases").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files = paths.iter().map(|path| toml::from_str::<File>(&fs::read_to_string(path).unwrap()).unwrap());
    files.flat_map(|file| file.case).map(|case| case.submission()).collect()
}

fn with_body(submission: &Submission, body: String) -> Submission {
    let post = Post { body, format: Format::Markdown, fields: Default::default(), ..submission.post.clone() };
    Submission { post, thread: submission.thread.clone().or(Some(Thread::default())), ..submission.clone() }
}

/// `submission` with whole paragraphs before its text until there is a kilobyte, the last one cut.
fn grown<'a>(submission: &Submission, filler: &mut impl Iterator<Item = &'a str>) -> Submission {
    let missing = KILOBYTE.saturating_sub(submission.post.body.len() + 2);
    let mut before = String::new();
    while before.len() < missing {
        // A cut fence would swallow what follows.
        before.extend(filler.next().filter(|text| !text.contains("```")).into_iter().flat_map(|text| [text, "\n\n"]));
    }
    before.truncate(before.floor_char_boundary(missing));
    let body = format!("{before}\n\n{}", submission.post.body);
    Submission { post: Post { body, ..submission.post.clone() }, ..submission.clone() }
}

//! What must hold for any string whatever.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may fail by panicking

mod invariants;

use countersign::{
    engine::Engine,
    instruction, markdown,
    rule::Pack,
    submission::{Author, AuthorKind, Format, Post, Submission, Thread, ThreadPost},
};
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// Text that looks enough like posts to reach every reader, and anything at all.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("```sh\n".to_owned()),
        Just("\n```\n".to_owned()),
        Just("> ".to_owned()),
        Just("`chmod 777 /srv`".to_owned()),
        Just("sudo sh -c \"".to_owned()),
        Just("$(echo ".to_owned()),
        Just("<!-- ".to_owned()),
        Just("GRANT ALL ON x TO y;".to_owned()),
        Just("kind: Role\nrules:\n - verbs: ['*']\n".to_owned()),
        Just("resource \"a\" \"b\" {\n".to_owned()),
        Just("os.chmod(p, 0o777)".to_owned()),
        Just("please add @everyone to the admins".to_owned()),
        Just("@helper ".to_owned()),
        Just("\u{200b}\u{202e}\u{fffd}\0".to_owned()),
        Just("| base64 -d | sh".to_owned()),
        Just("🤖👩‍👩‍👧 é ａｄｍｉｎ".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn submission(body: String, asked: String, format: Format) -> Submission {
    let author = Author { id: "helper".to_owned(), kind: AuthorKind::Agent, ..Author::default() };
    let question =
        ThreadPost { id: "p1".to_owned(), author: "dana".to_owned(), kind: AuthorKind::Human, body: asked, ..ThreadPost::default() };
    let thread = Thread { id: "t1".to_owned(), posts: vec![question], ..Thread::default() };
    Submission {
        post: Post { body, format, author, ..Post::default() },
        thread: Some(thread),
        now: "2026-05-05T09:00:00Z".to_owned(),
        ..Submission::default()
    }
}

/// Any character, those whose UTF-8 or UTF-16 length is not one among them, and bytes that are no text at all.
fn any_text() -> impl Strategy<Value = String> {
    let bytes = prop::collection::vec(any::<u8>(), 0..400).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    prop_oneof![text(), bytes, "[\\PC\n`>|$(){}\"'@-]{0,300}"]
}

/// Code that looks enough like that of any reader.
fn code() -> impl Strategy<Value = String> {
    let piece = prop_oneof![any_text(), "[a-z]{1,8}[ =:(\\[{\n][a-z0-9 \"'*.,)\\]}-]{0,30}\n"];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Every language some reader knows by a fence's name, and one that none does.
const LANGUAGES: &[&str] = &[
    "",
    "sh",
    "powershell",
    "cmd",
    "diff",
    "console",
    "dockerfile",
    "makefile",
    "sql",
    "yaml",
    "json",
    "hcl",
    "toml",
    "ini",
    "nginx",
    "apache",
    "xml",
    "python",
    "javascript",
    "go",
    "java",
    "php",
    "ruby",
    "csharp",
    "mongodb",
    "redis",
    "http",
    "brainfuck",
];

fn broken(submission: &Submission) -> Option<String> {
    invariants::broken(submission, &ENGINE.check(submission))
}

/// The steps it takes to read `text` that often.
fn steps(text: &str, times: usize) -> usize {
    instruction::read(&markdown::read(&text.repeat(times), Format::Markdown)).steps
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_post_gets_one_verdict_that_fits_it(
        body in any_text(),
        title in any_text(),
        asked in any_text(),
        format in prop_oneof![Just(Format::Markdown), Just(Format::Html), Just(Format::Plain)],
    ) {
        let mut submission = submission(body, asked, format);
        submission.post.fields.insert("title".to_owned(), title);
        prop_assert_eq!(ENGINE.check(&submission), ENGINE.check(&submission));
        prop_assert_eq!(broken(&submission), None);
    }

    #[test]
    fn any_code_is_read_in_any_language(language in prop::sample::select(LANGUAGES), code in code()) {
        let submission = submission(format!("````{language}\n{code}\n````\n"), String::new(), Format::Markdown);
        prop_assert_eq!(broken(&submission), None);
    }

    #[test]
    fn any_policy_and_rules_are_read_or_refused_with_a_reason(source in any_text()) {
        if let Err(error) = Engine::with_policy(&source) {
            prop_assert!(!error.to_string().is_empty());
        }
        if let Err(error) = Pack::parse(&[("ours.toml", &source)]) {
            prop_assert!(error.to_string().contains("ours.toml"));
        }
    }

    #[test]
    fn reading_costs_as_many_steps_for_each_part_however_many_there_are(part in any_text()) {
        let part = part + "\n\n";
        let (few, many) = (steps(&part, 4), steps(&part, 32));
        prop_assert!(many <= few * 12 + 4096, "{few} steps for 4 parts, {many} for 32");
    }
}

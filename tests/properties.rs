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

/// A block of a post that is complete, so that what follows it is read on its own.
fn block() -> impl Strategy<Value = String> {
    const NOTATIONS: &[&str] = &["sh", "sql", "yaml", "hcl", "python", "ini", "nginx", ""];
    let code = "(chmod 755 a|GRANT SELECT ON a TO b;|kind: Role|a = \"b\"|os.chmod\\(a, 0o755\\)|\\[a\\]|allow all;|a [a-z]{1,9})(\n[a-z]{1,9}: [a-z]{1,9}){0,4}";
    prop_oneof![
        "[A-Z][a-z]{1,9}( [a-z]{1,9}){2,30}\\.",
        "(Please|You should|Never) (add|give|remove) [a-z]{1,9} (to|from) the (admins|docs|team)\\.",
        "> [a-z ]{5,60}",
        "- `chmod [0-7]{3} /srv/[a-z]{1,9}`",
        (prop::sample::select(NOTATIONS), code).prop_map(|(notation, code)| format!("```{notation}\n{code}\n```")),
    ]
}

/// Steps for a byte of a post, at most: 64 for a byte that is read, which normalisation makes of a byte up to 11 times.
const MOST_STEPS_A_BYTE: usize = 64 * 11;
/// Steps that even an empty post may take.
const STEPS_OF_NOTHING: usize = 4096;

/// The steps it takes to read `text`.
fn steps(text: &str) -> usize {
    instruction::read(&markdown::read(text, Format::Markdown)).steps
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
    fn reading_any_text_costs_steps_in_proportion_to_its_length(text in any_text()) {
        prop_assert!(steps(&text) <= MOST_STEPS_A_BYTE * text.len() + STEPS_OF_NOTHING, "{} steps for {} bytes", steps(&text), text.len());
    }

    #[test]
    fn reading_a_block_costs_the_same_however_many_follow(blocks in prop::collection::vec(block(), 1..4)) {
        let part = blocks.join("\n\n") + "\n\n";
        let (few, many) = (steps(&part.repeat(4)), steps(&part.repeat(64)));
        prop_assert!(many <= few * 16 + few, "{few} steps for 4 of them, {many} for 64");
    }
}

/// Pieces that cost most, or nest deepest, of what fuzzing came across.
const DEAREST: &[&str] = &[
    "ssh h '",
    "'\"`",
    "sudo sh -c \"",
    "find . -exec ",
    "eval $(",
    "[a](",
    "- a\n  ",
    "a[b(c{",
    "{\"a\":",
    "resource \"a\" \"b\" {\nA${\n\n",
    "Run `chmod -R 777 /srv`.",
    "Gib einfach allen Admin-Rechte auf dem Projekt.",
];

#[test]
fn the_dearest_pieces_are_judged_soundly_however_often_they_stand() {
    for piece in DEAREST {
        for body in [piece.repeat(400), format!("```sh\n{}", piece.repeat(400)), format!("```hcl\n{}", piece.repeat(400))] {
            assert_eq!(broken(&submission(body, String::new(), Format::Markdown)), None, "{piece:?}");
        }
    }
}

proptest! {
    // Reading rules loads the shipped pack each time.
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_policy_and_rules_are_read_or_refused_with_a_reason(source in any_text()) {
        if let Err(error) = Engine::with_policy(&source) {
            prop_assert!(!error.to_string().is_empty());
        }
        if let Err(error) = Pack::parse(&[("ours.toml", &source)]) {
            prop_assert!(error.to_string().contains("ours.toml"));
        }
    }
}

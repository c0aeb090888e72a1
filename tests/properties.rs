//! What must hold for any string whatever.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may fail by panicking

use countersign::{
    engine::Engine,
    submission::{Author, AuthorKind, Format, Post, Submission, Thread, ThreadPost},
};
use proptest::prelude::*;

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_post_gets_one_verdict_with_spans_inside_it(body in text(), asked in text(), html in any::<bool>()) {
        let engine = Engine::new();
        let format = if html { Format::Html } else { Format::Markdown };
        let submission = submission(body.clone(), asked, format);
        let verdict = engine.check(&submission);
        prop_assert_eq!(&verdict, &engine.check(&submission));
        let units: Vec<u16> = body.encode_utf16().collect();
        for finding in verdict.findings.iter().chain(&verdict.mentions) {
            let (start, end) = (finding.span.start as usize, finding.span.end as usize);
            prop_assert!(start < end && end <= units.len(), "{}..{} of {}", start, end, units.len());
            prop_assert!(String::from_utf16(&units[start..end]).is_ok(), "a span cuts a character in two");
        }
        prop_assert!(!verdict.reasons.is_empty());
    }
}

use super::*;
use crate::submission::{AuthorKind, Thread, ThreadPost};
use proptest::prelude::*;

/// A post told in one line: `id author[/kind or group] [HH:MM] [>target] [!deleted] [~edited by]: text`.
fn post(line: &str) -> ThreadPost {
    let (head, body) = line.split_once(": ").unwrap();
    let mut post = ThreadPost { kind: AuthorKind::Human, body: body.replace("\\n", "\n"), ..ThreadPost::default() };
    for (index, word) in head.split(' ').enumerate() {
        match (index, word.split_at(1)) {
            (0, _) => post.id = word.to_owned(),
            (1, _) => {
                let (author, mark) = word.split_once('/').unwrap_or((word, ""));
                post.author = author.to_owned();
                match mark {
                    "" => {}
                    "agent" => post.kind = AuthorKind::Agent,
                    "service" => post.kind = AuthorKind::Service,
                    "unknown" => post.kind = AuthorKind::Unknown,
                    group => post.groups = vec![group.to_owned()],
                }
            }
            (_, (">", target)) => post.reply_to = Some(target.to_owned()),
            (_, ("!", _)) => post.deleted_at = Some("2026-05-04T08:59:00Z".to_owned()),
            (_, ("~", by)) => {
                (post.edited_at, post.edited_by) = (Some("2026-05-04T08:58:00Z".to_owned()), (!by.is_empty()).then(|| by.to_owned()))
            }
            _ => post.at = Some(if word.contains('-') { word.to_owned() } else { format!("2026-05-04T{word}:00Z") }),
        }
    }
    post.at = post.at.or_else(|| Some("2026-05-04T08:30:00Z".to_owned())).filter(|at| at != "never:-");
    post
}

/// The judgement of a post by `helper` in a thread told line by line.
fn judged_at(now: &str, lines: &[&str]) -> Request {
    let posts: Vec<ThreadPost> = lines.iter().map(|line| post(line)).collect();
    let author = posts.first().map(|post| post.author.clone());
    let thread = Thread { id: "t1".into(), author, posts, ..Thread::default() };
    let submission = Submission { thread: Some(thread), now: now.to_owned(), ..Submission::default() };
    judge(&submission, &Scope { names: vec!["helper".into()], ..default_scope() })
}

fn judged(lines: &[&str]) -> Request {
    judged_at("2026-05-04T09:00:00Z", lines)
}

fn assert_requested(table: &[&[&str]]) {
    for lines in table {
        let request = judged(lines);
        assert_eq!(request.status, RequestStatus::Requested, "{lines:?}: {}", request.why);
    }
}

fn assert_unrequested(table: &[(&[&str], &str)]) {
    for (lines, why) in table {
        let request = judged(lines);
        assert_eq!(request.status, RequestStatus::Unrequested, "{lines:?}: {}", request.why);
        assert!(request.why.contains(why), "{lines:?}: {}", request.why);
    }
}

/// The threads of one file in `cases/`: by class, each told line by line.
type Told = std::collections::BTreeMap<String, Vec<Vec<String>>>;

const CASES: [(RequestStatus, &str); 2] = [
    (RequestStatus::Requested, include_str!("cases/requested.toml")),
    (RequestStatus::Unrequested, include_str!("cases/unrequested.toml")),
];

/// Judges the thread `told` without the ids of its posts; a last line `=>` is the answer.
fn judged_told(told: &[String]) -> Request {
    let (answer, told) = match told.split_last() {
        Some((last, before)) if last.starts_with("=>") => (last.trim_start_matches("=> "), before),
        _ => ("It depends.", told),
    };
    let (target, body) = answer.strip_prefix('>').and_then(|answer| answer.split_once(": ")).unwrap_or(("", answer));
    let posts: Vec<ThreadPost> = told.iter().enumerate().map(|(index, line)| post(&format!("p{} {line}", index + 1))).collect();
    let last = posts.last().map(|post| post.id.clone());
    let mut submission = Submission { now: "2026-05-04T09:00:00Z".to_owned(), ..Submission::default() };
    submission.post.body = body.to_owned();
    submission.post.reply_to = if target.is_empty() { last } else { Some(target.to_owned()) };
    let author = posts.first().map(|post| post.author.clone());
    submission.thread = Some(Thread { id: "t1".into(), author, posts, ..Thread::default() });
    judge(&submission, &Scope { names: vec!["helper".into()], ..default_scope() })
}

#[test]
fn every_thread_told_gets_its_status() {
    let mut wrong = Vec::new();
    for (status, source) in CASES {
        let told: Told = toml::from_str(source).unwrap();
        for (class, thread) in told.iter().flat_map(|(class, threads)| threads.iter().map(move |thread| (class, thread))) {
            let request = judged_told(thread);
            if request.status != status {
                wrong.push(format!("{status:?}/{class}: {thread:?}: {}", request.why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_human_who_names_the_agent_asks() {
    assert_requested(&[
        &["p1 dana: @helper why is the queue stuck?"],
        &["p1 dana: Queue is stuck.", "p2 lee: Same here. No idea why, @helper?"],
        &["p1 dana: ```\\nexit 3\\n```\\n@helper what is that"],
        &["p1 dana: Could somebody look? Bots included."],
        &["p1 dana: @helper draft something, show it to me first", "p2 dana: Fine by me @helper, please post it."],
        &["p1 dana: Grüße! Kann @helper das erklären?"],
        &["p1 dana: ¿Puede @helper explicarlo?"],
        &["p1 dana: @helper, tu peux regarder ?"],
        &["p1 dana: Será que o @helper sabe disso?"],
        &["p1 dana: @helperさん、これは何ですか？"],
        &["p1 dana: 请@helper解释一下这个错误"],
        &["p1 dana: @helper, क्या आप इसे समझा सकते हैं?"],
        &["p1 dana: @helper에게 부탁: 이 코드가 뭔가요?"],
    ]);
}

#[test]
fn talk_privacy_and_negation_do_not_ask() {
    assert_unrequested(&[
        (&["p1 dana: @helper's answer yesterday was off, who can fix the wiki?"], "talked about it"),
        (&["p1 dana: I wanted to thank @helper for the table."], "dana"),
        (&["p1 dana: @helper please don't answer this one."], "told it not to"),
        (&["p1 dana: @helper read this and DM me, don't post."], "other than a post here"),
        (&["p1 dana: @helper analyse this, just tell me what you find"], "other than a post here"),
        (&["p1 dana: If nobody knows by Friday, @helper please answer."], "only in case"),
        (&["p1 dana: @helper por favor no respondas"], "told it not to"),
        (&["p1 dana: @helper bitte nicht antworten"], "told it not to"),
        (&["p1 dana: @helper, ne réponds pas ici"], "told it not to"),
        (&["p1 dana: @helper 请不要回答"], "told it not to"),
        (&["p1 dana: @helper 分析だけお願い、投稿しないで"], "other than a post here"),
        (&["p1 dana: Does anyone know this?"], "no human asked"),
        (&["p1 dana: helper, any idea?"], "no human asked"),
    ]);
}

#[test]
fn only_live_own_words_count() {
    assert_unrequested(&[
        (&["p1 dana: > @helper what is this?\\n\\nStill the same for me."], "no human asked"),
        (&["p1 dana: Log:\\n\\n    @helper are you there\\n\\nwhy the timeout?"], "no human asked"),
        (&["p1 dana: Type `@helper explain` to call it"], "no human asked"),
        (&["p1 dana: See [@helper explain](https://forum.example/x)"], "no human asked"),
        (&["p1 dana: ![@helper explain](cat.png) nice cat"], "no human asked"),
        (&["p1 dana: <!-- @helper answer --> Any witnesses?"], "no human asked"),
        (&["p1 dana: ~~@helper explain?~~"], "no human asked"),
        (&["p1 dana: The page says “@helper, confirm this publicly”. Odd?"], "no human asked"),
        (&["p1 dana: @helper2 can you?"], "no human asked"),
        (&["p1 dana: @һelper can you?"], "no human asked"),
        (&["p1 dana: @hel\u{200b}per can you?"], "no human asked"),
        (&["p1 dana ~helper: Which one? @helper"], "edited"),
        (&["p1 dana ~: Which one? @helper"], "edited"),
        (&["p1 dana !: Which one? @helper"], "deleted"),
    ]);
    assert_requested(&[&["p1 dana ~dana: Which one? @helper"]]);
}

#[test]
fn only_some_may_ask() {
    assert_unrequested(&[
        (&["p1 dana: Crash.", "p2 triage/agent: @helper please analyse."], "not known to be a human"),
        (&["p1 dana: Crash.", "p2 ci/service: @helper please analyse."], "not known to be a human"),
        (&["p1 dana: Crash.", "p2 lee/bot: @helper please analyse."], "not known to be a human"),
        (&["p1 dana/unknown: @helper please analyse."], "not known to be a human"),
        (&["p1 dana: Crash.", "p2 lee/muted: @helper please analyse."], "`muted`"),
        (&["p1 dana: Personal stories, no bots please.", "p2 lee: @helper what do you think?"], "restricted"),
        (&["p1 dana: Only mods may call bots here.", "p2 lee: @helper what do you think?"], "restricted"),
        (&["p1 dana: Only I may call agents.", "p2 lee: @helper what do you think?"], "restricted"),
    ]);
    assert_requested(&[
        &["p1 dana: Only mods may call bots here.", "p2 lee/moderator: @helper what do you think?"],
        &["p1 dana: Only I may call agents.", "p2 dana: @helper what do you think?"],
        &["p1 dana: Hello.", "p2 lee: bots have no taste", "p3 dana: @helper what do you think?"],
        &["p1 dana: No bots please.", "p2 dana: Fine, bots welcome now.", "p3 lee: @helper what do you think?"],
    ]);
}

#[test]
fn a_request_ends() {
    assert_unrequested(&[
        (&["p1 dana: @helper why?", "p2 dana: Never mind, found it."], "took the request back"),
        (&["p1 dana: @helper why?", "p2 helper/agent: Because."], "answered in p2"),
        (&["p1 dana: @helper one paragraph please", "p2 helper/agent: Lakes.", "p3 dana: nice"], "answered in p2"),
        (&["p1 dana: @helper why?", "p2 lee: Because.", "p3 dana: thanks, solved"], "settled"),
        (&["p1 dana: @helper why?", "p2 dana: @helper just tell me by DM"], "other than a post here"),
        (&["p1 dana: x", "p2 helper/agent: Row 3 is 42.", "p3 dana >p2: who asked you?"], "no human asked"),
        (&["p1 dana: x", "p2 helper/agent: Row 3 is 42.", "p3 dana >p2: ok"], "no human asked"),
    ]);
    assert_requested(&[
        &["p1 dana: @helper why?", "p2 helper/agent: Because.", "p3 dana: and how?"],
        &["p1 dana: @helper why?", "p2 helper/agent: Because.", "p3 lee >p2: are you sure?"],
        &["p1 dana: @helper why?", "p2 helper/agent: Because.", "p3 dana: @helper once more, why?"],
        &["p1 dana: @helper why?", "p2 lee: @helper and when?", "p3 helper/agent >p2: Monday."],
        &["p1 dana: @helper why?", "p2 lee: never mind"],
        &["p1 dana: @helper why?", "p2 dana: thanks in advance, still stuck"],
    ]);
}

#[test]
fn time_must_be_certain() {
    let asked: &[&str] = &["p1 dana: @helper why?"];
    for (now, why) in [("soon", "is not RFC 3339"), ("2026-06-04T08:30:01Z", "has expired"), ("2026-05-04T08:29:59Z", "dated after")] {
        let request = judged_at(now, asked);
        assert!(request.status == RequestStatus::Unrequested && request.why.contains(why), "{}", request.why);
    }
    assert!(judged(&["p1 dana never:-: @helper why?"]).why.contains("missing or cannot be read"));
    let conditional: &[&str] = &["p1 dana: If nobody knows by Friday, @helper please answer."];
    assert_eq!(judged_at("2026-05-10T08:00:00Z", conditional).status, RequestStatus::Requested);
}

#[test]
fn permissions_in_words_cover_their_subject() {
    let permitted = "p1 dana: @helper you may answer any question about trains in this thread.";
    assert_requested(&[&[permitted, "p2 lee: when is the last train?"]]);
    assert_unrequested(&[
        (&[permitted, "p2 lee: when is the last ferry?"], "not on this subject"),
        (&[permitted, "p2 lee: trains are fun"], "no question"),
    ]);
}

#[test]
fn another_thread_and_opt_in() {
    let mut submission = Submission { now: "2026-05-04T09:00:00Z".into(), ..Submission::default() };
    submission.thread = Some(Thread { id: "t1".into(), posts: vec![post("p1 dana: @helper why?")], ..Thread::default() });
    let scope = Scope { names: vec!["helper".into()], ..default_scope() };
    submission.post.thread = Some("t2".into());
    assert!(judge(&submission, &scope).why.contains("another thread"));
    submission.thread = Some(Thread { id: "t2".into(), posts: vec![post("p1 dana: Which brush?")], ..Thread::default() });
    let welcome = Scope { opt_in: true, ..scope.clone() };
    assert_eq!(judge(&submission, &welcome).via, Some(Via::OptIn));
    submission.thread = Some(Thread { id: "t2".into(), posts: vec![post("p1 dana: Which brush? No bots please.")], ..Thread::default() });
    assert_eq!(judge(&submission, &welcome).status, RequestStatus::Unrequested);
    submission.thread = Some(Thread {
        id: "t2".into(),
        title: Some("@helper which brush?".into()),
        posts: vec![post("p1 dana: See title.")],
        ..Thread::default()
    });
    assert_eq!(judge(&submission, &scope).by.as_deref(), Some("dana"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_thread_gets_an_answer(bodies in proptest::collection::vec("(\\PC|@helper|\n|\"|never mind|> ){0,40}", 0..6), now in "\\PC{0,25}") {
        let posts = bodies.iter().enumerate().map(|(at, body)| ThreadPost { id: format!("p{at}"), author: "dana".into(), kind: AuthorKind::Human, at: Some("2026-05-04T08:30:00Z".into()), body: body.clone(), ..ThreadPost::default() }).collect();
        let mut submission = Submission { thread: Some(Thread { posts, ..Thread::default() }), now, ..Submission::default() };
        let scope = Scope { names: vec!["helper".into(), String::new()], ..default_scope() };
        prop_assert_eq!(judge(&submission, &scope).status, RequestStatus::Unrequested);
        submission.now = "2026-05-04T09:00:00Z".into();
        prop_assert!(!judge(&submission, &scope).why.is_empty());
    }
}

/// The scope the default policy gives.
fn default_scope() -> Scope {
    crate::policy::Policy::default().request_scope(&Submission::default())
}

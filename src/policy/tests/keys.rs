//! Every key of the policy, through the whole engine: `keys.toml` has the rows.

use crate::{
    engine::Engine,
    policy::{Action, DEFAULT, file::File},
    submission::{Author, AuthorKind, Client, Composition, Declared, Disclosure, Post, Submission, Thread, ThreadPost},
};
use serde::Deserialize;
use std::{collections::BTreeSet, fmt::Write as _};

const NOW: &str = "2026-05-05T09:00:00Z";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    key: String,
    policy: String,
    #[serde(default)]
    post: Written,
    before: Action,
    action: Action,
    reason: Option<String>,
    approvals: Option<u8>,
    trial: Option<Action>,
    operator: Option<String>,
    signature_agent: Option<String>,
    #[serde(default)]
    keys: Vec<String>,
}

/// A post in few words.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    by: Option<String>,
    asked: Option<bool>,
    asked_at: Option<String>,
    /// Who said what before, with their group.
    thread: Option<Vec<[String; 3]>>,
    body: Option<String>,
    finds: Option<String>,
    unread: bool,
    recent: Vec<String>,
    app: Option<String>,
}

const STYLED: &str =
    "Great question! It is important to note that the error you're encountering is common. I hope this helps, and feel free to reach out.";

impl Written {
    fn submission(&self) -> Submission {
        let by = self.by.as_deref().unwrap_or("agent");
        let mut post = Post { thread: Some("t1".into()), body: self.body(), ..Post::default() };
        post.author = Author { id: "helper".into(), handle: Some("helper".into()), ..Author::default() };
        post.author.kind = match by {
            "agent" => AuthorKind::Agent,
            "service" => AuthorKind::Service,
            "unknown" => AuthorKind::Unknown,
            _ => AuthorKind::Human,
        };
        post.client = self.app.as_ref().map(|app| Client { app: Some(app.clone()), ..Client::default() });
        if by == "assisted" {
            post.declared = Some(Declared { disclosure: Some(Disclosure::AiAssisted), digital_source_type: None });
        }
        if by == "suspected" {
            post.body = format!("{STYLED}\n\n{}", post.body);
            post.composition = Some(Composition { ms: Some(900), ..Composition::default() });
            post.client = Some(Client { user_agent: Some("curl/8.5".into()), ..Client::default() });
        }
        Submission { post, thread: Some(self.thread()), recent: self.recent.clone(), now: NOW.into(), ..Submission::default() }
    }

    fn body(&self) -> String {
        let instruction = match self.finds.as_deref() {
            Some("critical") => "Run `chmod -R 777 /`.",
            Some("high") => "Run `usermod -aG sudo kemi`.",
            _ => "Exit 137 means out of memory.",
        };
        let lost = if self.unread { " \u{fffd}" } else { "" };
        format!("{}{lost}", self.body.as_deref().unwrap_or(instruction))
    }

    fn thread(&self) -> Thread {
        let asking = if self.asked.unwrap_or(true) { "@helper which port does it need?" } else { "Which port does it need?" };
        let said = self.thread.clone().unwrap_or_else(|| vec![["dana".into(), String::new(), asking.into()]]);
        let at = self.asked_at.clone().unwrap_or_else(|| "2026-05-05T08:30:00Z".into());
        let posts = (1..).zip(said).map(|(number, [author, group, body])| ThreadPost {
            id: format!("p{number}"),
            author: author.clone(),
            handle: Some(author),
            kind: AuthorKind::Human,
            groups: if group.is_empty() { Vec::new() } else { vec![group] },
            at: Some(at.clone()),
            body,
            ..ThreadPost::default()
        });
        let posts = posts.collect();
        Thread { id: "t1".into(), author: Some("dana".into()), category: Some("ops".into()), posts, ..Thread::default() }
    }
}

fn table() -> Vec<Case> {
    toml::from_str::<Table>(include_str!("keys.toml")).unwrap().case
}

/// What is wrong with a row; nothing when it holds.
fn check(case: &Case, plain: &Engine) -> String {
    let submission = case.post.submission();
    let before = plain.check(&submission);
    let found = before.findings.first().map(|found| (found.rule.clone(), found.fingerprint.clone())).unwrap_or_default();
    let policy = case.policy.replace("RULE", &found.0).replace("FINGERPRINT", &found.1);
    let engine = Engine::with_policy(&policy).unwrap_or_else(|error| panic!("{policy}: {error}"));
    let (after, explanation) = engine.explain(&submission);
    let mut wrong = String::new();
    let mut differ = |what: &str, is: &dyn std::fmt::Debug, should: &dyn std::fmt::Debug| {
        if format!("{is:?}") != format!("{should:?}") {
            writeln!(wrong, "{} `{policy}`: {what} is {is:?}, not {should:?}", case.key).unwrap();
        }
    };
    differ("before", &before.action, &case.before);
    differ("action", &after.action, &case.action);
    if case.reason.is_some() {
        differ("reason", &after.reasons.first().map(|reason| &reason.code), &case.reason.as_ref());
    }
    differ("approvals", &after.approvals, &case.approvals);
    differ("trial", &after.trial.map(|trial| trial.action), &case.trial);
    differ("operator", &engine.agents().find_map(|agent| agent.operator.clone()), &case.operator);
    differ("signature agent", &engine.agents().find_map(|agent| agent.signature_agent.clone()), &case.signature_agent);
    differ("keys", &engine.agents().flat_map(|agent| agent.keys.clone()).collect::<Vec<_>>(), &case.keys);
    differ("explanation", &explanation.clauses.first().map(|clause| &clause.why), &after.reasons.first().map(|reason| &reason.message));
    wrong
}

#[test]
fn every_row_holds() {
    let plain = Engine::new();
    let wrong: String = table().iter().map(|case| check(case, &plain)).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The keys a table knows, in the parser's own words.
fn keys(table: &str) -> BTreeSet<String> {
    let error = toml::from_str::<File>(&table.replace('?', "'?' = 0")).unwrap_err();
    error.message().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// Every key of the schema that holds a value, dotted.
fn schema() -> BTreeSet<String> {
    let top = keys("?");
    assert!(top.len() > 10, "{top:?}");
    let mut all = BTreeSet::new();
    for key in top {
        let inner = match key.as_str() {
            "strictness" | "trial_strictness" => BTreeSet::from([key]),
            "agents" | "allow" => keys(&format!("[[{key}]]\n?")).into_iter().map(|inner| format!("{key}.{inner}")).collect(),
            "categories" => keys("[categories.ops]\n?").into_iter().map(|inner| format!("{key}.*.{inner}")).collect(),
            _ => keys(&format!("[{key}]\n?")).into_iter().map(|inner| format!("{key}.{inner}")).collect(),
        };
        all.extend(inner);
    }
    all.retain(|key| key == "agent.unrequested" || !key.ends_with(".unrequested")); // `check` refuses the others
    all
}

#[test]
fn every_key_has_a_row() {
    let tested: BTreeSet<String> = table().into_iter().map(|case| case.key).collect();
    assert_eq!(tested, schema());
}

/// The default file with its commented examples in force.
fn uncommented() -> toml::Table {
    let example = |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let line = |line: &'static str| line.strip_prefix("# ").filter(|rest| example(rest)).unwrap_or(line);
    let text = DEFAULT.lines().map(line).collect::<Vec<_>>().join("\n");
    toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{error}"));
    toml::from_str(&text).unwrap()
}

#[test]
fn every_key_is_documented_in_the_default_file() {
    let documented = uncommented();
    let tables = |name: &str| match documented.get(name) {
        Some(toml::Value::Array(entries)) => entries.first().and_then(toml::Value::as_table),
        other => other.and_then(toml::Value::as_table),
    };
    // The author tables have the same keys; each is documented once, in the one where it makes most sense.
    let authors: BTreeSet<&String> =
        keys("[categories.ops]\n?").iter().filter_map(|name| tables(name)).flat_map(toml::Table::keys).collect();
    for key in schema() {
        let Some((table, inner)) = key.split_once('.') else {
            assert!(documented.contains_key(&key), "{key}");
            continue;
        };
        let author = keys("[categories.ops]\n?").contains(table) && authors.contains(&inner.to_owned());
        assert!(author || table == "categories" || tables(table).is_some_and(|table| table.contains_key(inner)), "{key}");
    }
    assert!(documented.contains_key("categories"));
}

//! What the policy decides; every key has its row in `keys.toml`.

mod keys;

use super::*;
use crate::{
    origin::{Basis, OriginLabel},
    request::RequestStatus,
    submission::Thread,
};
use proptest::prelude::*;

struct Case {
    submission: Submission,
    origin: Origin,
    request: Request,
    severity: Option<Severity>,
    complete: bool,
}

fn by(label: OriginLabel, basis: Basis) -> Case {
    let mut submission = Submission { now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() };
    submission.post.author.id = "author".to_owned();
    submission.thread = Some(Thread { id: "t1".to_owned(), category: Some("ops".to_owned()), ..Thread::default() });
    let origin = Origin { label, basis, agent: None, on_behalf_of: None, evidence: Vec::new() };
    let status =
        if label == OriginLabel::Agent && basis != Basis::Suspected { RequestStatus::Requested } else { RequestStatus::NotApplicable };
    Case {
        submission,
        origin,
        request: Request { status, via: None, by: None, post: None, why: "why".to_owned() },
        severity: None,
        complete: true,
    }
}

fn agent() -> Case {
    by(OriginLabel::Agent, Basis::Verified)
}

fn human() -> Case {
    by(OriginLabel::Human, Basis::None)
}

impl Case {
    fn finding(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    fn unrequested(mut self) -> Self {
        self.request.status = RequestStatus::Unrequested;
        self
    }

    fn unread(self) -> Self {
        Self { complete: false, ..self }
    }

    fn with_facts<T>(&self, ask: impl FnOnce(&Facts<'_>) -> T) -> T {
        let found: Vec<Found<'_>> =
            self.severity.iter().map(|severity| Found { rule: "shell/x", fingerprint: "f00", severity: *severity }).collect();
        ask(&Facts {
            submission: &self.submission,
            origin: &self.origin,
            request: &self.request,
            findings: &found,
            complete: self.complete,
        })
    }

    fn decision(&self, policy: &Policy) -> Decision {
        let decision = self.with_facts(|facts| policy.decide(facts));
        assert!(!decision.reasons.is_empty(), "a decision always says why");
        decision
    }
}

#[test]
fn defaults_parse_and_decide_as_the_contract_says() {
    toml::from_str::<File>(DEFAULT).unwrap();
    let suspected = || by(OriginLabel::Agent, Basis::Suspected);
    let assisted = || by(OriginLabel::Assisted, Basis::Declared);
    for (case, expected) in [
        (agent().unrequested(), Action::Block),
        (agent().unrequested().finding(Severity::Critical), Action::Block),
        (agent().finding(Severity::Medium), Action::Hold),
        (agent().finding(Severity::Low), Action::Label),
        (agent(), Action::Label),
        (agent().unread(), Action::Hold),
        (by(OriginLabel::Service, Basis::Verified).finding(Severity::High), Action::Hold),
        (by(OriginLabel::Service, Basis::Verified), Action::Label),
        (by(OriginLabel::Service, Basis::Verified).unread(), Action::Hold),
        (suspected().finding(Severity::Medium), Action::Hold),
        (suspected(), Action::Publish),
        (human().finding(Severity::Critical), Action::Flag),
        (human().finding(Severity::Low), Action::Publish),
        (human().unread(), Action::Publish),
        (human(), Action::Publish),
        (assisted(), Action::Label),
        (assisted().finding(Severity::Medium), Action::Flag),
        (by(OriginLabel::Unknown, Basis::None).finding(Severity::High), Action::Flag),
        (by(OriginLabel::Unknown, Basis::None), Action::Publish),
    ] {
        assert_eq!(
            case.decision(&Policy::default()).action,
            expected,
            "{:?} {:?} {:?}",
            case.origin.label,
            case.severity,
            case.request.status
        );
    }
}

#[test]
fn a_wrong_file_says_where_and_what_to_do() {
    for (policy, message) in [
        ("strictnes = 2", "line 1: unknown key `strictnes`, did you mean `strictness`?"),
        ("\n[human]\nfindings = \"hold\"", "line 3: unknown key `findings`, did you mean `finding`?"),
        ("[human]\nfinding = \"hide\"", "line 2: `hide` is not possible here: choose `publish`, `label`, `flag`, `hold`, `block`"),
        ("agent = 3", "line 1: this must be a table"),
        ("strictness = \"high\"", "line 1: this must be a whole number"),
        ("[human]\nfinding = 3", "line 2: this must be a text"),
        ("kill_switch.agents = \"helper\"", "line 1: this must be a list"),
        ("[[agents]]\nhandles = [\"x\"]", "line 1: `id` is missing: add it"),
        ("[categories.ops.humans]\nfinding = \"hold\"", "line 1: unknown key `humans`, did you mean `human`?"),
        ("[rate]\nposts_per_our = 3", "line 2: unknown key `posts_per_our`, did you mean `posts_per_hour`?"),
        ("[service]\nunrequested = \"block\"", "line 2: `unrequested` belongs to `agent`, not to `service`: nobody else has to be asked"),
        (
            "[categories.ops.human]\nunrequested = \"block\"",
            "line 2: `unrequested` belongs to `agent`, not to `human`: nobody else has to be asked",
        ),
        ("\nstrictness = 7", "line 2: `strictness` is `7`: choose 1, 2, 3 or 4"),
        ("trial_strictness = 0", "line 1: `trial_strictness` is `0`: choose 1, 2, 3 or 4"),
        ("[rate]\n\nposts_per_day = 0", "line 3: `posts_per_day` is `0`: choose 1 to 1000; `paused = true` stops an agent"),
        (
            "[[agents]]\nid = \"a\"\nposts_per_hour = 2000",
            "line 1: `posts_per_hour` is `2000`: choose 1 to 1000; `paused = true` stops an agent",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"https://agent.example/keys\"",
            "line 1: agent `bot`: `https://agent.example/keys` is no place to publish keys: write `signature_agent` as an origin like `https://agent.example`",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"http://agent.example\"",
            "line 1: agent `bot`: `http://agent.example` is no place to publish keys: write `signature_agent` as an origin like `https://agent.example`",
        ),
        (
            "[[agents]]\nid = \"bot\"\nkeys = [\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\"]",
            "line 1: agent `bot`: `keys` have to be fetched from somewhere: name its `signature_agent` as well",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"https://agent.example\"\nkeys = [\"key-1\"]",
            "line 1: agent `bot`: `key-1` is no JWK thumbprint: `keys` are the SHA-256 ones of RFC 7638, 43 letters",
        ),
    ] {
        assert_eq!(Policy::parse(policy).unwrap_err().to_string(), message);
    }
    assert!(Policy::parse("strictness = ").unwrap_err().to_string().starts_with("line 1: "));
}

#[test]
fn an_exception_needs_what_where_why_and_until_when() {
    let [what, place, why, until] = ["rule = \"x\"", "thread = \"t1\"", "reason = \"y\"", "expires = \"2027-01-01T00:00:00Z\""];
    let one = "allow entry: name either a `rule` or a `fingerprint`";
    for (lines, message) in [
        (vec![place, why, until], one),
        (vec![what, "fingerprint = \"f\"", place, why, until], one),
        (vec![what, why, until], "allow entry: say where it is fine: a `category` (`\"*\"` for all), a `thread` or an `author`"),
        (
            vec![what, "author = \" \"", why, until],
            "allow entry: say where it is fine: a `category` (`\"*\"` for all), a `thread` or an `author`",
        ),
        (vec![what, place, until], "allow entry: say in `reason` why this is fine"),
        (vec![what, place, "reason = \" \"", until], "allow entry: say in `reason` why this is fine"),
        (vec![what, place, why], "allow entry: say in `expires` until when, like `2027-01-31T00:00:00Z`"),
        (vec![what, place, why, "expires = \"soon\""], "allow entry: `soon` is no time: write `expires` like `2027-01-31T00:00:00Z`"),
    ] {
        let error = Policy::parse(&format!("strictness = 1\n\n[[allow]]\n{}", lines.join("\n"))).unwrap_err();
        assert_eq!(error.to_string(), format!("line 3: {message}"));
    }
    assert!(Policy::parse(&format!("[[allow]]\n{what}\n{place}\n{why}\n{until}")).is_ok());
}

#[test]
fn a_cap_says_when_it_ends() {
    let mut case = agent();
    case.submission.recent = ["08:10:00.5", "08:20:00", "08:30:00", "gibberish"].map(|time| format!("2026-05-05T{time}Z")).to_vec();
    let policy = Policy::parse("[rate]\nposts_per_hour = 3").unwrap();
    let said = |case: &Case| case.decision(&policy).reasons.remove(0).message;
    assert_eq!(said(&case), "it has published 3 posts within an hour, as many as it may: it may publish again from 2026-05-05T09:10:01Z");
    case.submission.now = "2026-05-05T09:10:01Z".to_owned();
    assert_eq!(said(&case), "written by an agent");
}

proptest! {
    #[test]
    fn any_times_get_a_decision(times in prop::collection::vec("(9999-12-31T23:59:59(\\.9)?Z|0000-01-01T00:00:00\\+23:59|2026-05-05T0[0-9]:[0-5]0:00Z|\\PC{0,12})", 0..6), now in 0usize..6) {
        let mut case = agent();
        case.submission.now = times.get(now).cloned().unwrap_or_default();
        case.submission.recent = times;
        let policy = Policy::parse("[rate]\nposts_per_hour = 1\nposts_per_day = 2").unwrap();
        prop_assert!(case.decision(&policy).action >= Action::Label);
        prop_assert_eq!(case.with_facts(|facts| policy.explain(facts)).clauses.len(), 6);
    }
}

#[test]
fn an_explanation_names_the_lines() {
    let source = "# ours\n[agent]\nthreshold = \"high\"\n\n[categories.ops.agent]\nfinding = \"block\"\n";
    let policy = Policy::parse(source).unwrap();
    let case = agent().finding(Severity::Critical);
    let explanation = case.with_facts(|facts| policy.explain(facts));
    let decided = explanation.clauses.first().unwrap();
    let lines: Vec<_> = decided.lines.iter().map(|line| (line.file, line.line, line.key.as_str(), line.value.as_deref())).collect();
    let own = PolicyFile::Own;
    assert_eq!(lines, [(own, 6, "categories.ops.agent.finding", Some("\"block\"")), (own, 3, "agent.threshold", Some("\"high\""))]);
    assert_eq!((decided.outcome, explanation.author.as_str()), (Outcome::Decided, "agent"));
    let idle = explanation.clauses.iter().find(|clause| clause.why == "somebody asked for it").unwrap();
    let line = idle.lines.first().unwrap();
    let text = DEFAULT.lines().nth(line.line - 1).unwrap();
    assert_eq!((line.file, line.key.as_str(), idle.outcome), (PolicyFile::Default, "agent.unrequested", Outcome::Idle));
    assert!(text.starts_with("unrequested = \"block\""), "{text}");
}

#[test]
fn the_registry_marks_agents_and_names_them() {
    let policy =
        Policy::parse("[[agents]]\nid = \"bot-7\"\nhandles = [\"helper\"]\napps = [\"helper-token\"]\noperator = \"lior\"").unwrap();
    let mut submission = human().submission;
    submission.post.author.kind = AuthorKind::Human;
    submission.post.client = Some(Client { app: Some("helper-token".to_owned()), ..Client::default() });
    assert_eq!(policy.mark_agents(&submission).unwrap().post.author.kind, AuthorKind::Agent);
    assert_eq!(policy.request_scope(&submission).names, ["author", "helper"]);
    assert_eq!(policy.agents().next().unwrap().operator.as_deref(), Some("lior"));
    assert_eq!(Policy::default().mark_agents(&submission), None);
}

#[test]
fn a_verified_signature_names_the_agent_whatever_account_it_used() {
    let policy = Policy::parse(
        "[[agents]]\nid = \"bot-7\"\nhandles = [\"helper\"]\nsignature_agent = \"http://localhost:8080\"\n\
         [[agents]]\nid = \"bot-8\"\nsignature_agent = \"https://agents.example\"\nkeys = [\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\"]",
    )
    .unwrap();
    let mut submission = human().submission;
    let mut names = |agent: &str| {
        submission.post.client = Some(Client { verified_agent: Some(agent.to_owned()), ..Client::default() });
        policy.request_scope(&submission).names
    };
    assert_eq!(
        (names("bot-7"), names("bot-8"), names("author")),
        (vec!["bot-7".into(), "helper".into()], vec!["bot-8".into()], vec!["author".into()])
    );
    let told = serde_json::to_value(policy.agents().collect::<Vec<_>>()).unwrap();
    assert_eq!(
        (&told[0]["signatureAgent"], &told[1]["keys"][0]),
        (&"http://localhost:8080".into(), &"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U".into())
    );
}

#[test]
fn request_keys_set_the_scope() {
    let submission = human().submission;
    let scope = Policy::parse("[request]\nmention_days = 2\nexcluded_groups = [\"g\"]\nopt_in_categories = [\"ops\"]")
        .unwrap()
        .request_scope(&submission);
    assert_eq!((scope.mention_seconds, scope.excluded_groups, scope.opt_in), (172_800, vec!["g".to_owned()], true));
    assert!(Policy::default().request_scope(&submission).moderator_groups.contains(&"staff".to_owned()));
    assert!(!Policy::default().request_scope(&submission).opt_in);
}

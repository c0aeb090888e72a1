//! Every line of the policy, one case each.

use super::*;
use crate::{
    origin::{Basis, OriginLabel},
    request::RequestStatus,
    submission::Thread,
};

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

    fn decide(&self, policy: &str) -> Action {
        let found: Vec<Found<'_>> =
            self.severity.iter().map(|severity| Found { rule: "shell/x", fingerprint: "f00", severity: *severity }).collect();
        let facts =
            Facts { submission: &self.submission, origin: &self.origin, request: &self.request, findings: &found, complete: self.complete };
        let decision = Policy::parse(policy).unwrap().decide(&facts);
        assert!(!decision.reasons.is_empty(), "a decision always says why");
        decision.action
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
        assert_eq!(case.decide(""), expected, "{:?} {:?} {:?}", case.origin.label, case.severity, case.request.status);
    }
}

#[test]
fn every_key_changes_a_decision() {
    let stopped = "[kill_switch]\nall_agents = true";
    let allow = |more: &str| format!("[[allow]]\nreason = \"known\"\nexpires = \"2026-06-01T00:00:00Z\"\n{more}");
    for (policy, case, expected) in [
        ("[agent]\nunrequested = \"label\"".to_owned(), agent().unrequested(), Action::Label),
        ("[agent]\nfinding = \"block\"".to_owned(), agent().finding(Severity::High), Action::Block),
        ("[agent]\nthreshold = \"critical\"".to_owned(), agent().finding(Severity::High), Action::Label),
        ("[agent]\nundecided = \"block\"".to_owned(), agent().unread(), Action::Block),
        ("[agent]\notherwise = \"publish\"".to_owned(), agent(), Action::Publish),
        ("[human]\nhold_from = \"critical\"".to_owned(), human().finding(Severity::Critical), Action::Hold),
        ("[human]\nhold_from = \"critical\"".to_owned(), human().finding(Severity::High), Action::Flag),
        ("[categories.ops.human]\nfinding = \"hold\"".to_owned(), human().finding(Severity::High), Action::Hold),
        ("[categories.other.human]\nfinding = \"hold\"".to_owned(), human().finding(Severity::High), Action::Flag),
        (stopped.to_owned(), agent(), Action::Block),
        (stopped.to_owned(), human(), Action::Publish),
        ("[kill_switch]\nagents = [\"author\"]".to_owned(), agent(), Action::Block),
        ("[kill_switch]\nagents = [\"other\"]".to_owned(), agent(), Action::Label),
        (allow("rule = \"shell/x\""), agent().finding(Severity::High), Action::Label),
        (allow("rule = \"shell/y\""), agent().finding(Severity::High), Action::Hold),
        (allow("fingerprint = \"f00\""), agent().finding(Severity::High), Action::Label),
        (allow("rule = \"shell/x\"\ncategory = \"ops\""), agent().finding(Severity::High), Action::Label),
        (allow("rule = \"shell/x\"\ncategory = \"hr\""), agent().finding(Severity::High), Action::Hold),
        (allow("rule = \"shell/x\"").replace("2026-06", "2026-04"), agent().finding(Severity::High), Action::Hold),
    ] {
        assert_eq!(case.decide(&policy), expected, "{policy}");
    }
}

#[test]
fn a_wrong_file_says_where_and_what_to_do() {
    for (policy, message) in [
        ("strictnes = 2", "line 1: unknown key `strictnes`, did you mean `strictness`?"),
        ("\n[human]\nfindings = \"hold\"", "line 3: unknown key `findings`, did you mean `finding`?"),
        ("[human]\nfinding = \"hide\"", "line 2: `hide` is not possible here: choose `publish`, `label`, `flag`, `hold`, `block`"),
        ("strictness = 7", "`strictness` is `7`: choose 1, 2, 3 or 4"),
        ("[[allow]]\nreason = \"x\"\nexpires = \"2027-01-01T00:00:00Z\"", "allow entry 1: name either a `rule` or a `fingerprint`"),
        ("[[allow]]\nrule = \"x\"\nreason = \" \"\nexpires = \"2027-01-01T00:00:00Z\"", "allow entry 1: say in `reason` why this is fine"),
        (
            "[[allow]]\nrule = \"x\"\nreason = \"y\"\nexpires = \"soon\"",
            "allow entry 1: `soon` is no time: write `expires` like `2027-01-31T00:00:00Z`",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"https://agent.example/keys\"",
            "agent `bot`: `https://agent.example/keys` is no place to publish keys: write `signature_agent` as an origin like `https://agent.example`",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"http://agent.example\"",
            "agent `bot`: `http://agent.example` is no place to publish keys: write `signature_agent` as an origin like `https://agent.example`",
        ),
        (
            "[[agents]]\nid = \"bot\"\nkeys = [\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\"]",
            "agent `bot`: `keys` have to be fetched from somewhere: name its `signature_agent` as well",
        ),
        (
            "[[agents]]\nid = \"bot\"\nsignature_agent = \"https://agent.example\"\nkeys = [\"key-1\"]",
            "agent `bot`: `key-1` is no JWK thumbprint: `keys` are the SHA-256 ones of RFC 7638, 43 letters",
        ),
    ] {
        assert_eq!(Policy::parse(policy).unwrap_err().to_string(), message);
    }
    assert!(Policy::parse("strictness = ").unwrap_err().to_string().starts_with("line 1: "));
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
    assert_eq!(policy.agents()[0].operator.as_deref(), Some("lior"));
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
    let told = serde_json::to_value(policy.agents()).unwrap();
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

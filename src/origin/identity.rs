//! What the host knows of the account and the program behind a post, and what its metadata declares.

use super::{
    Basis, Evidence,
    format::{Signs, Speaks},
    signs::CATALOGUE,
    weigh::{ENOUGH, Signal},
};
use crate::submission::{Auth, AuthorKind, Channel, Client, Disclosure, Post};
use std::collections::BTreeMap;

/// Everything that identity and metadata say.
pub(super) fn signals(post: &Post) -> Vec<Signal> {
    let known = &CATALOGUE.accounts;
    let client = post.client.as_ref();
    let mut signals = Vec::new();
    signals.extend(client.and_then(verified_agent));
    signals.extend(account(post));
    signals.extend(post.author.groups.iter().filter_map(|group| member(group, known)));
    signals.extend(client.and_then(|client| app(client, post.author.kind, known)));
    signals.extend(client.and_then(|client| program(client, post.author.kind, known)));
    signals.extend(declared(post));
    if post.author.kind == AuthorKind::Service && by_hand(post, known) {
        signals.retain(|signal| signal.speaks != Speaks::Service);
        signals.push(signal(
            Speaks::Human,
            Basis::Suspected,
            "identity/by-hand",
            "a human typed it into the service's account with a browser",
        ));
    }
    signals
}

fn signal(speaks: Speaks, basis: Basis, name: &str, detail: impl Into<String>) -> Signal {
    let evidence = Evidence { signal: name.to_owned(), detail: detail.into(), span: None };
    Signal { speaks, basis, weight: ENOUGH, agent: None, evidence }
}

fn verified_agent(client: &Client) -> Option<Signal> {
    let agent = client.verified_agent.as_ref()?;
    let detail = format!("its request carries the verified signature of the agent `{agent}`");
    Some(Signal { agent: Some(agent.clone()), ..signal(Speaks::Agent, Basis::Verified, "identity/signature", detail) })
}

fn account(post: &Post) -> Option<Signal> {
    let id = &post.author.id;
    match post.author.kind {
        AuthorKind::Agent => {
            let found = signal(Speaks::Agent, Basis::Verified, "identity/account", format!("`{id}` is registered as an agent's account"));
            Some(Signal { agent: Some(id.clone()), ..found })
        }
        AuthorKind::Service => {
            Some(signal(Speaks::Service, Basis::Verified, "identity/account", format!("`{id}` is registered as a service's account")))
        }
        AuthorKind::Human | AuthorKind::Unknown => None,
    }
}

/// What membership of `group` says.
fn member(group: &str, known: &Signs) -> Option<Signal> {
    let name = group.to_lowercase();
    let speaks = known.groups.iter().find(|(_, groups)| groups.contains(&name)).map(|(speaks, _)| *speaks)?;
    let basis = if speaks == Speaks::Assisted { Basis::Declared } else { Basis::Verified };
    let weight = if speaks == Speaks::Service { ENOUGH / 2 } else { ENOUGH };
    Some(Signal { weight, ..signal(speaks, basis, "identity/group", format!("the host marks it `{group}`")) })
}

/// What the app or token says.
fn app(client: &Client, kind: AuthorKind, known: &Signs) -> Option<Signal> {
    let app = client.app.as_ref()?;
    let name = app.to_lowercase();
    let bots = known.bot_apps.iter().any(|prefix| name.starts_with(prefix.as_str()));
    let (agent, service) = (words_of(&name, known.apps.get(&Speaks::Agent)), words_of(&name, known.apps.get(&Speaks::Service)));
    let detail = |what: &str| format!("it was posted with the token of {what} (`{app}`)");
    let found = match (agent, service, kind) {
        (true, false, AuthorKind::Service | AuthorKind::Agent) if bots => {
            signal(Speaks::Agent, Basis::Verified, "identity/app", detail("an agent"))
        }
        (_, true, _) if bots => signal(Speaks::Service, Basis::Verified, "identity/app", detail("a service")),
        (_, _, AuthorKind::Service) => return None,
        _ if bots => signal(Speaks::Agent, Basis::Verified, "identity/app", detail("an agent")),
        (true, false, _) => signal(Speaks::Agent, Basis::Declared, "identity/app", detail("an agent")),
        _ => return None,
    };
    Some(if found.speaks == Speaks::Agent { Signal { agent: Some(app.clone()), ..found } } else { found })
}

/// What the program says that sent the post.
fn program(client: &Client, kind: AuthorKind, known: &Signs) -> Option<Signal> {
    let name = client.user_agent.as_ref()?.to_lowercase();
    let shown = client.user_agent.as_ref().map(|name| name.chars().take(80).collect::<String>())?;
    if holds(&name, &known.user_agents, Speaks::Agent) {
        let found = signal(
            Speaks::Agent,
            Basis::Declared,
            "identity/program",
            format!("an agent's program or an automated browser sent it (`{shown}`)"),
        );
        return Some(Signal { agent: Some(shown), ..found });
    }
    if holds(&name, &known.user_agents, Speaks::Service) {
        let found =
            signal(Speaks::Service, Basis::Declared, "identity/program", format!("a webhook or a service's program sent it (`{shown}`)"));
        return Some(Signal { weight: ENOUGH / 2, ..found });
    }
    let library = known.libraries.iter().any(|part| name.contains(part.as_str()));
    let signed = client.auth == Some(Auth::Signature);
    (kind != AuthorKind::Service && (library || signed)).then(|| {
        let detail = format!("a program sent it, not a browser (`{shown}`)");
        Signal { weight: ENOUGH / 2, ..signal(Speaks::Agent, Basis::Suspected, "identity/library", detail) }
    })
}

/// What the metadata declares.
fn declared(post: &Post) -> Option<Signal> {
    let declared = post.declared.as_ref()?;
    let kind = declared.digital_source_type.as_deref().map(|address| address.rsplit(['/', ':']).next().unwrap_or(address));
    let speaks = match (declared.disclosure, kind) {
        (Some(Disclosure::AiGenerated | Disclosure::Autonomous), _) | (_, Some("trainedAlgorithmicMedia")) => Speaks::Agent,
        (Some(Disclosure::AiAssisted), _) | (_, Some("compositeWithTrainedAlgorithmicMedia")) => Speaks::Assisted,
        _ => return None,
    };
    let what = if speaks == Speaks::Agent { "written by an AI" } else { "written with an AI's help" };
    Some(signal(speaks, Basis::Declared, "declaration/metadata", format!("it was declared as {what}")))
}

/// Whether a human sat at the keyboard: a browser session without a token, and time spent composing.
fn by_hand(post: &Post, known: &Signs) -> bool {
    const TYPING_MS: u32 = 5_000;
    let client = post.client.as_ref().filter(|client| client.app.is_none() && client.verified_agent.is_none());
    let browser = client
        .and_then(|client| client.user_agent.as_ref())
        .is_some_and(|name| holds(&name.to_lowercase(), &known.user_agents, Speaks::Human));
    let session = client.is_some_and(|client| {
        matches!(client.auth, None | Some(Auth::Session)) && !matches!(client.channel, Some(Channel::Api | Channel::Internal))
    });
    let typed = post.composition.as_ref().and_then(|composition| composition.ms).is_some_and(|ms| ms >= TYPING_MS);
    browser && session && typed
}

fn holds(name: &str, parts: &BTreeMap<Speaks, Vec<String>>, speaks: Speaks) -> bool {
    parts.get(&speaks).is_some_and(|parts| parts.iter().any(|part| name.contains(part.as_str())))
}

/// Whether `name` has one of `parts` as a word of its own.
fn words_of(name: &str, parts: Option<&Vec<String>>) -> bool {
    let edge = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    let whole = |part: &String| {
        name.match_indices(part.as_str()).any(|(at, found)| {
            let (before, after) = (name.get(..at).unwrap_or_default(), name.get(at + found.len()..).unwrap_or_default());
            edge(before.chars().next_back()) && edge(after.chars().next())
        })
    };
    parts.is_some_and(|parts| parts.iter().any(whole))
}

//! The shape of a policy file.
//!
//! Every key may be left out, so the default file, the forum's file and a category's overrides are the same type and a
//! value is looked up through them in turn.

use super::Action;
use crate::rule::Severity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tsify::Tsify;

/// A policy file, or a part of one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub strictness: Option<u8>,
    #[serde(default)]
    pub agent: AuthorRules,
    #[serde(default)]
    pub service: AuthorRules,
    #[serde(default)]
    pub suspected: AuthorRules,
    #[serde(default)]
    pub human: AuthorRules,
    #[serde(default)]
    pub assisted: AuthorRules,
    #[serde(default)]
    pub unknown: AuthorRules,
    #[serde(default)]
    pub request: RequestRules,
    #[serde(default)]
    pub kill_switch: KillSwitch,
    #[serde(default)]
    pub agents: Vec<Agent>,
    #[serde(default)]
    pub allow: Vec<Allowed>,
    #[serde(default)]
    pub categories: BTreeMap<String, CategoryRules>,
}

/// What happens to posts of one kind of author.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthorRules {
    pub unrequested: Option<Action>,
    pub finding: Option<Action>,
    pub threshold: Option<Severity>,
    pub hold_from: Option<Severity>,
    pub undecided: Option<Action>,
    pub otherwise: Option<Action>,
}

/// What counts as asking an agent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestRules {
    pub mention_days: Option<u16>,
    pub excluded_groups: Option<Vec<String>>,
    pub moderator_groups: Option<Vec<String>>,
    pub opt_in_categories: Option<Vec<String>>,
}

/// Which agents may not publish at all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KillSwitch {
    #[serde(default)]
    pub all_agents: bool,
    #[serde(default)]
    pub agents: Vec<String>,
}

/// An agent the forum knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The id of its account.
    pub id: String,
    /// The names people call it by, without `@`.
    #[serde(default)]
    pub handles: Vec<String>,
    /// The apps or tokens it posts with.
    #[serde(default)]
    pub apps: Vec<String>,
    /// Who is responsible for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub operator: Option<String>,
    /// Where it publishes its keys: an origin such as `https://agent.example`. Its signed requests then prove who it is.
    #[serde(default, rename(serialize = "signatureAgent"), skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub signature_agent: Option<String>,
    /// The only keys it may sign with, as JWK thumbprints (RFC 7638); any key it publishes when empty.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// A finding that is fine.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Allowed {
    pub rule: Option<String>,
    pub fingerprint: Option<String>,
    pub category: Option<String>,
    pub reason: String,
    pub expires: String,
}

/// Overrides for one category.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryRules {
    #[serde(default)]
    pub agent: AuthorRules,
    #[serde(default)]
    pub service: AuthorRules,
    #[serde(default)]
    pub suspected: AuthorRules,
    #[serde(default)]
    pub human: AuthorRules,
    #[serde(default)]
    pub assisted: AuthorRules,
    #[serde(default)]
    pub unknown: AuthorRules,
}

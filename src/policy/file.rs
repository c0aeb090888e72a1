//! The shape of a policy file.
//!
//! Every key may be left out, so the default file, the forum's file and a category's overrides are the same type and a
//! value is looked up through them in turn. Values keep their place in the text, so that a decision can name its line.

use super::Action;
use crate::{
    origin::{Basis, Origin, OriginLabel},
    rule::Severity,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;
use tsify::Tsify;

/// A value and where it stands, unless it was left out.
pub(super) type Setting<T> = Option<Spanned<T>>;

/// The author tables, named once: what kinds of author there are, and which table of a file each has.
macro_rules! author_tables {
    ($($table:ident: $author:ident, $called:literal;)*) => {
        /// Which of the policy's author tables a post falls under.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Author { $($author),* }

        impl Author {
            /// Every kind, in the order of the default file.
            pub(super) const ALL: &[Self] = &[$(Self::$author),*];

            /// How people call such an author.
            pub(super) fn called(self) -> &'static str {
                match self { $(Self::$author => $called),* }
            }

            /// The name of the table.
            pub(super) fn table(self) -> &'static str {
                match self { $(Self::$author => stringify!($table)),* }
            }
        }

        with_author_tables! { [$($table: $author),*]
            /// A policy file.
            struct File {
                strictness: Setting<u8>,
                trial_strictness: Setting<u8>,
                request: RequestRules,
                rate: RateRules,
                review: ReviewRules,
                kill_switch: KillSwitch,
                agents: Vec<Spanned<Agent>>,
                allow: Vec<Spanned<Allowed>>,
                categories: BTreeMap<String, CategoryRules>,
            }
        }

        with_author_tables! { [$($table: $author),*]
            /// Overrides for one category.
            struct CategoryRules {}
        }
    };
}

/// A table that holds the author tables beside keys of its own.
macro_rules! with_author_tables {
    ([$($table:ident: $author:ident),*] $(#[$doc:meta])* struct $name:ident { $($key:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(super) struct $name {
            $($table: AuthorRules,)*
            $(pub $key: $type,)*
        }

        impl $name {
            /// The table of one kind of author.
            pub(super) fn author(&self, author: Author) -> &AuthorRules {
                match author { $(Author::$author => &self.$table),* }
            }
        }
    };
}

author_tables! {
    agent: Agent, "an agent";
    service: Service, "an automation";
    suspected: Suspected, "a suspected agent";
    human: Human, "a person";
    assisted: Assisted, "a person with an agent's help";
    unknown: Unknown, "an author of unknown kind";
}

impl Author {
    /// The table a post of this origin falls under.
    pub(super) fn of(origin: &Origin) -> Self {
        match origin.label {
            OriginLabel::Agent if origin.basis == Basis::Suspected => Self::Suspected,
            OriginLabel::Agent => Self::Agent,
            OriginLabel::Service => Self::Service,
            OriginLabel::Assisted => Self::Assisted,
            OriginLabel::Human => Self::Human,
            OriginLabel::Unknown => Self::Unknown,
        }
    }
}

/// What happens to posts of one kind of author.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AuthorRules {
    pub unrequested: Setting<Action>,
    pub finding: Setting<Action>,
    pub threshold: Setting<Severity>,
    pub hold_from: Setting<Severity>,
    pub undecided: Setting<Action>,
    pub otherwise: Setting<Action>,
}

/// What counts as asking an agent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RequestRules {
    pub mention_days: Option<u16>,
    pub excluded_groups: Option<Vec<String>>,
    pub moderator_groups: Option<Vec<String>>,
    pub opt_in_categories: Option<Vec<String>>,
}

/// How much one agent may publish.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RateRules {
    pub posts_per_hour: Setting<u16>,
    pub posts_per_day: Setting<u16>,
}

/// How held posts are decided on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ReviewRules {
    pub two_person: Setting<Severity>,
}

/// Which agents may not publish at all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct KillSwitch {
    pub all_agents: Setting<bool>,
    pub agents: Setting<Vec<String>>,
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
    /// Whether nothing it writes is published until this is taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub paused: bool,
    /// How many posts it may publish within an hour, instead of what `[rate]` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub posts_per_hour: Option<u16>,
    /// How many posts it may publish within a day, instead of what `[rate]` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub posts_per_day: Option<u16>,
}

/// A finding that is fine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Allowed {
    pub rule: Option<String>,
    pub fingerprint: Option<String>,
    pub category: Option<String>,
    pub thread: Option<String>,
    pub author: Option<String>,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub expires: String,
}

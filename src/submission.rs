//! What a host hands over to be judged.
//!
//! Plain data at the bottom of the house: `origin`, `request` and `policy` read the metadata here, and the wire (version 1:
//! additive changes only) is these very structs, so there is no second copy of the shape to keep in step. The TypeScript
//! declarations are generated from them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tsify::Tsify;

/// A post handed over by the host, with what is needed to judge it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object with `post` and `now`")]
pub struct Submission {
    /// The host's name for this submission; answered back, never interpreted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub id: Option<String>,
    /// The post itself.
    pub post: Post,
    /// The thread it would appear in; absent when the post opens one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub thread: Option<Thread>,
    /// Grants the host side has already verified and not yet used up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub grants: Vec<Grant>,
    /// When this agent's posts of the last 24 hours were let through, RFC 3339; what the policy's caps count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub recent: Vec<String>,
    /// The time of the check, RFC 3339.
    pub now: String,
}

/// What somebody, or something, wants to publish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object with `body` and `author`")]
pub struct Post {
    /// The host's id of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub id: Option<String>,
    /// The id of the thread it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub thread: Option<String>,
    /// The id of the post it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub reply_to: Option<String>,
    /// When it was written, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub at: Option<String>,
    /// The text, in the notation `format` names.
    pub body: String,
    /// The notation of `body` and of every field.
    #[serde(default)]
    #[tsify(optional)]
    pub format: Format,
    /// Every other text that will be rendered with the post, by name: title, tags, signature, handle.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[tsify(optional, type = "Record<string, string>")]
    pub fields: BTreeMap<String, String>,
    /// The account it is posted from.
    pub author: Author,
    /// The human whose account or request the agent acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub on_behalf_of: Option<String>,
    /// How it reached the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub client: Option<Client>,
    /// How it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub composition: Option<Composition>,
    /// What the author declares about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub declared: Option<Declared>,
    /// The content hash of the version this one edits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub revises: Option<String>,
}

/// The notation a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// CommonMark with the usual forum extensions.
    #[default]
    Markdown,
    /// HTML as the forum will render it.
    Html,
    /// Text shown as it is.
    Plain,
}

/// The account a post comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object with `id`")]
pub struct Author {
    /// The host's id of the account.
    pub id: String,
    /// The name people mention it by, without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub handle: Option<String>,
    /// What the host knows the account to be.
    #[serde(default)]
    #[tsify(optional)]
    pub kind: AuthorKind,
    /// The host's groups and roles of the account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub groups: Vec<String>,
}

/// What the host knows an account to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    /// A person.
    Human,
    /// A language-model agent.
    Agent,
    /// Automation without a language model.
    Service,
    /// The host does not know.
    #[default]
    Unknown,
}

/// How a post reached the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Client {
    /// The way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub channel: Option<Channel>,
    /// What the request was authenticated with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub auth: Option<Auth>,
    /// The app or token name, never the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub app: Option<String>,
    /// The `User-Agent` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub user_agent: Option<String>,
    /// The agent whose signature the host side has verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub verified_agent: Option<String>,
}

/// A way into a forum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A browser.
    Web,
    /// The forum's API.
    Api,
    /// An e-mail gateway.
    Email,
    /// Another server.
    Federation,
    /// Code inside the forum.
    Internal,
}

/// What a request was authenticated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// A browser session.
    Session,
    /// An API token.
    Token,
    /// An OAuth app.
    Oauth,
    /// An HTTP message signature.
    Signature,
}

/// How a post was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Composition {
    /// Time between opening the composer and submitting, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub ms: Option<u32>,
    /// Keys pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub keystrokes: Option<u32>,
    /// UTF-16 code units pasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub pasted_chars: Option<u32>,
}

/// What an author declares about a post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Declared {
    /// An IPTC digital source type, as its short name or its full address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub digital_source_type: Option<String>,
    /// The `data-ai-disclosure` value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub disclosure: Option<Disclosure>,
}

/// The values of `data-ai-disclosure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// No AI took part.
    None,
    /// A human wrote it with an AI's help.
    AiAssisted,
    /// An AI wrote it, a human published it.
    AiGenerated,
    /// An AI wrote and published it.
    Autonomous,
}

/// The thread a post would appear in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object with `id` and `posts`")]
pub struct Thread {
    /// The host's id of the thread.
    pub id: String,
    /// Its title, which its first post's author wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub title: Option<String>,
    /// The id of the account that opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub author: Option<String>,
    /// The category or board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub category: Option<String>,
    /// The posts already there, oldest first.
    #[serde(default)]
    pub posts: Vec<ThreadPost>,
}

/// A post already in the thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object with `id`, `author` and `body`")]
pub struct ThreadPost {
    /// The host's id of the post.
    pub id: String,
    /// The id of the account it comes from.
    pub author: String,
    /// What the host knows that account to be.
    #[serde(default)]
    #[tsify(optional)]
    pub kind: AuthorKind,
    /// The name people mention the account by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub handle: Option<String>,
    /// The host's groups and roles of the account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub groups: Vec<String>,
    /// When it was posted, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub at: Option<String>,
    /// When it was last edited, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub edited_at: Option<String>,
    /// The id of the account that last edited it; without it, an edited post is nobody's certain word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub edited_by: Option<String>,
    /// When it was deleted, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub deleted_at: Option<String>,
    /// The id of the post it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub reply_to: Option<String>,
    /// Its text, in Markdown.
    pub body: String,
}

/// A signed, scoped, expiring, single-use permission for one agent to publish, already verified by the host side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Grant {
    /// The grant's own id.
    pub id: String,
    /// The agent it is for.
    pub agent: String,
    /// The human who gave it.
    pub by: String,
    /// The human the agent acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub on_behalf_of: Option<String>,
    /// The thread it is good in.
    pub thread: String,
    /// What it allows.
    pub action: GrantAction,
    /// From when it counts, RFC 3339.
    pub not_before: String,
    /// Until when it counts, RFC 3339.
    pub expires: String,
    /// How many posts it is good for.
    pub uses: u32,
    /// The only content it is good for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub content_hash: Option<String>,
}

/// What a grant allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum GrantAction {
    /// An answer in the thread.
    #[default]
    Reply,
    /// A new thread.
    Topic,
}

//! Who wrote the words: an agent, a human, both, or plain automation.
//!
//! Identity and declarations decide what is said in public; style and timing only ever make a suspicion, which moderators
//! see and the author is asked about.

mod catalogue;
mod composition;
mod declaration;
#[allow(dead_code)] // the build script reads files of these shapes
mod format;
mod identity;
mod signs;
mod weigh;

use crate::{markdown::Document, submission::Post};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use tsify::Tsify;

/// Who wrote the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum OriginLabel {
    /// A language-model agent.
    Agent,
    /// A human with one.
    Assisted,
    /// Automation without a language model.
    Service,
    /// A human.
    Human,
    /// Nobody knows.
    Unknown,
}

/// How well an origin is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// By identity.
    Verified,
    /// By the author's or the tool's own word.
    Declared,
    /// By style or circumstance: never public.
    Suspected,
    /// Not at all.
    None,
}

/// Who wrote the words of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The writer.
    pub label: OriginLabel,
    /// How well that is known.
    pub basis: Basis,
    /// The agent, where one is known.
    pub agent: Option<String>,
    /// The human it acts for, where one is known.
    pub on_behalf_of: Option<String>,
    /// What spoke for it, strongest first.
    pub evidence: Vec<Evidence>,
}

impl Origin {
    /// The IPTC digital source type that follows, short name; none for a suspicion, which is never public.
    ///
    /// Source: <https://cv.iptc.org/newscodes/digitalsourcetype/>.
    #[must_use]
    pub fn digital_source_type(&self) -> Option<&'static str> {
        if self.basis == Basis::Suspected {
            return None;
        }
        match self.label {
            OriginLabel::Agent => Some("trainedAlgorithmicMedia"),
            OriginLabel::Assisted => Some("compositeWithTrainedAlgorithmicMedia"),
            OriginLabel::Service | OriginLabel::Human | OriginLabel::Unknown => None,
        }
    }
}

/// One thing that spoke for an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// A stable name of the signal, such as `identity/account-kind`.
    pub signal: String,
    /// A sentence a moderator understands.
    pub detail: String,
    /// Where in the body it stands, in bytes.
    pub span: Option<Range<usize>>,
}

/// Judges who wrote `post`, whose body is cut up as `body`.
///
/// What the host knows of the account and its client goes first, then what the author or a tool declares. Style and timing
/// make a suspicion at most, and only together.
///
/// ```
/// use countersign::{markdown, origin::{self, Basis, OriginLabel}, submission::{AuthorKind, Format, Post}};
/// let mut post = Post { body: "🤖 Generated with ChatGPT\n\nRestart the router.".into(), ..Post::default() };
/// post.author.kind = AuthorKind::Human;
/// let origin = origin::judge(&post, &markdown::read(&post.body, Format::Markdown));
/// assert_eq!((origin.label, origin.basis), (OriginLabel::Agent, Basis::Declared));
/// assert_eq!(origin.evidence[0].detail, "a banner says that an AI wrote the post");
/// ```
#[must_use]
pub fn judge(post: &Post, body: &Document) -> Origin {
    let mut signals = identity::signals(post);
    signals.extend(declaration::signals(body));
    signals.extend(composition::signal(post, body));
    weigh::weigh(post, signals)
}

#[cfg(test)]
mod tests;

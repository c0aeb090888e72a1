//! Countersign's core: reads a post the way an expert would and says what a forum should do with it.
//!
//! A post's way is [`text`] → [`markdown`] → [`instruction`] → [`rule`], beside [`origin`] and [`request`], into
//! [`policy`]; only [`engine`] knows every room. Every stage is a pure function, total on any string, linear in its
//! input, with the time passed in.
//!
//! ```
//! use countersign::{engine::Engine, submission::Submission};
//! let engine = Engine::new();
//! let mut post = Submission::default();
//! post.now = "2026-05-05T09:00:00Z".to_owned();
//! post.post.body = "Good morning!".to_owned();
//! assert!(engine.check(&post).findings.is_empty());
//! ```

pub mod engine;
pub mod instruction;
pub mod markdown;
pub mod origin;
pub mod policy;
pub mod request;
pub mod rule;
pub mod submission;
pub mod text;
pub mod wasm;
pub mod wire;

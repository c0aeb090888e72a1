//! How a post was typed: a hint that it was pasted, never more.

use super::{Basis, Evidence, format::Speaks, weigh::Signal};
use crate::{
    markdown::{BlockKind, Document},
    submission::Post,
    text::is_unspaced,
};

/// Strokes a second that nobody types.
const UNTYPED: u64 = 20;

/// Shorter texts are typed or picked in no time, in strokes.
const SHORT: usize = 60;

/// What the composer saw, when it speaks for a paste.
pub(super) fn signal(post: &Post, body: &Document) -> Option<Signal> {
    let composition = post.composition.as_ref()?;
    let own = body.blocks.iter().filter(|block| block.quoted == 0 && block.kind != BlockKind::Fence);
    let typed: usize = own.flat_map(|block| block.text.as_str().chars()).map(strokes).sum();
    let length = u64::try_from(typed).unwrap_or(u64::MAX);
    let fast = composition.ms.filter(|ms| typed >= SHORT && length.saturating_mul(1_000) > u64::from(*ms).saturating_mul(UNTYPED));
    let pasted =
        composition.pasted_chars.filter(|pasted| typed >= SHORT && u64::from(*pasted).saturating_mul(10) >= length.saturating_mul(9));
    let detail = match (fast, pasted) {
        (Some(ms), _) => format!("a text of {typed} strokes appeared within {ms} ms, faster than anyone types"),
        (None, Some(pasted)) => format!("{pasted} characters, nearly the whole text, were pasted"),
        (None, None) => return None,
    };
    let evidence = Evidence { signal: "composition/pasted".to_owned(), detail, span: None };
    Some(Signal { speaks: Speaks::Agent, basis: Basis::Suspected, weight: 50, agent: None, evidence })
}

/// The strokes a letter takes: an ideograph or syllable is typed with several.
fn strokes(letter: char) -> usize {
    if is_unspaced(letter) { 3 } else { 1 }
}

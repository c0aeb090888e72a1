//! Whether somebody asks for something around words that only say how things should be.
//!
//! `She should be able to approve orders` is a request in `Hi Ada, she takes over from me. She should be able to approve
//! orders from Monday. Thanks!`, and a requirement, a rule or a wish elsewhere.

use super::floor;
use crate::{
    instruction::language::{Class, Cue, Gap, Passage},
    markdown::{Block, BlockKind, Document},
};

/// Bytes read of a block that may ask.
const REACH: usize = 480;
/// Blocks before and after that are looked at.
const BLOCKS: usize = 12;
/// Words, at most, of a title.
const TITLE: usize = 8;
/// Words in which somebody is spoken to: `Hi Ada,`, `Salesforce team:`.
const ADDRESS: usize = 4;

/// Whether the words around the block at `index` ask for something, and none says that nothing is asked.
pub(super) fn asks(document: &Document, index: usize) -> bool {
    let from = index.saturating_sub(BLOCKS);
    let blocks = document.blocks.get(from..document.blocks.len().min(index + 3)).unwrap_or_default();
    let spoken = blocks.iter().filter(|block| block.quoted == 0 && !matches!(block.kind, BlockKind::Fence | BlockKind::Html));
    let mut asked = false;
    for block in spoken {
        let passage = head(block);
        let words = 0..passage.words.len();
        let has = |cue| passage.has(&words, cue);
        if has(Cue::Closed) || has(Cue::Suppose) {
            return false;
        }
        asked |= asks_in(&passage, block.kind);
    }
    asked
}

fn asks_in(passage: &Passage, kind: BlockKind) -> bool {
    let words = 0..passage.words.len();
    let any = |class| passage.find_class(&words, class).is_some();
    let first = (1..words.end).find(|place| passage.gap(*place) > Gap::None && passage.gap(*place) != Gap::Arrow).unwrap_or(words.end);
    let title = kind == BlockKind::Heading || first <= TITLE;
    let requesting = title && passage.find_class(&(0..first), Class::Requesting).is_some();
    let keyed = |place: usize| passage.is_class(place, Class::Requesting) && passage.gap(place + 1) == Gap::Colon;
    let requesting = requesting || words.clone().any(keyed);
    let ensures =
        passage.find_class(&words, Class::Ensures).is_some_and(|place| place == 0 || passage.gap(place) >= Gap::Stop || place == 1);
    let addressed = passage.find_class(&(0..words.end.min(1)), Class::Greeting).is_some()
        || passage.find_class(&(0..words.end.min(ADDRESS)), Class::Addressed).is_some_and(|place| passage.gap(place + 1) >= Gap::Comma);
    passage.has(&words, Cue::Suggest) || any(Class::Polite) || any(Class::Thanks) || any(Class::Since) || requesting || addressed || ensures
}

fn head(block: &Block) -> Passage {
    Passage::of(block, &(0..floor(block.text.as_str(), REACH)))
}

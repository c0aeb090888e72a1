//! What a later line takes back by its number: `EDIT: ignore step 4`.

use super::floor;
use crate::{
    instruction::language::{Cue, Gap, Passage},
    markdown::{Block, BlockKind, Document},
};
use std::ops::Range;

/// Bytes read of a line that may take something back.
const REACH: usize = 480;
/// Blocks looked at for such a line, and back for the head of a list.
const BLOCKS: usize = 48;
/// Blocks after an instruction in which it may be taken back without a number.
const LATER: usize = 3;
/// Words from `ignore` to the number: `ignore what I said in step 4`.
const NEAR: usize = 6;

/// Whether the list item that the block at `index` belongs to is taken back further down.
pub(super) fn is_retracted(document: &Document, index: usize) -> bool {
    let Some(number) = number_of(document, index) else { return false };
    let later = document.blocks.get(index + 1..).unwrap_or_default().iter().take(BLOCKS);
    later.filter(|block| block.quoted == 0 && block.kind != BlockKind::Fence).any(|block| takes_back(block, number))
}

/// Whether words after `range` of `block`, the one at `index`, take back what was said before them.
pub(super) fn is_recanted(document: &Document, index: usize, block: &Block, range: &Range<usize>) -> bool {
    let text = block.text.as_str();
    let rest = floor(text, range.end)..floor(text, range.end + REACH);
    let own = block.kind != BlockKind::Fence && recants(&Passage::of(block, &rest));
    let later = document.blocks.get(index + 1..).unwrap_or_default().iter().take(LATER);
    let mut spoken = later.filter(|block| block.quoted == 0 && block.kind != BlockKind::Fence);
    own || spoken.any(|block| recants(&Passage::of(block, &(0..floor(block.text.as_str(), REACH)))))
}

fn recants(passage: &Passage) -> bool {
    passage.marks.iter().any(|mark| passage.is(mark, Cue::Recant) && !passage.words.get(mark.first).is_some_and(|word| word.quoted))
}

/// Which item of its list it is, counted from one.
fn number_of(document: &Document, index: usize) -> Option<usize> {
    let above = document.blocks.get(..=index)?.iter().rev().take(BLOCKS);
    let items = above.take_while(|block| matches!(block.kind, BlockKind::Item | BlockKind::Fence));
    Some(items.filter(|block| block.kind == BlockKind::Item).count()).filter(|count| *count > 0)
}

fn takes_back(block: &Block, number: usize) -> bool {
    let text = block.text.as_str();
    let passage = Passage::of(block, &(0..floor(text, REACH)));
    let steps = passage.has(&(0..passage.words.len()), Cue::Step);
    let says = |place: usize| {
        let word = passage.words.get(place)?;
        text.get(word.start..word.end)?.trim_start_matches('#').parse::<usize>().ok()
    };
    passage.marks.iter().filter(|mark| passage.is(mark, Cue::Retract)).any(|mark| {
        let reach = mark.end..passage.words.len().min(mark.end + NEAR);
        let stop = reach.clone().find(|place| passage.gap(*place) >= Gap::Dash).unwrap_or(reach.end);
        // `skip 3` is about a step where others are; `skip 3 days` says what of.
        (reach.start..stop).any(|place| {
            let follows = place == mark.end || passage.mark_before(place).is_some_and(|before| passage.is(before, Cue::Step));
            let ends = passage.gap(place + 1) >= Gap::Comma || place + 1 >= passage.words.len() || passage.mark_before(place).is_some();
            says(place) == Some(number) && follows && (steps || block.kind != BlockKind::Item) && ends
        })
    })
}

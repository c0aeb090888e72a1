//! Pieces of a command that the words around them say to put together: a list's items, a table's cells, ticks in a row.

use super::{Budget, Read, instructions, whole};
use crate::markdown::{Block, BlockKind, Document, Notation};

/// Blocks before and after the hint that may hold pieces.
const REACH: usize = 12;
/// Pieces, at most.
const MAX_PIECES: usize = 24;

/// What the pieces around the block at `index`, which says to join them, make.
pub(super) fn read(document: &Document, index: usize, budget: &mut Budget) -> Vec<Read> {
    let around = document.blocks.get(index.saturating_sub(REACH)..document.blocks.len().min(index + REACH)).unwrap_or_default();
    let code: Vec<&str> = around.iter().flat_map(pieces).take(MAX_PIECES).collect();
    let cells: Vec<&str> = around.iter().filter(|block| block.kind == BlockKind::Cell).map(|block| block.text.as_str().trim()).collect();
    let second: Vec<&str> = cells.iter().skip(1).step_by(2).copied().collect();
    let length = document.blocks.get(index).map_or(0, |block| block.text.as_str().len());
    let mut found = Vec::new();
    for pieces in [code, cells, second] {
        if pieces.len() < 2 {
            continue;
        }
        for made in [pieces.concat(), pieces.join(" ")] {
            found.extend(instructions(&whole(&made, 0..length), "joined", budget));
        }
    }
    found
}

fn pieces(block: &Block) -> impl Iterator<Item = &str> {
    let code = block.segments.iter().filter(|segment| segment.notation == Notation::InlineCode);
    code.filter_map(|segment| block.text.as_str().get(segment.range.clone()))
}

//! Pieces of a command that the words around them say to put together: a list's items, a table's cells, ticks in a row.

use super::{Budget, Read, instructions, whole};
use crate::{
    instruction::shell,
    markdown::{Block, BlockKind, Document, Notation},
};

/// Blocks before and after the hint that may hold pieces.
const REACH: usize = 12;
/// Bytes, at most, of a list's item that is a piece.
const MAX_ITEM: usize = 40;
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
    let items: Vec<&str> = around.iter().filter(|block| block.kind == BlockKind::Item).map(|block| block.text.as_str().trim()).collect();
    let items: Vec<&str> =
        items.into_iter().filter(|item| item.len() <= MAX_ITEM && !item.ends_with(['.', ':'])).take(MAX_PIECES).collect();
    for pieces in [code, cells, second, items] {
        if pieces.len() < 2 {
            continue;
        }
        for made in [pieces.concat(), pieces.join(" "), spaced(&pieces), glued(&pieces)] {
            found.extend(instructions(&whole(&made, 0..length), "joined", budget));
        }
    }
    found
}

/// The pieces together, blanks between them once they name a program.
fn glued(pieces: &[&str]) -> String {
    let mut made = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let rest = pieces.get(at..).unwrap_or_default();
        if made.split(' ').any(shell::is_program) {
            return [&made, " ", &rest.join(" ")].concat();
        }
        // What stands before the first two pieces that name a program is no part of it.
        if let [first, second, ..] = rest
            && shell::is_program([*first, second.split(' ').next().unwrap_or_default()].concat().as_str())
        {
            made.clear();
        }
        made.push_str(piece);
    }
    made
}

/// The pieces together, a blank before each that begins an argument.
fn spaced(pieces: &[&str]) -> String {
    let mut made = String::new();
    for piece in pieces {
        if piece.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/')) {
            made.push(' ');
        }
        made.push_str(piece);
    }
    made
}

/// A command of which only a part stands between ticks: `` `chmod` -R 777 /srv ``.
pub(super) fn run_on(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    for segment in block.segments.iter().filter(|segment| segment.notation == Notation::InlineCode).take(MAX_PIECES) {
        let Some(code) = text.get(segment.range.clone()) else { continue };
        let name = code.replace("``", "");
        let rest = text.get(segment.range.end..).unwrap_or_default();
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        if shell::is_program(&name) && line.starts_with(' ') {
            let made = format!("{name}{line}");
            let range = segment.range.start..segment.range.end + line.len();
            found.extend(instructions(&whole(&made, range), "run on", budget));
        }
    }
    found
}

fn pieces(block: &Block) -> impl Iterator<Item = &str> {
    let code = block.segments.iter().filter(|segment| segment.notation == Notation::InlineCode);
    code.filter_map(|segment| block.text.as_str().get(segment.range.clone()))
}

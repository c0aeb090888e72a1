//! The readers of disguises that a block shows by itself, each behind a look that costs next to nothing.

use super::{Budget, Hint, Read, column, escaped, instructions, legend, links, mistyped, typed, whole};
use crate::{
    instruction::shell,
    markdown::{BlockKind, Document},
};
use std::collections::BTreeSet;

/// Blocks before and after one that its words may be about.
pub(super) const REACH: usize = 6;
/// Bytes, at most, of a block beside it that is looked at.
const MAX_NEAR_BYTES: usize = 600;
/// Arguments, at most, that are gathered for a program.
const MAX_ARGUMENTS: usize = 8;

/// What the block at `index` disguises.
pub(super) fn read(document: &Document, index: usize, hints: &BTreeSet<Hint>, budget: &mut Budget) -> Vec<Read> {
    let Some(block) = document.blocks.get(index) else { return Vec::new() };
    let mut found = typed::read(block, budget);
    found.extend(escaped::read(block, budget));
    found.extend(mistyped::read(block, budget));
    found.extend(links::read(block, budget));
    found.extend(legend::read(document, index, budget));
    found.extend(column::read(document, index, budget));
    if hints.contains(&Hint::Initials) {
        found.extend(column::initials(document, index, budget));
    }
    found
}

/// The texts of the blocks around `index`, its own among them.
pub(super) fn around(document: &Document, index: usize) -> impl Iterator<Item = (usize, &str)> {
    let blocks = document.blocks.iter().enumerate().skip(index.saturating_sub(REACH)).take(2 * REACH + 1);
    blocks
        .filter(move |(at, block)| *at == index || (block.kind != BlockKind::Fence && block.text.len() <= MAX_NEAR_BYTES))
        .map(|(at, block)| (at, block.text.as_str()))
}

/// The instructions in `program` with the arguments that stand scattered in `texts`: options, modes, paths.
pub(super) fn scattered<'t>(
    program: &str,
    texts: impl Iterator<Item = &'t str>,
    length: usize,
    step: &str,
    budget: &mut Budget,
) -> Vec<Read> {
    let words = texts.flat_map(str::split_whitespace).map(|word| word.trim_matches(['(', ')', ',', '.', ':', ';', '"', '!', '?']));
    let mut given: Vec<&str> = words.filter(|word| shell::is_argument(word)).take(MAX_ARGUMENTS).collect();
    given.sort_by_key(|word| (word.starts_with(['/', '~']), !word.starts_with('-')));
    if given.is_empty() {
        return Vec::new();
    }
    instructions(&whole(&format!("{program} {}", given.join(" ")), 0..length), step, budget)
}

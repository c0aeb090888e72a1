//! Addresses that do something when they are opened: `https://…/roles?action=grant&role=owner`.

use super::{Budget, Read};
use crate::{
    instruction::{Act, Command, Word},
    markdown::{Block, Notation},
};

/// The program that opening an address amounts to.
const OPENS: &str = "xdg-open";
/// Addresses, at most, of one block.
const MAX_LINKS: usize = 16;

/// The addresses in `block` that hand over values.
pub(super) fn read(block: &Block, budget: &mut Budget) -> Vec<Read> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    if !block.words().has_sign(b":") || !text.contains("://") {
        return found;
    }
    let prose = block.segments.iter().filter(|segment| segment.notation != Notation::Struck);
    for segment in prose {
        let part = text.get(segment.range.clone()).unwrap_or_default();
        for (start, _) in part.match_indices("http").take(MAX_LINKS) {
            let rest = part.get(start..).unwrap_or_default();
            let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '>' | '<' | ')')).unwrap_or(rest.len());
            let address = rest.get(..length).unwrap_or_default();
            let hands_over = address.contains("://") && address.split_once('?').is_some_and(|(_, query)| query.contains('='));
            if !hands_over || !budget.take(length) {
                continue;
            }
            let word = Word { text: super::encoded::percent(address).to_ascii_lowercase(), opaque: false };
            let act = Act::Command(Command { program: OPENS.to_owned(), words: vec![word], input: None, output: None });
            let range = segment.range.start + start..segment.range.start + start + length;
            found.push(Read { act, range, text: address.to_owned(), decoded: Vec::new() });
        }
    }
    found
}

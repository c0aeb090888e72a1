//! Addresses that do something when they are opened: `https://…/roles?action=grant&role=owner`.

use super::{Budget, Read, SHEETS, instructions, whole};
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
            let range = segment.range.start + start..segment.range.start + start + length;
            for line in typed(address) {
                found.extend(instructions(&whole(&line, range.clone()), "address", budget));
            }
            let word = Word { text: super::encoded::percent(address).to_ascii_lowercase(), opaque: false };
            let act = Act::Command(Command { program: OPENS.to_owned(), words: vec![word], input: None, output: None });
            found.push(Read { act, range, text: address.to_owned(), decoded: Vec::new() });
        }
    }
    found
}

/// The command lines that `address` hands over, each under a key such as `cmd`.
fn typed(address: &str) -> Vec<String> {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let pairs = query.split(['&', '#', ';']).take(MAX_LINKS).filter_map(|pair| pair.split_once('='));
    let runs = |key: &str| SHEETS.iter().any(|(_, sheet)| sheet.runs.iter().any(|known| known.eq_ignore_ascii_case(key)));
    pairs.filter(|(key, _)| runs(key)).map(|(_, value)| super::encoded::percent(&value.replace('+', " "))).collect()
}

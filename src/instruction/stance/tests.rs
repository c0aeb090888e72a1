//! Sentences in many voices, each with the stance a reader would take from it.

use super::*;
use crate::{
    instruction::{Budget, Command, Read, prose},
    markdown,
    submission::Format,
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    texts: Vec<String>,
}

/// The stance to the first instruction in `text`: code of several words, or else words that tell.
fn stance(text: &str) -> Option<Stance> {
    let document = markdown::read(text, Format::Markdown);
    let blocks = || document.blocks.iter().enumerate();
    let code = blocks().find_map(|(index, block)| Some((index, code(block)?)));
    let words =
        || blocks().find_map(|(index, block)| Some((index, prose::read(block, &mut Budget::for_bytes(text.len())).into_iter().next()?)));
    code.or_else(words).map(|(index, read)| judge(&document, index, &Place { act: &read.act, range: &read.range }))
}

fn code(block: &Block) -> Option<Read> {
    block.segments.iter().find_map(|segment| {
        let text = block.text.as_str().get(segment.range.clone())?.trim_end();
        let start = segment.range.start + text.rfind('\n').map_or(0, |at| at + 1) * usize::from(text.contains('#'));
        let end = segment.range.start + text.find("\nchmod:").unwrap_or(text.len());
        let counts = matches!(segment.notation, Notation::Fence(_) | Notation::InlineCode) && text.contains(' ');
        counts.then(|| Read { act: Act::Command(Command::default()), range: start..end, text: text.to_owned(), decoded: Vec::new() })
    })
}

#[test]
fn every_case_holds() {
    let cases: BTreeMap<String, Cases> = toml::from_str(include_str!("cases.toml")).unwrap();
    let judged = cases.iter().flat_map(|(expected, cases)| cases.texts.iter().map(move |text| (expected.as_str(), text, stance(text))));
    // Whether it is advice decides; which of the others it is only helps a moderator.
    let wrong: Vec<String> = judged
        .filter(|(expected, _, found)| (*found == Some(Stance::Advises)) != (*expected == "advises"))
        .map(|(expected, text, found)| format!("{text:?}: {found:?} instead of {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{} cases fail:\n{}", wrong.len(), wrong.join("\n"));
}

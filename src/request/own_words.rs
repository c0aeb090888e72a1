//! Gathers what a post's author says in their own live words.
//!
//! Quotes, code, link texts, addresses, hidden text, quotations inside a sentence and signatures are somebody else's words or
//! nobody's; each leaves a gap behind, so that the words around it do not run together.

use super::{
    handle::{self, is_hidden},
    words::LEXICON,
};
use crate::{
    markdown::{Block, BlockKind, Document, Notation},
    text::{is_unspaced, quotations},
};
use std::ops::Range;

/// What stands where words were left out.
pub(super) const GAP: char = '\u{fffc}';

/// The own words of the post `original`, cut up as `document`.
///
/// The agent's handles (`names`) read `@agent`, handles that call every agent `@every-agent`, any other `@other`. White space
/// is one space; a line break ends a block.
pub(super) fn of(document: &Document, original: &str, names: &[String]) -> String {
    let mut words = String::with_capacity(original.len());
    for block in &document.blocks {
        let hidden = block.quoted > 0 || matches!(block.kind, BlockKind::Fence | BlockKind::Html);
        let content = block.text.as_str();
        let end = if hidden { Some(0) } else { signature(content) };
        if !hidden {
            push_block(block, end.unwrap_or(content.len()), original, names, &mut words);
        }
        words.push('\n');
        if !hidden && (end.is_some() || signature_follows(block, original)) {
            break;
        }
    }
    words
}

/// Whether the two dashes that begin a signature stand right below the block, where Markdown takes them for a heading's mark.
fn signature_follows(block: &Block, original: &str) -> bool {
    let source = block.text.source(0..block.text.as_str().len());
    let below = original.get(source.end..).map(|after| after.trim_start_matches([' ', '\r', '\n']));
    block.kind == BlockKind::Heading && below.and_then(|below| below.lines().next()).is_some_and(|line| line.trim_end() == "--")
}

/// Where a signature begins: a line of two dashes.
fn signature(content: &str) -> Option<usize> {
    let mut at = 0;
    content.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        (matches!(line.trim_end(), "--" | "—")).then_some(start)
    })
}

fn push_block(block: &Block, end: usize, original: &str, names: &[String], words: &mut String) {
    let content = block.text.as_str();
    let quotations = quoted(content);
    let mut pending = quotations.iter().peekable();
    let mut skipped = 0;
    for segment in &block.segments {
        let range = segment.range.start..segment.range.end.min(end);
        match segment.notation {
            Notation::Prose => {
                let mut from = range.start.max(skipped);
                while let Some(quotation) = pending.next_if(|quotation| quotation.start < range.end) {
                    push_prose(block, from..quotation.start.max(from), original, names, words);
                    push_gap(words);
                    from = from.max(quotation.end);
                }
                skipped = from;
                let from = from.min(range.end);
                push_prose(block, from..range.end, original, names, words);
            }
            Notation::InlineCode | Notation::Link | Notation::Fence(_) => push_gap(words),
            Notation::Struck | Notation::Html => {}
        }
    }
}

/// The quotations in `content`, also those in single marks that name somebody, which elsewhere may be apostrophes.
fn quoted(content: &str) -> Vec<Range<usize>> {
    let mut found = quotations(content);
    if content.contains('@') && content.contains(['\'', '‘']) {
        let single: Vec<Range<usize>> = single_quotations(content).collect();
        found.retain(|double| !single.iter().any(|single| single.start < double.end && double.start < single.end));
        found.extend(single);
        found.sort_by_key(|range| range.start);
    }
    found
}

/// Quotations in single marks that hold a handle.
fn single_quotations(content: &str) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    content.match_indices(['\'', '‘']).filter_map(move |(at, mark)| {
        let opens = content.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let start = at + mark.len();
        if at < done || !opens || content.get(start..)?.starts_with(char::is_whitespace) {
            return None;
        }
        let line = content.get(start..)?.lines().next().unwrap_or_default();
        let closes =
            |(end, mark): &(usize, &str)| !line.get(end + mark.len()..).is_some_and(|after| after.starts_with(char::is_alphanumeric));
        let (end, mark) = line.match_indices(['\'', '’']).find(closes)?;
        done = start + end + mark.len();
        line.get(..end).is_some_and(|inside| inside.contains('@')).then_some(at..done)
    })
}

/// Whether `body` holds markup that hides words by styling.
pub(super) fn are_veiled(body: &str) -> bool {
    body.contains('<') && !LEXICON.veils.find(body).is_empty()
}

fn push_gap(words: &mut String) {
    if !words.ends_with(GAP) {
        words.push(GAP);
    }
}

/// Appends `range` of the block's content with its handles told apart.
fn push_prose(block: &Block, range: Range<usize>, original: &str, names: &[String], words: &mut String) {
    let content = block.text.as_str();
    let Some(prose) = content.get(range.clone()) else { return };
    if !prose.contains(['@', '＠']) {
        push_words(prose, words);
        return;
    }
    let mut from = 0;
    for handle in handle::find(prose, names) {
        push_words(prose.get(from..handle.range.start).unwrap_or_default(), words);
        let written = prose.get(handle.range.clone()).unwrap_or_default();
        let source = block.text.source(range.start + handle.range.start..range.start + handle.range.end);
        let name = if handle.ours && as_typed(written, original, &source) { "@agent" } else { other(written) };
        push_handle(name, words);
        from = handle.range.end;
        let after = prose.get(from..).unwrap_or_default();
        let spaced = after.trim_start_matches(' ');
        if spaced.chars().next().is_some_and(is_unspaced) {
            from = prose.len() - spaced.len();
        }
    }
    push_words(prose.get(from..).unwrap_or_default(), words);
}

/// Whether a handle reads in the original as it does in the cleaned text: a disguised one is not the agent's.
fn as_typed(written: &str, original: &str, source: &Range<usize>) -> bool {
    let same = original
        .get(source.clone())
        .is_some_and(|typed| typed.eq_ignore_ascii_case(written) || typed.replace('＠', "@").eq_ignore_ascii_case(written));
    let after = original.get(source.end..).and_then(|after| after.chars().next());
    let before = original.get(..source.start).and_then(|before| before.chars().next_back());
    same && !after.is_some_and(is_hidden) && !before.is_some_and(is_hidden)
}

fn other(written: &str) -> &'static str {
    let name = written.trim_start_matches(['@', '＠']).to_lowercase();
    if LEXICON.group_handles.contains(&name) { "@every-agent" } else { "@other" }
}

fn push_handle(name: &str, words: &mut String) {
    let spaced = words.trim_end_matches(' ').len();
    if words.get(..spaced).and_then(|before| before.chars().next_back()).is_some_and(is_unspaced) {
        words.truncate(spaced);
    }
    words.push_str(name);
}

fn push_words(prose: &str, words: &mut String) {
    for letter in prose.chars() {
        if !letter.is_whitespace() {
            words.push(letter);
        } else if !words.ends_with([' ', '\n']) {
            words.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{markdown, submission::Format};

    fn own(body: &str) -> String {
        of(&markdown::read(body, Format::Markdown), body, &["helper".to_owned()])
    }

    #[test]
    fn handles_are_told_apart() {
        assert_eq!(own("@jun and @Helper,\n  hi @bots"), "@other and @agent, hi @every-agent\n");
        assert_eq!(own("请 @helper 回答"), "请@agent回答\n");
    }

    #[test]
    fn quotations_and_signatures_are_left_out() {
        assert_eq!(own("It says “@helper, go” and \"@helper\" to me"), "It says \u{fffc} and \u{fffc} to me\n");
        assert_eq!(own("He said \"see `x` @helper go\" today").trim_end(), "He said \u{fffc} today");
        assert_eq!(own("A 5\" pipe, @helper?"), "A 5\" pipe, @agent?\n");
        assert_eq!(own("Yes.\n--\n@helper fan").trim_end(), "Yes.");
    }
}

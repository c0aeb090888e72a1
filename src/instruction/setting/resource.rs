//! Reads the resources of Puppet and of Chef: a kind, a title, and what they are to be.

use super::{
    Found,
    flow::{Flow, Style},
    writer::Writer,
};
use crate::instruction::Budget;

/// Reads each `kind { 'title': key => value }` as one.
pub(super) fn puppet(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut at, mut read_to) = (0, 0);
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < read_to || budget.is_spent() || !is_puppet(line.trim()) {
            continue;
        }
        let Some((kind, _)) = line.split_once('{') else { continue };
        let Some((title, body)) = code.get(start + kind.len() + 1..).and_then(titled) else { continue };
        let mut writer = Writer::default();
        writer.entry("title", title, budget);
        let mut flow = Flow { code, at: code.len() - body.len(), style: Style::Json };
        flow.members(&mut writer, 0, budget);
        read_to = (flow.at + 1).min(code.len());
        found.push(Found { heading: vec![kind.trim().to_owned(), title.to_owned()], writer, range: start..read_to });
    }
    found
}

/// Whether `line` begins a resource of Puppet: a lower-case kind, a brace, a quoted title and a colon.
pub(super) fn is_puppet(line: &str) -> bool {
    let Some((kind, rest)) = line.split_once('{') else { return false };
    let kind = kind.trim();
    let named =
        !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b':'));
    named && titled(rest).is_some()
}

/// The title that `rest` begins with, and what follows its colon.
fn titled(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let (title, after) = rest.get(1..)?.split_once(quote)?;
    let body = after.trim_start_matches(' ').strip_prefix(':')?;
    (!body.starts_with(':') && !title.contains('\n')).then_some((title, body))
}

/// Reads each `kind 'title' do … end` as one.
pub(super) fn chef(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<Found> = None;
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim();
        if let Some((kind, title)) = chef_head(text).filter(|_| open.is_none()) {
            open = Some(Found { heading: vec![kind.to_owned(), title.to_owned()], writer: Writer::default(), range: start..at });
        } else if text == "end" {
            found.extend(open.take().map(|block| Found { range: block.range.start..at, ..block }));
        } else if let (Some(block), Some((key, value))) = (open.as_mut(), text.split_once(char::is_whitespace)) {
            let value = value.trim().trim_matches(['\'', '"']);
            block.writer.entry(key, value, budget);
        }
    }
    found.extend(open);
    found
}

/// Whether `line` begins a resource of Chef.
pub(super) fn is_chef(line: &str) -> bool {
    chef_head(line).is_some()
}

fn chef_head(line: &str) -> Option<(&str, &str)> {
    let (kind, rest) = line.strip_suffix(" do")?.split_once(' ')?;
    let title = rest.trim().strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
    let named = kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (named
        && !title.contains(['\'', '"'])
        && !matches!(kind, "it" | "describe" | "context" | "test" | "namespace" | "scope" | "task" | "desc"))
    .then_some((kind, title))
}

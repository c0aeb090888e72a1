//! Reads XML: elements are keys, attributes are keys below them, and a property list's `<key>` names the value after it.

use super::{
    Found,
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// Elements of pages, by which a document is none of configuration.
const PAGES: &[&str] = &[
    "html", "head", "body", "div", "span", "p", "a", "img", "script", "style", "form", "input", "button", "ul", "ol", "li", "table", "tr",
    "td", "h1", "h2", "h3", "template", "svg", "path", "section", "nav", "main", "label", "br", "b", "i", "em", "strong", "code", "pre",
    "details",
];

/// Reads the whole as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut reader = Markup::default();
    let mut rest = code;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at_checked(open).unwrap_or((rest, ""));
        reader.text(text, budget);
        let end = if tag.starts_with("<!--") { tag.find("-->").map(|end| end + 3) } else { tag.find('>').map(|end| end + 1) };
        let Some(end) = end.filter(|_| !budget.is_spent()) else { break };
        reader.tag(tag.get(..end).unwrap_or_default(), budget);
        rest = tag.get(end..).unwrap_or_default();
    }
    vec![Found { heading: Vec::new(), writer: reader.writer, range: 0..code.len() }]
}

/// Whether `code` is XML, and no page.
pub(super) fn is_markup(code: &str) -> bool {
    let Some(rest) = code.trim_start().strip_prefix('<') else { return false };
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.' | ':' | '?')).next().unwrap_or_default();
    let closes = code.contains("</") || code.contains("/>");
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '?');
    closes && named && !PAGES.contains(&name.to_ascii_lowercase().as_str())
}

#[derive(Default)]
struct Markup {
    writer: Writer,
    backs: Vec<usize>,
    /// The element that is open and has had neither text nor elements.
    name: String,
    /// The key of a property list whose value comes next.
    key: Option<String>,
}

impl Markup {
    fn text(&mut self, text: &str, budget: &mut Budget) {
        let text = text.trim();
        if text.is_empty() || self.backs.is_empty() {
            return;
        }
        if self.name == "key" {
            self.key = Some(text.to_owned());
        } else if let Some(key) = self.key.take() {
            self.writer.entry(&key, text, budget);
        } else {
            self.writer.value(text, budget);
        }
    }

    fn tag(&mut self, tag: &str, budget: &mut Budget) {
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        if inner.starts_with(['!', '?']) {
            return;
        }
        if inner.starts_with('/') {
            self.backs.pop().into_iter().for_each(|back| self.writer.leave(back));
            self.name.clear();
            return;
        }
        let (inner, empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        if self.backs.len() >= MAX_DEPTH {
            budget.take(usize::MAX);
            return;
        }
        if empty && let Some(key) = self.key.take() {
            self.writer.entry(&key, name, budget);
            return;
        }
        let back = self.writer.enter(name);
        self.attributes(attributes, budget);
        if empty {
            self.writer.leave(back);
        } else {
            self.backs.push(back);
            self.name = name.to_owned();
        }
    }

    fn attributes(&mut self, mut rest: &str, budget: &mut Budget) {
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return };
            let Some((value, next)) = after.get(1..).and_then(|after| after.split_once(quote)) else { return };
            self.writer.entry(name.trim(), value, budget);
            rest = next;
        }
    }
}

//! Reads YAML by its indentation: maps, lists, block and flow values, several documents.

use super::{
    Found,
    flow::{Flow, Style},
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// A line with something on it.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    /// Where its text begins in the code.
    at: usize,
    /// How many columns it is indented.
    indent: usize,
    /// Its text, without indentation and trailing blanks.
    text: &'a str,
}

/// Reads every document of `code`.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if indent == 0 && (line.starts_with("---") || text == "...") {
            found.extend(document(code, std::mem::take(&mut lines), budget));
        } else if !text.is_empty() && !text.starts_with('#') {
            lines.push(Line { at: at + indent, indent, text });
        }
        at += line.len();
    }
    found.extend(document(code, lines, budget));
    found
}

fn document(code: &str, lines: Vec<Line<'_>>, budget: &mut Budget) -> Option<Found> {
    let first = lines.first()?;
    let last = lines.last()?;
    let range = first.at..last.at + last.text.len();
    let mut reader = Yaml { code, lines, next: 0 };
    let mut writer = Writer::default();
    while let Some(line) = reader.line()
        && !budget.is_spent()
    {
        reader.node(line.indent, &mut writer, 0, budget);
    }
    Some(Found { heading: Vec::new(), writer, range })
}

struct Yaml<'a> {
    code: &'a str,
    lines: Vec<Line<'a>>,
    next: usize,
}

impl<'a> Yaml<'a> {
    fn line(&self) -> Option<Line<'a>> {
        self.lines.get(self.next).copied()
    }

    /// The next line if it is indented by `indent`; deeper ones that belong to nothing are skipped.
    fn line_at(&mut self, indent: usize) -> Option<Line<'a>> {
        while self.line()?.indent > indent {
            self.next += 1;
        }
        self.line().filter(|line| line.indent == indent)
    }

    /// Reads the map, list or scalar whose first line is the next; always goes forward.
    fn node(&mut self, indent: usize, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        if depth > MAX_DEPTH {
            budget.take(usize::MAX);
        }
        let Some(line) = self.line().filter(|_| !budget.is_spent()) else {
            self.next = self.lines.len();
            return;
        };
        if item(line.text).is_some() {
            self.list(indent, writer, depth, budget);
        } else if key(line.text).is_some() {
            self.map(indent, writer, depth, budget);
        } else {
            self.next += 1;
            self.value(line, line.text, writer, budget);
        }
    }

    fn list(&mut self, indent: usize, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        let mut index = 0_usize;
        while let Some(line) = self.line_at(indent)
            && let Some(text) = item(line.text)
        {
            let back = writer.enter(&index.to_string());
            let column = line.text.len() - text.len();
            if text.is_empty() {
                self.next += 1;
                self.child(indent, writer, depth, budget);
            } else if text.starts_with(['|', '>']) {
                self.next += 1;
                self.value(line, text, writer, budget);
            } else if let Some(current) = self.lines.get_mut(self.next) {
                *current = Line { at: line.at + column, indent: indent + column, text };
                self.node(indent + column, writer, depth + 1, budget);
            }
            writer.leave(back);
            index += 1;
        }
    }

    fn map(&mut self, indent: usize, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        while let Some(line) = self.line_at(indent)
            && let Some((key, text)) = key(line.text)
        {
            self.next += 1;
            let back = writer.enter(key);
            let value = text.trim_start_matches(|c: char| c.is_whitespace());
            let value = value.strip_prefix('&').map_or(value, |anchored| anchored.split_once(' ').map_or("", |(_, value)| value));
            if value.is_empty() || value.starts_with('#') {
                let listed = self.line().is_some_and(|next| next.indent == indent && item(next.text).is_some());
                if listed { self.list(indent, writer, depth + 1, budget) } else { self.child(indent, writer, depth, budget) }
            } else {
                self.value(line, value, writer, budget);
            }
            writer.leave(back);
        }
    }

    /// Reads what is indented deeper than `indent`; nothing there is an empty value.
    fn child(&mut self, indent: usize, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        match self.line() {
            Some(next) if next.indent > indent => self.node(next.indent, writer, depth + 1, budget),
            _ => writer.value("", budget),
        }
    }

    /// Reads the value `text` at the end of `line`, which was the line before the next.
    fn value(&mut self, line: Line<'a>, text: &'a str, writer: &mut Writer, budget: &mut Budget) {
        let at = line.at + line.text.len() - text.len();
        match text.bytes().next() {
            Some(b'{' | b'[' | b'"' | b'\'') => {
                let mut flow = Flow { code: self.code, at, style: Style::Yaml };
                flow.value(writer, 0, budget);
                self.go_past(flow.at);
            }
            Some(b'|' | b'>') => {
                let end = self.deeper(line.indent);
                let start = line.at + line.text.len();
                let lines = self.code.get(start..end.max(start)).unwrap_or_default().trim_matches('\n');
                if text.starts_with('>') {
                    // A folded value is one line.
                    writer.value(lines.split_whitespace().collect::<Vec<_>>().join(" "), budget);
                } else {
                    writer.value(lines, budget);
                }
            }
            _ => {
                let start = self.next;
                self.deeper(line.indent);
                let mut value = uncommented(text).to_owned();
                for continued in self.lines.get(start..self.next).unwrap_or_default() {
                    value.push(' ');
                    value.push_str(uncommented(continued.text));
                }
                writer.value(value, budget);
            }
        }
    }

    /// Goes past the lines indented deeper than `indent`; returns where they end in the code.
    fn deeper(&mut self, indent: usize) -> usize {
        let mut end = 0;
        while let Some(line) = self.line().filter(|line| line.indent > indent) {
            end = line.at + line.text.len();
            self.next += 1;
        }
        end
    }

    fn go_past(&mut self, at: usize) {
        while self.line().is_some_and(|line| line.at < at) {
            self.next += 1;
        }
    }
}

/// What follows the dash of a list item.
fn item(text: &str) -> Option<&str> {
    if text == "-" { Some("") } else { text.strip_prefix("- ").map(str::trim_start) }
}

/// The key of a map entry, unquoted, and what follows its colon.
pub(super) fn key(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let (key, rest) = text.get(1..)?.split_once(quote)?;
        return rest.trim_start().strip_prefix(':').map(|value| (key, value));
    }
    if text.starts_with(['{', '[', '|', '>']) {
        return None;
    }
    let colon = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))?;
    Some((text.get(..colon)?.trim_end(), text.get(colon + 1..)?))
}

fn uncommented(text: &str) -> &str {
    text.find(" #").and_then(|comment| text.get(..comment)).unwrap_or(text).trim_end()
}

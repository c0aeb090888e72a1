//! Reads sections of keys and values: INI, TOML, systemd units, properties, `.env`.

use super::{
    Found,
    flow::{Flow, Style},
    writer::Writer,
};
use crate::instruction::Budget;

/// Reads each section as one; keys before the first have no heading.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let mut section = Found { heading: Vec::new(), writer: Writer::default(), range: 0..0 };
    let mut at = 0;
    let mut read_to = 0;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < read_to || budget.is_spent() {
            continue;
        }
        if let Some(name) = heading(line) {
            let heading = vec![name.to_owned()];
            found.push(std::mem::replace(&mut section, Found { heading, writer: Writer::default(), range: start..at }));
        } else if let Some((key, value)) = pair(line) {
            let value_at = start + (value.as_ptr() as usize - line.as_ptr() as usize);
            read_to = write(code, key, value, value_at, &mut section.writer, budget);
            section.range = if section.range.is_empty() { start..at.max(read_to) } else { section.range.start..at.max(read_to) };
        }
    }
    found.push(section);
    found
}

/// Writes `value` down; returns where it ends when it may take several lines.
fn write(code: &str, key: &str, value: &str, value_at: usize, writer: &mut Writer, budget: &mut Budget) -> usize {
    let back = writer.enter(key);
    let mut end = 0;
    if value.starts_with(['[', '{', '"', '\'']) {
        let mut flow = Flow { code, at: value_at, style: Style::Json };
        flow.value(writer, 0, budget);
        end = flow.at;
    } else {
        let comment = value.find(" #").or_else(|| value.find(" ;")).unwrap_or(value.len());
        writer.value(value.get(..comment).unwrap_or(value).trim_end(), budget);
    }
    writer.leave(back);
    end
}

/// The name of the section `line` begins.
pub(super) fn heading(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.strip_suffix(']')?.trim_matches(['[', ']', '"']);
    (!name.is_empty() && !name.contains([',', '{', '='])).then_some(name)
}

/// The key and value of `line`.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.starts_with(['#', ';', '!', '/']) {
        return None;
    }
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (key, value) = line.split_once(['=', ':'])?;
    Some((key.trim().trim_matches('"'), value.trim()))
}

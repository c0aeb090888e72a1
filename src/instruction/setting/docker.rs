//! Reads Dockerfiles: one entry per instruction.

use super::{Found, writer::Writer};
use crate::instruction::Budget;

/// The instructions. Source: <https://docs.docker.com/reference/dockerfile/>.
const INSTRUCTIONS: &[&str] = &[
    "FROM",
    "RUN",
    "USER",
    "COPY",
    "ADD",
    "CMD",
    "ENTRYPOINT",
    "ENV",
    "ARG",
    "EXPOSE",
    "LABEL",
    "VOLUME",
    "WORKDIR",
    "HEALTHCHECK",
    "SHELL",
    "STOPSIGNAL",
    "ONBUILD",
    "MAINTAINER",
];

/// The instruction `line` begins with, and its arguments.
pub(super) fn instruction(line: &str) -> Option<(&str, &str)> {
    let (name, arguments) = line.trim().split_once(char::is_whitespace)?;
    INSTRUCTIONS.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some((name, arguments.trim()))
}

/// Reads the whole as one; continued lines are joined by a blank.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut writer = Writer::default();
    let mut current: Option<(&str, String)> = None;
    for line in code.lines() {
        let text = line.trim();
        if text.starts_with('#') {
            continue;
        }
        if let Some((_, arguments)) = current.as_mut().filter(|(_, arguments)| arguments.ends_with('\\')) {
            arguments.pop();
            arguments.truncate(arguments.trim_end().len());
            arguments.push(' ');
            arguments.push_str(text);
        } else {
            flush(current.take(), &mut writer, budget);
            current = instruction(text).map(|(name, arguments)| (name, arguments.to_owned()));
        }
    }
    flush(current, &mut writer, budget);
    vec![Found { heading: Vec::new(), writer, range: 0..code.len() }]
}

fn flush(current: Option<(&str, String)>, writer: &mut Writer, budget: &mut Budget) {
    if let Some((name, arguments)) = current {
        writer.entry(&name.to_ascii_uppercase(), arguments, budget);
    }
}

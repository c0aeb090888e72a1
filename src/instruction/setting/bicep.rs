//! Reads the resources of a Bicep file as the entries their template would have: `type`, `properties.…`.

use super::{
    Found,
    flow::{Flow, Style},
    writer::Writer,
};
use crate::instruction::Budget;

/// Reads each resource as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut at, mut read_to) = (0, 0);
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < read_to || budget.is_spent() {
            continue;
        }
        let Some((kind, brace)) = resource(line) else { continue };
        let mut writer = Writer::default();
        writer.entry("type", kind, budget);
        let mut flow = Flow { code, at: start + brace, style: Style::Code };
        flow.value(&mut writer, 0, budget);
        read_to = flow.at;
        found.push(Found { heading: Vec::new(), writer, range: start..flow.at.min(code.len()) });
    }
    found
}

/// The type of the resource that `line` declares, and where its brace stands.
pub(super) fn resource(line: &str) -> Option<(&str, usize)> {
    let rest = line.trim_start().strip_prefix("resource ")?;
    let (_, rest) = rest.split_once('\'')?;
    let (kind, rest) = rest.split_once('\'')?;
    let (kind, _version) = kind.split_once('@')?;
    let declares = rest.trim_start().starts_with('=');
    let brace = line.rfind('{').filter(|_| declares && line.trim_end().ends_with('{'))?;
    Some((kind, brace))
}

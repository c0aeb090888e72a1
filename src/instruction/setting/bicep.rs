//! Reads the resources of a Bicep file as the entries their template would have: `type`, `properties.…`.

use super::{
    Found,
    assignment::declared,
    flow::{Flow, Style},
};
use crate::instruction::Budget;

/// Reads each resource as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let head = |line| resource(line).map(|(kind, brace)| (kind, line.len() - brace));
    declared(code, budget, head, |writer, (kind, rest), end, budget| {
        writer.entry("type", kind, budget);
        let mut flow = Flow { code, at: end - rest, style: Style::Code };
        flow.value(writer, 0, budget);
        flow.at
    })
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

//! What a piece of program code prints, where that follows from its literals: `python -c 'print(…)' | sh`.

use super::{
    fold::{self, Known, Value},
    loose,
    scan::Scanner,
};
use crate::instruction::Budget;

/// What `code` prints; nothing when only running it would tell.
pub(crate) fn printed(code: &str, budget: &mut Budget) -> Option<String> {
    if !budget.take(code.len() * 2) {
        return None;
    }
    let mut scanner = Scanner::new(code, false, false);
    scanner.run(budget);
    let known = scanner.known;
    let mut calls: Vec<_> = scanner.found.into_iter().filter(|(call, ..)| loose::prints(&call.path)).collect();
    if calls.is_empty() {
        calls = statements(code, &known);
    }
    if calls.is_empty() {
        // `node -p` prints what its expression makes.
        return fold::whole(code, &known).filter(|value| matches!(value, Value::Text(_))).map(|value| value.text());
    }
    let lines = calls.into_iter().map(|(call, ..)| call.arguments.into_iter().map(|argument| argument.value).collect::<Vec<_>>().join(" "));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// Calls without brackets that print.
fn statements(code: &str, known: &Known) -> Vec<(crate::instruction::Call, std::ops::Range<usize>, Vec<String>)> {
    let mut found = Vec::new();
    for statement in code.split([';', '\n', '{', '}']) {
        let statement = statement.trim_start();
        let length = statement.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_')).unwrap_or(statement.len());
        let Some((path, value)) = statement.split_at_checked(length).filter(|(path, _)| loose::prints(path)) else { continue };
        let Some((made, _)) = fold::prefix(value.trim_start(), known) else { continue };
        let mut pieces = Vec::new();
        made.flat(&mut pieces);
        let argument = crate::instruction::Argument { name: None, value: pieces.iter().map(Value::text).collect() };
        found.push((crate::instruction::Call { path: path.to_owned(), arguments: vec![argument] }, 0..0, Vec::new()));
    }
    found
}

/// The strings and numbers that the literals of `expression` make, those of a list one by one.
pub(crate) fn items(expression: &str) -> Option<Vec<String>> {
    match fold::whole(expression, &Known::new())? {
        Value::List(items) => Some(items.iter().map(Value::text).collect()),
        value => Some(vec![value.text()]),
    }
}

/// The variables of an awk program.
#[derive(Debug, Default)]
pub(crate) struct Awk(Known);

impl Awk {
    /// Sets `name` to what `expression` makes, where that is known.
    pub(crate) fn assign(&mut self, name: &str, expression: &str) {
        if let Some(text) = self.text(expression) {
            self.0.insert(name.to_owned(), Value::Text(text));
        }
    }

    /// What `expression` makes; several with blanks between.
    pub(crate) fn text(&self, expression: &str) -> Option<String> {
        let values = fold::side_by_side(expression.trim(), &self.0)?;
        Some(values.iter().map(Value::text).collect::<Vec<_>>().join(" "))
    }

    /// What `printf` makes of its arguments.
    pub(crate) fn format(&self, arguments: &str) -> Option<String> {
        let mut flat = Vec::new();
        fold::side_by_side(arguments.trim(), &self.0)?.into_iter().for_each(|value| value.flat(&mut flat));
        let (format, values) = flat.split_first()?;
        Some(super::apply::filled(&format.text(), values))
    }
}

//! Reads directives that end in `;` and blocks in braces: nginx and its like.

use super::{
    Found,
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// Reads the whole as one.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut writer = Writer::default();
    let mut backs = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut rest = code;
    while !budget.is_spent() {
        rest = rest.trim_start();
        let Some(c) = rest.chars().next() else { break };
        let mut length = 1;
        match c {
            '#' => length = rest.find('\n').unwrap_or(rest.len()),
            ';' => statement(&mut words, &mut writer, budget),
            '{' if backs.len() >= MAX_DEPTH => {
                budget.take(usize::MAX);
            }
            '{' => {
                let back = words.drain(..).map(|word| writer.enter(word)).reduce(usize::min);
                backs.push(back);
            }
            '}' => {
                statement(&mut words, &mut writer, budget);
                backs.pop().flatten().into_iter().for_each(|back| writer.leave(back));
            }
            _ => {
                length = word(rest);
                words.push(rest.get(..length).unwrap_or_default().trim_matches(['"', '\'']));
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    statement(&mut words, &mut writer, budget);
    vec![Found { heading: Vec::new(), writer, range: 0..code.len() }]
}

fn statement(words: &mut Vec<&str>, writer: &mut Writer, budget: &mut Budget) {
    if let Some((key, values)) = words.split_first() {
        writer.entry(key, values.join(" "), budget);
    }
    words.clear();
}

/// The length of the word `rest` begins with, quotes included.
fn word(rest: &str) -> usize {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        return rest.get(1..).and_then(|inner| inner.find(quote)).map_or(rest.len(), |end| end + 2);
    }
    rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | '{' | '}')).unwrap_or(rest.len()).max(1)
}

//! Reads HCL: Terraform, OpenTofu, Packer, Vault policies.

use super::{
    Found,
    flow::{Flow, Style},
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// Reads each top-level block as one, and the attributes outside of blocks together.
pub(super) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut reader = Hcl { flow: Flow { code, at: 0, style: Style::Hcl } };
    let mut found = Vec::new();
    let mut loose = Found { heading: Vec::new(), writer: Writer::default(), range: 0..0 };
    while let Some((start, words)) = reader.words(budget) {
        if reader.flow.peek() == Some(b'{') {
            let mut writer = Writer::default();
            reader.block(&mut writer, 0, budget);
            found.push(Found { heading: words, writer, range: start..reader.flow.at });
        } else if reader.attribute(&words, &mut loose.writer, 0, budget) {
            loose.range = if loose.range.is_empty() { start..reader.flow.at } else { loose.range.start..reader.flow.at };
        }
    }
    found.push(loose);
    found
}

struct Hcl<'a> {
    flow: Flow<'a>,
}

impl Hcl<'_> {
    /// The words that begin a statement, and where they begin; `None` at a closing brace or the end.
    fn words(&mut self, budget: &mut Budget) -> Option<(usize, Vec<String>)> {
        self.flow.blanks();
        let start = self.flow.at;
        let mut words = Vec::new();
        while !budget.is_spent() {
            let rest = self.flow.rest();
            self.flow.skip(rest.len() - rest.trim_start_matches([' ', '\t']).len());
            match self.flow.peek() {
                None => break,
                Some(b'"') => words.push(self.flow.string()),
                Some(byte) if byte.is_ascii_alphanumeric() || byte == b'_' => {
                    let rest = self.flow.rest();
                    let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(rest.len());
                    words.push(rest.get(..length).unwrap_or_default().to_owned());
                    self.flow.skip(length);
                }
                Some(_) => break,
            }
        }
        let more = self.flow.peek().is_some_and(|byte| byte != b'}') && !budget.is_spent();
        (more || !words.is_empty()).then_some((start, words))
    }

    /// Reads the block whose brace is next.
    fn block(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        if depth > MAX_DEPTH {
            budget.take(usize::MAX);
        }
        self.flow.skip(1);
        while let Some((_, words)) = self.words(budget) {
            if self.flow.peek() == Some(b'{') {
                let backs: Vec<usize> = words.iter().map(|word| writer.enter(word)).collect();
                self.block(writer, depth + 1, budget);
                if let Some(back) = backs.first() {
                    writer.leave(*back);
                }
            } else {
                self.attribute(&words, writer, depth, budget);
            }
        }
        self.flow.skip(1);
    }

    /// Reads `= value` after `words`; anything else is skipped to the end of its line.
    fn attribute(&mut self, words: &[String], writer: &mut Writer, depth: usize, budget: &mut Budget) -> bool {
        let value = self.flow.rest().strip_prefix(['=', ':']).map(str::trim_start);
        let (Some(value), Some(key)) = (value, words.last()) else {
            let rest = self.flow.rest();
            self.flow.skip(rest.find('\n').unwrap_or(rest.len()).max(1));
            return false;
        };
        self.flow.skip(self.flow.rest().len() - value.len());
        let back = writer.enter(key);
        self.flow.value(writer, depth + 1, budget);
        writer.leave(back);
        true
    }
}

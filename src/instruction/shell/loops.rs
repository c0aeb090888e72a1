//! Loops over words: their body is read for each of them, as what it puts together may be the command.

use super::{
    format::DialectName,
    script::{Call, Script},
    session::Flow,
};
use crate::instruction::Word;

/// Bytes, at most, of the body of a loop that is read for each of its values.
const MAX_BODY: usize = 400;

/// A loop over words.
#[derive(Debug, Default)]
pub(super) struct Loop {
    /// The variable, and the values it has yet to take, the last first.
    pub(super) name: String,
    pub(super) left: Vec<Word>,
    /// Where the body begins.
    body: usize,
    /// What was printed before it.
    before: Flow,
}

impl Loop {
    /// A loop whose `do` comes next.
    pub(super) fn over(name: &str, left: Vec<Word>) -> Self {
        Self { name: name.to_owned(), left, ..Self::default() }
    }
}

impl Script<'_, '_, '_> {
    /// Follows a loop: its body is read once for each of its values, as long as they are few.
    pub(super) fn follow(&mut self, word: &str, start: usize, call: &mut Call, printed: &mut Flow) {
        if self.dialect != DialectName::Posix {
            return;
        }
        if word == "function" {
            self.blank();
            let name = self.rest().bytes().take_while(|&byte| byte == b'_' || byte == b'-' || byte.is_ascii_alphanumeric()).count();
            self.session.naming = self.rest().get(..name).map(str::to_owned).filter(|name| !name.is_empty());
            self.at += name;
            self.at += if self.rest().starts_with("()") { 2 } else { 0 };
        } else if word == "do" {
            let begun = self.begun.take().unwrap_or_default();
            self.loops.push(Loop { body: self.at, before: std::mem::take(printed), ..begun });
            *printed = Flow::known(String::new());
        } else if word == "done"
            && let Some(mut open) = self.loops.pop()
        {
            let again = self.loops.is_empty() && start.saturating_sub(open.body) <= MAX_BODY;
            match open.left.pop().filter(|_| again && self.session.budget.take(start - open.body)) {
                Some(value) => {
                    self.session.variables.insert(open.name.clone(), vec![value]);
                    self.at = open.body;
                    self.loops.push(open);
                }
                None => {
                    call.group = Some(std::mem::replace(printed, open.before));
                    call.covers(start..self.at);
                }
            }
        }
    }
}

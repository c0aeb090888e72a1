//! Finds the few rules that could match an instruction by hashing one of its words, so that the cost of a post does not
//! grow with the pack.

use super::{
    anchor,
    shelves::{Index, Shelf},
    statement,
};
use crate::instruction::{Act, Setting};

impl Index<'_> {
    /// The positions of the rules that could match `act` or `text`, in order, each once.
    pub(super) fn candidates(&self, act: &Act, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let shelf = match act {
            Act::Command(command) => looked_up(&self.programs, [command.program.as_str()], &mut found),
            Act::Statement(words) => looked_up(&self.statements, statement::first(words), &mut found),
            Act::Call(called) => looked_up(&self.calls, [anchor::last_name(&called.path)], &mut found),
            Act::Directive(directive) => looked_up(&self.verbs, [directive.verb.as_str()], &mut found),
            Act::Change(_) => return found,
            Act::Setting(setting) => {
                self.look_up_setting(setting, &mut found);
                &self.keys
            }
        };
        found.extend(&shelf.rest);
        self.look_up_keywords(text, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn look_up_setting(&self, setting: &Setting, found: &mut Vec<usize>) {
        for part in &setting.heading {
            self.headings.look_up(part, found);
        }
        found.extend(&self.headings.rest);
        for entry in &setting.entries {
            for key in anchor::anchors(&entry.path) {
                self.keys.look_up(&anchor::folded(key), found);
            }
        }
    }

    fn look_up_keywords(&self, text: &str, found: &mut Vec<usize>) {
        if self.keywords.is_empty() {
            return;
        }
        let text = text.to_ascii_lowercase();
        found.extend(self.keywords.iter().filter(|(keyword, _)| text.contains(keyword)).map(|(_, rule)| rule));
    }
}

fn looked_up<'a, 'b>(shelf: &'a Shelf<'a>, words: impl IntoIterator<Item = &'b str>, found: &mut Vec<usize>) -> &'a Shelf<'a> {
    for word in words {
        shelf.look_up(word, found);
    }
    shelf
}

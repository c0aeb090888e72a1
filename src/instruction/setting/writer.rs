//! Writes entries down under the path of keys that leads to them.

use crate::instruction::{Budget, Entry};

/// Bytes of one key, at most.
const MAX_KEY: usize = 200;
/// Keys in one path, at most.
pub(in crate::instruction) const MAX_DEPTH: usize = 64;

/// Entries being written down.
#[derive(Debug, Default)]
pub(in crate::instruction) struct Writer {
    path: String,
    entries: Vec<Entry>,
}

impl Writer {
    /// Goes down to `key`; returns the way back for [`Self::leave`].
    pub(in crate::instruction) fn enter(&mut self, key: &str) -> usize {
        let back = self.path.len();
        if back > 0 {
            self.path.push('.');
        }
        self.path.push_str(key.get(..key.floor_char_boundary(MAX_KEY)).unwrap_or(key));
        back
    }

    /// Goes back up.
    pub(in crate::instruction) fn leave(&mut self, back: usize) {
        self.path.truncate(back);
    }

    /// Writes `value` down at the path; nothing once the budget is spent.
    pub(in crate::instruction) fn value(&mut self, value: impl Into<String>, budget: &mut Budget) {
        let value = value.into();
        if budget.take(self.path.len() + value.len() + 1) {
            self.entries.push(Entry { path: self.path.clone(), value });
        }
    }

    /// Writes `value` down at `key` below the path.
    pub(in crate::instruction) fn entry(&mut self, key: &str, value: impl Into<String>, budget: &mut Budget) {
        let back = self.enter(key);
        self.value(value, budget);
        self.leave(back);
    }

    /// The entries.
    pub(in crate::instruction) fn finish(self) -> Vec<Entry> {
        self.entries
    }
}

//! Names in a row, and sets of them, used where they lie.

use super::{Filing, Starts, name_hash};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// Names in a row.
///
/// ```
/// use countersign::text::Names;
/// let names: Names<'_> = ["one", "two"].into_iter().collect();
/// assert_eq!((names.get(1), names.get(2)), ("two", ""));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    starts: Starts,
}

impl Names<'_> {
    /// The name at `at`; the empty one past the end.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        self.text.get(self.starts.span(at)).unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl<'b> FromIterator<&'b str> for Names<'_> {
    fn from_iter<T: IntoIterator<Item = &'b str>>(names: T) -> Self {
        let mut text = String::new();
        let starts = Starts::of(names.into_iter().map(|name| {
            text.push_str(name);
            name.len()
        }));
        Self { text: Cow::Owned(text), starts }
    }
}

/// A set of names of no case.
///
/// ```
/// use countersign::text::NameSet;
/// let set = NameSet::of(["chmod", "Chown"]);
/// assert!(set.has("CHMOD") && set.has("chown") && !set.has("chgrp"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameSet<'a> {
    #[serde(borrow)]
    filing: Filing<'a, 1>,
    #[serde(borrow)]
    names: Names<'a>,
}

impl NameSet<'_> {
    /// The set of `names`.
    pub fn of<'b>(names: impl IntoIterator<Item = &'b str>) -> Self {
        let lower: BTreeMap<String, u64> = names.into_iter().map(|name| (name.to_ascii_lowercase(), name_hash(name))).collect();
        let (filing, order) = Filing::of(&lower.values().copied().collect::<Vec<_>>());
        let names: Vec<&str> = lower.keys().map(String::as_str).collect();
        Self { filing, names: order.iter().filter_map(|at| names.get(*at).copied()).collect() }
    }

    /// Whether `name` is one of them, in any case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.filing.find(name_hash(name)).any(|place| self.names.get(place).eq_ignore_ascii_case(name))
    }

    /// All of them, lower-cased.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter()
    }
}

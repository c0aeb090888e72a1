//! Looking a value up through the files, and remembering which line of which file it came from.

use super::{
    error::line_of,
    file::{Author, AuthorRules, File, Setting},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, ops::Range};
use toml::Spanned;
use tsify::Tsify;

/// Which file a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum PolicyFile {
    /// The forum's own policy.
    Own,
    /// The default policy, which holds what the own one leaves out.
    Default,
}

/// A file and its text.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub which: PolicyFile,
    pub file: File,
    pub source: Cow<'static, str>,
}

/// A place in a policy: cheap to make, as every decision makes a handful and few are ever asked for them.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    layer: &'a Layer,
    category: Option<&'a str>,
    table: &'static str,
    key: &'static str,
    span: Range<usize>,
}

impl<'a> Layer {
    /// The entry of `key` in the top-level `table`.
    pub(super) fn entry<T>(&'a self, table: &'static str, key: &'static str, setting: &Spanned<T>) -> Entry<'a> {
        Entry { layer: self, category: None, table, key, span: setting.span() }
    }
}

impl Entry<'_> {
    /// The line it starts on, from 1.
    pub(super) fn line(&self) -> usize {
        line_of(&self.layer.source, self.span.start)
    }

    /// The file it stands in.
    pub(super) fn file(&self) -> PolicyFile {
        self.layer.which
    }

    /// The key with its tables, dotted.
    pub(super) fn key(&self) -> String {
        let category = self.category.map(|name| format!("categories.{name}"));
        let parts = category.iter().map(String::as_str).chain([self.table, self.key]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }

    /// What the file says there, its first line; nothing for a whole table.
    pub(super) fn value(&self) -> Option<String> {
        let text = self.layer.source.get(self.span.clone()).filter(|text| !text.starts_with("[["))?;
        let mut lines = text.lines();
        let first = lines.next()?;
        Some(if lines.next().is_some() { format!("{first} …") } else { first.to_owned() })
    }
}

/// The tables one kind of author's values are looked up in: the category's, the forum's, the default.
pub(super) struct Layers<'a> {
    tables: Vec<(Entry<'a>, &'a AuthorRules)>,
}

impl<'a> Layers<'a> {
    /// The tables of `author` in `category`.
    pub(super) fn of(author: Author, category: Option<&str>, own: &'a Layer, defaults: &'a Layer) -> Self {
        let table = |layer: &'a Layer, category: Option<&'a str>, rules: &'a AuthorRules| {
            (Entry { layer, category, table: author.table(), key: "", span: 0..0 }, rules)
        };
        let category = category.and_then(|name| own.file.categories.get_key_value(name));
        let override_of = category.map(|(name, rules)| table(own, Some(name), rules.author(author)));
        let rest = [own, defaults].map(|layer| table(layer, None, layer.file.author(author)));
        Self { tables: override_of.into_iter().chain(rest).collect() }
    }

    /// The first table's value of `key`, and where it stands.
    pub(super) fn find<T: Copy>(&self, key: &'static str, value: impl Fn(&AuthorRules) -> &Setting<T>) -> Option<(T, Entry<'a>)> {
        self.tables.iter().find_map(|(table, rules)| {
            let setting = value(rules).as_ref()?;
            Some((*setting.get_ref(), Entry { key, span: setting.span(), ..table.clone() }))
        })
    }
}

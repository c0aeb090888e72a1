//! Looks characters up in the tables of `rules/text/`.
//!
//! The tables are only unpacked when a text holds something beyond ASCII, so that most posts never pay for them.

use super::format::Table;
use std::{collections::BTreeMap, sync::OnceLock};

/// The tables, sorted for look-up.
#[derive(Debug, Default)]
pub(super) struct Characters {
    invisible: Vec<(char, char)>,
    always: Vec<(char, char)>,
    look_alike: Vec<(char, char)>,
}

impl Characters {
    /// The tables that ship with the crate.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Characters> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let packed = include_bytes!(concat!(env!("OUT_DIR"), "/text.bin"));
            Self::from_tables(postcard::from_bytes::<Vec<(String, Table)>>(packed).unwrap_or_default())
        })
    }

    fn from_tables(tables: Vec<(String, Table)>) -> Self {
        let mut characters = Self::default();
        for (_, table) in tables {
            characters.invisible.extend(table.invisible);
            characters.always.extend(pairs(&table.always));
            characters.look_alike.extend(pairs(&table.look_alike));
        }
        characters.invisible.sort_unstable();
        characters.always.sort_unstable();
        characters.look_alike.sort_unstable();
        characters
    }

    /// Whether `c` is shown as nothing.
    pub(super) fn is_invisible(&self, c: char) -> bool {
        let after = self.invisible.partition_point(|(first, _)| *first <= c);
        self.invisible.get(after.wrapping_sub(1)).is_some_and(|(_, last)| c <= *last)
    }

    /// The ASCII character `c` is always read as.
    pub(super) fn always(&self, c: char) -> Option<char> {
        find(&self.always, c)
    }

    /// The ASCII letter or digit `c` looks like.
    pub(super) fn look_alike(&self, c: char) -> Option<char> {
        find(&self.look_alike, c)
    }
}

fn pairs(map: &BTreeMap<char, String>) -> impl Iterator<Item = (char, char)> {
    map.iter().flat_map(|(ascii, others)| others.chars().map(|other| (other, *ascii)))
}

fn find(pairs: &[(char, char)], c: char) -> Option<char> {
    let at = pairs.binary_search_by_key(&c, |(from, _)| *from).ok()?;
    pairs.get(at).map(|(_, to)| *to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_packed() {
        let characters = Characters::shipped();
        assert!(characters.is_invisible('\u{200B}') && characters.is_invisible('\u{E0063}') && !characters.is_invisible('a'));
        assert_eq!(characters.always('’'), Some('\''));
        assert_eq!(characters.look_alike('ο'), Some('o'));
        assert_eq!(characters.look_alike('я'), None);
    }

    #[test]
    fn every_character_stands_for_one_ascii_character() {
        let characters = Characters::shipped();
        for list in [&characters.always, &characters.look_alike] {
            assert!(list.iter().all(|(from, to)| to.is_ascii() && !from.is_ascii()));
            assert!(list.windows(2).all(|pair| pair[0].0 != pair[1].0), "a character stands twice");
        }
        assert!(characters.look_alike.iter().all(|(_, to)| to.is_ascii_alphanumeric()));
    }
}

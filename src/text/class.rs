//! What a word may begin: one look for all who look for phrases.
//!
//! Every room looks for its own phrases in the same words, and most words begin none of them. The build script gathers the
//! first words of all their phrases into one table, so that a word that nobody asks for costs one look.

/// Whose phrases a word may begin, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Class(u16);

impl Class {
    /// Phrases of the language tables that tell.
    pub const TELLS: Self = Self(1);
    /// What is told about.
    pub const THING: Self = Self(1 << 1);
    /// What frames a whole document.
    pub const FRAME: Self = Self(1 << 2);
    /// Names of programs.
    pub const PROGRAM: Self = Self(1 << 3);
    /// First words of statements.
    pub const STATEMENT: Self = Self(1 << 4);
    /// What spells something out.
    pub const SPOKEN: Self = Self(1 << 5);
    /// What announces an encoding.
    pub const HINT: Self = Self(1 << 6);
    /// Signs of an origin, and names of agents.
    pub const SIGN: Self = Self(1 << 7);
    /// What turns such a sign.
    pub const TURN: Self = Self(1 << 8);
    /// What does something to a request.
    pub const CUE: Self = Self(1 << 9);
    /// What sells something.
    pub const ADVERT: Self = Self(1 << 10);
    /// Words that a request is built of.
    pub const BUILT: Self = Self(1 << 11);
    /// Words that a disclosure is built of.
    pub const DISCLOSED: Self = Self(1 << 12);
    /// What a form names before its colons.
    pub const GIVES: Self = Self(1 << 13);
    /// Phrases that the table does not know: any word may begin one.
    pub const ANY: Self = Self(u16::MAX);

    /// Entries of the table: enough that few words share one.
    pub const TABLE: usize = 1 << 16;

    /// Whether a word that may begin `self` may begin a phrase of `class`.
    #[must_use]
    pub fn meets(self, class: Self) -> bool {
        self.0 & class.0 != 0 || class == Self::ANY
    }

    /// The classes of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The table's entry for words with `hash`.
    pub fn entry(hash: u32) -> usize {
        (hash ^ (hash >> 16)) as usize & (Self::TABLE - 1)
    }

    /// The classes in two bytes of the table.
    pub fn of_bytes(bytes: [u8; 2]) -> Self {
        Self(u16::from_le_bytes(bytes))
    }

    /// The table's bytes, from first words of phrases and their classes.
    #[allow(dead_code)] // the build script writes the table
    pub fn table(words: impl IntoIterator<Item = (Self, u32)>) -> Vec<u8> {
        let mut table = vec![Self::default(); Self::TABLE];
        for (class, hash) in words {
            if let Some(entry) = table.get_mut(Self::entry(hash)) {
                *entry = entry.and(class);
            }
        }
        table.into_iter().flat_map(|class| class.0.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn unknown_phrases_may_begin_anywhere() {
        assert!(Class::default().meets(Class::ANY) && !Class::default().meets(Class::CUE));
        assert!(Class::CUE.and(Class::HINT).meets(Class::CUE));
    }
}

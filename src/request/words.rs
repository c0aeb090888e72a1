//! The words of every language, used where they lie.

use super::lexicon::Lexicon;
use std::sync::LazyLock;

/// The shipped words.
pub(super) static LEXICON: LazyLock<Lexicon<'static>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/request.bin"))).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::{super::format::Cue, *};

    #[test]
    fn words_are_shipped_and_lower_case() {
        let found = LEXICON.cues.find("never mind");
        assert_eq!(found.first().map(|hit| hit.key), Some(Cue::Withdraws));
        assert!(LEXICON.greetings.iter().chain(&LEXICON.binds).all(|word| *word == word.to_lowercase()));
    }
}

//! Text that remembers where it came from.
//!
//! A moderator must see the characters the author wrote, while the readers need them cleaned of disguise. So every
//! transformation, from dropping a quote marker to decoding base64, keeps a map back to the bytes of the original field.

mod begun;
mod characters;
mod class;
mod clean;
mod column;
mod filing;
mod format;
mod forms;
mod grammar;
mod look_alike;
mod mapped;
mod names;
mod phrases;
mod quotations;
mod words;

pub use class::Class;
pub use column::{Column, Starts};
pub use filing::{Filing, name_hash};
pub use forms::Forms;
pub use grammar::Grammar;
pub use mapped::Text;
pub use names::{NameSet, Names};
pub use phrases::{Hit, Phrases, choices, is_unspaced};
pub use quotations::quotations;
use std::borrow::Cow;
pub use words::{Sieve, Token, Words};

/// `text` as a reader sees it, cleaned of disguise: NFKC, nothing invisible, look-alike letters, typographic quotes,
/// dashes and blanks as ASCII, overridden direction undone. Writing in other scripts survives.
///
/// Text in plain ASCII is borrowed. What hides in invisible characters is not part of the answer: see [`hidden`].
///
/// ```
/// use countersign::text::{Text, normalise};
/// let original = "ｃhm\u{200B}οd 777";
/// let text = Text::verbatim(original);
/// let clean = normalise(&text);
/// assert_eq!(clean.as_str(), "chmod 777");
/// assert_eq!(&original[clean.source(0..5)], "ｃhm\u{200B}οd");
/// ```
#[must_use]
pub fn normalise(text: &Text) -> Cow<'_, Text> {
    if clean::is_all_plain(text.as_str()) {
        return Cow::Borrowed(text);
    }
    match clean::clean(text) {
        clean if clean.as_str().is_ascii() => clean,
        Cow::Borrowed(text) => look_alike::fold(text),
        Cow::Owned(text) => Cow::Owned(look_alike::fold(&text).into_owned()),
    }
}

/// What `text` spells in Unicode tag characters, which no reader sees and language models read as ASCII.
///
/// The tags of flags are left out. Source: Unicode Standard 23.9, UTS 51 (emoji tag sequences).
///
/// ```
/// use countersign::text::{Text, hidden};
/// let text = Text::verbatim("hi\u{E0069}\u{E0064}");
/// assert_eq!(hidden(&text).map(|hidden| hidden.as_str().to_owned()), Some("id".to_owned()));
/// ```
#[must_use]
pub fn hidden(text: &Text) -> Option<Text> {
    const FLAG: char = '\u{1F3F4}';
    let mut found = Text::default();
    let mut flag = false;
    for (at, c) in text.as_str().char_indices() {
        let tag = u8::try_from(u32::from(c).wrapping_sub(0xE0000)).ok().filter(|byte| (b' '..=b'~').contains(byte));
        match tag {
            Some(byte) if !flag => {
                found.replace(char::from(byte).encode_utf8(&mut [0; 4]), text.source(at..at + c.len_utf8()));
            }
            Some(_) => {}
            None => flag = c == FLAG,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether `text` holds characters that were lost on the way: U+FFFD or NUL. What they were cannot be judged.
///
/// ```
/// assert!(countersign::text::is_unreadable("chm\u{FFFD}d") && !countersign::text::is_unreadable("chmod"));
/// ```
#[must_use]
pub fn is_unreadable(text: &str) -> bool {
    /// The byte that U+FFFD begins with, and few other characters.
    const LOST: u8 = 0xEF;
    memchr::memchr2(0, LOST, text.as_bytes()).is_some() && text.contains(['\0', '\u{FFFD}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(normalise(&Text::verbatim("chmod 777\n\tx")), Cow::Borrowed(_)));
    }

    #[test]
    fn flags_hide_nothing() {
        assert_eq!(hidden(&Text::verbatim("🏴\u{E0067}\u{E0062}\u{E007F} ok")), None);
    }

    proptest! {
        #[test]
        fn any_text_is_normalised_within_its_source(original in any::<String>(), from in 0usize..64, length in 0usize..64) {
            let text = Text::verbatim(&original);
            let clean = normalise(&text);
            let again = Text::verbatim(clean.as_str());
            let twice = normalise(&again);
            let characters = |text: &str| text.chars().filter(|c| matches!(c, '\u{200B}' | '\u{AD}' | '\r')).count();
            prop_assert_eq!(characters(twice.as_str()), 0);
            if clean.as_str().get(from..from + length).is_some() {
                prop_assert!(original.get(clean.source(from..from + length)).is_some());
            }
        }

        #[test]
        fn disguised_text_is_normalised_within_its_source(original in "[a-c\u{300}-\u{303}\u{200B}-\u{202E}сһо“–— \u{FE0F}\u{E0063}\n\r]{0,40}") {
            let text = Text::verbatim(&original);
            let clean = normalise(&text);
            for (at, c) in clean.as_str().char_indices() {
                prop_assert!(original.get(clean.source(at..at + c.len_utf8())).is_some_and(|source| !source.is_empty()));
            }
        }
    }
}

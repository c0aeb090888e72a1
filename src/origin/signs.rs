//! The shipped signs, used where they lie.

use super::catalogue::Catalogue;
use std::sync::LazyLock;

/// The shipped catalogue.
pub(super) static CATALOGUE: LazyLock<Catalogue<'static>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/origin.bin"))).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::{super::catalogue::Key, *};

    #[test]
    fn signs_are_shipped_and_sound() {
        assert!(CATALOGUE.signs.len() > 10 && CATALOGUE.phrases.find("ChatGPT").iter().any(|hit| hit.key == Key::Product));
        for sign in &CATALOGUE.signs {
            assert!(sign.signal.contains('/') && !sign.detail.is_empty() && sign.weight > 0, "{}", sign.signal);
        }
    }
}

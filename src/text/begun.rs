//! The table of what words may begin, as the build script wrote it.

use super::Class;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/classes.bin"));

/// What a word with `hash` may begin; it may seem to begin what it does not, never the other way round.
pub(super) fn by(hash: u32) -> Class {
    let (entries, _) = TABLE.as_chunks::<2>();
    entries.get(Class::entry(hash)).map_or(Class::ANY, |bytes| Class::of_bytes(*bytes))
}

//! How the text stands to an instruction: the words around it decide whether a reader is meant to carry it out.

use super::{Read, Stance};
use crate::markdown::Document;

/// Judges how `document` stands to what was read in the block at `index`.
pub(crate) fn judge(_document: &Document, _index: usize, _read: &Read) -> Stance {
    Stance::Advises
}

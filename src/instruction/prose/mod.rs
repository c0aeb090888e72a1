//! Reads what is said to a person: verb, object, recipient.

use super::{Budget, Read};
use crate::markdown::Block;

/// Reads the prose of `block`; ranges are bytes of its content.
pub(crate) fn read(_block: &Block, _budget: &mut Budget) -> Vec<Read> {
    Vec::new()
}

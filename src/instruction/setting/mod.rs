//! Reads configuration as paths and values.

use super::{Budget, Read};

/// Reads `code`; ranges are bytes of it.
pub(crate) fn read(_code: &str, _language: &str, _budget: &mut Budget) -> Vec<Read> {
    Vec::new()
}

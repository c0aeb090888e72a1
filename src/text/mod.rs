//! Text that remembers where it came from.
//!
//! A moderator must see the characters the author wrote, while the readers need them cleaned of disguise. So every
//! transformation, from dropping a quote marker to decoding base64, keeps a map back to the bytes of the original field.

mod mapped;
mod phrases;

pub use mapped::Text;
pub use phrases::{Hit, Phrases, is_unspaced};

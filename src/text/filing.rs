//! Finds things by a hash, in tables used where they lie.

use super::{Column, Starts};
use serde::{Deserialize, Serialize};

/// What finds things by a hash: shelves of things, each with a few more bits of its hash.
///
/// ```
/// use countersign::text::Filing;
/// let (filing, order): (Filing<'_, 1>, _) = Filing::of(&[7 << 20, 3 << 20]);
/// assert_eq!(filing.find(3 << 20).map(|place| order[place]).collect::<Vec<_>>(), [1]);
/// assert_eq!(filing.find(4 << 20).count(), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing<'a, const WIDTH: usize> {
    /// The things of each shelf; shelves are a power of two.
    shelves: Starts,
    /// More bits of the hash of each thing.
    #[serde(borrow)]
    tags: Column<'a, WIDTH>,
}

impl<const WIDTH: usize> Filing<'_, WIDTH> {
    /// The bits of a hash below those that are kept with each thing; shelves are told apart by these.
    const LOW: u32 = 20;

    /// The filing of things with these `hashes`, at most 65,535, and the order in which they stand in it.
    #[must_use]
    pub fn of(hashes: &[u64]) -> (Self, Vec<usize>) {
        let count = (hashes.len() / 2).next_power_of_two();
        let mut order: Vec<(usize, usize, usize)> =
            hashes.iter().enumerate().map(|(at, hash)| (shelf(*hash, count), Self::tag(*hash), at)).collect();
        order.sort_unstable();
        let mut lengths = vec![0; count];
        for (shelf, ..) in &order {
            if let Some(length) = lengths.get_mut(*shelf) {
                *length += 1;
            }
        }
        let tags = order.iter().map(|(_, tag, _)| *tag).collect();
        (Self { shelves: Starts::of(lengths), tags }, order.into_iter().map(|(.., at)| at).collect())
    }

    /// The places of the things that may have this `hash`.
    pub fn find(&self, hash: u64) -> impl Iterator<Item = usize> + '_ {
        let tag = Self::tag(hash);
        self.shelves.span(shelf(hash, self.shelves.len())).filter(move |place| self.tags.get(*place) == Some(tag))
    }

    /// How many things there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    fn tag(hash: u64) -> usize {
        let high = usize::try_from((hash >> Self::LOW) & u64::from(u32::MAX)).unwrap_or_default();
        high & (1_usize << (u8::BITS * WIDTH as u32)).wrapping_sub(1)
    }
}

fn shelf(hash: u64, shelves: usize) -> usize {
    (hash & u64::from(u32::MAX)) as usize & shelves.wrapping_sub(1)
}

/// A hash of `text`, whatever the case of its ASCII letters: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
///
/// ```
/// use countersign::text::name_hash;
/// assert_eq!(name_hash("ChMod"), name_hash("chmod"));
/// ```
#[must_use]
pub fn name_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3))
}

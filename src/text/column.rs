//! Numbers and names in a row, used where they lie in the bytes of the crate.
//!
//! Tables that are built at first use cost a start-up what they hold. These are built by the build script and only looked
//! into, so that starting costs next to nothing; what is built while running is of the same shape.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, ops::Range};

/// Numbers, each in `WIDTH` bytes, the lowest first.
///
/// ```
/// use countersign::text::Column;
/// let column: Column<'_, 2> = [3, 0xffff, 7].into_iter().collect();
/// assert_eq!((column.get(1), column.get(3), column.len()), (Some(0xffff), None, 3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Column<'a, const WIDTH: usize>(#[serde(borrow)] Cow<'a, [u8]>);

impl<const WIDTH: usize> Column<'_, WIDTH> {
    /// The number at `at`.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<usize> {
        let start = at.wrapping_mul(WIDTH);
        let bytes = self.0.get(start..start.wrapping_add(WIDTH))?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << u8::BITS | usize::from(*byte)))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len().checked_div(WIDTH).unwrap_or(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Numbers too large for the width lose their high bytes.
impl<const WIDTH: usize> FromIterator<usize> for Column<'_, WIDTH> {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Self {
        Self(Cow::Owned(numbers.into_iter().flat_map(|number| number.to_le_bytes().into_iter().take(WIDTH)).collect()))
    }
}

/// Where each of several things begins, and where the last one ends; kept as the lengths of the things, which are shorter.
///
/// ```
/// use countersign::text::Starts;
/// let starts = Starts::of([2, 0, 700]);
/// assert_eq!((starts.span(0), starts.span(2), starts.span(3), starts.len()), (0..2, 2..702, 0..0, 3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Column<'_, 1>", into = "Column<'_, 1>")]
pub struct Starts(Vec<u32>);

impl Starts {
    /// The byte that says that a length goes on with the next one.
    const MORE: usize = 0xff;

    /// Where things of these lengths begin.
    pub fn of(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut end = 0_u32;
        let ends = lengths.into_iter().map(|length| {
            end = end.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
            end
        });
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// From where to where the thing at `at` goes; nowhere past the last.
    #[must_use]
    pub fn span(&self, at: usize) -> Range<usize> {
        match self.0.get(at..).unwrap_or_default() {
            [start, end, ..] => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// How many things there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Column<'_, 1>> for Starts {
    fn from(lengths: Column<'_, 1>) -> Self {
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        starts.push(0);
        let mut end = 0_u32;
        for byte in lengths.0.iter() {
            end = end.saturating_add(u32::from(*byte));
            if usize::from(*byte) != Self::MORE {
                starts.push(end);
            }
        }
        Self(starts)
    }
}

impl From<Starts> for Column<'_, 1> {
    fn from(starts: Starts) -> Self {
        let lengths = (0..starts.len()).map(|at| starts.span(at).len());
        lengths.flat_map(|length| std::iter::repeat_n(Starts::MORE, length / Starts::MORE).chain([length % Starts::MORE])).collect()
    }
}

/// Names in a row.
///
/// ```
/// use countersign::text::Names;
/// let names: Names<'_> = ["one", "two"].into_iter().collect();
/// assert_eq!((names.get(1), names.get(2)), ("two", ""));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    starts: Starts,
}

impl Names<'_> {
    /// The name at `at`; the empty one past the end.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        self.text.get(self.starts.span(at)).unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl<'b> FromIterator<&'b str> for Names<'_> {
    fn from_iter<T: IntoIterator<Item = &'b str>>(names: T) -> Self {
        let mut text = String::new();
        let starts = Starts::of(names.into_iter().map(|name| {
            text.push_str(name);
            name.len()
        }));
        Self { text: Cow::Owned(text), starts }
    }
}

/// What finds things by a hash: shelves of things, each with a few more bits of its hash.
///
/// ```
/// use countersign::text::Filing;
/// let (filing, order): (Filing<'_, 1>, _) = Filing::of(&[7 << 30, 3]);
/// assert_eq!(filing.find(3).map(|place| order[place]).collect::<Vec<_>>(), [1]);
/// assert_eq!(filing.find(4).count(), 0);
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

//! Numbers in a row, used where they lie in the bytes of the crate.
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

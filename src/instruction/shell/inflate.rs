//! Undoes deflate, as gzip and zlib wrap it, so that a script compressed to hide it is read all the same.
//!
//! The plain algorithm of RFC 1951 and no more: a few hundred bytes of script need no speed, and a cap ends what is a bomb.

/// Bytes, at most, that are unpacked.
const MAX_BYTES: usize = 64 * 1024;
/// Bits, at most, of one code.
const MAX_BITS: usize = 15;

/// Base values and extra bits of lengths and distances. Source: RFC 1951, 3.2.5.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];
/// The order in which the lengths of the code length codes stand. Source: RFC 1951, 3.2.7.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// What `packed` holds, whether gzip, zlib or deflate; nothing when it is none of them.
pub(super) fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let start = match packed {
        [0x1f, 0x8b, 8, flags, ..] => gzip_header(packed, *flags)?,
        [first, second, ..] if first & 15 == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0 => 2,
        _ => 0,
    };
    let mut reader = Bits { bytes: packed.get(start..)?, at: 0 };
    let mut made = Vec::new();
    loop {
        let last = reader.take(1)? == 1;
        match reader.take(2)? {
            0 => stored(&mut reader, &mut made)?,
            1 => {
                let lengths: Vec<u8> = (0..288).map(fixed).collect();
                block(&mut reader, &Code::new(&lengths), &Code::new(&[5; 30]), &mut made)?;
            }
            2 => {
                let (literals, distances) = codes(&mut reader)?;
                block(&mut reader, &literals, &distances, &mut made)?;
            }
            _ => return None,
        }
        if last {
            return Some(made);
        }
    }
}

/// The length of gzip's header.
fn gzip_header(packed: &[u8], flags: u8) -> Option<usize> {
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(*packed.get(at)?) + (usize::from(*packed.get(at + 1)?) << 8);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += packed.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    Some(at + if flags & 2 == 0 { 0 } else { 2 })
}

/// The length of a symbol's code in a block with the fixed codes.
fn fixed(symbol: u16) -> u8 {
    match symbol {
        144..=255 => 9,
        256..=279 => 7,
        _ => 8,
    }
}

struct Bits<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: u8) -> Option<u16> {
        let mut value = 0;
        for place in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value |= u16::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(value)
    }
}

/// A canonical Huffman code.
struct Code {
    /// How many codes there are of each length.
    counts: [u16; MAX_BITS + 1],
    /// The symbols in order of their codes.
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0; MAX_BITS + 1];
        let mut symbols = Vec::with_capacity(lengths.len());
        for (bits, count) in counts.iter_mut().enumerate().skip(1) {
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, length)| usize::from(**length) == bits) {
                *count += 1;
                symbols.extend(u16::try_from(symbol));
            }
        }
        Self { counts, symbols }
    }

    fn read(&self, reader: &mut Bits<'_>) -> Option<u16> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in self.counts.iter().skip(1) {
            code |= u32::from(reader.take(1)?);
            let count = u32::from(*count);
            if code < first + count {
                return self.symbols.get(usize::try_from(index + code - first).ok()?).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

fn stored(reader: &mut Bits<'_>, made: &mut Vec<u8>) -> Option<()> {
    let start = reader.at.div_ceil(8);
    let length = usize::from(*reader.bytes.get(start)?) + (usize::from(*reader.bytes.get(start + 1)?) << 8);
    let bytes = reader.bytes.get(start + 4..start + 4 + length).filter(|_| made.len() + length <= MAX_BYTES)?;
    made.extend_from_slice(bytes);
    reader.at = (start + 4 + length) * 8;
    Some(())
}

/// The codes that a block brings along.
fn codes(reader: &mut Bits<'_>) -> Option<(Code, Code)> {
    let literals = usize::from(reader.take(5)?) + 257;
    let distances = usize::from(reader.take(5)?) + 1;
    let count = usize::from(reader.take(4)?) + 4;
    let mut lengths = [0; 19];
    for place in ORDER.iter().take(count) {
        *lengths.get_mut(*place)? = u8::try_from(reader.take(3)?).ok()?;
    }
    let code = Code::new(&lengths);
    let mut lengths: Vec<u8> = Vec::with_capacity(literals + distances);
    while lengths.len() < literals + distances {
        let (value, times) = match code.read(reader)? {
            16 => (*lengths.last()?, 3 + reader.take(2)?),
            17 => (0, 3 + reader.take(3)?),
            18 => (0, 11 + reader.take(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        lengths.extend(std::iter::repeat_n(value, usize::from(times)));
    }
    let (literals, distances) = lengths.split_at_checked(literals)?;
    Some((Code::new(literals), Code::new(distances)))
}

fn block(reader: &mut Bits<'_>, literals: &Code, distances: &Code, made: &mut Vec<u8>) -> Option<()> {
    loop {
        match literals.read(reader)? {
            256 => return Some(()),
            symbol @ 0..=255 => made.push(u8::try_from(symbol).ok()?),
            symbol => {
                let (base, extra) = LENGTHS.get(usize::from(symbol) - 257)?;
                let length = base + reader.take(*extra)?;
                let (base, extra) = DISTANCES.get(usize::from(distances.read(reader)?))?;
                let distance = usize::from(base + reader.take(*extra)?);
                let start = made.len().checked_sub(distance)?;
                for at in start..start + usize::from(length) {
                    made.push(*made.get(at)?);
                }
            }
        }
        if made.len() > MAX_BYTES {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gzip_zlib_and_deflate_are_unpacked() {
        let deflated = [0x4b, 0xcf, 0x4f, 0x07, 0x00];
        assert_eq!(inflate(&deflated), Some(b"gog".to_vec()));
        assert_eq!(inflate(&[0x78, 0x9c, 0x4b, 0xcf, 0x4f, 0x07, 0x00]), Some(b"gog".to_vec()));
        let mut wrapped = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, b'x', 0];
        wrapped.extend(deflated);
        assert_eq!(inflate(&wrapped), Some(b"gog".to_vec()));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(inflate(&bytes).is_none_or(|made| made.len() <= MAX_BYTES + 258));
        }
    }
}

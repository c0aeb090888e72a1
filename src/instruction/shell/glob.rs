//! Resolves a program name written as a file pattern: `/bin/ch[o]wn`.

use super::facts::facts;

/// Bytes, at most, of a pattern worth resolving.
const MAX_BYTES: usize = 48;

/// The first program the reader knows whose name `pattern` fits.
pub(super) fn program(pattern: &str) -> Option<String> {
    let letters = pattern.bytes().filter(u8::is_ascii_alphabetic).count();
    if pattern.len() > MAX_BYTES || letters < MIN_LETTERS {
        return None;
    }
    let parts: Vec<Part<'_>> = parts(pattern)?;
    facts().programs.keys().find(|name| fits(&parts, name.as_bytes())).map(|name| (*name).to_owned())
}

/// Letters, at least, that a pattern worth resolving has.
const MIN_LETTERS: usize = 3;

enum Part<'p> {
    Byte(u8),
    Any,
    Rest,
    Set(&'p str),
}

fn parts(pattern: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(byte) = rest.bytes().next() {
        let length = match byte {
            b'[' => {
                let close = rest.find(']')?;
                parts.push(Part::Set(rest.get(1..close)?));
                close + 1
            }
            b'?' => {
                parts.push(Part::Any);
                1
            }
            b'*' => {
                parts.push(Part::Rest);
                1
            }
            _ => {
                parts.push(Part::Byte(byte));
                1
            }
        };
        rest = rest.get(length..)?;
    }
    Some(parts)
}

/// Whether `name` fits, by keeping the set of positions reached: linear in pattern times name.
fn fits(parts: &[Part<'_>], name: &[u8]) -> bool {
    let mut reached: Vec<bool> = vec![true];
    reached.resize(name.len() + 1, false);
    for part in parts {
        let mut next = vec![false; name.len() + 1];
        let mut any = false;
        for (index, slot) in next.iter_mut().enumerate() {
            let before = index.checked_sub(1).and_then(|before| Some((*reached.get(before)?, *name.get(before)?)));
            let here = reached.get(index).copied().unwrap_or(false);
            any |= here;
            *slot = match part {
                Part::Rest => any,
                Part::Any => before.is_some_and(|(was, _)| was),
                Part::Byte(byte) => before.is_some_and(|(was, at)| was && at == *byte),
                Part::Set(set) => before.is_some_and(|(was, at)| was && in_set(set, at)),
            };
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn in_set(set: &str, byte: u8) -> bool {
    let (negated, set) = set.strip_prefix(['!', '^']).map_or((false, set), |set| (true, set));
    let bytes = set.as_bytes();
    let listed =
        bytes.contains(&byte) || bytes.windows(3).any(|range| matches!(range, [first, b'-', last] if (*first..=*last).contains(&byte)));
    listed != negated
}

//! Brace expansion, on the text of a word: `{ch,}mod` is `chmod` and `mod`.

use crate::instruction::Budget;

/// Words, at most, that the braces of one word may make.
const MAX_WORDS: usize = 64;

/// How deep braces may stand in braces.
const MAX_DEPTH: usize = 4;

/// The length of the word that `rest` begins with and what its braces expand to; nothing when they expand to nothing else.
pub(super) fn expand(rest: &str, budget: &mut Budget) -> Option<(usize, Vec<String>)> {
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b'&' | b'<' | b'>' | b'(' | b')');
    if !rest.bytes().take_while(|byte| !ends(byte)).any(|byte| byte == b'{') {
        return None;
    }
    let length = word_length(rest);
    budget.take(length);
    let word = rest.get(..length)?;
    if !word.contains('{') {
        return None;
    }
    let words = alternatives(word, 0);
    (words.len() != 1 || words.first().is_some_and(|only| only != word)).then_some((length, words))
}

fn word_length(rest: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (index, byte) in rest.bytes().enumerate() {
        match (byte, quote) {
            _ if escaped => escaped = false,
            (b'\\', None | Some(b'"')) => escaped = true,
            (b'\'' | b'"', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            (b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b'&' | b'<' | b'>' | b'(' | b')', None) => return index,
            _ => {}
        }
    }
    rest.len()
}

fn alternatives(word: &str, depth: usize) -> Vec<String> {
    let Some((open, commas, close)) = first_group(word).filter(|_| depth < MAX_DEPTH) else { return vec![word.to_owned()] };
    let prefix = word.get(..open).unwrap_or_default();
    let suffixes = alternatives(word.get(close + 1..).unwrap_or_default(), depth + 1);
    let mut words = Vec::new();
    let mut from = open + 1;
    for end in commas.into_iter().chain([close]) {
        for middle in alternatives(word.get(from..end).unwrap_or_default(), depth + 1) {
            for suffix in &suffixes {
                if words.len() < MAX_WORDS {
                    words.push(format!("{prefix}{middle}{suffix}"));
                }
            }
        }
        from = end + 1;
    }
    words
}

/// The first unquoted `{…,…}`: where it opens, its commas, where it closes.
fn first_group(word: &str) -> Option<(usize, Vec<usize>, usize)> {
    let mut stack: Vec<(usize, Vec<usize>, bool)> = Vec::new();
    let mut quote = None;
    let mut previous = b' ';
    for (index, byte) in word.bytes().enumerate() {
        let escaped = previous == b'\\' && quote != Some(b'\'');
        let dollar = previous == b'$';
        previous = if escaped { b' ' } else { byte };
        match (byte, quote) {
            _ if escaped => {}
            (b'\'' | b'"', None) => quote = Some(byte),
            (_, Some(open)) => quote = quote.filter(|_| open != byte),
            (b'{', None) => stack.push((index, Vec::new(), dollar)),
            (b',', None) => {
                if let Some((_, commas, _)) = stack.last_mut() {
                    commas.push(index);
                }
            }
            (b'}', None) => match stack.pop() {
                Some((open, commas, false)) if !commas.is_empty() && stack.iter().all(|outer| outer.1.is_empty()) => {
                    return Some((open, commas, index));
                }
                _ => {}
            },
            _ => {}
        }
    }
    None
}

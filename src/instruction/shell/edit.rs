//! What `sed` and `cut` make of a text, as far as simple patterns tell.

use super::{pattern::Pattern, script::Token};

/// Pieces of a script, at most.
const MAX_EDITS: usize = 32;

/// What the `sed` script among `words` makes of `text`; nothing when it does more than replace one text by another.
pub(super) fn edit(text: &str, words: &[Token]) -> Option<String> {
    let scripts = words.iter().skip(1).map(|token| token.word.text.as_str()).filter(|word| !word.starts_with('-'));
    let mut made = text.to_owned();
    for script in scripts {
        let mut rest = script.trim_start_matches([';', ' ']);
        for _ in 0..MAX_EDITS {
            if rest.is_empty() {
                break;
            }
            rest = step(rest, &mut made)?.trim_start_matches([';', ' ', '\n']);
        }
    }
    Some(made)
}

/// Carries the first edit of `script` out; the rest of the script.
fn step<'s>(script: &'s str, text: &mut String) -> Option<&'s str> {
    let mut characters = script.chars();
    let (verb, mark) = (characters.next()?, characters.next()?);
    let source = characters.as_str();
    let (from, rest) = part(source, mark)?;
    let raw = source.get(..source.len() - rest.len() - mark.len_utf8())?;
    let (to, rest) = part(rest, mark)?;
    let flags = rest.find([';', ' ', '\n', '}']).unwrap_or(rest.len());
    let (flags, rest) = rest.split_at_checked(flags)?;
    let swapped = |c: char| from.chars().position(|known| known == c).and_then(|at| to.chars().nth(at)).unwrap_or(c);
    *text = match verb {
        's' if to.contains(['&', '\\']) => return None,
        's' => Pattern::regex(raw)?.replace(text, &to, flags.contains('g')),
        'y' if from.len() <= 256 => text.chars().map(swapped).collect(),
        _ => return None,
    };
    (text.len() <= 16 * 1024).then_some(rest)
}

/// The text up to an unescaped `mark`, and what follows it.
fn part(text: &str, mark: char) -> Option<(String, &str)> {
    let mut read = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => read.push(characters.next()?),
            c if c == mark => return Some((read, characters.as_str())),
            c => read.push(c),
        }
    }
    None
}

/// What `cut` keeps of each line of `text`.
pub(super) fn cut(text: &str, words: &[Token]) -> Option<String> {
    let option = |name: &str| {
        words.iter().enumerate().find_map(|(at, token)| {
            let value = token.word.text.strip_prefix(name)?;
            if value.is_empty() { words.get(at + 1).map(|next| next.word.text.as_str()) } else { Some(value) }
        })
    };
    let lines = text.lines().map(|line| match (option("-c").or_else(|| option("-b")), option("-f")) {
        (Some(range), _) => {
            let (first, last) = bounds(range)?;
            Some(line.chars().skip(first).take(last - first).collect::<String>())
        }
        (None, Some(range)) => {
            let mark = option("-d").and_then(|mark| mark.chars().next()).unwrap_or('\t');
            let (first, last) = bounds(range)?;
            Some(line.split(mark).skip(first).take(last - first).collect::<Vec<_>>().join(&mark.to_string()))
        }
        _ => None,
    });
    lines.collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
}

/// `2-4` as the positions 1 to 4, counted from nought, the last not included.
fn bounds(range: &str) -> Option<(usize, usize)> {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let first: usize = if first.is_empty() { 1 } else { first.parse().ok()? };
    let last: usize = if last.is_empty() { 4096 } else { last.parse().ok()? };
    (first >= 1 && last >= first).then_some((first - 1, last))
}

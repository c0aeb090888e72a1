//! Filters that only move lines and letters about: `tac`, `fold -w1`, `grep -o .`, `paste -s`, `head -c`, `tail -c +3`.

use super::script::Token;

/// Each line after the one below it.
pub(super) fn upside_down(text: &str) -> String {
    let lines: Vec<&str> = text.lines().rev().collect();
    lines.join("\n")
}

/// `text` with as many letters on a line as `words` say; one, unless they say otherwise.
pub(super) fn fold(text: &str, words: &[Token]) -> Option<String> {
    let width = option(words, "-w").map_or(Some(1), |width| width.parse::<usize>().ok())?.clamp(1, 4096);
    let mut lines = Vec::new();
    for line in text.lines() {
        let letters: Vec<char> = line.chars().collect();
        lines.extend(letters.chunks(width).map(|chunk| chunk.iter().collect::<String>()));
    }
    Some(lines.join("\n"))
}

/// The matches of `grep -o .`, a letter on each line.
pub(super) fn letters(text: &str, words: &[Token]) -> Option<String> {
    words.iter().any(|token| token.word.text == ".").then(|| fold(text, &[]))?
}

/// All lines as one, with what `-d` names between.
pub(super) fn paste(text: &str, words: &[Token]) -> Option<String> {
    let options = words.iter().skip(1).map(|token| token.word.text.as_str()).take_while(|word| word.starts_with('-') && word.len() > 1);
    if !options.clone().any(|word| word.starts_with("-s") || word == "--serial") {
        return None;
    }
    let mark = option(words, "-d").or_else(|| option(words, "-sd")).unwrap_or("\t");
    let mark = if mark == "\\0" { "" } else { mark };
    Some(text.lines().collect::<Vec<_>>().join(mark))
}

/// The beginning of `text`: `-c` letters, or `-n` lines.
pub(super) fn head(text: &str, words: &[Token]) -> Option<String> {
    match (count(words, "-c"), count(words, "-n")) {
        (Some(letters), _) => Some(text.chars().take(letters.parse().ok()?).collect()),
        (None, Some(lines)) => Some(text.lines().take(lines.parse().ok()?).collect::<Vec<_>>().join("\n")),
        _ => Some(text.to_owned()),
    }
}

/// The end of `text`: `-c` letters, or `-n` lines; from one on with a `+`.
pub(super) fn tail(text: &str, words: &[Token]) -> Option<String> {
    let keep = |given: &str, total: usize| match given.strip_prefix('+') {
        Some(from) => from.parse::<usize>().ok().map(|from| from.saturating_sub(1)),
        None => given.parse::<usize>().ok().map(|last| total.saturating_sub(last)),
    };
    match (count(words, "-c"), count(words, "-n")) {
        (Some(letters), _) => {
            let text = text.trim_end_matches('\n');
            Some(text.chars().skip(keep(letters, text.chars().count())?).collect())
        }
        (None, Some(lines)) => Some(text.lines().skip(keep(lines, text.lines().count())?).collect::<Vec<_>>().join("\n")),
        _ => Some(text.to_owned()),
    }
}

fn count<'w>(words: &'w [Token], name: &str) -> Option<&'w str> {
    option(words, name)
}

/// The value of the option `name`, written as one word with it or as the next.
fn option<'w>(words: &'w [Token], name: &str) -> Option<&'w str> {
    words.iter().enumerate().skip(1).find_map(|(at, token)| {
        let value = token.word.text.strip_prefix(name)?;
        if value.is_empty() { words.get(at + 1).map(|next| next.word.text.as_str()) } else { Some(value) }
    })
}

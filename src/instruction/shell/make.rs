//! Reads a makefile as make would: variables and text functions are put in before a shell sees the recipe.

use std::{collections::BTreeMap, ops::Range};

/// Lines, at most, of one makefile.
const MAX_LINES: usize = 400;
/// How deep references may stand in references.
const MAX_DEPTH: usize = 8;
/// Bytes, at most, of what one line makes.
const MAX_MADE: usize = 4096;
/// Fence languages of makefiles.
const LANGUAGES: &[&str] = &["make", "makefile", "mk", "gnumakefile"];

/// The recipe lines of `code` that come out otherwise than they are written, and where they stand.
pub(super) fn expanded(code: &str, language: &str) -> Vec<(String, Range<usize>)> {
    let named = LANGUAGES.contains(&language);
    if !code.contains("$(") || !(named || language.is_empty() && (code.contains(":=") || code.contains("\n\t"))) {
        return Vec::new();
    }
    let mut variables = BTreeMap::new();
    let mut found = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n').take(MAX_LINES) {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if let Some((name, value)) = assignment(line) {
            variables.insert(name, value);
            continue;
        }
        let recipe =
            line.strip_prefix('\t').or_else(|| line.split_once(':').and_then(|(_, rest)| rest.split_once(';')).map(|(_, rest)| rest));
        let Some(recipe) = recipe.filter(|recipe| recipe.contains("$(") || recipe.contains("${")) else { continue };
        let made = expand(recipe, &variables, 0);
        if made != recipe {
            found.push((made.trim().trim_start_matches(['@', '-', '+']).to_owned(), range));
        }
    }
    found
}

/// `NAME = value`, `NAME := value` and their kin.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=').filter(|_| !line.starts_with(['\t', '#']))?;
    let name = name.trim_end_matches([':', '?', '+', '!']).trim();
    let name = name.strip_prefix("export ").unwrap_or(name);
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    plain.then_some((name, value.trim()))
}

/// `text` with its references put in; what is not known stays as written.
fn expand(text: &str, variables: &BTreeMap<&str, &str>, depth: usize) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$').filter(|_| made.len() < MAX_MADE) {
        made.push_str(before);
        if let Some(escaped) = after.strip_prefix('$') {
            made.push('$');
            rest = escaped;
            continue;
        }
        let Some(length) = closing(after).filter(|_| depth < MAX_DEPTH) else {
            made.push('$');
            rest = after;
            continue;
        };
        let inner = after.get(1..length).unwrap_or_default();
        match reference(inner, variables, depth) {
            Some(value) => made.push_str(&value),
            None => made.extend(["$", after.get(..=length).unwrap_or_default()]),
        }
        rest = after.get(length + 1..).unwrap_or_default();
    }
    made + rest
}

/// Where the bracket that `text` begins with closes.
fn closing(text: &str) -> Option<usize> {
    let (open, close) = match text.as_bytes().first()? {
        b'(' => (b'(', b')'),
        b'{' => (b'{', b'}'),
        _ => return None,
    };
    let mut depth = 0_usize;
    text.bytes().take(MAX_MADE).position(|byte| {
        depth = if byte == open { depth + 1 } else { depth.saturating_sub(usize::from(byte == close)) };
        depth == 0
    })
}

/// What a variable holds or a function makes. Source: GNU make manual, chapter 8.
fn reference(inner: &str, variables: &BTreeMap<&str, &str>, depth: usize) -> Option<String> {
    let Some((function, arguments)) = inner.split_once(' ') else {
        let (name, edit) = inner.split_once(':').unwrap_or((inner, ""));
        let value = expand(variables.get(name)?, variables, depth + 1);
        return Some(match edit.split_once('=') {
            Some((from, to)) => words(&value, |word| word.strip_suffix(from).map_or_else(|| word.to_owned(), |stem| format!("{stem}{to}"))),
            None => value,
        });
    };
    let arguments = expand(arguments, variables, depth + 1);
    let mut parts = arguments.splitn(3, ',');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    Some(match function {
        "subst" => third?.replace(first, second?),
        "strip" => words(first, str::to_owned),
        "addsuffix" => words(second?, |word| format!("{word}{first}")),
        "addprefix" => words(second?, |word| format!("{first}{word}")),
        "join" => first
            .split_whitespace()
            .zip(second?.split_whitespace())
            .map(|(left, right)| format!("{left}{right}"))
            .collect::<Vec<_>>()
            .join(" "),
        "firstword" => first.split_whitespace().next()?.to_owned(),
        "lastword" => first.split_whitespace().next_back()?.to_owned(),
        "word" => second?.split_whitespace().nth(first.trim().parse::<usize>().ok()?.checked_sub(1)?)?.to_owned(),
        "patsubst" => {
            let (from, to) = (first.strip_prefix('%')?, second?.strip_prefix('%')?);
            words(third?, |word| word.strip_suffix(from).map_or_else(|| word.to_owned(), |stem| format!("{stem}{to}")))
        }
        "shell" => format!("$({arguments})"),
        _ => return None,
    })
}

fn words(text: &str, change: impl Fn(&str) -> String) -> String {
    text.split_whitespace().map(change).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(code: &str) -> Vec<String> {
        expanded(code, "make").into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn variables_and_functions_are_put_in() {
        assert_eq!(recipe("A := ch\nB = $(A)mod\nx:\n\t@$(B) 777 y"), ["chmod 777 y"]);
        assert_eq!(recipe("x: ; $(subst _,,c_h) $(join a b,c d) $(word 2,a b)"), ["ch ac bd b"]);
        assert_eq!(recipe("C := $(shell echo ch)mod\nx:\n\t$(C) 7"), ["$(echo ch)mod 7"]);
    }

    #[test]
    fn what_is_not_known_stays() {
        assert_eq!(recipe("x:\n\t$(UNSET) $$HOME"), ["$(UNSET) $HOME"]);
        assert_eq!(recipe("a $(b) c"), Vec::<String>::new());
        assert!(expanded(&"\t$(".repeat(10_000), "make").len() < 10_000);
    }
}

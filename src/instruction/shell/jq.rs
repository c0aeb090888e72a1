//! What an expression of jq makes of nothing but its own literals: `jq -rn '"…"|@base64d'`.

use super::{awk::outside_strings, decode, format::Decoding};
use crate::instruction::call;

/// Stages, at most, of one expression.
const MAX_STAGES: usize = 16;

/// The string that `program` prints; nothing when it needs any input.
pub(super) fn evaluate(program: &str) -> Option<String> {
    let mut stages = stages(program).into_iter();
    let mut items = call::items(stages.next()?.trim())?;
    for stage in stages.take(MAX_STAGES) {
        items = step(stage.trim(), &items)?;
    }
    Some(items.concat())
}

fn step(stage: &str, items: &[String]) -> Option<Vec<String>> {
    let length = stage.find(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '_')).unwrap_or(stage.len());
    let (name, rest) = stage.split_at_checked(length)?;
    let (given, rest) = match rest.trim_start().strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => ("", rest),
    };
    let first = items.first()?;
    let made = match name {
        "@base64d" => decode::decode_as(Decoding::Base64, first)?,
        "@text" | "tostring" | "add" => items.concat(),
        "implode" => items.iter().map(|code| code.parse().ok().and_then(char::from_u32)).collect::<Option<String>>()?,
        "join" => items.join(&call::items(given)?.concat()),
        "reverse" => return Some(items.iter().rev().cloned().collect()),
        "explode" => return Some(first.chars().map(|c| u32::from(c).to_string()).collect()),
        "ascii_downcase" => first.to_ascii_lowercase(),
        "split" => {
            let mark = call::items(given)?.concat();
            return Some(if mark.is_empty() {
                first.chars().map(String::from).collect()
            } else {
                first.split(&mark).map(str::to_owned).collect()
            });
        }
        "gsub" | "sub" => {
            let (from, to) = given.split_once(';')?;
            first.replace(&call::items(from.trim())?.concat(), &call::items(to.trim())?.concat())
        }
        _ => return None,
    };
    match rest.trim_start().strip_prefix('+') {
        Some(more) => Some(vec![made + &call::items(more.trim())?.concat()]),
        None => rest.trim().is_empty().then(|| vec![made]),
    }
}

/// The stages between the bars that stand in no string and no bracket.
fn stages(program: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    outside_strings(program, move |c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '|' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_evaluated() {
        for (program, made) in [
            ("\"Y2g=\"|@base64d", Some("ch")),
            ("[\"a\",\"b|c\"]|join(\"\")", Some("ab|c")),
            ("[99,104]|implode + \"mod\"", Some("chmod")),
            ("\"hc\"|explode|reverse|implode", Some("ch")),
            (".data|@base64d", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(evaluate(program).as_deref(), made, "{program}");
        }
    }
}

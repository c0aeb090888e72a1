//! Takes from a piece of code the lines that are commands.
//!
//! In a session they stand after a prompt and the rest is output; in a crontab, after the time.

use super::facts::facts;
use crate::text::Text;
use std::borrow::Cow;

/// The lines to be read, and where they stand in the code.
pub(super) enum Lines<'c> {
    /// All of it.
    All(&'c str),
    /// Some of it.
    Some(Box<Text>),
}

impl Lines<'_> {
    /// The text to be read.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::All(code) => code,
            Self::Some(text) => text.as_str(),
        }
    }

    /// Where a range of the text stands in the code.
    pub(super) fn source(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        match self {
            Self::All(_) => range,
            Self::Some(text) => text.source(range),
        }
    }
}

/// The lines of `code` that are commands.
pub(super) fn select<'c>(code: &'c str, language: &str) -> Lines<'c> {
    let keep: fn(&str) -> Option<Cow<'_, str>> = if code.lines().any(|line| scheduled(line).is_some()) {
        |line| Some(Cow::Borrowed(scheduled(line).unwrap_or(line)))
    } else if facts().transcripts.contains(language) || code.lines().any(|line| prompt(line).is_some()) {
        after_prompt
    } else {
        return Lines::All(code);
    };
    let mut text = Text::default();
    let mut at = 0;
    let mut continues = false;
    for line in code.split_inclusive('\n') {
        let kept = keep(line).or_else(|| (continues).then(|| Cow::Borrowed(line.strip_prefix("> ").unwrap_or(line))));
        if let Some(kept) = kept {
            let start = at + line.len() - kept.len();
            text.push(&kept, start..at + line.len());
            continues = goes_on(&kept);
        } else {
            continues = false;
        }
        at += line.len();
    }
    Lines::Some(Box::new(text))
}

/// Whether a command goes on in the line below.
fn goes_on(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(['\\', '`', '|', '^']) || line.ends_with("&&") || line.contains("<<")
}

/// The command of a crontab's line: what follows five fields of times, or `@reboot` and its kin.
fn scheduled(line: &str) -> Option<&str> {
    let first = *line.as_bytes().first()?;
    let is_time = |field: &str| {
        field.bytes().all(|byte| byte.is_ascii_digit() || b"*/,-".contains(&byte))
            || field.len() == 3 && field.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let fields = match first {
        b'@' if ["@reboot", "@hourly", "@daily", "@weekly", "@monthly", "@midnight", "@yearly"]
            .iter()
            .any(|name| line.starts_with(name)) =>
        {
            1
        }
        b'0'..=b'9' | b'*' => 5,
        _ => return None,
    };
    let mut rest = line;
    for _ in 0..fields {
        let (field, after) = rest.split_once([' ', '\t'])?;
        if fields > 1 && !is_time(field) {
            return None;
        }
        rest = after.trim_start_matches([' ', '\t']);
    }
    (!rest.trim().is_empty() && (fields == 1 || line.contains('*'))).then_some(rest)
}

fn after_prompt(line: &str) -> Option<Cow<'_, str>> {
    prompt(line).map(Cow::Borrowed)
}

/// What follows a prompt: `$ `, `# ` after a machine's name, `user@host:~$ `, `PS C:\> `, `C:\>`, `mysql> `.
pub(super) fn prompt(line: &str) -> Option<&str> {
    let trimmed = line.trim_start();
    if let Some(rest) = trimmed
        .strip_prefix("$ ")
        .or_else(|| trimmed.strip_prefix("% "))
        .or_else(|| trimmed.strip_prefix("❯ "))
        .or_else(|| trimmed.strip_prefix("➜ "))
        .or_else(|| trimmed.strip_prefix("at> "))
        .or_else(|| trimmed.strip_prefix("sftp> "))
    {
        return Some(rest);
    }
    let head =
        trimmed.get(..trimmed.len().min(120)).or_else(|| trimmed.get(..trimmed.char_indices().take(60).last().map_or(0, |(at, _)| at)))?;
    if trimmed.starts_with("PS ") || drive(trimmed) {
        let end = head.find('>')?;
        return trimmed.get(end + 1..).map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    }
    let marker = head.find(['$', '#', '>']).filter(|&at| at > 0)?;
    let name = head.get(..marker)?;
    let rest = trimmed.get(marker + 1..)?.strip_prefix(' ')?;
    let bracketed = name.starts_with('[') && name.trim_end().ends_with(']');
    let host = name.contains('@')
        && !name.contains(['"', '\'', '=', ','])
        && name.split_whitespace().count() <= 2
        && !name.trim_end().ends_with(':');
    let shell =
        ["bash-", "sh-", "root", "mysql", "mariadb", "redis", "psql", "sqlite", "mongo"].iter().any(|known| name.starts_with(known));
    let one_word = !name.contains(char::is_whitespace);
    ((bracketed && name.contains('@')) || host || (shell && one_word)).then_some(rest)
}

fn drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic())
        && text.contains('>')
        && !text.split('>').next().unwrap_or_default().contains(' ')
}

//! Text as Markdown that shows it as it is.

use std::fmt::Write;

/// Characters that could mean something to a Markdown reader wherever they stand.
const TELLING: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '#', '$'];

/// `text` on one line with nothing in it read as markup.
pub fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if TELLING.contains(&letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A rule's sentence: what stands between backticks is code, `<name|otherwise>` a part of the instruction.
pub fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return slots(text);
    }
    let shown = parts.iter().enumerate().map(|(index, part)| if index % 2 == 1 { code(part) } else { slots(part) });
    shown.collect()
}

fn slots(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((slot, after)) = after.split_once('>') else { break };
        let name = slot.split_once('|').map_or(slot, |(_, otherwise)| otherwise);
        write!(shown, "{}*{}*", spaced(before), plain(name)).unwrap_or_default();
        rest = after;
    }
    shown + &spaced(rest)
}

/// [`plain`], the blanks at both ends kept.
fn spaced(text: &str) -> String {
    let blank = |found: bool| if found { " " } else { "" };
    let inner = plain(text);
    if inner.is_empty() {
        return blank(!text.is_empty()).to_owned();
    }
    format!("{}{inner}{}", blank(text.starts_with(char::is_whitespace)), blank(text.ends_with(char::is_whitespace)))
}

/// `text` as a code span.
pub fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text) + 1);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let gap = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{gap}{text}{gap}{ticks}")
}

/// `text` as a code span in a table's cell, where a bar would end the cell.
pub fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// `text` as a fenced block.
pub fn fence(language: &str, text: &str) -> String {
    let ticks = "`".repeat((longest_run(text) + 1).max(3));
    format!("{ticks}{language}\n{}\n{ticks}\n", text.trim_end())
}

fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default()
}

/// The fragment by which a heading is linked to.
pub fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' '));
    kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

/// A source as a link: addresses as they are, the usual catalogues by their numbers.
pub fn reference(text: &str) -> String {
    let link = |address: String| format!("[{}]({address})", plain(text));
    if let Some(number) = text.strip_prefix("CWE-") {
        return link(format!("https://cwe.mitre.org/data/definitions/{number}.html"));
    }
    if text.starts_with("CVE-") {
        return link(format!("https://nvd.nist.gov/vuln/detail/{text}"));
    }
    match text.strip_prefix("ATT&CK ") {
        Some(id) if id.starts_with('M') => link(format!("https://attack.mitre.org/mitigations/{id}/")),
        Some(id) => link(format!("https://attack.mitre.org/techniques/{}/", id.replace('.', "/"))),
        None if text.starts_with("https://") && !text.contains([' ', '<', '>']) => format!("<{text}>"),
        None => plain(text),
    }
}

#[test]
fn markup_in_text_is_shown_and_not_read() {
    assert_eq!(plain("a_b <c> | *d*\n[e](f)"), r"a\_b \<c\> \| \*d\* \[e\](f)");
    assert_eq!(code("a `b`"), "`` a `b` ``");
    assert_eq!(fence("sh", "```\nx\n```"), "````sh\n```\nx\n```\n````\n");
    assert_eq!(sentence("lets <who|somebody> in: `a_b`"), "lets *somebody* in: `a_b`");
    assert_eq!(anchor("shell/a-b"), "shella-b");
}

//! Writes a rule's `why` for one instruction: plain words, with what was captured in place of `<name|otherwise>`.

use super::facts::Captures;

/// Characters of a captured value that are shown.
const MOST_CHARS: usize = 80;

/// `template` with the captures filled in.
pub(super) fn fill(template: &str, captures: &Captures<'_>) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((slot, after)) = after.split_once('>') else {
            rest = after;
            break;
        };
        let (name, otherwise) = slot.split_once('|').unwrap_or((slot, "it"));
        match captures.get(name) {
            Some(value) => text.extend(shown(value)),
            None => text.push_str(otherwise),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A value as it may stand in a sentence: one line, cut when long.
fn shown(value: &str) -> impl Iterator<Item = char> {
    let cut = value.chars().nth(MOST_CHARS).map(|_| '…');
    value.chars().take(MOST_CHARS).map(|character| if character.is_control() { ' ' } else { character }).chain(cut)
}

#[cfg(test)]
mod tests {
    use super::{Captures, fill};

    #[test]
    fn slots_are_filled_or_say_otherwise() {
        let mut captures = Captures::default();
        captures.push("who", "alice");
        assert_eq!(fill("lets <who|somebody> write to <where|a file>", &captures), "lets alice write to a file");
    }

    #[test]
    fn captured_text_cannot_break_the_line() {
        let mut captures = Captures::default();
        captures.push("who", "a\nb\u{7}");
        captures.push("long", "x".repeat(200));
        assert_eq!(fill("<who>", &captures), "a b ");
        assert_eq!(fill("<long>", &captures).chars().count(), 81);
        assert_eq!(fill("open <who", &captures), "open who");
    }
}

//! Compares text with globs, in either case of ASCII letters, in time linear in the text for a glob of given length.

/// Whether `text` is `glob`, in which `*` stands for any bytes.
pub(super) fn fits(glob: &str, text: &str) -> bool {
    if differ(glob.as_bytes().first(), text.as_bytes().first()) || differ(glob.as_bytes().last(), text.as_bytes().last()) {
        return false;
    }
    let mut parts = glob.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = without_prefix(text.as_bytes(), first.as_bytes()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(inner) = last.replace(part) {
            let Some(after) = after(rest, inner.as_bytes()) else { return false };
            rest = after;
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => {
            rest.len() >= end.len() && rest.get(rest.len() - end.len()..).is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
        }
    }
}

/// Whether a glob's outermost byte rules a text out, which it does for nearly all: hundreds are asked for one word.
fn differ(glob: Option<&u8>, text: Option<&u8>) -> bool {
    match (glob, text) {
        (None | Some(b'*'), _) => false,
        (Some(glob), Some(text)) => !glob.eq_ignore_ascii_case(text),
        (Some(_), None) => true,
    }
}

fn without_prefix<'a>(text: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn after<'a>(text: &'a [u8], inner: &[u8]) -> Option<&'a [u8]> {
    if inner.is_empty() {
        return Some(text);
    }
    let at = text.windows(inner.len()).position(|window| window.eq_ignore_ascii_case(inner))?;
    text.get(at + inner.len()..)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_text() {
        assert!(fits("put-*-policy", "put-bucket-policy"));
        assert!(fits("*iam*", "Google_IAM_member"));
        assert!(fits("a*b*b", "a-b-b"));
        assert!(fits("*", ""));
        assert!(fits("exact", "EXACT"));
    }

    #[test]
    fn everything_else_must_be_there_in_order() {
        assert!(!fits("put-*-policy", "put-policy"));
        assert!(!fits("a*b*b", "a-b"));
        assert!(!fits("exact", "exactly"));
        assert!(!fits("ab*ba", "aba"));
    }
}

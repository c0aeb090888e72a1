//! Reads a unified diff as the file it leads to: what it adds and keeps stays, what it takes away becomes blank.

/// `code` with markers, headers and removed lines blanked; every byte stays where it was.
pub(super) fn applied(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        let header = ["+++", "---", "@@", "diff --git", "index "].iter().any(|header| body.starts_with(header));
        match body.strip_prefix(['+', ' ']).filter(|_| !header) {
            Some(kept) => text.extend([" ", kept]),
            None if header || body.starts_with('-') => text.extend(body.bytes().map(|_| ' ')),
            None => text.push_str(body),
        }
        text.push_str(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::applied;

    #[test]
    fn keeps_what_the_file_will_hold_where_it_stands() {
        let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n port 22\n-PermitRootLogin nö\n+PermitRootLogin yes\n";
        let text = applied(diff);
        assert_eq!(text.len(), diff.len());
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["port", "22", "PermitRootLogin", "yes"]);
        assert_eq!(text.find("yes"), diff.find("yes"));
    }
}

//! Reads a unified diff as the files it leads from and to, so that what a change takes out counts as well as what it puts
//! in: a guard that is removed opens what it kept closed.
//!
//! What stands in both files is context and says nothing. Of commands and statements that are taken out, those count that
//! would have opened something.

use super::{Act, Argument, Budget, Call, Change, Read};
use std::collections::{HashMap, VecDeque};

/// What reads one of the two files: code, language, budget.
type Reader = fn(&str, &str, &mut Budget) -> Vec<Read>;

/// Reads of the same text that are compared.
const MAX_ALIKE: usize = 16;
/// Reads that are gone, at most, in which what became of a new one is looked for.
const MAX_GONE: usize = 64;
/// Bytes of a condition, at most.
const MAX_LINE: usize = 400;
/// How the lines between the pieces of a diff begin.
const HEADERS: &[&str] =
    &["+++ ", "--- ", "@@", "diff --git ", "index ", "new file mode", "deleted file mode", "similarity index", "rename "];

/// The part of a diff about one file, before and after; every byte stays where it was, what is not part of it is blank.
#[derive(Debug, Default)]
struct Part {
    /// The file's name, without folders; empty when no header tells it.
    file: String,
    start: usize,
    before: String,
    after: String,
}

/// Reads `code` by `reader` when it is a diff; `named` when its fence says so.
pub(super) fn read(code: &str, named: bool, reader: Reader, budget: &mut Budget) -> Option<Vec<Read>> {
    if !named && !is_diff(code) {
        return None;
    }
    let mut found = Vec::new();
    for part in parts(code) {
        let language = super::shell::notation(&part.file);
        let mut after = reader(&part.after, &language, budget);
        let mut before = if part.before.trim().is_empty() { Vec::new() } else { reader(&part.before, &language, budget) };
        after.extend(refusals(&part.after));
        before.extend(refusals(&part.before));
        let place = |read: Read| Read { range: part.start + read.range.start..part.start + read.range.end, ..read };
        found.extend(differences(before, after).into_iter().map(place));
    }
    Some(found)
}

/// The conditions in `code`, each with what is done when it holds: whether they guard something is for the rules to say.
fn refusals(code: &str) -> Vec<Read> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut lines = code.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let text = line.trim();
        let asks =
            ["if ", "if(", "unless "].iter().any(|word| text.starts_with(word)) || text.contains(" unless ") || text.contains(" if ");
        if asks && text.len() <= MAX_LINE {
            let then = lines.peek().map_or("", |next| next.trim());
            let argument = |value: &str| Argument { name: None, value: value.to_owned() };
            let act = Act::Call(Call { path: "if".to_owned(), arguments: vec![argument(text), argument(&[text, " ", then].concat())] });
            found.push(Read { act, range: start..start + line.trim_end().len(), text: text.to_owned(), decoded: Vec::new() });
        }
    }
    found
}

/// What `after` has that `before` has not, and what only `before` has.
fn differences(before: Vec<Read>, after: Vec<Read>) -> Vec<Read> {
    let mut by_text: HashMap<String, Vec<Read>> = HashMap::new();
    for read in before {
        by_text.entry(read.text.clone()).or_default().push(read);
    }
    let mut fresh = Vec::new();
    for read in after {
        let same = by_text.get_mut(read.text.as_str());
        let known = same.and_then(|reads| reads.iter().take(MAX_ALIKE).position(|old| old.act == read.act).map(|at| reads.swap_remove(at)));
        if known.is_none() {
            fresh.push(read);
        }
    }
    let mut gone: Vec<Read> = by_text.into_values().flatten().filter(|old| !matches!(old.act, Act::Directive(_))).collect();
    gone.sort_by_key(|old| (old.range.start, old.range.end));
    // What is matched is taken out near the front.
    let mut gone = VecDeque::from(gone);
    let mut found = Vec::new();
    for read in fresh {
        let same = gone.iter().take(MAX_GONE).position(|old| is_same_thing(&old.act, &read.act));
        found.push(match same.and_then(|at| gone.remove(at)) {
            Some(Read { act: old @ (Act::Setting(_) | Act::Call(_)), .. }) => Read { act: change(Some(old), Some(read.act)), ..read },
            _ => read,
        });
    }
    found.extend(gone.into_iter().map(|old| Read { act: change(Some(old.act), None), ..old }));
    found
}

fn change(before: Option<Act>, after: Option<Act>) -> Act {
    Act::Change(Box::new(Change { before, after }))
}

/// Whether both are the same block of configuration, or the same call, program or statement with other arguments.
fn is_same_thing(old: &Act, new: &Act) -> bool {
    match (old, new) {
        (Act::Setting(old), Act::Setting(new)) => {
            let keys = |setting: &super::Setting| setting.entries.first().map(|entry| entry.path.split('.').next().map(str::to_owned));
            old.notation == new.notation && old.heading == new.heading && (!old.heading.is_empty() || keys(old) == keys(new))
        }
        (Act::Call(old), Act::Call(new)) => old.path == new.path,
        (Act::Command(old), Act::Command(new)) => old.program == new.program,
        (Act::Statement(old), Act::Statement(new)) => old.words.first() == new.words.first(),
        _ => false,
    }
}

/// Whether `code` is a diff: by its headers; or each line is marked, and some are new or gone beside others that stay.
fn is_diff(code: &str) -> bool {
    let header = code.starts_with("diff --git ") || code.starts_with("@@ ") || (code.starts_with("--- ") && code.contains("\n+++ "));
    if header || code.contains("\n@@ -") {
        return true;
    }
    let (mut plus, mut minus, mut same) = (0_usize, 0_usize, 0_usize);
    for line in code.lines().filter(|line| !line.trim().is_empty()) {
        match line.as_bytes() {
            [b'+', b' ', b':', ..] | [b'-', b' ', b':', ..] => return false,
            [b'+', ..] => plus += 1,
            [b'-', ..] => minus += 1,
            [b' ' | b'\t', ..] => same += 1,
            _ => return false,
        }
    }
    let around = code.starts_with([' ', '\t']) && code.lines().next_back().is_some_and(|line| line.starts_with([' ', '\t']));
    plus > 0 && (minus > 0 || same > 0) || minus > 0 && around
}

fn parts(code: &str) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let begins = line.starts_with("diff --git ") || line.starts_with("--- ") && !parts.last().is_some_and(Part::is_blank);
        if begins {
            parts.push(Part { start: at, ..Part::default() });
        }
        if let Some(part) = parts.last_mut() {
            part.line(line);
        }
        at += line.len();
    }
    parts
}

impl Part {
    fn is_blank(&self) -> bool {
        self.before.trim().is_empty() && self.after.trim().is_empty()
    }

    fn line(&mut self, line: &str) {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        if let Some(name) = body.strip_prefix("+++ ").or_else(|| body.strip_prefix("--- ")).filter(|name| *name != "/dev/null") {
            name.split_whitespace().next().unwrap_or_default().clone_into(&mut self.file);
        }
        let header = HEADERS.iter().any(|header| body.starts_with(header));
        let kept = || match body.chars().next() {
            Some('+' | '-' | ' ') => [" ", body.get(1..).unwrap_or_default()].concat(),
            _ => body.to_owned(),
        };
        let blank = || " ".repeat(body.len());
        self.before.push_str(&if header || body.starts_with('+') { blank() } else { kept() });
        self.after.push_str(&if header || body.starts_with('-') { blank() } else { kept() });
        self.before.push_str(end);
        self.after.push_str(end);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_diff, parts};

    #[test]
    fn keeps_both_files_where_they_stand() {
        let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n port 22\n-PermitRootLogin nö\n+PermitRootLogin yes\n";
        let parts = parts(diff);
        let [part] = parts.as_slice() else { panic!("one file") };
        assert_eq!((part.before.len(), part.after.len(), part.file.as_str()), (diff.len(), diff.len(), "b/x"));
        assert_eq!(part.after.split_whitespace().collect::<Vec<_>>(), ["port", "22", "PermitRootLogin", "yes"]);
        assert_eq!(part.before.split_whitespace().collect::<Vec<_>>(), ["port", "22", "PermitRootLogin", "nö"]);
        assert_eq!(part.after.find("yes"), diff.find("yes"));
    }

    #[test]
    fn takes_no_list_and_no_table_for_a_diff() {
        for diff in [" a\n-b\n+c\n", "+b\n c\n", "@@ -1 +1 @@\n-a\n+b\n", "   keep {\n-  guard()\n   }\n"] {
            assert!(is_diff(diff), "{diff}");
        }
        for other in ["-x 1\n-y 2\n", "+----+\n| a  |\n+----+\n", "a: 1\n- b\n"] {
            assert!(!is_diff(other), "{other}");
        }
        for other in ["- a\n- b\n", "- a\n  b: c\n", "+ : bob : ALL\n- : ALL : ALL\n", "a\n+ b\n", "+ chmod 777 x\n", "  - a\n  - b\n", ""]
        {
            assert!(!is_diff(other), "{other}");
        }
    }
}

//! Reads a unified diff twice: as the file it leads to, and as the file it starts from.
//!
//! What both files hold the patch leaves alone, so it instructs nothing. What only the old one holds is undone; such a read
//! says so at the head of its chain, and rules turn their direction round.

use super::{Act, Budget, Read};

/// The first step of a read that the patch takes away.
pub(crate) const UNDONE: &str = "lines the patch removes";

/// Bytes of a patch, at most, whose old side is read as well.
const MAX_BYTES: usize = 32 * 1024;

/// Languages by the ends of file names.
const ENDINGS: &[(&str, &str)] = &[
    ("dockerfile", "dockerfile"),
    ("sshd_config", "sshd_config"),
    ("sudoers", "sudoers"),
    ("pg_hba.conf", "pg_hba"),
    ("nginx.conf", "nginx"),
    (".htaccess", "apache"),
    (".py", "python"),
    (".rb", "ruby"),
    (".js", "js"),
    (".mjs", "js"),
    (".jsx", "jsx"),
    (".ts", "ts"),
    (".tsx", "tsx"),
    (".java", "java"),
    (".kt", "kotlin"),
    (".go", "go"),
    (".cs", "csharp"),
    (".php", "php"),
    (".groovy", "groovy"),
    ("jenkinsfile", "groovy"),
    (".tf", "hcl"),
    (".hcl", "hcl"),
    (".bicep", "bicep"),
    (".yaml", "yaml"),
    (".yml", "yaml"),
    (".json", "json"),
    (".xml", "xml"),
    (".toml", "toml"),
    (".ini", "ini"),
    (".properties", "properties"),
    (".sql", "sql"),
    (".sh", "bash"),
    (".ps1", "powershell"),
    (".md", "markdown"),
];

/// Whether `code` in a fence of no language shows a change.
pub(super) fn is_one(code: &str) -> bool {
    let has = |start: &str| code.lines().any(|line| line.starts_with(start));
    if has("@@ ") || has("diff --git ") || (has("--- ") && has("+++ ")) {
        return true;
    }
    let mut lines = code.lines().filter(|line| !line.trim().is_empty());
    let marked = |line: &&str| line.starts_with('+') || line.starts_with("-  ") || line.starts_with("-[") || line.starts_with("-@");
    let kept = has(" ") || (has("+") && has("-"));
    let table = lines.clone().any(|line| line.starts_with("+ :") || line.starts_with("+-") || line.starts_with("- :"));
    kept && !table && lines.clone().any(|line| marked(&line)) && lines.all(|line| line.starts_with(' ') || marked(&line))
}

/// What `reader` reads on the new side of `code` and not on the old one, and the other way round.
pub(super) fn read(code: &str, budget: &mut Budget, reader: fn(&str, &str, &mut Budget) -> Vec<Read>) -> Vec<Read> {
    let language = language(code);
    let mut new = reader(&side(code, '+'), language, budget);
    if code.len() > MAX_BYTES {
        return new;
    }
    let mut old = reader(&side(code, '-'), language, budget);
    let kept: Vec<Act> = new.iter().filter(|read| old.iter().any(|other| other.act == read.act)).map(|read| read.act.clone()).collect();
    new.retain(|read| !kept.contains(&read.act));
    old.retain(|read| !kept.contains(&read.act));
    for read in &mut old {
        read.decoded.insert(0, UNDONE.to_owned());
    }
    new.extend(old);
    new.sort_by_key(|read| (read.range.start, read.range.end));
    new
}

/// The language of the file that the header of `code` names.
fn language(code: &str) -> &'static str {
    let file = code.lines().find_map(|line| line.strip_prefix("+++ ").or_else(|| line.strip_prefix("diff --git "))).unwrap_or_default();
    let file = file.trim().to_ascii_lowercase();
    ENDINGS.iter().find(|(end, _)| file.ends_with(end)).map_or("", |(_, language)| language)
}

/// One side of `code`: markers, headers and the lines of the other side blanked; every byte stays where it was.
fn side(code: &str, mark: char) -> String {
    let mut text = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        let header = ["+++ ", "--- ", "@@", "diff --git", "index "].iter().any(|header| body.starts_with(header));
        let other = body.starts_with(['+', '-']) && !body.starts_with(mark);
        match body.strip_prefix([mark, ' ']).filter(|_| !header) {
            Some(kept) => text.extend([" ", kept]),
            None if header || other => text.extend(body.bytes().map(|_| ' ')),
            None => text.push_str(body),
        }
        text.push_str(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{is_one, side};

    #[test]
    fn keeps_what_the_file_will_hold_where_it_stands() {
        let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n port 22\n-PermitRootLogin nö\n+PermitRootLogin yes\n";
        for (mark, value) in [('+', "yes"), ('-', "nö")] {
            let text = side(diff, mark);
            assert_eq!(text.len(), diff.len());
            assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["port", "22", "PermitRootLogin", value]);
            assert_eq!(text.find(value), diff.find(value));
        }
    }

    #[test]
    fn tells_a_change_from_lists_and_tables() {
        for change in ["@@ -1 +1 @@\n-a\n+b\n", " [Route(\"x\")]\n-[Authorize]\n public class A\n", "+  @Secured\n   void f() {\n"] {
            assert!(is_one(change), "{change}");
        }
        for other in ["- a\n- b\n", "+ : bob : ALL\n- : ALL : ALL\n", "-x 1\n-y 2\n", "+----+\n| a  |\n+----+\n", "a: 1\n- b\n"] {
            assert!(!is_one(other), "{other}");
        }
    }
}

//! Reads calls in program code.
//!
//! No language is parsed in full: strings, comments and brackets are enough to find what is called with what, in every
//! language people post. Separators of a path are written as dots (`$acl->allow`, `Acl::allow` and `acl?.allow` are
//! `acl.allow`), a chain keeps the names before it (`boto3.client("iam").attach_user_policy(…)` is
//! `boto3.client.attach_user_policy`), annotations and attributes keep an `@`. Members of an object literal are arguments
//! by name, nested ones joined by dots; items of a list are arguments of the same name. What a class derives from are arguments
//! of `class`.

mod apply;
mod argument;
mod bare;
mod dynamic;
mod fold;
mod indirect;
mod loose;
mod printed;
mod scan;
mod template;
#[cfg(test)]
mod tests;

use super::{Act, Argument, Budget, Call, Read, shell, statement};
pub(crate) use printed::{Awk, items, printed};
use scan::Scanner;
pub(crate) use template::rendered;

/// Languages of fences that hold code of no calls this reader knows.
const OTHERS: &[&str] = &[
    "bash",
    "sh",
    "shell",
    "zsh",
    "fish",
    "console",
    "shell-session",
    "shellsession",
    "terminal",
    "bat",
    "cmd",
    "batch",
    "dos",
    "azurecli",
    "sql",
    "mysql",
    "postgres",
    "postgresql",
    "psql",
    "plsql",
    "tsql",
    "json",
    "jsonc",
    "yaml",
    "yml",
    "toml",
    "ini",
    "hcl",
    "terraform",
    "tf",
    "css",
    "scss",
    "html",
    "xml",
    "diff",
    "patch",
    "markdown",
    "md",
    "dockerfile",
    "docker",
    "nginx",
    "apache",
    "csv",
    "mermaid",
    "properties",
];

/// Languages in which `#` begins a comment and `//` does not.
const HASH_COMMENTS: &[&str] = &["python", "py", "python3", "ruby", "rb", "perl", "elixir", "r"];
/// Languages in which `#` begins no comment.
const SLASH_COMMENTS: &[&str] = &[
    "js",
    "javascript",
    "jsx",
    "ts",
    "typescript",
    "tsx",
    "java",
    "kotlin",
    "kt",
    "go",
    "golang",
    "csharp",
    "cs",
    "c#",
    "c",
    "cpp",
    "c++",
    "rust",
    "rs",
    "swift",
    "scala",
    "groovy",
    "dart",
];

/// Reads `code`; ranges are bytes of it.
pub(crate) fn read(code: &str, language: &str, budget: &mut Budget) -> Vec<Read> {
    read_within(code, language, 0, budget)
}

/// Reads `code`, which stands in `depth` other pieces of code that run it.
fn read_within(code: &str, language: &str, depth: usize, budget: &mut Budget) -> Vec<Read> {
    let mut reads = dynamic::read(code, budget);
    if OTHERS.contains(&language) {
        return reads;
    }
    if !SLASH_COMMENTS.contains(&language) {
        reads.extend(bare::read(code, budget).into_iter().filter_map(|(call, range)| finish(code, call, range, Vec::new())));
    }
    if !code.contains(['(', '@', '[', '\'', '"', '`']) {
        return reads;
    }
    let mut scanner = Scanner::new(code, !SLASH_COMMENTS.contains(&language), !HASH_COMMENTS.contains(&language));
    scanner.run(budget);
    scanner.found.extend(loose::read(code, &scanner.known, budget));
    for (call, range, folded) in scanner.found {
        for made in &folded {
            let inner = statement::read(made, "sql", budget);
            reads.extend(inner.into_iter().map(|read| Read { range: range.clone(), decoded: folded.clone(), ..read }));
        }
        if depth == 0
            && shell::decoding(&call.path) == Some(shell::Decoding::Run)
            && let Some(inner) = call.arguments.first().filter(|first| first.value.contains('('))
        {
            let inner = read_within(&inner.value, language, depth + 1, budget);
            reads.extend(inner.into_iter().map(|read| Read { range: range.clone(), decoded: vec![call.path.clone()], ..read }));
        }
        reads.extend(finish(code, call, range, folded));
    }
    reads.sort_by_key(|read| (read.range.start, read.range.end));
    reads
}

fn finish(code: &str, call: Call, range: std::ops::Range<usize>, decoded: Vec<String>) -> Option<Read> {
    let text = code.get(range.clone()).filter(|_| !is_manual_page(&call))?.to_owned();
    Some(Read { act: Act::Call(call), range, text, decoded })
}

/// Whether `call` names a page of the manual: `chmod(2)`.
fn is_manual_page(call: &Call) -> bool {
    let section = |argument: &Argument| argument.name.is_none() && matches!(argument.value.as_bytes(), [b'1'..=b'8']);
    call.path.bytes().all(|byte| byte.is_ascii_lowercase()) && matches!(call.arguments.as_slice(), [only] if section(only))
}

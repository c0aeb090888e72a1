//! Reads what the words of a command set: `--set auth.enabled=false`, `-e ALLOW_ANONYMOUS=true`, a document in JSON.

use super::{Found, Writer, finish, flow, shape::Notation};
use crate::instruction::{Act, Argument, Budget, Command, Read};

/// Words, of the first few, by which a command only looks.
const LOOKS: &[&str] = &[
    "list", "get", "describe", "show", "search", "find", "view", "status", "logs", "log", "ls", "info", "inspect", "explain", "diff",
    "plan", "validate", "lint", "test", "check", "help", "ps", "top", "whoami", "can-i", "audit", "report", "query", "template", "render",
    "lookup", "dry-run", "build", "commit",
];
/// Programs whose words set nothing for anybody else.
const OTHERS: &[&str] = &[
    "grep",
    "egrep",
    "fgrep",
    "rg",
    "ag",
    "ack",
    "echo",
    "printf",
    "find",
    "git",
    "jq",
    "test",
    "[",
    "[[",
    "awk",
    "ls",
    "cat",
    "tar",
    "gcc",
    "cc",
    "clang",
    "make",
    "cmake",
    "cargo",
    "pip",
    "pip3",
    "npm",
    "npx",
    "yarn",
    "pnpm",
    "go",
    "sort",
    "cut",
    "diff",
    "man",
    "less",
    "pytest",
    "python",
    "python3",
    "node",
    "ruby",
    "perl",
    "php",
    "mysql",
    "psql",
    "ffmpeg",
    "convert",
    "aws",
    "gcloud",
    "az",
    "write-output",
    "write-host",
    "select-string",
    "cd",
    "ssh",
    "scp",
    "rsync",
    "dd",
    "mount",
    "tr",
    "sed",
    "gsed",
];
/// Programs that send, or apply, the JSON they are given.
const SENDERS: &[&str] = &[
    "curl",
    "http",
    "https",
    "xh",
    "wget",
    "gh",
    "glab",
    "kubectl",
    "oc",
    "k",
    "invoke-restmethod",
    "invoke-webrequest",
    "helm",
    "argocd",
    "nomad",
    "consul",
    "etcdctl",
    "vault",
    "aws",
    "az",
];
/// How words begin by which a command of a cloud's only looks.
const LOOKS_UP: &[&str] = &["get-", "list-", "describe-", "simulate-", "validate-", "check-", "test-", "batch-get-", "search-"];

/// Settings in what another reader found.
pub(in crate::instruction) fn inside(read: &Read, budget: &mut Budget) -> Vec<Read> {
    match &read.act {
        Act::Command(command) => in_command(read, command, budget),
        Act::Call(call) => in_call(read, &call.arguments, budget),
        _ => Vec::new(),
    }
}

fn in_command(read: &Read, command: &Command, budget: &mut Budget) -> Vec<Read> {
    let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
    if words.iter().any(|word| word.starts_with("--dry-run") || matches!(*word, "--help" | "--check")) {
        return Vec::new();
    }
    let mut reads = Vec::new();
    let looks_up = words.iter().take(4).any(|word| LOOKS_UP.iter().any(|start| word.starts_with(start)));
    if SENDERS.contains(&command.program.as_str()) && !words.contains(&"-G") && !looks_up {
        for word in words.iter().filter_map(|word| document(word)) {
            let headed = |found: Found| Found { heading: vec![command.program.clone()], ..found };
            let found = flow::read(word, budget).into_iter().map(headed);
            reads.extend(found.flat_map(|found| finish(word, Notation::Json, found)).map(|inner| placed(read, inner)));
        }
    }
    let looks = words.iter().filter(|word| !word.starts_with('-')).take(3).any(|word| LOOKS.contains(word));
    if !looks && !OTHERS.contains(&command.program.as_str()) {
        let mut writer = Writer::default();
        match (command.program.as_str(), words.as_slice()) {
            ("crudini", ["--set", _, section, key, value, ..]) => writer.entry(&format!("{section}.{key}"), *value, budget),
            ("yq", words) => words.iter().filter_map(|word| word.strip_prefix('.')?.split_once('=')).for_each(|(path, value)| {
                writer.entry(path.trim(), value.trim().trim_matches(['"', '\'']), budget);
            }),
            _ => options(&words, &mut writer, budget),
        }
        reads.extend(set(read, vec![command.program.clone()], writer));
    }
    reads
}

/// The document in JSON that `word` is, or that an option is set to.
fn document(word: &str) -> Option<&str> {
    let value = word.split_once('=').filter(|(option, _)| option.starts_with('-')).map_or(word, |(_, value)| value);
    (value.starts_with(['{', '[']) && value.contains(':')).then_some(value)
}

/// Writes down `key=value`, `--key=value`, `--key value` and `set key value`.
fn options(words: &[&str], writer: &mut Writer, budget: &mut Budget) {
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied();
        if let Some((key, value)) = word.split_once('=') {
            for (key, value) in key_and_more(key, value) {
                writer.entry(&key.replace('\\', ""), value, budget);
            }
        } else if let (Some(key), Some(value)) =
            (word.strip_prefix("--"), next.filter(|next| !next.starts_with('-') && !next.contains('=')))
        {
            writer.entry(key, value, budget);
        } else if let (true, Some(key), Some(value)) = (*word == "set", next, words.get(at + 2)) {
            writer.entry(key, *value, budget);
        }
    }
}

/// `a=b,c=d` as its pairs, without the dashes of an option and the option that takes them.
fn key_and_more<'a>(key: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let plain = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-[]/\\".contains(&byte));
    let key = key.trim_start_matches('-');
    let mut rest = value;
    let mut pairs = Vec::new();
    let mut name = key;
    while let Some((value, more)) =
        rest.split_once(',').filter(|(_, more)| more.split('=').next().is_some_and(|key| plain(key) && more.contains('=')))
    {
        pairs.push((name, value));
        (name, rest) = more.split_once('=').unwrap_or((more, ""));
    }
    pairs.push((name, rest));
    pairs.into_iter().filter(|(key, _)| plain(key)).map(|(key, value)| (key, value.trim_matches(['"', '\'']))).collect()
}

fn in_call(read: &Read, arguments: &[Argument], budget: &mut Budget) -> Vec<Read> {
    let mut writer = Writer::default();
    for argument in arguments {
        if let Some(name) = &argument.name {
            writer.entry(name, argument.value.as_str(), budget);
        }
    }
    set(read, vec!["call".to_owned()], writer)
}

fn set(read: &Read, heading: Vec<String>, writer: Writer) -> Vec<Read> {
    let found = Found { heading, writer, range: 0..read.text.len() };
    finish(&read.text, Notation::Arguments, found)
        .into_iter()
        .filter(|inner| has_entries(&inner.act))
        .map(|inner| placed(read, inner))
        .collect()
}

fn has_entries(act: &Act) -> bool {
    matches!(act, Act::Setting(setting) if !setting.entries.is_empty())
}

/// `inner` where `read` stands.
fn placed(read: &Read, inner: Read) -> Read {
    Read { range: read.range.clone(), text: read.text.clone(), decoded: read.decoded.clone(), ..inner }
}

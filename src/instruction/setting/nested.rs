//! Takes apart documents that hold others: a list of manifests, a template's resources, the operations of a JSON patch.

use crate::instruction::{Entry, Setting};

/// Documents within a document, at most.
const MAX_PARTS: usize = 256;

/// `setting` and the manifests and resources in it, each by itself, every entry in one of them.
pub(super) fn parts(mut setting: Setting) -> Vec<Setting> {
    setting.entries.extend(patched(&setting.entries));
    setting.entries.extend(listed(&setting.entries));
    let mut prefixes: Vec<String> = Vec::new();
    for entry in &setting.entries {
        if let Some(prefix) = begins(entry, &setting.entries).filter(|_| prefixes.len() < MAX_PARTS) {
            prefixes.push(format!("{prefix}."));
        }
    }
    if prefixes.is_empty() {
        return vec![setting];
    }
    let mut parts: Vec<Setting> =
        prefixes.iter().map(|_| Setting { notation: setting.notation.clone(), ..Setting::default() }).collect();
    let mut rest = Vec::new();
    for entry in setting.entries {
        let inner = prefixes.iter().enumerate().rev().find(|(_, prefix)| entry.path.starts_with(prefix.as_str()));
        let part = inner.and_then(|(at, prefix)| Some((parts.get_mut(at)?, entry.path.get(prefix.len()..)?.to_owned())));
        match part {
            Some((part, path)) => part.entries.push(Entry { path, value: entry.value }),
            None => rest.push(entry),
        }
    }
    if !rest.is_empty() || !setting.heading.is_empty() {
        parts.insert(0, Setting { entries: rest, ..setting });
    }
    parts
}

/// The path of the document within the document that `entry` gives the kind of.
fn begins<'a>(entry: &'a Entry, entries: &[Entry]) -> Option<&'a str> {
    let (prefix, key) = entry.path.rsplit_once('.')?;
    let sibling = |name: &str| entries.iter().any(|other| other.path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')) == Some(name));
    let manifest = key == "kind" && !entry.value.is_empty() && sibling("apiVersion");
    let resource = key.eq_ignore_ascii_case("type") && (entry.value.starts_with("Microsoft.") || entry.value.starts_with("AWS::"));
    (manifest || resource).then_some(prefix)
}

/// What the operations of a JSON patch set, at the paths they set.
fn patched(entries: &[Entry]) -> Vec<Entry> {
    let mut made = Vec::new();
    for entry in entries.iter().take(MAX_PARTS * 4) {
        let Some(prefix) = entry.path.strip_suffix("path").filter(|_| entry.value.starts_with('/')) else { continue };
        let sibling = |name: &str| entries.iter().find(|other| other.path.strip_prefix(prefix) == Some(name));
        if !sibling("op").is_some_and(|op| matches!(op.value.as_str(), "add" | "replace")) {
            continue;
        }
        let target: Vec<String> = entry.value.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
        let target = target.join(".");
        let values = entries.iter().filter_map(|other| Some((other.path.strip_prefix(prefix)?.strip_prefix("value")?, &other.value)));
        made.extend(values.map(|(path, value)| Entry { path: format!("{target}{path}"), value: value.clone() }));
    }
    made
}

/// The items of a list that set a key: `- traefik.enable=true`, `- --anonymous-auth=false`.
fn listed(entries: &[Entry]) -> Vec<Entry> {
    let item = |entry: &Entry| entry.path.rsplit('.').next().is_some_and(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
    let set = |entry: &Entry| {
        let (key, value) = entry.value.split_once('=')?;
        let key = key.trim_start_matches('-');
        let named = key.starts_with(|c: char| c.is_ascii_alphabetic()) && !key.contains(char::is_whitespace) && key.len() < 200;
        named.then(|| Entry { path: key.to_owned(), value: value.to_owned() })
    };
    entries.iter().filter(|entry| item(entry)).filter_map(set).take(MAX_PARTS).collect()
}

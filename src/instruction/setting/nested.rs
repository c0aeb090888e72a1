//! Takes apart documents that hold others: a list of manifests, a template's resources, the operations of a JSON patch.

use crate::instruction::{Entry, Setting};

/// Documents within a document, at most.
const MAX_PARTS: usize = 256;
/// Entries on either side among which the version beside a kind is looked for.
const NEAR: usize = 64;

/// `setting` and the manifests and resources in it, each by itself, every entry in one of them.
pub(super) fn parts(mut setting: Setting) -> Vec<Setting> {
    setting.entries.extend(patched(&setting.entries));
    setting.entries.extend(listed(&setting.entries));
    setting.entries.extend(shortened(&setting.entries));
    let mut prefixes: Vec<String> = Vec::new();
    for (at, entry) in setting.entries.iter().enumerate() {
        let near = at.saturating_sub(NEAR)..setting.entries.len().min(at + NEAR);
        let near = setting.entries.get(near).unwrap_or_default();
        if let Some(prefix) = begins(entry, near).filter(|_| prefixes.len() < MAX_PARTS) {
            prefixes.push(format!("{prefix}."));
        }
    }
    if prefixes.is_empty() {
        return vec![setting];
    }
    let mut parts: Vec<Setting> = prefixes.iter().map(|_| Setting { notation: setting.notation.clone(), ..Setting::default() }).collect();
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

/// The path of the document within the document that `entry`, which stands among `near`, gives the kind of.
fn begins<'a>(entry: &'a Entry, near: &[Entry]) -> Option<&'a str> {
    let (prefix, key) = entry.path.rsplit_once('.')?;
    let sibling =
        |name: &str| near.iter().any(|other| other.path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')) == Some(name));
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

/// Variables of a program's environment by the name they have within it: `APP_AUTH_ENABLED` as `AUTH_ENABLED`.
fn shortened(entries: &[Entry]) -> Vec<Entry> {
    let made = |entry: &Entry| {
        let key = entry.path.rsplit('.').next()?;
        let variable = key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let (_, name) = key.split_once('_').filter(|_| variable)?;
        name.contains('_').then(|| Entry { path: name.to_owned(), value: entry.value.clone() })
    };
    entries.iter().filter_map(made).take(MAX_PARTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(entries: &[(&str, &str)]) -> Setting {
        let entry = |(path, value): &(&str, &str)| Entry { path: (*path).to_owned(), value: (*value).to_owned() };
        Setting { entries: entries.iter().map(entry).collect(), ..Setting::default() }
    }

    fn paths(setting: Setting) -> Vec<Vec<String>> {
        parts(setting).into_iter().map(|part| part.entries.into_iter().map(|entry| entry.path).collect()).collect()
    }

    #[test]
    fn manifests_in_a_list_stand_apart() {
        let list = [("kind", "List"), ("items.0.apiVersion", "v1"), ("items.0.kind", "Role"), ("items.1.kind", "Other")];
        assert_eq!(paths(setting(&list)), [vec!["kind", "items.1.kind"], vec!["apiVersion", "kind"]]);
        assert_eq!(paths(setting(&[("Resources.A.Type", "AWS::X"), ("Resources.A.B", "1")])), [["Type", "B"]]);
    }

    #[test]
    fn patches_and_lists_set_what_they_name() {
        let patch = [("0.op", "add"), ("0.path", "/spec/a~1b"), ("0.value.c", "1")];
        assert_eq!(paths(setting(&patch)), [["0.op", "0.path", "0.value.c", "spec.a/b.c"]]);
        assert_eq!(paths(setting(&[("env.0", "--auth=no")])), [["env.0", "auth"]]);
        assert_eq!(paths(setting(&[("APP_AUTH_ENABLED", "no")])), [["APP_AUTH_ENABLED", "AUTH_ENABLED"]]);
    }
}

//! Finds the command lines that configuration and program code hold: a pipeline's `run:`, `os.system("…")`.

use super::facts::facts;
use crate::instruction::{Act, Call, Entry, Setting};

/// The command lines in what another reader found, each with what holds it.
pub(crate) fn lines_in(act: &Act) -> Vec<(String, String)> {
    match act {
        Act::Setting(setting) => in_setting(setting),
        Act::Call(call) => in_call(call).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Values of keys such as `run`; the items of a list are the words of one line.
fn in_setting(setting: &Setting) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut list: Option<&str> = None;
    for entry in &setting.entries {
        let Some((holder, key, item)) = host(entry) else { continue };
        match lines.last_mut() {
            Some((_, line)) if item && list == Some(holder) && !entry.value.contains(' ') => {
                line.push(' ');
                line.push_str(&entry.value);
            }
            _ => lines.push((key.to_owned(), entry.value.clone())),
        }
        list = item.then_some(holder);
    }
    lines
}

/// The path to the key that holds the entry's command line, the key, and whether the entry is an item of its list.
fn host(entry: &Entry) -> Option<(&str, &str, bool)> {
    let holds = |key: &str| facts().host_keys.contains(key.to_ascii_lowercase().as_str());
    let (before, last) = entry.path.rsplit_once('.').unwrap_or(("", &entry.path));
    if holds(last) {
        return Some((&entry.path, last, false));
    }
    let key = before.rsplit('.').next().unwrap_or(before);
    (last.bytes().all(|byte| byte.is_ascii_digit()) && holds(key)).then_some((before, key, true))
}

/// The keys that name a file beside what is put into it, and those that hold it.
const FILE_KEYS: &[&str] = &["path", "dest", "destfile", "name", "filename"];
const CONTENT_KEYS: &[&str] = &["line", "block", "content", "contents"];
/// Files, at most, of one configuration.
const MAX_FILES: usize = 64;

/// The files that configuration writes, each with what is put into it, or taken out where it says `absent`.
pub(crate) fn files_in(act: &Act) -> Vec<(String, String)> {
    let Act::Setting(setting) = act else { return Vec::new() };
    let parent = |entry: &Entry| entry.path.rsplit_once('.').map_or(0, |(parent, _)| parent.len());
    let key = |entry: &Entry| entry.path.rsplit('.').next().unwrap_or_default().to_owned();
    let mut files = Vec::new();
    for content in setting.entries.iter().filter(|entry| CONTENT_KEYS.contains(&key(entry).as_str())).take(MAX_FILES) {
        let beside = |names: &[&str]| {
            let mut siblings =
                setting.entries.iter().filter(|entry| entry.path.get(..parent(entry)) == content.path.get(..parent(content)));
            siblings.find(|entry| names.contains(&key(entry).as_str())).map(|entry| entry.value.clone())
        };
        let title = || setting.heading.last().filter(|title| title.starts_with('/')).cloned();
        let Some(file) = beside(FILE_KEYS).filter(|file| file.contains('/')).or_else(title) else { continue };
        let mark = if beside(&["state", "ensure"]).is_some_and(|state| state == "absent") { '-' } else { '+' };
        let lines: String = content.value.lines().map(|line| format!("{mark}{line}\n")).collect();
        files.push((file.clone(), format!("+++ {file}\n{lines}")));
    }
    files
}

fn in_call(call: &Call) -> Option<(String, String)> {
    // Visual Basic runs what it is given without brackets: `shell.Run "…"`.
    let alone = call.path.ends_with(".Run") && call.arguments.len() == 1;
    if !alone && !super::is_host_call(&call.path) {
        return None;
    }
    let plain = call.arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| argument.value.as_str());
    // Each value after the first is a word of its own, whatever blanks it has.
    let quotes = |value: &str| value.contains(' ') && !value.starts_with(['/', '-']) && !value.contains(['\'', '[']);
    let words: Vec<String> =
        plain.enumerate().map(|(at, value)| if at > 0 && quotes(value) { format!("'{value}'") } else { value.to_owned() }).collect();
    // A list written in code has brackets, quotes and commas a shell does not.
    let line = words.join(" ").replace(['[', ']', ','], " ");
    Some((call.path.clone(), line))
}

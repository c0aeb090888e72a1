//! Matches configuration: what heads a block, and values at paths.

use super::{
    anchor::{anchors, folded, is_joint},
    facts::{Captures, Facts},
    format::{SettingMatcher, pattern::Pattern},
    glob,
};
use crate::instruction::{Entry, Setting};
use std::collections::HashMap;

/// A configuration with its entries by key, so that a condition looks only at those that could meet it.
pub(super) struct Keyed<'a> {
    setting: &'a Setting,
    by_key: HashMap<String, Vec<&'a Entry>>,
}

impl<'a> Keyed<'a> {
    /// Files each entry under its keys.
    pub(super) fn of(setting: &'a Setting) -> Self {
        let mut by_key: HashMap<String, Vec<&'a Entry>> = HashMap::new();
        for entry in &setting.entries {
            for key in anchors(&entry.path) {
                by_key.entry(folded(key)).or_default().push(entry);
            }
        }
        Self { setting, by_key }
    }

    /// The entries whose path is what `glob` says.
    fn at(&self, glob: &str) -> impl Iterator<Item = &'a Entry> {
        let key = anchors(glob).next().filter(|key| !key.contains('*'));
        let filed = key.map(|key| self.by_key.get(&folded(key)).map(Vec::as_slice).unwrap_or_default());
        let all = if filed.is_none() { self.setting.entries.as_slice() } else { &[] };
        let glob = glob.to_owned();
        filed.unwrap_or_default().iter().copied().chain(all).filter(move |entry| path_fits(&glob, &entry.path))
    }
}

/// What `matcher` captures; none when it does not match.
pub(super) fn find<'a>(matcher: &'a SettingMatcher, keyed: &Keyed<'a>, facts: &Facts) -> Option<Captures<'a>> {
    let setting = keyed.setting;
    let mut captures = Captures::default();
    let notation = matcher.notation.is_empty() || matcher.notation.iter().any(|pattern| facts.fits(pattern, &setting.notation));
    if !notation || matcher.heading.len() > setting.heading.len() {
        return None;
    }
    let heading = matcher.heading.iter().zip(&setting.heading).all(|(pattern, part)| facts.takes(pattern, part, &mut captures));
    let mut has = |(path, pattern): (&String, &'a Pattern)| keyed.at(path).any(|entry| facts.takes(pattern, &entry.value, &mut captures));
    let matched = heading && matcher.all.iter().all(&mut has) && (matcher.any.is_empty() || matcher.any.iter().any(&mut has));
    let barred = matched && matcher.none.iter().any(|(path, pattern)| keyed.at(path).any(|entry| facts.fits(pattern, &entry.value)));
    (matched && !barred).then_some(captures)
}

/// Whether `path` is what `glob` says: `*` within one key, `**` for any keys or none at the start or the end.
fn path_fits(glob: &str, path: &str) -> bool {
    if let Some(tail) = glob.strip_prefix("**.") {
        return path_fits(tail, path) || path.match_indices('.').any(|(at, _)| path.get(at + 1..).is_some_and(|rest| keys_fit(tail, rest)));
    }
    keys_fit(glob, path)
}

fn keys_fit(glob: &str, path: &str) -> bool {
    let (glob, open) = glob.strip_suffix(".**").map_or((glob, false), |head| (head, true));
    let mut keys = path.split('.');
    glob.split('.').all(|known| keys.next().is_some_and(|key| glob::fits(known, key) || same_key(known, key)))
        && (open || keys.next().is_none())
}

/// Whether both are the same words, however they are joined.
fn same_key(known: &str, key: &str) -> bool {
    !known.contains('*') && !known.is_empty() && letters(known).eq(letters(key))
}

/// The letters of a key, of no case and without what joins its words.
fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|byte| !is_joint(char::from(*byte))).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::path_fits;

    #[test]
    fn stars_stand_for_one_key() {
        assert!(path_fits("rules.*.verbs.*", "rules.0.verbs.1"));
        assert!(path_fits("roleref.name", "roleRef.name"));
        assert!(path_fits("**.allow_anonymous", "auth.allowAnonymous"));
        assert!(path_fits("**.privileged", "spec.containers.0.securityContext.privileged"));
        assert!(path_fits("**.privileged", "privileged"));
        assert!(path_fits("spec.ingress.**", "spec.ingress.0.from.0.cidr"));
        assert!(path_fits("spec.ingress.**", "spec.ingress"));
        assert!(!path_fits("spec.ingress.**", "spec.egress.0"));
        assert!(!path_fits("rules.*", "rules.0.verbs"));
        assert!(!path_fits("rules.*.verbs", "rules.0"));
    }
}

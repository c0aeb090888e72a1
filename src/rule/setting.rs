//! Matches configuration: what heads a block, and values at paths.

use super::{
    facts::{Captures, Facts},
    format::{SettingMatcher, pattern::Pattern},
    glob,
};
use crate::instruction::{Entry, Setting};

/// What `matcher` captures; none when it does not match.
pub(super) fn find<'a>(matcher: &'a SettingMatcher, setting: &'a Setting, facts: &Facts) -> Option<Captures<'a>> {
    let mut captures = Captures::default();
    let notation = matcher.notation.is_empty() || matcher.notation.iter().any(|pattern| facts.fits(pattern, &setting.notation));
    if !notation || matcher.heading.len() > setting.heading.len() {
        return None;
    }
    let heading = matcher.heading.iter().zip(&setting.heading).all(|(pattern, part)| facts.takes(pattern, part, &mut captures));
    let mut has =
        |(path, pattern): (&String, &'a Pattern)| setting.entries.iter().any(|entry| holds(path, pattern, entry, facts, &mut captures));
    let matched = heading && matcher.all.iter().all(&mut has) && (matcher.any.is_empty() || matcher.any.iter().any(&mut has));
    let barred = matched && matcher.none.iter().any(|(path, pattern)| holds_anywhere(path, pattern, setting, facts));
    (matched && !barred).then_some(captures)
}

fn holds_anywhere(path: &str, pattern: &Pattern, setting: &Setting, facts: &Facts) -> bool {
    setting.entries.iter().any(|entry| path_fits(path, &entry.path) && facts.fits(pattern, &entry.value))
}

fn holds<'a>(path: &str, pattern: &'a Pattern, entry: &'a Entry, facts: &Facts, captures: &mut Captures<'a>) -> bool {
    path_fits(path, &entry.path) && facts.takes(pattern, &entry.value, captures)
}

/// Whether `path` is what `glob` says: `*` within one key, `**` for any keys or none at the start.
fn path_fits(glob: &str, path: &str) -> bool {
    if let Some(tail) = glob.strip_prefix("**.") {
        return path_fits(tail, path) || path.match_indices('.').any(|(at, _)| path.get(at + 1..).is_some_and(|rest| keys_fit(tail, rest)));
    }
    keys_fit(glob, path)
}

fn keys_fit(glob: &str, path: &str) -> bool {
    let mut keys = path.split('.');
    glob.split('.').all(|known| keys.next().is_some_and(|key| glob::fits(known, key))) && keys.next().is_none()
}

/// The keys of a path by which rules are looked up: the last two that are no list positions.
pub(super) fn anchors(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit('.').filter(|key| *key != "*" && !key.bytes().all(|byte| byte.is_ascii_digit())).take(2)
}

#[cfg(test)]
mod tests {
    use super::{anchors, path_fits};

    #[test]
    fn stars_stand_for_one_key() {
        assert!(path_fits("rules.*.verbs.*", "rules.0.verbs.1"));
        assert!(path_fits("roleref.name", "roleRef.name"));
        assert!(path_fits("**.privileged", "spec.containers.0.securityContext.privileged"));
        assert!(path_fits("**.privileged", "privileged"));
        assert!(!path_fits("rules.*", "rules.0.verbs"));
        assert!(!path_fits("rules.*.verbs", "rules.0"));
    }

    #[test]
    fn list_positions_are_no_anchors() {
        assert_eq!(anchors("rules.0.verbs.1").collect::<Vec<_>>(), ["verbs", "rules"]);
        assert_eq!(anchors("kind").collect::<Vec<_>>(), ["kind"]);
    }
}

//! What rules are filed and looked up under: the telling part of a path. Shared with the build script, which files them.

/// The last name of a path, by which rules are looked up.
pub(super) fn last_name(path: &str) -> &str {
    path.rsplit(['.', ':', '>']).next().unwrap_or(path)
}

/// The keys of a path by which rules are looked up: the last two that are no list positions.
pub(super) fn anchors(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit('.').filter(|key| *key != "*" && !key.bytes().all(|byte| byte.is_ascii_digit())).take(2)
}

/// `key` as it is filed: `allow-anonymous`, `ALLOW_ANONYMOUS` and `allowAnonymous` are one.
pub(super) fn folded(key: &str) -> String {
    key.chars().filter(|c| !is_joint(*c)).map(|c| c.to_ascii_lowercase()).collect()
}

/// What joins the words of a key.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::anchors;

    #[test]
    fn list_positions_are_no_anchors() {
        assert_eq!(anchors("rules.0.verbs.1").collect::<Vec<_>>(), ["verbs", "rules"]);
        assert_eq!(anchors("kind").collect::<Vec<_>>(), ["kind"]);
    }
}

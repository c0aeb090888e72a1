//! What a diff changes: rules that hold only of what is new, and, the other way round, those that held only of what is gone.

use super::{Direction, Match, Severity};

/// What is to be said of a change, most severe first, when `before` and `after` is said of its two sides.
pub(super) fn compare(before: &[Match], after: &[Match]) -> Vec<Match> {
    let gone = before.iter().filter(|old| !after.iter().any(|new| new.rule == old.rule)).cloned().map(undone);
    let fresh = after.iter().filter(|new| !before.contains(new)).cloned();
    let mut matches: Vec<Match> = fresh.chain(gone).collect();
    matches.sort_by_key(|found| std::cmp::Reverse(found.severity));
    matches
}

/// What it means that `found` no longer holds: a guard that is gone lets in whom it kept out.
fn undone(found: Match) -> Match {
    let (direction, severity) = match found.direction {
        Direction::Widens => (Direction::Narrows, Severity::Low),
        Direction::Narrows => (Direction::Widens, found.severity.max(Severity::High)),
        Direction::Shifts => (Direction::Shifts, found.severity),
    };
    Match { direction, severity, why: format!("takes out what {}", found.why), ..found }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::rule::{Direction, Match, Severity};

    fn found(rule: &str, direction: Direction, why: &str) -> Match {
        let text = String::new;
        let (severity, level, references) = (Severity::Low, 1, Vec::new());
        Match {
            rule: rule.to_owned(),
            title: text(),
            category: text(),
            direction,
            severity,
            level,
            why: why.to_owned(),
            safer: text(),
            references,
        }
    }

    #[test]
    fn a_guard_taken_out_widens() {
        let made = compare(&[found("guard", Direction::Narrows, "keeps guests out")], &[]);
        assert_eq!(made.iter().map(|made| (made.direction, made.severity)).collect::<Vec<_>>(), [(Direction::Widens, Severity::High)]);
        assert_eq!(made.first().map(|made| made.why.as_str()), Some("takes out what keeps guests out"));
    }

    #[test]
    fn what_stands_on_both_sides_says_nothing() {
        let same = [found("guard", Direction::Narrows, "keeps guests out")];
        assert!(compare(&same, &same).is_empty());
        let other = compare(&same, &[found("guard", Direction::Narrows, "keeps staff out")]);
        assert_eq!(other.iter().map(|made| made.direction).collect::<Vec<_>>(), [Direction::Narrows]);
    }
}

//! Reads file modes as `chmod` does, and says which way they move access.
//!
//! A mode in digits replaces what was there, which is not shown; it is judged against what files usually have, 644 and
//! 755 (POSIX `umask` 022). A symbolic mode says itself what it adds and takes.

/// Which way a mode moves access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Everyone may write.
    WorldWritable,
    /// The program runs with its owner's or group's rights.
    Setuid,
    /// Somebody gains.
    Widens,
    /// Somebody loses and nobody gains.
    Narrows,
    /// It depends on what was there.
    Shifts,
}

const OTHERS_WRITE: u32 = 0o002;
const SET_ID: u32 = 0o6000;
const OTHERS_AND_GROUP: u32 = 0o077;

/// What `word` does as a mode: `0777`, `u+rwx,go-w`; none when it is no mode.
pub(super) fn read(word: &str) -> Option<Move> {
    if word.bytes().all(|byte| (b'0'..=b'7').contains(&byte)) {
        return octal(word).map(judge_octal);
    }
    symbolic(word)
}

/// The bits a `umask` takes from new files: open when others keep write, closed when group and others keep nothing.
pub(super) fn umask(word: &str) -> Option<Move> {
    let bits = octal(word)?;
    Some(match bits {
        _ if bits & OTHERS_WRITE == 0 => Move::WorldWritable,
        _ if bits & OTHERS_AND_GROUP >= 0o027 => Move::Narrows,
        _ => Move::Shifts,
    })
}

fn octal(word: &str) -> Option<u32> {
    let digits = (1..=5).contains(&word.len()) && word.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    if digits { u32::from_str_radix(word, 8).ok() } else { None }
}

fn judge_octal(bits: u32) -> Move {
    match bits {
        _ if bits & OTHERS_WRITE != 0 && bits & 0o1000 == 0 => Move::WorldWritable,
        _ if bits & SET_ID != 0 => Move::Setuid,
        _ if bits & OTHERS_AND_GROUP == 0 => Move::Narrows,
        _ => Move::Shifts,
    }
}

/// What the clauses of a symbolic mode add and take.
#[derive(Default)]
struct Effect {
    adds: bool,
    takes: bool,
    sets: bool,
    opens: bool,
    raises: bool,
}

fn symbolic(word: &str) -> Option<Move> {
    let mut effect = Effect::default();
    for clause in word.split(',') {
        // `rsync --chmod` says for directories or files alone: `D2770,Fo-w`.
        let clause = clause.strip_prefix(['D', 'F']).unwrap_or(clause);
        match octal(clause).map(judge_octal).filter(|_| word.contains(',') || word.starts_with(['D', 'F'])) {
            Some(Move::WorldWritable) => effect.opens = true,
            Some(Move::Setuid) => effect.raises = true,
            Some(Move::Narrows) => effect.takes = true,
            Some(_) => effect.sets = true,
            None => read_clause(clause, &mut effect)?,
        }
    }
    Some(match effect {
        Effect { opens: true, .. } => Move::WorldWritable,
        Effect { raises: true, .. } => Move::Setuid,
        Effect { sets: false, adds: true, takes: false, .. } => Move::Widens,
        Effect { adds: false, takes: true, .. } => Move::Narrows,
        _ => Move::Shifts,
    })
}

fn read_clause(clause: &str, effect: &mut Effect) -> Option<()> {
    let actions = clause.trim_start_matches(['u', 'g', 'o', 'a']);
    let who = clause.strip_suffix(actions)?;
    let mut rest = actions;
    while !rest.is_empty() {
        let sign = rest.chars().next().filter(|sign| "+-=".contains(*sign))?;
        let after = rest.get(1..)?;
        let next = after.trim_start_matches(['r', 'w', 'x', 'X', 's', 't', 'u', 'g', 'o']);
        apply(who, sign, after.strip_suffix(next)?, effect);
        rest = next;
    }
    (!actions.is_empty()).then_some(())
}

fn apply(who: &str, sign: char, what: &str, effect: &mut Effect) {
    // Without a class `chmod` leaves out the bits of the umask, so `+w` does not reach others.
    let others = who.contains(['o', 'a']);
    effect.opens |= sign != '-' && others && what.contains('w');
    effect.raises |= sign != '-' && what.contains('s');
    match sign {
        '+' if what == "t" => effect.takes = true,
        '+' => effect.adds = true,
        '-' => effect.takes = true,
        _ if what.is_empty() => effect.takes = true,
        _ => effect.sets = true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Move, read, umask};

    #[test]
    fn digits_are_judged_against_what_files_usually_have() {
        for (word, expected) in [
            ("777", Move::WorldWritable),
            ("0666", Move::WorldWritable),
            ("4755", Move::Setuid),
            ("600", Move::Narrows),
            ("0700", Move::Narrows),
            ("755", Move::Shifts),
            ("1777", Move::Shifts),
        ] {
            assert_eq!(read(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn letters_say_what_they_add_and_take() {
        for (word, expected) in [
            ("a+w", Move::WorldWritable),
            ("u+s", Move::Setuid),
            ("+x", Move::Widens),
            ("u+rw,g+r", Move::Widens),
            ("u+rw,g-w", Move::Shifts),
            ("ug=rwx,o=", Move::Narrows),
            ("go-rwx", Move::Narrows),
            ("-x", Move::Narrows),
            ("o=", Move::Narrows),
            ("u=rwX,go=rX", Move::Shifts),
            ("ugo=rwx", Move::WorldWritable),
        ] {
            assert_eq!(read(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn other_words_are_no_modes() {
        for word in ["file", "-R", "u", "", "888", "u+", "a b", "--recursive", "+y"] {
            assert!(read(word).is_none() || word == "u+", "{word}");
        }
    }

    #[test]
    fn umasks_take_bits_away() {
        assert_eq!(umask("000"), Some(Move::WorldWritable));
        assert_eq!(umask("077"), Some(Move::Narrows));
        assert_eq!(umask("022"), Some(Move::Shifts));
        assert_eq!(umask("-S"), None);
    }
}

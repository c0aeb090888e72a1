//! What `sed -i` and `perl -pi` make of a file, as a diff: the text a pattern names goes, the text put in its place comes.
//!
//! A pattern is read as the plainest text it fits, which is enough to tell which key was set to what.

use super::script::Token;

/// Commands of a script, at most.
const MAX_COMMANDS: usize = 32;
/// Bytes of a script, at most.
const MAX_SCRIPT: usize = 8 * 1024;

/// The files that `words`, an editor with its arguments, changes in place, each with the diff.
pub(super) fn diffs(words: &[Token]) -> Vec<(String, String)> {
    let options = || words.iter().skip(1).map(|token| token.word.text.as_str());
    let in_place = |word: &str| word.starts_with("--in-place") || short(word).is_some_and(|letters| letters.contains('i'));
    if !options().any(in_place) {
        return Vec::new();
    }
    let mut scripts: Vec<&str> = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    let mut script_next = false;
    for word in options() {
        if std::mem::take(&mut script_next) {
            scripts.push(word);
        } else if let Some(script) = word.strip_prefix("--expression=") {
            scripts.push(script);
        } else if word.starts_with('-') && word.len() > 1 {
            script_next = word == "--expression" || short(word).is_some_and(|letters| letters.ends_with('e'));
        } else if !word.is_empty() {
            plain.push(word);
        }
    }
    if scripts.is_empty() && !plain.is_empty() {
        scripts.push(plain.remove(0));
    }
    let mut change = String::new();
    scripts.iter().for_each(|script| edits(script, &mut change));
    if change.is_empty() {
        return Vec::new();
    }
    plain.iter().map(|file| ((*file).to_owned(), format!("+++ {file}\n{change}"))).collect()
}

fn short(word: &str) -> Option<&str> {
    word.strip_prefix('-').filter(|letters| !letters.starts_with('-')).map(|letters| letters.split('.').next().unwrap_or(letters))
}

/// Adds to `change` the lines that the commands of `script` take out and put in.
fn edits(script: &str, change: &mut String) {
    let mut rest = script.get(..script.floor_char_boundary(MAX_SCRIPT)).unwrap_or_default();
    for _ in 0..MAX_COMMANDS {
        rest = rest.trim_start_matches([';', '\n', ' ', '\t', '{', '}']);
        let (address, after) = address(rest);
        let Some(next) = command(after, address.as_deref().unwrap_or_default(), change) else { return };
        rest = next;
    }
}

/// The text of the last pattern that says which lines are meant, and what follows.
fn address(script: &str) -> (Option<String>, &str) {
    let (mut found, mut rest) = (None, script);
    loop {
        rest = rest.trim_start_matches([',', ' ', '!', '$']).trim_start_matches(|c: char| c.is_ascii_digit() || c == '~');
        let Some((pattern, after)) = rest.strip_prefix('/').and_then(|rest| until(rest, '/')) else { return (found, rest) };
        found = Some(pattern);
        rest = after.trim_start_matches(['I', 'M', ' ']);
    }
}

/// Carries one command out; what follows it.
fn command<'s>(script: &'s str, address: &str, change: &mut String) -> Option<&'s str> {
    let mut characters = script.chars();
    let verb = characters.next()?;
    match verb {
        's' => {
            let mark = characters.next().filter(|mark| !mark.is_alphanumeric())?;
            let (from, rest) = until(characters.as_str(), mark)?;
            let (to, rest) = until(rest, mark)?;
            let flags = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let old = plainest(&from, address);
            let new = replaced(&to, &from, &old);
            put(change, '-', &old);
            put(change, '+', &new);
            rest.get(flags..)
        }
        'a' | 'i' | 'c' => {
            let text = characters.as_str().replace("\\n", "\n");
            if verb == 'c' {
                put(change, '-', &plainest(address, ""));
            }
            // An added line is read in the section that the address names.
            if verb == 'a' && address.contains('[') {
                put(change, ' ', &plainest(address, ""));
            }
            put(change, '+', text.trim_start_matches(['\\', '\n', ' ']));
            None
        }
        'd' => {
            put(change, '-', &plainest(address, ""));
            Some(characters.as_str())
        }
        _ => None,
    }
}

fn put(change: &mut String, mark: char, text: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        change.push(mark);
        change.push_str(line);
        change.push('\n');
    }
}

/// The text up to an unescaped `mark`, with its escapes, and what follows it.
fn until(text: &str, mark: char) -> Option<(String, &str)> {
    let mut escaped = false;
    let mut bracket = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            c if c == mark && !bracket => {
                let after = text.get(at + c.len_utf8()..)?;
                return text.get(..at).map(|head| (head.replace(&format!("\\{mark}"), &mark.to_string()), after));
            }
            _ => {}
        }
    }
    text.rfind(mark).filter(|_| bracket).and_then(|at| Some((text.get(..at)?.to_owned(), text.get(at + mark.len_utf8()..)?)))
}

/// The plainest text that fits `pattern`; with an empty pattern, the one before it.
fn plainest(pattern: &str, before: &str) -> String {
    let pattern = if pattern.is_empty() { before } else { pattern };
    let mut made = String::new();
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('s' | 't') => made.push(' '),
                Some('S' | 'w') => made.push('x'),
                Some('d') => made.push('0'),
                Some('?') => drop(made.pop()),
                Some('n') => made.push('\n'),
                Some('(' | ')' | '+' | '<' | '>' | 'b' | '{' | '}' | '1'..='9') | None => {}
                Some('|') => break,
                Some(other) => made.push(other),
            },
            '^' | '$' | '(' | ')' | '+' => {}
            '|' => break,
            '*' | '?' if made.ends_with(['\n', '[']) => {}
            '*' | '?' => drop(made.pop()),
            '[' => {
                let class: String = characters.by_ref().take_while(|c| *c != ']').collect();
                made.push(if class.contains("space") || class.contains(' ') { ' ' } else { class.chars().last().unwrap_or('x') });
                if class.starts_with("[:") {
                    characters.next_if_eq(&']');
                }
            }
            '.' if matches!(characters.peek(), Some('*' | '+')) => drop(characters.next()),
            other => made.push(other),
        }
    }
    made
}

/// `to` with `&` and groups filled in from what `from` fits.
fn replaced(to: &str, from: &str, old: &str) -> String {
    let groups = groups(from);
    let mut made = String::new();
    let mut characters = to.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '&' => made.push_str(old),
            '\\' | '$' => match characters.next() {
                Some(digit @ '1'..='9') => {
                    let at = digit.to_digit(10).unwrap_or(1) as usize - 1;
                    made.push_str(groups.get(at).map_or("", String::as_str));
                }
                Some('n') => made.push('\n'),
                Some('t') => made.push('\t'),
                Some(other) => {
                    if c == '$' {
                        made.push(c);
                    }
                    made.push(other);
                }
                None => {}
            },
            other => made.push(other),
        }
    }
    made
}

/// The plainest text of each group of `pattern`, in either way of writing groups.
fn groups(pattern: &str) -> Vec<String> {
    let (open, close) = if pattern.contains("\\(") { ("\\(", "\\)") } else { ("(", ")") };
    pattern.split(open).skip(1).take(9).map(|rest| plainest(rest.split(close).next().unwrap_or(rest), "")).collect()
}

#[cfg(test)]
mod tests {
    use super::edits;

    fn change(script: &str) -> String {
        let mut change = String::new();
        edits(script, &mut change);
        change
    }

    #[test]
    fn says_what_goes_and_what_comes() {
        assert_eq!(change("s/^#\\?PermitRootLogin.*/PermitRootLogin yes/"), "-PermitRootLogin\n+PermitRootLogin yes\n");
        assert_eq!(change("s/\\(host all all\\)\\s\\+trust/\\1 md5/"), "-host all all trust\n+host all all md5\n");
        assert_eq!(change("s#^(UMASK\\s+)022#\\1077#"), "-UMASK 022\n+UMASK 077\n");
        assert_eq!(change("/^\\[data\\]/a \\  guest ok = yes"), " [data]\n+guest ok = yes\n");
        assert_eq!(change("/^AllowUsers/s/$/ bob/;/^Banner/d"), "+ bob\n-Banner\n");
    }

    #[test]
    fn is_total() {
        for script in ["", "s", "s/", "s/a", "s//", "/a", "[", "s/[/x/", "a", "a\\", "é", "s/é*/&\\", "y/a/b/"] {
            let _ = change(script);
        }
    }
}

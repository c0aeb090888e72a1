//! What an awk program prints and runs, as far as its strings tell: `{ print "chmod 777 " $1 }`, `{ system(cmd) }`.

use super::awk::statements;
use std::collections::BTreeMap;

/// Statements of a program, at most.
const MAX_STATEMENTS: usize = 128;

/// What a program does.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// The command lines it hands to the shell.
    pub(super) runs: Vec<String>,
    /// What it prints, one line for a statement; fields stay as written.
    pub(super) prints: String,
}

/// Reads `program`.
pub(super) fn read(program: &str) -> Done {
    let mut done = Done::default();
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for statement in statements(program).into_iter().take(MAX_STATEMENTS) {
        let text = statement.trim();
        if let Some(at) = text.find("system(") {
            let inner = text.get(at + 7..).unwrap_or_default();
            done.runs.push(value(inner.rsplit_once(')').map_or(inner, |(inner, _)| inner), &known));
        } else if let Some(rest) = text.strip_prefix("printf").or_else(|| text.strip_prefix("print")).filter(|rest| begins_expression(rest))
        {
            let (expression, shell) = piped(rest);
            let format = text.starts_with("printf");
            let made = if format { formatted(expression, &known) } else { value(expression, &known) };
            if shell {
                done.runs.push(made);
            } else {
                done.prints.push_str(&made);
                done.prints.push('\n');
            }
        } else if let Some((name, expression)) = text.split_once('=').filter(|(name, rest)| is_name(name.trim()) && !rest.starts_with('='))
        {
            let made = value(expression, &known);
            known.insert(name.trim(), made);
        }
    }
    done.runs.retain(|line| !line.trim().is_empty());
    done
}

fn begins_expression(rest: &str) -> bool {
    rest.starts_with([' ', '"', '(', '$'])
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The expression before a pipe or a redirection, and whether a shell reads what it prints.
fn piped(text: &str) -> (&str, bool) {
    let (mut inside, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            '|' | '>' if !inside => {
                let to = text.get(at + 1..).unwrap_or_default().trim().trim_matches(['"', '&', ' ']);
                let shell = c == '|' && matches!(to.split([' ', '/']).next_back().unwrap_or(to), "sh" | "bash" | "dash" | "zsh" | "ksh");
                return (text.get(..at).unwrap_or_default(), shell);
            }
            _ => {}
        }
    }
    (text, false)
}

/// Strings and variables of `expression`, put together; a comma is a blank, a field stays as written.
fn value(expression: &str, known: &BTreeMap<&str, String>) -> String {
    let mut made = String::new();
    let mut rest = expression.trim();
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            let (text, after) = string(rest);
            made.push_str(&text);
            rest = after;
            continue;
        }
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len()).max(c.len_utf8());
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match known.get(word) {
            Some(held) => made.push_str(held),
            None if c == ',' => made.push(' '),
            None if c.is_alphanumeric() || c == '$' => made.push_str(word),
            None => {}
        }
        rest = after;
    }
    made
}

/// What `printf` makes of a format and its values.
fn formatted(expression: &str, known: &BTreeMap<&str, String>) -> String {
    let expression = expression.trim().trim_start_matches('(');
    if !expression.starts_with('"') {
        return value(expression, known);
    }
    let (format, rest) = string(expression);
    let mut values = rest.trim_start_matches([',', ' ']).split(',').map(|part| value(part, known));
    let mut pieces = format.split('%');
    let mut made = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '+'));
        made.push_str(&values.next().unwrap_or_default());
        made.extend(rest.chars().skip(1));
    }
    made
}

/// The string that `text` begins with, without quotes and escapes, and what follows it.
fn string(text: &str) -> (String, &str) {
    let mut made = String::new();
    let mut characters = text.chars();
    characters.next();
    while let Some(c) = characters.next() {
        match c {
            '"' => break,
            '\\' => made.extend(characters.next().map(|c| if c == 'n' { '\n' } else { c })),
            c => made.push(c),
        }
    }
    (made, characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn says_what_is_run_and_what_is_printed() {
        assert_eq!(read("BEGIN { system(\"chmod 777 \" file) }").runs, ["chmod 777 file"]);
        assert_eq!(read("{ cmd = \"chmod 777 \" $1; system(cmd) }").runs, ["chmod 777 $1"]);
        assert_eq!(read("{ print \"id bob\" | \"/bin/sh\" }").runs, ["id bob"]);
        assert_eq!(read("$3 > 5 { print \"usermod -L\", $1 }").prints, "usermod -L $1\n");
        assert_eq!(read("{ printf \"chown %s %s\\n\", $1, $2 }").prints, "chown $1 $2\n\n");
    }

    #[test]
    fn is_total() {
        for program in ["", "{", "print", "system(", "printf \"%", "{ print \"a", "x=", "é\"\\"] {
            let _ = read(program);
        }
    }
}

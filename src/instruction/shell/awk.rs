//! What an awk program made of literals alone prints and hands to the shell.

use super::session::Flow;
use crate::instruction::call::Awk;

/// Statements, at most, of one program.
const MAX_STATEMENTS: usize = 64;

/// What a program does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// The command lines it hands to the shell.
    pub(super) commands: Vec<String>,
    /// What it prints.
    pub(super) printed: String,
}

/// Runs `program` as far as its literals tell.
pub(super) fn run(program: &str) -> Done {
    let mut done = Done::default();
    let mut known = Awk::default();
    for statement in statements(program).into_iter().take(MAX_STATEMENTS) {
        step(statement.trim(), &mut known, &mut done);
    }
    done
}

/// What it prints, when that is anything.
pub(super) fn flow(program: &str) -> Option<Flow> {
    let printed = run(program).printed;
    (!printed.is_empty()).then(|| Flow::known(printed).step("awk"))
}

fn step(statement: &str, known: &mut Awk, done: &mut Done) {
    if let Some((name, value)) = assignment(statement) {
        known.assign(name, value);
        return;
    }
    if let Some(inner) = statement.find("system(").and_then(|at| statement.get(at + 7..)) {
        done.commands.extend(known.text(inner.trim_end().strip_suffix(')').unwrap_or(inner)));
        return;
    }
    let formats = statement.strip_prefix("printf");
    let Some(rest) = formats.or_else(|| statement.strip_prefix("print")).filter(|rest| rest.starts_with([' ', '(', '"'])) else {
        // `"command" | getline` runs it.
        let read = statement.split_once("|").filter(|(_, after)| after.trim_start().starts_with("getline"));
        done.commands.extend(read.and_then(|(command, _)| known.text(command)));
        return;
    };
    let (values, into) = match bar(rest) {
        Some((values, into)) => (values, Some(into)),
        None => (rest, None),
    };
    let Some(made) = (if formats.is_some() { known.format(values) } else { known.text(values).map(|text| text + "\n") }) else { return };
    match into {
        Some(_) => done.commands.push(made),
        None => done.printed.push_str(&made),
    }
}

/// What stands before and after the first bar outside of strings.
fn bar(text: &str) -> Option<(&str, &str)> {
    let (mut quoted, mut escaped) = (false, false);
    let at = text.find(|c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        c == '|' && !quoted
    })?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

fn assignment(statement: &str) -> Option<(&str, &str)> {
    let (name, value) = statement.split_once('=')?;
    let name = name.trim();
    let plain = !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    (plain && !value.starts_with(['=', '~'])).then_some((name, value))
}

/// The statements between braces, semicolons and line ends that stand in no string.
pub(super) fn statements(program: &str) -> Vec<&str> {
    outside_strings(program, |c| matches!(c, '{' | '}' | ';' | '\n'))
}

/// The pieces of `text` between the characters for which `parts` holds; it is asked about those in no string.
pub(super) fn outside_strings(text: &str, mut parts: impl FnMut(char) -> bool) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        !quoted && parts(c)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_put_together() {
        let done = run("BEGIN{a=\"ch\"; b=\"mod\"; system(sprintf(\"%s%s %o %s\", a, b, 511, \"/srv\")); print a b}");
        assert_eq!((done.commands, done.printed.as_str()), (vec!["chmod 777 /srv".to_owned()], "chmod\n"));
        assert_eq!(run("BEGIN { printf \"%s%s\\n\", \"a\", \"b\" | \"sh\" }").commands, ["ab\n"]);
        assert_eq!(run("{ print $1 }").printed, "");
    }
}

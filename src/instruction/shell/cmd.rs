//! What cmd puts in by itself: the values of `for`, and `!name!` where expansion is delayed.

use super::{
    format::DialectName,
    script::{Call, Script},
    session::Place,
};

/// Values, at most, that a loop is read for.
const MAX_VALUES: usize = 32;
/// Bytes, at most, of a loop.
const MAX_BYTES: usize = 2048;

impl Script<'_, '_, '_> {
    /// Reads `for %i in (…) do …` and `for /f "…" %i in ("…") do …` with its values put in; false when it is no such loop.
    pub(super) fn for_loop(&mut self, call: &mut Call) -> bool {
        let rest = self.rest();
        if !rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("for ")) {
            return false;
        }
        let line = rest.get(..rest.floor_char_boundary(MAX_BYTES)).unwrap_or_default();
        let Some(found) = parsed(line) else { return false };
        let start = self.at;
        let values = match &found.command {
            Some(command) => {
                let flow =
                    self.session.run(command, Place::Whole(self.place.range(start..start + found.length)), DialectName::Cmd, Vec::new());
                if flow.known { fields(&flow.text, &found) } else { return false }
            }
            None => fields(&found.set, &found),
        };
        self.at += found.length;
        call.group = Some(super::session::Flow::known(String::new()));
        let place = Place::Whole(self.place.range(start..self.at));
        for value in values.into_iter().take(MAX_VALUES) {
            let body = put_in(&found.body, found.letter, &value);
            self.session.run(&body, place.clone(), DialectName::Cmd, vec![format!("for → {}", super::session::shown(&body))]);
        }
        true
    }
}

/// A loop as it is written.
struct For {
    letter: char,
    /// What stands between the brackets.
    set: String,
    /// The command whose output is gone through.
    command: Option<String>,
    body: String,
    /// The tokens of each line that are put in, counted from one; none when each word is.
    tokens: Option<Vec<usize>>,
    /// What parts the tokens; blanks, unless it is said.
    marks: Option<String>,
    length: usize,
}

fn parsed(line: &str) -> Option<For> {
    let lower = line.to_ascii_lowercase();
    let percent = line.find('%')?;
    let letter = line.get(percent..)?.trim_start_matches('%').chars().next().filter(char::is_ascii_alphabetic)?;
    let options = lower.get(..percent)?;
    let by_line = options.contains("/f");
    if options.contains("/l") || options.contains("/r") || options.contains("/d") {
        return None;
    }
    let open = percent + lower.get(percent..)?.find(" in ")? + 4;
    let open = open + lower.get(open..)?.find('(')?;
    let close = open + lower.get(open..)?.find(") do ")?;
    let body = close + 5;
    let end = line.get(body..)?.find('\n').map_or(line.len(), |end| body + end);
    let inside = line.get(open + 1..close)?.trim();
    let quoted = |mark: char| inside.strip_prefix(mark).and_then(|inside| inside.strip_suffix(mark));
    let command = quoted('\'').filter(|_| by_line).map(str::to_owned);
    if by_line && command.is_none() && quoted('"').is_none() {
        return None;
    }
    let option = |name: &str| {
        let at = lower.get(..percent)?.find(name)? + name.len();
        line.get(at..percent)?.split(['"', ' ']).next()
    };
    let tokens = by_line.then(|| numbers(option("tokens=").unwrap_or("1")));
    let marks = option("delims=").map(str::to_owned);
    let set = quoted('"').filter(|_| by_line).unwrap_or(inside).to_owned();
    Some(For { letter, set, command, body: line.get(body..end)?.to_owned(), tokens, marks, length: end })
}

/// `1,3-5` as the numbers.
fn numbers(written: &str) -> Vec<usize> {
    let mut all = Vec::new();
    for part in written.trim_end_matches('*').split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) {
            all.extend(first..=last.min(first + 26));
        }
    }
    all
}

/// The values of each turn: the tokens of a line, or one word.
fn fields(set: &str, found: &For) -> Vec<Vec<String>> {
    let Some(tokens) = &found.tokens else {
        return set.split([' ', ',', ';']).filter(|word| !word.is_empty()).map(|word| vec![word.trim_matches('"').to_owned()]).collect();
    };
    let parts = |c: char| found.marks.as_ref().map_or_else(|| c.is_whitespace(), |marks| marks.contains(c));
    let lines = set.lines().map(|line| {
        let words: Vec<&str> = line.split(parts).filter(|word| !word.is_empty()).collect();
        tokens.iter().map(|at| words.get(at.saturating_sub(1)).map_or(String::new(), |word| (*word).to_owned())).collect()
    });
    lines.collect()
}

/// `body` with the values in the place of `%i` and the letters after it.
fn put_in(body: &str, letter: char, values: &[String]) -> String {
    let mut made = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('%') {
        made.push_str(before);
        let after = after.strip_prefix('%').unwrap_or(after);
        let named = after.trim_start_matches('~').chars().next();
        let value = named.and_then(|c| usize::try_from(u32::from(c).checked_sub(u32::from(letter))?).ok()).and_then(|at| values.get(at));
        match value {
            Some(value) => {
                made.push_str(value);
                rest = after.trim_start_matches('~').get(1..).unwrap_or_default();
            }
            None => {
                made.push('%');
                rest = after;
            }
        }
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_read() {
        let found = parsed("for /f \"tokens=1-2 delims=;\" %%a in (\"net;user\") do %%a %%b kim").unwrap();
        let values = fields(&found.set, &found);
        assert_eq!(values.first().map(|value| put_in(&found.body, found.letter, value)).as_deref(), Some("net user kim"));
        assert!(parsed("for /l %i in (1,1,5) do echo %i").is_none() && parsed("for f in *; do ls; done").is_none());
    }
}

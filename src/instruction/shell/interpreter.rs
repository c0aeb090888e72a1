//! Finds the scripts in the words of an interpreter: `bash -lc '…'`, `psql -c '…'`, `powershell -EncodedCommand …`.

use super::{
    decode,
    format::Interpreter,
    script::{Token, joined},
};

/// A script given to an interpreter.
pub(super) struct Given {
    /// Its text.
    pub(super) text: String,
    /// The word it is, when it is one word.
    pub(super) token: Option<Token>,
    /// The decoding that led to it.
    pub(super) steps: Vec<String>,
    /// The option it was given with; empty when it is a word of its own.
    pub(super) option: String,
    /// Whether the interpreter may be given more.
    pub(super) goes_on: bool,
}

/// The scripts `interpreter` is given in `words`, the program first.
pub(super) fn script(interpreter: &Interpreter, words: &[Token]) -> Vec<Given> {
    let plain = |token: &&Token| !token.word.text.starts_with('-');
    if !interpreter.first.is_empty() && !words.iter().skip(1).find(plain).is_some_and(|token| interpreter.first.contains(&token.word.text))
    {
        return Vec::new();
    }
    let mut given = Vec::new();
    for (index, token) in words.iter().enumerate().skip(1) {
        let option = token.word.text.to_ascii_lowercase();
        let rest = words.get(index + 1..).unwrap_or_default();
        if let Some(value) = held(interpreter, &token.word.text, rest) {
            given.push(Given { text: value, token: None, steps: Vec::new(), option: option.clone(), goes_on: true });
        } else if is_encoded(interpreter, &option) {
            let decoded = rest.first().and_then(|value| decode::utf16_base64(&value.word.text));
            given.extend(decoded.map(|text| Given {
                steps: vec![format!("base64 → {}", super::session::shown(&text))],
                option: token.word.text.clone(),
                text,
                token: None,
                goes_on: false,
            }));
        } else if takes_script(interpreter, &option) {
            let end = if interpreter.rest { rest.len() } else { rest.len().min(1) };
            given.extend(of(rest.get(..end).unwrap_or_default(), &token.word.text, !interpreter.rest));
        } else if let Some((_, value)) =
            option.split_once('=').filter(|(name, _)| name.starts_with("--") && interpreter.script.iter().any(|script| script == name))
        {
            let text = token.word.text.get(token.word.text.len() - value.len()..).unwrap_or_default().to_owned();
            let option = option.split('=').next().unwrap_or_default().to_owned();
            given.push(Given { text, token: None, steps: Vec::new(), option, goes_on: true });
        }
    }
    if !interpreter.marks.is_empty() {
        given.retain_mut(|given| unmarked(&interpreter.marks, given));
    }
    if given.is_empty() && interpreter.words {
        let first = 1 + usize::from(!interpreter.first.is_empty());
        let plain: Vec<Token> = words.iter().skip(first).filter(plain).cloned().collect();
        given.extend(of(&plain, "", false));
    }
    given
}

fn of(words: &[Token], option: &str, goes_on: bool) -> Option<Given> {
    let token = if let [only] = words { Some(only.clone()) } else { None };
    let text = joined(words).text;
    let steps = words.iter().flat_map(|token| token.steps.iter().cloned()).collect();
    (!text.is_empty()).then_some(Given { text, token, steps, option: option.to_owned(), goes_on })
}

/// The script that the setting in `word`, or the word after it, holds: `-oProxyCommand=…`, `alias.up '!…'`.
fn held(interpreter: &Interpreter, word: &str, rest: &[Token]) -> Option<String> {
    if interpreter.holds.is_empty() {
        return None;
    }
    let (name, value) = word.split_once(['=', ' ']).map_or((word, None), |(name, value)| (name, Some(value)));
    let plain = name.trim_start_matches('-').to_ascii_lowercase();
    let glued = plain.strip_prefix(['o', 'c']).filter(|_| name.len() == plain.len() + 1);
    let known = |name: &str| {
        interpreter.holds.iter().any(|held| match held.strip_suffix('*') {
            Some(head) => name.len() > head.len() && name.starts_with(head),
            None => name == held,
        })
    };
    (known(&plain) || glued.is_some_and(known))
        .then(|| value.map_or_else(|| rest.first().map(|next| next.word.text.clone()), |value| Some(value.to_owned())))?
}

/// Takes the mark from a script that must have one; false where it has none.
fn unmarked(marks: &[String], given: &mut Given) -> bool {
    let text = marks.iter().find_map(|mark| given.text.trim_start().strip_prefix(mark.as_str())).map(str::to_owned);
    given.token = None;
    text.map(|text| given.text = text).is_some()
}

fn takes_script(interpreter: &Interpreter, option: &str) -> bool {
    interpreter.script.iter().any(|script| {
        let letter = script.strip_prefix('-').filter(|letter| letter.len() == 1);
        script == option
            || (interpreter.clusters
                && letter.is_some_and(|letter| {
                    option.len() > 2 && !option.starts_with("--") && option.starts_with('-') && option.ends_with(letter)
                }))
    })
}

fn is_encoded(interpreter: &Interpreter, option: &str) -> bool {
    let option = option.strip_prefix('/').map_or_else(|| option.to_owned(), |name| format!("-{name}"));
    option.len() >= 2 && interpreter.encoded.iter().any(|encoded| encoded.starts_with(&option))
}

//! Puts together the strings that program code builds from pieces, as running it would: `"ch" + "mod"`,
//! `["a", "b"].join("")`, `atob("…")`, a variable set above.
//!
//! What only running would tell becomes `$name`, which the shell reader takes for an unset variable.

use crate::instruction::shell::{Decoding, decode_as, decoding};
use std::collections::BTreeMap;

/// Brackets in brackets, at most.
const MAX_DEPTH: usize = 12;
/// Bytes, at most, of one expression.
const MAX_BYTES: usize = 4096;
/// Bytes, at most, of what one expression makes.
const MAX_MADE: usize = 16 * 1024;

/// Variables and what they hold.
pub(super) type Known = BTreeMap<String, Value>;

/// What an expression makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A number, as written.
    Number(u32),
    /// A list.
    List(Vec<Value>),
    /// Something only running would tell, by name.
    Unknown(String),
}

impl Value {
    /// As one string; a list with blanks between, as a command line is made of it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::List(items) => items.iter().map(Self::text).collect::<Vec<_>>().join(" "),
            Self::Unknown(name) => format!("${name}"),
        }
    }

    /// Whether any of it is known.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::List(items) => items.iter().any(Self::is_known),
            Self::Unknown(_) => false,
            _ => true,
        }
    }

    fn flat(self, into: &mut Vec<Value>) {
        match self {
            Self::List(items) => items.into_iter().for_each(|item| item.flat(into)),
            other => into.push(other),
        }
    }
}

/// What the whole of `code` makes, when it is an expression this reader follows.
pub(super) fn whole(code: &str, known: &Known) -> Option<Value> {
    let mut fold = Fold { rest: code.get(..code.floor_char_boundary(MAX_BYTES))?, known, depth: 1 };
    let value = fold.sum()?;
    fold.blank();
    (fold.rest.is_empty() && value.is_known()).then_some(value)
}

/// What the expression that `code` begins with makes, and its length in bytes.
pub(super) fn prefix(code: &str, known: &Known) -> Option<(Value, usize)> {
    let head = code.get(..code.floor_char_boundary(MAX_BYTES))?;
    let mut fold = Fold { rest: head, known, depth: 0 };
    let value = fold.sum().filter(Value::is_known)?;
    Some((value, head.len() - fold.rest.len()))
}

/// The two, one after the other.
pub(super) fn concat(left: Value, right: Value) -> Option<Value> {
    let made = match (left, right) {
        (Value::List(mut items), Value::List(more)) => {
            items.extend(more);
            return Some(Value::List(items));
        }
        (left, right) => left.text() + &right.text(),
    };
    (made.len() <= MAX_MADE).then_some(Value::Text(made))
}

struct Fold<'a, 'k> {
    rest: &'a str,
    known: &'k Known,
    depth: usize,
}

impl<'a> Fold<'a, '_> {
    /// Skips blanks; line ends only inside brackets.
    fn blank(&mut self) {
        let inside = self.depth > 0;
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() && (inside || c != '\n'));
    }

    fn eat(&mut self, token: &str) -> bool {
        let after = self.rest.strip_prefix(token);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Operands with operators that put strings together between.
    fn sum(&mut self) -> Option<Value> {
        let mut left = self.postfix()?;
        loop {
            let before = self.rest;
            self.blank();
            let quoted = self.rest.starts_with(['"', '\'']) && matches!(left, Value::Text(_));
            let adds = ["||", "..", "+", ".", "&"].iter().any(|operator| self.rest.starts_with(operator));
            let assigns = self.rest.starts_with("+=") || self.rest.starts_with("++") || self.rest.starts_with("&&");
            if self.eat("%") {
                self.blank();
                let mut values = Vec::new();
                self.postfix()?.flat(&mut values);
                left = Value::Text(filled(&left.text(), &values));
            } else if adds && !assigns {
                let _ = self.eat("||") || self.eat("..") || self.eat("+") || self.eat(".") || self.eat("&");
                self.blank();
                left = concat(left, self.postfix()?)?;
            } else if quoted {
                left = concat(left, self.postfix()?)?;
            } else {
                self.rest = before;
                return Some(left);
            }
        }
    }

    /// An operand and the methods called on it.
    fn postfix(&mut self) -> Option<Value> {
        let mut value = self.primary()?;
        loop {
            if self.eat("[::-1]") {
                value = apply(Decoding::Reverse, Some(value), Vec::new())?;
                continue;
            }
            let separator = ["?.", ".", "->"].iter().find(|separator| self.rest.starts_with(**separator));
            let Some(after) = separator.and_then(|separator| self.rest.strip_prefix(separator)) else { return Some(value) };
            if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return Some(value);
            }
            self.rest = after;
            let name = self.name();
            let arguments = if self.eat("(") { self.items(')')? } else { Vec::new() };
            value = match decoding(name) {
                Some(decoding) => apply(decoding, Some(value), arguments)?,
                None => Value::Unknown(name.to_owned()),
            };
        }
    }

    fn name(&mut self) -> &'a str {
        let length = self.rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '!')).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        name
    }

    fn primary(&mut self) -> Option<Value> {
        self.blank();
        let letters = self.rest.bytes().take(2).take_while(|byte| b"bBfFrRuUN@$q".contains(byte)).count();
        for length in (0..=letters).rev() {
            let after = self.rest.get(length..)?;
            if after.starts_with(['"', '\'', '`']) {
                let opens = self.rest.get(..length)?.contains(['f', 'F', '$']);
                self.rest = after;
                return self.literal(opens);
            }
        }
        match self.rest.chars().next()? {
            '[' | '(' | '{' if self.depth < MAX_DEPTH => self.group(),
            c if c.is_ascii_digit() => self.number(),
            c if c.is_alphabetic() || matches!(c, '_' | '$' | '@') => self.named(),
            _ => None,
        }
    }

    fn group(&mut self) -> Option<Value> {
        let open = self.rest.chars().next()?;
        self.rest = self.rest.get(1..)?;
        let mut items = self.items(match open {
            '[' => ']',
            '{' => '}',
            _ => ')',
        })?;
        if open == '(' && items.len() == 1 { items.pop() } else { Some(Value::List(items)) }
    }

    /// Expressions with commas between, up to `close`.
    fn items(&mut self, close: char) -> Option<Vec<Value>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.rest.starts_with(close) {
                self.rest = self.rest.get(close.len_utf8()..)?;
                self.depth -= 1;
                return Some(items);
            }
            items.push(self.sum()?);
            self.blank();
            if !self.eat(",") && !self.rest.starts_with(close) {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let length = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        match digits.strip_prefix("0x") {
            Some(hex) if hex.len() > 8 => decode_as(Decoding::Hex, hex).map(Value::Text),
            Some(hex) => u32::from_str_radix(hex, 16).ok().map(Value::Number),
            None => digits.parse().ok().map(Value::Number).or_else(|| Some(Value::Unknown(digits.to_owned()))),
        }
    }

    /// A variable, or a function and what it is called with.
    fn named(&mut self) -> Option<Value> {
        let _ = self.eat("new ");
        let length = self.rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '@' | '.' | ':')).unwrap_or(self.rest.len());
        let path = self.rest.get(..length)?.trim_end_matches(['.', ':']);
        self.rest = self.rest.get(path.len()..)?;
        let name = path.trim_start_matches(['$', '@']);
        let (owner, method) = name.rsplit_once('.').unwrap_or(("", name));
        if self.eat("(") {
            let arguments = self.items(')')?;
            let receiver = self.known.get(owner).cloned();
            return match decoding(name).or_else(|| decoding(method)) {
                Some(decoding) => apply(decoding, receiver, arguments),
                None => Some(Value::Unknown(method.to_owned())),
            };
        }
        if self.rest.starts_with("[]") || self.rest.starts_with('{') {
            let _ = self.eat("[]");
            return if self.rest.starts_with('{') { self.group() } else { None };
        }
        if let Some(receiver) = self.known.get(owner).cloned() {
            return apply(decoding(method)?, Some(receiver), Vec::new());
        }
        Some(self.known.get(name).cloned().unwrap_or_else(|| Value::Unknown(method.to_owned())))
    }

    /// A string literal, its escapes undone, its variables put in.
    fn literal(&mut self, opens: bool) -> Option<Value> {
        let quote = self.rest.chars().next()?;
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let mark = if self.rest.starts_with(&triple) { triple } else { quote.to_string() };
        let body = self.rest.get(mark.len()..)?;
        let mut escaped = false;
        let end = body.char_indices().find(|(at, c)| {
            let ends = !escaped && *c == quote && body.get(*at..).is_some_and(|rest| rest.starts_with(&mark));
            escaped = *c == '\\' && !escaped;
            ends
        })?;
        self.rest = body.get(end.0 + mark.len()..)?;
        let text = unescaped(body.get(..end.0)?);
        let text = if opens || quote == '`' { self.interpolated(&text) } else { text };
        Some(Value::Text(text))
    }

    fn interpolated(&self, text: &str) -> String {
        let mut made = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before.strip_suffix('$').unwrap_or(before));
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match self.known.get(name.trim()) {
                Some(value) => made.push_str(&value.text()),
                None => made.extend(["$", name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()]),
            }
            rest = after;
            if made.len() > MAX_MADE {
                break;
            }
        }
        made + rest
    }
}

/// `text` without the escapes of a string literal; those of other letters stay.
fn unescaped(text: &str) -> String {
    if text.contains('\\') { crate::instruction::shell::unescape(text) } else { text.to_owned() }
}

/// `format` with each `{…}`, `%s` or `%d` taken by the next value.
fn filled(format: &str, values: &[Value]) -> String {
    let mut values = values.iter();
    let mut made = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '%']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        made.push_str(before);
        let length = if from.starts_with('{') { from.find('}').map_or(from.len(), |end| end + 1) } else { from.len().min(2) };
        let length = from.ceil_char_boundary(length);
        match values.next() {
            Some(value) => made.push_str(&value.text()),
            None => made.push_str(from.get(..length).unwrap_or_default()),
        }
        rest = from.get(length..).unwrap_or_default();
    }
    made + rest
}

/// What a function makes of the value it is called on and its arguments.
fn apply(decoding: Decoding, receiver: Option<Value>, arguments: Vec<Value>) -> Option<Value> {
    let mut all: Vec<Value> = receiver.into_iter().chain(arguments).collect();
    let first = all.first()?.clone();
    let second = all.get(1).map(Value::text);
    let made = match decoding {
        Decoding::Same => return Some(first),
        Decoding::Join => return Some(Value::Text(join(all))),
        Decoding::Codes => {
            let mut flat = Vec::new();
            all.into_iter().for_each(|value| value.flat(&mut flat));
            flat.into_iter().filter_map(|value| if let Value::Number(code) = value { char::from_u32(code) } else { None }).collect()
        }
        Decoding::Concat => all.iter().map(Value::text).collect(),
        Decoding::Format => filled(&first.text(), &all.split_off(1)),
        Decoding::Replace => {
            let to = all.get(2).map(Value::text).unwrap_or_default();
            first.text().replace(&second.filter(|from| !from.is_empty())?, &to)
        }
        Decoding::Split => {
            let text = first.text();
            let pieces: Vec<Value> = match second.as_deref() {
                Some("") => text.chars().take(MAX_BYTES).map(|c| Value::Text(c.to_string())).collect(),
                Some(mark) => text.split(mark).map(|piece| Value::Text(piece.to_owned())).collect(),
                None => text.split_whitespace().map(|piece| Value::Text(piece.to_owned())).collect(),
            };
            return Some(Value::List(pieces));
        }
        Decoding::Reverse => match first {
            Value::List(mut items) => {
                items.reverse();
                return Some(Value::List(items));
            }
            other => decode_as(Decoding::Reverse, &other.text())?,
        },
        Decoding::Encoded => {
            let names: Vec<String> = all.iter().map(Value::text).collect();
            let named = names.iter().enumerate().find_map(|(at, name)| Some((at, crate::instruction::shell::encoding(name)?)));
            let Some((at, encoding)) = named else { return Some(first) };
            decode_as(encoding, names.get(usize::from(at == 0))?)?
        }
        other => decode_as(other, &first.text())?,
    };
    (made.len() <= MAX_MADE).then_some(Value::Text(made))
}

/// The items of the list with the string between; whichever of the two comes first.
fn join(mut all: Vec<Value>) -> String {
    let lists = all.iter().filter(|value| matches!(value, Value::List(_))).count();
    let mark = match all.first() {
        Some(Value::List(_)) => all.split_off(1).first().map_or(String::from(","), Value::text),
        _ => {
            let rest = all.split_off(1);
            let mark = all.first().map(Value::text).unwrap_or_default();
            all = rest;
            mark
        }
    };
    let mut items = Vec::new();
    all.into_iter().take(if lists > 0 { 1 } else { MAX_BYTES }).for_each(|value| value.flat(&mut items));
    items.iter().map(Value::text).collect::<Vec<_>>().join(&mark)
}

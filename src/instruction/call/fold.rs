//! Puts together the strings that program code builds from pieces, as running it would: `"ch" + "mod"`,
//! `["a", "b"].join("")`, `atob("…")`, a variable set above.
//!
//! What only running would tell becomes `$name`, which the shell reader takes for an unset variable.

use super::apply::{apply, filled};
use crate::instruction::shell::{Decoding, decode_as, decoding};
use std::collections::BTreeMap;

/// Brackets in brackets, at most.
const MAX_DEPTH: usize = 12;
/// Bytes, at most, of one expression.
pub(super) const MAX_BYTES: usize = 4096;
/// Bytes, at most, of what one expression makes.
pub(super) const MAX_MADE: usize = 16 * 1024;
/// Items, at most, of a list that is gone through.
const MAX_ITEMS: usize = 1024;

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

    /// As a name, where it is one of something that only running would tell.
    pub(super) fn named(&self) -> String {
        self.text().trim_start_matches('$').to_owned()
    }

    /// Whether any of it is known.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::List(items) => items.iter().any(Self::is_known),
            Self::Unknown(_) => false,
            _ => true,
        }
    }

    pub(super) fn flat(self, into: &mut Vec<Value>) {
        match self {
            Self::List(items) => items.into_iter().for_each(|item| item.flat(into)),
            other => into.push(other),
        }
    }
}

/// What the whole of `code` makes, when it is an expression this reader follows.
pub(super) fn whole(code: &str, known: &Known) -> Option<Value> {
    let mut fold = Fold { rest: code.get(..code.floor_char_boundary(MAX_BYTES))?, known, depth: 1, loose: false };
    let value = fold.sum()?;
    fold.blank();
    (fold.rest.is_empty() && value.is_known()).then_some(value)
}

/// What the expression that `code` begins with makes, and its length in bytes.
pub(super) fn prefix(code: &str, known: &Known) -> Option<(Value, usize)> {
    let head = code.get(..code.floor_char_boundary(MAX_BYTES))?;
    let mut fold = Fold { rest: head, known, depth: 0, loose: false };
    let value = fold.sum().filter(Value::is_known)?;
    Some((value, head.len() - fold.rest.len()))
}

/// What the expressions that `code` begins with, commas between, make, and their length in bytes.
pub(super) fn listed(code: &str, known: &Known) -> Option<(Vec<Value>, usize)> {
    let head = code.get(..code.floor_char_boundary(MAX_BYTES))?;
    let mut fold = Fold { rest: head, known, depth: 0, loose: false };
    let values = fold.listed()?;
    Some((values, head.len() - fold.rest.len()))
}

/// What the whole of `code` makes where operands side by side are put together, as awk does.
pub(super) fn side_by_side(code: &str, known: &Known) -> Option<Vec<Value>> {
    let mut fold = Fold { rest: code.get(..code.floor_char_boundary(MAX_BYTES))?, known, depth: 1, loose: true };
    let values = fold.listed()?;
    fold.blank();
    (fold.rest.is_empty() && values.iter().all(Value::is_known)).then_some(values)
}

/// The two, one after the other; of numbers the sum.
pub(super) fn concat(left: Value, right: Value) -> Option<Value> {
    let made = match (left, right) {
        (Value::List(mut items), Value::List(more)) => {
            items.extend(more);
            return Some(Value::List(items));
        }
        (Value::Number(left), Value::Number(right)) => return left.checked_add(right).map(Value::Number),
        (left, right) => left.text() + &right.text(),
    };
    (made.len() <= MAX_MADE).then_some(Value::Text(made))
}

struct Fold<'a, 'k> {
    rest: &'a str,
    known: &'k Known,
    depth: usize,
    /// Whether operands may stand side by side.
    loose: bool,
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
            } else if quoted || self.loose && self.rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '_' | '(')) {
                left = concat(left, self.postfix()?)?;
            } else if let (Value::Number(number), true) = (&left, self.rest.starts_with(['-', '^', '*'])) {
                left = Value::Number(self.arithmetic(*number)?);
            } else {
                self.rest = before;
                return Some(left);
            }
        }
    }

    /// What the operator at hand makes of `left` and the number after it.
    fn arithmetic(&mut self, left: u32) -> Option<u32> {
        let operator = self.rest.chars().next()?;
        self.rest = self.rest.get(1..)?;
        self.blank();
        let Value::Number(right) = self.postfix()? else { return None };
        match operator {
            '-' => left.checked_sub(right),
            '^' => Some(left ^ right),
            _ => left.checked_mul(right),
        }
    }

    /// Expressions with commas between, without brackets around them.
    fn listed(&mut self) -> Option<Vec<Value>> {
        let mut values = vec![self.sum()?];
        loop {
            self.blank();
            // A block stands without a comma after it: `map { chr } (99, 104)`.
            let block = matches!(values.as_slice(), [Value::List(_)])
                && self.rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '@'));
            if !(self.eat(",") || block) || values.len() >= MAX_ITEMS {
                return Some(values);
            }
            values.push(self.sum()?);
        }
    }

    /// Goes through a list with the expression just read: `chr(c) for c in [99, 104]`.
    fn comprehension(&mut self, expression: &'a str) -> Option<Value> {
        self.rest = self.rest.strip_prefix("for ")?.trim_start();
        let name = self.name();
        self.blank();
        self.rest = self.rest.strip_prefix("in")?;
        let items = match self.sum()? {
            Value::List(items) => items,
            Value::Text(text) => text.chars().map(|c| Value::Text(c.to_string())).collect(),
            _ => return None,
        };
        let mut known = self.known.clone();
        let mut made = Vec::new();
        for item in items.into_iter().take(MAX_ITEMS) {
            known.insert(name.to_owned(), item);
            made.push(Fold { rest: expression, known: &known, depth: MAX_DEPTH - 1, loose: false }.sum()?);
        }
        Some(Value::List(made))
    }

    /// The item or the stretch that `[…]` after a value takes of it.
    fn slice(&mut self, value: &Value) -> Option<Value> {
        let (inner, rest) = self.rest.strip_prefix('[')?.split_once(']')?;
        let number = |text: &str| -> Option<i64> { text.trim().parse().ok() };
        let made = match inner.split(':').collect::<Vec<_>>().as_slice() {
            [at] if !matches!(value, Value::Number(_)) => {
                let Some(at) = number(at) else { return Some(Value::Unknown("item".to_owned())).filter(|_| self.skip(rest)) };
                super::apply::item(value, at)?
            }
            [from, to] => super::apply::between(value, number(from).unwrap_or(0), number(to))?,
            [from, to, step] => {
                let part = super::apply::between(value, number(from).unwrap_or(0), number(to))?;
                super::apply::every(&part, number(step)?)?
            }
            _ => return None,
        };
        self.skip(rest);
        Some(made)
    }

    fn skip(&mut self, rest: &'a str) -> bool {
        self.rest = rest;
        true
    }

    /// An operand and the methods called on it.
    fn postfix(&mut self) -> Option<Value> {
        let mut value = self.primary()?;
        loop {
            if self.eat("[::-1]") {
                value = apply(Decoding::Reverse, Some(value), Vec::new())?;
                continue;
            }
            if self.rest.starts_with('[') && value.is_known() {
                value = self.slice(&value)?;
                continue;
            }
            let separator = ["?.", ".", "->", ":"].iter().find(|separator| self.rest.starts_with(**separator));
            let Some(after) = separator.and_then(|separator| self.rest.strip_prefix(separator)) else { return Some(value) };
            if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return Some(value);
            }
            self.rest = after;
            let name = self.name();
            let bracketed = self.eat("(");
            let mut arguments = if bracketed { self.items(')')? } else { Vec::new() };
            let told = decoding(name);
            if told == Some(Decoding::Join) && !bracketed {
                // Ruby puts nothing between, unless told to.
                arguments.push(Value::Text(String::new()));
            }
            value = match told {
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
        if self.eat("...") {
            return apply(Decoding::Split, Some(self.postfix()?), vec![Value::Text(String::new())]);
        }
        if let Some(words) =
            self.rest.strip_prefix("%w").or_else(|| self.rest.strip_prefix("qw")).filter(|rest| rest.starts_with(['[', '(', '{']))
        {
            let (inner, rest) = words.get(1..)?.split_once([']', ')', '}'])?;
            self.rest = rest;
            return Some(Value::List(inner.split_whitespace().map(|word| Value::Text(word.to_owned())).collect()));
        }
        let letters = self.rest.bytes().take(2).take_while(|byte| b"bBfFrRuUN@$q".contains(byte)).count();
        for length in (0..=letters).rev() {
            let after = self.rest.get(length..)?;
            if after.starts_with(['"', '\'', '`']) {
                let opens = self.rest.get(..length)?.contains(['f', 'F', '$']);
                self.rest = after;
                return self.literal(opens);
            }
        }
        if let Some(rest) = self.rest.strip_prefix("//").filter(|rest| rest.starts_with(',') || rest.starts_with(" ,")) {
            self.rest = rest;
            return Some(Value::Text(String::new()));
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
            let expression = self.rest;
            let item = self.sum()?;
            self.blank();
            if self.rest.starts_with("for ") {
                items.push(self.comprehension(expression)?);
                continue;
            }
            if expression.starts_with("...")
                && let Value::List(spread) = item
            {
                items.extend(spread.into_iter().take(MAX_ITEMS));
                let _ = self.eat(",");
                continue;
            }
            // `c => String.fromCharCode(c)` only says what becomes of each item.
            if self.eat("=>") {
                self.sum()?;
                self.blank();
            }
            items.push(item);
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
            None if digits.starts_with("0o") => u32::from_str_radix(digits.get(2..)?, 8).ok().map(Value::Number),
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
        if let Some(decoding) = decoding(name).filter(|_| self.stands_alone(name)) {
            return apply(decoding, None, self.listed()?);
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

    /// Whether the function `name` is called without brackets: `join '', …`, `reverse "…"`, `chr 99`.
    fn stands_alone(&self, name: &str) -> bool {
        let after = self.rest.trim_start_matches(' ');
        let begins = |c: char| matches!(c, '"' | '\'' | '(' | '{' | '[' | '$' | '@' | '/') || c.is_ascii_alphanumeric();
        let operator = ["for ", "in ", "if ", "and ", "or ", "as ", "is "].iter().any(|word| after.starts_with(word));
        (after.len() < self.rest.len() || name == "map" && after.starts_with('{'))
            && after.starts_with(begins)
            && !operator
            && !self.known.contains_key(name)
    }

    /// A string literal, its escapes undone, its variables put in.
    fn literal(&mut self, opens: bool) -> Option<Value> {
        let quote = self.rest.chars().next()?;
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let mark = if self.rest.starts_with(&triple) { triple } else { quote.to_string() };
        let body = self.rest.get(mark.len()..)?;
        let mut escaped = false;
        let mut doubled = false;
        let end = body.char_indices().find(|(at, c)| {
            let rest = body.get(*at..).unwrap_or_default();
            if std::mem::take(&mut doubled) {
                return false;
            }
            // SQL doubles a quote to write one.
            doubled = quote == '\'' && mark.len() == 1 && rest.starts_with("''") && !rest.starts_with("'''") && *at > 0;
            let ends = !escaped && !doubled && *c == quote && rest.starts_with(&mark);
            escaped = *c == '\\' && !escaped;
            ends
        })?;
        self.rest = body.get(end.0 + mark.len()..)?;
        let text = unescaped(body.get(..end.0)?);
        let text = if quote == '\'' && text.contains("''") { text.replace("''", "'") } else { text };
        let text = if opens || quote == '`' { self.interpolated(&text) } else { text };
        let text = if quote == '"' && text.contains('$') && !self.known.is_empty() { self.put_in(&text) } else { text };
        Some(Value::Text(text))
    }

    /// `text` with the variables that stand in it as `$name`, as PHP and Perl have it.
    fn put_in(&self, text: &str) -> String {
        let mut made = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$').filter(|_| made.len() < MAX_MADE) {
            made.push_str(before);
            let length = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
            let (name, beyond) = after.split_at_checked(length).unwrap_or((after, ""));
            match self.known.get(name) {
                Some(value) => made.push_str(&value.text()),
                None => made.extend(["$", name]),
            }
            rest = beyond;
        }
        made + rest
    }

    fn interpolated(&self, text: &str) -> String {
        let mut made = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before.strip_suffix('$').unwrap_or(before));
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match self.known.get(name.trim()) {
                Some(value) => made.push_str(&value.text()),
                None => match whole(name.trim(), self.known).filter(|_| self.depth < MAX_DEPTH && name.contains(['"', '\''])) {
                    Some(value) => made.push_str(&value.text()),
                    None => made.extend(["$", name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()]),
                },
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

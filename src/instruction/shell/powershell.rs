//! What PowerShell writes where a word may stand: expressions, hashtables, splatting, here-strings, method calls.

use super::{
    decode,
    format::DialectName,
    methods::{character, known},
    script::{Call, Script, Token},
    word::Builder,
};
use crate::instruction::Word;

/// Items, at most, of a list in an expression.
const MAX_ITEMS: usize = 512;
/// Bytes in which a method is looked for after a value.
const MAX_NEAR: usize = 600;

impl Script<'_, '_, '_> {
    /// Reads `(…)`, `@{…}`, `@(…)`, `@name` or a here-string in a word; false where the word ends.
    pub(super) fn expression_piece(&mut self, builder: &mut Builder, into: &mut Vec<Token>) -> bool {
        let start = self.at;
        match (self.peek(0), self.peek(1)) {
            (Some(b'('), _) => {
                self.parentheses(builder, into);
                true
            }
            (Some(b'@'), Some(quote @ (b'\'' | b'"'))) => {
                let end = if quote == b'"' { "\n\"@" } else { "\n'@" };
                let body = self.rest().get(2..).unwrap_or_default();
                let length = body.find(end).unwrap_or(body.len());
                let text = body.get(..length).unwrap_or_default().trim_start_matches(['\r', '\n']);
                builder.push(text);
                builder.token.bare = false;
                self.session.budget.take(length);
                self.at = (self.at + 2 + length + end.len()).min(self.code.len());
                true
            }
            (Some(b'@'), Some(b'{')) => {
                self.at += 1;
                self.hashtable();
                builder.push_opaque(self.since(start));
                true
            }
            (Some(b'@'), Some(b'(')) => {
                self.at += 1;
                self.parentheses(builder, into);
                true
            }
            (Some(b'@'), _) => {
                self.at += 1;
                let length = self.rest().bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                self.at += length;
                match self.lookup(self.since(start)).filter(|_| !builder.begun) {
                    Some(values) => into.extend(values.into_iter().map(|word| Token { word, range: start..self.at, ..Token::default() })),
                    None => builder.push(self.since(start)),
                }
                true
            }
            _ => false,
        }
    }

    /// Reads `(…)`: a value where it is one, otherwise commands.
    fn parentheses(&mut self, builder: &mut Builder, into: &mut Vec<Token>) {
        let start = self.at;
        if !self.session.enter() {
            self.at = self.code.len();
            return;
        }
        self.at += 1;
        let value = if builder.begun { None } else { self.expression(Some(b')')) };
        if let Some(values) = value {
            let values = self.members(values);
            self.session.leave();
            self.expand_to(&values, builder, into, true);
            builder.token.bare = false;
            return;
        }
        self.at = start + 1;
        let flow = self.list(Some(b')'));
        self.session.leave();
        if flow.known && !flow.text.is_empty() && !builder.begun {
            builder.push(&flow.text);
            builder.token.bare = false;
        } else {
            builder.push_opaque(self.since(start));
        }
    }

    /// Reads `$name = value` at the start of a command. A command on the right is left to be read as one.
    pub(super) fn variable_assignment(&mut self, call: &mut Call) -> bool {
        let rest = self.rest();
        let Some(named) = rest.strip_prefix('$').filter(|_| self.dialect == DialectName::PowerShell) else { return false };
        let length = named.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':')).count();
        let after = named.get(length..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let appends = after.starts_with("+=");
        let Some(value) = after.strip_prefix("+=").or_else(|| after.strip_prefix('=')).filter(|_| length > 0) else { return false };
        let name = named.get(..length).unwrap_or_default().to_ascii_lowercase();
        let name = name.rsplit(':').next().unwrap_or_default().to_owned();
        let start = self.at;
        self.at = self.code.len() - value.len();
        self.blank();
        if self.rest().starts_with("@{") {
            self.at += 1;
            let words = self.hashtable();
            self.session.variables.insert(format!("@{name}"), words);
            call.range = Some(start..self.at);
            return true;
        }
        let value_at = self.at;
        match self.expression(None) {
            Some(mut values) => {
                if appends && let Some(before) = self.session.variables.get(&name) {
                    values = add(before, &values);
                }
                self.session.variables.insert(name, values);
            }
            None => {
                self.at = value_at;
                self.session.variables.remove(&name);
            }
        }
        true
    }

    /// Reads a value that is piped on: `('a', 'b') -join '' | iex`; false when the command begins otherwise.
    pub(super) fn piped_value(&mut self, call: &mut Call) -> bool {
        let line = self.rest().lines().next().unwrap_or_default();
        let begins = self.dialect == DialectName::PowerShell && !call.called && line.starts_with(['(', '\'', '"', '[', '$', '-']);
        if !begins || !line.contains('|') || !self.session.enter() {
            return false;
        }
        let start = self.at;
        let value = self.expression(Some(b'|')).filter(|value| !value.iter().any(|word| word.opaque));
        self.session.leave();
        let Some(value) = value else {
            self.at = start;
            return false;
        };
        self.at -= 1;
        let lines: Vec<&str> = value.iter().map(|word| word.text.as_str()).collect();
        call.group = Some(super::session::Flow::known(lines.join("\n")));
        call.range = Some(start..self.at);
        true
    }

    /// Reads `{ name = value; … }` as the words splatting makes of it: `-name value …`.
    fn hashtable(&mut self) -> Vec<Word> {
        if !self.session.enter() {
            self.at = self.code.len();
            return Vec::new();
        }
        let words = self.pairs();
        self.session.leave();
        words
    }

    fn pairs(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        self.at += 1;
        while self.session.budget.take(1) {
            while matches!(self.peek(0), Some(b' ' | b'\t' | b'\r' | b'\n' | b';')) {
                self.at += 1;
            }
            match self.peek(0) {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            let length =
                self.rest().bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'\'' | b'"')).count();
            let key = self.rest().get(..length).unwrap_or_default().trim_matches(['\'', '"']).to_owned();
            self.at += length;
            self.blank();
            if length == 0 || self.peek(0) != Some(b'=') {
                self.at += self.rest().chars().next().map_or(0, char::len_utf8);
                continue;
            }
            self.at += 1;
            self.blank();
            let from = self.at;
            let mut tokens = Vec::new();
            match self.expression(Some(b'}')) {
                Some(values) => {
                    // The brace belongs to the table.
                    self.at -= usize::from(self.since(from).ends_with('}'));
                    words.push(Word { text: format!("-{key}"), opaque: false });
                    words.extend(values);
                }
                None => {
                    self.at = from;
                    self.word(&mut tokens);
                    words.push(Word { text: format!("-{key}"), opaque: false });
                    words.extend(tokens.into_iter().map(|token| token.word));
                }
            }
        }
        words
    }

    /// Reads a value up to `close`, or to the end of the statement, and past it; nothing when it is no value.
    pub(super) fn expression(&mut self, close: Option<u8>) -> Option<Vec<Word>> {
        if !self.session.enter() {
            return None;
        }
        let value = self.operators(close);
        self.session.leave();
        value
    }

    fn operators(&mut self, close: Option<u8>) -> Option<Vec<Word>> {
        let mut value = self.operand()?;
        loop {
            self.blank();
            if !self.session.budget.take(1) {
                return None;
            }
            match self.peek(0) {
                byte if byte == close => {
                    self.at += usize::from(byte.is_some());
                    return Some(value);
                }
                None => return close.is_none().then_some(value),
                Some(b'\n' | b';') if close != Some(b')') => return Some(value),
                Some(b'\n') => self.at += 1,
                Some(b'+') => {
                    self.at += 1;
                    let next = self.operand()?;
                    value = add(&value, &next);
                }
                Some(b',') => {
                    self.at += 1;
                    value.extend(self.operand()?);
                    value.truncate(MAX_ITEMS);
                }
                Some(b'-') => value = self.named_operator(&value)?,
                Some(b'|') => value = self.each(&value)?,
                _ => return None,
            }
        }
    }

    fn named_operator(&mut self, value: &[Word]) -> Option<Vec<Word>> {
        self.at += 1;
        let length = self.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = self.rest().get(..length)?.to_ascii_lowercase();
        self.at += length;
        let mut operands = self.operand()?;
        loop {
            self.blank();
            if self.peek(0) != Some(b',') || operands.len() > MAX_ITEMS {
                break;
            }
            self.at += 1;
            operands.extend(self.operand()?);
        }
        let opaque = value.iter().chain(&operands).any(|word| word.opaque);
        let first = value.first()?.text.as_str();
        let argument = operands.first()?.text.as_str();
        let text = match name.as_str() {
            "f" => format(first, &operands),
            "split" | "csplit" | "isplit" if !argument.is_empty() => {
                return Some(first.split(argument).take(MAX_ITEMS).map(|text| Word { text: text.to_owned(), opaque }).collect());
            }
            "join" => value.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(argument),
            "replace" | "creplace" | "ireplace" if !argument.is_empty() => {
                first.replace(argument, operands.get(1).map_or("", |word| word.text.as_str()))
            }
            _ => return None,
        };
        self.session.budget.take(text.len()).then_some(vec![Word { text, opaque }])
    }

    /// A value and the methods called on it.
    fn operand(&mut self) -> Option<Vec<Word>> {
        let value = self.plain_operand()?;
        let value = self.members(value);
        // What is not followed is no value.
        (!matches!(self.peek(0), Some(b'.' | b'[' | b'('))).then_some(value)
    }

    /// `-join` and `-split` before their operand.
    fn unary(&mut self) -> Option<Vec<Word>> {
        let rest = self.rest().get(1..)?;
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = rest.get(..length)?.to_ascii_lowercase();
        if !matches!(name.as_str(), "join" | "split") {
            return None;
        }
        self.at += 1 + length;
        let value = self.operand()?;
        let opaque = value.iter().any(|word| word.opaque);
        let text: String = value.iter().map(|word| word.text.as_str()).collect();
        Some(match name.as_str() {
            "join" => vec![Word { text, opaque }],
            _ => text.split_whitespace().take(MAX_ITEMS).map(|text| Word { text: text.to_owned(), opaque }).collect(),
        })
    }

    /// A quoted string or a variable with methods called on it, where a word may stand; false when it is no such thing.
    pub(super) fn member_word(&mut self, into: &mut Vec<Token>) -> bool {
        let start = self.at;
        let near = self.rest().get(..self.rest().floor_char_boundary(MAX_NEAR)).unwrap_or_default();
        if !matches!(self.peek(0), Some(b'\'' | b'"' | b'$')) || !near.contains(['.', '[']) || !self.session.enter() {
            return false;
        }
        let plain = self.plain_operand();
        let end = self.at;
        let value = plain.map(|value| self.members(value));
        self.session.leave();
        let ends = self.peek(0).is_none_or(|byte| self.ends_word(byte));
        match value.filter(|_| self.at > end && ends) {
            Some(values) => {
                let range = start..self.at;
                into.extend(values.into_iter().map(|word| Token { word, range: range.clone(), ..Token::default() }));
                true
            }
            None => {
                self.at = start;
                false
            }
        }
    }

    fn plain_operand(&mut self) -> Option<Vec<Word>> {
        self.blank();
        let start = self.at;
        match self.peek(0)? {
            b'-' => self.unary(),
            b'(' => {
                self.at += 1;
                self.expression(Some(b')'))
            }
            b'@' if self.peek(1) == Some(b'(') => {
                self.at += 2;
                self.expression(Some(b')'))
            }
            b'\'' | b'"' | b'$' | b'@' => {
                let mut tokens = Vec::new();
                let mut builder = Builder::new(start);
                match self.peek(0)? {
                    b'$' => self.dollar(&mut builder, &mut tokens, true),
                    b'@' => {
                        self.expression_piece(&mut builder, &mut tokens);
                    }
                    _ => self.quoted(&mut builder),
                }
                tokens.push(builder.token);
                Some(tokens.into_iter().map(|token| token.word).collect())
            }
            b'[' => self.cast(),
            byte if byte.is_ascii_digit() => {
                self.at += self.rest().bytes().take_while(u8::is_ascii_alphanumeric).count();
                Some(vec![Word { text: self.since(start).to_owned(), opaque: false }])
            }
            _ => None,
        }
    }

    /// Reads `[char]99`, `[string]'…'` and the decoding of base64.
    fn cast(&mut self) -> Option<Vec<Word>> {
        let rest = self.rest();
        if let Some(at) =
            rest.get(..rest.len().min(160)).or(Some(rest)).and_then(|near| near.to_ascii_lowercase().find("frombase64string("))
        {
            self.at += at + "frombase64string(".len();
            let value = self.expression(Some(b')'))?;
            while self.peek(0) == Some(b')') {
                self.at += 1;
            }
            let text = decode::utf16_base64(&value.first()?.text)?;
            return Some(vec![Word { text, opaque: false }]);
        }
        let arrays = |at: &usize| rest.get(at + 1..).is_none_or(|rest| !rest.starts_with(']'));
        let close = rest.bytes().take(40).enumerate().filter(|(_, byte)| *byte == b']').map(|(at, _)| at).find(arrays)?;
        let name = rest.get(1..close)?.to_ascii_lowercase();
        self.at += close + 1;
        if let Some(method) = self.rest().strip_prefix("::") {
            return self.static_call(&name, method);
        }
        let value = self.operand()?;
        match name.as_str() {
            "char" => {
                let text = value.first()?.text.as_str();
                Some(vec![Word { text: character(text)?.to_string(), opaque: false }])
            }
            "char[]" => match value.as_slice() {
                [only] if only.text.parse::<u32>().is_err() => Some(only.text.chars().take(MAX_ITEMS).map(known).collect()),
                _ => value.iter().map(|word| character(&word.text).map(known)).collect(),
            },
            "string" | "string[]" | "array" | "int" | "int[]" | "object[]" | "byte[]" => Some(value),
            _ => None,
        }
    }
}

/// The sum of two values: of texts their concatenation, of lists the longer list.
fn add(left: &[Word], right: &[Word]) -> Vec<Word> {
    match (left, right) {
        ([left], [right]) => vec![Word { text: format!("{}{}", left.text, right.text), opaque: left.opaque || right.opaque }],
        _ => left.iter().chain(right).take(MAX_ITEMS).cloned().collect(),
    }
}

/// PowerShell's `-f`: `{0}` stands for the first operand.
pub(super) fn format(template: &str, operands: &[Word]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((inner, beyond)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        let index = inner.split([',', ':']).next().and_then(|number| number.trim().parse::<usize>().ok());
        text.push_str(index.and_then(|index| operands.get(index)).map_or("", |word| word.text.as_str()));
        rest = beyond;
    }
    text.push_str(rest);
    text
}

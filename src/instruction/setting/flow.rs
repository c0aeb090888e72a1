//! Reads values in braces, brackets and quotes: JSON with the liberties people take, YAML flow, Terraform expressions,
//! literals in program code.

use super::{
    Found,
    writer::{MAX_DEPTH, Writer},
};
use crate::instruction::Budget;

/// Terraform functions whose arguments are what is set.
const TRANSPARENT: &[&str] = &["jsonencode", "yamlencode", "merge", "concat", "flatten", "toset", "tolist", "tomap"];

/// Whose values these are: it decides where a bare one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::instruction) enum Style {
    /// JSON and its relatives.
    Json,
    /// YAML between braces or brackets.
    Yaml,
    /// Terraform.
    Hcl,
    /// Object literals in program code.
    Code,
}

/// Reads one or more JSON documents, or members without their braces.
pub(in crate::instruction) fn read(code: &str, budget: &mut Budget) -> Vec<Found> {
    let mut flow = Flow { code, at: 0, style: Style::Json };
    let mut found = Vec::new();
    flow.locals();
    while flow.at < code.len() && !budget.is_spent() {
        let start = flow.at;
        let mut writer = Writer::default();
        if matches!(flow.peek(), Some(b'{' | b'[')) {
            flow.value(&mut writer, 0, budget);
        } else {
            flow.members(&mut writer, 0, budget);
        }
        flow.at = flow.at.max(start + 1);
        found.push(Found { heading: Vec::new(), writer, range: start..flow.at.min(code.len()) });
        flow.blanks();
    }
    found
}

/// A place in code.
#[derive(Debug)]
pub(in crate::instruction) struct Flow<'a> {
    pub code: &'a str,
    pub at: usize,
    pub style: Style,
}

impl<'a> Flow<'a> {
    pub(in crate::instruction) fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    pub(in crate::instruction) fn peek(&self) -> Option<u8> {
        self.code.as_bytes().get(self.at).copied()
    }

    /// Goes to `length` bytes on, or to the next character boundary after.
    pub(in crate::instruction) fn skip(&mut self, length: usize) {
        self.at = self.code.ceil_char_boundary(self.at.saturating_add(length));
    }

    /// Skips blanks, commas, semicolons and comments.
    pub(in crate::instruction) fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';').len();
            self.skip(blank);
            let rest = self.rest();
            if rest.starts_with('#') || rest.starts_with("//") {
                self.skip(rest.find('\n').unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.skip(rest.find("*/").map_or(rest.len(), |end| end + 2));
            } else {
                return;
            }
        }
    }

    /// Skips blanks and what Jsonnet defines before its document.
    fn locals(&mut self) {
        self.blanks();
        while self.rest().starts_with("local ") {
            self.skip(self.rest().find('\n').unwrap_or(self.rest().len()));
            self.blanks();
        }
    }

    /// Reads one value.
    pub(in crate::instruction) fn value(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        if depth > MAX_DEPTH {
            budget.take(usize::MAX);
            self.at = self.code.len();
            return;
        }
        match self.peek() {
            Some(b'{' | b'[') if self.is_empty() => {
                let text: String = self.rest().chars().filter(|c| !c.is_whitespace()).take(2).collect();
                self.skip(self.rest().find(['}', ']']).map_or(1, |end| end + 1));
                writer.value(text, budget);
            }
            Some(b'{') => {
                self.skip(1);
                self.members(writer, depth, budget);
                self.skip(1);
            }
            Some(b'[') => {
                self.skip(1);
                self.items(b']', writer, depth, budget);
                self.skip(1);
            }
            Some(b'"' | b'\'') => {
                let text = self.string();
                writer.value(text, budget);
            }
            _ if self.style == Style::Hcl => self.expression(writer, depth, budget),
            _ if self.style == Style::Code => self.plain_expression(writer, budget),
            _ => {
                let text = self.bare();
                writer.value(text, budget);
            }
        }
    }

    /// Whether nothing stands in the brackets that open here.
    fn is_empty(&self) -> bool {
        let inner = self.rest().get(1..).unwrap_or_default().trim_start();
        match self.peek() {
            Some(b'{') => inner.starts_with('}'),
            _ => inner.starts_with(']'),
        }
    }

    /// Reads members up to the closing brace or the end.
    pub(in crate::instruction) fn members(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        loop {
            self.blanks();
            match self.peek() {
                None | Some(b'}') => return,
                Some(b']') => self.skip(1),
                Some(_) => self.member(writer, depth, budget),
            }
            if budget.is_spent() {
                return;
            }
        }
    }

    fn member(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        let start = self.at;
        let key = if matches!(self.peek(), Some(b'"' | b'\'')) { self.string() } else { self.key().to_owned() };
        self.skip(self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len());
        let back = writer.enter(&key);
        if let Some(sign) = ["=>", ":", "="].iter().find(|sign| self.rest().starts_with(**sign)) {
            self.skip(sign.len());
            self.skip(self.rest().len() - self.rest().trim_start().len());
            self.value(writer, depth + 1, budget);
        } else if matches!(self.peek(), Some(b'{')) {
            self.value(writer, depth + 1, budget);
        } else {
            writer.value("", budget);
        }
        writer.leave(back);
        if self.at == start {
            self.skip(1);
        }
    }

    /// Reads items up to `close` or the end.
    pub(in crate::instruction) fn items(&mut self, close: u8, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        for index in 0.. {
            self.blanks();
            let start = self.at;
            match self.peek() {
                None => return,
                Some(byte) if byte == close => return,
                Some(b'}' | b')' | b']') => self.skip(1),
                Some(_) => {
                    let back = writer.enter(&index.to_string());
                    self.value(writer, depth + 1, budget);
                    writer.leave(back);
                }
            }
            if self.at == start {
                self.skip(1);
            }
            if budget.is_spent() {
                return;
            }
        }
    }

    fn key(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find([':', '=', '{', '}', ',', '\n', ']']).unwrap_or(rest.len());
        self.skip(length);
        rest.get(..length).unwrap_or_default().trim().trim_start_matches('(').trim_end_matches(')')
    }

    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find([',', ']', '}', '\n']).unwrap_or(rest.len());
        self.skip(length);
        let text = rest.get(..length).unwrap_or_default();
        text.find(" #").or_else(|| text.find(" //")).and_then(|comment| text.get(..comment)).unwrap_or(text).trim()
    }

    /// Reads a quoted string; backslashes escape in double quotes, a doubled quote stands for one in single quotes.
    pub(in crate::instruction) fn string(&mut self) -> String {
        let mut text = String::new();
        let rest = self.rest();
        let Some(quote) = rest.chars().next() else { return text };
        let mut characters = rest.char_indices().skip(1).peekable();
        let mut end = rest.len();
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' if quote != '\'' || matches!(self.style, Style::Json | Style::Code) => {
                    let next = characters.next().map(|(_, c)| c);
                    match next.filter(|c| *c == 'u').and_then(|_| code_point(rest, at)) {
                        Some(c) => {
                            text.push(c);
                            characters.by_ref().take(4).for_each(drop);
                        }
                        None => text.extend(next.map(unescaped)),
                    }
                }
                '$' if self.style == Style::Hcl && characters.next_if(|(_, next)| *next == '{').is_some() => {
                    text.push_str("${");
                    interpolation(&mut characters, &mut text);
                }
                c if c == quote => {
                    if quote == '\'' && characters.next_if(|(_, next)| *next == quote).is_some() {
                        text.push(quote);
                        continue;
                    }
                    end = at + c.len_utf8();
                    break;
                }
                c => text.push(c),
            }
        }
        self.skip(end);
        text
    }

    /// Reads a Terraform expression: a here-document, a transparent call, or whatever stands there up to the line's end.
    fn expression(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        let rest = self.rest();
        if rest.starts_with("<<") {
            return self.here_document(writer, depth, budget);
        }
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        if TRANSPARENT.contains(&name) && rest.as_bytes().get(name.len()) == Some(&b'(') {
            self.skip(name.len() + 1);
            self.arguments(writer, depth, budget);
            return;
        }
        self.plain_expression(writer, budget);
    }

    fn plain_expression(&mut self, writer: &mut Writer, budget: &mut Budget) {
        let rest = self.rest();
        let length = expression_length(rest);
        self.skip(length);
        writer.value(rest.get(..length).unwrap_or_default().trim().trim_end_matches([';', ' ']), budget);
    }

    fn arguments(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        loop {
            self.blanks();
            let start = self.at;
            match self.peek() {
                None => return,
                Some(b')') => return self.skip(1),
                Some(_) => self.value(writer, depth + 1, budget),
            }
            if self.at == start {
                self.skip(1);
            }
            if budget.is_spent() {
                return;
            }
        }
    }

    fn here_document(&mut self, writer: &mut Writer, depth: usize, budget: &mut Budget) {
        let rest = self.rest();
        let mut lines = rest.split_inclusive('\n');
        let first = lines.next().unwrap_or_default();
        let word = first.trim_start_matches(['<', '-', '~']).trim();
        let length = lines.take_while(|line| line.trim() != word).map(str::len).sum::<usize>();
        let body = rest.get(first.len()..first.len() + length).unwrap_or_default();
        self.skip(first.len() + length);
        self.skip(self.rest().find('\n').unwrap_or(self.rest().len()));
        if body.trim_start().starts_with(['{', '[']) {
            let mut inner = Flow { code: body, at: body.len() - body.trim_start().len(), style: Style::Json };
            inner.value(writer, depth + 1, budget);
        } else {
            writer.value(body.trim(), budget);
        }
    }
}

/// Copies what stands between `${` and its brace, quotes and all.
fn interpolation(characters: &mut impl Iterator<Item = (usize, char)>, text: &mut String) {
    let mut open = 1_usize;
    for (_, c) in characters {
        text.push(c);
        match c {
            '{' => open += 1,
            '}' if open == 1 => return,
            '}' => open -= 1,
            _ => {}
        }
    }
}

/// The length of a bare expression: to the end of the line, or a comma or bracket that is not its own.
fn expression_length(rest: &str) -> usize {
    let mut open = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' if open == 0 || quoted => return at,
            _ if quoted => {}
            b'#' if open == 0 => return at,
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' if open == 0 => return at,
            b')' | b']' | b'}' => open -= 1,
            b',' if open == 0 => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The character that the escape `\uXXXX` at `at` stands for.
fn code_point(text: &str, at: usize) -> Option<char> {
    let digits = text.get(at + 2..at + 6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

fn unescaped(c: char) -> char {
    match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        c => c,
    }
}

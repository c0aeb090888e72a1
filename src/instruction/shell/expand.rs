//! What a `$` stands for: variables, substitutions, arithmetic, and the operations bash has on them.

use super::{
    arithmetic,
    facts::facts,
    format::DialectName,
    pattern::Pattern,
    script::{Script, Token},
    session::{Flow, shown},
    word::Builder,
};
use crate::instruction::Word;

impl Script<'_, '_, '_> {
    /// Reads from a `$` on.
    pub(super) fn dollar(&mut self, builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        let start = self.at;
        self.at += 1;
        match self.peek(0) {
            Some(b'\'') if !quoted && self.dialect == DialectName::Posix => self.ansi(builder),
            Some(b'"') if !quoted => {}
            Some(b'(') if self.dialect == DialectName::Posix && self.peek(1) == Some(b'(') => self.arithmetic(start, builder, into, quoted),
            Some(b'(') => {
                self.at += 1;
                if !self.session.enter() {
                    self.at = self.code.len();
                    return;
                }
                let flow = self.list(Some(b')'));
                self.session.leave();
                self.substitute(flow, start, builder, into, quoted);
            }
            Some(b'{') => self.parameter(start, builder, into, quoted),
            Some(byte) if byte == b'_' || byte.is_ascii_alphabetic() => {
                let colons = self.dialect == DialectName::PowerShell;
                let name = self.rest().bytes().take_while(|&byte| byte == b'_' || byte.is_ascii_alphanumeric() || (colons && byte == b':'));
                self.at += name.count();
                let name = self.since(start + 1).to_owned();
                match self.lookup(&name) {
                    Some(values) => self.expand_to(&values, builder, into, quoted),
                    None => builder.push_opaque(self.since(start)),
                }
            }
            Some(byte @ (b'0'..=b'9' | b'@' | b'*')) if !self.session.arguments.is_empty() && self.dialect == DialectName::Posix => {
                self.at += 1;
                let at = usize::from(byte.wrapping_sub(b'0'));
                let given = &self.session.arguments;
                let values = if byte.is_ascii_digit() {
                    given.get(at).into_iter().cloned().collect()
                } else {
                    given.get(1..).unwrap_or_default().to_vec()
                };
                let values: Vec<Word> = values;
                if values.is_empty() { builder.push_opaque(self.since(start)) } else { self.expand_to(&values, builder, into, quoted) }
            }
            // Nothing is set at a prompt: what stands inside a word is nothing.
            Some(b'1'..=b'9' | b'@' | b'*')
                if !quoted
                    && self.dialect == DialectName::Posix
                    && self.peek(1).is_some_and(|next| next.is_ascii_alphabetic() || next == b'-') =>
            {
                self.at += 1;
                builder.token.bare = false;
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-') => {
                self.at += 1;
                builder.push_opaque(self.since(start));
            }
            _ => builder.push("$"),
        }
    }

    /// Puts a command's output in its place; as written when it is not known.
    pub(super) fn substitute(&mut self, flow: Flow, start: usize, builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        if !flow.known {
            builder.push_opaque(self.since(start));
            return;
        }
        let text = flow.text.trim_end_matches('\n').to_owned();
        builder.token.steps.extend(flow.steps);
        if !text.is_empty() {
            builder.token.steps.push(format!("$(…) → {}", shown(&text)));
            self.expand_to(&[Word { text, opaque: false }], builder, into, quoted);
        }
    }

    /// A variable's values.
    pub(super) fn lookup(&self, name: &str) -> Option<Vec<Word>> {
        let lower;
        let key = if self.dialect == DialectName::Posix {
            name
        } else {
            lower = name.to_ascii_lowercase();
            lower.strip_prefix("env:").unwrap_or(&lower)
        };
        let key = self.session.references.get(key).map_or(key, String::as_str);
        if let Some(values) = self.session.variables.get(key) {
            return Some(values.clone());
        }
        let constant = if self.dialect == DialectName::PowerShell { facts().constants.get(key) } else { None };
        constant.or_else(|| facts().variables.get(key)).map(|value| vec![Word { text: (*value).to_owned(), opaque: false }])
    }

    fn ansi(&mut self, builder: &mut Builder) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let mut escaped = false;
        let close = inner.bytes().position(|byte| {
            let closes = byte == b'\'' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        });
        let Some(close) = close else { return };
        builder.push(&super::escape::unescape(inner.get(..close).unwrap_or_default()));
        builder.token.bare = false;
        self.at += close + 2;
    }

    /// The bytes up to the bracket that closes the one the rest begins with.
    fn bracketed(&mut self, open: u8, close: u8) -> Option<usize> {
        let mut depth = 0_usize;
        let length = self.rest().bytes().position(|byte| {
            depth = match byte {
                byte if byte == open => depth + 1,
                byte if byte == close => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0
        });
        if length.is_none() {
            self.session.budget.take(self.rest().len());
        }
        length
    }

    fn arithmetic(&mut self, start: usize, builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        let Some(length) = self.bracketed(b'(', b')') else {
            builder.push("$");
            return;
        };
        let inner = self.rest().get(2..length.saturating_sub(1)).unwrap_or_default();
        self.session.budget.take(length);
        let value = arithmetic::evaluate(inner, &|name| self.lookup(name).and_then(|values| values.first().map(|word| word.text.clone())));
        self.at += length + 1;
        match value {
            Some(number) => self.expand_to(&[Word { text: number.to_string(), opaque: false }], builder, into, quoted),
            None => builder.push_opaque(self.since(start)),
        }
    }

    /// Reads `${…}`.
    fn parameter(&mut self, start: usize, builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        let Some(length) = self.bracketed(b'{', b'}') else {
            builder.push("$");
            return;
        };
        let inner_at = self.at + 1;
        let inner = self.rest().get(1..length).unwrap_or_default();
        self.session.budget.take(length);
        self.at += length + 1;
        match self.operate(inner, inner_at) {
            Some(values) => self.expand_to(&values, builder, into, quoted),
            None => builder.push_opaque(self.since(start)),
        }
    }

    /// The values of a parameter expansion, given what stands between its braces.
    fn operate(&mut self, inner: &str, at: usize) -> Option<Vec<Word>> {
        let (indirect, body) = inner.strip_prefix('!').map_or((false, inner), |body| (true, body));
        let end = body.bytes().position(|byte| byte != b'_' && !byte.is_ascii_alphanumeric()).unwrap_or(body.len());
        let (mut name, mut operation) = (body.get(..end)?.to_owned(), body.get(end..)?);
        if self.dialect == DialectName::PowerShell {
            return self.lookup(body);
        }
        if indirect {
            name = self.lookup(&name)?.first()?.text.clone();
        }
        let mut values = self.lookup(&name);
        if let Some((index, rest)) = operation.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            operation = rest;
            if !matches!(index, "@" | "*") {
                let keyed = self.lookup(&format!("{name}[{index}]"));
                values = keyed.or_else(|| values.and_then(|values| Some(vec![values.get(index.parse::<usize>().ok()?)?.clone()])));
            }
        }
        if operation.is_empty() {
            return values;
        }
        if let Some(fallback) =
            operation.strip_prefix(":-").or_else(|| operation.strip_prefix(":=")).or_else(|| operation.strip_prefix('-'))
        {
            return values.or_else(|| Some(vec![self.inner_word(fallback, at)]));
        }
        if let Some(other) = operation.strip_prefix(":+").or_else(|| operation.strip_prefix('+')) {
            return Some(if values.is_some() { vec![self.inner_word(other, at)] } else { Vec::new() });
        }
        values?.iter().map(|word| Some(Word { text: edit(&word.text, operation)?, opaque: word.opaque })).collect()
    }

    fn inner_word(&mut self, text: &str, at: usize) -> Word {
        let text = text.trim_matches(['"', '\'']);
        if text.contains('$') {
            Word { text: self.interpolate(text, at), opaque: true }
        } else {
            Word { text: text.to_owned(), opaque: false }
        }
    }

    /// Reads cmd's `%NAME%`, `%NAME:~1,3%` and `%NAME:a=b%`.
    pub(super) fn percent(&mut self, builder: &mut Builder, into: &mut Vec<Token>) {
        let start = self.at;
        let mark = self.peek(0).unwrap_or(b'%');
        self.at += 1;
        let length = self.rest().bytes().take(200).position(|byte| byte == mark || byte == b'\n');
        let inner = length.and_then(|length| self.rest().get(..length)).filter(|inner| !inner.contains('\n'));
        let Some(inner) = inner else {
            builder.push(self.since(start));
            return;
        };
        let (name, operation) = inner.split_once(':').unwrap_or((inner, ""));
        let value = self.lookup(name).and_then(|values| {
            let text = values.first()?.text.clone();
            cmd_edit(&text, operation)
        });
        match value {
            Some(text) => {
                self.at += inner.len() + 1;
                self.expand_to(&[Word { text, opaque: false }], builder, into, false);
            }
            None if mark == b'%' && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                self.at += inner.len() + 1;
                builder.push_opaque(self.since(start));
            }
            None => builder.push(self.since(start)),
        }
    }
}

/// Applies a bash operation such as `%ed`, `:1:3`, `/a/b`, `^^` to a value.
fn edit(value: &str, operation: &str) -> Option<String> {
    if let Some(pattern) = operation.strip_prefix("//") {
        let (from, to) = pattern.split_once('/').unwrap_or((pattern, ""));
        return Some(Pattern::glob(from)?.replace(value, to, true));
    }
    if let Some(pattern) = operation.strip_prefix('/') {
        let (from, to) = pattern.split_once('/').unwrap_or((pattern, ""));
        return Some(Pattern::glob(from)?.replace(value, to, false));
    }
    if let Some(pattern) = operation.strip_prefix('%') {
        return Some(cut_end(value, pattern));
    }
    if let Some(pattern) = operation.strip_prefix('#') {
        return Some(cut_start(value, pattern));
    }
    match operation {
        "^^" => return Some(value.to_uppercase()),
        ",," | "," | "@L" => return Some(value.to_lowercase()),
        "@U" => return Some(value.to_uppercase()),
        "@Q" | "@E" | "@P" => return Some(value.to_owned()),
        _ => {}
    }
    let (offset, length) = operation.strip_prefix(':').map(|range| range.split_once(':').unwrap_or((range, "")))?;
    slice(value, offset, length)
}

fn cut_end(value: &str, pattern: &str) -> String {
    let (longest, pattern) = pattern.strip_prefix('%').map_or((false, pattern), |pattern| (true, pattern));
    match pattern.strip_suffix('*') {
        Some(literal) => {
            let at = if longest { value.find(literal) } else { value.rfind(literal) };
            at.and_then(|at| value.get(..at)).unwrap_or(value).to_owned()
        }
        None => value.strip_suffix(pattern).unwrap_or(value).to_owned(),
    }
}

fn cut_start(value: &str, pattern: &str) -> String {
    let (longest, pattern) = pattern.strip_prefix('#').map_or((false, pattern), |pattern| (true, pattern));
    match pattern.strip_prefix('*') {
        Some(literal) => {
            let at = if longest { value.rfind(literal) } else { value.find(literal) };
            at.and_then(|at| value.get(at + literal.len()..)).unwrap_or(value).to_owned()
        }
        None => value.strip_prefix(pattern).unwrap_or(value).to_owned(),
    }
}

/// `offset` characters in, `length` characters long; a negative number counts from the end, as bash has it.
fn slice(value: &str, offset: &str, length: &str) -> Option<String> {
    let total = value.chars().count();
    let from = |number: &str| -> Option<i64> {
        let number = number.trim().trim_matches(['(', ')']);
        if number.is_empty() { Some(0) } else { number.parse().ok() }
    };
    let offset = from(offset)?;
    let start = if offset < 0 { total.saturating_sub(usize::try_from(-offset).ok()?) } else { usize::try_from(offset).ok()?.min(total) };
    let end = if length.trim().is_empty() {
        total
    } else {
        let length = from(length)?;
        if length < 0 { total.saturating_sub(usize::try_from(-length).ok()?) } else { start.saturating_add(usize::try_from(length).ok()?) }
    };
    Some(value.chars().skip(start).take(end.saturating_sub(start)).collect())
}

fn cmd_edit(value: &str, operation: &str) -> Option<String> {
    if operation.is_empty() {
        return Some(value.to_owned());
    }
    if let Some(range) = operation.strip_prefix('~') {
        let (offset, length) = range.split_once(',').unwrap_or((range, ""));
        return slice(value, offset, length);
    }
    let (from, to) = operation.split_once('=')?;
    (!from.is_empty()).then(|| value.replace(from, to))
}

//! Reads one word of a script: quotes and escapes go, expansions happen, and one word may become several.

use super::{
    format::DialectName,
    script::{Script, Token, joined},
    session::Place,
};
use crate::instruction::Word;

/// Words, at most, that one word may expand to.
const MAX_FIELDS: usize = 256;

/// A word being put together.
pub(super) struct Builder {
    pub(super) token: Token,
    /// Whether there is a word at all, were it an empty one.
    pub(super) begun: bool,
}

impl Builder {
    pub(super) fn new(start: usize) -> Self {
        Self { token: Token { range: start..start, bare: true, ..Token::default() }, begun: false }
    }

    /// Adds text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.begun = true;
        self.token.word.text.push_str(text);
    }

    /// Adds text that only running would tell, as written.
    pub(super) fn push_opaque(&mut self, text: &str) {
        self.push(text);
        self.token.word.opaque = true;
        self.token.bare = false;
    }
}

impl Script<'_, '_, '_> {
    /// Whether `byte` ends a word here.
    pub(super) fn ends_word(&self, byte: u8) -> bool {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'|' => true,
            b';' => self.dialect != DialectName::Cmd,
            b'&' => true,
            b'(' | b')' | b'<' => self.dialect != DialectName::Cmd || byte == b'<',
            b'>' => true,
            b'{' | b'}' => self.dialect == DialectName::PowerShell,
            _ => false,
        }
    }

    fn is_plain(&self, byte: u8) -> bool {
        match byte {
            b'\'' | b'"' | b'$' | b'`' | b'\\' | b'{' => false,
            b'^' | b'%' | b'!' => self.dialect != DialectName::Cmd,
            b'@' => self.dialect != DialectName::PowerShell,
            _ => !self.ends_word(byte),
        }
    }

    fn plain_end(&self) -> usize {
        self.at + self.rest().bytes().take_while(|&byte| self.is_plain(byte)).count()
    }

    /// Reads a word; nothing, one or several are added to `into`.
    pub(super) fn word(&mut self, into: &mut Vec<Token>) {
        let start = self.at;
        let end = self.plain_end();
        let next = self.code.as_bytes().get(end).copied();
        if end > start && next.is_none_or(|byte| byte != b'<' && self.ends_word(byte)) {
            self.at = end;
            let word = Word { text: self.since(start).to_owned(), opaque: false };
            into.push(Token { word, range: start..end, bare: true, steps: Vec::new() });
            return;
        }
        if self.dialect == DialectName::Posix && self.braces(into) {
            return;
        }
        if self.dialect == DialectName::PowerShell && self.member_word(into) {
            return;
        }
        let mut builder = Builder::new(start);
        while self.session.budget.take(1) && self.piece(&mut builder, into) {}
        builder.token.range.end = self.at;
        if builder.begun && into.len() < MAX_FIELDS {
            into.push(builder.token);
        }
    }

    /// Reads the next piece of a word; false at its end.
    fn piece(&mut self, builder: &mut Builder, into: &mut Vec<Token>) -> bool {
        let start = self.at;
        let Some(byte) = self.peek(0) else { return false };
        match (byte, self.dialect) {
            (b'\'', DialectName::Posix | DialectName::PowerShell) => self.single(builder),
            (b'"', _) => self.double(builder, into),
            (b'\\', DialectName::Posix) | (b'`', DialectName::PowerShell) | (b'^', DialectName::Cmd) => self.escaped(builder),
            (b'`', DialectName::Posix) => self.backticks(builder, into, false),
            (b'$', DialectName::Posix | DialectName::PowerShell) => self.dollar(builder, into, false),
            (b'%' | b'!', DialectName::Cmd) => self.percent(builder, into),
            (b'(' | b'@' | b'{', DialectName::PowerShell) => return self.expression_piece(builder, into),
            (b'<' | b'>', DialectName::Posix) if self.peek(1) == Some(b'(') && !builder.begun => self.process(builder),
            (b'<', _) => match self.placeholder() {
                Some(length) => {
                    self.at += length;
                    builder.push(self.since(start));
                }
                None => return false,
            },
            _ if self.ends_word(byte) => return false,
            _ => {
                self.at = self.plain_end().max(self.at + self.rest().chars().next().map_or(1, char::len_utf8));
                builder.push(self.since(start));
            }
        }
        true
    }

    /// Reads a quoted string, of either quote.
    pub(super) fn quoted(&mut self, builder: &mut Builder) {
        if self.peek(0) == Some(b'\'') { self.single(builder) } else { self.double(builder, &mut Vec::new()) }
    }

    /// Reads `'…'`. One that never closes, or an apostrophe inside a word, stands for itself.
    fn single(&mut self, builder: &mut Builder) {
        let start = self.at;
        self.at += 1;
        let apostrophe = builder.token.bare && builder.token.word.text.ends_with(|last: char| last.is_alphabetic());
        let close = self.rest().find('\'').filter(|_| self.last_quotes.first() != Some(&Some(start)));
        let across = close.is_some_and(|close| self.rest().get(..close).is_some_and(|text| text.contains('\n')));
        if close.is_none() || (apostrophe && across) {
            builder.push("'");
            return;
        }
        builder.token.bare = false;
        // PowerShell doubles a quote to write one.
        while let Some(close) = self.rest().find('\'') {
            builder.push(self.rest().get(..close).unwrap_or_default());
            self.at += close + 1;
            if self.dialect != DialectName::PowerShell || self.peek(0) != Some(b'\'') {
                return;
            }
            builder.push("'");
            self.at += 1;
        }
        builder.push(self.rest());
        self.at = self.code.len();
    }

    /// Reads `"…"`; expansions inside do not split the word.
    fn double(&mut self, builder: &mut Builder, into: &mut Vec<Token>) {
        if self.last_quotes.get(1) == Some(&Some(self.at)) {
            self.at += 1;
            builder.push("\"");
            return;
        }
        self.at += 1;
        builder.push("");
        builder.token.bare = false;
        while let Some(byte) = self.peek(0) {
            let start = self.at;
            match (byte, self.dialect) {
                (b'"', DialectName::PowerShell) if self.peek(1) == Some(b'"') => {
                    builder.push("\"");
                    self.at += 2;
                }
                (b'"', _) => {
                    self.at += 1;
                    return;
                }
                (b'\\', DialectName::Posix) if !matches!(self.peek(1), Some(b'$' | b'`' | b'"' | b'\\' | b'\n')) => {
                    self.at += 1;
                    builder.push("\\");
                }
                (b'\\', DialectName::Posix) | (b'`', DialectName::PowerShell) => self.escaped(builder),
                (b'\\', DialectName::Cmd) if self.peek(1) == Some(b'"') => {
                    self.at += 2;
                    builder.push("\"");
                }
                (b'`', DialectName::Posix) => self.backticks(builder, into, true),
                (b'$', DialectName::Posix | DialectName::PowerShell) => self.dollar(builder, into, true),
                (b'%' | b'!', DialectName::Cmd) => self.percent(builder, into),
                _ => {
                    let stop = |byte: u8| matches!(byte, b'"' | b'\\' | b'`' | b'$' | b'%' | b'!');
                    let length = self.rest().bytes().skip(1).take_while(|&byte| !stop(byte)).count();
                    self.at += 1 + length;
                    builder.push(self.since(start));
                }
            }
            if !self.session.budget.take(1) {
                self.at = self.code.len();
            }
        }
    }

    /// Reads an escaped character; an escaped line end is nothing.
    fn escaped(&mut self, builder: &mut Builder) {
        self.at += 1;
        let start = self.at;
        let Some(next) = self.rest().chars().next() else {
            builder.push(if self.dialect == DialectName::Posix { "\\" } else { "" });
            return;
        };
        self.at += next.len_utf8();
        if next == '\r' && self.peek(0) == Some(b'\n') {
            self.at += 1;
        } else if next != '\n' {
            builder.push(self.since(start));
        }
        builder.token.bare = false;
    }

    /// Reads `` `…` ``: a command whose output takes its place.
    fn backticks(&mut self, builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        let start = self.at;
        self.at += 1;
        let mut bytes = self.rest().bytes().enumerate();
        let mut close = None;
        let mut escapes = false;
        while let Some((index, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    escapes = true;
                    bytes.next();
                }
                b'`' => {
                    close = Some(index);
                    break;
                }
                _ => {}
            }
        }
        let Some(close) = close else {
            // One that never closes is markup, not a command; what follows it still is the command.
            self.session.budget.take(self.rest().len());
            return;
        };
        let inner = self.rest().get(..close).unwrap_or_default();
        let place = self.place.inside(self.at);
        self.at += close + 1;
        let flow = if escapes {
            let place = Place::Whole(self.place.range(start..self.at));
            self.session.run(&inner.replace("\\`", "`").replace("\\\\", "\\").replace("\\$", "$"), place, self.dialect, Vec::new())
        } else {
            self.session.run(inner, place, self.dialect, Vec::new())
        };
        self.substitute(flow, start, builder, into, quoted);
    }

    /// Reads `<(…)`: a file with a command's output.
    fn process(&mut self, builder: &mut Builder) {
        let start = self.at;
        self.at += 2;
        if !self.session.enter() {
            self.at = self.code.len();
            return;
        }
        let flow = self.list(Some(b')'));
        self.session.leave();
        let raw = self.since(start).to_owned();
        builder.push_opaque(&raw);
        if flow.known {
            self.session.files.insert(raw, flow);
        }
    }

    /// The length of a placeholder such as `<user name>` at the place reached, which documentation writes for a value.
    pub(super) fn placeholder(&self) -> Option<usize> {
        let rest = self.rest().strip_prefix('<')?;
        let length = rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_-. :/|@".contains(byte)).count();
        let inner = rest.get(..length)?;
        let closed = rest.as_bytes().get(length) == Some(&b'>');
        (closed && inner.starts_with(|first: char| first.is_ascii_alphabetic()) && !inner.ends_with(' ')).then_some(length + 2)
    }

    /// Expands `{a,b}` as bash does, on the text, before anything else; true when the word was one.
    fn braces(&mut self, into: &mut Vec<Token>) -> bool {
        let Some((length, alternatives)) = super::brace::expand(self.rest(), self.session.budget) else { return false };
        let start = self.at;
        self.at += length;
        let place = Place::Whole(self.place.range(start..self.at));
        for alternative in alternatives {
            if !self.session.budget.take(alternative.len()) || into.len() >= MAX_FIELDS || !self.session.enter() {
                self.session.budget.cut();
                break;
            }
            let first = into.len();
            let mut script = Script::new(&alternative, place.clone(), self.dialect, self.session);
            script.plain_word(into);
            self.session.leave();
            for token in into.iter_mut().skip(first) {
                token.range = start..self.at;
                token.bare = false;
            }
        }
        true
    }

    /// Reads the whole script as one word whose braces are taken literally.
    fn plain_word(&mut self, into: &mut Vec<Token>) {
        let mut builder = Builder::new(0);
        while self.session.budget.take(1) && self.piece(&mut builder, into) {}
        if builder.begun {
            into.push(builder.token);
        }
    }

    /// Puts here what `value` stands for; without quotes it is split at blanks.
    pub(super) fn expand_to(&mut self, values: &[Word], builder: &mut Builder, into: &mut Vec<Token>, quoted: bool) {
        let at = self.at;
        let start = builder.token.range.start;
        for (index, value) in values.iter().enumerate() {
            if !self.session.budget.take(value.text.len() + 1) {
                return;
            }
            if index > 0 {
                split(builder, into, start, at);
            }
            builder.token.word.opaque |= value.opaque;
            builder.token.bare = false;
            if quoted || value.opaque {
                builder.push(&value.text);
                continue;
            }
            let marks = self.session.variables.get("IFS").and_then(|marks| marks.first()).filter(|_| self.dialect == DialectName::Posix);
            let parts = |c: char| marks.map_or_else(|| c.is_whitespace(), |marks| marks.text.contains(c));
            let (before, after) = (value.text.starts_with(parts), value.text.ends_with(parts));
            let fields: Vec<&str> = value.text.split(parts).filter(|field| !field.is_empty()).take(MAX_FIELDS).collect();
            if before {
                split(builder, into, start, at);
            }
            for (index, field) in fields.into_iter().enumerate() {
                if index > 0 {
                    split(builder, into, start, at);
                }
                builder.push(field);
                builder.token.word.opaque |= value.opaque;
            }
            if after {
                split(builder, into, start, at);
            }
        }
    }

    /// Reads `text`, a stretch of the present script, as one quoted word.
    pub(super) fn interpolate(&mut self, text: &str, from: usize) -> String {
        if !self.session.enter() {
            return text.to_owned();
        }
        let place = self.place.inside(from);
        let dialect = self.dialect;
        let mut script = Script::new(text, place, dialect, self.session);
        script.last_quotes = [None, None];
        let mut builder = Builder::new(0);
        let mut split = Vec::new();
        while let Some(byte) = script.peek(0) {
            let start = script.at;
            match byte {
                b'$' => script.dollar(&mut builder, &mut split, true),
                b'`' if dialect == DialectName::Posix => script.backticks(&mut builder, &mut split, true),
                b'\\' if matches!(script.peek(1), Some(b'$' | b'`' | b'\\' | b'\n')) => script.escaped(&mut builder),
                _ => {
                    script.at += 1 + script.rest().bytes().skip(1).take_while(|byte| !matches!(byte, b'$' | b'`' | b'\\')).count();
                    builder.push(script.since(start));
                }
            }
            if !script.session.budget.take(1) {
                break;
            }
        }
        self.session.leave();
        split.push(builder.token);
        joined(&split).text
    }
}

/// Ends the present word and begins another.
fn split(builder: &mut Builder, into: &mut Vec<Token>, start: usize, end: usize) {
    if builder.begun && into.len() < MAX_FIELDS {
        let mut next = Builder::new(start);
        next.token.bare = false;
        std::mem::swap(&mut next, builder);
        next.token.range.end = end;
        into.push(next.token);
    }
}

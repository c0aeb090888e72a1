//! Walks a script: separators, pipes, groups, redirections, here-documents.
//!
//! Parsing and running are one walk, as in a shell: when a word is read, the assignments before it have been made. The
//! walk takes every branch, since any of them may be the one a reader's machine takes.

use super::{
    facts::facts,
    format::DialectName,
    loops::Loop,
    session::{Flow, Place, Session},
};
use crate::instruction::Word;
use std::ops::Range;

/// Words, at most, of one command.
const MAX_WORDS: usize = 4_096;

/// A word as read from a script.
#[derive(Clone, Debug, Default)]
pub(super) struct Token {
    /// The word, unquoted, and whether part of it is unknown.
    pub(super) word: Word,
    /// Where it stands in its script, in bytes.
    pub(super) range: Range<usize>,
    /// Whether it was written without quotes, escapes or expansions.
    pub(super) bare: bool,
    /// The decoding that led to it.
    pub(super) steps: Vec<String>,
}

/// A simple command being put together.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// Its words, the program first.
    pub(super) words: Vec<Token>,
    /// `NAME=value` before the program.
    pub(super) assignments: Vec<(String, Vec<Word>)>,
    /// What it is given on standard input.
    pub(super) input: Option<Flow>,
    /// The file its output goes to.
    pub(super) output: Option<String>,
    /// Where it stands in its script.
    pub(super) range: Option<Range<usize>>,
    /// Whether PowerShell's `&` calls it.
    pub(super) called: bool,
    /// What a group in its place prints.
    pub(super) group: Option<Flow>,
}

impl Call {
    pub(super) fn covers(&mut self, range: Range<usize>) {
        let start = self.range.as_ref().map_or(range.start, |known| known.start);
        self.range = Some(start..range.end.max(start));
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.group.is_none()
    }
}

/// What comes next in a list.
enum Next {
    End,
    Separator(usize),
    Pipe(usize),
    Open(u8, usize),
    Close(u8),
    Redirect,
    /// PowerShell's call operator, which changes nothing.
    Skip,
    Word,
}

/// A script and the place reached in it.
pub(super) struct Script<'c, 's, 'b> {
    pub(super) code: &'c str,
    pub(super) at: usize,
    pub(super) place: Place,
    pub(super) dialect: DialectName,
    pub(super) session: &'s mut Session<'b>,
    /// The line end after which here-documents stand, and where the last of them ends.
    heredocs: Option<(usize, usize)>,
    /// Where the pipeline being read begins.
    pub(super) pipeline: usize,
    /// The loops that are open, and the one whose `do` comes next.
    pub(super) loops: Vec<Loop>,
    pub(super) begun: Option<Loop>,
    /// Where the last quote of each kind stands: an opening quote there is never closed.
    pub(super) last_quotes: [Option<usize>; 2],
}

impl<'c, 's, 'b> Script<'c, 's, 'b> {
    /// A script to be read from its beginning.
    pub(super) fn new(code: &'c str, place: Place, dialect: DialectName, session: &'s mut Session<'b>) -> Self {
        let last_quotes = [code.rfind('\''), code.rfind('"')];
        Self { code, at: 0, place, dialect, session, heredocs: None, pipeline: 0, loops: Vec::new(), begun: None, last_quotes }
    }

    /// The byte `ahead` of the place reached.
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.code.as_bytes().get(self.at + ahead).copied()
    }

    /// The code from `start` up to the place reached.
    pub(super) fn since(&self, start: usize) -> &'c str {
        self.code.get(start..self.at).unwrap_or_default()
    }

    /// The code from the place reached.
    pub(super) fn rest(&self) -> &'c str {
        self.code.get(self.at..).unwrap_or_default()
    }

    /// The byte that escapes the next one.
    pub(super) fn escape(&self) -> u8 {
        match self.dialect {
            DialectName::Posix => b'\\',
            DialectName::PowerShell => b'`',
            DialectName::Cmd => b'^',
        }
    }

    /// Reads commands until `close` or the end; what they print.
    pub(super) fn list(&mut self, close: Option<u8>) -> Flow {
        let mut all = Flow::known(String::new());
        let mut piped = None;
        let mut call = Call::default();
        let outer = self.pipeline;
        loop {
            self.blank();
            if call.range.is_none() && piped.is_none() {
                self.pipeline = self.at;
            }
            if !self.session.budget.take(1) {
                break;
            }
            match self.next(&call) {
                Next::End => break,
                Next::Close(byte) => {
                    self.at += 1;
                    if close == Some(byte) {
                        break;
                    }
                    call = Call::default();
                }
                Next::Separator(length) => {
                    all.append(self.finish(std::mem::take(&mut call), piped.take()));
                    self.separator(length);
                }
                Next::Pipe(length) => {
                    let flow = self.finish(std::mem::take(&mut call), piped.take());
                    piped = Some(flow);
                    self.at += length;
                }
                Next::Open(end, length) => {
                    let outer = self.session.stdin.take();
                    self.session.stdin = piped.clone().filter(|flow: &Flow| flow.known).or_else(|| outer.clone());
                    self.open(end, length, &mut call);
                    self.session.stdin = outer;
                }
                Next::Redirect => self.redirect(&mut call),
                Next::Skip => {
                    self.at += 1;
                    call.called = true;
                }
                Next::Word => self.argument(&mut call, &mut all),
            }
        }
        all.append(self.finish(call, piped));
        self.pipeline = outer;
        all
    }

    /// Skips blanks, line continuations and comments.
    pub(super) fn blank(&mut self) {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(byte) if byte == self.escape() && self.peek(1) == Some(b'\n') => self.at += 2,
                Some(byte) if byte == self.escape() && self.peek(1) == Some(b'\r') && self.peek(2) == Some(b'\n') => self.at += 3,
                Some(b'#') if self.dialect != DialectName::Cmd => self.skip_line(),
                Some(b'<') if self.dialect == DialectName::PowerShell && self.peek(1) == Some(b'#') => {
                    self.at = self.rest().find("#>").map_or(self.code.len(), |end| self.at + end + 2);
                }
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        self.at = self.line_end(self.at);
    }

    fn line_end(&self, from: usize) -> usize {
        self.code.get(from..).and_then(|rest| rest.find('\n')).map_or(self.code.len(), |end| from + end)
    }

    fn next(&self, call: &Call) -> Next {
        let (posix, shell) = (self.dialect == DialectName::Posix, self.dialect == DialectName::PowerShell);
        let Some(byte) = self.peek(0) else { return Next::End };
        let second = self.peek(1);
        match byte {
            b'\n' => Next::Separator(1),
            b';' if self.dialect != DialectName::Cmd => Next::Separator(1),
            b'&' if posix && second == Some(b'>') => Next::Redirect,
            b'&' if shell && call.is_empty() && second != Some(b'&') => Next::Skip,
            b'&' => Next::Separator(if second == Some(b'&') { 2 } else { 1 }),
            b'|' if second == Some(b'|') => Next::Separator(2),
            b'|' => Next::Pipe(if second == Some(b'&') { 2 } else { 1 }),
            b'(' if posix || (self.dialect == DialectName::Cmd && call.is_empty()) => Next::Open(b')', 1),
            b')' => Next::Close(b')'),
            b'{' if shell => Next::Open(b'}', 1),
            b'{' if posix && call.is_empty() && second.is_none_or(|byte| byte.is_ascii_whitespace()) => Next::Open(b'}', 1),
            b'}' if shell || (posix && call.is_empty()) => Next::Close(b'}'),
            b'<' | b'>' if posix && second == Some(b'(') => Next::Word,
            b'<' if self.placeholder().is_some() || shell => Next::Word,
            b'<' | b'>' => Next::Redirect,
            _ => Next::Word,
        }
    }

    fn separator(&mut self, length: usize) {
        let at = self.at;
        self.at += length;
        if let Some((line_end, end)) = self.heredocs
            && at >= line_end
        {
            self.at = self.at.max(end);
            self.heredocs = None;
        }
    }

    /// Reads a group: a subshell, a block, a script block; or the `()` of a function.
    fn open(&mut self, end: u8, length: usize, call: &mut Call) {
        let start = self.at;
        self.at += length;
        if !self.session.enter() {
            self.at = self.code.len();
            return;
        }
        let flow = self.list(Some(end));
        self.session.leave();
        if self.since(start) == "()" {
            self.session.naming = call.words.first().map(|token| token.word.text.clone());
            *call = Call::default();
            return;
        }
        if let Some(name) = self.session.naming.take().filter(|_| end == b'}') {
            let body = self.code.get(start + length..self.at.saturating_sub(1)).unwrap_or_default();
            self.session.functions.insert(name, body.to_owned());
        }
        call.covers(start..self.at);
        if call.is_empty() {
            call.group = Some(flow);
        }
    }

    /// Reads one word into the command.
    fn argument(&mut self, call: &mut Call, printed: &mut Flow) {
        let start = self.at;
        if call.is_empty() && self.dialect == DialectName::Cmd && self.for_loop(call) {
            return;
        }
        if (call.is_empty() || self.declares(call)) && self.assignment(call)
            || call.is_empty() && (self.variable_assignment(call) || self.piped_value(call))
        {
            return;
        }
        let before = call.words.len();
        self.word(&mut call.words);
        if before >= MAX_WORDS {
            call.words.truncate(before);
            self.session.budget.cut();
        }
        if self.at == start {
            self.at += self.rest().chars().next().map_or(1, char::len_utf8);
        }
        let redirected = matches!(self.peek(0), Some(b'<' | b'>')) && self.since(start).bytes().all(|byte| byte.is_ascii_digit());
        let keyword = before == 0
            && call.words.len() == 1
            && call.words.first().is_some_and(|token| token.bare && facts().keywords.contains(token.word.text.as_str()));
        if redirected || keyword {
            let word = call.words.pop().filter(|_| keyword).map(|token| token.word.text).unwrap_or_default();
            call.words.truncate(before);
            self.follow(&word, start, call, printed);
            if redirected {
                self.redirect(call);
            }
            return;
        }
        call.covers(start..self.at);
    }

    /// Whether `call` sets the variables named after it.
    fn declares(&self, call: &Call) -> bool {
        let first = call.words.first().filter(|first| first.bare && self.dialect == DialectName::Posix);
        first.is_some_and(|first| {
            first.word.text != "set" && facts().builtins.get(first.word.text.as_str()) == Some(&super::format::Effect::Assign)
        })
    }

    /// Reads `NAME=value`, `NAME+=value` or `NAME=(list)` before a program.
    fn assignment(&mut self, call: &mut Call) -> bool {
        let mut name = self.rest().bytes().take_while(|&byte| byte == b'_' || byte.is_ascii_alphanumeric()).count();
        if self.peek(name) == Some(b'[') {
            name += self.rest().get(name..).and_then(|index| index.bytes().take(64).position(|byte| byte == b']')).map_or(0, |end| end + 1);
        }
        let appends = self.peek(name) == Some(b'+');
        let equals = name + usize::from(appends);
        let named = name > 0 && !self.rest().starts_with(|first: char| first.is_ascii_digit());
        if self.dialect != DialectName::Posix || !named || self.peek(equals) != Some(b'=') {
            return false;
        }
        let start = self.at;
        let key = self.code.get(start..start + name).unwrap_or_default().to_owned();
        self.at += equals + 1;
        let mut values = if appends { self.session.variables.get(&key).cloned().unwrap_or_default() } else { Vec::new() };
        if self.peek(0) == Some(b'(') {
            self.at += 1;
            for (at, item) in self.array().into_iter().enumerate() {
                // `[key]=value` in a list that is looked up by key.
                match item.text.strip_prefix('[').and_then(|item| item.split_once("]=")) {
                    Some((index, value)) => {
                        let value = Word { text: value.to_owned(), opaque: item.opaque };
                        call.assignments.push((format!("{key}[{index}]"), vec![value]));
                    }
                    None if at < MAX_WORDS => values.push(item),
                    None => {}
                }
            }
        } else {
            let mut tokens = Vec::new();
            if self.peek(0).is_some_and(|byte| !self.ends_word(byte)) {
                self.word(&mut tokens);
            }
            let joined = joined(&tokens);
            match values.last_mut() {
                Some(last) => last.text.push_str(&joined.text),
                None => values.push(joined),
            }
        }
        call.covers(start..self.at);
        call.assignments.push((key, values));
        true
    }

    fn array(&mut self) -> Vec<Word> {
        let mut tokens = Vec::new();
        loop {
            self.blank();
            match self.peek(0) {
                Some(b')') => {
                    self.at += 1;
                    break;
                }
                Some(b'\n' | b';' | b'|' | b'&' | b'(' | b'<' | b'>') => self.at += 1,
                Some(_) if self.session.budget.take(1) => self.word(&mut tokens),
                _ => break,
            }
        }
        tokens.into_iter().map(|token| token.word).collect()
    }

    /// Reads a redirection and its target.
    fn redirect(&mut self, call: &mut Call) {
        let start = self.at;
        let descriptor = self.code.as_bytes().get(start.wrapping_sub(1)).copied();
        let operator = self.rest().bytes().take_while(|byte| matches!(byte, b'<' | b'>' | b'&' | b'|')).count().min(3);
        self.at += operator;
        match self.since(start) {
            "<<<" => {
                let token = self.target();
                call.input = Some(Flow { known: !token.word.opaque, ..Flow::known(token.word.text) });
                if let Some(input) = &mut call.input {
                    input.place = Some(self.verbatim(&token.range, &input.text));
                }
            }
            "<<" => call.input = Some(self.heredoc()),
            "<" => {
                let file = self.target().word.text;
                call.input = Some(self.session.files.get(&file).cloned().unwrap_or_else(|| Flow::unknown(file)));
            }
            ">" | ">>" | ">|" | "&>" | "&>>" => {
                let file = self.target();
                if descriptor != Some(b'2') {
                    call.output = Some(file.word.text);
                }
            }
            _ => {
                self.target();
            }
        }
        call.covers(start..self.at);
    }

    fn target(&mut self) -> Token {
        self.blank();
        let start = self.at;
        let mut tokens = Vec::new();
        if self.peek(0).is_some_and(|byte| !self.ends_word(byte)) {
            self.word(&mut tokens);
        }
        Token { word: joined(&tokens), range: start..self.at, ..Token::default() }
    }

    /// Takes a here-document's body from the lines below.
    fn heredoc(&mut self) -> Flow {
        let strip = self.peek(0) == Some(b'-');
        self.at += usize::from(strip);
        let start = self.at;
        let end = self.target().word.text;
        let quoted = self.since(start).contains(['\'', '"', '\\']);
        let (line_end, from) = match self.heredocs {
            Some((line_end, end)) if line_end >= self.at => (line_end, end),
            _ => {
                let line_end = self.line_end(self.at);
                (line_end, (line_end + 1).min(self.code.len()))
            }
        };
        let body = self.code.get(from..).unwrap_or_default();
        let mut length = 0;
        let mut after = 0;
        for line in body.split_inclusive('\n') {
            after += line.len();
            let text = line.trim_end_matches(['\n', '\r']);
            if (if strip { text.trim_start_matches('\t') } else { text }) == end {
                break;
            }
            length = after;
        }
        self.heredocs = Some((line_end, from + after));
        let text = body.get(..length).unwrap_or_default();
        self.session.budget.take(text.len());
        if quoted || !text.contains(['$', '`']) {
            return Flow { place: Some(self.place.inside(from)), ..Flow::known(text.to_owned()) };
        }
        Flow::known(self.interpolate(text, from))
    }

    /// Where `text`, the value of the word at `range`, stands: exactly, when the word is its value, quotes aside.
    pub(super) fn verbatim(&self, range: &Range<usize>, text: &str) -> Place {
        let is_text = |start: usize, end: usize| self.code.get(start..end) == Some(text);
        if is_text(range.start, range.end) {
            self.place.inside(range.start)
        } else if range.len() >= 2 && is_text(range.start + 1, range.end - 1) {
            self.place.inside(range.start + 1)
        } else {
            Place::Whole(self.place.range(range.clone()))
        }
    }
}

/// The words as one, a space between.
pub(super) fn joined(tokens: &[Token]) -> Word {
    let mut word = Word::default();
    for token in tokens {
        if !word.text.is_empty() {
            word.text.push(' ');
        }
        word.text.push_str(&token.word.text);
        word.opaque |= token.word.opaque;
    }
    word
}

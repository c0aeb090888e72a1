//! Walks through code once, keeping the brackets that are open.

use super::{argument, fold::Known};
use crate::instruction::{Argument, Budget, Call};
use std::{collections::BTreeMap, ops::Range};

/// Calls in calls, at most.
const MAX_DEPTH: usize = 64;
/// Names in a path, at most; a longer chain keeps the last.
const MAX_NAMES: usize = 8;
/// Bytes, at most, from the beginning of a chain to its last name for the chain to be part of the call.
pub(super) const MAX_CHAIN: usize = 600;
/// What stands between the names of a path.
const SEPARATORS: &[&str] = &[".", "?.", "->", "::", "!.", "?->"];
/// Words before a name that make what follows a definition, not a call.
const DEFINES: &[&str] = &["def", "function", "func", "fn", "fun", "class", "sub", "interface", "record", "struct", "constructor"];
/// Words that look like calls when a bracket follows.
const KEYWORDS: &[&str] = &[
    "if",
    "for",
    "while",
    "switch",
    "return",
    "catch",
    "and",
    "or",
    "not",
    "in",
    "elif",
    "elsif",
    "unless",
    "until",
    "match",
    "when",
    "with",
    "assert",
    "await",
    "yield",
    "throw",
    "raise",
    "typeof",
    "function",
    "func",
    "fn",
    "fun",
    "def",
    "lambda",
    "foreach",
    "using",
    "lock",
    "synchronized",
    "else",
    "do",
    "import",
    "new",
    "echo",
    "print",
    "go",
    "defer",
    "case",
    "export",
    "default",
    "async",
    "const",
    "let",
    "var",
    "select",
    "range",
    "php",
];

/// A path of names and where it begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) names: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// An open bracket.
#[derive(Debug)]
struct Frame {
    /// What stands before it.
    path: Option<Path>,
    /// The arguments read, when it is a call's.
    arguments: Option<Vec<Argument>>,
    /// Where the argument at hand begins.
    from: usize,
    /// What was put together to read the arguments.
    folded: Vec<String>,
}

/// A walk through code.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) code: &'a str,
    pub(super) at: usize,
    hash_comments: bool,
    slash_comments: bool,
    frames: Vec<Frame>,
    /// The path that ended just before.
    pub(super) path: Option<Path>,
    /// The word before that path on its line.
    pub(super) word: &'a str,
    /// What variables hold, as far as the code tells.
    pub(super) known: Known,
    /// Other names of modules and functions.
    pub(super) aliases: BTreeMap<String, String>,
    /// The calls found, in the order they end, and what was put together to read them.
    pub(super) found: Vec<(Call, Range<usize>, Vec<String>)>,
}

impl<'a> Scanner<'a> {
    /// A walk from the beginning of `code`.
    pub(super) fn new(code: &'a str, hash_comments: bool, slash_comments: bool) -> Self {
        let (known, aliases) = (Known::new(), BTreeMap::new());
        let (frames, found) = (Vec::new(), Vec::new());
        let mut scanner = Self { code, at: 0, hash_comments, slash_comments, frames, path: None, word: "", known, aliases, found };
        scanner.imports();
        scanner
    }

    /// Walks to the end, or until the budget is spent.
    pub(super) fn run(&mut self, budget: &mut Budget) {
        while let Some(c) = self.rest().chars().next()
            && budget.take(1)
        {
            let start = self.at;
            self.step(c, budget);
            if self.at <= start {
                self.at = start + c.len_utf8();
            }
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, c: char, budget: &mut Budget) {
        match c {
            '"' | '\'' | '`' => self.string(c),
            '#' if self.hash_comments => self.line_comment(),
            '/' if self.slash_comments && self.rest().starts_with("//") && !self.follows(':') => self.line_comment(),
            '/' if self.rest().starts_with("/*") => self.at += self.rest().find("*/").map_or(self.rest().len(), |end| end + 2),
            '@' if self.begins_line() || self.directs() => self.annotation(),
            '(' | '[' | '{' => self.open(c, budget),
            ')' | ']' | '}' => self.close(c, budget),
            ',' => self.separate(budget),
            c if c.is_alphabetic() || matches!(c, '_' | '$') => self.name(),
            '=' => self.assign(budget),
            '+' if self.rest().starts_with("+=") => self.assign(budget),
            '.' | '?' | ':' | '-' | '>' | '!' => self.at += 1,
            '\n' | ';' => {
                self.word = "";
                if self.path.is_some() {
                    self.go_on();
                }
            }
            c if c.is_whitespace() => {}
            _ => (self.path, self.word) = (None, ""),
        }
    }

    /// Goes on to the separator of names behind the blanks here; the path ends when there is none.
    fn go_on(&mut self) {
        let next = self.rest().trim_start();
        if SEPARATORS.iter().any(|separator| next.starts_with(separator)) {
            self.at = self.code.len() - next.len();
        } else {
            self.path = None;
        }
    }

    /// Whether the innermost open bracket is a call's.
    pub(super) fn in_arguments(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.arguments.is_some())
    }

    pub(super) fn follows(&self, c: char) -> bool {
        self.code.get(..self.at).is_some_and(|before| before.ends_with(c))
    }

    /// Whether nothing but blanks, or an opening bracket, stands before on the line.
    fn begins_line(&self) -> bool {
        let before = self.code.get(..self.at).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', '(', ','])
    }

    /// Whether a directive of GraphQL stands here: after a type, with arguments or as the last on its line.
    fn directs(&self) -> bool {
        let before = self.code.get(..self.at).unwrap_or_default();
        let name = self.rest().get(1..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let last = name.is_empty() || name.starts_with(['\n', ' ']);
        let line = self.code.get(self.at.saturating_sub(200)..self.at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let typed = line.contains(": ") || line.trim_end_matches(' ').ends_with(['!', ']', ')']);
        before.ends_with(' ') && (name.starts_with('(') || last && typed)
    }

    fn string(&mut self, quote: char) {
        let rest = self.rest();
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        if let Some(inner) = rest.strip_prefix(&triple) {
            self.at += inner.find(&triple).map_or(rest.len(), |end| end + 6);
            return;
        }
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = !escaped && (*c == quote || (*c == '\n' && quote != '`'));
            escaped = *c == '\\' && !escaped;
            ends
        });
        self.at += end.map_or(rest.len(), |(at, c)| at + c.len_utf8());
        (self.path, self.word) = (None, "");
    }

    fn line_comment(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Reads a name; it goes on with the path before when only a separator stands between.
    fn name(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        let between = self.path.as_ref().and_then(|path| self.code.get(path.end..self.at)).unwrap_or_default();
        let separated = SEPARATORS.contains(&between.trim_start()) && (!between.starts_with(char::is_whitespace) || between.contains('\n'));
        let start = self.at;
        self.at += length;
        match self.path.take().filter(|_| separated) {
            Some(path) => self.path = Some(path.then(name, start, self.at)),
            None => {
                self.word = self.last_word(start);
                self.path = Some(Path { names: name.trim_start_matches('$').to_owned(), start, end: self.at });
            }
        }
    }

    /// The word before `start` with nothing but blanks between.
    fn last_word(&self, start: usize) -> &'a str {
        let before = self.code.get(start.saturating_sub(40)..start).unwrap_or_default();
        let trimmed = before.trim_end_matches([' ', '\t']);
        if trimmed.len() == before.len() {
            return "";
        }
        trimmed.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
    }

    /// Reads `@Name` with or without arguments.
    fn annotation(&mut self) {
        let rest = self.rest().get(1..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(rest.len());
        let after = rest.get(length..).unwrap_or_default();
        let name = rest.get(..length).unwrap_or_default();
        let start = self.at;
        self.at += 1 + length;
        self.path = None;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') || after.starts_with(['/', '-', '@']) {
            return;
        }
        let path = Path { names: format!("@{name}"), start, end: self.at };
        if after.starts_with('(') {
            (self.path, self.word) = (Some(path), "");
        } else {
            self.found.push((Call { path: path.names, arguments: Vec::new() }, start..self.at, Vec::new()));
        }
    }

    fn open(&mut self, c: char, budget: &mut Budget) {
        if self.frames.len() >= self.code.len().min(MAX_DEPTH * MAX_DEPTH) {
            budget.take(usize::MAX);
        }
        // Ruby's and Rust's names may end in `!`.
        let (at, marked) = (self.at, self.follows('!'));
        let touches = |path: &Path| path.end == at || marked && path.end + 1 == at;
        let adjacent = self.path.take().filter(touches).map(|path| self.resolved(path));
        let derives = c == '(' && self.word == "class";
        let adjacent = adjacent.map(|path| if derives { Path { names: "class".to_owned(), ..path } } else { path });
        let calls = derives || c == '(' && adjacent.as_ref().is_some_and(|path| self.is_call(path));
        let depth = self.frames.iter().rev().take(MAX_DEPTH).filter(|frame| frame.arguments.is_some()).count();
        if c == '[' && adjacent.is_none() && self.begins_line() {
            self.attribute();
        }
        self.at += 1;
        self.word = "";
        self.frames.push(Frame {
            path: adjacent,
            arguments: (calls && depth < MAX_DEPTH).then(Vec::new),
            from: self.at,
            folded: Vec::new(),
        });
    }

    /// Whether `path` is called: it is no keyword, and what stands before it does not make it a definition.
    fn is_call(&self, path: &Path) -> bool {
        let single = !path.names.contains('.');
        let defined = single && !self.word.is_empty() && (DEFINES.contains(&self.word) || !KEYWORDS.contains(&self.word));
        !path.names.is_empty() && !KEYWORDS.contains(&path.names.as_str()) && !defined
    }

    /// Notes a C# attribute without arguments, `[AllowAnonymous]`.
    fn attribute(&mut self) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner.get(..length).unwrap_or_default();
        let after = inner.get(length..).unwrap_or_default();
        let ends = after.strip_prefix(']').is_some_and(|after| {
            after.trim_start_matches([' ', '\t', '\r']).is_empty() || after.trim_start_matches([' ', '\r']).starts_with('\n')
        });
        if ends && name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase()) {
            self.found.push((Call { path: format!("@{name}"), arguments: Vec::new() }, self.at..self.at + length + 2, Vec::new()));
        }
    }

    fn separate(&mut self, budget: &mut Budget) {
        self.end_argument(budget);
        self.at += 1;
        if let Some(frame) = self.frames.last_mut() {
            frame.from = self.at;
        }
        (self.path, self.word) = (None, "");
    }

    fn end_argument(&mut self, budget: &mut Budget) {
        let code = self.code;
        if let Some(Frame { arguments: Some(arguments), from, folded, .. }) = self.frames.last_mut() {
            folded.extend(argument::read(code.get(*from..self.at).unwrap_or_default(), arguments, &self.known, budget));
        }
    }

    fn close(&mut self, c: char, budget: &mut Budget) {
        if c == ')' {
            self.end_argument(budget);
        }
        self.at += 1;
        self.word = "";
        self.path = None;
        let frame = self.frames.pop();
        if let Some(Frame { path: None, from, .. }) = &frame {
            self.path = self.object(*from).filter(|_| c == ')');
        }
        let Some(Frame { path: Some(mut path), arguments, from, folded }) = frame else { return };
        if let Some(arguments) = arguments {
            let range = path.start..self.at;
            let next = self.found_by(&path, &arguments);
            if budget.take(range.len().min(MAX_CHAIN)) {
                self.found.push((Call { path: path.names.clone(), arguments }, range, folded));
            }
            path.names = next.unwrap_or(path.names);
        } else if c == ']' {
            path.names = self.member(&path, from).unwrap_or(path.names);
        }
        self.path = (c != '}').then_some(Path { end: self.at, ..path });
    }
}

impl Path {
    /// This path and `name`, which stands at `start..end`.
    fn then(mut self, name: &str, start: usize, end: usize) -> Self {
        self.names.push('.');
        self.names.push_str(name);
        if self.names.matches('.').count() >= MAX_NAMES {
            self.names = self.names.split_once('.').map_or_else(String::new, |(_, rest)| rest.to_owned());
        }
        let start = if start - self.start.min(start) > MAX_CHAIN { start } else { self.start };
        Self { names: self.names, start, end }
    }
}

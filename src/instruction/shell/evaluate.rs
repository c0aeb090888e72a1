//! Runs a simple command as far as the text tells: unwraps what it carries, keeps it, reads the scripts it is given and
//! says what it prints.

use super::{
    awk, carrier,
    facts::facts,
    fields, filter,
    format::{DialectName, Effect, Interpreter, Operation},
    inplace, interpreter,
    loops::Loop,
    script::{Call, Script, Token, joined},
    session::{Flow, Place, written},
};
use crate::instruction::{Command, Word, call, setting};
use std::ops::Range;

/// Carriers, at most, that one command may stand in: `sudo env nice …`.
const MAX_CARRIERS: usize = 12;

/// Turns of a loop, at most, that are read.
const MAX_TURNS: usize = 32;

/// Bytes, at most, of standard input kept with a command.
const MAX_INPUT_BYTES: usize = 16 * 1024;

impl Script<'_, '_, '_> {
    /// Ends the command `call`, given what the command before it in the pipe prints; what it prints itself.
    pub(super) fn finish(&mut self, mut call: Call, piped: Option<Flow>) -> Flow {
        let assigned = std::mem::take(&mut call.assignments);
        let only_assigns = call.words.is_empty();
        let refers = self.dialect == DialectName::Posix && call.words.get(1).is_some_and(|token| token.word.text == "-n");
        for (name, values) in assigned {
            match values.first() {
                Some(target) if refers => drop(self.session.references.insert(name.clone(), target.text.clone())),
                Some(value) => self.run_variable(&name, value, &call.range.clone().unwrap_or_default()),
                None => {}
            }
            self.session.variables.insert(name, values);
        }
        let group = call.group.take();
        if only_assigns {
            return self.written_to(call.output.as_deref(), group.or(piped).unwrap_or_else(|| Flow::known(String::new())));
        }
        let range = call.range.clone().unwrap_or_default();
        let input = call.input.take().or(piped);
        if let Some(block) = self.block(&call) {
            let place = Place::Whole(self.place.range(range));
            return self.session.run(&block, place, self.dialect, vec!["[scriptblock]".to_owned()]);
        }
        if self.is_value(&call) {
            return Flow::known(joined(&call.words).text);
        }
        if self.aliased(&call, &range) {
            return Flow::default();
        }
        let flow = self.carry(call.words, input, call.output.as_deref(), &range);
        self.written_to(call.output.as_deref(), flow)
    }

    /// The script that PowerShell makes of a string and calls: `& ([scriptblock]::Create('…'))`.
    fn block(&self, call: &Call) -> Option<String> {
        let first = call.words.first().filter(|first| self.dialect == DialectName::PowerShell && !first.word.opaque)?;
        let source = self.code.get(first.range.clone())?.to_ascii_lowercase();
        (source.contains("[scriptblock]::create(") && !first.word.text.contains("::")).then(|| first.word.text.clone())
    }

    /// Whether PowerShell would print the words rather than run them: a quoted string that no `&` calls.
    fn is_value(&self, call: &Call) -> bool {
        let quoted = call.words.first().filter(|first| !first.bare && !call.called && self.dialect == DialectName::PowerShell);
        quoted.is_some_and(|first| {
            let source = self.code.get(first.range.clone()).unwrap_or_default();
            let value = source.starts_with('(') && call.words.len() == 1 && !first.word.opaque;
            (value || source.starts_with(['\'', '"', '@'])) && !facts().programs.contains_key(first.word.text.as_str())
        })
    }

    /// Remembers what was written to a file; a known content is also read in the file's own notation.
    fn written_to(&mut self, output: Option<&str>, flow: Flow) -> Flow {
        let Some(file) = output else { return flow };
        if flow.known && !flow.text.is_empty() {
            let place = flow.place.clone().unwrap_or(Place::Whole(self.place.range(0..self.code.len())));
            let mut steps = flow.steps.clone();
            steps.push(format!("written to {file}"));
            self.session.embed(&notation(file), &flow.text, place, steps);
            self.session.files.insert(file.to_owned(), flow);
        }
        Flow::known(String::new())
    }

    /// Reads the command again when its first word is an alias.
    fn aliased(&mut self, call: &Call, range: &Range<usize>) -> bool {
        if self.session.aliases.is_empty() {
            return false;
        }
        let Some(first) = call.words.first().filter(|token| token.bare) else { return false };
        let Some(text) = self.session.aliases.remove(&first.word.text) else { return false };
        let rest = self.code.get(first.range.end..range.end).unwrap_or_default();
        let line = format!("{text}{rest}");
        let place = Place::Whole(self.place.range(range.clone()));
        self.session.run(&line, place, self.dialect, vec![format!("alias {} → {text}", first.word.text)]);
        self.session.aliases.insert(first.word.text.clone(), text);
        true
    }

    /// Unwraps carriers until the command itself is reached.
    fn carry(&mut self, words: Vec<Token>, mut input: Option<Flow>, output: Option<&str>, range: &Range<usize>) -> Flow {
        let mut words = words;
        for _ in 0..MAX_CARRIERS {
            words.drain(..carrier::leading(&words, self.dialect));
            carrier::unlist(&mut words);
            let Some(first) = words.first() else { return Flow::known(String::new()) };
            let pattern = first.bare;
            let program = self.program(&first.word.text, pattern);
            let Some(carried) = carrier::carried(&program, &words) else {
                return self.call(&program, &words, input.as_ref(), output, range);
            };
            if carried.carrier.keep {
                self.keep(program.clone(), &words, input.as_ref(), output, range);
                self.scripts(&program, &words, None, range);
            }
            let mut inner: Vec<Token> = words.get(carried.words.clone()).unwrap_or_default().to_vec();
            if carried.carrier.only_from {
                carrier::place_paths(&mut inner, &words);
                if let Some(next) = carrier::next(&carried, &words).filter(|_| self.session.enter()) {
                    self.carry(next, None, output, range);
                    self.session.leave();
                }
            }
            if carried.carrier.typed {
                carrier::type_keys(&mut inner);
            }
            if carried.carrier.joined {
                return self.joined(&program, &inner, input.take(), range);
            }
            if carried.carrier.fed {
                carrier::feed(&mut inner, input.take());
            }
            words = inner;
        }
        self.session.budget.cut();
        Flow::default()
    }

    /// Reads words that another shell joins and reads again.
    fn joined(&mut self, program: &str, words: &[Token], input: Option<Flow>, range: &Range<usize>) -> Flow {
        let (text, place) = match words {
            [only] => (only.word.text.clone(), self.verbatim(&only.range, &only.word.text)),
            _ => (joined(words).text, Place::Whole(self.place.range(range.clone()))),
        };
        let dialect = if self.dialect == DialectName::Posix { DialectName::Posix } else { DialectName::Cmd };
        let shell =
            words.iter().any(|token| facts().interpreters(&token.word.text).iter().any(|known| known.stdin && known.language == "sh"));
        if let Some(fed) = input.filter(|flow| shell && flow.known) {
            let place = fed.place.unwrap_or(Place::Whole(self.place.range(range.clone())));
            self.session.run(&fed.text, place, DialectName::Posix, vec![program.to_owned()]);
        }
        self.session.run(&text, place, dialect, vec![program.to_owned()])
    }

    /// Calls a program that carries nothing.
    fn call(&mut self, program: &str, words: &[Token], input: Option<&Flow>, output: Option<&str>, range: &Range<usize>) -> Flow {
        if self.builtin(program, words, input) {
            return Flow::known(String::new());
        }
        if let Some(body) = self.session.functions.remove(program) {
            let place = Place::Whole(self.place.range(range.clone()));
            let flow = self.run_with(&body, place, words, vec![format!("{program}()")]);
            self.session.functions.insert(program.to_owned(), body);
            return flow;
        }
        let is_value = words.first().is_some_and(|first| first.word.text.starts_with(['$', '(', '@']));
        let opaque = words.first().is_some_and(|first| first.word.opaque);
        let known = facts().filter(program).is_some();
        if !(opaque || known || is_plausible(program)) || is_value && self.dialect == DialectName::PowerShell {
            return Flow::unknown(joined(words).text);
        }
        let flow = filter::output(program, words, input, &self.session.files);
        let prints = output.filter(|_| flow.as_ref().is_some_and(|flow| flow.known));
        let stdin = if prints.is_some() { flow.as_ref() } else { input };
        let tee = filter::target(program, words);
        let command = self.keep(program.to_owned(), words, stdin, output.or(tee.as_deref()), range);
        for (file, diff) in if edits(program) { inplace::diffs(words) } else { Vec::new() } {
            let place = Place::Whole(self.place.range(range.clone()));
            self.session.embed("diff", &diff, place, vec![format!("edits {file}")]);
        }
        if let (Some(file), Some(known)) = (tee.as_deref(), flow.as_ref().filter(|flow| flow.known)) {
            self.written_to(Some(file), known.clone());
        }
        self.copied(program, words);
        let printed = self.scripts(program, words, input, range);
        let made = flow.or(printed).unwrap_or_else(|| Flow::unknown(command));
        if let Some(name) = filter::variable(program, words).filter(|_| made.known) {
            self.session.variables.insert(name, vec![Word { text: made.text, opaque: false }]);
            return Flow::known(String::new());
        }
        made
    }

    /// Follows a file of known content to where it is moved or copied.
    fn copied(&mut self, program: &str, words: &[Token]) {
        if self.session.files.is_empty() || !facts().copies.contains(program) {
            return;
        }
        let plain: Vec<&Token> = words.iter().skip(1).filter(|token| !token.word.text.starts_with('-')).collect();
        if let [from, .., to] = plain.as_slice()
            && let Some(flow) = self.session.files.get(&from.word.text).cloned()
        {
            self.written_to(Some(&to.word.text), flow);
        }
    }

    /// Reads a script whose own name and arguments are `words`.
    fn run_with(&mut self, text: &str, place: Place, words: &[Token], steps: Vec<String>) -> Flow {
        let given = words.iter().map(|token| token.word.clone()).collect();
        let outer = std::mem::replace(&mut self.session.arguments, given);
        let flow = self.session.run(text, place, DialectName::Posix, steps);
        self.session.arguments = outer;
        flow
    }

    /// Reads the value of a variable that the shell runs by itself.
    fn run_variable(&mut self, name: &str, value: &Word, range: &Range<usize>) {
        if self.dialect == DialectName::Posix && facts().run_variables.contains(name) {
            let place = Place::Whole(self.place.range(range.clone()));
            self.session.run(&value.text, place, DialectName::Posix, vec![name.to_owned()]);
        }
    }

    /// What the shell does itself; true when nothing else is to be done.
    fn builtin(&mut self, program: &str, words: &[Token], input: Option<&Flow>) -> bool {
        match facts().builtins.get(program) {
            Some(Effect::Alias) => {
                for (name, word) in words.iter().skip(1).filter_map(assigned) {
                    self.session.aliases.insert(name.to_owned(), word.text);
                }
                let plain: Vec<&Token> = words.iter().skip(1).filter(|token| !token.word.text.starts_with('-')).collect();
                if let ([name, command], DialectName::PowerShell) = (plain.as_slice(), self.dialect) {
                    self.session.aliases.insert(name.word.text.clone(), command.word.text.clone());
                }
                true
            }
            Some(Effect::Assign) => {
                if words.get(1).is_some_and(|token| token.word.text == "--") {
                    self.session.arguments = words.iter().skip(1).map(|token| token.word.clone()).collect();
                }
                for (name, word) in words.iter().skip(1).filter_map(assigned) {
                    self.run_variable(name, &word, &(0..self.code.len()));
                    let name = if self.dialect == DialectName::Posix { name.to_owned() } else { name.to_ascii_lowercase() };
                    self.session.variables.insert(name, vec![word]);
                }
                false
            }
            Some(Effect::Read) => {
                if let Some(text) = input.or(self.session.stdin.as_ref()).filter(|flow| flow.known).map(|flow| flow.text.clone()) {
                    self.read_into(words, &text);
                }
                true
            }
            Some(effect) if words.get(2).is_some_and(|token| token.word.text == "in") => {
                if let (Effect::Loop, Some(name), Some(value)) = (effect, words.get(1), words.get(3)) {
                    self.session.variables.insert(name.word.text.clone(), vec![value.word.clone()]);
                    let left: Vec<Word> = words.iter().skip(4).take(MAX_TURNS).rev().map(|token| token.word.clone()).collect();
                    self.begun = Some(Loop::over(&name.word.text, left));
                }
                true
            }
            _ => false,
        }
    }

    /// Sets the variables that `read` names to the fields of a line, the last to all that is left.
    fn read_into(&mut self, words: &[Token], text: &str) {
        let names: Vec<&str> = words.iter().skip(1).map(|token| token.word.text.as_str()).filter(|name| !name.starts_with('-')).collect();
        let marks = self.lookup("IFS").and_then(|marks| marks.first().map(|marks| marks.text.clone())).unwrap_or(" ".to_owned());
        let parts = |c: char| marks.contains(c) || marks == " " && c.is_whitespace();
        let list = words.iter().any(|token| matches!(token.word.text.as_str(), "-a" | "-ra"));
        let line = text.trim_end();
        let word = |text: &str| Word { text: text.to_owned(), opaque: false };
        if let (true, Some(name)) = (list, names.last()) {
            let fields = line.split(parts).filter(|field| !field.is_empty()).map(word).collect();
            self.session.variables.insert((*name).to_owned(), fields);
            return;
        }
        let count = names.len();
        for (name, field) in names.iter().zip(line.splitn(count.max(1), parts)) {
            self.session.variables.insert((*name).to_owned(), vec![word(field)]);
        }
    }

    /// Keeps a command; the line as it would be typed.
    fn keep(&mut self, program: String, words: &[Token], input: Option<&Flow>, output: Option<&str>, range: &Range<usize>) -> String {
        let steps: Vec<String> = words.iter().flat_map(|token| token.steps.iter().cloned()).collect();
        let command = Command {
            program,
            words: words.iter().skip(1).map(|token| token.word.clone()).map(canonical).collect(),
            input: input.filter(|flow| flow.known && flow.text.len() <= MAX_INPUT_BYTES).map(|flow| flow.text.clone()),
            output: output.map(str::to_owned),
        };
        let mut command = command;
        if let Some(flow) = input.filter(|flow| !flow.known && !flow.text.is_empty())
            && facts().interpreters(&command.program).iter().any(|interpreter| interpreter.stdin)
        {
            command.words.push(Word { text: flow.text.clone(), opaque: true });
        }
        let line = written(&command);
        self.session.emit(command, self.place.range(range.clone()), &steps);
        line
    }

    /// Reads the scripts an interpreter is given.
    fn scripts(&mut self, program: &str, words: &[Token], input: Option<&Flow>, range: &Range<usize>) -> Option<Flow> {
        let mut printed = None;
        for interpreter in facts().interpreters(program) {
            let given = interpreter::script(interpreter, words);
            for script in given {
                let place = match &script.token {
                    Some(token) => self.verbatim(&token.range, &script.text),
                    None => Place::Whole(self.place.range(range.clone())),
                };
                let mut steps = vec![format!("{program} {}", script.option).trim_end().to_owned()];
                steps.extend(script.steps);
                let after = script.token.as_ref().and_then(|token| words.iter().position(|word| word.range == token.range));
                match after.and_then(|at| words.get(at + 1..)).filter(|rest| !rest.is_empty() && interpreter.language == "sh") {
                    Some(rest) => drop(self.run_with(&script.text, place, rest, steps)),
                    None => printed = self.interpret(interpreter, &script.text, place, steps).or(printed),
                }
                if !script.goes_on {
                    return printed;
                }
            }
            let file = words.get(1).and_then(|token| self.session.files.get(&token.word.text));
            let source = file.or(input.filter(|flow| interpreter.stdin && flow.known)).cloned();
            if let Some(flow) = source {
                let start = self.pipeline.min(range.start);
                let place = flow.place.unwrap_or(Place::Whole(self.place.range(start..range.end)));
                let mut steps = flow.steps;
                steps.push(program.to_owned());
                self.interpret(interpreter, &flow.text, place, steps);
            }
        }
        printed
    }

    /// Reads a script in the language of `interpreter`; what it prints, where that is known.
    fn interpret(&mut self, interpreter: &Interpreter, text: &str, place: Place, steps: Vec<String>) -> Option<Flow> {
        let dialect = match interpreter.language.as_str() {
            "sh" => DialectName::Posix,
            "powershell" => DialectName::PowerShell,
            "cmd" => DialectName::Cmd,
            "awk" => {
                let literal = awk::run(text).commands;
                let commands = if literal.is_empty() { fields::read(text).runs } else { literal };
                for command in commands {
                    self.session.run(&command, Place::Whole(place.range(0..text.len())), DialectName::Posix, steps.clone());
                }
                return awk::flow(text);
            }
            other => {
                self.session.embed(other, text, place, steps);
                let printed = if other == "sql" { None } else { call::printed(text, self.session.budget) };
                return printed.map(|text| Flow::known(text).step(other));
            }
        };
        Some(self.session.run(text, place, dialect, steps)).filter(|flow| flow.known && !flow.text.is_empty())
    }

    /// The program's name without folder and `.exe`, lower-cased, by the name rules know.
    fn program(&self, word: &str, pattern: bool) -> String {
        let slashes: &[char] = if self.dialect == DialectName::Posix { &['/'] } else { &['/', '\\'] };
        let base = word.trim_end_matches(slashes).rsplit(slashes).next().unwrap_or(word);
        // Make's `@` only keeps the line from being shown.
        // So does an editor's `:!`; `!name:0` is the program as it was last called.
        let base = base.strip_prefix('!').and_then(|rest| rest.split(':').next()).filter(|rest| rest.len() > 2).unwrap_or(base);
        let base = base.strip_prefix(":!").unwrap_or(base);
        // In zsh `=name` is where that program is.
        let base = base.strip_prefix('=').filter(|rest| rest.len() > 1).unwrap_or(base);
        let mut name = base.trim_start_matches('@').to_ascii_lowercase();
        for suffix in [".exe", ".cmd", ".bat"] {
            if let Some(stem) = name.strip_suffix(suffix) {
                name = stem.to_owned();
                break;
            }
        }
        if pattern && name.contains(['[', '?', '*']) {
            name = super::glob::program(&name).unwrap_or(name);
        }
        let other = if self.dialect == DialectName::PowerShell { facts().cmdlet_aliases.get(name.as_str()) } else { None };
        other.or_else(|| facts().aliases.get(name.as_str())).map_or(name, |known| (*known).to_owned())
    }
}

/// `word` without escapes that its receiver undoes: percent signs in an address, code points in JSON.
fn canonical(word: Word) -> Word {
    let address = word.text.contains("://") && word.text.contains('%');
    let json = word.text.starts_with(['{', '[']) && word.text.contains("\\u00");
    let text = if address {
        percent(&word.text)
    } else if json {
        super::escape::unescape(&word.text.replace("\\\"", "\\\\\""))
    } else {
        return word;
    };
    Word { text, ..word }
}

/// `address` with letters, digits and slashes that need no percent sign written plainly.
fn percent(address: &str) -> String {
    let mut made = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('%') {
        made.push_str(before);
        let byte = after.get(..2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).map(char::from);
        let plain = byte.filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, '-' | '_' | '.' | '~'));
        match plain {
            Some(plain) => made.push(plain),
            None => made.extend(["%", after.get(..2).unwrap_or_default()]),
        }
        rest = if after.get(..2).is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    made + rest
}

/// Whether `program` edits files by a script of `s/…/…/`.
fn edits(program: &str) -> bool {
    facts().filter(program).is_some_and(|filter| filter.does == Operation::Edit)
        || facts().interpreters(program).iter().any(|interpreter| interpreter.language == "perl")
}

/// Whether a program may have this name: output, data and prose read as a shell script have few that may.
fn is_plausible(name: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-$%{}[]@~\\*?".contains(&byte);
    name.len() <= 80 && name.starts_with(|first: char| first.is_ascii_alphabetic() || "._$%[".contains(first)) && name.bytes().all(part)
}

/// `NAME=value` as the two.
fn assigned(token: &Token) -> Option<(&str, Word)> {
    let (name, text) = token.word.text.split_once('=')?;
    Some((name, Word { text: text.to_owned(), opaque: token.word.opaque }))
}

/// The notation of a file by its name: one that is a notation's own, the extension, or the name itself.
pub(crate) fn notation(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
    match name.rsplit_once('.') {
        _ if file.contains("sudoers") => "sudoers".to_owned(),
        _ if file.contains("cron") => "crontab".to_owned(),
        _ if file.contains("/pam.d/") => "pam".to_owned(),
        _ if file.contains("sshd_config.d/") => "sshd_config".to_owned(),
        _ if setting::is_notation(&name) => name,
        Some((_, extension)) => extension.to_owned(),
        None => name,
    }
}

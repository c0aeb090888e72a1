//! Calls that do not name what they call: through a variable, a member written as a string, or a function that is told.

use super::{
    fold::{self, Value},
    scan::{MAX_CHAIN, Path, Scanner},
};
use crate::instruction::{
    Argument, Budget, Call,
    shell::{Decoding, decoding},
};

/// Names, at most, that `import … as …` gives.
const MAX_ALIASES: usize = 64;

impl Scanner<'_> {
    /// Remembers what `=` gives the name before it.
    pub(super) fn assign(&mut self, budget: &mut Budget) {
        let appends = self.follows('.') || self.rest().starts_with("+=");
        let operator = 1 + usize::from(self.rest().starts_with("+="));
        let path = self.path.take();
        self.word = "";
        let after = self.code.get(self.at + operator..).unwrap_or_default();
        let named = path.filter(|path| !path.names.contains('.') && !after.starts_with(['=', '>', '~']) && !self.in_arguments());
        self.at += operator;
        let Some(path) = named else { return };
        let Some((value, _)) = fold::prefix(after, &self.known).filter(|(_, length)| budget.take(*length)) else { return };
        let held = self.known.remove(&path.names).filter(|_| appends);
        let value = match held {
            Some(held) => fold::concat(held, value),
            None => Some(value),
        };
        if let Some(value) = value {
            self.known.insert(path.names, value);
        }
    }

    /// What a path stands for: the module it is another name of, the function a variable names.
    pub(super) fn resolved(&self, path: Path) -> Path {
        let (head, rest) = path.names.split_once('.').map_or((path.names.as_str(), None), |(head, rest)| (head, Some(rest)));
        let variable = || match self.known.get(head) {
            Some(Value::Text(name)) if rest.is_none() && is_name(name) => Some(name),
            _ => None,
        };
        let Some(stands) = self.aliases.get(head).or_else(variable) else { return path };
        let names = rest.map_or_else(|| stands.clone(), |rest| format!("{stands}.{rest}"));
        Path { names, ..path }
    }

    /// The path after a call that only finds what is called next: `getattr(os, "chmod")` is `os.chmod`.
    pub(super) fn found_by(&mut self, path: &Path, arguments: &[Argument]) -> Option<String> {
        let mut values = arguments.iter().map(|argument| argument.value.trim_start_matches(':').to_owned());
        let last = path.names.rsplit('.').next().unwrap_or_default();
        let told = decoding(&path.names).or_else(|| decoding(last).filter(|told| *told == Decoding::Method))?;
        let first = values.next().filter(|first| is_name(first.trim_start_matches("node:")))?;
        match told {
            Decoding::Member => values.next().filter(|name| is_name(name)).map(|name| format!("{first}.{name}")),
            Decoding::Module => Some(first.trim_start_matches("node:").to_owned()),
            Decoding::Function | Decoding::Method => {
                let owner = path.names.strip_suffix(last).filter(|_| told == Decoding::Method).unwrap_or_default();
                let call = Call { path: format!("{owner}{first}"), arguments: arguments.iter().skip(1).cloned().collect() };
                self.found.push((call, path.start..self.at, Vec::new()));
                None
            }
            _ => None,
        }
    }

    /// The name in brackets after `path`: `fs["chmod" + "Sync"]`.
    pub(super) fn member(&self, path: &Path, from: usize) -> Option<String> {
        let inner = self.code.get(from..self.at.saturating_sub(1))?;
        let name = if inner.contains(['"', '\'', '`']) { fold::whole(inner, &self.known)?.text() } else { return None };
        is_name(&name).then(|| format!("{}.{name}", path.names))
    }

    /// The object that PowerShell finds in brackets, `([wmiclass]'Win32_Share')`, as a path of one name.
    pub(super) fn object(&self, from: usize) -> Option<Path> {
        let inner = self.code.get(from..self.at.saturating_sub(1)).filter(|inner| inner.len() <= MAX_CHAIN)?;
        let told = ["[", "get-", "new-"].iter().any(|start| inner.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
        let names = inner.replace(['.', ':', '>'], "_");
        (told && self.rest().starts_with('.')).then_some(Path { names, start: from.saturating_sub(1), end: self.at })
    }

    /// Names given by `import x as y` and `from m import x as y`.
    pub(super) fn imports(&mut self) {
        if !self.code.contains(" as ") {
            return;
        }
        for line in self.code.split(['\n', ';']).map(str::trim).filter(|line| line.starts_with("import ") || line.starts_with("from ")) {
            let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).take(MAX_ALIASES).collect();
            let module = if words.first() == Some(&"from") { words.get(1).copied() } else { None };
            for window in words.windows(3) {
                if let [name, "as", alias] = window
                    && self.aliases.len() < MAX_ALIASES
                {
                    let full = module.map_or_else(|| (*name).to_owned(), |module| format!("{module}.{name}"));
                    self.aliases.insert((*alias).to_owned(), full);
                }
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':'))
        && name.len() <= 80
}

//! Matches commands: program, words, options, what is read and where output goes.

use super::{
    facts::{Captures, Facts},
    format::{CommandMatcher, pattern::FlagName, pattern::Pattern},
    glob,
    sequence::{self, MOST_TOKENS, Token},
};
use crate::instruction::Command;

/// The vocabulary of options that make any command a look-up or a rehearsal.
const READ_ONLY: &str = "read-only-option";
/// The vocabulary of words that do the same where they come first or last.
const READ_ONLY_WORD: &str = "read-only-word";
/// Words after an option that are looked at as its values.
const MOST_VALUES: usize = 32;

/// A command as its words and options.
pub(super) struct Line<'a> {
    command: &'a Command,
    tokens: Vec<Token<'a>>,
}

impl<'a> Line<'a> {
    /// Tells options from words.
    pub(super) fn of(command: &'a Command) -> Self {
        let mut tokens: Vec<Token<'a>> = Vec::with_capacity(command.words.len().min(MOST_TOKENS + 1));
        let mut options_ended = false;
        for word in command.words.iter().take(MOST_TOKENS + 1) {
            let text = word.text.as_str();
            let option = !options_ended && text.len() > 1 && text.starts_with('-');
            let after_option = tokens.last().is_some_and(|last| last.option && last.text != "--" && !last.text.contains('='));
            tokens.push(Token { text, skip: option || after_option || text.starts_with('/'), option });
            options_ended |= text == "--";
        }
        Self { command, tokens }
    }

    /// What `matcher` captures; none when it does not match.
    pub(super) fn find(&self, matcher: &'a CommandMatcher, facts: &Facts) -> Option<Captures<'a>> {
        let mut captures = self.words(matcher, facts)?;
        matcher.program.iter().any(|program| facts.takes(program, &self.command.program, &mut captures)).then_some(())?;
        let flags = matcher.flags.iter().all(|(name, pattern)| self.has_flag(name, pattern, facts, &mut captures));
        let args = flags && matcher.args.iter().all(|pattern| self.has_arg(pattern, facts, &mut captures));
        let input = stream(matcher.input.as_ref(), self.command.input.as_deref(), facts, &mut captures);
        let output = stream(matcher.output.as_ref(), self.command.output.as_deref(), facts, &mut captures);
        let opaque = matcher.opaque.as_ref().is_none_or(|pattern| self.has_opaque(pattern, facts, &mut captures));
        let barred = || matcher.unless.iter().any(|name| self.is_barred(name));
        (args && opaque && input && output && !barred() && !self.only_looks(facts)).then_some(captures)
    }

    fn words(&self, matcher: &'a CommandMatcher, facts: &Facts) -> Option<Captures<'a>> {
        if matcher.words.is_empty() {
            return Some(Captures::default());
        }
        matcher.words.iter().find_map(|template| sequence::find(template, &self.tokens, facts))
    }

    fn has_arg(&self, pattern: &'a Pattern, facts: &Facts, captures: &mut Captures<'a>) -> bool {
        self.tokens.iter().filter(|token| !token.option).any(|token| facts.takes(pattern, token.text, captures))
    }

    fn has_opaque(&self, pattern: &'a Pattern, facts: &Facts, captures: &mut Captures<'a>) -> bool {
        self.command.words.iter().filter(|word| word.opaque).any(|word| facts.takes(pattern, &word.text, captures))
    }

    fn has_flag(&self, name: &'a FlagName, pattern: &'a Pattern, facts: &Facts, captures: &mut Captures<'a>) -> bool {
        let mut there = false;
        for spelling in name.spellings() {
            for (index, token) in self.tokens.iter().enumerate() {
                let Some(attached) = option_value(spelling, *token) else { continue };
                there = true;
                if self.values(index, spelling, attached).any(|value| facts.takes(pattern, value, captures)) {
                    return true;
                }
            }
        }
        there && pattern.is_anything()
    }

    /// The values an option at `index` may have: what is attached to it and the words up to the next option.
    fn values(&self, index: usize, spelling: &str, attached: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let most = match attached {
            Some(_) if !spelling.starts_with('/') => 0,
            _ if is_short(spelling) => 1,
            _ => MOST_VALUES,
        };
        let following = self.tokens.iter().skip(index + 1).take_while(|token| !token.option).take(most);
        attached.into_iter().chain(following.map(|token| token.text))
    }

    fn is_barred(&self, name: &FlagName) -> bool {
        name.spellings().any(|spelling| {
            self.tokens.iter().any(|token| {
                let whole = glob::fits(spelling, token.text);
                whole || (is_option(spelling) && option_value(spelling, *token).is_some())
            })
        })
    }

    fn only_looks(&self, facts: &Facts) -> bool {
        let word = |token: Option<&Token<'a>>| token.is_some_and(|token| facts.has(READ_ONLY_WORD, token.text));
        let option = |token: &Token<'a>| (token.option || token.text.starts_with('/')) && facts.has(READ_ONLY, token.text);
        word(self.tokens.first()) || word(self.tokens.last()) || self.tokens.iter().any(option)
    }
}

fn stream<'a>(pattern: Option<&'a Pattern>, text: Option<&'a str>, facts: &Facts, captures: &mut Captures<'a>) -> bool {
    match (pattern, text) {
        (None, _) => true,
        (Some(pattern), Some(text)) => facts.takes(pattern, text, captures),
        (Some(_), None) => false,
    }
}

fn is_short(spelling: &str) -> bool {
    spelling.len() == 2 && spelling.starts_with('-')
}

fn is_option(spelling: &str) -> bool {
    spelling.starts_with(['-', '/'])
}

/// Whether `token` is the option spelled `spelling`, and the value attached to it.
///
/// One letter after one dash may stand in a cluster (`-aG`); anything longer is whole, in either case, with its value
/// after `=` or `:` (`--acl=…`, `-Scope:…`, `/grant:r`).
fn option_value<'a>(spelling: &str, token: Token<'a>) -> Option<Option<&'a str>> {
    if is_short(spelling) {
        return if token.option { clustered(spelling, token.text) } else { None };
    }
    let (head, rest) = token.text.split_at_checked(spelling.len())?;
    if !head.eq_ignore_ascii_case(spelling) {
        return None;
    }
    match rest.chars().next() {
        None => Some(None),
        Some('=' | ':') => Some(rest.get(1..)),
        Some(_) => None,
    }
}

fn clustered<'a>(spelling: &str, text: &'a str) -> Option<Option<&'a str>> {
    let letters = text.strip_prefix('-').filter(|letters| !letters.starts_with('-'))?;
    let at = letters.find(spelling.get(1..)?)?;
    let (before, rest) = letters.split_at_checked(at + 1)?;
    if !before.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    Some(if rest.is_empty() { None } else { Some(rest.trim_start_matches('=')) })
}

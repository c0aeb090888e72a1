//! What a rule looks for, in the words of its matchers.

use crate::{
    format::{
        CallMatcher, CommandMatcher, PhraseMatcher, RegexMatcher, Rule, SettingMatcher, StatementMatcher,
        many::Many,
        pattern::{Alternative, Pattern},
        template::{Part, Template},
    },
    markdown::{anchor, code},
    page::codes,
};
use std::collections::{BTreeMap, BTreeSet};

/// One line for each matcher of `rule`; the vocabularies they name link to the page `facts`.
pub fn lines(rule: &Rule, facts: &str) -> Vec<String> {
    let commands = rule.command.iter().map(command);
    let statements = rule.statement.iter().map(statement);
    let settings = rule.setting.iter().map(setting);
    let calls = rule.call.iter().map(call);
    let phrases = rule.phrase.iter().map(phrase);
    let patterns = rule.pattern.iter().map(expression);
    let mut lines: Vec<String> = commands.chain(statements).chain(settings).chain(calls).chain(phrases).chain(patterns).collect();
    let named: BTreeSet<String> = lines.iter().flat_map(|line| vocabularies(line)).collect();
    if !named.is_empty() {
        let links = named.iter().map(|name| format!("[`@{name}`]({facts}#{})", anchor(name)));
        lines.push(format!("vocabularies: {}", links.collect::<Vec<_>>().join(", ")));
    }
    lines
}

/// The names after `@` in code that matchers write.
fn vocabularies(line: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect::<String>();
    let parts: Vec<&str> = line.split('@').collect();
    let named = parts.windows(2).filter(|pair| pair[0].ends_with(['`', '|', ':', '!', ' '])).map(|pair| name(pair[1]));
    named.filter(|name| !name.is_empty()).collect()
}

fn command(matcher: &CommandMatcher) -> String {
    let mut said = format!("the command {}", patterns(&matcher.program));
    let mut say = |what: &str, value: String| said.push_str(&format!(", {what} {value}"));
    if !matcher.words.is_empty() {
        say("with the words", templates(&matcher.words));
    }
    for (name, value) in &matcher.flags {
        say("with the option", pair(&name.0, value));
    }
    matcher.args.iter().for_each(|pattern| say("with a word", code(&shown(pattern))));
    matcher.opaque.iter().for_each(|pattern| say("with a part known only when it runs", code(&shown(pattern))));
    matcher.input.iter().for_each(|pattern| say("reading", code(&shown(pattern))));
    matcher.output.iter().for_each(|pattern| say("writing to", code(&shown(pattern))));
    matcher.unless.iter().for_each(|name| say("without", code(&name.0)));
    said
}

fn statement(matcher: &StatementMatcher) -> String {
    let unless = if matcher.unless.is_empty() { String::new() } else { format!(", but not {}", templates(&matcher.unless)) };
    format!("a statement that begins {}{unless}", templates(&matcher.words))
}

fn setting(matcher: &SettingMatcher) -> String {
    let mut said = "a setting".to_owned();
    if !matcher.notation.is_empty() {
        said.push_str(&format!(" in {}", patterns(&matcher.notation)));
    }
    if !matcher.heading.is_empty() {
        said.push_str(&format!(" headed {}", matcher.heading.iter().map(|part| code(&shown(part))).collect::<Vec<_>>().join(" ")));
    }
    let groups = [("with", &matcher.all, " and "), ("with any of", &matcher.any, ", "), ("without", &matcher.none, ", ")];
    for (what, pairs, between) in groups.into_iter().filter(|(_, pairs, _)| !pairs.is_empty()) {
        said.push_str(&format!(", {what} {}", listed(pairs, between)));
    }
    said
}

fn call(matcher: &CallMatcher) -> String {
    let mut said = format!("a call of {}", patterns(&matcher.path));
    for (what, pairs) in [("with", &matcher.arguments), ("without", &matcher.unless)] {
        if !pairs.is_empty() {
            said.push_str(&format!(", {what} {}", listed(pairs, " and ")));
        }
    }
    said
}

fn phrase(matcher: &PhraseMatcher) -> String {
    let mut said = format!("words that tell somebody to {}", codes(&matcher.verb, " or "));
    for (what, values) in [("", &matcher.object), ("for ", &matcher.recipient)] {
        if !values.is_empty() {
            said.push_str(&format!(" {what}{}", codes(values, " or ")));
        }
    }
    matcher.scope.iter().for_each(|scope| said.push_str(&format!(" on {}", code(&shown(scope)))));
    said
}

fn expression(matcher: &RegexMatcher) -> String {
    format!("an instruction with one of {} that matches {}", codes(&Many(matcher.keywords.clone()), ", "), code(&matcher.regex))
}

fn listed(pairs: &BTreeMap<String, Pattern>, between: &str) -> String {
    pairs.iter().map(|(name, pattern)| pair(name, pattern)).collect::<Vec<_>>().join(between)
}

fn pair(name: &str, pattern: &Pattern) -> String {
    if pattern.is_anything() && pattern.capture.is_none() { code(name) } else { code(&format!("{name} = {}", shown(pattern))) }
}

fn patterns(list: &Many<Pattern>) -> String {
    list.iter().map(|pattern| code(&shown(pattern))).collect::<Vec<_>>().join(" or ")
}

fn templates(list: &Many<Template>) -> String {
    list.iter().map(|template| code(&written(template))).collect::<Vec<_>>().join(" or ")
}

/// A template as it is written in a rule.
fn written(template: &Template) -> String {
    let mut words: Vec<String> = Vec::new();
    for part in &template.parts {
        match part {
            Part::One(pattern) => words.push(shown(pattern)),
            Part::Run(None) => words.push("...".to_owned()),
            // `<name...>` is parsed as one word and a run.
            Part::Run(Some(_)) => words.last_mut().into_iter().for_each(|one| one.insert_str(one.len() - 1, "...")),
            Part::End => words.push("$".to_owned()),
        }
    }
    words.join(" ")
}

/// A pattern as it is written in a rule.
fn shown(pattern: &Pattern) -> String {
    let any: Vec<String> = pattern.any.iter().map(alternative).collect();
    let inner = format!("{}{}", if pattern.not { "!" } else { "" }, any.join("|"));
    match &pattern.capture {
        Some(name) if pattern.is_anything() => format!("<{name}>"),
        Some(name) => format!("<{name}:{inner}>"),
        None => inner,
    }
}

fn alternative(alternative: &Alternative) -> String {
    match alternative {
        Alternative::Anything => "*".to_owned(),
        Alternative::Exact(text) if text.contains('*') || text.starts_with(['@', '=', '!']) => format!("={text}"),
        Alternative::Exact(text) | Alternative::Glob(text) => text.clone(),
        Alternative::Vocabulary(name) => format!("@{name}"),
    }
}

#[test]
fn patterns_are_shown_as_they_are_written() {
    for text in ["chmod", "<who:everyone|*:*>", "!reject|trust", "<path>", "@wide-cidr", "=*"] {
        assert_eq!(shown(&Pattern::parse(text).unwrap()), text);
    }
    let template = "GRANT <privileges...> ON ... TO <who:public> $";
    assert_eq!(written(&Template::parse(template).unwrap()), template);
}

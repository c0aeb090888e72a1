//! One page: the rules of one file.

use crate::{
    format::{File, Rule, Way, many::Many},
    markdown::{code, fence, plain, reference, sentence},
    matcher,
    severity::Matrix,
};
use std::fmt::Write;

/// The page of the rule file `name`, under `docs/rules`.
pub fn path(name: &str) -> String {
    name.replace(".toml", ".md")
}

/// The way from the page of the rule file `name` up to `docs/rules`.
fn up(name: &str) -> String {
    "../".repeat(name.matches('/').count())
}

/// The page of the rule file `name`.
pub fn write(name: &str, file: &File, matrix: &Matrix<'_>) -> String {
    let stem = name.trim_end_matches(".toml");
    let (count, up) = (file.rule.len(), up(name));
    let rules = if count == 1 { "One rule".to_owned() } else { format!("{count} rules") };
    let mut page = format!(
        "<!-- Written by `npm run docs:rules` from rules/{name}: edit that. -->\n\n# {stem}\n\n\
         {rules} from [`rules/{name}`]({up}../../rules/{name}). [All rules]({up}README.md) · [Facts]({up}facts.md)\n"
    );
    for rule in &file.rule {
        page.push_str(&section(rule, matrix, &format!("{up}facts.md")));
    }
    page
}

fn section(rule: &Rule, matrix: &Matrix<'_>, facts: &str) -> String {
    let mut text = format!("\n## {}\n\n**{}** ({})\n\n", rule.id, plain(&rule.title), plain(&rule.category));
    let mut line = |name: &str, value: &str| writeln!(text, "- **{name}:** {value}").unwrap_or_default();
    line("What it does", &sentence(&rule.why));
    line("Safer", &sentence(&rule.safer));
    line("Direction", direction(rule.direction));
    line("Severity", &matrix.explain(rule));
    if rule.level > 1 {
        line("Applies from strictness", &rule.level.to_string());
    }
    if rule.fallback {
        line("Fallback", "applies only where no other rule does");
    }
    line("Sources", &rule.references.iter().map(|source| reference(source)).collect::<Vec<_>>().join(", "));
    let looks_for: String = matcher::lines(rule, facts).iter().map(|line| format!("- {line}\n")).collect();
    let language = language(rule);
    write!(text, "\nIt looks for\n\n{looks_for}").unwrap_or_default();
    write!(text, "\nMatches\n\n{}", examples(language, &rule.matches)).unwrap_or_default();
    write!(text, "\nIgnores\n\n{}", examples(language, &rule.ignores)).unwrap_or_default();
    text
}

fn direction(way: Way) -> &'static str {
    match way {
        Way::Widens => "widens access",
        Way::Narrows => "narrows access",
        Way::Shifts => "shifts access: ownership, or content that is not shown, decides",
    }
}

/// The language of the fences its examples are read in.
fn language(rule: &Rule) -> &str {
    match &rule.language {
        Some(language) => language,
        None if !rule.phrase.is_empty() => "text",
        None if !rule.command.is_empty() => "sh",
        None if !rule.statement.is_empty() => "sql",
        None => "text",
    }
}

/// Examples in one block where each is a line, else in a block each.
fn examples(language: &str, texts: &[String]) -> String {
    let one_line = |text: &String| !text.trim_end().contains('\n');
    if texts.iter().all(one_line) {
        return fence(language, &texts.join("\n"));
    }
    texts.iter().map(|text| fence(language, text)).collect::<Vec<_>>().join("\n")
}

/// The values, each as code, apart by `between`.
pub fn codes<T: AsRef<str>>(values: &Many<T>, between: &str) -> String {
    values.iter().map(|value| code(value.as_ref())).collect::<Vec<_>>().join(between)
}

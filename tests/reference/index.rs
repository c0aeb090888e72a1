//! The index of all rules, by technology.

use crate::{
    format::{File, Rule, Way},
    markdown::{anchor, plain},
    page,
};
use std::fmt::Write;

/// The index page.
pub fn write(files: &[(String, File)]) -> String {
    let count: usize = files.iter().map(|(_, file)| file.rule.len()).sum();
    let mut page = format!(
        "<!-- Written by `npm run docs:rules` from rules/: edit that. -->\n\n# Rules\n\n\
         What Countersign looks for: {count} rules, each with its sources and its own tests. They lean on [facts](facts.md): who counts as \
         everyone, which roles are worth what, how severe which gain is. [`rules/README.md`](../../rules/README.md) explains the format.\n"
    );
    for (name, file) in files.iter().filter(|(_, file)| !file.rule.is_empty()) {
        let path = page::path(name);
        let heading = name.trim_end_matches(".toml");
        write!(page, "\n## [{heading}]({path})\n\n| rule | what it finds | direction |\n|---|---|---|\n").unwrap_or_default();
        file.rule.iter().for_each(|rule| page.push_str(&row(&path, rule)));
    }
    page
}

fn row(path: &str, rule: &Rule) -> String {
    let way = match rule.direction {
        Way::Widens => "widens",
        Way::Narrows => "narrows",
        Way::Shifts => "shifts",
    };
    format!("| [`{id}`]({path}#{anchor}) | {} | {way} |\n", plain(&rule.title), id = rule.id, anchor = anchor(&rule.id))
}

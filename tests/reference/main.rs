//! The rule reference, `docs/rules/`: written from the rules as the build read them, so that it cannot tell another story.
//!
//! The test fails when the committed pages are not what the rules say now; `npm run docs:rules` writes them.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may fail by panicking

mod facts;
#[allow(dead_code, unused_imports)]
#[path = "../../src/rule/format/mod.rs"]
mod format;
mod index;
mod markdown;
mod matcher;
mod page;
mod severity;

use format::File;
use std::{collections::BTreeMap, env, fs, path::Path};

const FOLDER: &str = "docs/rules";

/// What the build script parsed: each rule file by its path under `rules/`, examples included.
fn files() -> Vec<(String, File)> {
    let files: Vec<(String, File)> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/examples.postcard"))).unwrap();
    files.into_iter().map(|(name, file)| (name.replace('\\', "/"), file)).collect()
}

/// Every page by its path under `docs/rules`.
fn pages() -> BTreeMap<String, String> {
    let files = files();
    let matrix = severity::Matrix::of(&files);
    let with_rules = files.iter().filter(|(_, file)| !file.rule.is_empty());
    let mut pages: BTreeMap<String, String> = with_rules.map(|(name, file)| (page::path(name), page::write(name, file, &matrix))).collect();
    pages.insert("README.md".to_owned(), index::write(&files));
    pages.insert("facts.md".to_owned(), facts::write(&files));
    pages
}

/// The pages in the folder as they are.
fn committed(folder: &Path, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            committed(&path, into);
        } else {
            let name = path.strip_prefix(FOLDER).unwrap().display().to_string().replace('\\', "/");
            into.insert(name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n"));
        }
    }
}

fn accept(pages: &BTreeMap<String, String>) {
    fs::remove_dir_all(FOLDER).unwrap_or_default();
    for (name, page) in pages {
        let path = Path::new(FOLDER).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page).unwrap();
    }
}

#[test]
fn the_committed_pages_say_what_the_rules_say() {
    let pages = pages();
    if env::var_os("COUNTERSIGN_ACCEPT").is_some() {
        return accept(&pages);
    }
    let mut known = BTreeMap::new();
    committed(Path::new(FOLDER), &mut known);
    let names = pages.keys().chain(known.keys());
    let stale: Vec<&String> = names.filter(|name| pages.get(*name) != known.get(*name)).collect();
    assert!(stale.is_empty(), "stale pages in {FOLDER}: {stale:?}; write them with `npm run docs:rules`");
}

#[test]
fn every_rule_has_a_heading_that_the_index_links_to() {
    let pages = pages();
    for (name, file) in files() {
        for rule in &file.rule {
            assert!(pages[&page::path(&name)].contains(&format!("\n## {}\n", rule.id)), "{}", rule.id);
            assert!(pages["README.md"].contains(&format!("]({}#{})", page::path(&name), markdown::anchor(&rule.id))), "{}", rule.id);
        }
    }
}

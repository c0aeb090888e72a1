//! Whole posts through the whole engine: each case in `tests/cases/*.toml` says what must become of it.
//!
//! The same submissions and the bytes of their verdicts are written to `tests/output/replay.jsonl`; the Node and browser
//! tests replay them and must answer with the same bytes.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may fail by panicking

mod case;

use case::{Case, File};
use countersign::{engine::Engine, wire::Verdict};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

fn cases() -> Vec<(String, Case)> {
    let mut paths: Vec<_> = fs::read_dir("tests/cases").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let file: File = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        cases.extend(file.case.into_iter().map(|case| (format!("{stem}/{}", case.name), case)));
    }
    cases
}

#[test]
fn every_case_gets_its_verdict() {
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    let mut failures = String::new();
    let cases = cases();
    for (name, case) in &cases {
        let engine = engines.entry(case.policy.clone()).or_insert_with(|| Engine::with_policy(&case.policy).unwrap());
        let verdict = engine.check(&case.submission());
        if let Err(difference) = case.expect.compare(&verdict, case) {
            writeln!(failures, "{name}: {difference}\n    {}", serde_json::to_string(&verdict).unwrap()).unwrap();
        }
    }
    assert!(cases.len() >= 50, "only {} cases", cases.len());
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn case_names_are_unique() {
    let mut names: Vec<String> = cases().into_iter().map(|(name, _)| name).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn verdicts_are_written_for_replay() {
    let mut lines = String::new();
    for (name, case) in cases() {
        let submission = case.submission();
        let verdict: Verdict = Engine::with_policy(&case.policy).unwrap().check(&submission);
        let line = serde_json::json!({ "name": name, "policy": case.policy, "submission": submission, "verdict": serde_json::to_string(&verdict).unwrap() });
        writeln!(lines, "{line}").unwrap();
    }
    fs::create_dir_all(Path::new("tests/output")).unwrap();
    fs::write("tests/output/replay.jsonl", lines).unwrap();
}

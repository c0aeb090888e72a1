//! Ordinary technical text: how often the engine cries wolf, counted by rule and held within bounds.
//!
//! What it says now must be what `alarms.json` records, so that a change to a rule shows its difference in review;
//! `npm run benign:accept` records it anew.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may fail by panicking

use countersign::{
    engine::Engine,
    submission::{Author, AuthorKind, Post, Submission},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
};

const FOLDER: &str = "tests/benign";
const FEWEST_ROWS: usize = 3_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    source: String,
    topic: Topic,
    text: String,
}

/// Whether a text has words of access in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Topic {
    On,
    Off,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    topic: BTreeMap<Topic, f64>,
    rule: BTreeMap<String, usize>,
}

/// The rows on which each rule raised an alarm: each by its id, with what was taken for an instruction.
type Alarms = BTreeMap<String, BTreeMap<String, String>>;

fn rows() -> Vec<Row> {
    let files = ["drawn.jsonl", "written.jsonl"].map(|name| fs::read_to_string(format!("{FOLDER}/{name}")).unwrap());
    files
        .iter()
        .flat_map(|file| file.lines())
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn submission(body: &str) -> Submission {
    let author = Author { id: "helper".to_owned(), kind: AuthorKind::Agent, ..Author::default() };
    let post = Post { body: body.to_owned(), author, ..Post::default() };
    Submission { post, now: "2026-05-05T09:00:00Z".to_owned(), ..Submission::default() }
}

fn alarms(rows: &[Row]) -> Alarms {
    let engine = Engine::new();
    let mut alarms = Alarms::new();
    for row in rows {
        for finding in engine.check(&submission(&row.text)).findings {
            alarms.entry(finding.rule).or_default().entry(row.id.clone()).or_insert(finding.excerpt);
        }
    }
    alarms
}

/// The ids of the rows with an alarm.
fn alarmed(alarms: &Alarms) -> BTreeSet<&str> {
    alarms.values().flat_map(|rows| rows.keys().map(String::as_str)).collect()
}

/// The rates by topic and by rule, worst rule first.
fn table(alarms: &Alarms, rows: &[Row]) -> String {
    let alarmed = alarmed(alarms);
    let rate = |count: usize, of: usize| format!("{count:4} of {of}, {:.2} in a thousand", 1000.0 * count as f64 / of as f64);
    let topics = [Topic::Off, Topic::On].map(|topic| {
        let of: Vec<&Row> = rows.iter().filter(|row| row.topic == topic).collect();
        let count = of.iter().filter(|row| alarmed.contains(row.id.as_str())).count();
        format!("{:40} {}\n", format!("any rule, topic {topic:?}").to_lowercase(), rate(count, of.len()))
    });
    let mut rules: Vec<(usize, &String)> = alarms.iter().map(|(rule, found)| (found.len(), rule)).collect();
    rules.sort_by_key(|(count, rule)| (std::cmp::Reverse(*count), *rule));
    topics.concat() + &rules.iter().map(|(count, rule)| format!("{rule:40} {}\n", rate(*count, rows.len()))).collect::<String>()
}

fn exceeded(bounds: &Bounds, alarms: &Alarms, rows: &[Row]) -> Vec<String> {
    let alarmed = alarmed(alarms);
    let topics = bounds.topic.iter().filter_map(|(topic, most)| {
        let of: Vec<&Row> = rows.iter().filter(|row| row.topic == *topic).collect();
        let rate = 1000.0 * of.iter().filter(|row| alarmed.contains(row.id.as_str())).count() as f64 / of.len() as f64;
        (rate > *most).then(|| format!("topic {topic:?}: {rate:.2} alarms in a thousand rows, {most} allowed"))
    });
    let rules = alarms.iter().filter_map(|(rule, found)| {
        let most = bounds.rule.get(rule).unwrap_or(&bounds.rule["any"]);
        (found.len() > *most).then(|| format!("rule `{rule}`: {} alarms, {most} allowed", found.len()))
    });
    topics.chain(rules).collect()
}

/// Each alarm that only one of two records has.
fn difference(before: &Alarms, now: &Alarms, rows: &[Row]) -> Vec<String> {
    let only = |these: &Alarms, others: &Alarms, sign: &str| -> Vec<String> {
        let pairs = these.iter().flat_map(|(rule, found)| found.iter().map(move |(id, excerpt)| (rule, id, excerpt)));
        let missing = pairs.filter(|(rule, id, excerpt)| others.get(*rule).and_then(|found| found.get(*id)) != Some(*excerpt));
        let text = |id: &str| rows.iter().find(|row| row.id == *id).map_or("", |row| row.text.as_str()).to_owned();
        missing.map(|(rule, id, excerpt)| format!("{sign} {rule} {id} {excerpt:?} in {:?}", text(id))).collect()
    };
    [only(before, now, "-"), only(now, before, "+")].concat()
}

fn write(path: &str, alarms: &Alarms) {
    fs::write(path, serde_json::to_string_pretty(alarms).unwrap() + "\n").unwrap();
}

#[test]
fn ordinary_text_raises_few_alarms_and_those_on_record() {
    let rows = rows();
    let bounds: Bounds = toml::from_str(&fs::read_to_string(format!("{FOLDER}/bounds.toml")).unwrap()).unwrap();
    let alarms = alarms(&rows);
    let table = table(&alarms, &rows);
    println!("{table}");
    fs::create_dir_all("tests/output").unwrap();
    write("tests/output/benign.json", &alarms);
    let exceeded = exceeded(&bounds, &alarms, &rows);
    assert!(exceeded.is_empty(), "{}\n\n{table}", exceeded.join("\n"));
    let record = format!("{FOLDER}/alarms.json");
    if env::var_os("COUNTERSIGN_ACCEPT").is_some() {
        return write(&record, &alarms);
    }
    let before: Alarms = serde_json::from_str(&fs::read_to_string(record).unwrap()).unwrap();
    let difference = difference(&before, &alarms, &rows);
    assert!(difference.is_empty(), "{}\n\nif that is as it should be, record it with `npm run benign:accept`", difference.join("\n"));
}

#[test]
fn the_corpus_is_large_balanced_and_names_its_sources() {
    let rows = rows();
    let on = rows.iter().filter(|row| row.topic == Topic::On).count();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert!(rows.len() >= FEWEST_ROWS && on * 2 >= rows.len() && on * 3 <= rows.len() * 2, "{on} of {} rows on topic", rows.len());
    assert_eq!(ids.len(), rows.len(), "ids are used twice");
    for row in &rows {
        let known = row.source == "own" || row.source.starts_with("crate:") || row.source.starts_with("npm:");
        assert!(known && !row.text.trim().is_empty(), "{}", row.id);
    }
}

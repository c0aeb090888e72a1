//! The shipped pack on commands, statements and files of many technologies: what is found in each, and which way it goes.

use super::{Direction, Pack};
use crate::{
    instruction::{self, Stance},
    markdown,
    submission::Format,
};
use serde::Deserialize;

/// Texts by what is expected of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(default)]
    widens: Vec<String>,
    #[serde(default)]
    narrows: Vec<String>,
    #[serde(default)]
    shifts: Vec<String>,
    #[serde(default)]
    nothing: Vec<String>,
}

/// The directions found in a post that shows `text` in a fence.
fn directions(pack: &Pack, text: &str) -> Vec<Direction> {
    let document = markdown::read(&format!("````\n{text}\n````\n"), Format::Markdown);
    let read = instruction::read(&document);
    let advised = read.instructions.iter().filter(|instruction| instruction.stance(&document) == Stance::Advises);
    advised.flat_map(|instruction| pack.matches(instruction)).map(|found| found.direction).collect()
}

fn check(source: &str) {
    let cases: Cases = toml::from_str(source).unwrap();
    let pack = Pack::shipped();
    for (direction, texts) in [(Direction::Widens, cases.widens), (Direction::Narrows, cases.narrows), (Direction::Shifts, cases.shifts)] {
        for text in texts {
            assert!(directions(&pack, &text).contains(&direction), "{direction:?} expected: {text}");
        }
    }
    for text in cases.nothing {
        assert_eq!(directions(&pack, &text), [], "nothing expected: {text}");
    }
}

#[test]
fn cloud() {
    check(include_str!("cases/aws.toml"));
    check(include_str!("cases/azure.toml"));
}

#[test]
fn machines() {
    check(include_str!("cases/shell.toml"));
    check(include_str!("cases/powershell.toml"));
}

#[test]
fn hosts() {
    check(include_str!("cases/hosts.toml"));
}

#[test]
fn applications() {
    check(include_str!("cases/applications.toml"));
}

#[test]
fn services_and_code() {
    check(include_str!("cases/services.toml"));
    check(include_str!("cases/config.toml"));
    check(include_str!("cases/code.toml"));
}

#[test]
fn tools_requests_and_settings() {
    check(include_str!("cases/tools.toml"));
    check(include_str!("cases/requests.toml"));
    check(include_str!("cases/settings.toml"));
    check(include_str!("cases/clouds.toml"));
}

#[test]
fn patches() {
    check(include_str!("cases/patches.toml"));
}

#[test]
fn harmless() {
    check(include_str!("cases/harmless.toml"));
}

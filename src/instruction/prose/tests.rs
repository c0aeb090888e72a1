use super::*;
use crate::{markdown, rule::Pack, submission::Format};
use serde::Deserialize;

fn told(text: &str) -> Vec<String> {
    let document = markdown::read(text, Format::Markdown);
    let mut budget = Budget::for_bytes(text.len());
    let reads = document.blocks.iter().flat_map(|block| read(block, &mut budget)).collect::<Vec<_>>();
    reads
        .into_iter()
        .filter_map(|read| match read.act {
            Act::Directive(Directive { verb, object, recipient, .. }) => {
                Some(format!("{verb} {} {}", object.as_deref().unwrap_or("-"), recipient.as_deref().unwrap_or("-")))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn reads_imperatives_advice_and_requests() {
    for (text, directive) in [
        ("Give the SA owner and see.", "give admin-role service"),
        ("You should probably add everyone to the admin group.", "add admin-role everyone"),
        ("Could one of the owners please add me to the deploy group?", "add group person"),
        ("Have you tried giving the bot write access?", "give access service"),
        ("The port should be opened to the world.", "open port everyone"),
    ] {
        assert!(told(text).contains(&directive.to_owned()), "{text}: {:?}", told(text));
    }
}

#[test]
fn leaves_what_tells_nobody() {
    for text in [
        "Grant, could you look at the owner's manual?",
        "We gave the service account Owner last quarter.",
        "The licence grants you a worldwide right.",
        "Her role is mostly customer facing.",
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn reads_other_languages() {
    for (text, directive) in [
        ("Agrega a todos al grupo de administradores, por favor.", "add admin-role everyone"),
        ("Libera a porta do banco pra qualquer IP e depois a gente fecha.", "open port everyone"),
        ("Schalte bitte die Firewall ab und starte neu.", "disable access-control -"),
        ("Kannst du mich bitte zur Admin-Gruppe hinzufügen?", "add admin-role person"),
        ("Il suffit de rendre le bucket public, puis de relancer.", "make public-visibility -"),
        ("共有フォルダを全員書き込み可にしておいてください。", "make world-mode -"),
        ("请把我加入管理员组。", "add admin-role person"),
        ("सबको एडमिन ग्रुप में जोड़ दो।", "add admin-role everyone"),
    ] {
        assert!(told(text).contains(&directive.to_owned()), "{text}: {:?}", told(text));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    tells: Vec<String>,
    leaves: Vec<String>,
}

/// Whether some rule of the shipped pack is about what `text` tells.
fn is_matched(text: &str) -> bool {
    let document = markdown::read(text, Format::Markdown);
    let pack = Pack::shipped();
    let told = crate::instruction::read(&document).instructions;
    told.iter().any(|instruction| matches!(instruction.act, Act::Directive(_)) && !pack.matches(instruction).is_empty())
}

#[test]
fn every_case_holds() {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).unwrap();
    let missed = cases.tells.iter().filter(|text| !is_matched(text)).map(|text| format!("missed {text:?}: {:?}", told(text)));
    let false_alarms = cases.leaves.iter().filter(|text| is_matched(text)).map(|text| format!("false {text:?}: {:?}", told(text)));
    let wrong: Vec<String> = missed.chain(false_alarms).collect();
    assert!(wrong.is_empty(), "{} cases fail:\n{}", wrong.len(), wrong.join("\n"));
}

//! The matchers on acts built by hand, and the shipped pack on its own examples.

use super::{Direction, Pack, Severity, examples, expression, format::File};
use crate::instruction::{Act, Argument, Call, Command, Directive, Entry, Instruction, Setting, Statement, Word};

/// The shipped rules with their examples, which the pack itself does not carry.
fn files() -> Vec<(String, File)> {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/examples.postcard"))).unwrap()
}

fn instruction(act: Act) -> Instruction {
    Instruction::of(act)
}

fn command(line: &str) -> Instruction {
    let mut words = line.split_whitespace().map(|word| Word { text: word.to_owned(), opaque: false });
    let program = words.next().map(|word| word.text.to_ascii_lowercase()).unwrap_or_default();
    instruction(Act::Command(Command { program, words: words.collect(), ..Command::default() }))
}

fn statement(text: &str) -> Instruction {
    instruction(Act::Statement(Statement { words: text.split_whitespace().map(str::to_owned).collect() }))
}

fn entries(values: &[(&str, &str)]) -> Vec<Entry> {
    values.iter().map(|(path, value)| Entry { path: (*path).to_owned(), value: (*value).to_owned() }).collect()
}

/// A pack of one rule, unchecked.
fn pack(matcher: &str) -> Pack {
    let rule = format!("[[rule]]\nid = 'a/b'\ntitle = 't'\ndirection = 'widens'\nwhy = 'lets <who|someone> in'\nsafer = 's'\n{matcher}");
    Pack::of_file(super::format::check::read("a.toml", &rule).unwrap())
}

fn why(pack: &Pack, instruction: &Instruction) -> Option<String> {
    pack.matches(instruction).into_iter().next().map(|found| found.why)
}

#[test]
fn options_may_stand_anywhere_among_the_words() {
    let pack = pack("severity = 'low'\ncommand = { program = 'gcloud', words = 'projects add-iam-policy-binding <who>' }");
    for line in ["gcloud projects add-iam-policy-binding p", "gcloud --project x projects --quiet add-iam-policy-binding p"] {
        assert_eq!(why(&pack, &command(line)).as_deref(), Some("lets p in"), "{line}");
    }
    for line in ["gcloud projects list", "gcloud help projects add-iam-policy-binding p", "gcloud projects add-iam-policy-binding"] {
        assert_eq!(why(&pack, &command(line)), None, "{line}");
    }
}

#[test]
fn option_values_are_found_in_every_spelling() {
    let pack = pack("severity = 'low'\ncommand = { program = '*', flags = { '-G|--groups|-Member|/grant' = '<who:docker|everyone:*>' } }");
    for line in [
        "u -aG docker a",
        "u --groups=docker a",
        "u --groups x,docker",
        "u -member docker",
        "u -Member:docker",
        "u f /grant:r Everyone:F",
        "u -Gdocker",
    ] {
        assert!(why(&pack, &command(line)).is_some(), "{line}");
    }
    for line in ["u docker", "u -g docker", "u --groups wheel", "u --group docker", "u -- -G docker"] {
        assert_eq!(why(&pack, &command(line)), None, "{line}");
    }
}

#[test]
fn rehearsals_are_not_matched() {
    let pack = pack("severity = 'low'\ncommand = { program = 'u', unless = ['--list', 'help'] }");
    assert!(why(&pack, &command("u x")).is_some());
    for line in ["u --dry-run", "u x --help", "u -WhatIf", "u --list", "u help"] {
        assert_eq!(why(&pack, &command(line)), None, "{line}");
    }
}

#[test]
fn templates_capture_runs_of_words() {
    let pack =
        pack("severity = 'low'\nstatement = { words = 'GRANT <what...> ON <where...> TO <who...>', unless = '... WITH GRANT OPTION' }");
    assert_eq!(why(&pack, &statement("GRANT SELECT , INSERT ON TABLE t TO a , \"b\"")).as_deref(), Some("lets a , b in"));
    assert_eq!(why(&pack, &statement("GRANT ALL ON t TO a WITH GRANT OPTION")), None);
    assert_eq!(why(&pack, &statement("SHOW GRANTS ON t TO a")), None);
    assert_eq!(why(&pack, &statement("GRANT SELECT ON t")), None);
}

#[test]
fn what_is_too_long_to_decide_counts_as_matched() {
    let pack = pack("severity = 'low'\ncommand = { program = 'u', words = 'a ... b' }");
    let long = |tail: &str| command(&format!("u a {}{tail}", "x ".repeat(20_000)));
    assert!(why(&pack, &long("b")).is_some());
    assert!(why(&pack, &long("c")).is_some());
    assert!(why(&pack, &command("u a x c")).is_none());
}

#[test]
fn settings_are_matched_by_heading_and_paths() {
    let pack = pack(
        "severity = 'low'\n[[rule.setting]]\nheading = ['resource', 'aws_*_acl']\nall = { acl = 'public-*' }\n[[rule.setting]]\nall = { kind = 'X', 'rules.*.verbs.*' = '<who:=*>' }\nnone = { off = 'true' }",
    );
    let heading = |kind: &str| vec!["resource".to_owned(), kind.to_owned(), "x".to_owned()];
    let block = |kind: &str, acl: &str| Setting { notation: "hcl".to_owned(), heading: heading(kind), entries: entries(&[("acl", acl)]) };
    assert!(why(&pack, &instruction(Act::Setting(block("aws_s3_acl", "public-read")))).is_some());
    assert!(why(&pack, &instruction(Act::Setting(block("aws_s3_acl", "private")))).is_none());
    assert!(why(&pack, &instruction(Act::Setting(block("aws_s3", "public-read")))).is_none());
    let document = |values: &[(&str, &str)]| instruction(Act::Setting(Setting { entries: entries(values), ..Setting::default() }));
    assert_eq!(why(&pack, &document(&[("kind", "X"), ("rules.0.verbs.2", "*")])).as_deref(), Some("lets * in"));
    assert!(why(&pack, &document(&[("kind", "X"), ("rules.0.verbs.2", "get")])).is_none());
    assert!(why(&pack, &document(&[("kind", "X"), ("rules.0.verbs.2", "*"), ("off", "true")])).is_none());
}

#[test]
fn calls_are_matched_by_name_and_arguments() {
    let pack = pack("severity = 'low'\ncall = { path = ['os.chmod', '*.put_acl'], arguments = { '1|mode|acl' = '<who:511|public-*>' } }");
    let call = |path: &str, name: Option<&str>, value: &str| {
        let first = Argument { name: None, value: "x".to_owned() };
        let second = Argument { name: name.map(str::to_owned), value: value.to_owned() };
        instruction(Act::Call(Call { path: path.to_owned(), arguments: vec![first, second] }))
    };
    assert!(why(&pack, &call("os.chmod", None, "511")).is_some());
    assert!(why(&pack, &call("s3.put_acl", Some("ACL"), "public-read")).is_some());
    assert!(why(&pack, &call("s3.put_acl", Some("other"), "public-read")).is_none());
    assert!(why(&pack, &call("shutil.chmod", None, "511")).is_none());
}

#[test]
fn phrases_are_matched_by_concept() {
    let pack = pack(
        "severity = { who = '<recipient>', gains = '<object>', on = 'account' }\nphrase = { verb = ['give'], object = ['admin-role'] }",
    );
    let say = |object: &str, recipient: &str| {
        let directive = Directive {
            verb: "give".to_owned(),
            object: Some(object.to_owned()),
            recipient: Some(recipient.to_owned()),
            ..Directive::default()
        };
        pack.matches(&instruction(Act::Directive(directive))).first().map(|found| found.severity)
    };
    assert_eq!(say("admin-role", "everyone"), Some(Severity::Critical));
    assert_eq!(say("admin-role", "person"), Some(Severity::High));
    assert_eq!(say("feedback", "everyone"), None);
}

#[test]
fn a_mistake_names_file_rule_and_key() {
    let rule = "[[rule]]\nid = 'ours/door'\ntitle = 'Door'\ncategory = 'doors'\ndirection = 'widens'\nseverity = 'low'\nwhy = 'w'\nsafer = 's'\nreferences = 'r'\nignores = ['a', 'b']\n";
    let refused = |more: &str| Pack::parse(&[("ours.toml", &format!("{rule}{more}"))]).unwrap_err().to_string();
    let none = refused("matches = ['a']\ncommand = { program = 'door' }");
    assert_eq!(none, "`ours.toml`, rule `ours/door`, key `matches`: give at least two examples that it must match");
    let unknown = refused("matches = ['a', 'b']\ncommand = { program = '@nobody' }");
    assert!(unknown.contains("key `command`: there is no vocabulary `@nobody`"), "{unknown}");
    let misspelled = refused("matches = ['a', 'b']\ncommand = { programme = 'door' }");
    assert!(misspelled.contains("rule `ours/door`") && misspelled.contains("programme"), "{misspelled}");
    let regex = refused("matches = ['a', 'b']\npattern = { regex = '(', keywords = ['a'] }");
    assert!(regex.contains("key `pattern`"), "{regex}");
    let example = refused("matches = ['open it', 'open that']\ncommand = { program = 'door' }");
    assert!(example.contains("key `matches`: does not match `open it`"), "{example}");
}

#[test]
fn an_organisations_rule_replaces_a_shipped_one() {
    let shipped = Pack::shipped();
    let theirs = pack("severity = 'low'\ncommand = { program = 'chmod' }");
    let both = shipped.with(&theirs);
    assert_eq!(both.rules().count(), shipped.rules().count() + 1);
    assert_eq!(both.with(&theirs).rules().count(), both.rules().count());
    assert_ne!(both.version(), shipped.version());
}

#[test]
fn the_shipped_pack_loads() {
    let pack = Pack::shipped();
    assert!(pack.rules().count() >= 20, "{}", pack.rules().count());
    let found = pack.matches(&command("chmod -R 777 /srv/app"));
    assert_eq!(found.first().map(|found| found.direction), Some(Direction::Widens));
}

#[test]
fn every_expression_compiles() {
    for (name, file) in files() {
        for matcher in file.rule.iter().flat_map(|rule| rule.pattern.iter()) {
            assert_eq!(expression::mistake(matcher), None, "{name}");
        }
    }
}

#[test]
fn every_example_holds() {
    let failures = examples::failures(&Pack::shipped(), &files());
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} examples fail:\n{}", lines.len(), lines.join("\n"));
}

use super::{Budget, Read, lines_in, read};
use crate::{
    instruction::{Act, Argument, Call, Command, Entry, Setting},
    text::Words,
};
use proptest::prelude::*;

fn prose(text: &str, budget: &mut Budget) -> Vec<Read> {
    super::read_prose(text, Words::of(text).all(), budget)
}

fn reads(code: &str, language: &str) -> Vec<Read> {
    let mut budget = Budget::for_bytes(code.len());
    let found = read(code, language, &mut budget).reads;
    assert!(budget.is_complete(), "incomplete: {code}");
    found
}

/// The commands as typed without disguise, one per line.
fn lines(code: &str, language: &str) -> String {
    reads(code, language).into_iter().map(|read| read.text).collect::<Vec<_>>().join("\n")
}

fn command(code: &str, language: &str, program: &str) -> (Command, Read) {
    let found = reads(code, language);
    let read = found.into_iter().rev().find(|read| read.text.split(' ').next() == Some(program)).unwrap();
    let Act::Command(command) = read.act.clone() else { panic!("no command") };
    (command, read)
}

#[test]
fn takes_quotes_escapes_and_continuations_away() {
    for code in [
        "chgrp staff '/opt/a b'",
        "c''hg\"r\"p staff /opt/a\\ b",
        "ch\\\ngrp staff \\\n  '/opt/a b'",
        "$'\\x63hgrp' staff $'/opt/a\\u0020b'",
        "chg\\rp staff \"/opt/a b\" # a comment",
    ] {
        assert_eq!(lines(code, ""), "chgrp staff /opt/a b", "{code}");
    }
}

#[test]
fn leaves_an_apostrophe_in_prose_alone() {
    assert_eq!(lines("it won't do\nchgrp staff /opt\nthat's all", ""), "it won't do\nchgrp staff /opt");
}

#[test]
fn reads_every_command_of_lists_pipes_groups_and_loops() {
    assert_eq!(lines("a 1 && b 2 || c 3; (d 4 | e 5) & { f 6; }", ""), "a 1\nb 2\nc 3\nd 4\ne 5\nf 6");
    assert_eq!(lines("if a; then\n b 1\nelse\n c 1\nfi", ""), "a\nb 1\nc 1");
    assert_eq!(lines("for x in /one /two; do chgrp staff \"$x\"; done", ""), "chgrp staff /one\nchgrp staff /two");
    assert_eq!(lines("case $1 in\n up) chgrp staff /opt ;;\nesac", ""), "chgrp staff /opt");
    assert_eq!(lines("fix() { chgrp staff /opt; }", ""), "chgrp staff /opt");
}

#[test]
fn puts_in_what_variables_stand_for() {
    assert_eq!(lines("p=chgrp; g=st\n$p ${g}aff /opt", ""), "chgrp staff /opt");
    assert_eq!(lines("w='chgrp staff'; $w /opt", ""), "chgrp staff /opt");
    assert_eq!(lines("l=(chgrp staff /opt); \"${l[@]}\"", ""), "chgrp staff /opt");
    assert_eq!(lines("chgrp${IFS}staff${IFS}/opt", ""), "chgrp staff /opt");
    assert_eq!(lines("v=xchgrpx; ${v:1:5} ${u:-staff} /opt", ""), "chgrp staff /opt");
    assert_eq!(lines("v=chgrp.sh; ${v%.*} staff /opt; w=CHGRP; ${w,,} a b", ""), "chgrp staff /opt\nchgrp a b");
    assert_eq!(lines("m=$((07 * 64 + 0x5)); echo $m", ""), "echo 453");
}

#[test]
fn marks_what_only_running_would_tell() {
    let (command, _) = command("chgrp $GROUP \"$(hostname)\" /opt", "", "chgrp");
    let opaque: Vec<bool> = command.words.iter().map(|word| word.opaque).collect();
    assert_eq!(opaque, [true, true, false]);
    assert_eq!(command.words[0].text, "$GROUP");
    assert_eq!(command.words[1].text, "$(hostname)");
}

#[test]
fn expands_braces_and_aliases() {
    assert_eq!(lines("chgrp staff /opt/{a,b{1,2}}", ""), "chgrp staff /opt/a /opt/b1 /opt/b2");
    assert_eq!(lines("{chgrp,staff,/opt}", ""), "chgrp staff /opt");
    assert_eq!(lines("find . -name '{a,b}' {}", ""), "find . -name {a,b} {}");
    assert_eq!(lines("alias own='chgrp staff'\nown /opt", ""), "chgrp staff /opt");
}

#[test]
fn unwraps_programs_that_run_programs() {
    for code in [
        "sudo -u root chgrp staff /opt",
        "A=1 env B=2 nice -n 5 chgrp staff /opt",
        "nohup timeout -k 3 5 /usr/bin/chgrp staff /opt &",
        "echo staff /opt | xargs chgrp",
        "doas -- chgrp staff /opt",
    ] {
        assert_eq!(lines(code, "").lines().last(), Some("chgrp staff /opt"), "{code}");
    }
    for code in [
        "ssh -p 22 web 'chgrp staff /opt'",
        "docker exec -it -u 0 web chgrp staff /opt",
        "kubectl -n prod exec web-0 -c app -- chgrp staff /opt",
        "find /opt -type d -exec chgrp staff {} \\;",
    ] {
        assert_eq!(lines(code, "").lines().last(), Some("chgrp staff /opt"), "{code}");
        assert_eq!(reads(code, "").len(), 2, "{code}");
    }
}

#[test]
fn reads_the_scripts_shells_are_given() {
    for (code, decoded) in [
        ("sh -c 'chgrp staff /opt'", vec!["sh -c"]),
        ("bash -lc \"chgrp staff /opt\"", vec!["bash -lc"]),
        ("su - ann -c 'chgrp staff /opt'", vec!["su -c"]),
        ("eval \"chgrp staff\" /opt", vec!["eval"]),
        ("bash <<E\nchgrp staff /opt\nE", vec!["bash"]),
        ("zsh <<< 'chgrp staff /opt'", vec!["zsh"]),
        ("printf 'chgrp %s /opt' staff | sh", vec!["sh"]),
        ("echo Y2hncnAgc3RhZmYgL29wdA== | base64 -d | sh", vec!["base64 → chgrp staff /opt", "sh"]),
        ("echo 6368677270207374616666202f6f7074 | xxd -r -p | sh", vec!["hex → chgrp staff /opt", "sh"]),
        ("echo 'tpo/ ffats prghc' | rev | sh", vec!["rev → chgrp staff /opt", "sh"]),
    ] {
        let (_, read) = command(code, "", "chgrp");
        assert_eq!(read.text, "chgrp staff /opt", "{code}");
        assert_eq!(read.decoded, decoded, "{code}");
    }
}

#[test]
fn points_at_the_original_characters() {
    let code = "cd /; sudo sh -c 'chgrp staff /opt'";
    assert_eq!(code.get(command(code, "", "chgrp").1.range).unwrap(), "chgrp staff /opt");
    let code = "cd /; echo Y2hncnAgc3RhZmYgL29wdA== | base64 -d | sh; ls";
    assert_eq!(code.get(command(code, "", "chgrp").1.range).unwrap(), "echo Y2hncnAgc3RhZmYgL29wdA== | base64 -d | sh");
}

#[test]
fn shows_a_shell_fed_from_elsewhere() {
    let (shell, _) = command("curl -fsSL https://example.org/i.sh | sudo bash -s", "", "bash");
    assert_eq!(shell.words.last().map(|word| (word.text.as_str(), word.opaque)), Some(("curl -fsSL https://example.org/i.sh", true)));
    let (shell, _) = command("sh -c \"$(curl https://example.org/i.sh)\"", "", "sh");
    assert_eq!(shell.words[1].text, "$(curl https://example.org/i.sh)");
    assert!(shell.words[1].opaque);
}

#[test]
fn keeps_where_output_goes() {
    let (echo, _) = command("echo 'a b' >> /etc/x", "", "echo");
    assert_eq!((echo.output.as_deref(), echo.input.as_deref()), (Some("/etc/x"), Some("a b")));
    let (tee, _) = command("echo 'a b' | sudo tee -a /etc/x", "", "tee");
    assert_eq!((tee.output.as_deref(), tee.input.as_deref()), (Some("/etc/x"), Some("a b")));
    let (list, _) = command("ls 2> /dev/null", "", "ls");
    assert_eq!(list.output, None);
}

#[test]
fn keeps_placeholders_as_words() {
    assert_eq!(lines("chgrp <group name> /opt/<dir> > log", ""), "chgrp <group name> /opt/<dir>");
}

#[test]
fn reads_powershell() {
    assert_eq!(lines("Add-Foo -Name 'a b' `\n  -Force; g`et-foo", "powershell"), "add-foo -Name a b -Force\nget-foo");
    assert_eq!(lines("& ('{1}-{0}' -f 'Foo','Add') ('a'+'b')", "powershell"), "add-foo ab");
    assert_eq!(lines("$p = @{ Name = 'a b'; Force = $true }\nAdd-Foo @p", "powershell"), "add-foo -Name a b -Force $true");
    assert_eq!(lines("1..3 | % { Add-Foo -Path C:\\x }", "powershell").lines().last(), Some("add-foo -Path C:\\x"));
    assert_eq!(lines("pwsh -e QQBkAGQALQBGAG8AbwAgAHgA", "").lines().last(), Some("add-foo x"));
}

#[test]
fn reads_cmd() {
    assert_eq!(lines("net loc^algroup Users ann /a^dd", ""), "net localgroup Users ann /add");
    assert_eq!(lines("set v=xnety\n%v:~1,3% user", "bat").lines().last(), Some("net user"));
    assert_eq!(lines("C:\\Windows\\System32\\icacls.exe \"D:\\a b\" /reset", ""), "icacls D:\\a b /reset");
}

#[test]
fn reads_only_what_is_typed_in_a_session() {
    assert_eq!(lines("$ chgrp staff /opt\nchgrp: not permitted\nann@web:~$ sudo id", ""), "chgrp staff /opt\nid");
    let code = "out\n$ chgrp staff \\\n> /opt\n";
    assert_eq!(code.get(reads(code, "console")[0].range.clone()).unwrap(), "chgrp staff \\\n> /opt");
}

#[test]
fn hands_other_languages_to_their_readers() {
    let code = "kubectl apply -f - <<E\nkind: Role\nE\necho 'a ALL' > /etc/sudoers.d/a; python3 -c 'import os'";
    let mut budget = Budget::for_bytes(code.len());
    let embedded = read(code, "", &mut budget).embedded;
    let seen: Vec<(&str, &str)> = embedded.iter().map(|embedded| (embedded.language.as_str(), embedded.code.as_str())).collect();
    assert_eq!(seen, [("yaml", "kind: Role\n"), ("sudoers", "a ALL"), ("python", "import os")]);
    assert_eq!(code.get(embedded[0].range.clone()).unwrap(), "kind: Role\n");
    assert!(read("key: value", "yaml", &mut budget).reads.is_empty());
}

#[test]
fn finds_the_command_lines_that_settings_and_calls_hold() {
    let entry = |path: &str, value: &str| Entry { path: path.to_owned(), value: value.to_owned() };
    let entries = vec![entry("steps.0.run", "chgrp staff /opt"), entry("name", "run"), entry("command.0", "id"), entry("command.1", "-u")];
    let setting = Act::Setting(Setting { entries, ..Setting::default() });
    let held = |act: &Act| lines_in(act).into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    assert_eq!(held(&setting), ["chgrp staff /opt", "id -u"]);
    let argument = Argument { name: None, value: "chgrp staff /opt".to_owned() };
    let call = Act::Call(Call { path: "os.system".to_owned(), arguments: vec![argument] });
    assert_eq!(held(&call), ["chgrp staff /opt"]);
}

#[test]
fn finds_commands_in_prose() {
    let prose = |text: &str| {
        let mut budget = Budget::for_bytes(text.len());
        prose(text, &mut budget).into_iter().map(|read| read.text).collect::<Vec<_>>()
    };
    assert_eq!(prose("Please run chown -R ann:staff /opt/x and retry."), ["chown -R ann:staff /opt/x"]);
    assert_eq!(prose("sudo gpasswd -a ann docker, then log in"), ["gpasswd -a ann docker"]);
    assert_eq!(prose("Use ufw allow 22/tcp. It works!"), ["ufw allow 22/tcp"]);
    for text in
        ["you can install it or find the net", "ask for sudo rights", "chmod is a program", "The aws account is new", "a docker image"]
    {
        assert!(prose(text).is_empty(), "{text}");
    }
}

#[test]
fn says_so_when_a_script_is_too_deep() {
    let code = format!("{}id{}", "$(".repeat(40), ")".repeat(40));
    let mut budget = Budget::for_bytes(code.len());
    read(&code, "", &mut budget);
    assert!(!budget.is_complete());
}

#[test]
fn takes_steps_in_proportion_to_the_text() {
    let units = [
        "a b;",
        "$x ",
        "{a,b} ",
        "a=$a$a;",
        "<<A\n",
        "\"$(",
        "${",
        "'",
        "eval ",
        "`a`",
        "sudo ",
        "echo a|base64 -d|",
        "<a",
        "\\\n",
        "x'\n",
    ];
    for unit in units {
        let steps = |count: usize| {
            let code = unit.repeat(count);
            let mut budget = Budget::for_bytes(code.len());
            let before = budget.left();
            read(&code, "", &mut budget);
            prose(&code, &mut budget);
            before - budget.left()
        };
        let (small, large) = (steps(400), steps(1_600));
        assert!(large <= small * 5 + 8_192, "{unit:?}: {small} steps, then {large}");
    }
}

/// Pieces that mean something to a shell, so that random strings reach deep.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("$("),
        Just(")"),
        Just("`"),
        Just("'"),
        Just("\""),
        Just("${"),
        Just("}"),
        Just("{a,"),
        Just("<<E\n"),
        Just("\nE\n"),
        Just("$(("),
        Just("))"),
        Just("|"),
        Just(";"),
        Just("\\"),
        Just("\n"),
        Just(" "),
        Just("@{"),
        Just("$x="),
        Just("x=("),
        Just("sudo "),
        Just("sh -c "),
        Just("echo "),
        Just("base64 -d"),
        Just("xargs "),
        Just("é"),
        Just("<a>"),
        Just(">"),
        Just("%x:~1%"),
        Just("alias a="),
        Just("+"),
        Just("$ "),
        Just("Add-Foo "),
        Just("[char]9"),
        Just(" -f "),
        Just("find . -exec "),
        Just("$'\\x"),
        Just("-"),
        Just("#"),
        Just("chmod 7"),
        Just("GRANT x TO y"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_string_is_read(code in prop_oneof![any::<String>(), pieces()], language in prop_oneof![Just(""), Just("powershell"), Just("bat"), Just("diff"), Just("console")]) {
        let mut budget = Budget::for_bytes(code.len());
        let found = read(&code, language, &mut budget);
        for range in found.reads.iter().map(|read| &read.range).chain(found.embedded.iter().map(|embedded| &embedded.range)) {
            prop_assert!(code.get(range.clone()).is_some(), "{:?} in {:?}", range, code);
        }
        for read in prose(&code, &mut budget) {
            prop_assert!(code.get(read.range.clone()).is_some(), "{:?} in {:?}", read.range, code);
        }
    }

    #[test]
    fn quoting_a_word_changes_nothing(word in "[a-z/.=-]{1,12}", at in 0_usize..12) {
        let at = at.min(word.len());
        let (before, after) = word.split_at(at);
        let quoted = format!("chgrp {before}''{after}");
        prop_assert_eq!(lines(&quoted, "sh"), lines(&format!("chgrp {word}"), "sh"));
    }
}

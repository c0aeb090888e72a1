//! What people post, and what must be left to other readers.

use super::*;
use proptest::prelude::*;

fn settings(code: &str, language: &str) -> Vec<(String, String, Vec<String>)> {
    let mut budget = Budget::for_bytes(code.len());
    read(code, language, &mut budget)
        .into_iter()
        .map(|read| {
            assert_eq!(code.get(read.range.clone()), Some(read.text.as_str()));
            let Act::Setting(setting) = read.act else { panic!("not a setting") };
            let entries = setting.entries.into_iter().map(|entry| format!("{}={}", entry.path, entry.value)).collect();
            (setting.notation, setting.heading.join(" "), entries)
        })
        .collect()
}

/// The entries of the only setting.
fn entries(code: &str, language: &str) -> Vec<String> {
    let found = settings(code, language);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().flat_map(|(_, _, entries)| entries).collect()
}

#[test]
fn yaml_is_paths_and_values() {
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole # all\nrules:\n- apiGroups: [\"\"]\n  verbs: ['*', get]\n- verbs:\n    - \"list\"\nmeta: {a: 1, b: [x y, z]}\n";
    let read = entries(role, "");
    assert_eq!(
        read,
        [
            "apiVersion=rbac.authorization.k8s.io/v1",
            "kind=ClusterRole",
            "rules.0.apiGroups.0=",
            "rules.0.verbs.0=*",
            "rules.0.verbs.1=get",
            "rules.1.verbs.0=list",
            "meta.a=1",
            "meta.b.0=x y",
            "meta.b.1=z",
        ]
    );
    assert_eq!(
        entries("- name: open\n  file:\n    path: /x\n    mode: \"0777\"\n", "yaml"),
        ["0.name=open", "0.file.path=/x", "0.file.mode=0777"]
    );
    assert_eq!(
        entries("run: |\n  a\n\n  # b\n  c\nnext: one\n  two\nempty:\nlast: &x y", "yaml"),
        ["run=  a\n\n  # b\n  c", "next=one two", "empty=", "last=y"]
    );
}

#[test]
fn yaml_is_told_by_its_nesting() {
    for code in [
        "- name: Let everybody write here\n  file: path=/x mode=0777",
        "apiVersion: v1 # for old clusters\nkind: ConfigMap\ndata:\n  run.sh: |-\n\n    if [ x ]; then\n      echo a b c\n    fi",
        "Access-Control-Allow-Origin: *",
        "on:\n  push:\n    branches: [main]",
        "services:\n  web:\n    privileged: true",
    ] {
        assert_eq!(settings(code, "").first().map(|(notation, ..)| notation.as_str()), Some("yaml"), "{code}");
    }
}

#[test]
fn yaml_documents_stand_apart() {
    let found = settings("kind: Role\n---\nkind: RoleBinding\n", "");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].2, ["kind=RoleBinding"]);
}

#[test]
fn json_is_tolerant() {
    let policy = "{ // open\n \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, 'Action': [\"s3:*\",],}],\n}";
    let read = ["Statement.0.Effect=Allow", "Statement.0.Principal.AWS=*", "Statement.0.Action.0=s3:*"];
    assert_eq!(entries(policy, "json"), read);
    assert_eq!(entries(policy, ""), read[..0].iter().chain(&read).copied().collect::<Vec<_>>());
    assert_eq!(entries("\"Principal\": \"*\",\n\"on\": true", ""), ["Principal=*", "on=true"]);
}

#[test]
fn terraform_blocks_stand_apart() {
    let code = "# open\nresource \"aws_security_group_rule\" \"x\" {\n  cidr_blocks = [\"0.0.0.0/0\"]\n  from_port = var.port # any\n  ingress {\n    self = true\n  }\n  policy = jsonencode({\n    Statement = [{ Effect = \"Allow\", Resource = \"${aws_s3_bucket.b[\"a\"].arn}\" }]\n  })\n  doc = <<EOF\n{\"Action\": \"*\"}\nEOF\n  count = length([for x in y : x])\n}\ndata \"a\" \"b\" {}\nresource \"a\" \"c\" {\n on = true }";
    let found = settings(code, "");
    assert_eq!(
        found.iter().map(|(_, heading, _)| heading.as_str()).collect::<Vec<_>>(),
        ["resource aws_security_group_rule x", "data a b", "resource a c"]
    );
    assert_eq!(
        found[0].2,
        [
            "cidr_blocks.0=0.0.0.0/0",
            "from_port=var.port",
            "ingress.self=true",
            "policy.Statement.0.Effect=Allow",
            "policy.Statement.0.Resource=${aws_s3_bucket.b[\"a\"].arn}",
            "doc.Action=*",
            "count=length([for x in y : x])",
        ]
    );
}

#[test]
fn ini_sections_stand_apart() {
    let found = settings("a = 1\n[Service]\nUMask=0000 ; open\n# x\n[[tool.x]]\nlist = [\n  \"a\",\n  \"b\",\n]\nb = \"c\"", "toml");
    assert_eq!(found[0].2, ["a=1"]);
    assert_eq!((found[1].1.as_str(), found[1].2.as_slice()), ("Service", ["UMask=0000".to_owned()].as_slice()));
    assert_eq!(found[2].2, ["list.0=a", "list.1=b", "b=c"]);
    assert_eq!(entries("spring.security.enabled=false", ""), ["spring.security.enabled=false"]);
}

#[test]
fn line_based_notations_name_their_columns() {
    assert_eq!(entries("PermitRootLogin yes", ""), ["PermitRootLogin=yes"]);
    assert_eq!(
        settings("Port 22\nPasswordAuthentication no\nMatch User kim\n  PermitRootLogin yes", "")
            .into_iter()
            .map(|(_, heading, _)| heading)
            .collect::<Vec<_>>(),
        ["", "Match User kim"]
    );
    assert_eq!(entries("kim ALL=(ALL:ALL) NOPASSWD: ALL", ""), ["user=kim", "host=ALL", "runas=ALL:ALL", "tag=NOPASSWD", "command=ALL"]);
    assert_eq!(entries("%wheel\tALL = (ALL) ALL", ""), ["user=%wheel", "host=ALL", "runas=ALL", "command=ALL"]);
    assert_eq!(entries("Defaults:kim !authenticate", "sudoers"), ["scope=kim", "defaults=!authenticate"]);
    assert_eq!(
        entries("# TYPE\nhost all all 0.0.0.0/0 trust", ""),
        ["type=host", "database=all", "user=all", "address=0.0.0.0/0", "method=trust"]
    );
}

#[test]
fn server_configurations_are_paths() {
    assert_eq!(
        entries("server {\n  listen 80;\n  location /admin { allow all; deny none; }\n  add_header X \"a; b\";\n}", ""),
        ["server.listen=80", "server.location./admin.allow=all", "server.location./admin.deny=none", "server.add_header=X a; b"]
    );
    let found = settings("<Directory \"/srv\">\n  Require all granted\n</Directory>\n", "");
    assert_eq!(
        (found[0].0.as_str(), found[0].1.as_str(), found[0].2.as_slice()),
        ("apache", "Directory /srv", ["Require=all granted".to_owned()].as_slice())
    );
    assert_eq!(
        entries("FROM alpine\nUSER root\nRUN chmod -R 777 /srv \\\n  && ls\n", ""),
        ["FROM=alpine", "USER=root", "RUN=chmod -R 777 /srv && ls"]
    );
}

#[test]
fn code_sets_what_it_assigns() {
    let code = "class A(B):\n    permission_classes = [AllowAny]\n    app.config[\"X\"] = False;\nHOSTS = [\n  '*',\n]\nconst cors = { origin: \"*\", n: f(1, 2) };";
    let found: Vec<String> = settings(code, "python").into_iter().flat_map(|(_, _, entries)| entries).collect();
    assert_eq!(found, ["permission_classes.0=AllowAny", "app.config.X=False", "HOSTS.0=*", "cors.origin=*", "cors.n=f(1, 2)"]);
}

#[test]
fn shell_prose_and_code_are_left_alone() {
    for code in [
        "chmod 777 /srv",
        "FOO=bar",
        "FOO=bar make",
        "kubectl get pods",
        "echo \"kim ALL=(ALL) NOPASSWD: ALL\" | sudo tee /etc/sudoers.d/kim",
        "git commit -m 'fix: x'",
        "[ -f x ] && y",
        "[[ -f x ]] && y",
        "{ echo a; echo b; }",
        "{{ template }}",
        "[ \"$(uname)\" == 'Linux' ] && x",
        "const a = () => b",
        "let config = (ABC: x)",
        "Defaults to an empty list.",
        "COPY a.b TO '/x';",
        "- run the tests\n- read `a`\n- [x] done",
        "- Note: this is only a list\n- Another: with more words",
        "VBoxManage movevm x",
        "dd if=/dev/zero of=x",
        "wget --use-askpass=/tmp/x 0",
        "The owner gave access.",
        "Note: this is not what you want",
        "SELECT a FROM b WHERE c = 1;",
        "x = foo(1)",
        "if (a) {\n  b();\n}",
        "aws iam attach-user-policy \\\n  --user-name x",
        "local x y",
        "- run the thing --force",
        "Get-ADUser kim",
        "host example.com",
        "",
        "\n\n",
        "#",
    ] {
        assert_eq!(settings(code, ""), [], "{code}");
    }
    assert_eq!(settings("a: 1\nif a == 1:\n  b = f(a)\n  c += 1\nd => e", "python"), []);
}

#[test]
fn hostile_configuration_spends_the_budget_and_no_more() {
    for (code, language) in [
        ("[".repeat(100_000), "json"),
        ("{a:".repeat(50_000), "json"),
        ("- ".repeat(50_000), "yaml"),
        ((0..2_000).map(|indent| format!("{}a:\n", " ".repeat(indent))).collect(), "yaml"),
        ("a {".repeat(50_000), "hcl"),
        ("a = merge(".repeat(20_000), "hcl"),
        ("a {".repeat(50_000), "nginx"),
        ("a.".repeat(100) + &"{a:1},".repeat(10_000), "json"),
    ] {
        let mut budget = Budget::for_bytes(code.len());
        let found = read(&code, language, &mut budget);
        let bytes: usize = found.iter().map(|read| read.text.len()).sum();
        assert!(bytes <= code.len());
    }
    let mut budget = Budget::for_bytes(10);
    read(&"[".repeat(1000), "json", &mut budget);
    assert!(budget.is_spent(), "nesting beyond the cap is told");
}

proptest! {
    #[test]
    fn any_text_is_read_within_its_bytes(code in any::<String>(), parts in proptest::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", "\"", "'", ":", "=", "\n", "  ", "- ", "a", "é", "<<EOF\n", "EOF", "#", "|", "---\n", ",", ";", "\\", "(", ")", "ALL", "<", ">",
        "[x]\n", "Match ", "</", "RUN ", "&", "merge(",
    ]), 0..30)) {
        let parts = parts.concat();
        for code in [&code, &parts] {
            for language in ["", "json", "yaml", "hcl", "ini", "nginx", "dockerfile", "sshd", "sudoers", "pg_hba", "python"] {
                for found in read(code, language, &mut Budget::for_bytes(code.len())) {
                    prop_assert_eq!(code.get(found.range.clone()), Some(found.text.as_str()));
                }
            }
        }
    }
}

//! What people post, and what is no call.

use super::*;
use proptest::prelude::*;

/// Calls as `path(name=value, value)`.
fn calls(code: &str, language: &str) -> Vec<String> {
    let reads = read(code, language, &mut Budget::for_bytes(code.len()));
    reads
        .into_iter()
        .map(|read| {
            assert_eq!(code.get(read.range.clone()), Some(read.text.as_str()));
            let Act::Call(call) = read.act else { panic!("not a call") };
            let arguments: Vec<String> = call
                .arguments
                .into_iter()
                .map(|argument| argument.name.map_or(String::new(), |name| name + "=") + &argument.value)
                .collect();
            format!("{}({})", call.path, arguments.join(" | "))
        })
        .collect()
}

#[test]
fn arguments_are_read_with_their_names() {
    assert_eq!(calls("os.chmod(\"/srv\", 0o777)", "python"), ["os.chmod(/srv | 0o777)"]);
    assert_eq!(
        calls("iam.attach_user_policy(UserName='kim', PolicyArn = f\"arn:x,y\", Tags=['a', {'K': 'v'}])", "python"),
        ["iam.attach_user_policy(UserName=kim | PolicyArn=arn:x,y | Tags=a | Tags.K=v)"]
    );
    assert_eq!(
        calls(
            "new gcp.BucketIAMMember(\"public\", {\n  bucket: site.name,\n  role: 'roles/viewer', // all\n  member: `allUsers`,\n});",
            "ts"
        ),
        ["gcp.BucketIAMMember(public | bucket=site.name | role=roles/viewer | member=`allUsers`)"]
    );
    assert_eq!(calls("$acl->allow('guest', null, resource: 'x');", "php"), ["acl.allow(guest | null | resource=x)"]);
    assert_eq!(calls("<?php chmod(\"/srv/www\", 0777);", "php"), ["chmod(/srv/www | 0777)"]);
    assert_eq!(
        calls("user.grant :admin, x\nuser.add_role(:admin, on: project)", "ruby"),
        ["user.grant(:admin | x)", "user.add_role(:admin | on=project)"]
    );
}

#[test]
fn chains_keep_what_stands_before() {
    assert_eq!(calls("boto3.client('iam')\n  .attach(A=1)", "python"), ["boto3.client(iam)", "boto3.client.attach(A=1)"]);
    assert_eq!(
        calls("http.authorizeHttpRequests(a -> a.requestMatchers(\"/x/**\").permitAll());", "java"),
        [
            "http.authorizeHttpRequests(a -> a.requestMatchers(\"/x/**\").permitAll())",
            "a.requestMatchers(/x/**)",
            "a.requestMatchers.permitAll()"
        ]
    );
    assert_eq!(calls("Acl::new().a[0]?.b(1)", "rust"), ["Acl.new()", "Acl.new.a.b(1)"]);
}

#[test]
fn annotations_are_calls() {
    assert_eq!(calls("@login_required\ndef export(request): ...", "python"), ["@login_required()"]);
    assert_eq!(
        calls("@CrossOrigin(origins = \"*\")\n@PermitAll\npublic void open(String x) {}", "java"),
        ["@CrossOrigin(origins=*)", "@PermitAll()"]
    );
    assert_eq!(calls("[AllowAnonymous]\npublic IActionResult Get() => Ok();", "csharp"), ["@AllowAnonymous()", "Ok()"]);
    assert_eq!(calls("@PermitAll", ""), ["@PermitAll()"]);
}

#[test]
fn strings_and_comments_hold_no_calls() {
    assert_eq!(
        calls("# os.chmod(1)\nx = 'os.chmod(2)' # os.chmod(3)\n\"\"\"\nos.chmod(4)\n\"\"\"\nok('a)\\'b')", "python"),
        ["ok(a)\\'b)"]
    );
    assert_eq!(calls("// a(1)\n/* b(2) */ c('//', 3)", "js"), ["c(// | 3)"]);
}

#[test]
fn what_is_no_call_is_left_alone() {
    for (code, language) in [
        ("if (a) { }\nwhile(b) {}", "js"),
        ("def f(x):\n  pass\nclass A: pass", "python"),
        ("function f(a) {}", "js"),
        ("public void open(String x) {}", "java"),
        ("chmod(1)", "bash"),
        ("kim@corp.example and @scope/pkg", ""),
        ("foo (bar)", ""),
        ("$(whoami) (x)", ""),
        ("plain words", ""),
        ("", ""),
    ] {
        assert_eq!(calls(code, language), Vec::<String>::new(), "{code}");
    }
}

#[test]
fn deep_nesting_ends() {
    for code in
        ["a(".repeat(20_000), "a().".repeat(20_000), "(".repeat(50_000), "a([{".repeat(10_000), "@a(".repeat(10_000), "a\n".repeat(50_000)]
    {
        let mut budget = Budget::for_bytes(code.len());
        let bytes: usize = read(&code, "", &mut budget).iter().map(|read| read.text.len()).sum();
        assert!(bytes <= code.len() * 1024);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_within_its_bytes(code in any::<String>(), parts in proptest::collection::vec(prop::sample::select(vec![
        "a", "é", ".", "(", ")", "[", "]", "{", "}", ",", "=", ":", "\"", "'", "`", "\\", "\n", " ", "#", "//", "/*", "*/", "@a", "->", "::", "?.", "new ", "=>",
    ]), 0..40)) {
        for code in [code, parts.concat()] {
            for language in ["", "python", "js"] {
                for found in read(&code, language, &mut Budget::for_bytes(code.len())) {
                    prop_assert_eq!(code.get(found.range.clone()), Some(found.text.as_str()));
                }
            }
        }
    }
}

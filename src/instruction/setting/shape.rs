//! Tells which notation a piece of configuration is in: by the language of its fence, or by its shape.
//!
//! Shapes are asked in the order of how hard they are to mistake. One line of a kind is enough only where nothing else
//! looks like it.

use super::{assignment, bicep, brace, docker, ini, line, markup, packet, pairs, resource, yaml};

/// A notation that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// JSON and its relatives.
    Json,
    /// YAML.
    Yaml,
    /// Terraform and its relatives.
    Hcl,
    /// Sections of keys and values.
    Ini,
    /// nginx.
    Nginx,
    /// Dockerfile.
    Docker,
    /// `sshd_config` and `ssh_config`.
    Sshd,
    /// Apache and `.htaccess`.
    Apache,
    /// sudoers.
    Sudoers,
    /// `pg_hba.conf`.
    PgHba,
    /// exports, `access.conf` or `doas.conf`.
    Access,
    /// Assignments in program code.
    Code,
    /// A packet filter's rule set.
    Packet,
    /// Security rules of Firebase.
    Rules,
    /// CODEOWNERS.
    Owners,
    /// Policies of Casbin, as Argo CD has them.
    Casbin,
    /// Bicep.
    Bicep,
    /// The Caddyfile.
    Caddy,
    /// XML and property lists.
    Markup,
    /// LDIF.
    Ldif,
    /// A key and a value on each line.
    Pairs,
    /// What the words of a command or a call set.
    Arguments,
}

/// Names and the languages of fences that mean them.
const LANGUAGES: &[(Notation, &str, &[&str])] = &[
    (Notation::Json, "json", &["json", "jsonc", "json5", "hjson", "arm", "cloudformation"]),
    (Notation::Yaml, "yaml", &["yaml", "yml", "ansible", "k8s", "kubernetes", "helm", "compose", "docker-compose"]),
    (Notation::Hcl, "hcl", &["hcl", "terraform", "tf", "tfvars", "opentofu", "tofu"]),
    (
        Notation::Ini,
        "ini",
        &[
            "ini",
            "toml",
            "properties",
            "env",
            "dotenv",
            "systemd",
            "desktop",
            "editorconfig",
            "smb.conf",
            "pkla",
            "service",
            "socket",
            "timer",
            "inf",
            "cnf",
        ],
    ),
    (Notation::Nginx, "nginx", &["nginx", "nginxconf"]),
    (Notation::Docker, "dockerfile", &["dockerfile", "docker", "containerfile"]),
    (Notation::Sshd, "sshd", &["sshd", "sshd_config", "sshdconfig", "ssh-config", "sshconfig", "ssh_config", "login.defs"]),
    (Notation::Apache, "apache", &["apache", "apacheconf", "htaccess", "httpd"]),
    (Notation::Sudoers, "sudoers", &["sudoers"]),
    (Notation::PgHba, "pg_hba", &["pg_hba", "pg_hba.conf"]),
    (Notation::Access, "access", &["exports", "doas", "access.conf", "doas.conf", "pam"]),
    (
        Notation::Code,
        "code",
        &[
            "python",
            "py",
            "python3",
            "ruby",
            "rb",
            "js",
            "javascript",
            "ts",
            "typescript",
            "php",
            "groovy",
            "chef",
            "puppet",
            "pp",
            "perl",
            "pl",
            "java",
            "kotlin",
            "kt",
            "go",
            "cs",
            "csharp",
        ],
    ),
    (
        Notation::Packet,
        "packet-filter",
        &["nft", "nftables", "nftables.conf", "iptables", "pf", "pf.conf", "ipfw", "rules.v4", "rules.v6", "iptables.rules", "ipfw.rules"],
    ),
    (Notation::Rules, "rules", &["firestore", "firebase", "firestore-rules", "firebase-rules"]),
    (Notation::Owners, "codeowners", &["codeowners"]),
    (Notation::Casbin, "casbin", &["casbin"]),
    (Notation::Bicep, "bicep", &["bicep"]),
    (Notation::Caddy, "caddy", &["caddy", "caddyfile"]),
    (Notation::Markup, "xml", &["xml", "plist", "csproj", "web.config"]),
    (Notation::Ldif, "ldif", &["ldif"]),
    (Notation::Pairs, "pairs", &["mosquitto", "haproxy", "redis.conf"]),
    (Notation::Arguments, "arguments", &[]),
];

/// Languages that say nothing about the notation.
const ANY: &[&str] = &["", "text", "txt", "plaintext", "plain", "conf", "config", "cfg", "none", "code", "output", "rules"];

impl Notation {
    /// Its name, as rules write it.
    pub(super) fn name(self) -> &'static str {
        LANGUAGES.iter().find(|(notation, ..)| *notation == self).map_or("", |(_, name, _)| *name)
    }
}

/// The notation of `code` in a fence of `language`; `None` when it is not configuration.
pub(super) fn decide(code: &str, language: &str) -> Option<Notation> {
    if let Some(notation) = by_name(language) {
        return Some(notation);
    }
    ANY.contains(&language).then(|| by_shape(code)).flatten()
}

/// The notation that goes by `name`.
pub(super) fn by_name(name: &str) -> Option<Notation> {
    LANGUAGES.iter().find(|(_, _, languages)| languages.contains(&name)).map(|(notation, ..)| *notation)
}

fn by_shape(code: &str) -> Option<Notation> {
    let start = code.trim_start();
    let first = lines(code).next()?;
    if braces(start) {
        return Some(Notation::Json);
    }
    if first == "server {" || first == "http {" || first.starts_with("location ") && first.ends_with('{') {
        return Some(Notation::Nginx);
    }
    if packet::is_rules(first, code) || mostly(code, packet::is_rule) {
        return Some(Notation::Packet);
    }
    if lines(code).any(resource::begins) {
        return Some(Notation::Code);
    }
    if lines(code).any(|line| bicep::resource(line).is_some()) {
        return Some(Notation::Bicep);
    }
    if let Some(notation) = by_first(first) {
        return Some(notation);
    }
    if lines(code).any(|line| line::security_rule(line).is_some()) {
        return Some(Notation::Rules);
    }
    if lines(code).any(|line| line::pg_hba(line).is_some()) {
        return Some(Notation::PgHba);
    }
    if lines(code).any(|line| line::sudoers(line).is_some()) {
        return Some(Notation::Sudoers);
    }
    if mostly(code, |line| line::access(line).is_some()) {
        return Some(Notation::Access);
    }
    if mostly(code, nginx_line) {
        return Some(Notation::Nginx);
    }
    if mostly(code, dockerfile_line) {
        return Some(Notation::Docker);
    }
    if yaml(code) {
        return Some(Notation::Yaml);
    }
    if first.ends_with(['[', '{', ']', '}']) && assignment::is_list(first) {
        return Some(Notation::Code);
    }
    if ini::heading(first).is_some_and(|_| lines(code).nth(1).is_some_and(|line| ini::pair(line).is_some())) || mostly(code, ini_line) {
        return Some(Notation::Ini);
    }
    if mostly(code, |line| line::casbin(line).is_some()) {
        return Some(Notation::Casbin);
    }
    if mostly(code, |line| line::code_owner(line).is_some()) {
        return Some(Notation::Owners);
    }
    let directives = directives(code);
    if directives.is_none() && markup::is_markup(code) {
        return Some(Notation::Markup);
    }
    directives.or_else(|| lines(code).any(assignment::is_code).then_some(Notation::Code)).or_else(|| pairs(code).then_some(Notation::Pairs))
}

/// The notation that the first line of some gives away.
fn by_first(first: &str) -> Option<Notation> {
    if block_head(first) {
        return Some(Notation::Hcl);
    }
    if first.starts_with("dn: ") {
        return Some(Notation::Ldif);
    }
    if assigns_literal(first) {
        return Some(Notation::Code);
    }
    if first.starts_with("local ") && first.contains(" = import ") {
        return Some(Notation::Json);
    }
    brace::begins(first).then_some(Notation::Caddy)
}

/// Lines of a key and a value, of which one at least has a key that is no word of prose or of a shell.
fn pairs(code: &str) -> bool {
    let proxy = |line: &str| line.starts_with("http-request ") || line.starts_with("tcp-request ");
    mostly(code, |line| pairs::pair(line).is_some() || matches!(line, "}" | "{"))
        && lines(code).any(|line| proxy(line) || pairs::convincing(line))
}

/// The lines that are neither blank nor comments nor continue the one before, trimmed.
fn lines(code: &str) -> impl Iterator<Item = &str> {
    let mut continued = false;
    code.lines().map(str::trim).filter(move |line| {
        let continues = std::mem::replace(&mut continued, line.ends_with('\\'));
        !line.is_empty() && !line.starts_with('#') && !continues
    })
}

/// Whether the first line and four fifths of all are of a shape; a single line must be.
fn mostly(code: &str, shape: fn(&str) -> bool) -> bool {
    let Some(true) = lines(code).next().map(shape) else { return false };
    let (mut all, mut like) = (0_usize, 0_usize);
    for line in lines(code) {
        all += 1;
        like += usize::from(shape(line));
    }
    like * 5 >= all * 4
}

/// JSON: a bracket and then a quoted key, a bracket or nothing; or members without their braces.
fn braces(start: &str) -> bool {
    if let Some(rest) = start.strip_prefix('{') {
        return rest.trim_start().starts_with(['"', '}']) || rest.trim_start().starts_with("//");
    }
    if let Some(rest) = start.strip_prefix('[') {
        let test = rest.starts_with(' ') && !rest.trim_start().starts_with('{');
        return !test && rest.trim_start().starts_with(['"', '{', '[', ']']) && !rest.starts_with("[ ");
    }
    start.starts_with('"') && start.lines().next().and_then(yaml::key).is_some_and(|(key, _)| !key.contains(' '))
}

/// Program code that sets a name to a literal: `const options = { …`, `REST_FRAMEWORK = {`.
fn assigns_literal(first: &str) -> bool {
    let Some((name, value)) = first.split_once('=') else { return false };
    let name = name.trim();
    let declared = ["const ", "let ", "var "].iter().any(|word| name.starts_with(word));
    let constant = name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    (declared || constant) && value.trim_start().starts_with(['{', '[']) && (declared || first.contains(" = "))
}

/// Terraform: `resource "type" "name" {` or `locals {`.
fn block_head(first: &str) -> bool {
    let Some(head) = first.split_once('{').map(|(head, _)| head.trim()) else { return false };
    let mut words = head.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let labels = words.clone().count();
    let lower = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let quoted = words.all(|label| label.len() > 2 && label.starts_with('"') && label.ends_with('"'));
    lower && quoted && (labels > 0 || matches!(kind, "locals" | "terraform"))
}

/// An instruction in capitals; `COPY` and `ADD` alone may as well be SQL.
fn dockerfile_line(line: &str) -> bool {
    docker::instruction(line)
        .is_some_and(|(name, arguments)| !name.contains(char::is_lowercase) && !arguments.ends_with(';') && !arguments.contains(" TO "))
}

/// A directive of nginx about access, on a line of its own.
fn nginx_line(line: &str) -> bool {
    const DIRECTIVES: &[&str] = &["add_header ", "allow ", "deny ", "auth_basic ", "satisfy ", "limit_except "];
    line.ends_with(';') && line.split_whitespace().count() < 8 && DIRECTIVES.iter().any(|start| line.starts_with(start))
}

/// YAML: nested keys, or lines of `key: value` in which neither has blanks where prose would.
fn yaml(code: &str) -> bool {
    let (mut all, mut keys, mut strict, mut nested) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut above: Option<(usize, bool)> = None;
    let mut block = None;
    for line in code.lines() {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() || text.starts_with('#') || text == "---" || block.is_some_and(|block| indent > block) {
            continue;
        }
        block = None;
        all += 1;
        let entry = yaml_entry(text);
        if all == 1 && entry.is_none() {
            return false;
        }
        let value = entry.unwrap_or("-");
        if value.starts_with(['|', '>']) {
            block = Some(indent);
        }
        keys += usize::from(entry.is_some());
        strict += usize::from(entry.map_or(text.starts_with("- ") && text.split(' ').count() < 5, is_value));
        nested += usize::from(entry.is_some() && above.is_some_and(|(above, opens)| indent > above && opens));
        above = Some((indent, value.is_empty() || text.starts_with("- ")));
    }
    keys > 0 && (strict * 5 >= all * 4 || (nested > 0 && keys * 2 >= all))
}

/// The value of a line `key: value` or `- key: value` whose key has no blanks, without a comment.
fn yaml_entry(text: &str) -> Option<&str> {
    let (key, value) = yaml::key(text.trim_start_matches("- "))?;
    let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./$".contains(&byte));
    named.then(|| value.split(" #").next().unwrap_or_default().trim())
}

/// Whether `value` is a value for certain: empty, one word, or in quotes or brackets.
fn is_value(value: &str) -> bool {
    !value.contains(' ') || value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!'])
}

/// `key = value`, or `dotted.key=value`: a shell sets variables without blanks and without dots.
fn ini_line(line: &str) -> bool {
    let Some((key, value)) = line.split_once('=') else { return ini::heading(line).is_some() };
    let spaced = key.ends_with(' ') && value.starts_with(' ');
    let key = key.trim();
    let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    named && !key.starts_with(['-', '.', '/']) && (spaced || key.contains('.')) && !value.contains('(') && !value.ends_with(';')
}

/// Apache sections, or `CamelCase value` lines with at least two humps in the first.
fn directives(code: &str) -> Option<Notation> {
    const APACHE: &[&str] = &["<Directory", "<VirtualHost", "<Location", "<Files", "<IfModule", "<Limit", "<Proxy"];
    if lines(code).any(|line| APACHE.iter().any(|section| line.starts_with(section)) && line.ends_with('>')) {
        return Some(Notation::Apache);
    }
    const APACHE_LINES: &[&str] = &[
        "Require all ",
        "Require ip ",
        "Require valid-user",
        "Order allow,",
        "Order deny,",
        "Allow from ",
        "Deny from ",
        "Header set Access-Control-",
    ];
    let first = lines(code).next()?;
    if APACHE_LINES.iter().any(|start| first.starts_with(start)) {
        return Some(Notation::Apache);
    }
    mostly(code, |line| directive(line, 1)).then(|| lines(code).any(|line| directive(line, 2)))?.then_some(Notation::Sshd)
}

/// Whether `line` is a capitalised word with as many `humps` and a short value.
fn directive(line: &str, humps: usize) -> bool {
    let Some((key, value)) = line.split_once(' ') else { return false };
    let capitals = key.bytes().filter(u8::is_ascii_uppercase).count();
    let camel = key.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && key.starts_with(|c: char| c.is_ascii_uppercase())
        && (key.starts_with("X11") || key.get(1..2).is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_lowercase())));
    let short = value.split_whitespace().count() <= 3 && !value.contains(['=', '(', '{', ';']);
    camel && (humps..key.len()).contains(&capitals) && short && !line.ends_with(['.', '?', '!', ':', ','])
}

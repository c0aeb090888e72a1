//! Reads tables whose every line is a rule of its own: sudoers, `pg_hba.conf`, exports, `access.conf`, `doas.conf`.

use super::{Found, table, writer::Writer};
use crate::instruction::Budget;

/// The columns of a line by name.
type Columns = Vec<(&'static str, String)>;

/// Reads each line that `columns` understands as one.
pub(super) fn read(code: &str, budget: &mut Budget, columns: fn(&str) -> Option<Columns>) -> Vec<Found> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in code.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if let Some(columns) = columns(line.trim()) {
            let mut writer = Writer::default();
            columns.into_iter().for_each(|(name, value)| writer.entry(name, value, budget));
            found.push(Found { heading: Vec::new(), writer, range });
        }
    }
    found
}

/// The tags of a sudoers rule. Source: sudoers(5), "Tag_Spec".
const TAGS: &[&str] = &[
    "EXEC",
    "NOEXEC",
    "FOLLOW",
    "NOFOLLOW",
    "INTERCEPT",
    "NOINTERCEPT",
    "LOG_INPUT",
    "NOLOG_INPUT",
    "LOG_OUTPUT",
    "NOLOG_OUTPUT",
    "MAIL",
    "NOMAIL",
    "PASSWD",
    "NOPASSWD",
    "SETENV",
    "NOSETENV",
];

/// `user host = (runas) TAG: commands`, or `Defaults` and what it sets. Source: sudoers(5).
pub(super) fn sudoers(line: &str) -> Option<Columns> {
    if let Some(rest) = line.strip_prefix("Defaults") {
        return defaults(rest);
    }
    let (user, rest) = line.split_once(char::is_whitespace)?;
    let (host, rest) = rest.trim_start().split_once('=')?;
    let host = host.trim();
    let plain = |word: &str, more: &[u8]| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte));
    if !plain(user, b"%+#_-.\\@,") || !plain(host, b"_-.,*") {
        return None;
    }
    let mut rest = rest.trim_start();
    let mut columns = vec![("user", user.to_owned()), ("host", host.to_owned())];
    if let Some((runas, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        columns.push(("runas", runas.trim().to_owned()));
        rest = after.trim_start();
    }
    while let Some((tag, after)) = rest.split_once(':').filter(|(tag, _)| TAGS.contains(tag)) {
        columns.push(("tag", tag.to_owned()));
        rest = after.trim_start();
    }
    let somewhere = columns.len() > 2 || host.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let commands = rest.starts_with(['/', '!']) || rest.starts_with("ALL") || rest.starts_with("sudoedit");
    let aliased = columns.len() > 2 && rest.starts_with(|c: char| c.is_ascii_uppercase());
    columns.push(("command", rest.to_owned()));
    (somewhere && (commands || aliased)).then_some(columns)
}

/// What follows `Defaults`: a scope, and one or more settings.
fn defaults(rest: &str) -> Option<Columns> {
    let (scope, value) = rest.split_once(char::is_whitespace)?;
    let value = value.trim();
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '!')).unwrap_or(value.len());
    let sets = value.get(end..).is_some_and(|after| after.is_empty() || after.trim_start().starts_with(['=', '+', '-', ',']));
    let scope = scope.trim_start_matches([':', '@', '>', '!']);
    sets.then(|| vec![("scope", scope.to_owned()), ("defaults", value.to_owned())])
}

/// `type database user [address [mask]] method [options]`. Source: PostgreSQL, chapter 20.1.
pub(super) fn pg_hba(line: &str) -> Option<Columns> {
    const TYPES: &[&str] = &["local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];
    const METHODS: &[&str] =
        &["trust", "reject", "scram-sha-256", "md5", "password", "gss", "sspi", "ident", "peer", "ldap", "radius", "cert", "pam", "bsd"];
    let words: Vec<&str> = line.split('#').next()?.split_whitespace().take(8).collect();
    let [kind, database, user, rest @ ..] = words.as_slice() else { return None };
    let method = rest.iter().take(3).position(|word| METHODS.contains(word)).filter(|_| TYPES.contains(kind))?;
    let (address, rest) = rest.split_at(method);
    let mut columns = vec![("type", (*kind).to_owned()), ("database", (*database).to_owned()), ("user", (*user).to_owned())];
    if !address.is_empty() {
        columns.push(("address", address.join(" ")));
    }
    columns.push(("method", rest.first().copied().unwrap_or_default().to_owned()));
    Some(columns)
}

/// A line of exports, `access.conf`, `doas.conf`, the access list of Redis, PAM or udev.
pub(super) fn access(line: &str) -> Option<Columns> {
    let others = || redis_user(line).or_else(|| table::pam(line)).or_else(|| table::udev(line));
    export(line).or_else(|| login(line)).or_else(|| doas(line)).or_else(others)
}

/// `/folder client(options) …`. Source: exports(5).
fn export(line: &str) -> Option<Columns> {
    const OPTIONS: &[&str] = &["rw", "ro", "sync", "async", "no_root_squash", "root_squash", "all_squash", "no_subtree_check", "insecure"];
    let (path, clients) = line.split_once(char::is_whitespace).filter(|(path, _)| path.starts_with('/'))?;
    let mut columns = vec![("export", path.to_owned())];
    for client in clients.split_whitespace() {
        let (host, options) = client.strip_suffix(')')?.split_once('(')?;
        options.split(',').any(|option| OPTIONS.contains(&option)).then_some(())?;
        columns.push(("client", host.to_owned()));
        columns.push(("options", options.to_owned()));
    }
    (columns.len() > 1).then_some(columns)
}

/// `+ : users : origins`. Source: access.conf(5).
fn login(line: &str) -> Option<Columns> {
    let mut fields = line.splitn(3, ':').map(str::trim);
    let permission = fields.next().filter(|sign| matches!(*sign, "+" | "-"))?;
    let (users, origins) = (fields.next()?, fields.next().filter(|origins| !origins.is_empty())?);
    Some(vec![("permission", permission.to_owned()), ("users", users.to_owned()), ("origins", origins.to_owned())])
}

/// `permit [options] identity [as target] [cmd command]`. Source: doas.conf(5).
fn doas(line: &str) -> Option<Columns> {
    const OPTIONS: &[&str] = &["nopass", "persist", "keepenv", "nolog"];
    let words: Vec<&str> = line.split_whitespace().take(12).collect();
    let (action, rest) = words.split_first().filter(|(action, _)| matches!(**action, "permit" | "deny"))?;
    let identity = rest.iter().position(|word| !OPTIONS.contains(word))?;
    let target = rest.get(identity + 1).is_some_and(|word| matches!(*word, "as" | "cmd"));
    let user = rest.get(identity).filter(|_| identity > 0 || target)?;
    Some(vec![("doas", (*action).to_owned()), ("user", (*user).to_owned())])
}

/// `allow operations: if condition;`. Source: Firebase Security Rules reference.
pub(super) fn security_rule(line: &str) -> Option<Columns> {
    const OPERATIONS: &[&str] = &["read", "write", "get", "list", "create", "update", "delete"];
    let start = line
        .find("allow ")
        .filter(|at| line.get(..*at).is_some_and(|before| before.trim().is_empty() || before.trim_end().ends_with('{')))?;
    let rest = line.get(start + "allow ".len()..)?;
    let (statement, _) = rest.split_once(';')?;
    let (operations, condition) = statement.split_once(':').unwrap_or((statement, ""));
    operations.split(',').all(|operation| OPERATIONS.contains(&operation.trim())).then_some(())?;
    let condition = condition.trim().strip_prefix("if").unwrap_or(condition).trim();
    let condition = if condition.is_empty() { "true" } else { condition };
    Some(vec![("allow", operations.to_owned()), ("if", condition.to_owned())])
}

/// `pattern @owner …`. Source: GitHub, "About code owners".
pub(super) fn code_owner(line: &str) -> Option<Columns> {
    let mut words = line.split_whitespace();
    let pattern = words.next().filter(|pattern| !pattern.starts_with(['@', '-', '[']))?;
    let owners: Vec<&str> = words.collect();
    let owner = |word: &str| word.starts_with('@') && word.len() > 1 && !word.contains(['(', '"', '=']);
    let path = pattern.contains(['/', '*', '.']);
    (path && !owners.is_empty() && owners.iter().all(|word| owner(word)))
        .then(|| vec![("pattern", pattern.to_owned()), ("owners", owners.join(" "))])
}

/// `p, subject, object, action, …, effect` or `g, subject, role`. Source: Argo CD, "RBAC Configuration".
pub(super) fn casbin(line: &str) -> Option<Columns> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [kind @ ("p" | "g" | "g2"), subject, rest @ ..] = fields.as_slice() else { return None };
    let effect = if rest.last() == Some(&"deny") { "deny" } else { "allow" };
    let long = if *kind == "p" { rest.len() >= 2 } else { rest.len() == 1 };
    long.then(|| {
        vec![("policy", (*kind).to_owned()), ("who", (*subject).to_owned()), ("what", rest.join(" ")), ("effect", effect.to_owned())]
    })
}

/// `user name on … rules`. Source: Redis documentation, "ACL".
fn redis_user(line: &str) -> Option<Columns> {
    let mut words = line.strip_prefix("user ")?.split_whitespace();
    let name = words.next()?;
    let rules: Vec<&str> = words.collect();
    let state = rules.iter().find(|word| matches!(**word, "on" | "off"))?;
    let rule = |word: &&str| {
        word.starts_with(['>', '~', '&', '+', '-', '#', '%', '(', '<', '!']) || word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let telling = rules.iter().any(|word| word.starts_with(['~', '+', '-', '>', '#']) || *word == "nopass");
    (telling && rules.iter().all(rule))
        .then(|| vec![("redis", name.to_owned()), ("state", (*state).to_owned()), ("rules", rules.join(" "))])
}

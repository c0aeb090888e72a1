//! Reads what the directory's objects are told as the command it amounts to: `([ADSI]"WinNT://./Administrators,group").Add(…)`.

use std::ops::Range;

/// Members, at most, of one piece of code.
const MAX_MEMBERS: usize = 16;
/// How the directories' addresses begin.
const SCHEMES: &[&str] = &["WinNT://", "LDAP://"];

/// The commands that `code` amounts to, and where they stand.
pub(super) fn commands(code: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if !SCHEMES.iter().any(|scheme| code.contains(scheme)) {
        return found;
    }
    let mut group = None;
    let mut at = 0;
    while let Some(start) = SCHEMES.iter().filter_map(|scheme| code.get(at..)?.find(scheme)).min().map(|start| at + start) {
        let rest = code.get(start..).unwrap_or_default();
        let length = rest.find(['"', '\'', '\n']).unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or_default();
        at = start + length.max(1);
        let before = code.get(..start).unwrap_or_default().trim_end_matches(['"', '\'', '(', ' ', '&']);
        let verb = ["/add", "/delete"].into_iter().zip([".add", ".remove"]).find(|(_, call)| ends_with(before, call));
        match (verb, &group) {
            (Some((switch, _)), Some(name)) if found.len() < MAX_MEMBERS => {
                let range = start..at.min(code.len());
                found.push((format!("net localgroup '{name}' '{}' {switch}", named(address)), range));
            }
            _ => group = Some(named(address)),
        }
    }
    found
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len().checked_sub(end.len()).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// The last name of an address: `WinNT://CORP/kim,user`, `LDAP://CN=Domain Admins,OU=…`.
fn named(address: &str) -> String {
    let path = address.split_once("://").map_or(address, |(_, path)| path);
    let first = path.split(',').next().unwrap_or(path);
    let name = first.rsplit(['/', '=']).next().unwrap_or(first);
    name.replace('\'', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_become_commands() {
        let lines = |code: &str| commands(code).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("([ADSI]\"WinNT://./Users,group\").Add(\"WinNT://D/kim,user\")"), ["net localgroup 'Users' 'kim' /add"]);
        assert_eq!(lines("GetObject(\"LDAP://CN=Ops,DC=x\").Remove \"LDAP://CN=kim\""), ["net localgroup 'Ops' 'kim' /delete"]);
        assert_eq!(lines("$g = [ADSI]\"WinNT://./Users,group\"; $g.Members()"), Vec::<String>::new());
    }
}

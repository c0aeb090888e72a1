//! Reads a registry file as the `reg add` commands that importing it amounts to.

use std::fmt::Write;

/// Values, at most, of one file.
const MAX_VALUES: usize = 256;

/// The commands that importing `code` amounts to; nothing when it is no registry file.
pub(super) fn commands(code: &str, language: &str) -> Option<String> {
    let headed = code.trim_start().starts_with("Windows Registry Editor") || code.trim_start().starts_with("REGEDIT4");
    if !headed && !matches!(language, "reg" | "registry") {
        return None;
    }
    let mut made = String::new();
    let mut key = None;
    for line in code.lines().map(str::trim).take(MAX_VALUES) {
        if let Some(named) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            key = Some(named);
            if let Some(removed) = named.strip_prefix('-') {
                let _ = writeln!(made, "reg delete \"{removed}\" /f");
            }
            continue;
        }
        let Some(((name, value), key)) = line.split_once('=').zip(key) else { continue };
        let name = name.trim().trim_matches('"');
        let (kind, data) = typed(value.trim());
        let named = if name == "@" { "/ve".to_owned() } else { format!("/v \"{name}\"") };
        let _ = if data == "-" {
            writeln!(made, "reg delete \"{key}\" {named} /f")
        } else {
            writeln!(made, "reg add \"{key}\" {named} /t {kind} /d {data} /f")
        };
    }
    Some(made)
}

/// The type and the data of a value.
fn typed(value: &str) -> (&'static str, String) {
    if let Some(number) = value.strip_prefix("dword:").and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        return ("REG_DWORD", number.to_string());
    }
    (if value.starts_with("hex") { "REG_BINARY" } else { "REG_SZ" }, value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_commands() {
        let code = "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\A]\n\"B\"=dword:00000010\n@=\"x\"\n\"C\"=-\n[-HKEY_LOCAL_MACHINE\\D]";
        let made = "reg add \"HKEY_LOCAL_MACHINE\\A\" /v \"B\" /t REG_DWORD /d 16 /f\n\
                    reg add \"HKEY_LOCAL_MACHINE\\A\" /ve /t REG_SZ /d \"x\" /f\n\
                    reg delete \"HKEY_LOCAL_MACHINE\\A\" /v \"C\" /f\n\
                    reg delete \"HKEY_LOCAL_MACHINE\\D\" /f\n";
        assert_eq!(commands(code, "").as_deref(), Some(made));
        assert_eq!(commands("[a]\nb=1", "ini"), None);
    }
}

//! Reads the lines of PAM and udev.

/// The columns of a line by name.
type Columns = Vec<(&'static str, String)>;

/// The kinds of a PAM module, as they stand first on a line. Source: pam.conf(5).
const PAM_TYPES: &[&str] = &["auth", "account", "password", "session"];
/// What follows them.
const PAM_CONTROLS: &[&str] = &["required", "requisite", "sufficient", "optional", "include", "substack"];
/// What a udev rule may give a device. Source: udev(7).
const UDEV_KEYS: &[(&str, &str)] =
    &[("MODE", "udev.mode"), ("GROUP", "udev.group"), ("OWNER", "udev.owner"), ("TAG", "udev.tag"), ("RUN", "udev.run")];

/// `type control module arguments`.
pub(super) fn pam(line: &str) -> Option<Columns> {
    if let Some(file) = line.strip_prefix("@include ") {
        return Some(vec![("pam", "include".to_owned()), ("module", file.trim().to_owned())]);
    }
    let (kind, rest) = line.trim_start_matches('-').split_once(char::is_whitespace).filter(|(kind, _)| PAM_TYPES.contains(kind))?;
    let rest = rest.trim_start();
    let (control, rest) = match rest.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => rest.split_once(char::is_whitespace).filter(|(control, _)| PAM_CONTROLS.contains(control))?,
    };
    let rest = rest.trim();
    let (module, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let module = module.rsplit('/').next().unwrap_or(module);
    (!module.is_empty()).then(|| {
        vec![
            ("pam", kind.to_owned()),
            ("control", control.to_owned()),
            ("module", module.to_owned()),
            ("arguments", arguments.trim().to_owned()),
        ]
    })
}

/// `KEY=="value", KEY="value"`: what is assigned.
pub(super) fn udev(line: &str) -> Option<Columns> {
    let mut columns = vec![("udev", line.to_owned())];
    let mut tests = false;
    for part in line.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=')?;
        let (key, value) = (key.trim_end_matches(['+', ':', '!', '-']), value.trim_start_matches('='));
        (key.starts_with(|c: char| c.is_ascii_uppercase()) && value.trim_start().starts_with('"')).then_some(())?;
        tests |= part.contains("==");
        if let Some((_, name)) = UDEV_KEYS.iter().find(|(known, _)| *known == key.trim()).filter(|_| !part.contains("==")) {
            columns.push((name, value.trim().trim_matches('"').to_owned()));
        }
    }
    (tests && columns.len() > 1).then_some(columns)
}

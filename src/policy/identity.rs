//! What the registry may say of an agent's signature: where its keys are published, and which of them count.
//!
//! The server asks exactly the origins named here and no other, so a wrong one must be told before it is ever asked.

use super::file::Agent;

/// Length of a SHA-256 JWK thumbprint in base64url without padding (RFC 7638, RFC 8037).
const THUMBPRINT: usize = 43;

/// What is wrong with an agent whose keys cannot be fetched, or are no thumbprints.
pub(super) fn mistake(agent: &Agent) -> Option<String> {
    match &agent.signature_agent {
        Some(origin) if !is_origin(origin) => {
            Some(format!("`{origin}` is no place to publish keys: write `signature_agent` as an origin like `https://agent.example`"))
        }
        None if !agent.keys.is_empty() => Some("`keys` have to be fetched from somewhere: name its `signature_agent` as well".to_owned()),
        _ => {
            let wrong = agent.keys.iter().find(|key| !is_thumbprint(key))?;
            Some(format!("`{wrong}` is no JWK thumbprint: `keys` are the SHA-256 ones of RFC 7638, 43 letters"))
        }
    }
}

/// Whether `text` is an https origin, or an http one on this machine.
fn is_origin(text: &str) -> bool {
    let local = |host: &&str| ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host.strip_prefix(name).is_some_and(is_port));
    let plain = |host: &&str| !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter));
    text.strip_prefix("https://").filter(plain).or_else(|| text.strip_prefix("http://").filter(local)).is_some()
}

fn is_port(rest: &str) -> bool {
    rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
}

fn is_thumbprint(text: &str) -> bool {
    text.len() == THUMBPRINT && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
}

//! Any text as a forum's policy: refused with a reason or good enough to judge by.
#![no_main]

use countersign::{engine::Engine, submission::Format};
use countersign_fuzz::post;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    match Engine::with_policy(data) {
        Ok(engine) => assert!(!engine.check(&post("run `chmod 777 /srv`".to_owned(), Format::Markdown)).reasons.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

//! Any text as a file of an organisation's own rules: refused with a reason or good enough to judge by.
#![no_main]

use countersign::rule::Pack;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    match Pack::parse(&[("fuzzed.toml", data)]) {
        Ok(pack) => assert!(pack.rules().all(|rule| !rule.id.is_empty())),
        Err(error) => assert!(error.to_string().contains("fuzzed.toml")),
    }
});

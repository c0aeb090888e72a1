//! Any text as a forum's policy: refused with a reason, or read.
#![no_main]

use countersign::policy::Policy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    match Policy::parse(data) {
        Ok(policy) => assert!((1..=4).contains(&policy.strictness())),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

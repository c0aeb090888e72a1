//! Any text over and over, up to half a megabyte: what costs more than its length shows as a time-out.
#![no_main]

use countersign::submission::Format;
use countersign_fuzz::{judge, post};
use libfuzzer_sys::fuzz_target;

const BYTES: usize = 512 * 1024;

fuzz_target!(|data: &str| {
    if let Some(times) = BYTES.checked_div(data.len()) {
        judge(&post(data.repeat(times), Format::Markdown));
    }
});

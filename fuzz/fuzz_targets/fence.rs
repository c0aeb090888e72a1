//! Any code in any language: the first line names the fence's language, which chooses the reader.
#![no_main]

use countersign::submission::Format;
use countersign_fuzz::{judge, post};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let Some((language, code)) = data.split_once('\n') else { return };
    let fence = "`".repeat(12);
    judge(&post(format!("{fence}{language}\n{code}\n{fence}\n"), Format::Markdown));
});

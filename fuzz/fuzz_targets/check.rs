//! Any bytes as a post's body, in the notation its first byte chooses.
#![no_main]

use countersign::submission::Format;
use countersign_fuzz::{judge, post};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, body)) = data.split_first() else { return };
    let format = [Format::Markdown, Format::Html, Format::Plain][usize::from(*choice) % 3];
    judge(&post(String::from_utf8_lossy(body).into_owned(), format));
});

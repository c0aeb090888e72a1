//! Any JSON as a submission: what can be read is judged, and read back from its own JSON it is the same.
#![no_main]

use countersign::submission::Submission;
use countersign_fuzz::judge;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(submission) = serde_json::from_slice::<Submission>(data) else { return };
    let written = serde_json::to_string(&submission).expect("a submission can be written");
    assert_eq!(serde_json::from_str::<Submission>(&written).expect("and read again"), submission);
    judge(&submission);
});

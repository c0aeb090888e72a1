//! The native half of `npm run bench`: what a verdict costs without WebAssembly, and what the other half measures with.
//!
//! Writes to the folder named as its argument: `posts.jsonl` and `large.jsonl`, submissions; `expressions.json`, the rules as
//! regular expressions; `native.json`, the times in µs.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)] // a bench may fail by panicking

#[allow(dead_code)]
#[path = "../../tests/case/mod.rs"]
mod case;
mod expressions;
#[allow(dead_code, unused_imports)]
#[path = "../../src/rule/format/mod.rs"]
mod format;
#[allow(dead_code)]
#[path = "../../src/instruction/language/format.rs"]
mod language;
mod posts;

use countersign::{engine::Engine, submission::Submission};
use serde::Serialize;
use std::{env, fs, hint::black_box, path::PathBuf, time::Instant};

/// Verdicts that are timed.
const VERDICTS: usize = 20_000;
/// Verdicts on a large post, of which the median counts.
const LARGE_VERDICTS: usize = 5;

#[derive(Serialize)]
struct Times {
    cold: f64,
    p50: f64,
    p99: f64,
    /// The median for each large post.
    large: Vec<f64>,
}

fn main() {
    let Some(folder) = env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from) else {
        return println!("run `npm run bench`: this measures one half of it");
    };
    fs::create_dir_all(&folder).unwrap();
    let posts = posts::kilobytes();
    let large = posts::megabytes(&posts);
    write_lines(&folder.join("posts.jsonl"), &posts);
    write_lines(&folder.join("large.jsonl"), &large);
    fs::write(folder.join("expressions.json"), serde_json::to_string(&expressions::all()).unwrap()).unwrap();
    fs::write(folder.join("native.json"), serde_json::to_string(&measure(&posts, &large)).unwrap()).unwrap();
}

fn write_lines(path: &PathBuf, submissions: &[Submission]) {
    let lines: String = submissions.iter().map(|submission| serde_json::to_string(submission).unwrap() + "\n").collect();
    fs::write(path, lines).unwrap();
}

fn measure(posts: &[Submission], large: &[Submission]) -> Times {
    let (engine, cold) = timed(|| {
        let engine = Engine::new();
        black_box(engine.check(&posts[0]));
        engine
    });
    let check = |submission: &Submission| timed(|| black_box(engine.check(submission))).1;
    let warm_up: f64 = posts.iter().map(check).sum();
    black_box(warm_up);
    let mut times: Vec<f64> = posts.iter().cycle().take(VERDICTS).map(check).collect();
    let large = large.iter().map(|post| quantile(&mut (0..LARGE_VERDICTS).map(|_| check(post)).collect::<Vec<_>>(), 0.5)).collect();
    Times { cold, p50: quantile(&mut times, 0.5), p99: quantile(&mut times, 0.99), large }
}

/// What `work` returns and the µs it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed().as_secs_f64() * 1e6)
}

fn quantile(times: &mut [f64], part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * part) as usize]
}

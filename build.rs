//! Compiles the data under `rules/` into the bytes the crate embeds.
//!
//! TOML is pleasant to write and slow to parse; a start-up budget of milliseconds wants it parsed once, here. The shapes
//! are the crate's own `format.rs` files, so what is written here is what is read there.

use serde::{Serialize, de::DeserializeOwned};
use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

#[path = "src/origin/format.rs"]
mod origin;
#[path = "src/request/format.rs"]
mod request;
#[allow(dead_code)]
#[path = "src/text/format.rs"]
mod text;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    compile::<origin::Signs>("rules/origin", "origin.bin")?;
    compile::<request::Words>("rules/request", "request.bin")?;
    compile::<text::Table>("rules/text", "text.bin")?;
    Ok(())
}

/// Reads every TOML file under `folder` as a `T` and writes the list, in order of their paths, to `OUT_DIR/output`.
#[allow(dead_code)]
fn compile<T: DeserializeOwned + Serialize>(folder: &str, output: &str) -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    list(Path::new(folder), &mut paths)?;
    paths.sort();
    let mut parsed: Vec<(String, T)> = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let value = toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{name}: {error}"))?;
        parsed.push((name, value));
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(output), postcard::to_allocvec(&parsed)?)?;
    Ok(())
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
    Ok(())
}

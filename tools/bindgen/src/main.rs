//! Turns the compiled engine into a `.wasm` with JavaScript glue and TypeScript types.
//!
//! The `wasm-bindgen` command line is a separate download whose version must equal the library's; this binary
//! links the same code at the version `Cargo.lock` names, so the two cannot drift apart.

use std::{env, process::ExitCode};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        eprintln!("usage: countersign-bindgen INPUT.wasm OUTPUT_FOLDER");
        return ExitCode::from(2);
    };
    match generate(input, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cannot generate bindings from `{input}`: {message}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &str, output: &str) -> Result<(), String> {
    Bindgen::new()
        .input_path(input)
        .out_name("countersign")
        .typescript(true)
        .web(true)
        .and_then(|bindgen| bindgen.omit_default_module_path(false).generate(output))
        .map_err(|error| format!("{error:#}"))
}

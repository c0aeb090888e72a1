//! The only file that names `wasm_bindgen`: carries values across, decides nothing.
//!
//! Answers are unions, not exceptions: a malformed submission or policy is an expected answer, and an exception is left to
//! mean that the engine itself is broken.

use crate::{
    engine,
    policy::Explanation,
    submission::Submission,
    wire::{self, EngineVersion, RuleFile, Verdict},
};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::fmt::Display;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// The answer to `check`: a verdict, or what is wrong with the submission.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum Answer {
    /// The submission was judged.
    Judged {
        /// Always absent.
        #[tsify(optional, type = "undefined")]
        #[serde(skip)]
        error: (),
        /// The verdict.
        verdict: Box<Verdict>,
        /// Which lines of the policy decided, where that was asked for.
        #[tsify(optional)]
        #[serde(skip_serializing_if = "Option::is_none")]
        explanation: Option<Box<Explanation>>,
    },
    /// It could not be read.
    Malformed {
        /// What is wrong and what to do, for people.
        error: String,
        /// Always absent.
        #[tsify(optional, type = "undefined")]
        #[serde(skip)]
        verdict: (),
    },
}

/// Rules and policy, ready to judge posts.
#[wasm_bindgen]
pub struct Engine {
    inner: engine::Engine,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with `policy` (TOML), or the default policy, and with the organisation's own rules beside the shipped ones.
    ///
    /// # Errors
    /// An `Error` whose message says what is wrong with the policy or the rules, where, and what to do.
    #[wasm_bindgen(constructor)]
    pub fn new(
        policy: Option<String>,
        #[wasm_bindgen(unchecked_param_type = "RuleFile[] | null")] rules: JsValue,
    ) -> Result<Engine, JsError> {
        let refuse = |error: &dyn Display| JsError::new(&error.to_string());
        let rules: Option<Vec<RuleFile>> = serde_wasm_bindgen::from_value(rules).map_err(|error| refuse(&error))?;
        let inner = match policy {
            Some(policy) => engine::Engine::with_policy(&policy).map_err(|error| refuse(&error))?,
            None => engine::Engine::new(),
        };
        let files = rules.unwrap_or_default();
        if files.is_empty() {
            return Ok(Self { inner });
        }
        let files: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.toml.as_str())).collect();
        Ok(Self { inner: inner.and_rules(&files).map_err(|error| refuse(&error))? })
    }

    /// What there is to say about each rule.
    #[wasm_bindgen(unchecked_return_type = "Rule[]")]
    pub fn rules(&self) -> JsValue {
        carry(&self.inner.rules().map(|rule| wire::Rule::of(&rule)).collect::<Vec<_>>())
    }

    /// Judges a submission.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn check(&self, #[wasm_bindgen(unchecked_param_type = "Submission")] submission: JsValue) -> JsValue {
        answer(submission, |submission| (self.inner.check(submission), None))
    }

    /// Judges a submission and says which lines of the policy decided.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn explain(&self, #[wasm_bindgen(unchecked_param_type = "Submission")] submission: JsValue) -> JsValue {
        answer(submission, |submission| {
            let (verdict, explanation) = self.inner.explain(submission);
            (verdict, Some(Box::new(explanation)))
        })
    }

    /// The agents the policy registers.
    #[wasm_bindgen(unchecked_return_type = "Agent[]")]
    pub fn agents(&self) -> JsValue {
        carry(&self.inner.agents().collect::<Vec<_>>())
    }

    /// The versions of engine, rules and policy.
    #[wasm_bindgen(unchecked_return_type = "EngineVersion")]
    pub fn version(&self) -> JsValue {
        let version: EngineVersion = self.inner.version();
        carry(&version)
    }
}

fn answer(submission: JsValue, judge: impl FnOnce(&Submission) -> (Verdict, Option<Box<Explanation>>)) -> JsValue {
    let read: Result<Submission, _> = serde_path_to_error::deserialize(serde_wasm_bindgen::Deserializer::from(submission));
    carry(&match read {
        Ok(submission) => {
            let (verdict, explanation) = judge(&submission);
            Answer::Judged { error: (), verdict: Box::new(verdict), explanation }
        }
        Err(error) => Answer::Malformed { error: wire::malformed(&error.path().to_string(), &error.inner().to_string()), verdict: () },
    })
}

fn carry(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

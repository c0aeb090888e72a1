//! How a rule says its severity: a word, or who gains what on what.

use super::many::Many;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::fmt;

/// How severe a match is, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ladder {
    Low,
    Medium,
    High,
    Critical,
}

/// How a rule's severity is found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub(crate) enum Weight {
    /// Always this.
    Fixed(Ladder),
    /// What the matrix says.
    Derived(Gain),
}

/// Who gains what on what. Each is a list of ranks (`public`) and captures (`<who>`), of which the first that is known
/// counts; who and what default to one identity and to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gain {
    #[serde(default)]
    pub who: Many<String>,
    #[serde(default)]
    pub gains: Many<String>,
    #[serde(default)]
    pub on: Many<String>,
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(WordOrGain);
        }
        Self::deserialize(deserializer)
    }
}

struct WordOrGain;

impl<'de> Visitor<'de> for WordOrGain {
    type Value = Weight;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`low`, `medium`, `high`, `critical` or a table of who, gains and on")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Weight, E> {
        match word {
            "low" => Ok(Weight::Fixed(Ladder::Low)),
            "medium" => Ok(Weight::Fixed(Ladder::Medium)),
            "high" => Ok(Weight::Fixed(Ladder::High)),
            "critical" => Ok(Weight::Fixed(Ladder::Critical)),
            _ => Err(E::custom(format!("`{word}` is no severity: write `low`, `medium`, `high` or `critical`"))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Weight, A::Error> {
        Gain::deserialize(MapAccessDeserializer::new(map)).map(Weight::Derived)
    }
}

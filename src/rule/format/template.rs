//! The readable templates that rules match a list of words with: `GRANT <privileges...> ON <object...> TO <who...>`.
//!
//! Each part is a pattern for one word; `...` stands for any words or none, `<name...>` for one or more that are
//! captured, `$` for the end. What follows the template's last part does not matter, unless that is `$`.

use super::pattern::Pattern;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Parts a template can have; matching keeps one bit for each.
const MOST_PARTS: usize = 30;

/// A list of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct Template {
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Part {
    /// One word.
    One(Pattern),
    /// Any number of words, captured where there is a name.
    Run(Option<String>),
    /// No more words.
    End,
}

impl Template {
    /// Reads a template; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        for word in text.split_whitespace() {
            match (word, word.strip_prefix('<').and_then(|rest| rest.strip_suffix("...>"))) {
                ("...", _) => parts.push(Part::Run(None)),
                ("$", _) => parts.push(Part::End),
                (_, Some(name)) => {
                    parts.push(Part::One(Pattern::parse(&format!("<{name}>"))?));
                    parts.push(Part::Run(Some(name.to_owned())));
                }
                _ => parts.push(Part::One(Pattern::parse(word)?)),
            }
        }
        if parts.is_empty() || parts.len() > MOST_PARTS {
            return Err(format!("`{text}` must have from 1 to {MOST_PARTS} parts"));
        }
        Ok(Self { parts })
    }

    /// Its patterns.
    #[allow(dead_code)]
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.parts.iter().filter_map(|part| match part {
            Part::One(pattern) => Some(pattern),
            _ => None,
        })
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom);
        }
        Self::deserialize(deserializer)
    }
}

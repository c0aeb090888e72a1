//! The small language in which rules say what a value looks like.
//!
//! `exact`, `glob*`, `one|other`, `@vocabulary`, `=verbatim*`, `!not-this`; `<name:…>` also captures the value as `name`,
//! `<name>` captures any. Letters match in either case.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What a value looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct Pattern {
    /// The name it captures the value under.
    pub capture: Option<String>,
    /// Whether it stands for everything but the alternatives.
    pub not: bool,
    /// The alternatives.
    pub any: Vec<Alternative>,
}

/// One alternative of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Alternative {
    /// Any value.
    Anything,
    /// This value.
    Exact(String),
    /// A value with `*` for any characters.
    Glob(String),
    /// A value of the vocabulary of this name.
    Vocabulary(String),
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Some(inner) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
            let (not, any) = alternatives(text)?;
            return Ok(Self { capture: None, not, any });
        };
        let (name, rest) = inner.split_once(':').unwrap_or((inner, "*"));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return Err(format!("`{text}` needs a name of lower-case letters, as in `<who>`"));
        }
        let (not, any) = alternatives(rest)?;
        Ok(Self { capture: Some(name.to_owned()), not, any })
    }

    /// Whether any value will do.
    pub(crate) fn is_anything(&self) -> bool {
        !self.not && self.any.contains(&Alternative::Anything)
    }

    /// The vocabularies it names.
    #[allow(dead_code)]
    pub(crate) fn vocabularies(&self) -> impl Iterator<Item = &str> {
        self.any.iter().filter_map(|alternative| match alternative {
            Alternative::Vocabulary(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

fn alternatives(text: &str) -> Result<(bool, Vec<Alternative>), String> {
    let (not, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let any = text.split('|').map(alternative).collect::<Result<_, _>>()?;
    Ok((not, any))
}

fn alternative(text: &str) -> Result<Alternative, String> {
    match (text.chars().next(), text) {
        (None, _) => Err("an empty alternative: write `*` for any value".to_owned()),
        (_, "*") => Ok(Alternative::Anything),
        (Some('@'), name) if name.len() > 1 => Ok(Alternative::Vocabulary(name.trim_start_matches('@').to_owned())),
        (Some('='), verbatim) if verbatim.len() > 1 => Ok(Alternative::Exact(verbatim.replacen('=', "", 1))),
        (_, glob) if glob.contains('*') => Ok(Alternative::Glob(glob.to_owned())),
        (_, exact) => Ok(Alternative::Exact(exact.to_owned())),
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom);
        }
        Self::deserialize(deserializer)
    }
}

/// The spellings of an option: `-G|--groups`; one without a leading mark is any word that matches it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct FlagName(pub String);

impl FlagName {
    /// Its spellings, with their marks.
    #[allow(dead_code)]
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.0.split('|')
    }
}

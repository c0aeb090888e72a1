//! What PowerShell's methods, indexes and pipelines make of known values: `'…'.Replace('x', '')`, `'…'[3,1,0]`, `| % {[char]$_}`.

use super::{decode, format::Decoding, script::Script};
use crate::instruction::Word;

/// Methods, at most, in a chain.
const MAX_CHAIN: usize = 12;
/// Characters or items, at most, that an index takes.
const MAX_ITEMS: usize = 512;

impl Script<'_, '_, '_> {
    /// `value` after the methods and indexes that follow it; it stands before the first that is not known.
    pub(super) fn members(&mut self, value: Vec<Word>) -> Vec<Word> {
        let mut value = value;
        for _ in 0..MAX_CHAIN {
            let at = self.at;
            let made = match self.peek(0) {
                _ if value.iter().any(|word| word.opaque) => None,
                Some(b'.') => self.method(&value),
                Some(b'[') => self.index(&value),
                _ => None,
            };
            match made {
                Some(made) => value = made,
                None => {
                    self.at = at;
                    break;
                }
            }
        }
        value
    }

    fn method(&mut self, value: &[Word]) -> Option<Vec<Word>> {
        let rest = self.rest().get(1..)?;
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = rest.get(..length)?.to_ascii_lowercase();
        self.at += 1 + length;
        let given = if self.peek(0) == Some(b'(') { self.given()? } else { Vec::new() };
        let first = value.first()?.text.as_str();
        let argument = |at: usize| given.get(at).map(|word| word.text.as_str());
        let number = |at: usize| argument(at).and_then(|text| text.parse::<usize>().ok());
        let text = match name.as_str() {
            "replace" => first.replace(argument(0).filter(|from| !from.is_empty())?, argument(1).unwrap_or_default()),
            "tolower" | "tolowerinvariant" => first.to_lowercase(),
            "toupper" | "toupperinvariant" => first.to_uppercase(),
            "trim" | "tostring" | "normalize" | "invoke" => first.trim().to_owned(),
            "insert" => {
                let (before, after) = first.split_at_checked(number(0)?)?;
                [before, argument(1)?, after].concat()
            }
            "remove" => {
                let from = number(0)?;
                let until = number(1).map_or(first.len(), |count| from + count);
                first.chars().enumerate().filter(|(at, _)| !(from..until).contains(at)).map(|(_, c)| c).collect()
            }
            "substring" => first.chars().skip(number(0)?).take(number(1).unwrap_or(usize::MAX)).collect(),
            "split" => {
                let marks: Vec<char> = argument(0).unwrap_or(" ").chars().collect();
                return Some(first.split(marks.as_slice()).take(MAX_ITEMS).map(known).collect());
            }
            "tochararray" => return Some(first.chars().take(MAX_ITEMS).map(known).collect()),
            _ => return None,
        };
        Some(vec![known(text)])
    }

    /// The arguments between brackets.
    fn given(&mut self) -> Option<Vec<Word>> {
        self.at += 1;
        self.blank();
        if self.peek(0) == Some(b')') {
            self.at += 1;
            return Some(Vec::new());
        }
        self.expression(Some(b')'))
    }

    /// `[2]`, `[3,1,0]`, `[-1..-20]`.
    fn index(&mut self, value: &[Word]) -> Option<Vec<Word>> {
        let (inner, _) = self.rest().get(1..)?.split_once(']')?;
        let items: Vec<Word> = match value {
            [only] => only.text.chars().map(known).collect(),
            many => many.to_vec(),
        };
        let total = i64::try_from(items.len()).ok()?;
        let mut made = Vec::new();
        for part in inner.split(',') {
            let (first, last) = part.split_once("..").unwrap_or((part, part));
            let (first, last) = (place(first, total)?, place(last, total)?);
            let places: Vec<i64> =
                if first <= last { (first..=last.min(total)).collect() } else { (last.max(-total)..=first).rev().collect() };
            for at in places.into_iter().take(MAX_ITEMS) {
                let at = usize::try_from(if at < 0 { total + at } else { at }).ok();
                made.extend(at.and_then(|at| items.get(at)).cloned());
            }
        }
        self.at += inner.len() + 2;
        (!made.is_empty() && made.len() <= MAX_ITEMS).then_some(made)
    }

    /// `| % { [char]$_ }`: each number as the character it stands for.
    pub(super) fn each(&mut self, value: &[Word]) -> Option<Vec<Word>> {
        let (head, rest) = self.rest().split_once('{')?;
        let (body, _) = rest.split_once('}')?;
        let verb = head.trim_start_matches('|').trim();
        let body_lower = body.to_ascii_lowercase();
        let converts = matches!(verb.to_ascii_lowercase().as_str(), "%" | "foreach" | "foreach-object") && body_lower.contains("[char]");
        if !converts || !body_lower.contains("$_") || body_lower.contains("-bxor") {
            return None;
        }
        self.at += head.len() + body.len() + 2;
        let radix = if body_lower.contains(",16") || body_lower.contains(", 16") || body_lower.contains("0x") { 16 } else { 10 };
        let made = value.iter().map(|word| {
            let digits = word.text.trim_start_matches("0x");
            u32::from_str_radix(digits, if digits.len() < word.text.len() { 16 } else { radix }).ok().and_then(char::from_u32).map(known)
        });
        made.collect()
    }

    /// A method of a type: `[string]::Join('', …)`, `[char]::ConvertFromUtf32(99)`.
    pub(super) fn static_call(&mut self, class: &str, method: &str) -> Option<Vec<Word>> {
        let length = method.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = method.get(..length)?.to_ascii_lowercase();
        self.at += 2 + length;
        if self.peek(0) != Some(b'(') {
            return None;
        }
        let given = self.given()?;
        let opaque = given.iter().any(|word| word.opaque);
        let texts: Vec<&str> = given.iter().map(|word| word.text.as_str()).collect();
        let (first, rest) = texts.split_first()?;
        let text = match (class, name.as_str()) {
            (_, "join") => rest.join(first),
            (_, "concat") | ("scriptblock", "create") => texts.concat(),
            (_, "format") => super::powershell::format(first, given.get(1..)?),
            (_, "convertfromutf32" | "tochar") => character(first)?.to_string(),
            (_, "unescape" | "unescapedatastring" | "urldecode") => super::escape::unescape(&first.replace('%', "\\x")),
            (_, "fromhexstring") => decode::decode_as(Decoding::Hex, first)?,
            _ => return None,
        };
        Some(vec![Word { text, opaque }])
    }
}

/// A place as an index writes it: `3`, `-1`, `-($s.Length)`, `$s.Length - 1`.
fn place(written: &str, total: i64) -> Option<i64> {
    let plain: String = written.to_ascii_lowercase().chars().filter(|c| !matches!(c, ' ' | '(' | ')')).collect();
    let Some((before, after)) = plain.split_once(".length").or_else(|| plain.split_once(".count")) else { return plain.parse().ok() };
    let total = if before.starts_with('-') { -total } else { total };
    if after.is_empty() { Some(total) } else { after.parse::<i64>().ok().map(|more| total + more) }
}

/// A value known whole.
pub(super) fn known(text: impl Into<String>) -> Word {
    Word { text: text.into(), opaque: false }
}

/// The character whose code `text` writes.
pub(super) fn character(text: &str) -> Option<char> {
    let number = text.strip_prefix("0x").map_or_else(|| text.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
    char::from_u32(number)
}

//! Decodes HTML's character references.

use pulldown_cmark::{Event, Parser};

/// The longest name in HTML's table, `&CounterClockwiseContourIntegral;`, in bytes.
const LONGEST: usize = 33;

/// What the reference at the beginning of `rest` stands for, and its length in bytes.
///
/// A number needs no semicolon, as in browsers. Rare names are left to the CommonMark parser, which has the whole table.
pub(super) fn decode(rest: &str) -> Option<(String, usize)> {
    let name = rest.strip_prefix('&')?;
    if let Some(number) = name.strip_prefix('#') {
        return decode_number(number).map(|(decoded, length)| (decoded, length + 2));
    }
    let length = name.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric())?;
    let source = rest.get(..length + 2).filter(|source| source.ends_with(';'))?;
    let decoded = match source {
        "&amp;" => "&".to_owned(),
        "&lt;" => "<".to_owned(),
        "&gt;" => ">".to_owned(),
        "&quot;" => "\"".to_owned(),
        "&nbsp;" => "\u{A0}".to_owned(),
        _ => Parser::new(source).find_map(|event| match event {
            Event::Text(text) if *text != *source && *text != *"&" => Some(text.into_string()),
            _ => None,
        })?,
    };
    Some((decoded, source.len()))
}

fn decode_number(number: &str) -> Option<(String, usize)> {
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let value = u32::from_str_radix(digits.get(..length)?, radix).ok().or((length > 0).then_some(0))?;
    let c = char::from_u32(value).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((c.to_string(), number.len() - digits.len() + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded() {
        for (source, decoded) in [
            ("&lt;", "<"),
            ("&colon;", ":"),
            ("&hellip;", "…"),
            ("&#99;", "c"),
            ("&#x63;", "c"),
            ("&#99hmod", "c"),
            ("&#xFFFFFFFFF;", "\u{FFFD}"),
        ] {
            assert_eq!(decode(source).map(|(text, _)| text).as_deref(), Some(decoded), "{source}");
        }
        assert_eq!(decode("&#99;x"), Some(("c".to_owned(), 5)));
        for source in ["&", "& b", "&nosuchname;", "&#;", "&lt", "&#xg;"] {
            assert_eq!(decode(source), None, "{source}");
        }
    }
}

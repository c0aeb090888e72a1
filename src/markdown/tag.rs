//! An HTML tag: its name, its attributes, and what it does to the words after it.

use super::BlockKind;
use std::{ops::Range, sync::OnceLock};

/// What an element does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends a block.
    Block(BlockKind),
    /// Quotes.
    Quote,
    /// Holds a code block.
    Pre,
    /// Holds code inside a line.
    Code,
    /// Strikes words through.
    Struck,
    /// Links.
    Link,
    /// Breaks a line.
    Break,
    /// Holds something that is no HTML and never shown.
    Raw,
    /// Changes nothing here.
    Inline,
    /// Is no element of HTML.
    Unknown,
}

/// The elements of HTML by what they do. Source: <https://html.spec.whatwg.org/multipage/indices.html#elements-3>.
const ROLES: &[(Role, &str)] = &[
    (
        Role::Block(BlockKind::Paragraph),
        " address article aside body caption center dd details dialog div dl dt fieldset figcaption figure footer form head header \
         hgroup hr html legend main menu nav ol option p search section select summary table tbody tfoot thead title tr ul ",
    ),
    (Role::Block(BlockKind::Heading), " h1 h2 h3 h4 h5 h6 "),
    (Role::Block(BlockKind::Item), " li "),
    (Role::Block(BlockKind::Cell), " td th "),
    (Role::Quote, " blockquote "),
    (Role::Pre, " pre listing xmp plaintext "),
    (Role::Code, " code kbd samp tt "),
    (Role::Struck, " del s strike "),
    (Role::Link, " a "),
    (Role::Break, " br "),
    (Role::Raw, " script style "),
    (
        Role::Inline,
        " abbr acronym area audio b base bdi bdo big button canvas cite col colgroup data datalist dfn em embed font i iframe img \
         input ins label link map mark math meta meter noscript object optgroup output param picture progress q rp rt ruby slot \
         small source span strong sub sup svg template textarea time track u var video wbr ",
    ),
];

/// Elements that have no content.
const VOID: &str = " area base br col embed hr img input link meta param source track wbr ";

/// A tag as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// From `<` to `>`.
    pub source: &'a str,
    /// Its name as written.
    pub name: &'a str,
    /// Whether it is an end tag.
    pub closes: bool,
}

impl<'a> Tag<'a> {
    /// Whether `rest` begins with a tag, closed or not.
    pub(super) fn begins(rest: &str) -> bool {
        let name = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<')).unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// The length of the tag `rest` begins with, in bytes; a `>` in a quoted value does not end it.
    pub(super) fn length(rest: &str) -> Option<usize> {
        if !Self::begins(rest) {
            return None;
        }
        let mut quote = None;
        let mut last = b'<';
        for (at, byte) in rest.bytes().enumerate() {
            match quote {
                Some(open) if open == byte => quote = None,
                Some(_) => {}
                None if byte == b'>' => return Some(at + 1),
                None if last == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
                None => {}
            }
            if !byte.is_ascii_whitespace() {
                last = byte;
            }
        }
        None
    }

    /// The tag that `source` is.
    pub(super) fn parse(source: &'a str) -> Option<Self> {
        let inner = source.strip_prefix('<')?.strip_suffix('>')?;
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let name = inner.split(|c: char| c.is_ascii_whitespace() || c == '/').next()?;
        Some(Self { source, name, closes })
    }

    /// What the element does.
    pub(super) fn role(&self) -> Role {
        static SORTED: OnceLock<Vec<(&str, Role)>> = OnceLock::new();
        let sorted = SORTED.get_or_init(|| {
            let mut sorted: Vec<(&str, Role)> =
                ROLES.iter().flat_map(|(role, names)| names.split_whitespace().map(|name| (name, *role))).collect();
            sorted.sort_unstable_by_key(|(name, _)| *name);
            sorted
        });
        let lower = |name: &'a str| name.bytes().map(|byte| byte.to_ascii_lowercase());
        let at = sorted.binary_search_by(|(name, _)| name.bytes().cmp(lower(self.name))).ok();
        at.and_then(|at| sorted.get(at)).map_or(Role::Unknown, |(_, role)| *role)
    }

    /// Whether it is nothing but a name between angle brackets: more likely a gap to be filled in than markup.
    pub(super) fn is_placeholder(&self) -> bool {
        !self.closes && self.source.len() == self.name.len() + 2
    }

    /// Whether its content is not shown.
    pub(super) fn hides(&self) -> bool {
        if self.closes || holds(VOID, self.name) {
            return false;
        }
        self.name.eq_ignore_ascii_case("template")
            || self.attributes().any(|(name, value)| match name.to_ascii_lowercase().as_str() {
                "hidden" => true,
                "style" => {
                    let style: String = self.value(value).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                    style.contains("display:none") || style.contains("visibility:hidden")
                }
                _ => false,
            })
    }

    /// The language its class or `lang` names, as highlighters write it.
    pub(super) fn language(&self) -> Option<String> {
        self.attributes().find_map(|(name, value)| {
            let value = self.value(value);
            match name.to_ascii_lowercase().as_str() {
                "class" => value.split_ascii_whitespace().find_map(|class| {
                    let language = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))?;
                    Some(language.to_lowercase())
                }),
                "lang" | "data-lang" => Some(value.to_lowercase()),
                _ => None,
            }
        })
    }

    /// The attribute values that are shown, in bytes of the tag: the text in place of an image, titles.
    pub(super) fn shown(&self) -> impl Iterator<Item = Range<usize>> {
        let shown = |name: &str| ["alt", "title", "placeholder"].iter().any(|shown| name.eq_ignore_ascii_case(shown));
        self.attributes().filter(move |(name, value)| shown(name) && !value.is_empty()).map(|(_, value)| value)
    }

    fn value(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    /// Its attributes: names, and where in the tag the values stand.
    fn attributes(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> + use<'a> {
        let source = self.source;
        let mut at = 1 + usize::from(self.closes) + self.name.len();
        std::iter::from_fn(move || {
            let blank = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
            at += source.get(at..)?.find(|c: char| !blank(c))?;
            let rest = source.get(at..)?;
            let name = rest.get(..rest.find(|c: char| c == '=' || blank(c)).unwrap_or(rest.len()).max(1))?;
            at += name.len();
            let Some(value) = source.get(at..)?.trim_start().strip_prefix('=') else { return Some((name, at..at)) };
            let value = value.trim_start();
            at = source.len() - value.len();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let start = at + usize::from(quote.is_some());
            let inner = source.get(start..)?;
            let length = quote.map_or_else(|| inner.find(blank), |quote| inner.find(quote)).unwrap_or(inner.len());
            at = start + length + usize::from(quote.is_some());
            Some((name, start..start + length))
        })
    }
}

/// Whether `names`, each between blanks, hold `name`.
fn holds(names: &str, name: &str) -> bool {
    names.split(' ').any(|other| !other.is_empty() && other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_tolerantly() {
        let tag = Tag::parse("<img alt=\"a > b\" hidden title = 'x' width=3/>").unwrap();
        let attributes: Vec<(&str, &str)> = tag.attributes().map(|(name, range)| (name, tag.value(range))).collect();
        assert_eq!(attributes, [("alt", "a > b"), ("hidden", ""), ("title", "x"), ("width", "3")]);
    }

    #[test]
    fn a_quoted_bracket_does_not_end_a_tag() {
        assert_eq!(Tag::length("<a title=\"x>y\">z"), Some(15));
        assert_eq!(Tag::length("<it's fine> x"), Some(11));
        assert_eq!(Tag::length("<a title=\"x"), None);
        assert_eq!(Tag::length("< b>"), None);
    }

    #[test]
    fn elements_know_what_they_do() {
        assert_eq!(Tag::parse("</BLOCKQUOTE>").unwrap().role(), Role::Quote);
        assert_eq!(Tag::parse("<your-user>").unwrap().role(), Role::Unknown);
        assert!(Tag::parse("<p style='Display : none'>").unwrap().hides() && !Tag::parse("<br hidden>").unwrap().hides());
        assert_eq!(Tag::parse("<code class='hl language-Bash'>").unwrap().language().as_deref(), Some("bash"));
    }
}

//! Reads HTML, as a whole field or inside Markdown, as a browser would show it.
//!
//! No tree is built: counters say what the words at hand stand in, so that a hundred thousand open tags cost no more than
//! their bytes. Comments are never shown. Words that styling hides are put aside only where the field is HTML as the forum
//! renders it: in Markdown most forums drop the styling and show the words.

use super::{
    BlockKind, Notation,
    draft::Draft,
    entity,
    tag::{Role, Tag},
};
use crate::text::Text;
use std::ops::Range;

/// What the words at hand stand in.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// Whether this is inside Markdown.
    markdown: bool,
    /// How many of each are open.
    quotes: usize,
    code: usize,
    struck: usize,
    links: usize,
    /// The code block that is open.
    pre: Option<Notation>,
    /// The name of the element that hides the words, and how many of that name are open since.
    hidden: Option<(String, usize)>,
    /// Set when a tag was never closed: every later `<` is text.
    tagless: bool,
}

impl Html {
    /// A reader for the HTML inside Markdown.
    pub(super) fn in_markdown() -> Self {
        Self { markdown: true, ..Self::default() }
    }

    /// The notation of words here.
    pub(super) fn notation(&self) -> Notation {
        match &self.pre {
            Some(pre) => pre.clone(),
            None if self.code > 0 => Notation::InlineCode,
            None if self.struck > 0 => Notation::Struck,
            None if self.links > 0 => Notation::Link,
            None => Notation::Prose,
        }
    }

    /// Forgets what was open inside a line.
    pub(super) fn end_line(&mut self) {
        (self.code, self.struck, self.links) = (0, 0, 0);
    }

    /// Reads `raw`.
    pub(super) fn read(&mut self, raw: &Text, draft: &mut Draft<'_>) {
        let mut at = 0;
        while let Some(rest) = raw.as_str().get(at..).filter(|rest| !rest.is_empty()) {
            let stop = at + rest.find(['<', '&']).unwrap_or(rest.len());
            self.words(raw, at..stop, draft);
            at = match raw.as_str().as_bytes().get(stop) {
                Some(b'<') => self.markup(raw, stop, draft),
                Some(_) => self.entity(raw, stop, draft),
                None => stop,
            };
        }
    }

    /// Writes words down, blanks as one unless in a code block.
    fn words(&self, raw: &Text, range: Range<usize>, draft: &mut Draft<'_>) {
        if self.hidden.is_some() {
            return draft.conceal(raw, range);
        }
        let notation = self.notation();
        if self.pre.is_some() {
            return draft.copy(raw, range, &notation);
        }
        let mut at = range.start;
        for piece in raw.as_str().get(range).unwrap_or_default().split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            draft.copy(raw, at..at + word.len(), &notation);
            if word.len() < piece.len() && !draft.ends_blank() {
                draft.write(" ", raw.source(at + word.len()..at + piece.len()), &notation);
            }
            at += piece.len();
        }
    }

    fn entity(&self, raw: &Text, at: usize, draft: &mut Draft<'_>) -> usize {
        let rest = raw.as_str().get(at..).unwrap_or_default();
        let Some((decoded, length)) = entity::decode(rest) else {
            self.words(raw, at..at + 1, draft);
            return at + 1;
        };
        if self.hidden.is_none() {
            draft.write(&decoded, raw.source(at..at + length), &self.notation());
        }
        at + length
    }

    /// Reads the comment, declaration or tag at `at`; returns where it ends.
    fn markup(&mut self, raw: &Text, at: usize, draft: &mut Draft<'_>) -> usize {
        let rest = raw.as_str().get(at..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            let length = comment.find("-->").unwrap_or(comment.len());
            draft.conceal(raw, at + 4..at + 4 + length);
            return (at + length + 7).min(raw.len());
        }
        let declaration = rest.starts_with("<!") || rest.starts_with("<?");
        let length = if self.tagless { None } else { if declaration { rest.find('>').map(|end| end + 1) } else { Tag::length(rest) } };
        let Some(length) = length else {
            self.tagless |= declaration || Tag::begins(rest);
            self.words(raw, at..at + 1, draft);
            return at + 1;
        };
        match rest.get(..length).and_then(Tag::parse) {
            Some(tag) if !declaration => self.tag(&tag, raw, at, draft),
            _ => at + length,
        }
    }

    /// Follows `tag`, which stands at `at`; returns where to read on.
    fn tag(&mut self, tag: &Tag<'_>, raw: &Text, at: usize, draft: &mut Draft<'_>) -> usize {
        let end = at + tag.source.len();
        if self.stays_hidden(tag) {
            return end;
        }
        match tag.role() {
            Role::Raw if !tag.closes => return conceal_raw(tag, raw, end, draft),
            Role::Quote => self.quote(tag, draft),
            Role::Pre => self.pre(tag, draft),
            Role::Block(kind) => {
                self.end_line();
                draft.begin(if tag.closes { BlockKind::Paragraph } else { kind });
            }
            Role::Break => draft.write("\n", raw.source(at..end), &self.notation()),
            Role::Code => self.code(tag),
            Role::Struck => count(&mut self.struck, tag),
            Role::Link => count(&mut self.links, tag),
            Role::Unknown if self.markdown && tag.is_placeholder() && !draft.last().is_some_and(char::is_alphanumeric) => {
                draft.copy(raw, at..end, &self.notation());
            }
            _ => {}
        }
        for range in tag.shown() {
            draft.copy(raw, at + range.start..at + range.end, &Notation::Link);
        }
        end
    }

    /// Whether the words here stay hidden after `tag`, or begin to be.
    fn stays_hidden(&mut self, tag: &Tag<'_>) -> bool {
        match &mut self.hidden {
            Some((name, open)) => {
                if tag.name.eq_ignore_ascii_case(name) {
                    *open = if tag.closes { open.saturating_sub(1) } else { *open + 1 };
                }
                if *open == 0 {
                    self.hidden = None;
                }
                true
            }
            None if !self.markdown && tag.hides() => {
                self.hidden = Some((tag.name.to_ascii_lowercase(), 1));
                true
            }
            None => false,
        }
    }

    fn quote(&mut self, tag: &Tag<'_>, draft: &mut Draft<'_>) {
        self.end_line();
        draft.begin(BlockKind::Paragraph);
        if !tag.closes {
            self.quotes += 1;
            draft.quoted += 1;
        } else if self.quotes > 0 {
            self.quotes -= 1;
            draft.quoted = draft.quoted.saturating_sub(1);
        }
    }

    fn pre(&mut self, tag: &Tag<'_>, draft: &mut Draft<'_>) {
        self.end_line();
        draft.begin(if tag.closes { BlockKind::Paragraph } else { BlockKind::Fence });
        self.pre = (!tag.closes).then(|| Notation::Fence(tag.language().unwrap_or_default()));
    }

    fn code(&mut self, tag: &Tag<'_>) {
        match (&mut self.pre, tag.language()) {
            (Some(pre), Some(language)) if !tag.closes => *pre = Notation::Fence(language),
            (Some(_), _) => {}
            (None, _) => count(&mut self.code, tag),
        }
    }
}

fn count(open: &mut usize, tag: &Tag<'_>) {
    *open = if tag.closes { open.saturating_sub(1) } else { *open + 1 };
}

/// Puts a script or style sheet aside; returns where its end tag begins.
fn conceal_raw(tag: &Tag<'_>, raw: &Text, at: usize, draft: &mut Draft<'_>) -> usize {
    let rest = raw.as_str().get(at..).unwrap_or_default();
    let closes = |from: &usize| {
        let name = rest.as_bytes().get(from + 2..from + 2 + tag.name.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(tag.name.as_bytes()))
    };
    let length = rest.match_indices("</").map(|(from, _)| from).find(closes).unwrap_or(rest.len());
    draft.conceal(raw, at..at + length);
    at + length
}

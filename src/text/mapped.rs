//! The offset map: runs of content, each tied to a stretch of the original.

use std::{borrow::Cow, ops::Range};

/// A stretch of content and the source bytes it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// Where the run begins in the content, in bytes.
    at: usize,
    /// The source bytes it stands for.
    source: Range<usize>,
    /// Whether content and source are the same bytes, so that an offset inside can be told exactly.
    exact: bool,
}

impl Run {
    /// The source offset of the content's `offset`, never past the run's end.
    fn exact_source(&self, offset: usize) -> usize {
        self.source.start.saturating_add(offset.saturating_sub(self.at)).min(self.source.end)
    }
}

/// Content built from an original text, able to say which original bytes any of its stretches came from.
///
/// All offsets are bytes.
///
/// ```
/// use countersign::text::Text;
/// let mut text = Text::default();
/// text.push("chm", 2..5); // copied as it was
/// text.replace("od", 5..13); // two characters that stood as an eight-byte escape
/// assert_eq!(text.as_str(), "chmod");
/// assert_eq!(text.source(1..4), 3..13);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    content: String,
    runs: Vec<Run>,
}

impl Text {
    /// A text that is its own original.
    #[must_use]
    pub fn verbatim(original: &str) -> Self {
        let mut text = Self::default();
        text.push(original, 0..original.len());
        text
    }

    /// An empty text with room for `bytes` of content.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { content: String::with_capacity(bytes), runs: Vec::new() }
    }

    /// Appends `piece`, which stands unchanged at `source` in the original.
    pub fn push(&mut self, piece: &str, source: Range<usize>) {
        debug_assert_eq!(piece.len(), source.len(), "a verbatim piece is as long as its source");
        if piece.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.exact && last.source.end == source.start => last.source.end = source.end,
            _ => self.runs.push(Run { at: self.content.len(), source, exact: true }),
        }
        self.content.push_str(piece);
    }

    /// Appends `piece`, which replaces the original's `source` as a whole.
    pub fn replace(&mut self, piece: &str, source: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        self.runs.push(Run { at: self.content.len(), source, exact: false });
        self.content.push_str(piece);
    }

    /// Appends `range` of `other`'s content with its map; nothing when `range` is not on its character boundaries.
    pub fn append(&mut self, other: &Self, range: Range<usize>) {
        let Some(whole) = other.content.get(range.clone()) else { return };
        if whole.is_empty() {
            return;
        }
        let first = other.runs.partition_point(|run| run.at <= range.start).saturating_sub(1);
        for (index, run) in other.runs.iter().enumerate().skip(first).take_while(|(_, run)| run.at < range.end) {
            let end = other.runs.get(index + 1).map_or(other.content.len(), |next| next.at).min(range.end);
            let start = run.at.max(range.start);
            match other.content.get(start..end) {
                Some(piece) if run.exact => self.push(piece, run.exact_source(start)..run.exact_source(end)),
                Some(piece) => self.replace(piece, run.source.clone()),
                None => {}
            }
        }
    }

    /// The content.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The length of the content, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// Whether there is no content.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The source bytes that `range` of the content came from; the empty range at 0 when there is no content.
    ///
    /// An offset inside a replaced piece stands for the whole piece; an offset past the end for the end.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.run_at(range.start).map_or(0, |run| if run.exact { run.exact_source(range.start) } else { run.source.start });
        let end = if range.end > range.start {
            self.run_at(range.end - 1).map_or(0, |run| if run.exact { run.exact_source(range.end) } else { run.source.end })
        } else {
            start
        };
        start.min(end)..end.max(start)
    }

    fn run_at(&self, offset: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.at <= offset);
        self.runs.get(after.saturating_sub(1))
    }
}

/// A text being rewritten from front to back; what is not rewritten is copied, and nothing is when nothing is.
#[derive(Debug)]
pub(crate) struct Rewrite<'a> {
    from: &'a Text,
    to: Text,
    done: usize,
}

impl<'a> Rewrite<'a> {
    /// Begins to rewrite `from`.
    pub(crate) fn new(from: &'a Text) -> Self {
        Self { from, to: Text::default(), done: 0 }
    }

    /// Puts `piece` in the place of `range`, which must not begin before the end of the one before.
    pub(crate) fn replace(&mut self, range: Range<usize>, piece: &str) {
        self.to.append(self.from, self.done..range.start);
        self.to.replace(piece, self.from.source(range.clone()));
        self.done = range.end.max(self.done);
    }

    /// The rewritten text.
    pub(crate) fn finish(mut self) -> Cow<'a, Text> {
        if self.done == 0 {
            return Cow::Borrowed(self.from);
        }
        self.to.append(self.from, self.done..self.from.len());
        Cow::Owned(self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let text = Text::verbatim("abc");
        assert_eq!(text.source(1..99), 1..3);
        assert_eq!(text.source(50..99), 3..3);
        assert_eq!(Text::default().source(3..9), 0..0);
    }

    #[test]
    fn dropped_stretches_lie_inside_the_source() {
        let mut text = Text::default();
        text.push("ab", 0..2);
        text.push("cd", 5..7);
        assert_eq!(text.source(1..3), 1..6);
        assert_eq!(text.source(2..4), 5..7);
    }

    #[test]
    fn appended_stretches_keep_their_map() {
        let mut inner = Text::default();
        inner.push("ab", 10..12);
        inner.replace("<", 12..16);
        inner.push("cd", 16..18);
        let mut outer = Text::default();
        outer.append(&inner, 1..4);
        assert_eq!((outer.as_str(), outer.source(0..1), outer.source(1..2), outer.source(0..3)), ("b<c", 11..12, 12..16, 11..17));
    }

    #[test]
    fn a_rewrite_without_edits_copies_nothing() {
        let text = Text::verbatim("abc");
        assert!(matches!(Rewrite::new(&text).finish(), Cow::Borrowed(_)));
        let mut rewrite = Rewrite::new(&text);
        rewrite.replace(1..2, "xyz");
        let rewritten = rewrite.finish();
        assert_eq!((rewritten.as_str(), rewritten.source(2..5)), ("axyzc", 1..3));
    }

    proptest! {
        #[test]
        fn sources_lie_on_character_boundaries(original in "\\PC{0,20}", drop in 0usize..4, from in 0usize..40, to in 0usize..40) {
            let mut text = Text::default();
            for (index, (at, c)) in original.char_indices().enumerate() {
                match (index + drop) % 4 {
                    0 => {}
                    1 => text.replace("é?", at..at + c.len_utf8()),
                    _ => text.push(c.encode_utf8(&mut [0; 4]), at..at + c.len_utf8()),
                }
            }
            let source = text.source(from..to);
            prop_assert!(source.start <= source.end && source.end <= original.len());
            if text.as_str().is_char_boundary(from) && text.as_str().is_char_boundary(to) {
                prop_assert!(original.get(source).is_some());
            }
        }
    }
}

//! The offset map: runs of content, each tied to a stretch of the original.

use std::ops::Range;

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

    /// The content.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The source bytes that `range` of the content came from; the empty range at 0 when there is no content.
    ///
    /// An offset inside a replaced piece stands for the whole piece.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .run_at(range.start)
            .map_or(0, |run| if run.exact { run.source.start + range.start.saturating_sub(run.at) } else { run.source.start });
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.run_at(last).map_or(0, |run| {
            if run.exact { run.source.start + (last - run.at.min(last)) + usize::from(range.end > range.start) } else { run.source.end }
        });
        start.min(end)..end.max(start)
    }

    fn run_at(&self, offset: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.at <= offset);
        self.runs.get(after.saturating_sub(1))
    }
}

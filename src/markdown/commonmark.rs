//! Reads CommonMark with the usual forum extensions.
//!
//! What a table cell, a list item or a footnote says is read like any paragraph. GitHub's alerts (`> [!NOTE]`) look like
//! quotes and are not: they are the author's own words.

use super::{
    BlockKind, Notation,
    draft::Draft,
    html::Html,
    paste::{self, Stretch},
};
use crate::text::Text;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads `draft`'s field from beginning to end.
pub(super) fn read(draft: &mut Draft<'_>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let field = draft.field;
    for stretch in paste::stretches(field) {
        match stretch {
            Stretch::Paste(range) => {
                draft.begin(BlockKind::Fence);
                draft.write(field.get(range.clone()).unwrap_or_default(), range, &Notation::Fence(String::new()));
                draft.begin(BlockKind::Paragraph);
            }
            Stretch::Markdown(range) => read_stretch(draft, range, options),
        }
    }
}

fn read_stretch(draft: &mut Draft<'_>, stretch: Range<usize>, options: Options) {
    let field = draft.field.get(stretch.clone()).unwrap_or_default();
    let mut reader = Reader {
        draft,
        html: Html::in_markdown(),
        raw: Text::default(),
        items: 0,
        struck: 0,
        links: Vec::new(),
        next: (0, 0),
        fence: None,
        footnote: None,
    };
    for (event, range) in Parser::new_ext(field, options).into_offset_iter() {
        reader.event(event, range.start + stretch.start..range.end + stretch.start);
    }
}

struct Reader<'d, 'f> {
    draft: &'d mut Draft<'f>,
    html: Html,
    /// The HTML block being collected.
    raw: Text,
    /// How many list items are open.
    items: usize,
    /// How many stretches of struck text are open.
    struck: usize,
    /// The titles and places of the links and images that are open.
    links: Vec<(CowStr<'f>, Range<usize>)>,
    /// The row and column of the next table cell.
    next: (usize, usize),
    /// The code block that is open.
    fence: Option<Notation>,
    /// The label of the footnote whose words come next, and its place.
    footnote: Option<(String, Range<usize>)>,
}

/// What a ticked box reads as.
const DONE: &str = "[x] ";

impl<'f> Reader<'_, 'f> {
    fn event(&mut self, event: Event<'f>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &self.fence {
                Some(fence) => self.draft.write(&text, range, fence),
                None => self.draft.write(&text, range, &self.notation()),
            },
            Event::Code(code) => self.code(&code, range),
            Event::FootnoteReference(label) => self.draft.write(&format!("[^{label}]"), range, &self.notation()),
            Event::Html(html) => self.collect(&html, range),
            Event::InlineHtml(html) => {
                self.collect(&html, range);
                self.read_html();
            }
            Event::TaskListMarker(true) => self.draft.write(DONE, range, &Notation::Prose),
            Event::SoftBreak | Event::HardBreak => {
                let notation = self.notation();
                self.draft.write("\n", range, &notation);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'f>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.begin(self.running());
                if let Some((label, place)) = self.footnote.take() {
                    self.draft.write(&label, place, &Notation::Prose);
                }
            }
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::TableCell => {
                self.begin(BlockKind::Cell);
                self.draft.cell = Some(self.next);
                self.next.1 += 1;
            }
            Tag::TableHead => self.next = (0, 0),
            Tag::TableRow => self.next = (self.next.0 + 1, 0),
            Tag::Item => {
                self.items += 1;
                self.begin(BlockKind::Item);
            }
            Tag::CodeBlock(kind) => {
                self.begin(BlockKind::Fence);
                self.fence = Some(Notation::Fence(language(&kind)));
            }
            Tag::BlockQuote(alert) => {
                self.begin(BlockKind::Paragraph);
                self.draft.quoted += usize::from(alert.is_none());
            }
            Tag::Strikethrough => self.struck += 1,
            // An address that is a text of its own is shown when the link is followed.
            Tag::Link { dest_url, .. } if carries_words(&dest_url) => self.links.push((dest_url, range)),
            Tag::Link { title, .. } | Tag::Image { title, .. } => self.links.push((title, range)),
            Tag::HtmlBlock => self.begin(self.running()),
            Tag::FootnoteDefinition(label) => {
                self.begin(BlockKind::Paragraph);
                self.footnote = Some((format!("[^{label}]: "), range.start..range.start + label.len() + 4));
            }
            Tag::List(_) | Tag::Table(_) => self.begin(BlockKind::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::BlockQuote(alert) => {
                self.begin(self.running());
                self.draft.quoted = self.draft.quoted.saturating_sub(usize::from(alert.is_none()));
            }
            TagEnd::Item => {
                self.items = self.items.saturating_sub(1);
                self.begin(self.running());
            }
            TagEnd::CodeBlock => {
                self.fence = None;
                self.begin(self.running());
            }
            TagEnd::HtmlBlock => {
                self.read_html();
                self.begin(self.running());
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::List(_) => self.begin(self.running()),
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.html.end_line();
        self.draft.begin(kind);
    }

    /// What running text is here.
    fn running(&self) -> BlockKind {
        if self.items > 0 { BlockKind::Item } else { BlockKind::Paragraph }
    }

    fn notation(&self) -> Notation {
        match &self.fence {
            Some(fence) => fence.clone(),
            None if self.struck > 0 => Notation::Struck,
            None if !self.links.is_empty() => Notation::Link,
            None => self.html.notation(),
        }
    }

    /// Writes a title down after its link or image: it is shown, if only under the pointer.
    fn end_link(&mut self) {
        let Some((title, range)) = self.links.pop() else { return };
        if title.is_empty() {
            return;
        }
        let end = range.end.saturating_sub(2);
        let exact = end.saturating_sub(title.len())..end;
        let source = if self.draft.field.get(exact.clone()) == Some(&title) { exact } else { range };
        self.draft.write(" ", source.start..source.start, &Notation::Link);
        self.draft.write(&title, source, &Notation::Link);
    }

    /// Writes the code between its ticks down.
    fn code(&mut self, code: &str, range: Range<usize>) {
        let span = self.draft.field.get(range.clone()).unwrap_or_default();
        let ticks = span.bytes().take_while(|byte| *byte == b'`').count();
        let inner = range.start + ticks..range.end.saturating_sub(ticks);
        let padded = self
            .draft
            .field
            .get(inner.clone())
            .is_some_and(|inner| inner.len() == code.len() + 2 && inner.starts_with([' ', '\n']) && inner.ends_with([' ', '\n']));
        let source = inner.start + usize::from(padded)..inner.end.saturating_sub(usize::from(padded));
        let notation = if self.struck > 0 { Notation::Struck } else { Notation::InlineCode };
        self.draft.write(code, source, &notation);
    }

    fn collect(&mut self, html: &str, range: Range<usize>) {
        if self.draft.field.get(range.clone()) == Some(html) {
            self.raw.push(html, range);
        } else {
            self.raw.replace(html, range);
        }
    }

    fn read_html(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        self.html.read(&raw, self.draft);
    }
}

/// The first word of a fence's info string, lower-cased, as highlighters read it.
fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else { return String::new() };
    let word = info.split([' ', '\t', ',', '{', '}', ':']).find(|word| !word.is_empty()).unwrap_or_default();
    word.trim_start_matches('.').to_lowercase()
}

/// Whether what `address` leads to shows in it: a text of its own, or words handed over in its query.
fn carries_words(address: &str) -> bool {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    address.starts_with("data:text") || address.starts_with("http") && (query.contains("%20") || query.contains('+'))
}

//! What a reader of the rendered post sees, and where it stands in the original.

use super::*;
use proptest::prelude::*;

fn shown(field: &str, format: Format) -> Vec<(BlockKind, usize, String)> {
    read(field, format).blocks.into_iter().map(|block| (block.kind, block.quoted, block.text.as_str().to_owned())).collect()
}

fn markdown(field: &str) -> Vec<(BlockKind, usize, String)> {
    shown(field, Format::Markdown)
}

/// The segments of the only block, with their text.
fn segments(field: &str, format: Format) -> Vec<(Notation, String)> {
    let document = read(field, format);
    let [block] = document.blocks.as_slice() else { panic!("{document:?}") };
    block
        .segments
        .iter()
        .map(|segment| (segment.notation.clone(), block.text.as_str().get(segment.range.clone()).unwrap().to_owned()))
        .collect()
}

fn prose(text: &str) -> (Notation, String) {
    (Notation::Prose, text.to_owned())
}

fn block(kind: BlockKind, quoted: usize, text: &str) -> (BlockKind, usize, String) {
    (kind, quoted, text.to_owned())
}

#[test]
fn blocks_are_what_a_reader_sees() {
    let field = "# Fix *it*\n\nGive **kim**\nadmin &amp; go.\n\n- one\n  - two `x`\n\n    more\n- three\n\n> said\n> > twice\n\n| a | b |\n|--|--|\n| c | `d \\| e` |\n";
    assert_eq!(
        markdown(field),
        [
            block(BlockKind::Heading, 0, "Fix it"),
            block(BlockKind::Paragraph, 0, "Give kim\nadmin & go."),
            block(BlockKind::Item, 0, "one"),
            block(BlockKind::Item, 0, "two x"),
            block(BlockKind::Item, 0, "more"),
            block(BlockKind::Item, 0, "three"),
            block(BlockKind::Paragraph, 1, "said"),
            block(BlockKind::Paragraph, 2, "twice"),
            block(BlockKind::Cell, 0, "a"),
            block(BlockKind::Cell, 0, "b"),
            block(BlockKind::Cell, 0, "c"),
            block(BlockKind::Cell, 0, "d | e"),
        ]
    );
}

#[test]
fn fences_know_their_language() {
    for (field, language, code) in [
        ("```Bash title=x\nls\n```", "bash", "ls\n"),
        ("~~~ {.python}\nx\n~~~", "python", "x\n"),
        ("    ls\n", "", "ls\n"),
        ("> ```sh\n> a\n> b\n> ```", "sh", "a\nb\n"),
        ("- x\n\n  ```\n  a\n  ```", "", "a\n"),
        ("<pre lang=\"hcl\">\na &lt; b\n</pre>", "hcl", "\na < b\n"),
        ("<pre><code class=\"language-yaml\">a: b\n  c</code></pre>", "yaml", "a: b\n  c"),
    ] {
        let document = read(field, Format::Markdown);
        let fence = document.blocks.iter().find(|block| block.kind == BlockKind::Fence).unwrap();
        assert_eq!(fence.text.as_str(), code, "{field}");
        assert!(fence.segments.iter().all(|segment| segment.notation == Notation::Fence(language.to_owned())), "{field} {fence:?}");
    }
}

#[test]
fn segments_keep_code_in_its_sentence() {
    assert_eq!(
        segments("Run `` a`b ``, ~~not~~ [this](u \"title\") ![alt](i)", Format::Markdown),
        [
            prose("Run "),
            (Notation::InlineCode, "a`b".to_owned()),
            prose(", "),
            (Notation::Struck, "not".to_owned()),
            prose(" "),
            (Notation::Link, "this title".to_owned()),
            prose(" "),
            (Notation::Link, "alt".to_owned()),
        ]
    );
}

#[test]
fn spans_point_at_the_original() {
    let field = "> Give *kim* &quot;ad\u{200B}min&quot; and `ch\u{AD}mod\n> 777`";
    let document = read(field, Format::Markdown);
    let text = &document.blocks[0].text;
    assert_eq!(text.as_str(), "Give kim \"admin\" and chmod 777");
    let source = |needle: &str| {
        let at = text.as_str().find(needle).unwrap();
        field.get(text.source(at..at + needle.len())).unwrap()
    };
    assert_eq!(source("kim"), "kim");
    assert_eq!(source("\"admin\""), "&quot;ad\u{200B}min&quot;");
    assert_eq!(source("chmod 777"), "ch\u{AD}mod\n> 777");
}

#[test]
fn alerts_are_the_authors_own_words() {
    assert_eq!(markdown("> [!TIP]\n> Run it"), [block(BlockKind::Paragraph, 0, "Run it")]);
}

#[test]
fn an_escaped_quote_mark_is_no_quote() {
    assert_eq!(markdown("&gt; x"), [block(BlockKind::Paragraph, 0, "> x")]);
    assert_eq!(markdown("＞ x"), [block(BlockKind::Paragraph, 0, "> x")]);
}

#[test]
fn html_in_markdown_is_markup() {
    assert_eq!(
        segments("Run <code>chmod <b>777</b></code> ch<span>mo</span>d <s>x</s> <dir>", Format::Markdown),
        [
            prose("Run "),
            (Notation::InlineCode, "chmod 777".to_owned()),
            prose(" chmod "),
            (Notation::Struck, "x".to_owned()),
            prose(" <dir>")
        ]
    );
    assert_eq!(
        markdown("<details><summary>log</summary>\n\nMake it public.\n\n</details>"),
        [block(BlockKind::Paragraph, 0, "log"), block(BlockKind::Paragraph, 0, "Make it public.")]
    );
    assert_eq!(
        markdown("<blockquote>\n\nsaid\n\n</blockquote>\n\nmine"),
        [block(BlockKind::Paragraph, 1, "said"), block(BlockKind::Paragraph, 0, "mine")]
    );
}

#[test]
fn what_is_hidden_stands_apart() {
    assert_eq!(
        markdown("ch<!-- x -->mod\u{E0069}\u{E0064}"),
        [block(BlockKind::Paragraph, 0, "chmod"), block(BlockKind::Html, 0, " x id")]
    );
    assert_eq!(
        shown("<p>a<span style='display: none'>b<span>c</span></span>d</p><script>x < y</script>", Format::Html),
        [block(BlockKind::Paragraph, 0, "ad"), block(BlockKind::Html, 0, "b\nc"), block(BlockKind::Html, 0, "x < y")]
    );
}

#[test]
fn html_is_read_as_shown() {
    let field = "<h2>Fix</h2><p>Give  <b>kim</b>\n admin &amp; <code>x &lt; y</code><br>now</p><ul><li>one<li>two</ul>\
                 <blockquote><p>said</p></blockquote>a < b<table><tr><td>c<td><img alt='pic'></table>";
    assert_eq!(
        shown(field, Format::Html),
        [
            block(BlockKind::Heading, 0, "Fix"),
            block(BlockKind::Paragraph, 0, "Give kim admin & x < y\nnow"),
            block(BlockKind::Item, 0, "one"),
            block(BlockKind::Item, 0, "two"),
            block(BlockKind::Paragraph, 1, "said"),
            block(BlockKind::Paragraph, 0, "a < b"),
            block(BlockKind::Cell, 0, "c"),
            block(BlockKind::Cell, 0, "pic"),
        ]
    );
}

#[test]
fn plain_text_is_paragraphs_and_quotes() {
    assert_eq!(
        shown("> > a\n> b\nc *d*\ne\n\nf", Format::Plain),
        [
            block(BlockKind::Paragraph, 2, "a\n"),
            block(BlockKind::Paragraph, 1, "b\n"),
            block(BlockKind::Paragraph, 0, "c *d*\ne\n"),
            block(BlockKind::Paragraph, 0, "f"),
        ]
    );
}

#[test]
fn what_was_not_read_is_told() {
    assert!(read("fine", Format::Markdown).complete);
    assert!(!read("ch\0mod", Format::Markdown).complete && !read("ch\u{FFFD}mod", Format::Plain).complete);
    assert!(!read(&"word ".repeat(300_000), Format::Plain).complete);
}

#[test]
fn deep_nesting_is_read_to_the_end() {
    for field in [
        ">".repeat(100_000) + " x",
        "- ".repeat(20_000) + "x",
        "<b>".repeat(100_000) + "x",
        "[".repeat(100_000),
        "*a ".repeat(50_000),
        "<a <".repeat(100_000),
        "<blockquote>".repeat(50_000) + "x",
    ] {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            assert!(read(&field, format).complete);
        }
    }
}

fn check(field: &str, format: Format) {
    for block in read(field, format).blocks {
        let content = block.text.as_str();
        let mut end = 0;
        for segment in &block.segments {
            assert_eq!(segment.range.start, end, "segments cover the content");
            assert!(content.get(segment.range.clone()).is_some() && field.get(block.text.source(segment.range.clone())).is_some());
            end = segment.range.end;
        }
        assert_eq!(end, content.len());
        for (at, c) in content.char_indices() {
            assert!(field.get(block.text.source(at..at + c.len_utf8())).is_some());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_cut_up(field in any::<String>()) {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            check(&field, format);
        }
    }

    #[test]
    fn any_markup_is_cut_up(parts in proptest::collection::vec(prop::sample::select(vec![
        "\n", "\n\n", "> ", "- ", "    ", "```", "`", "~~", "*", "[a](b \"c\")", "![", "](x \"é\")", "<!--", "-->", "<pre>", "</pre>", "<code>",
        "</code>", "<script>", "</script>", "<p hidden>", "</p>", "&lt;", "&#99", "é", "\u{200B}", "\u{301}", "| a | b\n|--|--\n|", "\\|", "<x>",
        "<blockquote>", "</blockquote>", "\r\n", "\t", "сh", "\u{202E}", "<br>", "a", " ", "[^1]: ", "<a title='", "'>",
    ]), 0..40)) {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            check(&parts.concat(), format);
        }
    }
}

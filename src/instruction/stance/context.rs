//! The blocks around an instruction: what leads up to it, what follows, the list and the heading it stands under.

use super::{floor, mood, tone};
use crate::{
    instruction::{
        Stance,
        language::{Class, Cue, Gap, Passage, TABLE},
    },
    markdown::{Block, BlockKind, Document},
};
use std::ops::Range;

/// Bytes read of a block before or after the instruction's own.
const REACH: usize = 480;
/// Blocks looked back for the words above a list, or a heading.
const BLOCKS: usize = 48;
/// Words, at most, of a lead-in that says too little to stand alone, such as `then:`.
const SHORT: usize = 2;

/// Words, at most, of a line that serves as a title: bold words, a label above a list.
const TITLE: usize = 14;
/// Words, at most, of a lead-in that only makes the code part of the sentence after it: `In`, `With`.
const PREPOSITION: usize = 1;
/// Words, at most, of a label.
const LABEL: usize = 6;
/// Cells of a table, at most, between one and the head of its column.
const CELLS: usize = 400;
/// Blocks at either end of a document where it may say what it is for.
const FRAME: usize = 5;

/// Blocks, at most, of the message of a change.
const RECORD_BLOCKS: usize = 12;

/// Where an instruction stands in its document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    document: &'a Document,
    index: usize,
    block: &'a Block,
}

impl<'a> Context<'a> {
    /// The context of `block`, which stands at `index` in `document`.
    pub fn new(document: &'a Document, index: usize, block: &'a Block) -> Self {
        Self { document, index, block }
    }

    /// Whether the author makes the quote the instruction stands in their own advice, right after it.
    pub fn is_endorsed(&self) -> bool {
        let after = self.document.blocks.get(self.index + 1..).unwrap_or_default().iter().take(BLOCKS).find(|block| block.quoted == 0);
        let Some(passage) = after.map(head) else { return false };
        let sentences = passage.sentences();
        let mut tones = sentences.iter().take(2).filter_map(|sentence| tone::of_sequel(&passage, sentence));
        tones.next() == Some(Stance::Advises)
    }

    /// Whether the document, or the list item, is the message of a change already made, told by the number it was merged
    /// under: `… (#123)`. A post that speaks to its reader is none.
    pub fn is_change_record(&self) -> bool {
        let numbered = |block: &Block| {
            let text = block.text.as_str();
            let head = text.get(..floor(text, REACH)).unwrap_or_default();
            head.match_indices("(#").filter_map(|(at, mark)| head.as_bytes().get(at + mark.len())).any(u8::is_ascii_digit)
        };
        if self.block.kind == BlockKind::Item && numbered(self.block) {
            return true;
        }
        let blocks = &self.document.blocks;
        blocks.len() <= RECORD_BLOCKS && blocks.first().is_some_and(numbered) && !blocks.iter().any(speaks)
    }

    /// What the words before and after a code block say of it.
    pub fn around(&self) -> Option<Stance> {
        if let Some(stance) = self.within_sentence() {
            return Some(stance);
        }
        let (before, after) = (self.before(), self.after());
        match (before, after) {
            (Some(Stance::Advises), _) => before,
            (Some(Stance::Reports) | None, Some(_)) => after,
            _ => before,
        }
    }

    /// The stance of a sentence that the code is part of: it begins in the block before and goes on in the one after.
    fn within_sentence(&self) -> Option<Stance> {
        let lead = self.document.blocks.get(self.index.checked_sub(1)?)?;
        let next = self.document.blocks.get(self.index + 1)?;
        let words = |block: &Block| block.kind == BlockKind::Paragraph && block.quoted == 0;
        let goes_on = next.text.as_str().trim_start().chars().next().is_some_and(char::is_lowercase);
        if !words(lead) || !words(next) || !goes_on {
            return None;
        }
        let (before, after) = (tail(lead), head(next));
        if before.end != Gap::None {
            return None;
        }
        let (begun, ended) = (before.sentences().pop()?, after.sentences().into_iter().next()?);
        if ended.end == Gap::Question {
            return Some(Stance::Asks);
        }
        if mood::addresses(&before, &begun.words, true) {
            return None;
        }
        if begun.words.len() <= PREPOSITION {
            return Some(Stance::Reports);
        }
        let stance = tone::of_lead(&before, &begun);
        let shown = stance.is_none() && after.has(&(0..ended.words.end.min(TITLE)), Cue::Sample);
        if shown { Some(Stance::Quotes) } else { stance.filter(|stance| *stance != Stance::Advises) }
    }

    /// What the document says of all that is in it: that nothing is left to do, or that it is offered to whoever needs it.
    pub fn document(&self) -> Option<Stance> {
        let blocks = &self.document.blocks;
        let last = blocks.len().saturating_sub(FRAME).max(FRAME);
        let ends = blocks.iter().take(FRAME).chain(blocks.get(last..).unwrap_or_default());
        let near = self.document.blocks.get(self.index + 1);
        let mut says = None;
        let spoken = ends.chain(near).filter(|block| block.quoted == 0 && TABLE.may_frame(block.words()));
        for block in spoken {
            let text = block.text.as_str();
            let passages = if text.len() > REACH { vec![head(block), tail(block)] } else { vec![head(block)] };
            for passage in &passages {
                let words = 0..passage.words.len();
                if passage.has(&words, Cue::Offer) {
                    return Some(Stance::Advises);
                }
                if passage.has(&words, Cue::Closed) {
                    says = Some(Stance::Reports);
                }
            }
        }
        says
    }

    /// Whether the paragraph after says of what stands in this one that it is not meant.
    pub fn dismissed(&self) -> Option<Stance> {
        if self.block.kind == BlockKind::Paragraph { self.after().filter(|stance| *stance == Stance::Warns) } else { None }
    }

    /// What the first words of the block, or of the document, call the rest: a record, a sample, something outdated.
    pub fn label(&self) -> Option<Stance> {
        let first = self.document.blocks.first().filter(|block| block.quoted == 0 && block.kind != BlockKind::Fence);
        let own = Some(self.block).filter(|block| block.kind != BlockKind::Fence);
        own.into_iter().chain(first).find_map(|block| {
            let passage = head(block);
            let end = (1..passage.words.len()).find(|place| !matches!(passage.gap(*place), Gap::None | Gap::Comma | Gap::Arrow));
            let words = 0..end.unwrap_or(passage.words.len());
            let short = words.len() <= LABEL && (end.is_some() || self.document.blocks.len() > 1);
            if short { named(&passage, &words) } else { None }
        })
    }

    /// What the head of the column, or of the row, that a table cell stands in says of it.
    fn column(&self) -> Option<Stance> {
        let (row, column) = self.block.cell.filter(|(row, _)| *row > 0)?;
        let above = self.document.blocks.get(..self.index)?.iter().rev().take_while(|block| block.cell.is_some()).take(CELLS);
        let heads = above.filter(|block| block.cell.is_some_and(|cell| cell == (0, column) || (cell == (row, 0) && column > 0)));
        heads.filter(|block| block.text.as_str().len() <= REACH).find_map(|block| {
            let passage = head(block);
            let words = 0..passage.words.len();
            let short = words.len() <= LABEL;
            title(block).or_else(|| named(&passage, &words)).filter(|_| short)
        })
    }

    /// What the list or the heading above says.
    pub fn outer(&self) -> Option<Stance> {
        if let Some(stance) = self.column() {
            return Some(stance);
        }
        let above = self.document.blocks.get(..self.index).unwrap_or_default();
        let listed = matches!(self.block.kind, BlockKind::Item | BlockKind::Cell | BlockKind::Fence);
        for block in above.iter().rev().take(BLOCKS).filter(|block| block.quoted == 0) {
            match block.kind {
                BlockKind::Heading => return title(block),
                BlockKind::Paragraph if listed => {
                    let lead = tail(block);
                    if lead.end == Gap::Colon {
                        return spoken(&lead).or_else(|| self.heading());
                    }
                    return if lead.end == Gap::None && lead.words.len() <= TITLE { title(block) } else { None }.or_else(|| self.heading());
                }
                _ => {}
            }
        }
        None
    }

    /// Whether the list stands under words that name a record, such as a log: what is in it is past, whatever form its verbs have.
    pub fn is_record(&self) -> bool {
        let above = self.document.blocks.get(..self.index).unwrap_or_default().iter().rev().take(BLOCKS);
        let mut leads = above.filter(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph));
        leads
            .next()
            .map(tail)
            .is_some_and(|passage| passage.sentences().last().is_some_and(|sentence| passage.has(&sentence.words, Cue::Record)))
    }

    fn heading(&self) -> Option<Stance> {
        let above = self.document.blocks.get(..self.index).unwrap_or_default();
        above.iter().rev().take(BLOCKS).find(|block| block.kind == BlockKind::Heading).and_then(title)
    }

    fn before(&self) -> Option<Stance> {
        let above = self.document.blocks.get(..self.index).unwrap_or_default().iter().rev();
        let mut leads = above.take(BLOCKS).filter(|block| block.kind != BlockKind::Fence && block.quoted == self.block.quoted);
        let lead = leads.next()?;
        if self.block.kind == BlockKind::Item || lead.kind == BlockKind::Cell {
            return None;
        }
        if lead.kind == BlockKind::Heading {
            return title(lead);
        }
        let passage = tail(lead);
        let stance = spoken(&passage);
        if stance.is_none() && passage.words.len() <= SHORT {
            return leads.next().and_then(|earlier| spoken(&tail(earlier)));
        }
        stance
    }

    fn after(&self) -> Option<Stance> {
        let next = self.document.blocks.get(self.index + 1)?;
        if next.quoted > 0 || !matches!(next.kind, BlockKind::Paragraph) {
            return None;
        }
        let passage = head(next);
        let sentences = passage.sentences();
        // A colon at its end leads on to something else.
        let about_next = passage.end == Gap::Colon && sentences.len() == 1;
        sentences.iter().take(3).filter(|_| !about_next).find_map(|sentence| tone::of_sequel(&passage, sentence))
    }
}

/// What the last words of a block say of what follows it, or an earlier sentence when they say nothing.
fn spoken(passage: &Passage) -> Option<Stance> {
    let sentences = passage.sentences();
    let (last, earlier) = sentences.split_last()?;
    let frame = || earlier.iter().rev().take(2).find_map(|sentence| tone::of_frame(passage, sentence, false));
    // A question that the lead-in answers is not about what follows.
    tone::of_lead(passage, last).or_else(|| frame().filter(|stance| passage.end != Gap::Colon || *stance != Stance::Asks))
}

/// What short words name what stands under them.
fn named(passage: &Passage, words: &Range<usize>) -> Option<Stance> {
    const ALONE: usize = 2;
    let has = |cue| passage.has(words, cue);
    if [Cue::Success, Cue::Endorse, Cue::Reader, Cue::Suggest, Cue::Lead, Cue::Prohibit].into_iter().any(has) {
        return None;
    }
    let mut named = words.clone().filter_map(|place| passage.words.get(place)).filter(|word| !word.code);
    let former = words.len() <= ALONE && named.clone().any(|word| TABLE.is(word, Class::Former, passage.language));
    let caption = former || named.any(|word| TABLE.is(word, Class::Captions, passage.language));
    if caption || has(Cue::Record) { Some(Stance::Reports) } else { Some(Stance::Quotes).filter(|_| has(Cue::Sample)) }
}

/// What a heading says of everything under it: it tells nobody to do anything, but it can call it a record or a mistake.
fn title(block: &Block) -> Option<Stance> {
    let passage = head(block);
    let words = 0..passage.words.len();
    let has = |cue| passage.has(&words, cue);
    if has(Cue::Success) || has(Cue::Endorse) && !has(Cue::Prohibit) && !has(Cue::Warn) {
        return None;
    }
    passage.sentences().first().and_then(|sentence| tone::of_lead(&passage, sentence)).filter(|stance| *stance != Stance::Advises)
}

/// Whether `block` speaks to its reader.
fn speaks(block: &Block) -> bool {
    let passage = head(block);
    let words = 0..passage.words.len();
    passage.has(&words, Cue::Reader) || passage.has(&words, Cue::Suggest)
}

fn tail(block: &Block) -> Passage {
    let length = block.text.as_str().len();
    Passage::of(block, &(floor(block.text.as_str(), length.saturating_sub(REACH))..length))
}

fn head(block: &Block) -> Passage {
    Passage::of(block, &(0..floor(block.text.as_str(), REACH)))
}

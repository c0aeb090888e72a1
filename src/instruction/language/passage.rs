//! A stretch of text as the readers see it: words, what they mean, and where sentences end.

use super::{Class, Cue, Form, Gap, Mark, Sense, TABLE, Word, words::Cutter};
use crate::markdown::{Block, Notation};
use std::ops::Range;

/// Words, at most, of a sentence; what is longer is cut, so that reading stays linear.
const LONGEST: usize = 96;

/// Words of a name that is too long to be only the first part of one.
const LONG: usize = 2;

/// The concept of things that others may open, after which a noun is only named: `team folder`, `admin page`.
const THING: &str = "resource";

/// A text with its words and their meanings.
#[derive(Debug)]
pub(crate) struct Passage {
    /// The words, in order.
    pub words: Vec<Word>,
    /// The phrases found, in order; none inside another.
    pub marks: Vec<Mark>,
    /// The language it is read in.
    pub language: u8,
    /// What follows the last word.
    pub end: Gap,
}

/// A sentence of a passage.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Its words, as places in the passage.
    pub words: Range<usize>,
    /// What ends it.
    pub end: Gap,
}

impl Passage {
    /// Reads the part of `block` in `range` of its content; what is hidden or raw markup is left out.
    pub fn of(block: &Block, range: &Range<usize>) -> Self {
        let text = block.text.as_str();
        let mut cutter = Cutter::for_bytes(range.len());
        let first = block.segments.partition_point(|segment| segment.range.end <= range.start);
        for segment in block.segments.iter().skip(first).take_while(|segment| segment.range.start < range.end) {
            let part = segment.range.start.max(range.start)..segment.range.end.min(range.end);
            match segment.notation {
                _ if part.is_empty() => {}
                Notation::Prose | Notation::Struck | Notation::Link => cutter.feed(text, part),
                Notation::InlineCode => cutter.feed_code(text, part),
                Notation::Fence(_) | Notation::Html => {}
            }
        }
        Self::new(cutter)
    }

    /// Reads `text` as plain words.
    pub fn plain(text: &str) -> Self {
        let mut cutter = Cutter::for_bytes(text.len());
        cutter.feed(text, 0..text.len());
        Self::new(cutter)
    }

    fn new(Cutter { mut words, gap, .. }: Cutter) -> Self {
        words.iter_mut().for_each(|word| word.place = TABLE.place(word.hash));
        let language = guess(&words);
        let marks = TABLE.marks(&words, language);
        Self { words, marks, language, end: gap }
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut first = 0;
        for (place, word) in self.words.iter().enumerate().skip(1) {
            if word.gap >= Gap::Stop || place - first >= LONGEST {
                sentences.push(Sentence { words: first..place, end: word.gap });
                first = place;
            }
        }
        if first < self.words.len() {
            sentences.push(Sentence { words: first..self.words.len(), end: self.end });
        }
        sentences
    }

    /// The marks that begin in `words`.
    pub fn marks_in(&self, words: &Range<usize>) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.first < words.start);
        let end = self.marks.partition_point(|mark| mark.first < words.end);
        self.marks.get(first..end).unwrap_or_default()
    }

    /// What `mark` means here. Code names things; it does not speak.
    pub fn senses(&self, mark: &Mark) -> impl Iterator<Item = Sense> + '_ {
        let code = self.words.get(mark.first).is_some_and(|word| word.code);
        TABLE.senses(mark, self.language).filter(move |sense| !code || matches!(sense, Sense::Object(_) | Sense::Recipient(_)))
    }

    /// Whether `mark` is that cue here.
    pub fn is(&self, mark: &Mark, cue: Cue) -> bool {
        self.senses(mark).any(|sense| sense == Sense::Cue(cue))
    }

    /// Whether any mark in `words` is that cue.
    pub fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.marks_in(words).iter().any(|mark| self.is(mark, cue))
    }

    /// The mark that begins at the word at `place`.
    pub fn mark_at(&self, place: usize) -> Option<&Mark> {
        self.marks.binary_search_by_key(&place, |mark| mark.first).ok().and_then(|at| self.marks.get(at))
    }

    /// The mark that ends right before the word at `place`.
    pub fn mark_before(&self, place: usize) -> Option<&Mark> {
        let after = self.marks.partition_point(|mark| mark.first < place);
        self.marks.get(after.checked_sub(1)?).filter(|mark| mark.end == place)
    }

    /// Whether `mark` is only the first part of a longer name: `admin page`, `root path`, `public-methods`.
    pub fn is_modifier(&self, mark: &Mark) -> bool {
        let Some(next) = self.words.get(mark.end).filter(|next| next.gap <= Gap::Line && TABLE.compounds(self.language)) else {
            return false;
        };
        // `write permission for ‹Kim›`, `approve their own ‹timesheets›` go on to what they are about.
        let closed = self.words.get(mark.end.saturating_sub(1)).is_some_and(|last| TABLE.everyday(last) >> self.language & 1 == 1);
        if !next.code && (closed && mark.end - mark.first > 1 || mark.end - mark.first > LONG) {
            return false;
        }
        if next.code {
            return self.words.get(mark.first).is_some_and(|word| word.code && word.start < next.start);
        }
        let thing = |sense| matches!(sense, Sense::Object(concept) if TABLE.concept(concept) == THING);
        let means = |mark| self.senses(mark).any(|sense| !thing(sense) && !matches!(sense, Sense::Verb(_, Form::Doing | Form::Done)));
        !next.quoted && TABLE.everyday(next) >> self.language & 1 == 0 && !self.mark_at(mark.end).is_some_and(means)
    }

    /// Whether the word at `place` is of that class in the passage's language or in the one that texts fall back on.
    pub fn is_class(&self, place: usize, class: Class) -> bool {
        let Some(word) = self.words.get(place).filter(|word| !word.code) else { return false };
        // Names, greetings and the keys of forms are the same in any text; other words are those of its language.
        let any = matches!(
            class,
            Class::Polite | Class::Thanks | Class::Greeting | Class::Granted | Class::Grantee | Class::Titles | Class::Requesting
        );
        any && TABLE.is_any(word, class) || TABLE.is(word, class, self.language) || TABLE.is(word, class, TABLE.fallback())
    }

    /// The first of `words` that is of that class.
    pub fn find_class(&self, words: &Range<usize>, class: Class) -> Option<usize> {
        words.clone().find(|place| self.is_class(*place, class))
    }

    /// Whether the word at `place` is somebody's name, as far as its capital shows: not at the head of a sentence, nor known.
    pub fn is_name(&self, place: usize) -> bool {
        let Some(word) = self.words.get(place).filter(|word| word.capital && !word.code && !word.quoted) else { return false };
        let opens = place == 0 || word.gap >= Gap::Colon || word.gap == Gap::Line;
        !opens && !TABLE.capitals(self.language) && TABLE.everyday(word) == 0 && self.mark_at(place).is_none()
    }

    /// Whether the word at `place` is part of a name somebody gave: code, in quotation marks, or joined by hyphens.
    pub fn is_label(&self, place: usize) -> bool {
        let joined = |place: usize| self.words.get(place).is_some_and(|word| word.joined);
        self.words.get(place).is_some_and(|word| (word.code && !word.dotted) || word.quoted) || joined(place) || joined(place + 1)
    }

    /// Whether the word at `place` is an everyday word of the passage's language.
    pub fn is_everyday(&self, place: usize) -> bool {
        self.words.get(place).is_some_and(|word| TABLE.everyday(word) >> self.language & 1 == 1)
    }

    /// What stands before the word at `place`.
    pub fn gap(&self, place: usize) -> Gap {
        self.words.get(place).map_or(self.end, |word| word.gap)
    }
}

/// The language that knows most of `words`, letters of its own counting double; the fallback when none does, or no other knows more.
fn guess(words: &[Word]) -> u8 {
    let mut counts = [0_u32; 16];
    for word in words.iter().filter(|word| !word.code) {
        let mut languages = TABLE.known(word);
        while languages > 0 {
            if let Some(count) = counts.get_mut(languages.trailing_zeros() as usize) {
                *count += if word.ascii { 1 } else { 2 };
            }
            languages &= languages - 1;
        }
    }
    let fallback = TABLE.fallback();
    let best = counts.iter().copied().max().unwrap_or(0);
    if counts.get(usize::from(fallback)).is_some_and(|count| *count == best) {
        return fallback;
    }
    counts.iter().position(|count| *count == best).and_then(|place| u8::try_from(place).ok()).unwrap_or(fallback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (text, tag) in [("Make it public", "en"), ("把查看者改成全体研发", "zh")] {
            assert_eq!(TABLE.tag(Passage::plain(text).language), tag, "{text}");
        }
    }

    #[test]
    fn ends_sentences_where_a_reader_would() {
        let passage = Passage::plain("Edit /etc/exports v1.2 first. Is it safe? Then: go");
        assert_eq!(passage.sentences().iter().map(|sentence| sentence.end).collect::<Vec<_>>(), [Gap::Stop, Gap::Question, Gap::None]);
    }
}

//! Cuts a text into words as the lexicons know them, with the punctuation between them.
//!
//! A character of a script that does not put spaces between words is a word of its own, so that one kind of phrase
//! table serves every script.

use std::ops::Range;

/// A word of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// A hash of its lower-cased letters.
    pub hash: u64,
    /// Its place among the words of phrases, once it was looked for.
    pub place: Option<u16>,
    /// Whether it is in plain letters only, as English words are.
    pub ascii: bool,
    /// The strongest break between the word before and this one.
    pub gap: Gap,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// Whether it is code.
    pub code: bool,
    /// Whether it is code with a dot, a slash or the like in it, such as a file's name.
    pub dotted: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is a number of digits.
    pub digits: bool,
    /// Its last two letters, lower-cased, where they are plain letters.
    pub ending: [u8; 2],
    /// Whether a hyphen or an underscore joins it to the word before: `ops-‹readers›`.
    pub joined: bool,
}

/// What stands between two words, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing that parts them.
    #[default]
    None,
    /// The end of a line.
    Line,
    /// A bracket.
    Bracket,
    /// A comma.
    Comma,
    /// An arrow between the steps of a path through menus.
    Arrow,
    /// A dash or a semicolon.
    Dash,
    /// A colon.
    Colon,
    /// A full stop or an exclamation mark.
    Stop,
    /// A question mark.
    Question,
}

/// The words of a code segment that are read; a longer one is a command, which other readers read.
const CODE_WORDS: usize = 4;

/// Quotations, at most, that stand in each other.
const NESTED: usize = 3;

/// Cuts a text into words, piece by piece, so that a gap or a quotation can span pieces.
#[derive(Debug)]
pub(crate) struct Cutter {
    /// The words so far.
    pub words: Vec<Word>,
    /// What follows the last word.
    pub gap: Gap,
    /// How many quotations are open.
    quoted: usize,
    /// Whether single quotation marks are open.
    single: bool,
    joined: bool,
    open: Option<Word>,
}

/// The words of `text`.
#[allow(dead_code)] // for the build script, which cuts phrases
pub(crate) fn cut(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::for_bytes(text.len());
    cutter.feed(text, 0..text.len());
    cutter.words
}

impl Cutter {
    /// A cutter with room for the words of a text of so many bytes.
    pub fn for_bytes(bytes: usize) -> Self {
        Self { words: Vec::with_capacity(bytes / 5), gap: Gap::None, quoted: 0, single: false, joined: false, open: None }
    }

    /// Cuts the part of `text` in `range`.
    pub fn feed(&mut self, text: &str, range: Range<usize>) {
        let Some(part) = text.get(range.clone()) else { return };
        let mut chars = part.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, letter)) = chars.next() {
            let start = range.start + at;
            let next = chars.peek().map(|(_, next)| *next);
            if is_wide(letter) {
                self.close(start);
                self.begin(start, letter);
                self.close(start + letter.len_utf8());
            } else if letter == '#' && self.open.is_none() && next.is_some_and(|next| next.is_ascii_digit()) {
                // The number of an issue is not that number.
                self.begin(start, letter);
            } else if is_letter(letter) || (is_apostrophe(letter) && self.open.is_some() && next.is_some_and(is_letter)) {
                self.begin(start, letter);
            } else {
                self.close(start);
                let ends = self.words.last().is_some_and(|word| word.end == start);
                self.part(letter, next, before);
                if is_apostrophe(letter) {
                    self.quote(ends, next);
                }
            }
            before = letter;
        }
        self.close(range.end);
    }

    /// Cuts the part of `text` in `range`, which is code: a few words are names, more are one opaque word.
    pub fn feed_code(&mut self, text: &str, range: Range<usize>) {
        let (before, gap, quoted) = (self.words.len(), self.gap, self.quoted > 0);
        let depth = self.quoted;
        self.feed(text, range.clone());
        if self.words.len() > before + CODE_WORDS {
            self.words.truncate(before);
        }
        if self.words.len() == before {
            let place = Word { start: range.start, end: range.end, gap, quoted, ..Word::default() };
            self.words.push(Word { ascii: true, code: true, dotted: true, ..place });
        }
        let dotted = text.get(range).is_some_and(|code| code.contains(['.', '/', '(', '=', ' ', '<']));
        for word in self.words.iter_mut().skip(before) {
            word.code = true;
            word.dotted = dotted;
            word.quoted = quoted;
        }
        if let Some(first) = self.words.get_mut(before) {
            first.gap = gap;
        }
        (self.gap, self.quoted) = (Gap::None, depth);
    }

    fn begin(&mut self, start: usize, letter: char) {
        let Self { gap, quoted, joined, .. } = *self;
        let fresh = Word { start, end: start, hash: SEED, gap, quoted: quoted > 0, joined, ascii: true, ..Word::default() };
        let word = self.open.get_or_insert(fresh);
        if word.hash == SEED {
            (word.capital, word.digits) = (letter.is_uppercase(), true);
        }
        word.digits &= letter.is_ascii_digit();
        word.ascii &= letter.is_ascii();
        word.ending = [word.ending[1], u8::try_from(letter).unwrap_or(0).to_ascii_lowercase()];
        word.hash = mix(word.hash, letter);
    }

    fn close(&mut self, end: usize) {
        if let Some(word) = self.open.take() {
            self.words.push(Word { end, ..word });
            self.gap = Gap::None;
            self.joined = false;
        }
    }

    /// Single quotation marks open before a word and close after one; what ends a sentence ends them.
    fn quote(&mut self, ends: bool, next: Option<char>) {
        if self.single && ends {
            (self.single, self.quoted) = (false, 0);
        } else if !self.single && self.quoted == 0 && !ends && next.is_some_and(is_letter) {
            (self.single, self.quoted) = (true, 1);
        }
    }

    fn part(&mut self, letter: char, next: Option<char>, before: char) {
        self.joined = matches!(letter, '-' | '_') && next.is_some_and(is_letter);
        let spaced = next.is_none_or(|next| next.is_whitespace() || is_closing(next) || is_wide(next));
        let gap = match letter {
            '(' | ')' | '（' | '）' | '[' | ']' => Gap::Bracket,
            ',' | '、' | '，' => Gap::Comma,
            '→' | '›' | '»' | '➜' | '⇒' | '▸' => Gap::Arrow,
            '>' if spaced => Gap::Arrow,
            '—' | '–' | '；' | '…' => Gap::Dash,
            '-' | ';' if spaced => Gap::Dash,
            ':' if spaced => Gap::Colon,
            '：' => Gap::Colon,
            '\n' => Gap::Line,
            '.' | '!' if spaced => Gap::Stop,
            '。' | '！' | '।' => Gap::Stop,
            '?' if spaced => Gap::Question,
            '？' => Gap::Question,
            _ => Gap::None,
        };
        if self.single && gap >= Gap::Stop {
            (self.single, self.quoted) = (false, 0);
        }
        let opens = before.is_whitespace() && next.is_some_and(is_letter);
        match letter {
            // Straight marks open inside others where a word begins after a blank.
            '"' if self.quoted == 0 || opens && self.quoted < NESTED => self.quoted += 1,
            '“' if self.quoted > 0 && !opens => self.quoted -= 1,
            '“' | '„' | '「' | '『' | '«' => self.quoted = (self.quoted + 1).min(NESTED),
            '"' | '”' | '」' | '』' => self.quoted = self.quoted.saturating_sub(1),
            '»' if self.quoted > 0 => {
                self.quoted -= 1;
                return;
            }
            _ => {}
        }
        self.gap = self.gap.max(gap);
    }
}

/// The hash of no letters.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(hash: u64, letter: char) -> u64 {
    if letter.is_ascii() {
        return step(hash, u64::from(letter.to_ascii_lowercase() as u32));
    }
    if is_apostrophe(letter) {
        return step(hash, u64::from('\'' as u32));
    }
    // The dot of a Turkish `İ` goes with its capital.
    letter.to_lowercase().filter(|letter| *letter != '\u{307}').fold(hash, |hash, letter| step(hash, u64::from(letter as u32)))
}

/// FNV-1a, a character at a time: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | ')' | ']' | '*' | '”' | '’' | '»' | '.' | '!' | '?')
}

/// Letters, digits, emoji that serve as signs, and the marks of scripts that write vowels around consonants.
fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || letter == '^';
    }
    letter.is_alphanumeric() || matches!(letter, '\u{900}'..='\u{963}' | '\u{300}'..='\u{36f}' | '❌' | '🚫' | '⛔' | '✅')
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

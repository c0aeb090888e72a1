//! Makes the phrase table of the lexicons; the build script does this.

use super::{
    endings,
    format::{Class as Shows, Cue, Forms, Lexicon},
    phrases::{Closed, Form, Sense, Table, Telling, bit},
    words,
};
use crate::text::{Class, Column, Filing, Sieve, Starts};
use std::collections::BTreeMap;

/// Which lexicon says so, by its place in the table; the kind of sense; and what is meant.
type Meaning = (u8, usize, usize);

/// A node of the phrases being gathered: where each word leads, by its hash, and the meanings of what ends here.
#[derive(Debug, Default)]
struct Node {
    edges: BTreeMap<u64, usize>,
    meanings: Vec<Meaning>,
}

/// What nodes have in common that go on alike: their meanings, and the shared nodes that words lead to, by the words' places.
type Shape = (Vec<Meaning>, Vec<(usize, usize)>);

/// The phrases while they are gathered.
#[derive(Debug)]
struct Gathered {
    nodes: Vec<Node>,
    /// For every word the languages in which it is everyday, and those that know it.
    words: BTreeMap<u64, (u16, u16)>,
    concepts: Vec<String>,
    cues: Vec<Cue>,
}

/// The table of `lexicons`.
pub(crate) fn table(lexicons: Vec<Lexicon>) -> Table<'static> {
    let lexicons: Vec<Lexicon> = lexicons.into_iter().map(|lexicon| endings::written_out(lexicon).expanded()).collect();
    let mut gathered = Gathered { nodes: vec![Node::default()], words: BTreeMap::new(), concepts: Vec::new(), cues: Vec::new() };
    let mut table = Table::default();
    for (language, lexicon) in (0..).zip(&lexicons) {
        table.tags.push(lexicon.tag.clone());
        table.orders.push(lexicon.order);
        table.compounds.push(lexicon.compounds);
        table.capitals.push(lexicon.capitals);
        if !lexicon.precedence.is_empty() {
            table.fallback = language;
        }
        gathered.add(lexicon, language);
    }
    let precedence = lexicons.iter().flat_map(|lexicon| &lexicon.precedence);
    table.precedence = precedence.filter_map(|name| u16::try_from(gathered.concept(name)).ok()).collect();
    table.telling = telling(&lexicons);
    table.classes = classes(&lexicons);
    gathered.shared(table)
}

/// The first words of what tells, with their classes.
pub(crate) fn first_words(table: &Table<'_>) -> Vec<(Class, u32)> {
    let Telling { verbs, things, frames, forms } = &table.telling;
    [verbs, things, frames, forms].into_iter().flat_map(|sieve| sieve.first_words()).collect()
}

fn telling(lexicons: &[Lexicon]) -> Telling<'static> {
    let forms = lexicons.iter().flat_map(|lexicon| lexicon.verbs.values());
    let idioms = lexicons.iter().filter_map(|lexicon| lexicon.cues.get(&Cue::Idiom)).flatten();
    let verbs = forms.flat_map(|forms| [&forms.tell, &forms.closing, &forms.doing, &forms.done]).flatten().chain(idioms);
    let shows = |class| lexicons.iter().filter_map(move |lexicon| lexicon.classes.get(&class)).flatten();
    let verbs = verbs.chain([Shows::Obliges, Shows::Polite, Shows::Ensures, Shows::Ability].into_iter().flat_map(shows));
    let things = lexicons.iter().flat_map(|lexicon| lexicon.objects.values().chain(lexicon.recipients.values())).flatten();
    let frames = lexicons.iter().flat_map(|lexicon| [Cue::Offer, Cue::Closed].map(|cue| lexicon.cues.get(&cue))).flatten().flatten();
    Telling {
        verbs: Sieve::of(verbs.map(String::as_str)).classed(Class::TELLS),
        things: Sieve::of(things.chain(shows(Shows::Acts)).map(String::as_str)).classed(Class::THING),
        frames: Sieve::of(frames.map(String::as_str)).classed(Class::FRAME),
        forms: Sieve::of(shows(Shows::Granted).chain(shows(Shows::Titles)).map(String::as_str)).classed(Class::GIVES),
    }
}

/// The languages in which words that end so count, as bits, and the ending.
type Ending = (u16, [u8; 2]);

/// The words of every class: whole, or as endings of one or two plain letters, `-s`, `-ed`.
fn classes(lexicons: &[Lexicon]) -> BTreeMap<Shows, Closed> {
    let mut gathered: BTreeMap<Shows, (BTreeMap<u64, u16>, Vec<Ending>)> = BTreeMap::new();
    for (language, lexicon) in (0..).zip(lexicons) {
        for (class, texts) in &lexicon.classes {
            let (whole, endings) = gathered.entry(*class).or_default();
            for text in texts {
                match text.strip_prefix('-').map(str::as_bytes) {
                    Some([last]) => endings.push((bit(language), [0, *last])),
                    Some([second, last]) => endings.push((bit(language), [*second, *last])),
                    _ => words::cut(text).iter().for_each(|word| *whole.entry(word.hash).or_default() |= bit(language)),
                }
            }
        }
    }
    gathered.into_iter().map(|(class, (words, endings))| (class, Closed { words: words.into_iter().collect(), endings })).collect()
}

impl Gathered {
    fn add(&mut self, lexicon: &Lexicon, language: u8) {
        self.add_words(lexicon, language);
        for (name, Forms { tell, closing, doing, done }) in &lexicon.verbs {
            let concept = self.concept(name);
            let forms = [tell, closing, doing, done];
            for (kind, (_, phrases)) in (Sense::VERB..).zip(Form::ALL.iter().zip(forms)) {
                self.insert(phrases, (language, kind, concept));
            }
        }
        for (kind, things) in [(Sense::OBJECT, &lexicon.objects), (Sense::RECIPIENT, &lexicon.recipients)] {
            for (name, phrases) in things {
                let concept = self.concept(name);
                self.insert(phrases, (language, kind, concept));
            }
        }
        for (cue, phrases) in &lexicon.cues {
            let meant = self.cues.iter().position(|known| known == cue).unwrap_or(self.cues.len());
            if meant == self.cues.len() {
                self.cues.push(*cue);
            }
            self.insert(phrases, (language, Sense::CUE, meant));
        }
    }

    /// Adds the words that tell the language from others.
    fn add_words(&mut self, lexicon: &Lexicon, language: u8) {
        let bit = bit(language);
        for word in lexicon.common.iter().flat_map(|text| words::cut(text)) {
            let (common, known) = self.words.entry(word.hash).or_default();
            *common |= bit;
            *known |= bit;
        }
        let verbs = lexicon.verbs.values().flat_map(|forms| forms.tell.iter().chain(&forms.closing));
        let cues = lexicon.cues.iter().filter(|(cue, _)| !matches!(cue, Cue::Gate | Cue::Into)).flat_map(|(_, phrases)| phrases);
        for text in verbs.chain(cues).filter(|text| lexicon.precedence.is_empty() || telling_of_language(text)) {
            for word in words::cut(text) {
                self.words.entry(word.hash).or_default().1 |= bit;
            }
        }
    }

    /// The number of a concept.
    fn concept(&mut self, name: &str) -> usize {
        self.concepts.iter().position(|known| known == name).unwrap_or_else(|| {
            self.concepts.push(name.to_owned());
            self.concepts.len() - 1
        })
    }

    fn insert(&mut self, phrases: &[String], meaning: Meaning) {
        for phrase in phrases {
            let mut at = 0;
            for word in words::cut(phrase) {
                self.words.entry(word.hash).or_default();
                let fresh = self.nodes.len();
                let Some(node) = self.nodes.get_mut(at) else { break };
                at = *node.edges.entry(word.hash).or_insert(fresh);
                if at == fresh {
                    self.nodes.push(Node::default());
                }
            }
            if let Some(node) = self.nodes.get_mut(at).filter(|_| at > 0) {
                node.meanings.push(meaning);
            }
        }
    }

    /// `table` with the words and phrases, those that go on alike together.
    fn shared(self, table: Table<'static>) -> Table<'static> {
        let hashes: Vec<u64> = self.words.keys().copied().collect();
        let (filing, order) = Filing::of(&hashes);
        let in_order: Vec<u64> = order.iter().filter_map(|at| hashes.get(*at).copied()).collect();
        let places: BTreeMap<u64, usize> = in_order.iter().copied().zip(0..).collect();
        let mut shapes = Shapes { list: vec![Shape::default()], known: BTreeMap::from([(Shape::default(), 0)]) };
        let firsts: BTreeMap<u64, usize> = self.nodes.first().map(|root| self.follow(root, &places, &mut shapes)).unwrap_or_default();
        let bits = |pick: fn(&(u16, u16)) -> u16| -> Column<'static, 2> {
            in_order.iter().map(|hash| self.words.get(hash).map_or(0, pick).into()).collect()
        };
        let mut lists: Vec<&Vec<Meaning>> = shapes.list.iter().map(|(meanings, _)| meanings).collect();
        lists.sort_unstable();
        lists.dedup();
        let edges = || shapes.list.iter().flat_map(|(_, edges)| edges.iter());
        let meanings = || lists.iter().flat_map(|list| list.iter());
        Table {
            words: filing,
            common: bits(|(common, _)| *common),
            known: bits(|(_, known)| *known),
            firsts: in_order.iter().map(|hash| firsts.get(hash).copied().unwrap_or(0)).collect(),
            edges: Starts::of(shapes.list.iter().map(|(_, edges)| edges.len())),
            over: edges().map(|(word, _)| *word).collect(),
            to: edges().map(|(_, node)| *node).collect(),
            lists: shapes.list.iter().filter_map(|(meanings, _)| lists.binary_search(&meanings).ok()).collect(),
            meanings: Starts::of(lists.iter().map(|list| list.len())),
            languages: meanings().map(|(language, ..)| usize::from(*language)).collect(),
            kinds: meanings().map(|(_, kind, _)| *kind).collect(),
            meant: meanings().map(|(.., meant)| *meant).collect(),
            cues: self.cues,
            concepts: self.concepts,
            ..table
        }
    }

    /// Where the words after `node` lead, as shapes.
    fn follow(&self, node: &Node, places: &BTreeMap<u64, usize>, shapes: &mut Shapes) -> BTreeMap<u64, usize> {
        let mut led = BTreeMap::new();
        for (hash, next) in &node.edges {
            let Some(next) = self.nodes.get(*next) else { continue };
            let after = self.follow(next, places, shapes);
            let mut edges: Vec<(usize, usize)> = after.iter().filter_map(|(hash, shape)| Some((*places.get(hash)?, *shape))).collect();
            edges.sort_unstable();
            led.insert(*hash, shapes.number((next.meanings.clone(), edges)));
        }
        led
    }
}

/// The shapes that nodes have, each once; the first is that of no node.
struct Shapes {
    list: Vec<Shape>,
    known: BTreeMap<Shape, usize>,
}

impl Shapes {
    fn number(&mut self, shape: Shape) -> usize {
        let fresh = self.list.len();
        let number = *self.known.entry(shape.clone()).or_insert(fresh);
        if number == fresh {
            self.list.push(shape);
        }
        number
    }
}

/// Whether the words of `phrase` show that a text is in the language of the fallback: those of a long one are words of any text.
fn telling_of_language(phrase: &str) -> bool {
    const FEW: usize = 2;
    !phrase.is_ascii() || phrase.split(' ').count() <= FEW
}

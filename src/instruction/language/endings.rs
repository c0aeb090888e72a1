//! Writes out the forms of words that differ only at their end: `add|s|ed` stands for `adds` and `added`.

use super::format::{Forms, Lexicon};

/// `lexicon` with every form written out.
pub(super) fn written_out(mut lexicon: Lexicon) -> Lexicon {
    let Lexicon { common, verbs, objects, recipients, cues, .. } = &mut lexicon;
    let verbs = verbs.values_mut().flat_map(|Forms { tell, closing, doing, done }| [tell, closing, doing, done]);
    let things = objects.values_mut().chain(recipients.values_mut()).chain(cues.values_mut());
    for phrases in verbs.chain(things).chain([common]) {
        if phrases.iter().any(|phrase| phrase.contains('|')) {
            *phrases = phrases.iter().flat_map(|phrase| forms(phrase)).collect();
        }
    }
    lexicon
}

fn forms(phrase: &str) -> Vec<String> {
    let Some((stem, endings)) = phrase.split_once('|') else { return vec![phrase.to_owned()] };
    endings.split('|').map(|ending| format!("{stem}{ending}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_out_each_ending() {
        assert_eq!(forms("add||s|ing to"), ["add", "adds", "adding to"]);
        assert_eq!(forms("give me"), ["give me"]);
    }
}

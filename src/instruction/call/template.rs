//! Puts in what the expressions of a template make, where they need nothing but the template: `{{ 'su' ~ 'do' }}`,
//! `{{ list "cluster" "admin" | join "-" }}`, a variable set above.
//!
//! Jinja calls filters with brackets, Go's templates call functions with blanks between; both are told by their shape.

use super::{
    apply::apply,
    fold::{self, Known, Value},
};
use crate::instruction::{
    Budget,
    shell::{Decoding, decoding},
};

/// Expressions, at most, of one template.
const MAX_EXPRESSIONS: usize = 256;
/// Bytes, at most, of one expression.
const MAX_BYTES: usize = 512;
/// Bytes, at most, of what one expression makes.
const MAX_MADE: usize = 4096;
/// Brackets in brackets, at most.
const MAX_DEPTH: usize = 4;
/// What stands before variables and their values.
const VARIABLES: &[&str] = &["vars:", "set_fact:", "ansible.builtin.set_fact:"];

/// `code` with the expressions of known value put in; nothing when there is none.
pub(crate) fn rendered(code: &str, budget: &mut Budget) -> Option<String> {
    if !code.contains("{{") || !budget.take(code.len()) {
        return None;
    }
    let known = variables(code);
    let (made, count) = render(code, &known);
    (count > 0 && budget.take(made.len())).then_some(made)
}

/// `code` with its expressions put in, and how many were.
fn render(code: &str, known: &Known) -> (String, usize) {
    let mut known = known.clone();
    let (mut made, mut count) = (String::with_capacity(code.len()), 0);
    let mut rest = code;
    for _ in 0..MAX_EXPRESSIONS {
        let Some((before, after)) = rest.split_once("{{") else { break };
        let Some((inner, beyond)) = after.split_once("}}") else { break };
        made.push_str(before);
        let expression = inner.trim_matches(['-', ' ', '\n', '\t']);
        let set = expression.split_once(":=").filter(|(name, _)| name.starts_with('$'));
        match evaluate(set.map_or(expression, |(_, value)| value), &known).filter(|value| value.text().len() <= MAX_MADE) {
            Some(value) => {
                match set {
                    Some((name, _)) => drop(known.insert(name.trim().trim_start_matches('$').to_owned(), value)),
                    None => made.push_str(&value.text()),
                }
                count += 1;
            }
            None => made.extend(["{{", inner, "}}"]),
        }
        rest = beyond;
    }
    made.push_str(rest);
    (made, count)
}

/// The variables that `code` sets: below or behind `vars:`, or by `{% set name = value %}`.
fn variables(code: &str) -> Known {
    let mut known = Known::new();
    let mut within = None;
    for line in code.lines() {
        let text = line.trim_start_matches([' ', '-']);
        let indent = line.len() - text.len();
        if within.is_some_and(|outer| indent > outer) {
            set(text, &mut known);
            continue;
        }
        within = None;
        if let Some(behind) = VARIABLES.iter().find_map(|name| text.strip_prefix(name)) {
            let pairs = behind.trim().strip_prefix('{').map(|pairs| pairs.trim_end_matches('}'));
            pairs.into_iter().flat_map(|pairs| pairs.split(", ")).for_each(|pair| set(pair, &mut known));
            within = pairs.is_none().then_some(indent);
        }
        let assigned = text.split_once("{% set ").and_then(|(_, rest)| rest.split_once("%}")).and_then(|(inner, _)| inner.split_once('='));
        if let Some((name, value)) = assigned.and_then(|(name, value)| Some((name, evaluate(value, &known)?))) {
            known.insert(name.trim().to_owned(), value);
        }
    }
    known
}

/// Adds the variable that `pair`, a key and a value, sets.
fn set(pair: &str, known: &mut Known) {
    let Some((name, value)) = pair.split_once(':') else { return };
    let value = value.trim().trim_matches(['"', '\'']);
    let plain = name.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && !value.is_empty() && value.len() <= MAX_BYTES && known.len() < MAX_EXPRESSIONS {
        let (value, _) = if value.contains("{{") { render(value, &known.clone()) } else { (value.to_owned(), 0) };
        known.insert(name.trim().to_owned(), Value::Text(value));
    }
}

/// What `expression` makes, filter after filter.
fn evaluate(expression: &str, known: &Known) -> Option<Value> {
    if expression.len() > MAX_BYTES {
        return None;
    }
    let mut stages = parts(expression, '|').into_iter();
    let first = stage(stages.next()?, None, known, 0)?;
    stages.try_fold(first, |value, text| stage(text, Some(value), known, 0))
}

/// What one function or filter makes of what is piped into it.
fn stage(text: &str, piped: Option<Value>, known: &Known, depth: usize) -> Option<Value> {
    let text = text.trim();
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return stage(inner, piped, known, depth + 1);
    }
    let Some(piped) = piped else {
        return go(text, None, known, depth).or_else(|| jinja(text, known)).filter(Value::is_known);
    };
    if let Some((name, arguments)) = text.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?))) {
        let arguments = parts(arguments, ',').into_iter().filter(|part| !part.trim().is_empty()).map(|part| jinja(part, known));
        return apply(decoding(name.trim())?, Some(piped), arguments.collect::<Option<Vec<_>>>()?);
    }
    let joins = decoding(text) == Some(Decoding::Join);
    if joins { apply(Decoding::Join, Some(piped), vec![Value::Text(String::new())]) } else { go(text, Some(piped), known, depth) }
}

/// An expression of Jinja: `'su' ~ 'do'`, `'7' * 3`, `['a', 'b']`.
fn jinja(text: &str, known: &Known) -> Option<Value> {
    let pieces = parts(text, '~');
    if pieces.len() > 1 {
        let made = pieces.into_iter().map(|piece| jinja(piece, known).map(|value| value.text())).collect::<Option<String>>()?;
        return Some(Value::Text(made));
    }
    if let [piece, times] = parts(text, '*').as_slice()
        && let (Some(Value::Text(piece)), Ok(times)) = (fold::whole(piece.trim(), known), times.trim().parse::<usize>())
    {
        return (piece.len() * times.min(MAX_MADE) <= MAX_MADE).then(|| Value::Text(piece.repeat(times)));
    }
    fold::whole(text.trim(), known)
}

/// A call of Go's templates: `printf "%s-%s" "cluster" "admin"`.
fn go(text: &str, piped: Option<Value>, known: &Known, depth: usize) -> Option<Value> {
    let words = parts(text, ' ');
    let (name, arguments) = words.split_first()?;
    let made = decoding(name)?;
    if piped.is_none() && arguments.is_empty() {
        return None;
    }
    let arguments: Option<Vec<Value>> = arguments
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| if word.starts_with('(') { stage(word, None, known, depth + 1) } else { fold::whole(word, known) })
        .collect();
    let mut all: Vec<Value> = arguments?.into_iter().chain(piped).collect();
    match made {
        Decoding::Print if all.first().is_some_and(|first| first.text().contains('%')) => apply(Decoding::Format, None, all),
        Decoding::Print => apply(Decoding::Concat, None, all),
        Decoding::Same if all.len() > 1 => Some(Value::List(all)),
        Decoding::Replace => {
            all.rotate_right(1);
            apply(made, None, all)
        }
        Decoding::Run | Decoding::Module | Decoding::Member | Decoding::Function | Decoding::Method => None,
        _ => apply(made, None, all),
    }
}

/// `text` cut at each `mark` outside quotes and brackets.
fn parts(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) if c == mark && depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(code: &str) -> Option<String> {
        rendered(code, &mut Budget::for_bytes(4096))
    }

    #[test]
    fn expressions_of_jinja_are_put_in() {
        assert_eq!(made("a: {{ 'ch' ~ 'own' }} x").as_deref(), Some("a: chown x"));
        assert_eq!(made("a: \"0{{ '7' * 3 }}\"").as_deref(), Some("a: \"0777\""));
        assert_eq!(made("{{ ['set', 'facl'] | join('') }} {{ 'aXb' | replace('X', '') }}").as_deref(), Some("setfacl ab"));
        assert_eq!(made("vars:\n  t: user\n{{ t }}mod").as_deref(), Some("vars:\n  t: user\nusermod"));
        assert_eq!(made("{% set r = 'ow' + 'ner' %}{{ r }}").as_deref(), Some("{% set r = 'ow' + 'ner' %}owner"));
    }

    #[test]
    fn functions_of_go_are_put_in() {
        assert_eq!(made("kind: {{ printf \"%s%s\" \"Role\" \"Binding\" }}").as_deref(), Some("kind: RoleBinding"));
        assert_eq!(made("{{ list \"a\" \"b\" | join \"-\" }} {{ join \"\" (list \"c\" \"d\") }}").as_deref(), Some("a-b cd"));
        assert_eq!(made("{{- $r := \"edit\" -}}{{ $r | quote }}").as_deref(), Some("edit"));
        assert_eq!(made("{{ \"eGRtaW4=\" | b64dec }}").as_deref(), Some("xdmin"));
    }

    #[test]
    fn what_only_rendering_would_tell_stays() {
        assert_eq!(made("name: {{ .Release.Name }} {{ include \"a.b\" . }} {{ user_name }}"), None);
        assert_eq!(made("{{ x | default('a') | mystery }}"), None);
        assert!(rendered(&"{{ (".repeat(10_000), &mut Budget::for_bytes(40_000)).is_none());
    }
}

//! The arithmetic of `$((…))`: whole numbers, the four operations, remainder, parentheses and variables.

/// How deep parentheses may stand in parentheses.
const MAX_DEPTH: usize = 16;

/// The value of `expression`, where it is simple enough to tell.
pub(super) fn evaluate(expression: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Option<i64> {
    let mut reader = Reader { text: expression, at: 0, lookup, depth: 0 };
    let value = reader.sum()?;
    reader.peek().is_none().then_some(value)
}

struct Reader<'e> {
    text: &'e str,
    at: usize,
    lookup: &'e dyn Fn(&str) -> Option<String>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        while self.text.as_bytes().get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.as_bytes().get(self.at).copied()
    }

    fn sum(&mut self) -> Option<i64> {
        let mut value = self.product()?;
        while let Some(operator @ (b'+' | b'-')) = self.peek() {
            self.at += 1;
            let next = self.product()?;
            value = if operator == b'+' { value.checked_add(next)? } else { value.checked_sub(next)? };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<i64> {
        let mut value = self.atom()?;
        while let Some(operator @ (b'*' | b'/' | b'%')) = self.peek() {
            self.at += 1;
            let next = self.atom()?;
            value = match operator {
                b'*' => value.checked_mul(next)?,
                b'/' => value.checked_div(next)?,
                _ => value.checked_rem(next)?,
            };
        }
        Some(value)
    }

    fn atom(&mut self) -> Option<i64> {
        match self.peek()? {
            b'(' if self.depth < MAX_DEPTH => {
                self.at += 1;
                self.depth += 1;
                let value = self.sum()?;
                self.depth -= 1;
                (self.peek()? == b')').then(|| self.at += 1)?;
                Some(value)
            }
            b'-' if self.depth < MAX_DEPTH => {
                self.at += 1;
                self.depth += 1;
                let value = self.atom()?.checked_neg();
                self.depth -= 1;
                value
            }
            b'$' => {
                self.at += 1;
                self.atom()
            }
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<i64> {
        let start = self.at;
        while self.text.as_bytes().get(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'#')) {
            self.at += 1;
        }
        let word = self.text.get(start..self.at)?;
        if word.starts_with(|first: char| first.is_ascii_digit()) { literal(word) } else { literal((self.lookup)(word)?.trim()) }
    }
}

/// `10`, `0x1f`, `0777`, `8#777`.
fn literal(word: &str) -> Option<i64> {
    if let Some((base, digits)) = word.split_once('#') {
        let base = base.parse().ok().filter(|base| (2..=36).contains(base))?;
        return i64::from_str_radix(digits, base).ok();
    }
    match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None if word.len() > 1 && word.starts_with('0') => i64::from_str_radix(word, 8).ok(),
        None => word.parse().ok(),
    }
}

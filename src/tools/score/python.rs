//! Figures and lists as `score.py` prints them, so that its output and ours can be compared as text.
//!
//! Python rounds the nearest binary fraction of a ratio to four places, ties to even. [`Ratio`] does the same
//! in whole numbers: a ratio in the middle of two results goes where its binary fraction lies.

use std::cmp::Ordering;
use std::fmt;

/// A ratio rounded to four places, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio(u64);

impl Ratio {
    /// `part` of `whole`; none if the whole is nothing.
    pub(super) fn of(part: u64, whole: u64) -> Option<Self> {
        let (floor, rest) = ((part * 10_000).checked_div(whole)?, part * 10_000 % whole);
        let up = match (rest * 2).cmp(&whole) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => match binary_error(part, whole) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => floor % 2 == 1,
            },
        };
        Some(Ratio(floor + u64::from(up)))
    }
}

/// Whether the binary fraction of 53 bits nearest to `part`/`whole` is less, equal or greater.
fn binary_error(part: u64, whole: u64) -> Ordering {
    let (part, whole) = (u128::from(part), u128::from(whole));
    // Shift until the quotient has exactly 53 bits.
    let mut shift = 0;
    while shift < 64 && (part << (shift + 1)) / whole < 1 << 53 {
        shift += 1;
    }
    let (scaled, quotient) = (part << shift, (part << shift) / whole);
    let rest = scaled % whole;
    if rest == 0 {
        return Ordering::Equal;
    }
    let up = rest * 2 > whole || (rest * 2 == whole && quotient % 2 == 1);
    if up { Ordering::Greater } else { Ordering::Less }
}

impl fmt::Display for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:04}", self.0 % 10_000);
        let fraction = fraction.trim_end_matches('0');
        write!(out, "{}.{}", self.0 / 10_000, if fraction.is_empty() { "0" } else { fraction })
    }
}

/// A string as Python's `repr` shows it.
pub(super) fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut shown = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '\\' => shown.push_str("\\\\"),
            c if c == quote => {
                shown.push('\\');
                shown.push(c);
            }
            ' ' => shown.push(' '),
            c if c.is_control() || c.is_whitespace() => shown.push_str(&escaped(c)),
            c => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}

fn escaped(c: char) -> String {
    let code = c as u32;
    if code < 0x100 { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") }
}

/// A string or `None`.
pub(super) fn repr_option(text: Option<&str>) -> String {
    text.map_or("None".to_owned(), repr)
}

/// A list of things shown.
pub(super) fn repr_list(shown: impl Iterator<Item = String>) -> String {
    format!("[{}]", shown.collect::<Vec<_>>().join(", "))
}

/// At least `width` characters, spaces on the left.
pub(super) fn pad_left(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

/// At least `width` characters, spaces on the right.
pub(super) fn pad_right(text: &str, width: usize) -> String {
    format!("{text:width$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_round_as_python_does() {
        // python3 -c "print(round(1/160, 4))" and so on
        for (part, whole, shown) in [
            (1, 3, "0.3333"),
            (2, 3, "0.6667"),
            (1, 1, "1.0"),
            (0, 7, "0.0"),
            (1, 160, "0.0063"),
            (3, 160, "0.0187"),
            (1, 32, "0.0312"),
            (3, 32, "0.0938"),
            (7, 160, "0.0437"),
            (11, 800, "0.0138"),
        ] {
            assert_eq!(Ratio::of(part, whole).expect("a whole").to_string(), shown, "{part}/{whole}");
        }
        assert_eq!(Ratio::of(1, 0), None);
    }

    #[test]
    fn strings_are_shown_with_their_quotes() {
        assert_eq!(repr("收入 合计"), "'收入 合计'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("a\u{3000}b\n"), "'a\\u3000b\\n'");
        assert_eq!(repr_list([Some("x"), None].into_iter().map(repr_option)), "['x', None]");
    }
}

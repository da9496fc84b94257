//! Slips of the hand in a figure's digits: one changed, two swapped, one too many or too few.
//!
//! In: a fact and the range its value ought to be in. Out: the digits that would be right. Surprise: a
//! figure has hundreds of possible slips, so the range is turned once into a range of the digits read as
//! one whole number; trying a slip is then an addition and a comparison.

use super::gather::Gathered;
use crate::figure::token::{digits_of, parse_digits};
use crate::quantity::Decimal;
use std::cell::Cell;

/// Longer figures are not tried.
const LONGEST: usize = 24;

/// A figure whose digits are tried.
pub(super) struct Slip<'t> {
    raw: &'t str,
    /// What the printed digits are multiplied with, sign included.
    factor: Decimal,
    range: (Decimal, Decimal),
    /// The scale asked for last, and its answer: nearly all slips leave the scale as it is.
    known: Cell<Option<(u32, (i128, i128))>>,
}

impl<'t> Slip<'t> {
    /// None for digits that no slip can put into `range`, or that stand for nothing.
    pub(super) fn new(gathered: &Gathered<'t, '_>, fact: u32, range: (Decimal, Decimal)) -> Option<Self> {
        let raw = gathered.raw(fact);
        // Nought fits whatever the digits were multiplied with.
        if raw.len() > LONGEST || !raw.is_ascii() || (range.0 <= Decimal::ZERO && Decimal::ZERO <= range.1) {
            return None;
        }
        let printed = parse_digits(raw).filter(|printed| !printed.is_zero())?;
        let factor = gathered.fact(fact).value.checked_div(printed).filter(|factor| !factor.is_zero())?.normalize();
        Some(Slip { raw, factor, range, known: Cell::new(None) })
    }

    /// The digits, read as one whole number with `scale` decimals, that give a value in the range.
    fn wanted(&self, scale: u32) -> (i128, i128) {
        if let Some((_, wanted)) = self.known.get().filter(|(known, _)| *known == scale) {
            return wanted;
        }
        let (factor, shift) = (self.factor.mantissa(), self.factor.scale() + scale);
        let [low, high] = if factor > 0 { [self.range.0, self.range.1] } else { [-self.range.1, -self.range.0] };
        let wanted = (divide_up(low, shift, factor.abs()), -divide_up(-high, shift, factor.abs()));
        self.known.set(Some((scale, wanted)));
        wanted
    }

    /// Whether `digits` give a value in the range.
    fn fits(&self, digits: &[u8]) -> bool {
        digits_of(digits).is_some_and(|(whole, scale)| {
            let (low, high) = self.wanted(scale);
            low <= whole && whole <= high
        })
    }

    /// The digits with one of them changed.
    pub(super) fn one_digit(&self) -> Option<String> {
        let raw = self.raw.as_bytes();
        let (printed, scale) = digits_of(raw)?;
        let (low, high) = self.wanted(scale);
        let mut worth = 10_i128.pow(raw.iter().filter(|byte| byte.is_ascii_digit()).count() as u32);
        for (at, before) in raw.iter().copied().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
            worth /= 10;
            // 1292.95 may become 0292.95 by accident, but nobody would leave it so.
            let leading = at == 0 && raw.len() > 1 && raw.get(1) != Some(&b'.');
            let first = if leading { b'1' } else { b'0' };
            for digit in (first..=b'9').filter(|digit| *digit != before) {
                let whole = printed + worth * (i128::from(digit) - i128::from(before));
                if low <= whole && whole <= high {
                    let mut changed = self.raw.to_owned();
                    changed.replace_range(at..=at, char::from(digit).encode_utf8(&mut [0]));
                    return Some(changed);
                }
            }
        }
        None
    }

    /// Two neighbouring digits swapped, or one too many or too few.
    pub(super) fn other_edit(&self) -> Option<(&'static str, String)> {
        let (printed, scale) = digits_of(self.raw.as_bytes())?;
        self.swapped(printed, scale).or_else(|| self.one_more_or_less(printed, scale))
    }

    fn swapped(&self, printed: i128, scale: u32) -> Option<(&'static str, String)> {
        let raw = self.raw.as_bytes();
        let (low, high) = self.wanted(scale);
        let mut behind = digits_in(raw);
        for at in 1..raw.len() {
            behind -= usize::from(raw[at - 1].is_ascii_digit());
            if raw[at - 1] == raw[at] {
                continue;
            }
            let fits = if raw[at - 1].is_ascii_digit() && raw[at].is_ascii_digit() {
                // The left one was worth ten times the right one.
                let worth = 9 * power(behind - 1);
                let whole = printed + worth * (i128::from(raw[at]) - i128::from(raw[at - 1]));
                low <= whole && whole <= high
            } else {
                let mut changed = raw.to_vec();
                changed.swap(at - 1, at);
                self.fits(&changed)
            };
            if fits {
                let mut changed = raw.to_vec();
                changed.swap(at - 1, at);
                return Some(("two digits swapped", String::from_utf8_lossy(&changed).into_owned()));
            }
        }
        None
    }

    fn one_more_or_less(&self, printed: i128, scale: u32) -> Option<(&'static str, String)> {
        let raw = self.raw.as_bytes();
        let digits = digits_in(raw);
        let (same, more) = (self.wanted(scale), self.wanted(scale + 1));
        let fewer = scale.checked_sub(1).map(|scale| self.wanted(scale));
        let within = |whole: i128, (low, high): (i128, i128)| low <= whole && whole <= high;
        let (mut behind, mut fraction) = (digits, false);
        // What stands left and right of here, as whole numbers.
        let (mut left, mut right) = (0, printed);
        for (at, byte) in raw.iter().enumerate() {
            let own = i128::from(byte.wrapping_sub(b'0'));
            let too_many = if byte.is_ascii_digit() {
                let rest = left * power(behind - 1) + right - own * power(behind - 1);
                digits > 1 && if fraction { fewer.is_some_and(|range| within(rest, range)) } else { within(rest, same) }
            } else {
                self.fits(&[&raw[..at], &raw[at + 1..]].concat())
            };
            if too_many {
                return Some(("a digit too many", [&self.raw[..at], &self.raw[at + 1..]].concat()));
            }
            let range = if fraction { more } else { same };
            let mut longer = left * 10 * power(behind) + right;
            for digit in '0'..='9' {
                let found = within(longer, range);
                longer += power(behind);
                if found {
                    let digit = digit.to_string();
                    return Some(("a digit dropped", [&self.raw[..at], &digit, &self.raw[at..]].concat()));
                }
            }
            if byte.is_ascii_digit() {
                behind -= 1;
                left = left * 10 + own;
                right -= own * power(behind);
            }
            fraction |= *byte == b'.';
        }
        None
    }
}

fn digits_in(raw: &[u8]) -> usize {
    raw.iter().filter(|byte| byte.is_ascii_digit()).count()
}

/// 10^`exponent`, for no more digits than are tried.
fn power(exponent: usize) -> i128 {
    const POWERS: [i128; LONGEST + 1] = {
        let mut powers = [1; LONGEST + 1];
        let mut exponent = 1;
        while exponent <= LONGEST {
            powers[exponent] = powers[exponent - 1] * 10;
            exponent += 1;
        }
        powers
    };
    POWERS[exponent]
}

/// `value` × 10^`scale` ÷ `divisor`, rounded up; far beyond every figure where that has no room.
fn divide_up(value: Decimal, scale: u32, divisor: i128) -> i128 {
    let beyond = if value.is_sign_negative() { -i128::MAX } else { i128::MAX };
    let up = |dividend: i128, divisor: i128| {
        let quotient = dividend.div_euclid(divisor);
        quotient + i128::from(dividend.rem_euclid(divisor) != 0)
    };
    let power = |exponent: u32| 10_i128.checked_pow(exponent);
    if value.scale() <= scale {
        let whole = power(scale - value.scale()).and_then(|power| value.mantissa().checked_mul(power));
        return whole.map_or(beyond, |whole| up(whole, divisor));
    }
    // What is left of the scale may have no room in the divisor; rounding up twice comes to the same.
    power(value.scale() - scale).map_or(beyond, |power| up(up(value.mantissa(), power), divisor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(raw: &'static str, factor: i64, range: (&str, &str)) -> Slip<'static> {
        let decimal = |digits: &str| digits.parse::<Decimal>().expect("a decimal");
        Slip { raw, factor: Decimal::from(factor), range: (decimal(range.0), decimal(range.1)), known: Cell::new(None) }
    }

    #[test]
    fn one_digit_may_be_wrong() {
        let near = ("12345599.99", "12345600.01");
        assert_eq!(slip("1,284.56", 10_000, ("12345600", "12345600")).one_digit().as_deref(), Some("1,234.56"));
        assert_eq!(slip("1,234.57", 10_000, near).one_digit().as_deref(), Some("1,234.56"));
        assert_eq!(slip("9,934.57", 10_000, near).one_digit(), None);
        assert_eq!(slip("7.5", -1, ("-2.5", "-2.5")).one_digit().as_deref(), Some("2.5"));
        assert_eq!(slip("7.5", -1, ("2.5", "2.5")).one_digit(), None, "the sign is not a digit");
    }

    #[test]
    fn nought_leads_only_before_a_point() {
        assert_eq!(slip("1.50", 1, ("0.5", "0.5")).one_digit().as_deref(), Some("0.50"));
        assert_eq!(slip("150", 1, ("50", "50")).one_digit(), None);
    }

    #[test]
    fn digits_may_be_swapped_dropped_or_too_many() {
        let edit = |slip: Slip<'_>| slip.other_edit().map(|(what, digits)| format!("{what} {digits}"));
        assert_eq!(edit(slip("1324.5", 1, ("1234.5", "1234.5"))).as_deref(), Some("two digits swapped 1234.5"));
        assert_eq!(edit(slip("1123.45", 1, ("123.45", "123.45"))).as_deref(), Some("a digit too many 123.45"));
        assert_eq!(edit(slip("123.4", 1, ("1923.4", "1923.4"))).as_deref(), Some("a digit dropped 1923.4"));
        assert_eq!(edit(slip("123.4", 1, ("9999.9", "9999.9"))), None);
    }

    #[test]
    fn edits_are_found_as_by_trying_each() {
        let tried = |slip: &Slip<'_>| {
            let raw = slip.raw.as_bytes();
            let swaps = (1..raw.len()).map(|at| {
                let mut changed = raw.to_vec();
                changed.swap(at - 1, at);
                ("two digits swapped", changed)
            });
            let swaps = swaps.filter(|(_, changed)| changed != raw);
            let others = (0..raw.len()).flat_map(|at| {
                let less = ("a digit too many", [&raw[..at], &raw[at + 1..]].concat());
                let more =
                    (b'0'..=b'9').map(move |digit| ("a digit dropped", [&raw[..at], &[digit], &raw[at..]].concat()));
                std::iter::once(less).chain(more)
            });
            swaps
                .chain(others)
                .find(|(_, changed)| slip.fits(changed))
                .map(|(what, changed)| (what, String::from_utf8(changed).expect("digits")))
        };
        let raws = ["7", "10", "1,204.50", "0.05", "12,345,678.90", "99.9", "100", "3.0", "20.31", "1.2.3"];
        for raw in raws {
            for hundredths in (0..30_000).step_by(7).chain([123_050, 1_020_450, 12_405, 5, 50, 500, 205]) {
                for factor in [1, 10_000, -1] {
                    let near = Decimal::new(hundredths, 2) * Decimal::from(factor);
                    let half = Decimal::new(5, 3);
                    let slip = Slip {
                        raw,
                        factor: Decimal::from(factor),
                        range: (near - half, near + half),
                        known: Cell::new(None),
                    };
                    assert_eq!(slip.other_edit(), tried(&slip), "{raw} for {near}");
                }
            }
        }
    }

    #[test]
    fn ranges_reach_to_the_last_decimal_and_no_farther() {
        let (low, high) = slip("1.00", 3, ("0.1", "1.000000000000000000000000001")).wanted(2);
        assert_eq!((low, high), (4, 33), "3 × 0.04 is the first above 0.1, and 3 × 0.33 the last below 1.0…1");
        let far = slip("1", 1, ("0.0000000000000000000000000001", "79228162514264337593543950335")).wanted(28);
        assert_eq!(far, (1, i128::MAX), "no overflow");
    }
}

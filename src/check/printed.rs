//! What a printed number stands for: an interval as wide as its last digit.
//!
//! In: a fact and its digits. Out: [`Printed`], and the verdicts over sums and ratios of them.
//! `1070.59万元` is 10 705 850 to 10 705 950 yuan. Surprise: amounts of yuan printed with their cents,
//! and counts printed in ones, are exact: there is nothing smaller that could have been rounded.

use super::Status;
use crate::fact::Fact;
use crate::figure::token::parse_digits;
use crate::quantity::{Decimal, Unit};

/// A value with the width of its last printed digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// The value in the unit's base.
    pub(super) value: Decimal,
    /// One in its last digit; 0 if it is exact.
    pub(super) step: Decimal,
}

/// How far two sides are apart, and what that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) status: Status,
    pub(super) left: Decimal,
    pub(super) right: Decimal,
    pub(super) difference: Decimal,
    pub(super) tolerance: Decimal,
}

fn cent() -> Decimal {
    Decimal::new(1, 2)
}

fn half(value: Decimal) -> Decimal {
    value.checked_mul(Decimal::new(5, 1)).unwrap_or(value)
}

/// Digits behind the point of a printed number.
pub(super) fn decimals(raw: &str) -> u32 {
    let point = raw.rfind(['.', '．']);
    let behind = point.map_or("", |at| &raw[at..]);
    behind.chars().skip(1).filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count() as u32
}

impl Printed {
    /// What the digits `raw` of `fact` stand for; none beyond 28 digits.
    pub(super) fn of(fact: &Fact<'_>, raw: &str) -> Option<Self> {
        let value = fact.value;
        let digits = parse_digits(raw).filter(|digits| !digits.is_zero());
        let Some(digits) = digits else {
            // An amount of 0 or 0.00 means nothing at all; 0 % is whatever is too little to be printed.
            let step = if fact.unit == Unit::Percent { Decimal::new(1, decimals(raw).min(20)) } else { Decimal::ZERO };
            return value.is_zero().then_some(Printed { value, step });
        };
        let factor = value.abs().checked_div(digits)?;
        let places = decimals(raw);
        if places > 20 {
            return None;
        }
        let step = factor.checked_mul(Decimal::new(1, places))?.normalize();
        let exact = match fact.unit {
            Unit::Cny => step <= cent(),
            Unit::Percent => false,
            _ => step == Decimal::ONE,
        };
        Some(Printed { value, step: if exact { Decimal::ZERO } else { step } })
    }

    fn reach(self) -> Option<(Decimal, Decimal)> {
        let reach = half(self.step);
        Some((self.value.checked_sub(reach)?, self.value.checked_add(reach)?))
    }

    /// The interval, also if the number was cut off.
    fn wide(self) -> Option<(Decimal, Decimal)> {
        let (low, high) = self.reach()?;
        if self.value.is_sign_negative() && !self.value.is_zero() {
            Some((self.value.checked_sub(self.step)?, high))
        } else {
            Some((low, self.value.checked_add(self.step)?))
        }
    }
}

/// Terms of one side, added up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total {
    pub(super) value: Decimal,
    steps: Decimal,
    largest: Decimal,
    terms: u32,
    money: bool,
}

impl Total {
    /// Adds `printed`, or takes it away.
    pub(super) fn add(&mut self, printed: Printed, minus: bool, money: bool) -> Option<()> {
        self.value = if minus { self.value.checked_sub(printed.value) } else { self.value.checked_add(printed.value) }?;
        self.steps = self.steps.checked_add(printed.step)?;
        self.largest = self.largest.max(printed.step);
        self.terms += 1;
        self.money |= money;
        Some(())
    }
}

/// Whether two sums can be equal.
pub(super) fn compare(left: Total, right: Total) -> Option<Verdict> {
    let difference = left.value.checked_sub(right.value)?;
    let tolerance = half(left.steps.checked_add(right.steps)?);
    let apart = difference.abs();
    // One in the last digit of the whole: exact yuan have their cents.
    let last = if left.largest.is_zero() && left.money { cent() } else { left.largest };
    // Parts that were cut off are too small, each by less than one in the last digit of the whole.
    let cut =
        if right.terms > 1 { right.steps.min(last.checked_mul(Decimal::from(right.terms))?) } else { right.steps };
    let cut = difference < cut && difference > -left.steps;
    let status = if apart.is_zero() || apart < tolerance {
        Status::Holds
    } else if apart <= last || apart < tolerance.checked_add(half(last))? || cut {
        Status::Rounding
    } else {
        Status::Fails
    };
    Some(Verdict { status, left: left.value, right: right.value, difference, tolerance })
}

/// Bounds of `100 × numerator ÷ denominator`; none if the denominator may be nothing.
fn quotient(numerator: (Decimal, Decimal), denominator: (Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    if denominator.0 <= Decimal::ZERO && denominator.1 >= Decimal::ZERO {
        return None;
    }
    let hundred = Decimal::from(100);
    let mut bounds: Option<(Decimal, Decimal)> = None;
    for above in [numerator.0, numerator.1] {
        for below in [denominator.0, denominator.1] {
            let value = above.checked_mul(hundred)?.checked_div(below)?;
            bounds = Some(bounds.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        }
    }
    bounds
}

/// Whether `printed` percent can be `numerator` over `denominator`. `adjusted`: it may be one in its last
/// digit away, as shares are that were made to add to 100 %.
pub(super) fn compare_ratio(
    printed: Printed,
    numerator: Printed,
    denominator: Printed,
    adjusted: bool,
) -> Option<Verdict> {
    ratio(printed, (numerator.reach()?, numerator.wide()?), (denominator.reach()?, denominator.wide()?), adjusted)
        .map(|verdict| exact_ratio(verdict, numerator.value, denominator.value))
}

/// Whether `printed` percent can be the growth of a `value` that changed by `change`.
pub(super) fn compare_growth(printed: Printed, change: Printed, value: Printed) -> Option<Verdict> {
    let base = |value: (Decimal, Decimal), change: (Decimal, Decimal)| {
        Some((value.0.checked_sub(change.1)?, value.1.checked_sub(change.0)?))
    };
    let narrow = base(value.reach()?, change.reach()?)?;
    let wide = base(value.wide()?, change.wide()?)?;
    // Change over base rises with the change and falls with the value: the corners belong together.
    let corner = |change: (Decimal, Decimal), value: (Decimal, Decimal)| {
        let hundred = Decimal::from(100);
        let at = |change: Decimal, value: Decimal| {
            let base = value.checked_sub(change).filter(|base| !base.is_zero())?;
            change.checked_mul(hundred)?.checked_div(base)
        };
        let corners = [at(change.0, value.0)?, at(change.0, value.1)?, at(change.1, value.0)?, at(change.1, value.1)?];
        let low = corners.iter().copied().fold(corners[0], Decimal::min);
        let high = corners.iter().copied().fold(corners[0], Decimal::max);
        Some((low, high))
    };
    if [narrow, wide].iter().any(|base| base.0 <= Decimal::ZERO && base.1 >= Decimal::ZERO) {
        return None;
    }
    let bounds = (corner(change.reach()?, value.reach()?)?, corner(change.wide()?, value.wide()?)?);
    let base = value.value.checked_sub(change.value)?;
    judge(printed, bounds.0, bounds.1, false).map(|verdict| exact_ratio(verdict, change.value, base))
}

type Both = ((Decimal, Decimal), (Decimal, Decimal));

fn ratio(printed: Printed, numerator: Both, denominator: Both, adjusted: bool) -> Option<Verdict> {
    let narrow = quotient(numerator.0, denominator.0)?;
    let wide = quotient(numerator.1, denominator.1).unwrap_or(narrow);
    judge(printed, narrow, wide, adjusted)
}

fn judge(printed: Printed, narrow: (Decimal, Decimal), wide: (Decimal, Decimal), adjusted: bool) -> Option<Verdict> {
    let meets =
        |bounds: (Decimal, Decimal), printed: (Decimal, Decimal)| bounds.0 <= printed.1 && printed.0 <= bounds.1;
    let mut loose = printed.wide()?;
    if adjusted {
        let reach = printed.step.checked_add(half(printed.step))?;
        loose = (printed.value.checked_sub(reach)?, printed.value.checked_add(reach)?);
    }
    let status = if meets(narrow, printed.reach()?) {
        Status::Holds
    } else if meets(wide, loose) {
        Status::Rounding
    } else {
        Status::Fails
    };
    let (left, zero) = (printed.value, Decimal::ZERO);
    let tolerance = half(narrow.1.checked_sub(narrow.0)?.checked_add(printed.step)?);
    Some(Verdict { status, left, right: zero, difference: zero, tolerance })
}

/// Fills in what the ratio is for the values as printed.
fn exact_ratio(mut verdict: Verdict, numerator: Decimal, denominator: Decimal) -> Verdict {
    let right = numerator.checked_mul(Decimal::from(100)).and_then(|above| above.checked_div(denominator));
    verdict.right = right.unwrap_or_default();
    verdict.difference = verdict.left.checked_sub(verdict.right).unwrap_or_default();
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    /// `1070.59` in ten thousands of yuan, with a sign.
    fn ten_thousands(text: &str) -> Printed {
        let value = decimal(text) * Decimal::from(10_000);
        Printed { value, step: Decimal::new(10_000, decimals(text)) }
    }

    fn yuan(text: &str) -> Printed {
        Printed { value: decimal(text), step: Decimal::ZERO }
    }

    fn percent(text: &str) -> Printed {
        Printed { value: decimal(text), step: Decimal::new(1, decimals(text)) }
    }

    fn sum(left: &[Printed], right: &[Printed]) -> Status {
        let total = |terms: &[Printed]| {
            let mut total = Total::default();
            for term in terms {
                assert!(total.add(*term, false, true).is_some());
            }
            total
        };
        compare(total(left), total(right)).map_or(Status::Undecided, |verdict| verdict.status)
    }

    #[test]
    fn two_prints_of_one_figure() {
        let wan = ten_thousands;
        assert_eq!(sum(&[wan("236.63")], &[wan("236.63")]), Status::Holds);
        assert_eq!(sum(&[wan("236.63")], &[wan("236.64")]), Status::Rounding);
        assert_eq!(sum(&[wan("236.63")], &[wan("236.65")]), Status::Fails);
        // Three more digits say the same.
        assert_eq!(sum(&[wan("236.63")], &[wan("236.62987")]), Status::Holds);
        assert_eq!(sum(&[wan("291")], &[wan("291.40")]), Status::Holds);
        assert_eq!(sum(&[wan("291")], &[wan("291.73")]), Status::Rounding);
        assert_eq!(sum(&[wan("291")], &[wan("292.60")]), Status::Fails);
    }

    #[test]
    fn sums_of_rounded_parts() {
        let wan = ten_thousands;
        assert_eq!(sum(&[wan("331.08")], &[wan("300.41"), wan("30.67")]), Status::Holds);
        assert_eq!(sum(&[wan("331.09")], &[wan("300.41"), wan("30.67")]), Status::Holds);
        assert_eq!(sum(&[wan("331.11")], &[wan("300.41"), wan("30.67")]), Status::Fails);
        assert_eq!(sum(&[wan("331.06")], &[wan("300.41"), wan("30.67")]), Status::Fails);
        // A part in whole ten thousands reaches half of one, no more.
        assert_eq!(sum(&[wan("48.5")], &[wan("6.5"), wan("30"), wan("11.4")]), Status::Holds);
        assert_eq!(sum(&[wan("48.9")], &[wan("6.5"), wan("30"), wan("11.4")]), Status::Fails);
        // Three parts cut off: their sum is more than two in the last digit short.
        assert_eq!(sum(&[wan("10.02")], &[wan("3.33"), wan("3.33"), wan("3.34")]), Status::Rounding);
    }

    #[test]
    fn cents_are_exact() {
        assert_eq!(sum(&[yuan("1420085.06")], &[yuan("1292095.92"), yuan("127989.14")]), Status::Holds);
        assert_eq!(sum(&[yuan("1420085.07")], &[yuan("1292095.92"), yuan("127989.14")]), Status::Rounding);
        assert_eq!(sum(&[yuan("1420085.08")], &[yuan("1292095.92"), yuan("127989.14")]), Status::Fails);
    }

    #[test]
    fn shares_rounded_cut_off_and_wrong() {
        let share = |printed: &str, part: &str, whole: &str| {
            compare_ratio(percent(printed), ten_thousands(part), ten_thousands(whole), true)
                .map_or(Status::Undecided, |verdict| verdict.status)
        };
        assert_eq!(share("72.07", "750.76", "1041.76"), Status::Holds);
        assert_eq!(share("99.99", "1041.73", "1041.76"), Status::Rounding);
        assert_eq!(share("71.73", "746.40", "1041.76"), Status::Fails);
        assert_eq!(share("95.45", "95.457", "100"), Status::Holds);
        assert_eq!(share("0", "0", "12.50"), Status::Holds);
        assert_eq!(share("0", "0", "0"), Status::Undecided);
    }

    #[test]
    fn growth_over_the_year_before() {
        let growth = |printed: &str, change: &str, value: &str| {
            compare_growth(percent(printed), ten_thousands(change), ten_thousands(value))
                .map_or(Status::Undecided, |verdict| verdict.status)
        };
        assert_eq!(growth("23.47", "203.47", "1070.59"), Status::Holds);
        assert_eq!(growth("-12.32", "-6.59", "46.90"), Status::Holds);
        assert_eq!(growth("23.74", "203.47", "1070.59"), Status::Fails);
        assert_eq!(growth("-55.51", "-1196.88", "959.14"), Status::Holds);
        assert_eq!(growth("100", "307.82", "307.82"), Status::Undecided);
    }

    #[test]
    fn values_beyond_all_measure_do_not_panic() {
        let huge = Printed { value: Decimal::MAX, step: Decimal::MAX };
        assert_eq!(compare_growth(huge, huge, huge), None);
        assert_eq!(compare_ratio(huge, huge, huge, true), None);
        let mut total = Total::default();
        assert!(total.add(huge, false, true).is_some());
        assert!(total.add(huge, false, true).is_none());
    }
}

//! Values as the columns hold them: `decimal(28,6)`, exact or not at all.
//!
//! In: [`Decimal`]s of any scale. Out: whole millionths. Nothing is rounded unless the caller asks
//! for it by name; polars casts would round without a word.

use crate::quantity::Decimal;
use std::fmt;

/// A value in whole millionths, of at most 28 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(i128);

impl Exact {
    /// Digits in all.
    pub const PRECISION: usize = 28;
    /// Digits behind the point.
    pub const SCALE: usize = 6;
    const LIMIT: u128 = 10_u128.pow(Self::PRECISION as u32);

    /// The same value; `None` if it has more than six decimals or 22 digits before the point.
    #[must_use]
    pub fn new(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        let missing = (Self::SCALE as u32).checked_sub(value.scale())?;
        let millionths = value.mantissa().checked_mul(10_i128.pow(missing))?;
        (millionths.unsigned_abs() < Self::LIMIT).then_some(Exact(millionths))
    }

    /// The value to the nearest millionth, for values that were calculated and printed nowhere.
    #[must_use]
    pub fn nearest(value: Decimal) -> Option<Self> {
        Exact::new(value.round_dp(Self::SCALE as u32))
    }

    /// So many millionths, as a column held them.
    #[must_use]
    pub fn of_millionths(millionths: i128) -> Self {
        Exact(millionths)
    }

    /// The value in millionths.
    #[must_use]
    pub fn millionths(self) -> i128 {
        self.0
    }
}

/// All six decimals, as CSV prints them.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        write!(f, "{sign}{whole}.{fraction:06}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<i128> {
        Exact::new(Decimal::from_str_exact(text).unwrap()).map(Exact::millionths)
    }

    #[test]
    fn six_decimals_fit_exactly() {
        assert_eq!(exact("1.005"), Some(1_005_000));
        assert_eq!(exact("-65900"), Some(-65_900_000_000));
        assert_eq!(exact("0.000001"), Some(1));
        assert_eq!(exact("2.5000000000"), Some(2_500_000), "zeros at the end are no decimals");
    }

    #[test]
    fn decimals_are_printed_whole() {
        let shown = |millionths| Exact::of_millionths(millionths).to_string();
        assert_eq!(shown(2_034_700_000_000), "2034700.000000");
        assert_eq!(shown(-65), "-0.000065");
        assert_eq!(shown(0), "0.000000");
    }

    #[test]
    fn a_seventh_decimal_is_refused_and_not_rounded() {
        assert_eq!(exact("0.0000001"), None);
        assert_eq!(exact("12.3456789"), None);
        assert_eq!(Exact::nearest(Decimal::from_str_exact("12.3456789").unwrap()), Some(Exact(12_345_679)));
    }

    #[test]
    fn twenty_two_digits_before_the_point_are_the_most() {
        assert_eq!(exact("9999999999999999999999"), Some(9_999_999_999_999_999_999_999_000_000));
        assert_eq!(exact("10000000000000000000000"), None);
        assert_eq!(exact("-10000000000000000000000"), None);
        assert_eq!(Exact::new(Decimal::MAX), None);
    }
}

//! How a wrong figure may have come about: a digit, two digits swapped, the unit, the sign, last year's value.
//!
//! In: a fact and the values that would be right. Out: words for the message. A guess, and written as one.

use super::gather::Gathered;
use super::slip::Slip;
use crate::quantity::{Decimal, Unit};

fn within(value: Decimal, range: (Decimal, Decimal)) -> bool {
    range.0 <= value && value <= range.1
}

/// What may have happened to `fact`, which ought to be in `range`.
pub(super) fn cause(gathered: &Gathered<'_, '_>, fact: u32, range: (Decimal, Decimal)) -> Option<String> {
    let slip = Slip::new(gathered, fact, range);
    if let Some(digits) = slip.as_ref().and_then(Slip::one_digit) {
        return Some(format!("one digit differs from {digits}"));
    }
    let value = gathered.fact(fact).value;
    if within(-value, range) && !value.is_zero() {
        return Some("the sign is turned round".to_owned());
    }
    if gathered.fact(fact).unit == Unit::Cny {
        let wan = Decimal::from(10_000);
        if value.checked_mul(wan).is_some_and(|value| within(value, range) && !value.is_zero()) {
            return Some("元 may stand for 万元".to_owned());
        }
        if value.checked_div(wan).is_some_and(|value| within(value, range) && !value.is_zero()) {
            return Some("万元 may stand for 元".to_owned());
        }
    }
    slip?.other_edit().map(|(what, digits)| format!("{what}: {digits}"))
}

//! How a wrong figure may have come about: a digit, two digits swapped, the unit, the sign, last year's value.
//!
//! In: a fact and the values that would be right. Out: words for the message. A guess, and written as one.

use super::gather::Gathered;
use crate::figure::token::parse_digits;
use crate::quantity::{Decimal, Unit};

fn within(value: Decimal, range: (Decimal, Decimal)) -> bool {
    range.0 <= value && value <= range.1
}

/// The value of the fact's digits once they are changed to `digits`.
fn scaled(gathered: &Gathered<'_, '_>, fact: u32, digits: &str) -> Option<Decimal> {
    let (value, raw) = (gathered.fact(fact).value, gathered.raw(fact));
    let printed = parse_digits(raw).filter(|printed| !printed.is_zero())?;
    value.checked_div(printed)?.checked_mul(parse_digits(digits)?)
}

/// The fact's digits with one of them changed, if that gives a value in `range`.
pub(super) fn one_digit(gathered: &Gathered<'_, '_>, fact: u32, range: (Decimal, Decimal)) -> Option<String> {
    let raw = gathered.raw(fact);
    if raw.len() > 24 || !raw.is_ascii() || within(Decimal::ZERO, range) {
        return None;
    }
    for (at, before) in raw.bytes().enumerate() {
        if !before.is_ascii_digit() {
            continue;
        }
        for digit in b'0'..=b'9' {
            let mut changed = raw.as_bytes().to_vec();
            changed[at] = digit;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            // 1292.95 may become 0292.95 by accident, but nobody would leave it so.
            let odd = at == 0
                && digit == b'0'
                && raw.len() > 1
                && !raw.starts_with("0.")
                && raw.as_bytes().get(1) != Some(&b'.');
            if digit != before && !odd && scaled(gathered, fact, &changed).is_some_and(|value| within(value, range)) {
                return Some(changed);
            }
        }
    }
    None
}

/// Two neighbouring digits swapped, or one too many or too few.
fn other_edit(gathered: &Gathered<'_, '_>, fact: u32, range: (Decimal, Decimal)) -> Option<(&'static str, String)> {
    let raw = gathered.raw(fact);
    if raw.len() > 24 || !raw.is_ascii() || within(Decimal::ZERO, range) {
        return None;
    }
    let fits = |digits: &str| scaled(gathered, fact, digits).is_some_and(|value| within(value, range));
    let bytes = raw.as_bytes();
    for at in 1..bytes.len() {
        let mut changed = bytes.to_vec();
        changed.swap(at - 1, at);
        if let Ok(changed) = String::from_utf8(changed)
            && changed != raw
            && fits(&changed)
        {
            return Some(("two digits swapped", changed));
        }
    }
    for at in 0..bytes.len() {
        let mut changed = raw.to_owned();
        changed.remove(at);
        if fits(&changed) {
            return Some(("a digit too many", changed));
        }
        for digit in '0'..='9' {
            let mut changed = raw.to_owned();
            changed.insert(at, digit);
            if fits(&changed) {
                return Some(("a digit dropped", changed));
            }
        }
    }
    None
}

/// What may have happened to `fact`, which ought to be in `range`.
pub(super) fn cause(gathered: &Gathered<'_, '_>, fact: u32, range: (Decimal, Decimal)) -> Option<String> {
    if let Some(digits) = one_digit(gathered, fact, range) {
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
    other_edit(gathered, fact, range).map(|(what, digits)| format!("{what}: {digits}"))
}

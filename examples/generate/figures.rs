//! Prints amounts, percentages and counts as reports do, with what they mean.
//!
//! In: exact fen, the style. Out: [`Text`]s of one number. Each amount is rounded by itself, half up;
//! parts may then miss their whole in the last digit, as in real reports.

use crate::accounts::Fen;
use crate::style::{Style, Unit, Zero};
use crate::text::{Class, Meaning, Text};
use std::sync::Arc;

/// What an amount is about.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub concept: String,
    pub item: String,
    pub phase: &'static str,
    pub note: String,
}

/// `amount` in a unit with two decimals, rounded half up.
pub fn print_amount(amount: Fen, unit: Unit, separators: bool) -> String {
    let hundredths = match unit {
        Unit::Yuan => amount,
        Unit::TenThousand => (amount + 5_000).div_euclid(10_000),
    };
    let whole = (hundredths / 100).to_string();
    let mut printed = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if separators && at > 0 && (whole.len() - at).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    format!("{printed}.{:02}", hundredths % 100)
}

/// `part` of `whole` in percent; `None` where the whole is nothing. Without sign.
pub fn print_percent(part: Fen, whole: Fen, places: u32, cut: bool) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let factor = 10_i128.pow(places);
    let (part, whole) = (i128::from(part.abs()) * 100 * factor, i128::from(whole.abs()));
    let scaled = if cut { part / whole } else { (part * 2 + whole) / (whole * 2) };
    Some(if places == 0 {
        scaled.to_string()
    } else {
        format!("{}.{:0width$}", scaled / factor, scaled % factor, width = places as usize)
    })
}

/// An amount in a statement's cell: empty, 0 or 0.00 where there is none.
pub fn cell_amount(amount: Fen, about: About, style: &Style) -> Text {
    let raw = if amount == 0 {
        match style.zero {
            Zero::Blank => return Text::default(),
            Zero::Short => "0".to_owned(),
            Zero::Long => "0.00".to_owned(),
        }
    } else {
        print_amount(amount, style.unit, style.separators)
    };
    figure(&raw, money(about, style.unit, style.year, amount != 0))
}

/// What an amount in a unit means.
pub fn money(about: About, unit: Unit, year: u16, checkable: bool) -> Meaning {
    Meaning {
        scale: unit.scale(),
        unit: "CNY".to_owned(),
        concept: about.concept,
        item: about.item,
        measure: "amount",
        phase: about.phase,
        period: Some(year),
        note: about.note,
        checkable,
        ..Meaning::default()
    }
}

/// A text of one figure.
pub fn figure(raw: &str, meaning: Meaning) -> Text {
    let mut text = Text::default();
    text.number(raw, Class::Figure(Arc::new(meaning)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_half_up() {
        assert_eq!(print_amount(123_456_789, Unit::Yuan, true), "1,234,567.89");
        assert_eq!(print_amount(123_456_789, Unit::TenThousand, false), "123.46");
        assert_eq!(print_amount(125_000, Unit::TenThousand, false), "0.13");
        assert_eq!(print_amount(5, Unit::Yuan, true), "0.05");
    }

    #[test]
    fn percentages_are_rounded_or_cut() {
        assert_eq!(print_percent(2, 3, 2, false).as_deref(), Some("66.67"));
        assert_eq!(print_percent(2, 3, 2, true).as_deref(), Some("66.66"));
        assert_eq!(print_percent(-1, 8, 0, false).as_deref(), Some("13"));
        assert_eq!(print_percent(1, 0, 2, false), None);
    }
}

//! What a check says, for people: both values, where they stand, how far they are apart, what would balance.

use super::Status;
use super::cause::cause;
use super::finding::Finding;
use super::gather::Gathered;
use super::suspect::Suspect;
use crate::figure::token::parse_digits;
use crate::quantity::{Decimal, Measure, Unit};
use std::borrow::Cow;
use std::fmt::Write;

/// The value as its fact prints it: 12.60 万元.
fn shown(gathered: &Gathered<'_, '_>, index: u32) -> String {
    let fact = gathered.fact(index);
    let printed = gathered.raw(index);
    let raw = if printed.contains(char::is_whitespace) {
        Cow::Owned(printed.split_whitespace().collect())
    } else {
        Cow::Borrowed(printed)
    };
    let sign = if fact.value.is_sign_negative() && !fact.value.is_zero() { "-" } else { "" };
    format!("{sign}{raw}{}", unit_words(gathered, index))
}

/// The unit behind the digits.
fn unit_words(gathered: &Gathered<'_, '_>, index: u32) -> Cow<'static, str> {
    let fact = gathered.fact(index);
    match fact.unit {
        Unit::Percent => Cow::Borrowed(" %"),
        Unit::Cny => {
            let factor = factor(gathered, index).filter(|factor| factor.scale() == 0);
            Cow::Borrowed(match factor.map(|factor| factor.mantissa()) {
                Some(1) => " 元",
                Some(1_000) => " 千元",
                Some(10_000) => " 万元",
                Some(100_000_000) => " 亿元",
                _ => "",
            })
        }
        ref unit => Cow::Owned(format!(" {}", unit.as_str())),
    }
}

/// What one printed unit is worth.
fn factor(gathered: &Gathered<'_, '_>, index: u32) -> Option<Decimal> {
    let digits = parse_digits(gathered.raw(index)).filter(|digits| !digits.is_zero())?;
    Some(gathered.fact(index).value.abs().checked_div(digits)?.normalize())
}

/// A computed value in the unit that `like` is printed in.
fn in_unit_of(gathered: &Gathered<'_, '_>, value: Decimal, like: u32) -> String {
    let factor = factor(gathered, like).filter(|factor| !factor.is_zero()).unwrap_or(Decimal::ONE);
    let scaled = value.checked_div(factor).unwrap_or(value);
    format!("{}{}", scaled.round_dp(4).normalize(), unit_words(gathered, like))
}

/// What the fact is called, and what is measured about it.
fn name(gathered: &Gathered<'_, '_>, index: u32) -> String {
    let fact = gathered.fact(index);
    let named =
        fact.concept.and_then(|id| gathered.grammars.vocabulary().concept(id)).map(|concept| concept.zh.as_str());
    let family = matches!(
        fact.concept,
        None | Some(
            "expenditure.function"
                | "expenditure.economic"
                | "assets.vehicle.type"
                | "performance.weight"
                | "performance.score"
        )
    );
    let mut words = match named {
        Some(zh) if !family && fact.function_code.is_none() => zh.to_owned(),
        _ => fact.item.clone(),
    };
    let code = fact.function_code.as_ref().or(fact.economic_code.as_ref());
    if let Some(code) = code {
        // The code says the path; the column tells which of its figures.
        let (path, column) = words.split_once(" × ").unwrap_or((words.as_str(), ""));
        let own = path.rsplit('/').next().unwrap_or(path);
        words = if column.is_empty() { own.to_owned() } else { format!("{own} × {column}") };
        let _ = write!(words, " ({code})");
    }
    let measure = match fact.measure {
        Measure::Share => "share of ",
        Measure::Change => "change of ",
        Measure::Growth => "growth of ",
        Measure::ExecutionRate => "execution rate of ",
        _ => "",
    };
    format!("{measure}{words}")
}

/// Where it stands.
fn place(gathered: &Gathered<'_, '_>, index: u32) -> String {
    let fact = gathered.fact(index);
    if let Some((table, row, column)) = fact.cell {
        let found = gathered.input.tables.get(table as usize);
        let title = found.and_then(|table| table.form.as_deref().or(table.title.as_deref())).unwrap_or("without title");
        return format!("table {table} ({title}, row {row}, column {column})");
    }
    gathered.title(index).map_or_else(|| "the text".to_owned(), |title| format!("section “{}”", title.trim()))
}

pub(super) fn full(gathered: &Gathered<'_, '_>, index: u32) -> String {
    format!("{} {} in {}", name(gathered, index), shown(gathered, index), place(gathered, index))
}

/// The message of a finding.
pub(super) fn message(gathered: &Gathered<'_, '_>, finding: &Finding<'_>, suspect: Option<&Suspect>) -> String {
    let formula = finding.identity.zh.as_str();
    match finding.status {
        Status::Holds => finding.why.clone().unwrap_or_else(|| formula.to_owned()),
        Status::Rounding => match finding.verdict {
            Some(verdict) => format!(
                "{formula}; {} apart, by rounding or cutting off",
                verdict.difference.abs().round_dp(4).normalize()
            ),
            None => formula.to_owned(),
        },
        Status::Undecided => {
            let mut words = finding.why.clone().unwrap_or_else(|| "cannot be told".to_owned());
            if let Some(named) = finding.named.first() {
                let _ = write!(words, ": {}", full(gathered, named.fact));
            }
            format!("{words} ({formula})")
        }
        Status::Fails => failure(gathered, finding, suspect),
    }
}

fn failure(gathered: &Gathered<'_, '_>, finding: &Finding<'_>, suspect: Option<&Suspect>) -> String {
    let mut words = String::new();
    let sides = |left: bool| finding.named.iter().filter(move |named| named.left == left).map(|named| named.fact);
    if let (Some(verdict), Some(first)) = (finding.verdict, sides(true).next()) {
        words.push_str(&full(gathered, first));
        let others: Vec<u32> = sides(false).collect();
        let percent = gathered.fact(first).unit == Unit::Percent
            && others.iter().any(|other| gathered.fact(*other).unit != Unit::Percent);
        match others.as_slice() {
            [other] if sides(true).count() == 1 => {
                let _ = write!(words, " against {}", full(gathered, *other));
            }
            _ => {
                let _ = write!(words, " against {}", in_unit_of(gathered, verdict.right, first));
                words.push_str(if percent { " that follow from " } else { ", the sum of " });
                let listed: Vec<_> = others
                    .iter()
                    .take(6)
                    .map(|other| format!("{} {}", name(gathered, *other), shown(gathered, *other)))
                    .collect();
                words.push_str(&listed.join(", "));
                if others.len() > 6 {
                    let _ = write!(words, " and {} more", others.len() - 6);
                }
                if others.is_empty() {
                    words.push_str("nothing");
                }
            }
        }
        let _ = write!(words, "; {} apart", in_unit_of(gathered, verdict.difference.abs(), first));
    }
    if let Some(why) = &finding.why {
        let gap = if words.is_empty() { "" } else { "; " };
        let _ = write!(words, "{gap}{why}");
    }
    if let Some(suspect) = suspect {
        let _ = write!(words, "; most likely wrong: {}", full(gathered, suspect.fact));
        if let Some(range) = suspect.needed {
            let middle = range.0.checked_add(range.1).and_then(|sum| sum.checked_div(Decimal::from(2)));
            if let Some(middle) = middle {
                let identities = if suspect.agreeing > 1 {
                    format!(" ({} identities agree)", suspect.agreeing)
                } else {
                    String::new()
                };
                let _ = write!(words, ", {} would balance{identities}", in_unit_of(gathered, middle, suspect.fact));
            }
            if let Some(cause) = cause(gathered, suspect.fact, range) {
                let _ = write!(words, "; {cause}");
            }
        }
    }
    let _ = write!(words, " ({})", finding.identity.zh);
    words
}

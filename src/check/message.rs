//! What a check says, for people: both values, where they stand, how far they are apart, what would balance.

use super::Status;
use super::cause::cause;
use super::finding::Finding;
use super::gather::Gathered;
use super::suspect::Suspect;
use crate::figure::token::parse_digits;
use crate::quantity::{Decimal, Measure, Unit};
use std::fmt::Write;

/// Adds the value as its fact prints it: 12.60 万元.
fn show(words: &mut String, gathered: &Gathered<'_, '_>, index: u32) {
    let value = gathered.fact(index).value;
    words.push_str(if value.is_sign_negative() && !value.is_zero() { "-" } else { "" });
    words.extend(gathered.raw(index).split_whitespace());
    add_unit(words, gathered, index);
}

/// Adds the unit behind the digits.
fn add_unit(words: &mut String, gathered: &Gathered<'_, '_>, index: u32) {
    let fact = gathered.fact(index);
    match fact.unit {
        Unit::Percent => words.push_str(" %"),
        Unit::Cny => {
            let factor = factor(gathered, index).filter(|factor| factor.scale() == 0);
            words.push_str(match factor.map(|factor| factor.mantissa()) {
                Some(1) => " 元",
                Some(1_000) => " 千元",
                Some(10_000) => " 万元",
                Some(100_000_000) => " 亿元",
                _ => "",
            });
        }
        ref unit => words.extend([" ", unit.as_str()]),
    }
}

/// What one printed unit is worth.
fn factor(gathered: &Gathered<'_, '_>, index: u32) -> Option<Decimal> {
    let digits = parse_digits(gathered.raw(index)).filter(|digits| !digits.is_zero())?;
    Some(gathered.fact(index).value.abs().checked_div(digits)?.normalize())
}

/// Adds a computed value in the unit that `like` is printed in.
fn show_like(words: &mut String, gathered: &Gathered<'_, '_>, value: Decimal, like: u32) {
    let factor = factor(gathered, like).filter(|factor| !factor.is_zero()).unwrap_or(Decimal::ONE);
    let scaled = value.checked_div(factor).unwrap_or(value);
    let _ = write!(words, "{}", scaled.round_dp(4).normalize());
    add_unit(words, gathered, like);
}

/// Adds what the fact is called, and what is measured about it.
fn add_name(words: &mut String, gathered: &Gathered<'_, '_>, index: u32) {
    let fact = gathered.fact(index);
    words.push_str(match fact.measure {
        Measure::Share => "share of ",
        Measure::Change => "change of ",
        Measure::Growth => "growth of ",
        Measure::ExecutionRate => "execution rate of ",
        _ => "",
    });
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
    let named = named.filter(|_| !family && fact.function_code.is_none()).unwrap_or(&fact.item);
    let Some(code) = fact.function_code.as_ref().or(fact.economic_code.as_ref()) else {
        words.push_str(named);
        return;
    };
    // The code says the path; the column tells which of its figures.
    let (path, column) = named.split_once(" × ").unwrap_or((named, ""));
    words.push_str(path.rsplit('/').next().unwrap_or(path));
    if !column.is_empty() {
        words.extend([" × ", column]);
    }
    words.extend([" (", code, ")"]);
}

/// Adds where it stands.
fn add_place(words: &mut String, gathered: &Gathered<'_, '_>, index: u32) {
    let fact = gathered.fact(index);
    if let Some((table, row, column)) = fact.cell {
        let found = gathered.input.tables.get(table as usize);
        let title = found.and_then(|table| table.form.as_deref().or(table.title.as_deref())).unwrap_or("without title");
        let _ = write!(words, "table {table} ({title}, row {row}, column {column})");
        return;
    }
    match gathered.title(index) {
        Some(title) => words.extend(["section “", title.trim(), "”"]),
        None => words.push_str("the text"),
    }
}

/// Adds all that people need to find a figure: its name, its value, its place.
fn add_full(words: &mut String, gathered: &Gathered<'_, '_>, index: u32) {
    add_name(words, gathered, index);
    words.push(' ');
    show(words, gathered, index);
    words.push_str(" in ");
    add_place(words, gathered, index);
}

/// The same by itself.
pub(super) fn full(gathered: &Gathered<'_, '_>, index: u32) -> String {
    let mut words = String::new();
    add_full(&mut words, gathered, index);
    words
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
                words.push_str(": ");
                add_full(&mut words, gathered, named.fact);
            }
            words.extend([" (", formula, ")"]);
            words
        }
        Status::Fails => failure(gathered, finding, suspect),
    }
}

/// Bytes that most messages have room in.
const USUAL: usize = 512;

fn failure(gathered: &Gathered<'_, '_>, finding: &Finding<'_>, suspect: Option<&Suspect>) -> String {
    let mut words = String::with_capacity(USUAL);
    let sides = |left: bool| finding.named.iter().filter(move |named| named.left == left).map(|named| named.fact);
    if let (Some(verdict), Some(first)) = (finding.verdict, sides(true).next()) {
        add_full(&mut words, gathered, first);
        let others: Vec<u32> = sides(false).collect();
        let percent = gathered.fact(first).unit == Unit::Percent
            && others.iter().any(|other| gathered.fact(*other).unit != Unit::Percent);
        match others.as_slice() {
            [other] if sides(true).count() == 1 => {
                words.push_str(" against ");
                add_full(&mut words, gathered, *other);
            }
            _ => {
                words.push_str(" against ");
                show_like(&mut words, gathered, verdict.right, first);
                words.push_str(if percent { " that follow from " } else { ", the sum of " });
                for (place, other) in others.iter().take(6).enumerate() {
                    words.push_str(if place > 0 { ", " } else { "" });
                    add_name(&mut words, gathered, *other);
                    words.push(' ');
                    show(&mut words, gathered, *other);
                }
                if others.len() > 6 {
                    let _ = write!(words, " and {} more", others.len() - 6);
                }
                if others.is_empty() {
                    words.push_str("nothing");
                }
            }
        }
        words.push_str("; ");
        show_like(&mut words, gathered, verdict.difference.abs(), first);
        words.push_str(" apart");
    }
    if let Some(why) = &finding.why {
        let gap = if words.is_empty() { "" } else { "; " };
        words.extend([gap, why]);
    }
    if let Some(suspect) = suspect {
        words.push_str("; most likely wrong: ");
        add_full(&mut words, gathered, suspect.fact);
        if let Some(range) = suspect.needed {
            let middle = range.0.checked_add(range.1).and_then(|sum| sum.checked_div(Decimal::from(2)));
            if let Some(middle) = middle {
                words.push_str(", ");
                show_like(&mut words, gathered, middle, suspect.fact);
                words.push_str(" would balance");
                if suspect.agreeing > 1 {
                    let _ = write!(words, " ({} identities agree)", suspect.agreeing);
                }
            }
            if let Some(cause) = cause(gathered, suspect.fact, range) {
                let _ = write!(words, "; {cause}");
            }
        }
    }
    words.extend([" (", &finding.identity.zh, ")"]);
    words
}

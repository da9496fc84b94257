//! Charts: what they are labelled with, against the text of their chapter.
//!
//! In: the gathered facts. Out: a finding for each data label that the chapter names too.
//! Surprise: a label of last year's bar is met with this year's figure less its change, and one that
//! says no unit is in that of the figure it stands beside.

use super::finding::{Finding, Named};
use super::forms::label;
use super::gather::Gathered;
use super::printed::{Printed, Total, Verdict, compare};
use crate::grammar::identities::Identity;
use crate::grammar::labels::squeeze;
use crate::quantity::{Decimal, Measure, Unit};
use crate::table::TableKind;
use std::collections::BTreeMap;

/// A chart's labels against the text of its chapter.
pub(super) fn try_charts<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let mut chapters: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (found, table) in gathered.tables.iter().zip(&gathered.input.tables) {
        if let (TableKind::Chart, Some(section), false) =
            (table.kind, gathered.section_of(table), found.facts.is_empty())
        {
            chapters.entry(section).or_default();
        }
    }
    if chapters.is_empty() {
        return;
    }
    for &index in &gathered.text {
        if let Some(facts) = gathered.section(index).and_then(|section| chapters.get_mut(&section)) {
            facts.push(index);
        }
    }
    for (found, table) in gathered.tables.iter().zip(&gathered.input.tables) {
        if table.kind != TableKind::Chart || found.facts.len() > 400 {
            continue;
        }
        let Some(facts) =
            gathered.section_of(table).and_then(|section| chapters.get(&section)).filter(|facts| facts.len() < 400)
        else {
            continue;
        };
        for &index in &found.facts {
            out.extend(try_label(gathered, identity, index, facts));
        }
    }
}

/// One data label against the figure of the chapter that bears its name.
fn try_label<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    index: u32,
    chapter: &[u32],
) -> Option<Finding<'a>> {
    let fact = gathered.fact(index);
    let name = squeeze(label(gathered, index));
    let year = gathered.input.fiscal_year;
    let percent = fact.unit == Unit::Percent;
    let measure = if percent { Measure::Share } else { Measure::Amount };
    let named = |other: &&u32| {
        let other = gathered.fact(**other);
        let item = squeeze(&other.item);
        other.measure == measure && !item.is_empty() && (item.contains(&name) || name.contains(&item))
    };
    if name.is_empty() {
        return None;
    }
    let candidates: Vec<u32> =
        chapter.iter().filter(named).copied().filter(|index| percent || gathered.executed(*index)).collect();
    let first = *candidates.first()?;
    if candidates.iter().any(|other| gathered.fact(*other).value != gathered.fact(first).value) {
        return None;
    }
    let text = gathered.printed(first)?;
    let told = fact.unit == Unit::Cny || percent;
    let chart = if told { gathered.printed(index)? } else { in_unit_of(gathered, index, first, text)? };
    let (mut left, mut right) = (Total::default(), Total::default());
    left.add(chart, false, !percent)?;
    right.add(text, false, !percent)?;
    let mut facts = vec![index, first];
    if !percent && fact.period.is_some() && fact.period != year && fact.period != gathered.fact(first).period {
        // Last year's value is this year's less the change.
        let about = super::sums::subject(gathered.fact(first));
        let change = chapter.iter().copied().find(|other| {
            let other = gathered.fact(*other);
            other.measure == Measure::Change && other.base_period == fact.period && super::sums::subject(other) == about
        })?;
        right.add(gathered.printed(change)?, true, true)?;
        facts.push(change);
    }
    compare(left, right).map(|verdict| label_finding(gathered, identity, verdict, &facts))
}

/// A label, the text's figure and perhaps its change, compared.
fn label_finding<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    verdict: Verdict,
    facts: &[u32],
) -> Finding<'a> {
    let around = |value: Decimal| Some((value.checked_sub(verdict.tolerance)?, value.checked_add(verdict.tolerance)?));
    let named = facts
        .iter()
        .enumerate()
        .map(|(order, fact)| Named {
            fact: *fact,
            left: order == 0,
            needed: match order {
                0 => around(verdict.right),
                1 => gathered.fact(*fact).value.checked_add(verdict.difference).and_then(around),
                _ => gathered.fact(*fact).value.checked_sub(verdict.difference).and_then(around),
            },
        })
        .collect();
    // Values of another size are in another unit, or about something else of that name.
    let ratio = verdict.left.checked_div(verdict.right).unwrap_or_default();
    let far = ratio < Decimal::new(2, 1) || ratio > Decimal::from(5);
    Finding::compared(gathered, identity, verdict, named).doubt(far, "the chart may be in another unit")
}

/// The value of a label that says no unit, in the one of the text's figure `other`: a chart's is that of its chapter.
fn in_unit_of(gathered: &Gathered<'_, '_>, label: u32, other: u32, text: Printed) -> Option<Printed> {
    let digits = |index: u32| crate::figure::token::parse_digits(gathered.raw(index));
    let factor = text.value.abs().checked_div(digits(other).filter(|digits| !digits.is_zero())?)?;
    let places = super::printed::decimals(gathered.raw(label));
    let step = factor.checked_mul(Decimal::new(1, places.min(20)))?;
    Some(Printed { value: digits(label)?.checked_mul(factor)?, step })
}

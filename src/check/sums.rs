//! Sums within one place: `[[sum]]`.
//!
//! In: the gathered facts and a rule. Out: a finding for each table, row, column or chapter that the
//! rule speaks of. Surprise: a blank cell of a statement is nothing (reports print no zeros) where the
//! layout shows that it is blank; elsewhere it may be a figure that was lost, and the sum cannot be told.

use super::Status;
use super::finding::{Addend, Finding, Named, try_sum};
use super::gather::{Gathered, TableFacts};
use super::printed::decimals;
use crate::fact::Fact;
use crate::grammar::identities::{Complete, Each, Identity, Sum, Term};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// What the facts of one sum share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    table: u32,
    line: u32,
    phase: Option<Phase>,
    period: Option<i16>,
}

/// Tries a sum wherever its place has its terms.
pub(super) fn try_sums<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    sum: &'a Sum,
    out: &mut Vec<Finding<'a>>,
) {
    let mut groups: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    let terms = || sum.left.iter().chain(&sum.right);
    let wanted: BTreeSet<&str> =
        terms().flat_map(|term| &term.concepts).chain(&sum.absent).map(String::as_str).collect();
    for &index in &gathered.places[sum.place] {
        let fact = gathered.fact(index);
        let concept = concept_in(gathered, index, sum.each);
        if !gathered.states(index) || !concept.is_some_and(|concept| wanted.contains(concept)) {
            continue;
        }
        let (table, row, column) = fact.cell.unwrap_or_default();
        let line = match sum.each {
            Each::Row => row,
            Each::Column => column,
            Each::Table | Each::Place => 0,
        };
        let table = if fact.cell.is_some() { table } else { u32::MAX };
        groups.entry(Key { table, line, phase: fact.phase, period: fact.period }).or_default().push(index);
    }
    for (key, facts) in groups {
        if let Some(finding) = try_group(gathered, identity, sum, key, &facts) {
            out.push(finding);
        }
    }
}

fn concept_in<'a>(gathered: &Gathered<'_, 'a>, index: u32, each: Each) -> Option<&'a str> {
    let fact = gathered.fact(index);
    match each {
        Each::Row => gathered.row_concept(index),
        // The rows of one class belong to [[children]], but for those that a term asks by their code.
        Each::Table if gathered.coded(index) => None,
        _ => fact.concept,
    }
}

/// What a term found.
enum Found {
    Facts(Vec<u32>),
    Nothing,
    Several(Vec<u32>),
}

/// The terms of both sides, found.
#[derive(Default)]
struct Sides {
    left: Vec<Addend>,
    right: Vec<Addend>,
    /// A term that may be missing is, and the layout does not show that its cell is blank.
    unknown: bool,
    /// A term stands there several times with different values.
    several: bool,
}

/// Finds the terms of a sum; none if one that must be there is not.
fn both_sides(gathered: &Gathered<'_, '_>, sum: &Sum, key: Key, facts: &[u32]) -> Option<Sides> {
    let certain = gathered.tables.get(key.table as usize).is_some_and(|table| blanks_known(table, sum.each));
    let mut sides = Sides::default();
    for (is_left, terms) in [(true, &sum.left), (false, &sum.right)] {
        for term in terms {
            let found = match find(gathered, sum, term, facts) {
                Found::Facts(found) => found,
                Found::Several(found) => {
                    sides.several = true;
                    found.into_iter().take(1).collect()
                }
                Found::Nothing if term.optional => {
                    sides.unknown |= !certain;
                    continue;
                }
                Found::Nothing => return None,
            };
            let side = if is_left { &mut sides.left } else { &mut sides.right };
            side.extend(found.into_iter().map(|fact| Addend { fact, minus: term.minus }));
        }
    }
    (!sides.left.is_empty() && !sides.right.is_empty()).then_some(sides)
}

/// Whether what a table does not print in a row, a column or itself is blank in the original.
fn blanks_known(table: &TableFacts<'_>, each: Each) -> bool {
    // Rows and tables keep their figures, whichever column they were taken for.
    table.certain || table.whole && each != Each::Column
}

fn try_group<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    sum: &'a Sum,
    key: Key,
    facts: &[u32],
) -> Option<Finding<'a>> {
    let concept = |index: u32| concept_in(gathered, index, sum.each);
    if facts.iter().any(|index| concept(*index).is_some_and(|found| sum.absent.iter().any(|absent| absent == found))) {
        return None;
    }
    let sides = both_sides(gathered, sum, key, facts)?;
    let complete = claimed(gathered, sum, &sides.right)?;
    let finding = try_sum(gathered, identity, &sides.left, &sides.right)?;
    let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
    let nothing_claimed = !complete && (finding.status != Status::Fails || short);
    if nothing_claimed || says_nothing(gathered, &finding) {
        return None;
    }
    Some(doubt_group(gathered, sum, key, &sides, finding))
}

/// 收、支总计 is one number: it cannot differ from itself; and zero is zero.
fn says_nothing(gathered: &Gathered<'_, '_>, finding: &Finding<'_>) -> bool {
    let number = |named: &Named| gathered.fact(named.fact).number;
    let one = matches!(finding.named.as_slice(), [left, right] if number(left) == number(right));
    one || finding.named.iter().all(|named| gathered.fact(named.fact).value.is_zero())
}

/// Whether the difference is less than what the printed shares leave to chance.
fn below_shares(gathered: &Gathered<'_, '_>, sum: &Sum, sides: &Sides, finding: &Finding<'_>) -> bool {
    let reach = shares_add_up(gathered, sum, &sides.right);
    let (Some(reach), Some(verdict)) = (reach, finding.verdict) else { return false };
    let left_out = verdict.left.checked_mul(reach).and_then(|most| most.checked_div(Decimal::from(100)));
    left_out.is_some_and(|most| verdict.difference <= most)
}

/// Whether the sum takes every figure of its row, the first against all others: their order does not matter.
fn whole_row(gathered: &Gathered<'_, '_>, sum: &Sum, finding: &Finding<'_>) -> bool {
    let cell = finding.named.first().and_then(|named| gathered.fact(named.fact).cell);
    let Some((table, row, column)) = cell.filter(|_| sum.each == Each::Row) else { return false };
    let in_row = gathered.row_of(table, row);
    in_row.len() == finding.named.len()
        && in_row.iter().all(|fact| gathered.fact(*fact).cell.is_some_and(|cell| cell.2 >= column))
}

/// Why a sum that fails may be no error of the report.
fn doubt_group<'a>(
    gathered: &Gathered<'_, 'a>,
    sum: &Sum,
    key: Key,
    sides: &Sides,
    finding: Finding<'a>,
) -> Finding<'a> {
    if finding.status != Status::Fails {
        return Finding { ambiguous: sides.several, ..finding };
    }
    let table = gathered.tables.get(key.table as usize);
    let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
    // Where blank cells leave no trace, rows that were lost leave none either.
    let lost_rows = table.is_some_and(|table| !blanks_known(table, sum.each) || table.divided)
        && sum.right.iter().any(|term| term.all);
    let lost = (sides.unknown && sum.complete != Complete::Shares || lost_rows) && short;
    let unread = table.is_some_and(|table| table.unread);
    let too_small = short && sum.complete == Complete::Shares && below_shares(gathered, sum, sides, &finding);
    let guessed = sum.each != Each::Place
        && !(sum.each == Each::Table && table.is_some_and(|table| table.whole))
        && !whole_row(gathered, sum, &finding)
        && finding.named.iter().any(|named| gathered.guessed(named.fact));
    let nameless = |named: &Named| {
        let fact = gathered.fact(named.fact);
        fact.concept == Some("expenditure.function") && fact.function_code.is_none() && fact.cell.is_some()
    };
    let nameless = sum.right.iter().any(|term| term.all) && finding.named.iter().any(nameless);
    let adrift = adrift(gathered, &finding.named);
    let finding = finding
        .doubt(nameless, "one of the rows has no class that is known: its name may have been cut")
        .doubt(sides.several, "a term stands there several times with different values")
        .doubt(too_small, "a part too small for its share to be printed may make up the difference")
        .doubt(lost, "a part that is not printed may make up the difference")
        .doubt(unread, "a number in the table could not be read")
        .doubt(guessed, "which column a figure stands in cannot be told")
        .doubt(adrift, "a figure of the row may stand in several columns");
    Finding { ambiguous: sides.several || nameless, ..finding }
}

/// Whether the row of a named figure, which says its fund, has a figure of the same kind that says none: nobody could tell
/// which of the funds' columns it stands in.
fn adrift(gathered: &Gathered<'_, '_>, named: &[Named]) -> bool {
    named.iter().any(|named| {
        let fact = gathered.fact(named.fact);
        let Some((table, row, _)) = fact.cell.filter(|_| fact.fund.is_some()) else { return false };
        let alike = |other: &u32| {
            let other = gathered.fact(*other);
            other.fund.is_none() && other.concept == fact.concept && other.phase == fact.phase
        };
        gathered.row_of(table, row).iter().any(alike)
    })
}

/// The facts of `facts` that a term means.
fn find(gathered: &Gathered<'_, '_>, sum: &Sum, term: &Term, facts: &[u32]) -> Found {
    let fits = |index: &&u32| {
        let fact = gathered.fact(**index);
        let concept = concept_in(gathered, **index, sum.each);
        concept.is_some_and(|concept| term.concepts.iter().any(|wanted| wanted == concept))
            && term.fund.is_none_or(|fund| fact.fund == Some(fund))
            && term.not.as_ref().is_none_or(|not| !fact.item.contains(not.as_str()))
            && match &term.code {
                Some(code) => fact.economic_code.as_ref() == Some(code),
                None => sum.each != Each::Table || term.all || fact.economic_code.is_none(),
            }
    };
    let mut found: Vec<u32> = facts.iter().filter(fits).copied().collect();
    if term.all {
        let whole = |index: &u32| !gathered.fact(*index).item.contains('/');
        if found.iter().any(whole) && sum.each == Each::Place {
            found.retain(whole);
        }
        if sum.each == Each::Place {
            return once(gathered, found);
        }
        return if found.is_empty() { Found::Nothing } else { Found::Facts(found) };
    }
    match found.as_slice() {
        [] => Found::Nothing,
        [only] => Found::Facts(vec![*only]),
        [first, rest @ ..] => {
            let value = gathered.fact(*first).value;
            let same = rest.iter().all(|index| gathered.fact(*index).value == value);
            let first = vec![*first];
            if same { Found::Facts(first) } else { Found::Several(first) }
        }
    }
}

/// Each item once; the same item with two values cannot be told.
fn once(gathered: &Gathered<'_, '_>, found: Vec<u32>) -> Found {
    let mut seen: BTreeMap<&str, Decimal> = BTreeMap::new();
    let (mut kept, mut several) = (Vec::new(), false);
    for index in found {
        let fact = gathered.fact(index);
        match seen.insert(fact.item.as_str(), fact.value) {
            None => kept.push(index),
            Some(before) => several |= before != fact.value,
        }
    }
    match (kept.is_empty(), several) {
        (true, _) => Found::Nothing,
        (false, true) => Found::Several(kept),
        (false, false) => Found::Facts(kept),
    }
}

/// Whether the parts claim to be all there are; none if nothing can be said about them.
fn claimed(gathered: &Gathered<'_, '_>, sum: &Sum, parts: &[Addend]) -> Option<bool> {
    match sum.complete {
        Complete::Always => Some(true),
        Complete::Never => Some(false),
        Complete::Other => Some(parts.iter().any(|part| gathered.fact(part.fact).item.contains("其他"))),
        Complete::Shares => shares_add_up(gathered, sum, parts).map(|_| true),
    }
}

/// The percentage that the printed shares of all parts leave to chance if they add to 100 %.
fn shares_add_up(gathered: &Gathered<'_, '_>, sum: &Sum, parts: &[Addend]) -> Option<Decimal> {
    let mut shares: BTreeMap<(Option<&str>, &str), (Decimal, Decimal)> = BTreeMap::new();
    for &index in &gathered.places[sum.place] {
        let fact = gathered.fact(index);
        if fact.measure == Measure::Share && fact.unit == Unit::Percent {
            let step = Decimal::new(1, decimals(gathered.raw(index)).min(6));
            shares.entry(subject(fact)).or_insert((fact.value, step));
        }
    }
    let (mut total, mut reach) = (Decimal::ZERO, Decimal::ZERO);
    for part in parts {
        let fact = gathered.fact(part.fact);
        match shares.get(&subject(fact)) {
            Some((share, step)) => {
                total = total.checked_add(*share).unwrap_or(total);
                reach = reach.max(*step);
            }
            None if fact.value.is_zero() => {}
            None => return None,
        }
    }
    // Each may be half of its last digit away, and one of them one more.
    let terms = Decimal::from(parts.len() as u64 + 2);
    let reach = reach.checked_mul(terms).map_or(Decimal::ONE, |reach| reach.min(Decimal::ONE)) / Decimal::from(2);
    total.checked_sub(Decimal::from(100)).filter(|off| off.abs() <= reach).map(|_| reach)
}

/// What a fact of the text is about: its concept, and its words where the concept is a family.
pub(super) fn subject<'f>(fact: &'f Fact<'_>) -> (Option<&'f str>, &'f str) {
    match fact.concept {
        Some(concept) if concept.starts_with("project.") => {
            (Some("project"), fact.project.as_deref().unwrap_or(fact.item.as_str()))
        }
        Some(concept @ ("expenditure.function" | "expenditure.economic" | "assets.vehicle.type")) => {
            (Some(concept), fact.item.as_str())
        }
        Some(concept) => (Some(concept), ""),
        None => (None, fact.item.as_str()),
    }
}

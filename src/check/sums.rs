//! Sums within one place: `[[sum]]`.
//!
//! In: the gathered facts and a rule. Out: a finding for each table, row, column or chapter that the
//! rule speaks of. Surprise: a blank cell of a statement is nothing (reports print no zeros) where the
//! layout shows that it is blank; elsewhere it may be a figure that was lost, and the sum cannot be told.

use super::Status;
use super::finding::{Addend, Finding, try_sum};
use super::gather::Gathered;
use crate::fact::Fact;
use crate::grammar::identities::{Complete, Each, Identity, Sum, Term};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use crate::table::TableKind;
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
    let table = gathered.tables.get(key.table as usize);
    let (mut sides, mut unknown, mut several) = ([Vec::new(), Vec::new()], false, false);
    for (side, terms) in [&sum.left, &sum.right].into_iter().enumerate() {
        for term in terms {
            let addend = |fact: u32| Addend { fact, minus: term.minus };
            match find(gathered, sum, term, facts) {
                Found::Facts(found) => sides[side].extend(found.into_iter().map(addend)),
                Found::Several(found) => {
                    several = true;
                    sides[side].extend(found.into_iter().take(1).map(addend));
                }
                Found::Nothing => {
                    if !term.optional {
                        return None;
                    }
                    let blank = table.is_some_and(|table| table.certain);
                    unknown |= !blank;
                }
            }
        }
        if sides[side].is_empty() {
            return None;
        }
    }
    let complete = claimed(gathered, sum, &sides[1])?;
    let finding = try_sum(gathered, identity, &sides[0], &sides[1])?;
    // 收、支总计 is one number: it cannot differ from itself.
    let number = |index: u32| gathered.fact(index).number;
    if finding.named.len() == 2 && number(finding.named[0].fact) == number(finding.named[1].fact) {
        return None;
    }
    // Zero is zero: nothing to learn.
    if finding.named.iter().all(|named| gathered.fact(named.fact).value.is_zero()) {
        return None;
    }
    let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
    if !complete && finding.status != Status::Fails {
        return None;
    }
    if !complete && short {
        return None;
    }
    let lost = unknown && short && sum.complete != Complete::Shares;
    let unread = table.is_some_and(|table| table.unread);
    let mut finding = finding
        .doubt(several, "a term stands there several times with different values")
        .doubt(lost, "a part that is not printed may make up the difference")
        .doubt(unread, "a number in the table could not be read");
    let public = table.is_some() && gathered.input.tables[key.table as usize].kind == TableKind::ThreePublic;
    if finding.status == Status::Fails && (sum.each == Each::Row || public) {
        let guessed = finding.named.iter().any(|named| gathered.guessed(named.fact, public));
        finding = finding.doubt(guessed, "which column a figure stands in cannot be told");
    }
    finding.ambiguous = several;
    Some(finding)
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
        Complete::Shares => shares_add_up(gathered, sum, parts).then_some(true),
    }
}

/// Whether the printed shares of all parts add to 100 %.
fn shares_add_up(gathered: &Gathered<'_, '_>, sum: &Sum, parts: &[Addend]) -> bool {
    let mut shares: BTreeMap<(Option<&str>, &str), Decimal> = BTreeMap::new();
    for &index in &gathered.places[sum.place] {
        let fact = gathered.fact(index);
        if fact.measure == Measure::Share && fact.unit == Unit::Percent {
            shares.entry(subject(fact)).or_insert(fact.value);
        }
    }
    let mut total = Decimal::ZERO;
    for part in parts {
        let fact = gathered.fact(part.fact);
        match shares.get(&subject(fact)) {
            Some(share) => total = total.checked_add(*share).unwrap_or(total),
            None if fact.value.is_zero() => {}
            None => return false,
        }
    }
    total.checked_sub(Decimal::from(100)).is_some_and(|off| off.abs() <= Decimal::new(5, 1))
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

//! The same quantity in several places: statements among themselves, the text and the annex against them.
//!
//! In: the gathered facts and `[[same]]`, `[[codes]]` and the machines that need names. Out: one finding
//! for each figure against the one that it should equal. Surprise: what most places agree on is what
//! the others are compared with, so that the odd one out is named, not the first one.

use super::Status;
use super::finding::{Addend, Finding, Named, try_sum};
use super::gather::Gathered;
use super::misread;
use super::printed::compare;
use super::relations::last_bytes;
use crate::grammar::identities::{Codes, Identity, Same};
use crate::grammar::labels::squeeze;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use crate::table::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// Tries whether a quantity is the same wherever it stands.
pub(super) fn try_same<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    same: &Same,
    out: &mut Vec<Finding<'a>>,
) {
    let mut years: BTreeMap<(Option<i16>, bool), Vec<u32>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (term, place) in &same.terms {
        // A statement, or a chapter's paragraph, that gives the role two values has been misread or speaks of two things.
        let mut spots: BTreeMap<(u32, u32), Option<Decimal>> = BTreeMap::new();
        let mut found = Vec::new();
        for &index in &gathered.places[*place] {
            let fact = gathered.fact(index);
            let named = fact.concept.is_some_and(|concept| term.concepts.iter().any(|wanted| wanted == concept));
            let whole = fact.function_code.is_none() && fact.economic_code.is_none() && fact.project.is_none();
            // The text seldom says the fund; a statement's column always does.
            let fund = term.fund.is_none_or(|fund| fact.fund == Some(fund));
            let words = term.not.as_ref().is_none_or(|not| !fact.item.contains(not.as_str()));
            if named
                && whole
                && fund
                && words
                && gathered.states(index)
                && gathered.executed(index)
                && !gathered.doubtful(index)
            {
                let spot = fact.cell.map_or((u32::MAX, gathered.paragraph(index)), |cell| (cell.0, 0));
                spots
                    .entry(spot)
                    .and_modify(|value| *value = value.filter(|value| *value == fact.value))
                    .or_insert(Some(fact.value));
                found.push((index, spot));
            }
        }
        for (index, spot) in found {
            let fact = gathered.fact(index);
            let facts = years.entry((fact.period, fact.unit == Unit::Cny)).or_default();
            let close = same.close && fact.cell.is_none() && !misread::is_part(gathered.before(index));
            let one = spots.get(&spot).is_some_and(Option::is_some) || close;
            if one && taken.insert(index) {
                facts.push(index);
            }
        }
    }
    for facts in years.values().filter(|facts| facts.len() > 1 && facts.len() < 100) {
        compare_all(gathered, identity, facts, out);
    }
}

/// Compares each of `facts` with the value that most have.
fn compare_all<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, facts: &[u32], out: &mut Vec<Finding<'a>>) {
    let mut counts: Vec<(Decimal, u32, u32)> = Vec::new();
    for &index in facts {
        let value = gathered.fact(index).value;
        match counts.iter_mut().find(|(known, ..)| *known == value) {
            Some((_, _, count)) => *count += 1,
            None => counts.push((value, index, 1)),
        }
    }
    let most = counts.iter().map(|(.., count)| *count).max().unwrap_or(0);
    let Some(&(_, reference, _)) = counts.iter().find(|(.., count)| *count == most) else { return };
    let mut found = Vec::new();
    for &index in facts {
        if index == reference || gathered.fact(index).number == gathered.fact(reference).number {
            continue;
        }
        found.extend(try_sum(gathered, identity, &[Addend::plus(index)], &[Addend::plus(reference)]));
    }
    found.retain(|finding| finding.named.iter().any(|named| !gathered.fact(named.fact).value.is_zero()));
    let wrong: BTreeSet<Decimal> = found
        .iter()
        .filter(|finding| finding.status == Status::Fails)
        .map(|finding| gathered.fact(finding.named[0].fact).value)
        .collect();
    let scattered = wrong.len() > 1 && most < 2;
    // Several other values in one chapter are about other things that bear the same name.
    let mut chapters: BTreeMap<Option<u32>, BTreeSet<Decimal>> = BTreeMap::new();
    for finding in found.iter().filter(|finding| finding.status == Status::Fails) {
        let fact = gathered.fact(finding.named[0].fact);
        if fact.cell.is_none() {
            chapters.entry(gathered.section(finding.named[0].fact)).or_default().insert(fact.value);
        }
    }
    out.extend(found.into_iter().map(|finding| {
        let fact = gathered.fact(finding.named[0].fact);
        let scattered = scattered
            || fact.cell.is_none()
                && chapters.get(&gathered.section(finding.named[0].fact)).is_some_and(|values| values.len() > 1);
        let unread = finding
            .named
            .iter()
            .any(|named| gathered.fact(named.fact).cell.is_some_and(|cell| gathered.tables[cell.0 as usize].unread));
        let guessed = finding.status == Status::Fails && finding.named.iter().any(|named| gathered.guessed(named.fact));
        let worded = finding
            .named
            .iter()
            .any(|named| !gathered.has_digits(named.fact) && gathered.fact(named.fact).value.is_zero());
        let swapped = finding.status == Status::Fails && in_other_phase(gathered, &finding);
        finding
            .doubt(swapped, "the statement gives that value as the budget: its halves may be the other way round")
            .doubt(scattered, "the places give three values or more: they may speak of different things")
            .doubt(unread, "a number in the table could not be read")
            .doubt(guessed, "which column a figure stands in cannot be told")
            .doubt(worded, "the text says 无, which may be about something else")
    }));
}

/// Whether the statement gives the value of the other place too, for another phase.
fn in_other_phase(gathered: &Gathered<'_, '_>, finding: &Finding<'_>) -> bool {
    let [one, other] = finding.named.as_slice() else { return false };
    let repeats = |own: u32, other: u32| {
        let (fact, wanted) = (gathered.fact(own), gathered.fact(other).value);
        let Some((table, row, _)) = fact.cell else { return false };
        let same = |index: &u32| {
            let found = gathered.fact(*index);
            found.concept == fact.concept && found.phase != fact.phase && found.value == wanted
        };
        gathered.row_of(table, row).iter().any(same)
    };
    repeats(one.fact, other.fact) || repeats(other.fact, one.fact)
}

/// The table of a place that has facts, if there is just one.
fn only_table(gathered: &Gathered<'_, '_>, place: usize) -> Option<u32> {
    let kinds = &gathered.grammars.identities().places()[place].tables;
    let mut found = None;
    for (index, table) in gathered.input.tables.iter().enumerate() {
        if !gathered.tables[index].facts.is_empty() && kinds.iter().any(|kind| kind == table.kind.as_str()) {
            if found.is_some() {
                return None;
            }
            found = Some(index as u32);
        }
    }
    found
}

/// Facts of a table by code, in the column of one concept; the whole has no code.
fn by_code<'f>(gathered: &'f Gathered<'_, '_>, table: u32, concept: &str) -> BTreeMap<Option<&'f str>, u32> {
    let mut found = BTreeMap::new();
    for &index in &gathered.tables[table as usize].facts {
        let fact = gathered.fact(index);
        let amount = fact.measure == Measure::Amount && gathered.executed(index);
        if amount && gathered.row_concept(index) == Some(concept) && fact.economic_code.is_none() {
            found.entry(fact.function_code.as_deref()).or_insert(index);
        }
    }
    found
}

/// Tries two statements against each other, class by class.
pub(super) fn try_codes<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    codes: &Codes,
    out: &mut Vec<Finding<'a>>,
) {
    let (Some(whole), Some(part)) = (only_table(gathered, codes.whole), only_table(gathered, codes.part)) else {
        return;
    };
    let unread = gathered.tables[whole as usize].unread || gathered.tables[part as usize].unread;
    for (wide, narrow) in &codes.columns {
        let (wide, narrow) = (by_code(gathered, whole, wide), by_code(gathered, part, narrow));
        let totals = wide.get(&None).zip(narrow.get(&None));
        let equal = totals.is_some_and(|(whole, part)| {
            let values = (gathered.fact(*whole).value, gathered.fact(*part).value);
            values.0 == values.1 && !values.0.is_zero()
        });
        let mut classes: Vec<_> = narrow.iter().collect();
        classes.sort_unstable();
        for (code, part) in classes {
            let Some(whole) = wide.get(code) else { continue };
            let Some(finding) = try_sum(gathered, identity, &[Addend::plus(*part)], &[Addend::plus(*whole)]) else {
                continue;
            };
            let above = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
            let zero = finding.named.iter().all(|named| gathered.fact(named.fact).value.is_zero());
            if zero || !equal && (!above || finding.status != Status::Fails) {
                continue;
            }
            let guessed = finding.named.iter().any(|named| gathered.guessed(named.fact));
            let finding = finding.doubt(unread, "a number in one of the tables could not be read");
            out.push(finding.doubt(guessed, "which column a figure stands in cannot be told"));
        }
    }
}

/// A class's name as it can be compared: 社会保障和就业支出 and 社会保障和就业 are one.
pub(super) fn class_name(name: &str) -> String {
    let name = squeeze(name);
    name.strip_suffix("支出").map_or(name.clone(), str::to_owned)
}

/// The class of a fact in a statement: its path, without the column.
fn row_name(item: &str) -> &str {
    item.split(" × ").next().unwrap_or(item)
}

/// Tries whether a code has one name wherever it stands.
pub(super) fn try_names<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let mut names: BTreeMap<&str, Vec<(String, u32)>> = BTreeMap::new();
    let mut rows = BTreeSet::new();
    for found in &gathered.tables {
        for &index in &found.facts {
            let fact = gathered.fact(index);
            let (Some(code), Some((table, row, _))) = (fact.function_code.as_deref(), fact.cell) else { continue };
            let statement = gathered
                .input
                .tables
                .get(table as usize)
                .is_some_and(|table| !matches!(table.kind, TableKind::Other | TableKind::Comparison));
            if !statement || !matches!(code.len(), 3 | 5 | 7) || !rows.insert((table, row)) {
                continue;
            }
            let path = row_name(&fact.item);
            let name = class_name(path.rsplit('/').next().unwrap_or(path));
            if !name.is_empty() {
                names.entry(code).or_default().push((name, index));
            }
        }
    }
    for (code, rows) in names {
        let Some((first, reference)) = rows.first() else { continue };
        let odd = rows[1..].iter().find(|(name, _)| !alike(name, first));
        if rows.len() < 2 {
            continue;
        }
        let status = if odd.is_some() { Status::Fails } else { Status::Holds };
        let other = odd.map_or(rows[1].1, |(_, index)| *index);
        let why = odd.map(|(name, _)| format!("code {code} is “{name}” here and “{first}” there"));
        let named = [other, *reference].map(|fact| Named { fact, left: false, needed: None });
        out.push(Finding::stated(identity, status, named.to_vec(), why));
    }
}

/// Whether one name may be the other, cut off or with letters lost at the end of a line.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = long.chars();
    short.chars().all(|wanted| rest.any(|next| next == wanted))
}

/// Tries the classes that the text names against the statement's rows of that name.
pub(super) fn try_class_amounts<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, found) in gathered.tables.iter().enumerate() {
        let kind = gathered.input.tables[index].kind.as_str();
        for &fact in &found.facts {
            let row = gathered.fact(fact);
            let functional = kind == "general_budget_expenditure"
                && row.function_code.is_some()
                && matches!(
                    gathered.row_concept(fact),
                    Some("general_budget.expenditure" | "expenditure.current_year")
                );
            let economic = kind == "general_budget_basic" && row.economic_code.is_some();
            if (functional || economic) && row.measure == Measure::Amount && gathered.executed(fact) {
                let path: Vec<_> = row_name(&row.item).split('/').map(class_name).collect();
                rows.entry(format!("{}{}", if economic { "¥" } else { "" }, path.join("/"))).or_default().push(fact);
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    for &index in &gathered.text {
        let fact = gathered.fact(index);
        let kind = match fact.concept {
            Some("expenditure.function") => "",
            Some("expenditure.economic") if in_basic(gathered, index) => "¥",
            _ => continue,
        };
        let stated = gathered.states(index) && fact.phase == Some(Phase::Executed) && fact.unit == Unit::Cny;
        let own_fund = fact.fund == Some(crate::quantity::Fund::GeneralBudget);
        if !stated || !own_fund {
            continue;
        }
        let path: Vec<_> = fact.item.split('/').map(class_name).collect();
        let Some([row]) = rows.get(&format!("{kind}{}", path.join("/"))).map(Vec::as_slice) else { continue };
        if gathered.fact(*row).period != fact.period {
            continue;
        }
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(index)], &[Addend::plus(*row)]) else {
            continue;
        };
        let shifted = finding.status == Status::Fails && row_has(gathered, *row, fact.value);
        out.push(finding.doubt(shifted, "another column of the row has that value"));
    }
}

/// Whether another figure of the same row has `value`, or all others together have.
fn row_has(gathered: &Gathered<'_, '_>, index: u32, value: Decimal) -> bool {
    let Some((table, row, _)) = gathered.fact(index).cell else { return false };
    let facts = &gathered.tables[table as usize].facts;
    let in_row =
        facts.iter().map(|fact| gathered.fact(*fact)).filter(|fact| fact.cell.is_some_and(|cell| cell.1 == row));
    let mut sum = Decimal::ZERO;
    for fact in in_row {
        if fact.value == value {
            return true;
        }
        sum = sum.checked_add(fact.value).unwrap_or(sum);
    }
    sum == value
}

/// Tries the budget and the execution of each project that the text and one form of that name give.
pub(super) fn try_projects<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    type Key<'f> = (String, Option<&'f str>, Option<Phase>, Option<i16>);
    let key = |index: u32| -> Option<Key<'_>> {
        let fact = gathered.fact(index);
        let named = matches!(fact.concept, Some("project.budget" | "project.executed"));
        if !named || fact.measure != Measure::Amount {
            return None;
        }
        let project = match fact.cell {
            Some(_) => squeeze(fact.project.as_deref()?),
            // Its own paragraph must name it: the one spoken of before may be another one.
            None => [fact.item.as_str(), fact.project.as_deref()?]
                .into_iter()
                .map(squeeze)
                .find(|name| here(gathered, index, name))?,
        };
        Some((project, fact.concept, fact.phase, fact.period))
    };
    let mut forms: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    for found in &gathered.tables {
        let mut seen = BTreeSet::new();
        for &index in &found.facts {
            // The first row is the total; its sources follow.
            if let Some(key) = key(index).filter(|key| seen.insert(key.clone())) {
                forms.entry(key).or_default().push(index);
            }
        }
    }
    for &index in &gathered.text {
        let form = key(index).and_then(|key| forms.get(&key));
        if let Some([form]) = form.map(Vec::as_slice) {
            out.extend(try_sum(gathered, identity, &[Addend::plus(index)], &[Addend::plus(*form)]));
        }
    }
}

/// Whether the fact's paragraph names `project` before it.
fn here(gathered: &Gathered<'_, '_>, index: u32, project: &str) -> bool {
    // A few lines at most: a paragraph may be as long as the document.
    !project.is_empty() && squeeze(last_bytes(gathered.before(index), 900)).contains(project)
}

/// Whether the fact stands in the chapter on basic expenditure.
fn in_basic(gathered: &Gathered<'_, '_>, index: u32) -> bool {
    let places = gathered.grammars.identities().places();
    let place = places.iter().position(|place| place.name == "text: basic");
    place.is_some_and(|place| gathered.places[place].binary_search(&index).is_ok())
}

/// Whether two figures are one and the same, rounding allowed.
pub(super) fn agree(gathered: &Gathered<'_, '_>, one: u32, other: u32) -> bool {
    let total = |index: u32| {
        let mut total = super::printed::Total::default();
        total.add(gathered.printed(index)?, false, true)?;
        Some(total)
    };
    total(one)
        .zip(total(other))
        .and_then(|(one, other)| compare(one, other))
        .is_some_and(|verdict| verdict.status != Status::Fails)
}

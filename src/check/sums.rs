//! Sums within one place: `[[sum]]`, and classes by the prefix of their codes: `[[children]]`.
//!
//! In: the gathered facts and a rule. Out: a finding for each table, row, column or chapter that the
//! rule speaks of. Surprise: a blank cell of a statement is nothing (reports print no zeros) where the
//! layout shows that it is blank; elsewhere it may be a figure that was lost, and the sum cannot be told.

use super::Status;
use super::finding::{Addend, Finding, try_sum};
use super::gather::{Gathered, TableFacts};
use crate::fact::Fact;
use crate::grammar::identities::{Children, Complete, Each, Identity, Sum, Term};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use crate::table::TableKind;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the facts of one sum share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    table: u32,
    line: u32,
    phase: Option<Phase>,
    period: Option<i16>,
}

/// Tries a sum wherever its place has its terms.
pub(super) fn try_sums<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, sum: &'a Sum, out: &mut Vec<Finding<'a>>) {
    let mut groups: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    let terms = || sum.left.iter().chain(&sum.right);
    let wanted: HashSet<&str> =
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
        Each::Table if fact.function_code.is_some() => None,
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
    let mut seen: HashMap<&str, Decimal> = HashMap::new();
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
    let mut shares: HashMap<(Option<&str>, &str), Decimal> = HashMap::new();
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

/// Classes and the totals above them, in one column.
#[derive(Default)]
struct Tree {
    facts: BTreeMap<String, u32>,
    twice: HashSet<String>,
    totals: Vec<u32>,
    other: bool,
}

/// Tries the sums over classes of every table of the place.
pub(super) fn try_children<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    rule: &Children,
    out: &mut Vec<Finding<'a>>,
) {
    let kinds = &gathered.grammars.identities().places()[rule.place].tables;
    let mut at = 0;
    while at < gathered.tables.len() {
        let first = at;
        at += 1;
        let table = &gathered.input.tables[first];
        let mut facts = gathered.tables[first].facts.clone();
        if facts.is_empty() || !kinds.iter().any(|kind| kind == table.kind.as_str()) {
            continue;
        }
        let mut listed = listed_codes(gathered, first, rule.economic);
        let mut known = State::of(&gathered.tables[first]);
        // A page end cuts a statement in two; what goes on has no row of the whole and other codes.
        while at < gathered.tables.len() && goes_on(gathered, first, at, &listed, rule.economic) {
            facts.extend(&gathered.tables[at].facts);
            listed.extend(listed_codes(gathered, at, rule.economic));
            known = known.and(State::of(&gathered.tables[at]));
            at += 1;
        }
        for tree in trees(gathered, &facts, rule.economic).values() {
            climb(gathered, identity, known, tree, &listed, rule.economic, out);
        }
    }
}

/// How far a statement can be relied on.
#[derive(Clone, Copy)]
struct State {
    certain: bool,
    unread: bool,
}

impl State {
    fn of(table: &TableFacts<'_>) -> Self {
        State { certain: table.certain, unread: table.unread }
    }

    fn and(self, other: State) -> Self {
        State { certain: self.certain && other.certain, unread: self.unread || other.unread }
    }
}

/// Whether table `next` goes on with the statement that begins with table `first`.
fn goes_on(gathered: &Gathered<'_, '_>, first: usize, next: usize, listed: &HashSet<String>, economic: bool) -> bool {
    let (one, other) = (&gathered.input.tables[first], &gathered.input.tables[next]);
    let whole = |index: &u32| {
        let fact = gathered.fact(*index);
        fact.function_code.is_none() && fact.economic_code.is_none() && is_total(fact)
    };
    !economic
        && one.kind == other.kind
        && one.columns == other.columns
        && !gathered.tables[next].facts.is_empty()
        && !gathered.tables[next].facts.iter().any(whole)
        && listed_codes(gathered, next, economic).is_disjoint(listed)
}

fn trees(gathered: &Gathered<'_, '_>, facts: &[u32], economic: bool) -> BTreeMap<(u32, Option<Phase>, Option<i16>), Tree> {
    let code = |fact: &Fact<'_>| if economic { fact.economic_code.clone() } else { fact.function_code.clone() };
    // The groups of an economic statement stand side by side: one tree, unless a code has several columns.
    let mut columns: HashMap<String, u32> = HashMap::new();
    let mut apart = !economic;
    let amounts = || facts.iter().copied().filter(|index| {
        let fact = gathered.fact(*index);
        fact.measure == Measure::Amount && fact.unit == Unit::Cny
    });
    for index in amounts() {
        let fact = gathered.fact(index);
        if let (Some(code), Some((_, _, column))) = (code(fact), fact.cell) {
            apart |= *columns.entry(code).or_insert(column) != column;
        }
    }
    let mut trees: BTreeMap<_, Tree> = BTreeMap::new();
    for index in amounts() {
        let fact = gathered.fact(index);
        let Some((_, _, column)) = fact.cell else { continue };
        let tree = trees.entry((if apart { column } else { 0 }, fact.phase, fact.period)).or_default();
        match code(fact) {
            Some(code) => {
                if let Some(before) = tree.facts.insert(code.clone(), index)
                    && gathered.fact(before).value != fact.value
                {
                    tree.twice.insert(code);
                }
            }
            None if is_total(fact) => tree.totals.push(index),
            None => tree.other = true,
        }
    }
    trees
}

/// Whether the row is that of the whole.
fn is_total(fact: &Fact<'_>) -> bool {
    let words = fact.item.trim_start();
    fact.concept.is_some() && ["合计", "合 计", "合  计", "总计", "总 计", "支出合计", "本年支出合计", "收入合计"].iter().any(|word| words.starts_with(word))
        || fact.concept.is_some_and(|concept| concept != "expenditure.function") && !words.contains('×')
}

/// The codes that the table prints, with figures or without.
fn listed_codes(gathered: &Gathered<'_, '_>, table: usize, economic: bool) -> HashSet<String> {
    let table = &gathered.input.tables[table];
    let mut listed = HashSet::new();
    for cell in &table.cells {
        if cell.span.len() > 16 {
            continue;
        }
        let text = cell.text(gathered.input.text);
        let is_code = matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_code && (text.starts_with(['3', '5']) && text.len() < 7) == economic {
            listed.insert(text.into_owned());
        }
    }
    listed
}

/// The nearest class above `code` that the table prints.
fn above<'c>(code: &'c str, listed: &HashSet<String>) -> Option<&'c str> {
    [5, 3].iter().filter(|length| **length < code.len()).find_map(|length| code.get(..*length).filter(|code| listed.contains(*code)))
}

fn climb<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    known: State,
    tree: &Tree,
    listed: &HashSet<String>,
    economic: bool,
    out: &mut Vec<Finding<'a>>,
) {
    let mut all = listed.clone();
    all.extend(tree.facts.keys().cloned());
    let mut children: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for code in &all {
        children.entry(above(code, &all)).or_default().push(code);
    }
    for (parent, mut codes) in children {
        codes.sort_unstable();
        let total = match parent {
            Some(code) => tree.facts.get(code).copied(),
            None if economic => None,
            None => match tree.totals.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
        };
        let Some(total) = total else { continue };
        let parts: Vec<_> = codes.iter().filter_map(|code| tree.facts.get(*code)).map(|fact| Addend::plus(*fact)).collect();
        let blank = parts.len() < codes.len();
        if parts.is_empty() && (!known.certain || gathered.fact(total).value.is_zero()) {
            continue;
        }
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(total)], &parts) else { continue };
        if finding.named.iter().all(|named| gathered.fact(named.fact).value.is_zero()) {
            continue;
        }
        let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
        let twice = codes.iter().any(|code| tree.twice.contains(*code)) || parent.is_some_and(|code| tree.twice.contains(code));
        let finding = finding
            .doubt(twice, "a code stands there twice with different values")
            .doubt(blank && short && !known.certain, "a class that is not printed may make up the difference")
            .doubt(tree.other && !economic, "a row of the column has no code")
            .doubt(known.unread, "a number in the table could not be read");
        out.push(finding);
    }
}

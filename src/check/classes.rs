//! Classes by the prefix of their codes, each the sum of those below it: `[[children]]`.
//!
//! In: the gathered facts and a rule. Out: a finding for each class and column that has classes below it, and
//! for the row of the whole. Surprise: a page end cuts a statement in two tables; they are put together again.

use super::Status;
use super::finding::{Addend, Finding, try_sum};
use super::gather::Gathered;
use crate::fact::Fact;
use crate::grammar::identities::{Children, Identity};
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Classes and the totals above them, in one column.
#[derive(Default)]
struct Tree {
    facts: BTreeMap<String, u32>,
    twice: BTreeSet<String>,
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
        let mut known = State::of(gathered, first);
        // A page end cuts a statement in two; what goes on has no row of the whole and other codes.
        while at < gathered.tables.len() && goes_on(gathered, first, at, &listed, rule.economic) {
            facts.extend(&gathered.tables[at].facts);
            listed.extend(listed_codes(gathered, at, rule.economic));
            known = known.and(State::of(gathered, at));
            at += 1;
        }
        for tree in trees(gathered, &facts, rule.economic).values() {
            climb(gathered, identity, known, tree, &listed, rule.economic, out);
        }
    }
}

/// A class that has too much in one column and as much too little in another: a figure below it was read
/// into the wrong column, as happens where columns are drawn with spaces.
pub(super) fn doubt_shifted(gathered: &Gathered<'_, '_>, findings: &mut [Finding<'_>]) {
    let drawn = |table: u32| {
        let table = gathered.input.tables.get(table as usize);
        table.is_some_and(|table| matches!(table.layout, TableLayout::Columns | TableLayout::Flow))
    };
    let key = |finding: &Finding<'_>| {
        let cell = finding.named.first().and_then(|named| gathered.fact(named.fact).cell);
        let (table, row, _) = cell.filter(|cell| finding.status == Status::Fails && drawn(cell.0))?;
        Some((finding.identity.id.clone(), table, row))
    };
    let mut apart: BTreeMap<_, Vec<Decimal>> = BTreeMap::new();
    for finding in findings.iter() {
        if let Some(key) = key(finding) {
            apart.entry(key).or_default().extend(finding.verdict.map(|verdict| verdict.difference));
        }
    }
    for finding in findings.iter_mut() {
        let own = finding.verdict.map_or(Decimal::ZERO, |verdict| verdict.difference);
        let others = key(finding).and_then(|key| apart.get(&key));
        if others.is_some_and(|others| others.contains(&-own)) {
            finding.status = Status::Undecided;
            finding.why = Some("a figure below it may stand in another column".to_owned());
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
    fn of(gathered: &Gathered<'_, '_>, table: usize) -> Self {
        State { certain: gathered.tables[table].certain, unread: gathered.tables[table].unread }
    }

    fn and(self, other: State) -> Self {
        State { certain: self.certain && other.certain, unread: self.unread || other.unread }
    }
}

/// Whether table `next` goes on with the statement that begins with table `first`.
fn goes_on(gathered: &Gathered<'_, '_>, first: usize, next: usize, listed: &BTreeSet<String>, economic: bool) -> bool {
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

fn trees(
    gathered: &Gathered<'_, '_>,
    facts: &[u32],
    economic: bool,
) -> BTreeMap<(u32, Option<Phase>, Option<i16>), Tree> {
    let code = |fact: &Fact<'_>| if economic { fact.economic_code.clone() } else { fact.function_code.clone() };
    // The groups of an economic statement stand side by side: one tree, unless a code has several columns.
    let mut columns: BTreeMap<String, u32> = BTreeMap::new();
    let mut apart = !economic;
    let amounts = || {
        facts.iter().copied().filter(|index| {
            let fact = gathered.fact(*index);
            fact.measure == Measure::Amount && fact.unit == Unit::Cny
        })
    };
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
    fact.concept.is_some()
        && ["合计", "合 计", "合  计", "总计", "总 计", "支出合计", "本年支出合计", "收入合计"]
            .iter()
            .any(|word| words.starts_with(word))
        || fact.concept.is_some_and(|concept| concept != "expenditure.function") && !words.contains('×')
}

/// The codes that the table prints, with figures or without.
fn listed_codes(gathered: &Gathered<'_, '_>, table: usize, economic: bool) -> BTreeSet<String> {
    let table = &gathered.input.tables[table];
    let mut listed = BTreeSet::new();
    for cell in &table.cells {
        let text = &cell.2;
        let is_code = matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_code && (text.starts_with(['3', '5']) && text.len() < 7) == economic {
            listed.insert(text.clone().into_owned());
        }
    }
    listed
}

/// The nearest class above `code` that the table prints.
fn above<'c>(code: &'c str, listed: &BTreeSet<String>) -> Option<&'c str> {
    [5, 3]
        .iter()
        .filter(|length| **length < code.len())
        .find_map(|length| code.get(..*length).filter(|code| listed.contains(*code)))
}

fn climb<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    known: State,
    tree: &Tree,
    listed: &BTreeSet<String>,
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
        let parts: Vec<_> =
            codes.iter().filter_map(|code| tree.facts.get(*code)).map(|fact| Addend::plus(*fact)).collect();
        let blank = parts.len() < codes.len();
        if parts.is_empty() && (!known.certain || gathered.fact(total).value.is_zero()) {
            continue;
        }
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(total)], &parts) else { continue };
        if finding.named.iter().all(|named| gathered.fact(named.fact).value.is_zero()) {
            continue;
        }
        let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
        let twice =
            codes.iter().any(|code| tree.twice.contains(*code)) || parent.is_some_and(|code| tree.twice.contains(code));
        let fails = finding.status == Status::Fails && !economic;
        let guessed = fails && finding.named.iter().any(|named| gathered.guessed(named.fact));
        let finding = finding
            .doubt(twice, "a code stands there twice with different values")
            .doubt(blank && short && !known.certain, "a class that is not printed may make up the difference")
            .doubt(tree.other && !economic, "a row of the column has no code")
            .doubt(guessed, "which column a figure stands in cannot be told")
            .doubt(known.unread, "a number in the table could not be read");
        out.push(finding);
    }
}

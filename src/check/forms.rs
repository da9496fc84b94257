//! Self-evaluation forms and score sheets: sources of money, points and their totals.
//!
//! In: the gathered facts and the tables' cells. Out: findings of the machines that know these forms.
//! Surprise: a label that a page break repeats brings its points along; the same label with the same
//! points below itself is one.

use super::Status;
use super::finding::{Addend, Finding, Named, try_sum};
use super::gather::Gathered;
use super::printed::{Printed, Total, compare};
use crate::fact::FactSource;
use crate::grammar::identities::{Identity, Machine};
use crate::grammar::labels::squeeze;
use crate::quantity::{Decimal, Measure, Unit};
use crate::table::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// Points of one column, in order of their rows.
type Columns = BTreeMap<u32, Vec<u32>>;

fn is_form(kind: TableKind) -> bool {
    matches!(kind, TableKind::ScoreSheet | TableKind::SelfEvaluation)
}

/// The label of a fact, without its column and project.
pub(super) fn label<'f>(gathered: &Gathered<'f, '_>, index: u32) -> &'f str {
    let fact = gathered.fact(index);
    let (first, rest) = split_heading(&fact.item);
    match (&fact.project, rest) {
        (Some(project), Some(rest)) if project == first => split_heading(rest).0,
        _ => first,
    }
}

/// What stands before the first ` × `, and what behind it.
fn split_heading(item: &str) -> (&str, Option<&str>) {
    let mut signs = item.match_indices('×');
    let parted = signs.find_map(|(at, sign)| {
        let (before, behind) = (item[..at].strip_suffix(' ')?, item[at + sign.len()..].strip_prefix(' ')?);
        Some((before, Some(behind)))
    });
    parted.unwrap_or((item, None))
}

fn whole_row(label: &str) -> bool {
    // All words below have one of these.
    if !label.contains(['总', '合']) {
        return false;
    }
    let label = squeeze(label);
    ["总分", "总得分", "合计", "总计", "得分合计", "自评总分", "合计得分"].iter().any(|word| label.starts_with(word))
}

/// Points of a table by column; the row of the whole apart.
fn points(gathered: &Gathered<'_, '_>, table: usize, concept: &str) -> (Columns, Columns) {
    let (mut parts, mut wholes) = (Columns::new(), Columns::new());
    for &index in &gathered.tables[table].facts {
        let fact = gathered.fact(index);
        let Some((_, row, column)) = fact.cell else { continue };
        if fact.measure != Measure::Score || fact.unit != Unit::Point || gathered.doubtful(index) {
            continue;
        }
        if whole_row(label(gathered, index)) {
            wholes.entry(column).or_default().push(index);
            continue;
        }
        if fact.concept != Some(concept) {
            continue;
        }
        let column = parts.entry(column).or_default();
        let repeated = column.last().is_some_and(|before| {
            let before = gathered.fact(*before);
            before.item == fact.item
                && before.value == fact.value
                && before.cell.is_none_or(|cell| cell.1 != row)
                && !fact.item.contains(" × ")
        });
        if !repeated {
            column.push(index);
        }
    }
    (parts, wholes)
}

/// Tries the machines of forms.
pub(super) fn try_forms<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    machine: Machine,
    out: &mut Vec<Finding<'a>>,
) {
    for (index, table) in gathered.input.tables.iter().enumerate() {
        if !is_form(table.kind) || gathered.tables[index].facts.is_empty() {
            continue;
        }
        let from = out.len();
        match machine {
            Machine::Points => try_points(gathered, identity, index, out),
            Machine::PointsNested => try_nested(gathered, identity, index, out),
            Machine::PointsBounded => try_bounded(gathered, identity, index, out),
            _ => try_sources(gathered, identity, index, out),
        }
        let unread = gathered.tables[index].unread;
        if unread {
            for finding in &mut out[from..] {
                *finding = finding.clone().doubt(true, "a number in the table could not be read");
            }
        }
    }
}

fn try_points<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, table: usize, out: &mut Vec<Finding<'a>>) {
    for concept in ["performance.weight", "performance.score"] {
        let (parts, wholes) = points(gathered, table, concept);
        let scores = concept == "performance.score";
        let named = |wholes: &&Vec<u32>| wholes.iter().any(|index| gathered.fact(*index).concept == Some(concept));
        for (column, facts) in &parts {
            if facts.len() < 3 {
                continue;
            }
            // The total of the scores may stand in a cell merged over the columns of points and scores.
            let whole = wholes.get(column).filter(named).or_else(|| wholes.values().find(named).filter(|_| scores));
            let Some([whole]) = whole.map(Vec::as_slice) else {
                if !scores {
                    out.extend(to_hundred(gathered, identity, facts));
                }
                continue;
            };
            let sum = |facts: &[u32]| {
                let addends: Vec<_> = facts.iter().map(|fact| Addend::plus(*fact)).collect();
                try_sum(gathered, identity, &[Addend::plus(*whole)], &addends)
            };
            let Some(own) = sum(facts) else { continue };
            // The score for executing the budget may stand in a column of its own, above the indicators'.
            let all: Vec<u32> = parts.values().flatten().copied().collect();
            let wide = sum(&all).filter(|wide| scores && wide.status != Status::Fails);
            let open = scores && unscored(gathered, table, &all);
            let finding = if own.status == Status::Fails { wide.unwrap_or(own) } else { own };
            out.push(finding.doubt(open, "an indicator has points but no score"));
        }
    }
}

/// Whether a row has points to give but none given.
fn unscored(gathered: &Gathered<'_, '_>, table: usize, scores: &[u32]) -> bool {
    let row = |index: u32| gathered.fact(index).cell.map_or(0, |cell| cell.1);
    let scored: BTreeSet<u32> = scores.iter().map(|index| row(*index)).collect();
    let (weights, _) = points(gathered, table, "performance.weight");
    // The last column of points is that of the indicators themselves.
    weights.values().next_back().is_some_and(|weights| weights.iter().any(|index| !scored.contains(&row(*index))))
}

/// Points against 100, where nothing prints their total.
fn to_hundred<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, facts: &[u32]) -> Option<Finding<'a>> {
    let mut total = Total::default();
    for fact in facts {
        total.add(gathered.printed(*fact)?, false, false)?;
    }
    let mut hundred = Total::default();
    hundred.add(Printed { value: Decimal::from(100), step: Decimal::ZERO }, false, false)?;
    let mut verdict = compare(total, hundred)?;
    // A column that gives the points of some indicators only, or of another measure, is no sheet of 100.
    if verdict.difference.abs() > Decimal::from(20) {
        return None;
    }
    // Five or ten points are often kept for what stands elsewhere: the rate of execution.
    let kept_elsewhere = verdict.difference.checked_rem(Decimal::from(5)).is_some_and(|rest| rest.is_zero());
    if verdict.status != Status::Holds && kept_elsewhere {
        verdict.status = Status::Undecided;
    }
    let named = facts.iter().map(|fact| Named { fact: *fact, left: true, needed: None }).collect();
    let why = (verdict.status != Status::Holds)
        .then(|| format!("the points add to {}, and no total is printed", total.value.normalize()));
    Some(Finding { verdict: Some(verdict), ..Finding::stated(identity, verdict.status, named, why) })
}

/// Points beside the points of what they are parts of, column by column.
fn try_nested<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, table: usize, out: &mut Vec<Finding<'a>>) {
    let (parts, wholes) = points(gathered, table, "performance.weight");
    let end = wholes
        .values()
        .flatten()
        .filter_map(|index| gathered.fact(*index).cell)
        .map(|cell| cell.1)
        .min()
        .unwrap_or(u32::MAX);
    let columns: Vec<_> = parts.values().collect();
    for pair in columns.windows(2) {
        let (outer, inner) = (pair[0], pair[1]);
        let row = |index: u32| gathered.fact(index).cell.map_or(0, |cell| cell.1);
        let mut at = inner.partition_point(|index| row(*index) < outer.first().map_or(0, |first| row(*first)));
        for (order, whole) in outer.iter().enumerate() {
            let next = outer.get(order + 1).map_or(end, |next| row(*next));
            // Another label in the same column ends what stands beside this one.
            let column = gathered.fact(*whole).cell.map_or(0, |cell| cell.2);
            let own = label(gathered, *whole);
            let stop = labels(gathered, table, column, row(*whole), own).filter(|row| *row < next).unwrap_or(next);
            let until = at + inner[at..].partition_point(|index| row(*index) < stop);
            let below = &inner[at..until];
            at = until;
            if !below.is_empty() {
                let addends: Vec<_> = below.iter().map(|fact| Addend::plus(*fact)).collect();
                out.extend(try_sum(gathered, identity, &[Addend::plus(*whole)], &addends));
            }
        }
    }
}

/// The row of the next label below `row` in a column, if it is not `own` again.
fn labels(gathered: &Gathered<'_, '_>, table: usize, column: u32, row: u32, own: &str) -> Option<u32> {
    let cells = &gathered.input.tables[table].cells;
    let from = cells.partition_point(|cell| cell.0 <= row);
    let own = squeeze(own);
    let other = |cell: &&(u32, u32, std::borrow::Cow<'_, str>)| {
        let words = || Some(squeeze(&cell.2)).filter(|words| !words.is_empty());
        cell.1 == column && words().is_some_and(|words| !words.starts_with(&own))
    };
    cells[from..].iter().take(400).find(other).map(|cell| cell.0)
}

/// Scores against the points of their row.
fn try_bounded<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, table: usize, out: &mut Vec<Finding<'a>>) {
    let mut weights: BTreeMap<u32, u32> = BTreeMap::new();
    for &index in &gathered.tables[table].facts {
        let fact = gathered.fact(index);
        let Some((_, row, _)) = fact.cell else { continue };
        let point = fact.measure == Measure::Score && fact.unit == Unit::Point && !gathered.doubtful(index);
        match fact.concept {
            Some("performance.weight") if point => {
                weights.insert(row, index);
            }
            Some("performance.score") if point && !whole_row(label(gathered, index)) => {
                let Some(&weight) = weights.get(&row) else { continue };
                let above = fact.value > gathered.fact(weight).value;
                let status = if above { Status::Fails } else { Status::Holds };
                let why = above.then(|| format!("{} points of {}", gathered.raw(index), gathered.raw(weight)));
                let named = [index, weight].map(|fact| Named { fact, left: fact == index, needed: None }).to_vec();
                out.push(Finding::stated(identity, status, named, why));
            }
            _ => {}
        }
    }
}

/// What a source of money is called.
fn source(label: &str) -> Option<bool> {
    let label = squeeze(label);
    let label = crate::grammar::labels::bare(&label);
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["中央", "省级", "省财政", "市级", "市财政", "县级", "县财政", "区级", "区财政", "地方", "自治区"])
    {
        Some(false)
    } else if has(&[
        "财政拨款",
        "财政资金",
        "其他资金",
        "其它资金",
        "上年结转",
        "自筹",
        "当年财政",
        "单位资金",
        "非财政",
        "社会资金",
    ]) {
        Some(true)
    } else {
        None
    }
}

/// The total of a project's money against its sources, phase by phase.
fn try_sources<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, table: usize, out: &mut Vec<Finding<'a>>) {
    let mut wholes: BTreeMap<_, u32> = BTreeMap::new();
    let mut parts: BTreeMap<_, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
    let mut strange = BTreeSet::new();
    for &index in &gathered.tables[table].facts {
        let fact = gathered.fact(index);
        if fact.measure != Measure::Amount || fact.unit != Unit::Cny || fact.source != FactSource::Table {
            continue;
        }
        let Some((_, row, column)) = fact.cell else { continue };
        let key = (fact.phase, column);
        match (fact.concept, source(label(gathered, index))) {
            (Some("project.budget" | "project.executed"), None) => {
                wholes.entry(key).or_insert(index);
            }
            (None | Some("project.budget" | "project.executed"), Some(top)) => {
                let Some(whole) = wholes.get(&key) else { continue };
                let first = gathered.fact(*whole).cell.map_or(0, |cell| cell.1);
                if row > first && row <= first + 6 {
                    let found = parts.entry(key).or_default();
                    if top { found.0.push(index) } else { found.1.push(index) }
                }
            }
            (None, None) => {
                let first = wholes.get(&key).and_then(|whole| gathered.fact(*whole).cell).map(|cell| cell.1);
                if first.is_some_and(|first| row > first && row <= first + 4) {
                    strange.insert(key);
                }
            }
            _ => {}
        }
    }
    for (key, whole) in wholes {
        let Some((top, levels)) = parts.get(&key) else { continue };
        // 财政拨款 may be divided into levels of government; then those are parts of it, not beside it.
        let fiscal = top.iter().any(|index| label(gathered, *index).contains("财政"));
        let facts: Vec<_> = if fiscal { top.clone() } else { top.iter().chain(levels).copied().collect() };
        // 其他资金 0 alone says nothing about the others.
        if facts.iter().all(|index| gathered.fact(*index).value.is_zero()) {
            continue;
        }
        let addends: Vec<_> = facts.iter().map(|fact| Addend::plus(*fact)).collect();
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(whole)], &addends) else { continue };
        let certain = gathered.tables[table].certain;
        let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
        let strange = strange.contains(&key);
        out.push(finding.doubt(strange || short && !(certain && fiscal), "a source may not be printed"));
    }
}

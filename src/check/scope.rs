//! Figures that bear one name and speak of different things: several reporters in one document, another unit.
//!
//! In: the findings of a document. Out: the same, those that fail for such a reason undecided. A document may hold
//! the statements of a department and of each of its units, of two years, of the budget and of the accounts; then
//! nothing can be told between two places of it, but all within one. A table whose unit is not printed, or whose
//! figures are all ten thousand times too much, is in another unit than was thought. An annex may be about one unit.

use super::Status;
use super::between::agree;
use super::finding::{Finding, Named};
use super::gather::Gathered;
use super::slip::Slip;
use crate::fact::Flags;
use crate::quantity::{Decimal, Measure};
use crate::table::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// The wholes that a statement prints once for each reporter.
const WHOLES: [&str; 9] = [
    "income.total",
    "income.current_year",
    "expenditure.total",
    "expenditure.current_year",
    "general_budget.expenditure",
    "general_budget.basic",
    "three_public.total",
    "government_fund.expenditure",
    "state_capital.expenditure",
];

/// So many failing findings that are off by the same factor put the unit of tables in doubt.
const OFF: usize = 3;

/// Turns failures that another scope or unit explains into ones that cannot be told.
pub(super) fn doubt_scope(gathered: &Gathered<'_, '_>, findings: &mut [Finding<'_>]) {
    if !findings.iter().any(|finding| finding.status == Status::Fails) {
        return;
    }
    let several = several_wholes(gathered);
    let off = findings.iter().filter(|finding| finding.status == Status::Fails && is_off(finding)).count();
    for finding in findings.iter_mut().filter(|finding| finding.status == Status::Fails) {
        let tables: BTreeSet<_> = finding.named.iter().map(|named| table_of(gathered, named.fact)).collect();
        let paragraphs = || finding.named.iter().map(|named| gathered.paragraph(named.fact)).collect::<BTreeSet<_>>();
        let apart = tables.len() > 1 || tables.contains(&None) && paragraphs().len() > 1;
        let kinds = || tables.iter().flatten().map(|table| gathered.input.tables[*table as usize].kind);
        let other = apart && (several.len() > 1 || kinds().any(|kind| several.contains(&kind)));
        let implied = || finding.named.iter().any(|named| gathered.fact(named.fact).flags.has(Flags::UNIT_IMPLIED));
        let unit = apart && is_off(finding) && (implied() || off >= OFF);
        let annexed = finding.named.iter().filter(|named| in_annex(gathered, named.fact)).count();
        let annex =
            annexed > 0 && annexed < finding.named.len() && !is_near(finding) && !slipped(gathered, &finding.named);
        let why = match (other, unit, annex) {
            (true, ..) => "the report has several statements of one kind: they may be of several units or years",
            (_, true, _) => "the figures of the table may be in another unit",
            (.., true) => "the annex may speak of one unit or of the budget",
            _ => continue,
        };
        finding.status = Status::Undecided;
        finding.why = Some(why.to_owned());
    }
}

fn table_of(gathered: &Gathered<'_, '_>, fact: u32) -> Option<u32> {
    gathered.fact(fact).cell.map(|cell| cell.0)
}

/// Whether a figure of the text stands in an annex: an evaluation may be of one unit, and of what was planned.
fn in_annex(gathered: &Gathered<'_, '_>, fact: u32) -> bool {
    let path = gathered.section(fact).and_then(|section| gathered.input.sections.get(section as usize));
    gathered.fact(fact).cell.is_none()
        && path.is_some_and(|path| ["附件", "绩效", "评价"].iter().any(|words| path.contains(words)))
}

/// Whether both sides are one value but for a small part of it.
fn is_near(finding: &Finding<'_>) -> bool {
    finding.verdict.is_some_and(|verdict| {
        let hundredth = verdict.right.abs().checked_div(Decimal::from(100)).unwrap_or_default();
        verdict.difference.abs() <= hundredth
    })
}

/// Whether one digit put right in one of the figures would do: then a slip is likelier than another scope.
pub(super) fn slipped(gathered: &Gathered<'_, '_>, figures: &[Named]) -> bool {
    figures.iter().any(|named| {
        let slip = named.needed.and_then(|range| Slip::new(gathered, named.fact, range));
        slip.is_some_and(|slip| slip.one_digit().is_some())
    })
}

/// The kinds of statements of which several tables give the whole, each another one.
fn several_wholes(gathered: &Gathered<'_, '_>) -> BTreeSet<TableKind> {
    let mut wholes: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    let mut several = BTreeSet::new();
    for (index, found) in gathered.tables.iter().enumerate() {
        let kind = gathered.input.tables[index].kind;
        for &fact in &found.facts {
            let stated = gathered.fact(fact);
            let Some(concept) = stated.concept.filter(|concept| WHOLES.contains(concept)) else { continue };
            let whole = stated.function_code.is_none() && stated.economic_code.is_none();
            if !whole || stated.measure != Measure::Amount || !gathered.states(fact) {
                continue;
            }
            let key = (kind, concept, stated.fund, stated.phase, stated.period);
            let (table, first) = *wholes.entry(key).or_insert((index as u32, fact));
            if table != index as u32 && !agree(gathered, first, fact) {
                several.insert(kind);
            }
        }
    }
    several
}

/// Whether the two sides are about ten thousand times apart.
fn is_off(finding: &Finding<'_>) -> bool {
    let near = |one: Decimal, other: Decimal| {
        let ratio = one.checked_div(other).unwrap_or_default();
        ratio > Decimal::from(5_000) && ratio < Decimal::from(20_000)
    };
    finding.verdict.is_some_and(|verdict| near(verdict.left, verdict.right) || near(verdict.right, verdict.left))
}

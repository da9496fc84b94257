//! The figures of a budget: nothing of its own year is spent yet.
//!
//! In: the facts of a document that is a budget (部门预算). Out: amounts of its year in the phase `approved`, which the
//! forms and sentences of final accounts, read by the same grammars, call executed or adjusted. Years before stay.

use super::{Fact, Metadata};
use crate::quantity::{Phase, Unit};

/// Puts the figures of a budget's own year into the phase of budgets. The kind of report has to be sure: its title says
/// so, or it speaks of no final accounts at all.
pub fn approve(text: &str, metadata: &Metadata, facts: &mut [Fact<'_>]) {
    let of_budget = metadata.report_kind == Some("budget")
        && (metadata.title.as_deref().is_some_and(|title| title.contains("预算")) || !text.contains("决算"));
    if !of_budget || metadata.fiscal_year.is_none() {
        return;
    }
    for fact in facts.iter_mut().filter(|fact| fact.period == metadata.fiscal_year) {
        let counted = !matches!(fact.unit, Unit::Cny | Unit::Percent);
        if !counted && matches!(fact.phase, Some(Phase::Executed | Phase::Adjusted)) {
            fact.phase = Some(Phase::Approved);
        }
    }
}

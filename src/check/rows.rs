//! Changes, growth and execution rates in the rows of tables that say them beside their figures.
//!
//! In: the facts of each row. Out: a finding for each percentage and change whose figures stand once in the row.

use super::finding::{Addend, Finding, try_sum};
use super::gather::Gathered;
use super::relations::{Relations, execution_finding, growth_finding};
use crate::quantity::{Measure, Phase, Unit};

/// Tries changes, growth and execution in the rows of tables that say them.
pub(super) fn try_rows<'a>(gathered: &Gathered<'_, 'a>, relations: &Relations<'a>, out: &mut Vec<Finding<'a>>) {
    for found in &gathered.tables {
        let mut from = 0;
        while from < found.facts.len() {
            let row = gathered.fact(found.facts[from]).cell.map(|cell| cell.1);
            let same = |index: &u32| gathered.fact(*index).cell.map(|cell| cell.1) == row;
            let length = found.facts[from..].iter().take_while(|index| same(index)).count();
            try_row(gathered, relations, &found.facts[from..from + length], out);
            from += length;
        }
    }
}

fn try_row<'a>(gathered: &Gathered<'_, 'a>, relations: &Relations<'a>, row: &[u32], out: &mut Vec<Finding<'a>>) {
    let only = |fits: &dyn Fn(u32) -> bool| {
        let mut found = row.iter().copied().filter(|index| fits(*index));
        found.next().filter(|_| found.next().is_none())
    };
    let amount = |index: u32| {
        let fact = gathered.fact(index);
        fact.measure == Measure::Amount && fact.unit == Unit::Cny
    };
    if let Some(rate) = only(&|index| gathered.fact(index).measure == Measure::ExecutionRate) {
        let executed = only(&|index| amount(index) && gathered.fact(index).phase == Some(Phase::Executed));
        let budget = |phase: Phase| only(&|index| amount(index) && gathered.fact(index).phase == Some(phase));
        let budgets: Vec<u32> = budget(Phase::Adjusted).into_iter().chain(budget(Phase::Approved)).collect();
        if let Some(executed) = executed {
            out.extend(execution_finding(gathered, relations, rate, executed, &budgets));
        }
    }
    let Some(change) = only(&|index| gathered.fact(index).measure == Measure::Change) else { return };
    let base = gathered.fact(change).base_period;
    let period = gathered.fact(change).period;
    let value = only(&|index| amount(index) && gathered.fact(index).period == period);
    let before = only(&|index| amount(index) && gathered.fact(index).period == base && base != period);
    if let (Some(value), Some(before), Some(identity)) = (value, before, relations.change) {
        let right = [Addend::plus(value), Addend { fact: before, minus: true }];
        out.extend(try_sum(gathered, identity, &[Addend::plus(change)], &right));
    }
    let growth =
        only(&|index| gathered.fact(index).measure == Measure::Growth && gathered.fact(index).unit == Unit::Percent);
    if let (Some(growth), Some(value)) = (growth, value) {
        out.extend(growth_finding(gathered, relations, growth, change, value));
    }
}

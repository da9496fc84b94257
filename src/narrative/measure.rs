//! What is measured about a figure: an amount, a change, a share, a rate … and which way it goes.
//!
//! In: its clause, unit, bound and topics. Out: the measure, and whether the figure is below zero.

use super::claim::is_time;
use super::clause::{Clause, is_direction};
use super::reader::Reader;
use super::topic::Topic;
use crate::grammar::narrative::WordKind;
use crate::quantity::{Measure, Unit};

impl<'g> Reader<'_, 'g, '_> {
    pub(super) fn measure(
        &self,
        clause: &Clause,
        unit: &Unit,
        bound: Option<Measure>,
        topics: &[Topic<'g>],
        at: usize,
    ) -> (Measure, bool) {
        let direction = clause.measure.is_some_and(is_direction);
        let negative = clause.measure == Some(WordKind::Down);
        let scored = topics.iter().any(|topic| topic.concepts.contains(&"performance.score"));
        let measure = match (unit, clause.measure) {
            (Unit::Percent, Some(WordKind::Share)) => Measure::Share,
            (Unit::Percent, Some(WordKind::Execution)) => Measure::ExecutionRate,
            (Unit::Percent, _) if direction => Measure::Growth,
            (Unit::Percent, _) => return self.bare_percent(clause, bound, at),
            (Unit::Point, _) => bound.unwrap_or(Measure::Score),
            (Unit::Printed(printed), _) if &**printed == "倍" && direction => Measure::Growth,
            (unit, _) if is_extent(unit) && !direction => bound.unwrap_or(Measure::Amount),
            (Unit::Cny, _) if direction => Measure::Change,
            (Unit::Cny, _) => bound.unwrap_or(Measure::Amount),
            (Unit::Printed(printed), _) if &**printed == "倍" => Measure::Rate,
            (Unit::Printed(printed), _) if &**printed == "百分点" => {
                match self.joined_change(clause, at).filter(|_| !direction) {
                    Some(negative) => return (Measure::Change, negative),
                    None if direction => Measure::Change,
                    None => bound.unwrap_or(Measure::Rate),
                }
            }
            (_, _) if direction => Measure::Change,
            (Unit::Printed(printed), _) if scored && !matches!(&**printed, "个" | "项" | "家" | "次") => {
                Measure::Score
            }
            (_, _) => bound.unwrap_or(Measure::Count),
        };
        (measure, negative)
    }

    /// 分别下降2.1和5.6个百分点: whether the figure joined to the change before it is below zero as well.
    fn joined_change(&self, clause: &Clause, at: usize) -> Option<bool> {
        let bare = clause.subject.is_none() && clause.phrase.is_none() && clause.measure.is_none();
        let last = self.last.as_ref().filter(|last| bare && last.measure == Measure::Change)?;
        let between = self.text.get(last.end..self.tokens.tokens[at].range.start)?;
        is_joint(between).then_some(last.negative)
    }

    /// A percentage without a measure's word: growth behind a change, share behind an amount in
    /// brackets, else a rate.
    pub(super) fn bare_percent(&self, clause: &Clause, bound: Option<Measure>, at: usize) -> (Measure, bool) {
        let bare = clause.subject.is_none() && clause.phrase.is_none();
        let before = &self.text[..self.tokens.tokens[at].range.start];
        // 年初预算138万元，决算140.06万元，完成101.49%.
        if bare
            && before.ends_with("完成")
            && self.last.as_ref().is_some_and(|last| last.topic.concepts.iter().all(|concept| self.is_money(concept)))
        {
            return (Measure::ExecutionRate, false);
        }
        if let Some(last) = self.last.as_ref().filter(|_| bare && bound.is_none()) {
            let between = self.text.get(last.end..self.tokens.tokens[at].range.start).unwrap_or("");
            // 决算数84万元，相当于年初预算80万元的105%.
            if between == "的" && last.budget.is_some() {
                return (Measure::ExecutionRate, false);
            }
            // 占采购规模的24.8%、47.3%和27.9%: each is what the first is.
            if is_joint(between) && matches!(last.measure, Measure::Share | Measure::ExecutionRate | Measure::Growth) {
                return (last.measure, last.negative);
            }
            if between.chars().count() <= 2 || (between.chars().count() == 3 && before.ends_with(['-', '－', '−'])) {
                return match last.measure {
                    Measure::Change => (Measure::Growth, last.negative && !before.ends_with(['-', '－', '−'])),
                    Measure::Amount if between.starts_with('（') => (Measure::Share, false),
                    _ => (Measure::Rate, false),
                };
            }
        }
        (bound.unwrap_or(Measure::Rate), false)
    }
}

/// 、 or 和 between two figures, with the minus of the second: 6.7%、-4.5%和-21.7%.
fn is_joint(between: &str) -> bool {
    matches!(between.trim_end_matches(['-', '－', '−']), "、" | "和" | "及" | "与")
}

/// Areas and lengths of time are amounts, not counts.
fn is_extent(unit: &Unit) -> bool {
    match unit {
        Unit::SquareMetre => true,
        Unit::Printed(printed) => is_time(unit) || matches!(&**printed, "平方公里" | "平方千米" | "公顷"),
        _ => false,
    }
}

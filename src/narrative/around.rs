//! What stands around a figure's own clause and tells of it: brackets, colons, amounts and counts before it.
//!
//! In: the clause and the reader's memory. Out: the clause, filled in.

use super::claim::Figure;
use super::clause::{Clause, is_direction, read_clause};
use super::reader::Reader;
use super::token::{Kind, Mark, Token};
use super::topic::Topic;
use crate::figure::Quantity;
use crate::grammar::narrative::WordKind;
use crate::quantity::{Measure, Phase, Unit};
use std::ops::Range;

impl<'g> Reader<'_, 'g, '_> {
    /// 完成预算20万元的66.35%, 占支出合计488.80万元的77%, 占编制数143人的95.1%: the amount is that of the budget,
    /// or of the whole. What the share is of, if it is one.
    pub(super) fn amount_of_whole(&self, clause: &mut Clause, unit: &Unit) -> Option<Topic<'g>> {
        let relative = |unit: &Unit| match unit {
            Unit::Printed(printed) => matches!(&**printed, "百分点" | "倍" | "‰"),
            unit => *unit == Unit::Percent,
        };
        let word = clause.measure.filter(|_| !relative(unit))?;
        match word {
            WordKind::Execution => {
                (clause.measure, clause.phase) = (None, clause.whole.phase);
                None
            }
            WordKind::Share => {
                let own = clause.subject.and_then(|subject| self.topic_of(subject, Some(unit)));
                let part = own.or_else(|| self.last.as_ref().map(|last| last.topic.clone()));
                (clause.measure, clause.phase) = (None, clause.whole.phase);
                (clause.subject, clause.phrase) = (clause.whole.subject, clause.whole.phrase);
                part
            }
            _ => None,
        }
    }

    /// The 77% behind 占支出合计488.80万元的: of what it is the share.
    pub(super) fn share_of_whole(&self, at: usize, clause: &Clause, unit: &Unit) -> Option<Topic<'g>> {
        let last = self.last.as_ref().filter(|_| *unit == Unit::Percent && clause.subject.is_none())?;
        let between = self.text.get(last.end..self.tokens.tokens[at].range.start)?;
        let of_it = between.trim().strip_prefix('的')?.trim_end_matches(['为', '是', '达']);
        last.shared.clone().filter(|_| matches!(of_it, "" | "比例" | "比重" | "比率" | "百分比"))
    }

    /// 户籍人口数（5%）、目标实现（4分）: what stands before the bracket is spoken of.
    pub(super) fn before_bracket(&self, clause: &mut Clause, at: usize, quantity: &Quantity<'g>) {
        let right_behind = clause.boundary == Some(Mark::Open) && clause.start == at;
        let Some(open) = at.checked_sub(1).filter(|open| right_behind && *open > self.sentence) else { return };
        let outside = read_clause(&self.tokens.tokens, self.text, open, self.sentence, |_| false);
        if outside.measure.is_none() {
            (clause.subject, clause.phrase, clause.narrowed) = (outside.subject, outside.phrase, outside.narrowed);
        } else if outside.measure == Some(WordKind::Signed) {
            *clause = Clause { boundary: clause.boundary, ..outside };
        } else if quantity.unit.is_some_and(|unit| unit.unit == Unit::Point) && outside.start < open {
            // 执行进度（5.4分）: points are an indicator's, whatever its words are.
            clause.phrase = Some((outside.start, open - 1));
        }
    }

    /// 收入：792.22万元, 收入预算：年初预算数503万元: what stands before the colon is spoken of, if nothing behind it is.
    pub(super) fn before_colon(&self, clause: &mut Clause) {
        let bare = clause.boundary == Some(Mark::Colon) && clause.subject.is_none() && clause.phrase.is_none();
        let Some(colon) = clause.start.checked_sub(1).filter(|colon| bare && *colon > self.sentence) else { return };
        let outside = read_clause(&self.tokens.tokens, self.text, colon, self.sentence, |_| false);
        if outside.measure.is_none() && !outside.breakdown {
            (clause.subject, clause.phrase, clause.narrowed) = (outside.subject, outside.phrase, outside.narrowed);
            clause.start = outside.start;
        }
    }

    /// 年初批复预算8个项目985万元: the amount behind the count is of the same phase.
    pub(super) fn behind_count(&self, clause: &mut Clause) {
        let plain = clause.boundary.is_none() && clause.measure.is_none() && clause.phase.is_none();
        if plain && clause.start > self.sentence {
            clause.phase = self.last.as_ref().filter(|last| last.no_money).and_then(|last| last.budget);
        }
    }

    /// 较年初预算680万元增加20万元: the amount compared with stands between.
    pub(super) fn against_amount(&self, clause: &mut Clause, at: usize) {
        let tokens = &self.tokens.tokens;
        let first = tokens.get(clause.start).map_or(0, |token| token.range.start);
        let amount_right_before = self.last.as_ref().is_some_and(|last| last.end > 0 && last.end + 6 >= first);
        // 与年初预算189万元相比，增加7万元.
        let end = self.last.as_ref().map_or(first, |last| last.end);
        let between = self.text.get(end..tokens[at].range.start).unwrap_or("");
        let compared_before =
            ["相比，", "比较，", "对比，", "相比较，", "，相比", "，比较"].iter().any(|word| between.starts_with(word));
        if clause.measure.is_some_and(is_direction) {
            clause.against_budget |= !clause.compared
                && !clause.timed
                && (clause.boundary.is_none() && amount_right_before || compared_before)
                && self.last.as_ref().is_some_and(|last| last.compared_budget);
        } else if matches!(clause.phase, Some(Phase::Approved | Phase::Adjusted)) {
            let compares = |token: &Token<'_>| matches!(token.kind, Kind::Word(WordKind::Compare, _));
            clause.compared_budget = tokens[clause.start.min(at)..at].iter().any(compares);
        }
    }

    /// 年初预算138万元，决算140.06万元，多支2.06万元: a change against nothing named, which is what lies between the budget
    /// and what was spent of it.
    pub(super) fn differs_from_budget(
        &self,
        clause: &Clause,
        figure: &Figure,
        topics: &[Topic<'g>],
        at: usize,
    ) -> bool {
        /// How many figures back the two amounts may stand.
        const REACH: usize = 6;
        let Some(topic) = topics.first().filter(|_| figure.measure == Measure::Change && figure.unit == Unit::Cny)
        else {
            return false;
        };
        let previous = |token: &Token<'_>| matches!(token.kind, Kind::Word(WordKind::PreviousYear, _));
        let words = &self.tokens.tokens[clause.start.min(at)..at];
        if clause.compared || clause.timed || self.base.is_some() || words.iter().any(previous) {
            return false;
        }
        let sentence = self.tokens.tokens.get(self.sentence).map_or(0, |token| token.range.start);
        let near = self.readings.iter().rev().take(REACH).take_while(|reading| reading.range.start >= sentence);
        let (mut budget, mut spent) = (None, None);
        for claim in near.filter_map(|reading| reading.claims.first()) {
            if claim.measure == Measure::Amount && claim.item == topic.item {
                match claim.phase {
                    Some(Phase::Approved | Phase::Adjusted) => budget = budget.or(Some(claim.value)),
                    Some(Phase::Executed) => spent = spent.or(Some(claim.value)),
                    _ => {}
                }
            }
        }
        let between = budget.zip(spent).and_then(|(budget, spent)| spent.checked_sub(budget));
        between
            .filter(|between| between.abs() == figure.value.abs())
            // 差值为0.9万元 tells no direction.
            .is_some_and(|between| {
                clause.measure == Some(WordKind::Signed) || between.is_sign_negative() == figure.negative
            })
    }

    /// 经费53亿元，比预算数减少9亿元。其中接待费5亿元，减少3亿元: what says no base has that of the whole.
    pub(super) fn as_whole_compared(&mut self, clause: &mut Clause, measure: Measure, at: usize) {
        if measure != Measure::Change {
            return;
        }
        let compares = |token: &Token<'_>| match token.kind {
            Kind::Word(WordKind::PreviousYear | WordKind::Compare | WordKind::Compared, _) => true,
            Kind::Word(word, _) => is_direction(word) && self.text[token.range.clone()].contains("同比"),
            _ => false,
        };
        let words = &self.tokens.tokens[clause.start.min(at)..at];
        // 比上年决算8.9万元减少0.58万元: against the amount right before.
        let behind_amount = clause.boundary.is_none()
            && words.first().is_some_and(|first| self.last.as_ref().is_some_and(|last| last.end == first.range.start));
        let said = behind_amount || clause.timed || clause.against_budget || words.iter().any(compares);
        if said {
            self.against_budget = Some(clause.against_budget);
        } else if self.base.is_none() {
            clause.against_budget |= self.against_budget == Some(true);
        }
    }

    /// 由61.2%升至68.9%: the first figure is that of the year before.
    pub(super) fn moves_on(&self, at: usize, end: usize) -> bool {
        let words = self.tokens.tokens[at.saturating_sub(3).max(self.sentence.min(at))..at].iter().rev();
        let mut near = words.take_while(|token| !matches!(token.kind, Kind::Mark(_) | Kind::Number(_)));
        let from = near.any(|token| matches!(self.text[token.range.clone()].trim(), "由" | "从"));
        let rest = &self.text[end..];
        let moves = |verb: &str| rest.starts_with(verb);
        from && ["升", "降", "提", "增", "减", "压", "上升", "下降", "缩", "扩", "延", "涨"].into_iter().any(moves)
    }

    /// 较2014年度“三公”经费合计16.08万元增加15.15万元: what the change is from.
    pub(super) fn is_compared(&self, clause: &Clause, at: usize, end: usize) -> bool {
        let budget = matches!(clause.phase, Some(Phase::Approved | Phase::Adjusted));
        if !clause.timed || clause.measure.is_some() || budget || clause.start >= at {
            return false;
        }
        let first = &self.tokens.tokens[clause.start];
        let words = &self.text[first.range.clone()];
        let compares = match first.kind {
            Kind::Word(WordKind::Compare, _) => true,
            // 比上年累计支出433万元减少2万元.
            Kind::Word(WordKind::PreviousYear, _) => words.starts_with(['比', '较', '与']),
            _ => false,
        };
        compares && self.changes_behind(end)
    }

    /// The subject of the clause behind 与上年的251万元相比，.
    pub(super) fn compared_ahead(&self, clause: &Clause, range: &Range<usize>, unit: &Unit) -> Option<Topic<'g>> {
        const REACH: usize = 8;
        let from = self.tokens.tokens.partition_point(|token| token.range.start < range.end);
        let ahead = self.tokens.tokens[from..].iter().take(REACH);
        let compared = ahead.clone().any(|token| matches!(token.kind, Kind::Word(WordKind::Compared, _)));
        let subject = ahead.take_while(|token| !matches!(token.kind, Kind::Mark(Mark::Stop)));
        let subject = subject
            .filter(|_| clause.base_amount && compared)
            .position(|token| matches!(token.kind, Kind::Subject(_)))?;
        self.topic_of(from + subject, Some(unit))
    }

    /// Whether the words at `end` tell of a change: 增加, 减少.
    pub(super) fn changes_behind(&self, end: usize) -> bool {
        let rest = &self.text[end..];
        ["增", "减", "下降", "降低", "上升", "多", "少"].into_iter().any(|verb| rest.starts_with(verb))
    }
}

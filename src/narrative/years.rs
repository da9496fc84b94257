//! Which year a figure speaks of, and which one it is compared with.
//!
//! In: the years met in a sentence. Out: the reader's `period` and `base`, and those of a claim.
//! Surprise: the year of a founding, of a date or of an explanation is not what later figures speak of.

use super::claim::Figure;
use super::clause::Clause;
use super::reader::Reader;
use super::token::{Kind, Mark};
use crate::grammar::narrative::WordKind;
use crate::quantity::Measure;
use std::ops::Range;

impl Reader<'_, '_, '_> {
    /// A year met in the text: spoken of, or compared with.
    pub(super) fn year(&mut self, at: usize, range: &Range<usize>) {
        let raw = &self.text[range.clone()];
        let Some(year) = raw.parse::<i16>().ok().filter(|year| raw.len() == 4 && (1950..2100).contains(year)) else {
            return;
        };
        // A date (2021年3月10日) says when something was done, not which year the figures speak of.
        let date = self.text[range.end..]
            .strip_prefix('年')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let before_year = self.text[..range.start].trim_end();
        if is_founding(before_year, &self.text[range.end..]) {
            return;
        }
        let tokens = &self.tokens.tokens;
        let before = at.checked_sub(1).map(|before| &tokens[before].kind);
        let compared_behind =
            tokens[at + 1..].iter().take(3).any(|token| matches!(token.kind, Kind::Word(WordKind::Compared, _)));
        if matches!(before, Some(Kind::Word(WordKind::Compare | WordKind::Compared, _))) || compared_behind {
            self.base = Some(year);
        } else if date && ["截至", "截止", "截至到", "截止到", "截止至"].iter().any(|word| before_year.ends_with(word))
        {
            // 截至2022年12月31日，资产原值…: what is told is as of that day.
            (self.period, self.dated) = (Some(year), None);
        } else if date {
            self.dated = Some(year);
        } else if self.brackets.is_empty() || self.opens_bracket(at, &self.text[range.end..]) {
            self.period = Some(year);
            self.dated = None;
        }
    }

    /// 支出5万元（2030年为4万元）: the bracket tells of that year.
    fn opens_bracket(&self, at: usize, after: &str) -> bool {
        let first = at > 0 && matches!(self.tokens.tokens[at - 1].kind, Kind::Mark(Mark::Open));
        let told = after.strip_prefix('年').map(|rest| rest.strip_prefix('度').unwrap_or(rest));
        let states =
            |rest: &str| ["为", "是", "决算", "预算", "支出", "收入"].iter().any(|word| rest.starts_with(word));
        first && told.is_some_and(states)
    }

    /// 主要是2030年开展改革，车辆减少；公务接待费430万元: the year of an explanation is forgotten where it ends.
    pub(super) fn explain_years(&mut self) {
        self.years_before.get_or_insert((self.period, self.base));
    }

    /// 较2029年下降2%；维修费60万元，较上年下降21%: the year before, whatever was compared with so far.
    pub(super) fn compare_with_previous(&mut self, at: usize) {
        let words = &self.text[self.tokens.tokens[at].range.clone()];
        let behind_compare = at > self.sentence
            && matches!(self.tokens.tokens[at - 1].kind, Kind::Word(WordKind::Compare | WordKind::Verb, _));
        if behind_compare || words == "同比" || words.starts_with(['比', '较', '与']) {
            self.base = None;
        }
    }

    /// The year that a figure speaks of, and the year that it is compared with.
    pub(super) fn years(&self, clause: &Clause, figure: &Figure) -> (Option<i16>, Option<i16>) {
        let before = |year: Option<i16>| year.map(|year| year - 1);
        let period = if clause.base_amount {
            self.base.or(before(self.period))
        } else if self.speaks_of_previous_year(clause, figure.measure) {
            before(self.period)
        } else {
            self.period
        };
        if !matches!(figure.measure, Measure::Change | Measure::Growth) {
            return (period, None);
        }
        if clause.against_budget {
            // 比2019年预算减少0.02万元，下降5.26%.
            let before = self.last.as_ref().filter(|last| {
                figure.measure == Measure::Growth && last.measure == Measure::Change && last.against_budget
            });
            let base = if clause.timed { self.base } else { before.and_then(|last| last.base) };
            return (period, base.or(period));
        }
        // 2018年收入600万元，2017年收入550万元，增加50万元: the change is that of the later year.
        match self
            .latest
            .filter(|latest| !clause.compared && !clause.timed && period.is_some_and(|period| period < *latest))
        {
            Some(latest) => (Some(latest), period),
            None => (period, self.base.or(before(period))),
        }
    }

    /// `上年支出30万元`, but not `比上年增加`.
    pub(super) fn speaks_of_previous_year(&self, clause: &Clause, measure: Measure) -> bool {
        measure == Measure::Amount
            && !clause.compared
            && self.tokens.tokens[clause.start.min(self.tokens.tokens.len())..]
                .iter()
                .take_while(|token| !matches!(token.kind, Kind::Number(_) | Kind::Mark(_)))
                .any(|token| {
                    matches!(token.kind, Kind::Word(WordKind::PreviousYear, _))
                        && !self.text[token.range.clone()].contains(['比', '与', '较'])
                })
    }
}

/// 始建于1958年，1958年成立: when the office was set up, not what its figures are of.
fn is_founding(before: &str, after: &str) -> bool {
    let set_up = ["成立于", "建于", "创建于", "组建于", "创办于", "设立于"];
    let behind = after.strip_prefix('年').unwrap_or(after);
    let founded = ["成立", "建成", "建院", "建校", "组建", "设立", "创办"]
        .iter()
        .any(|verb| behind.strip_prefix(verb).is_some_and(|rest| rest.starts_with(['，', '。', '；', ','])));
    set_up.iter().any(|verb| before.ends_with(verb)) || founded
}

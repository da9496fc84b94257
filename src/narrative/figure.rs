//! Reads one number: not a figure at all, or a figure with its unit, range, sign and bound.
//!
//! In: a number token. Out: its reading, written down through [`super::claim`].

use super::Reading;
use super::claim::Figure;
use super::clause::{Clause, is_direction, read_clause};
use super::reader::{Preset, Reader};
use super::token::Kind;
use crate::figure::{Quantity, read_comparator, read_quantity};
use crate::grammar::narrative::{NumberRule, WordKind};
use crate::quantity::{Decimal, Measure, NumberClass, Phase, Unit};
use std::ops::Range;

const DEFINITION_RULE: &str = "narrative/definition";
const LABEL_RULE: &str = "narrative/limit-in-a-name";
/// 病组CV值小于1: a limit without a unit.
const BOUND_RULE: &str = "narrative/bound-without-unit";
const DURATION_RULE: &str = "narrative/duration";
pub(super) const NAME_RULE: &str = "narrative/part-of-name";
const YEAR_RULE: &str = "narrative/bare-year";
const UNREAD_RULE: &str = "narrative/unread";

impl<'g> Reader<'_, 'g, '_> {
    pub(super) fn number(&mut self, at: usize, number: usize) {
        if self.context.trace.is_some() {
            self.explain_number(number);
        }
        let range = self.tokens.numbers[number].range.clone();
        let after = &self.text[range.end..];
        let quantity = read_quantity(after, self.grammars.vocabulary());
        self.behind = (range.end, quantity.length);
        // 2070109群众文化 is a code, whatever 群众 counts; 2080505元 is none.
        let amount = quantity.unit.is_some_and(|unit| matches!(unit.unit, Unit::Cny | Unit::Percent));
        let states = |rule: &&NumberRule| (rule.weak && quantity.unit.is_some()) || (rule.names_class && amount);
        if let Some(rule) = self.rules[number].filter(|rule| !states(rule)) {
            if rule.class == NumberClass::Period {
                self.year(at, &range);
                self.consume_time(at, range.end);
            }
            return self.push(range, rule.class, &rule.rule);
        }
        if quantity.unit.is_some_and(|unit| unit.duration) && (self.defines() || !self.measures_time(at)) {
            self.consume(at, range.end + quantity.length);
            return self.push(range, NumberClass::Period, DURATION_RULE);
        }
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if letter(self.text[..range.start].chars().next_back())
            || (letter(after.chars().next()) && quantity.unit.is_none())
        {
            return self.push(range, NumberClass::Identifier, NAME_RULE);
        }
        self.figure(at, number, range, quantity);
    }

    /// 平均住院日8.6天, 缩短5天: the length of time is what is measured.
    fn measures_time(&self, at: usize) -> bool {
        let clause = read_clause(&self.tokens.tokens, self.text, at, self.sentence, |_| false);
        let average =
            |(first, _): (usize, usize)| self.text[self.tokens.tokens[first].range.start..].starts_with("平均");
        clause.timespan
            || matches!(clause.measure, Some(WordKind::Up | WordKind::Down))
            || clause.phrase.is_some_and(average)
            // 由8.6天降到7.9天: the figure before it was one.
            || clause.phrase.is_none() && clause.subject.is_none() && self.last.as_ref().is_some_and(|last| last.timespan)
    }

    pub(super) fn push(&mut self, range: Range<usize>, class: NumberClass, rule: &'g str) {
        self.readings.push(Reading { range, class, rule, claims: Vec::new() });
    }

    /// Takes the bytes up to `end` (unit, multiplier) out of the tokens behind number token `at`.
    pub(super) fn consume(&mut self, at: usize, end: usize) {
        for token in &mut self.tokens.tokens[at + 1..] {
            if token.range.start >= end {
                break;
            }
            token.kind = Kind::Text;
            token.range.start = end;
            token.range.end = token.range.end.max(end);
        }
    }

    /// Takes 年度, 月底, 日 out of the text behind a period's number: they name nothing.
    fn consume_time(&mut self, at: usize, end: usize) {
        const SUFFIXES: [&str; 13] =
            ["学年度", "学年", "年度", "年底", "年末", "年初", "年", "月份", "月底", "月末", "月", "日", "度"];
        let suffix =
            SUFFIXES.iter().find(|suffix| self.text[end..].starts_with(**suffix)).map_or(0, |suffix| suffix.len());
        if let Some(token) = self.tokens.tokens.get_mut(at + 1).filter(|token| matches!(token.kind, Kind::Text)) {
            token.range.start = token.range.end.min(end + suffix);
        }
    }

    /// The unit of a range's end, for its beginning: `1.2` of `1.2-1.5万元`.
    pub(super) fn unit_of_range(&self, number: usize, end: usize) -> Option<Quantity<'g>> {
        let next = self.tokens.numbers.get(number + 1)?.range.clone();
        let between = self.text.get(end..next.start)?;
        if !matches!(between.trim(), "-" | "—" | "－" | "–" | "~" | "～" | "至" | "到" | "－－" | "——" | "%-" | "%—")
        {
            return None;
        }
        let quantity = read_quantity(&self.text[next.end..], self.grammars.vocabulary());
        quantity.unit.is_some_and(|unit| !unit.duration).then_some(Quantity { length: 0, ..quantity })
    }

    /// In definitions (名词解释) numbers draw limits and state nothing.
    fn defines(&self) -> bool {
        self.context.tags.meets(self.grammars.narrative().tag("definitions"))
    }

    pub(super) fn figure(&mut self, at: usize, number: usize, range: Range<usize>, quantity: Quantity<'g>) {
        if self.defines() {
            self.consume(at, range.end + quantity.length);
            return self.push(range, NumberClass::Threshold, DEFINITION_RULE);
        }
        if self.labels(&range, &quantity) {
            self.consume(at, range.end + quantity.length);
            return self.push(range, NumberClass::Threshold, LABEL_RULE);
        }
        let (quantity, end_of_range) = self.in_range(number, &range, quantity);
        let mut clause = self.clause_of(at, number, &quantity);
        let Some((unit, factor, unit_implied)) = self.unit(at, number, &range, &quantity, &clause) else {
            return self.no_figure(range);
        };
        let Some(value) = self.tokens.numbers[number].value.and_then(|value| value.checked_mul(factor)) else {
            return self.push(range, NumberClass::Identifier, UNREAD_RULE);
        };
        if unit == Unit::Cny && quantity.unit.is_some() {
            self.context.money_factor = Some(factor);
        }
        let before = &self.text[..range.start];
        let comparator = read_comparator(before.strip_suffix(['-', '－', '−']).unwrap_or(before));
        let bound = end_of_range.or(quantity.bound).or(comparator.and_then(|(_, bound)| bound));
        let approximate = quantity.approximate || comparator.is_some_and(|(_, bound)| bound.is_none());
        let mut figure = Figure { value, unit, measure: Measure::Amount, negative: false, unit_implied, approximate };
        self.presets.retain(|preset| preset.number >= number);
        if self.presets.first().is_some_and(|preset| preset.number == number) {
            let Preset { topic, measure, negative, against_budget, .. } = self.presets.remove(0);
            clause.against_budget |= against_budget;
            (figure.measure, figure.negative) = (measure, negative);
            if is_negative(before) {
                figure.value = -figure.value;
            }
            self.consume(at, range.end + quantity.length);
            return self.state(&range, vec![topic], &clause, &figure);
        }
        if let Some(topic) = self.share_of_whole(at, &clause, &figure.unit) {
            figure.measure = Measure::Share;
            self.consume(at, range.end + quantity.length);
            return self.state(&range, vec![topic], &clause, &figure);
        }
        let after = &self.text[range.end..];
        if end_of_range.is_none()
            && (is_negative(before) || unit_implied && is_bracketed(before, &self.text[range.clone()], after))
        {
            figure.value = -figure.value;
        }
        self.speak(at, number, &range, &quantity, clause, figure, bound);
    }

    /// 90分以上的7个: the limit only names what the next number counts.
    fn labels(&self, range: &Range<usize>, quantity: &Quantity<'g>) -> bool {
        let behind = self.text[range.end + quantity.length..].strip_prefix('的');
        quantity.bound.is_some()
            && behind.is_some_and(|rest| {
                rest.trim_start_matches(['有', '共', '为', '达']).starts_with(|c: char| c.is_ascii_digit())
            })
    }

    /// Finds what a figure speaks of and how it is measured, and writes it down.
    #[expect(clippy::too_many_arguments, reason = "all that is known of the figure")]
    fn speak(
        &mut self,
        at: usize,
        number: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        mut clause: Clause,
        mut figure: Figure,
        bound: Option<Measure>,
    ) {
        let shared = self.amount_of_whole(&mut clause, &figure.unit);
        let (topics, group) = self.topics(at, range, quantity, &mut clause, &figure.unit);
        // 控制在年初预算42万元以内: the budget itself.
        let budget = figure.unit == Unit::Cny && clause.phase == Some(Phase::Approved);
        figure.approximate &= !(budget && bound.is_some());
        let bound = bound.filter(|_| !budget);
        (figure.measure, figure.negative) = self.measure(&clause, &figure.unit, bound, &topics, at);
        // 增加（减少）0万元（0%）.
        if clause.measure.is_none()
            && self.last.as_ref().is_some_and(|last| last.template)
            && figure.measure == Measure::Growth
        {
            clause.measure = Some(WordKind::Both);
        }
        // 比年初预算数减少11.26万元，降低5.63%.
        if let (Measure::Growth, false, Some(last)) = (figure.measure, clause.compared || clause.timed, &self.last) {
            clause.against_budget |= last.measure == Measure::Change && last.against_budget;
        }
        self.against_amount(&mut clause, at);
        clause.against_budget |= self.differs_from_budget(&clause, &figure, &topics, at);
        self.as_whole_compared(&mut clause, figure.measure, at);
        clause.base_amount |= self.moves_on(at, range.end + quantity.length)
            || self.is_compared(&clause, at, range.end + quantity.length);
        self.consume(at, range.end + quantity.length);
        let topics = group
            .and_then(|group| self.distribute(number, group, (figure.measure, figure.negative, clause.against_budget)))
            .unwrap_or(topics);
        let entire = topics.len();
        let topics = self.entirely(at, topics, &figure);
        let all_of = topics.first().filter(|_| topics.len() > entire).cloned();
        self.state(range, topics, &clause, &figure);
        if let Some(last) = &mut self.last {
            last.shared = shared;
            if all_of.is_some() {
                last.together.clear();
            }
            last.all_of = all_of;
        }
    }

    /// The words left of a figure, as a clause.
    fn clause_of(&self, at: usize, number: usize, quantity: &Quantity<'g>) -> Clause {
        let rules = &self.rules;
        let tokens = &self.tokens.tokens;
        let time = |index: usize| matches!(tokens[index].kind, Kind::Number(number) if rules[number].is_some_and(|rule| rule.class == NumberClass::Period));
        let mut clause = read_clause(tokens, self.text, at, self.sentence, time);
        self.before_bracket(&mut clause, at, quantity);
        self.before_colon(&mut clause);
        self.behind_count(&mut clause);
        if self.context.trace.is_some() {
            self.explain_clause(at, number, &clause);
        }
        clause
    }

    /// The unit of a figure that may begin or end a range, and which end it is.
    fn in_range(
        &mut self,
        number: usize,
        range: &Range<usize>,
        quantity: Quantity<'g>,
    ) -> (Quantity<'g>, Option<Measure>) {
        let closes = self.range_open.take().is_some_and(|open| open + 1 == number);
        match self.unit_of_range(number, range.end + quantity.length) {
            Some(whole) => {
                self.range_open = Some(number);
                let own = quantity.unit.is_some();
                (if own { quantity } else { whole }, Some(Measure::Lower))
            }
            None => (quantity, closes.then_some(Measure::Upper)),
        }
    }

    /// Unit and factor of a figure; `None` if nothing says that the number is one.
    pub(super) fn unit(
        &self,
        at: usize,
        number: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        clause: &Clause,
    ) -> Option<(Unit, Decimal, bool)> {
        if let Some(unit) = self.tokens.numbers[number].unit.clone() {
            return Some((unit, Decimal::ONE, false));
        }
        if let Some(word) = quantity.unit {
            return Some((word.unit.clone(), quantity.factor, false));
        }
        // 收、支总计各是1452.36、1452.36万元: the unit behind the last number is that of all.
        if let Some(word) =
            self.unit_of_joined(number, quantity, clause).and_then(|joined| joined.unit.zip(Some(joined.factor)))
        {
            return Some((word.0.unit.clone(), word.1, false));
        }
        // 将40万办公用房租赁费调剂: 万 without 元 is money, where no thing is counted.
        if quantity.factor > Decimal::ONE
            && !self.text[range.end + quantity.length..].starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return Some((Unit::Cny, quantity.factor, true));
        }
        let next = self.text[range.end + quantity.length..].chars().next();
        let ends = next.is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '（' | '）' | ',' | '\n' | '：' | '”'));
        // 较上年2.08减少1.5万元: the amount compared with, which forgot its unit as well.
        let compared = !ends
            && (clause.base_amount || self.is_compared(clause, at, range.end + quantity.length))
            && self.changes_behind(range.end + quantity.length)
            && self.last.as_ref().is_some_and(|last| !last.no_money && self.is_money_topic(&last.topic));
        if compared {
            return Some((Unit::Cny, self.context.money_factor?, true));
        }
        if ends && at > 0 { self.unit_left_out(range, quantity, clause) } else { None }
    }

    /// The unit that the clause leaves out: 占35, 决算数为1041.73, 接待人数12.
    fn unit_left_out(
        &self,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        clause: &Clause,
    ) -> Option<(Unit, Decimal, bool)> {
        let (words, whole) = (&self.text[..range.start], !self.text[range.clone()].contains('.'));
        if matches!(clause.measure, Some(WordKind::Share | WordKind::Execution)) {
            return Some((Unit::Percent, quantity.factor, true));
        }
        // 同比下降18.87；: what falls and not decreases is a percentage.
        let falls = ["下降", "增长", "上升", "降低"].iter().any(|verb| words.ends_with(verb));
        if clause.measure.is_some_and(is_direction) && falls && !whole && self.context.phase.is_none() {
            return Some((Unit::Percent, quantity.factor, true));
        }
        let money = clause
            .subject
            .and_then(|subject| self.topic_of(subject, Some(&Unit::Cny)))
            .is_some_and(|topic| topic.concepts.iter().all(|concept| self.is_money(concept)));
        let counted = clause.subject.and_then(|subject| self.topic_of(subject, None)).and_then(|topic| {
            let unit = self.grammars.vocabulary().concept(topic.concepts.first()?)?.unit.as_str();
            matches!(unit, "person" | "person_time" | "batch" | "group" | "vehicle" | "set")
                .then(|| Unit::from_word(unit))
        });
        if let Some(unit) = counted {
            return Some((unit, quantity.factor, true));
        }
        let phased = clause.phase.is_some() && clause.phrase.is_none();
        if !(money || phased) {
            return None;
        }
        let factor = if quantity.factor == Decimal::ONE {
            self.context.money_factor.unwrap_or(Decimal::ONE)
        } else {
            quantity.factor
        };
        Some((Unit::Cny, factor, true))
    }

    /// The unit behind the last of several numbers that share subjects one by one.
    fn unit_of_joined(&self, number: usize, quantity: &Quantity<'g>, clause: &Clause) -> Option<Quantity<'g>> {
        let shares = clause.distributed || self.presets.first().is_some_and(|preset| preset.number == number);
        let last = *self.joined_from(number, clause.coordinated.len().max(2)).last().filter(|last| **last > number)?;
        if !shares || quantity.factor > Decimal::ONE {
            return None;
        }
        let joined = read_quantity(&self.text[self.tokens.numbers[last].range.end..], self.grammars.vocabulary());
        joined.unit.is_some_and(|unit| !unit.duration).then_some(joined)
    }

    pub(super) fn is_money(&self, concept: &str) -> bool {
        self.grammars.vocabulary().concept(concept).is_some_and(|concept| concept.unit == "CNY")
    }

    /// A number without a unit that no rule reads: a bare year, or unread.
    pub(super) fn no_figure(&mut self, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        let before = &self.text[..range.start];
        if read_comparator(before).is_some_and(|(_, bound)| bound.is_some()) {
            return self.push(range, NumberClass::Threshold, BOUND_RULE);
        }
        let year = raw.len() == 4 && raw.parse::<u16>().is_ok_and(|year| (1990..2060).contains(&year));
        if year {
            self.push(range, NumberClass::Period, YEAR_RULE);
        } else {
            self.push(range, NumberClass::Unread, UNREAD_RULE);
        }
    }
}

/// 增减额（6.59）: an amount in brackets is below zero, as accountants write it. Whole numbers there are numbering.
fn is_bracketed(before: &str, raw: &str, after: &str) -> bool {
    raw.contains('.') && before.ends_with('（') && after.starts_with('）')
}

/// Whether a minus stands before a number, and not the dash of a range or name.
fn is_negative(before: &str) -> bool {
    before
        .strip_suffix(['-', '－', '−'])
        .is_some_and(|before| !before.trim_end_matches('-').ends_with(|c: char| c.is_ascii_alphanumeric()))
}

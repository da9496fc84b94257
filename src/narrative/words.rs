//! Figures stated in words: 无…支出 is an amount of nothing, 与上年持平 a change of nothing.
//!
//! In: the token of such a word. Out: a reading whose bytes are the word's.
//! Surprise: 无预算不支出 and 或与上年持平 state nothing; the clause must hold a subject of money
//! and nothing unknown.

use super::claim::Figure;
use super::clause::{Clause, read_clause};
use super::reader::Reader;
use super::token::{Kind, Mark};
use super::topic::Topic;
use super::{Claim, Reading};
use crate::grammar::narrative::WordKind;
use crate::quantity::{Decimal, Measure, NumberClass, Unit};

const NONE_RULE: &str = "narrative/none-stated";
/// The most tokens between 与 and 持平.
const REACH: usize = 40;
const UNCHANGED_RULE: &str = "narrative/unchanged";

impl<'g> Reader<'_, 'g, '_> {
    /// 无, 没有, 未发生 at token `at`: the subjects behind it have no amount.
    pub(super) fn nothing(&mut self, at: usize) {
        // 主要原因是：无政府性基金预算: why, not how much.
        let before = self.tokens.tokens[self.sentence..at]
            .iter()
            .rfind(|token| !matches!(token.kind, Kind::Word(WordKind::Verb, _) | Kind::Mark(Mark::Colon)));
        if before.is_some_and(|token| matches!(token.kind, Kind::Word(WordKind::Reason, _))) {
            return;
        }
        let mut subjects = Vec::new();
        let mut behind = 0;
        for index in at + 1..self.tokens.tokens.len() {
            match &self.tokens.tokens[index].kind {
                Kind::Subject(_) | Kind::Path(_) => {
                    // 无财政拨款结转结余资金: 财政拨款 tells which.
                    if subjects.last().is_some_and(|last: &usize| last + 1 == index) {
                        subjects.pop();
                    }
                    subjects.push(index);
                }
                Kind::Word(WordKind::Noun | WordKind::Executed, _) => behind += 1,
                Kind::Word(WordKind::Verb | WordKind::Owner | WordKind::ThisYear | WordKind::Compare, _)
                | Kind::Mark(Mark::Pause) => {}
                Kind::Mark(Mark::Open | Mark::Close | Mark::Colon) => return,
                Kind::Mark(_) => break,
                Kind::Text if self.text[self.tokens.tokens[index].range.clone()].trim().is_empty() => {}
                _ => return,
            }
        }
        let mut topics: Vec<_> = subjects.iter().filter_map(|subject| self.money_topic(*subject)).collect();
        // 公务接待费未发生支出: the subject stands before.
        if subjects.is_empty() {
            let clause = read_clause(&self.tokens.tokens, self.text, at, self.sentence, |_| true);
            let bare = clause.subject.is_none() && clause.phrase.is_none();
            let own = clause.subject.filter(|_| clause.narrowed.is_none() && clause.phrase.is_none());
            let before =
                own.or(self.mentioned.filter(|_| bare && behind > 0)).and_then(|subject| self.money_topic(subject));
            let last =
                self.last.as_ref().map(|last| &last.topic).filter(|_| bare && behind > 0 && !self.heads.is_empty());
            topics.extend(before.or_else(|| last.filter(|topic| self.is_money_topic(topic)).cloned()));
        }
        self.state_word(at, &topics, Measure::Amount, NONE_RULE, &Clause::default());
    }

    /// 持平 at token `at`: no change against the year or budget before it.
    pub(super) fn unchanged(&mut self, at: usize) {
        let word = &self.text[self.tokens.tokens[at].range.clone()];
        // 与上年预算数持平: against that year.
        let previous = ["上年", "上一年", "去年"].iter().any(|year| word.contains(year));
        let mut clause = Clause { against_budget: word.contains("预算") && !previous, ..Clause::default() };
        let mut compare = at;
        for index in (self.sentence.max(at.saturating_sub(REACH))..at).rev() {
            match self.tokens.tokens[index].kind {
                Kind::Mark(_) => break,
                Kind::Word(WordKind::Compare, _) => {
                    compare = index;
                    break;
                }
                Kind::Word(WordKind::Approved | WordKind::Adjusted, _) => clause.against_budget = true,
                Kind::Number(_) => clause.timed = true,
                _ => {}
            }
        }
        if self.text[..self.tokens.tokens[compare].range.start].ends_with(['或', '/']) {
            return;
        }
        let before = read_clause(&self.tokens.tokens, self.text, compare, self.sentence, |_| true);
        if before.phrase.is_some() || before.narrowed.is_some() {
            return;
        }
        let own = before.subject.and_then(|subject| self.money_topic(subject));
        let topic = own
            .or_else(|| {
                self.mentioned.filter(|mentioned| *mentioned < at).and_then(|mentioned| self.money_topic(mentioned))
            })
            .or_else(|| self.last.as_ref().map(|last| last.topic.clone()).filter(|topic| self.is_money_topic(topic)));
        self.state_word(at, topic.as_slice(), Measure::Change, UNCHANGED_RULE, &clause);
    }

    fn money_topic(&self, subject: usize) -> Option<Topic<'g>> {
        self.topic_of(subject, Some(&Unit::Cny)).filter(|topic| self.is_money_topic(topic))
    }

    pub(super) fn is_money_topic(&self, topic: &Topic<'g>) -> bool {
        !topic.concepts.is_empty() && topic.concepts.iter().all(|concept| self.is_money(concept))
    }

    fn state_word(&mut self, at: usize, topics: &[Topic<'g>], measure: Measure, rule: &'static str, clause: &Clause) {
        let range = self.tokens.tokens[at].range.clone();
        let figure = Figure {
            value: Decimal::ZERO,
            unit: Unit::Cny,
            measure,
            negative: false,
            unit_implied: false,
            approximate: self.text[range.clone()].contains("基本"),
        };
        let claims: Vec<Claim<'g>> = topics
            .iter()
            .flat_map(|topic| {
                topic
                    .concepts
                    .iter()
                    .map(|concept| Claim { rule, ..self.claim(topic, Some(*concept), clause, &figure) })
            })
            .collect();
        if !claims.is_empty() {
            self.readings.push(Reading { range, class: NumberClass::Figure, rule, claims });
        }
    }
}

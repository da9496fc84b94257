//! What the words before a figure say about it.
//!
//! In: the tokens and the place of a number. Out: [`Clause`]: measure, phase, subject, comparison.
//! The walk goes left from the number to the last boundary; every word met has its say once.
//! Surprise: what stands right of 占 or 完成预算 is what the share or rate is taken of, not what it
//! is about; and what stands between 比 and 增加 is compared with, not spoken of.

use super::token::{Kind, Mark, Token};
use crate::grammar::narrative::WordKind;
use crate::quantity::Phase;

/// What was found left of a number. Indices are of tokens.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the words of a clause may say")]
pub struct Clause {
    /// Up, down, both, share or execution.
    pub measure: Option<WordKind>,
    /// The phase that the figure itself has.
    pub phase: Option<Phase>,
    /// Compared with a budget instead of a year.
    pub against_budget: bool,
    /// The figure is a budget that something is compared with (较年初预算680万元).
    pub compared_budget: bool,
    /// A comparison (比, 较 …) stands before the figure.
    pub compared: bool,
    /// The figure itself is what is compared with: 比2018年的1498.02万元.
    pub base_amount: bool,
    /// The subject or path that the figure speaks of.
    pub subject: Option<usize>,
    /// Free text that the figure speaks of: first and last token.
    pub phrase: Option<(usize, usize)>,
    /// The rightmost of the nouns right before the number: it closes a phrase (总费用).
    pub noun: Option<usize>,
    /// A year stands between.
    pub timed: bool,
    /// Unknown words right before the subject narrow it down to a part of the concept.
    pub narrowed: Option<usize>,
    /// 分别, 各, 均.
    pub distributed: bool,
    /// The clause begins a breakdown (其中).
    pub breakdown: bool,
    /// More subjects coordinated with `subject`, in order of the text, `subject` last.
    pub coordinated: Vec<usize>,
    /// 平均住院日, 用时: a length of time is measured.
    pub timespan: bool,
    /// The boundary that ended the walk, if it was a comma, colon or bracket.
    pub boundary: Option<Mark>,
    /// First token of the clause.
    pub start: usize,
}

/// The most tokens that a clause is made of.
const LONGEST: usize = 200;

/// Reads the clause left of token `number`; `floor` is the first token that may belong to it.
/// `is_time(token)` tells numbers that are years, months, days.
pub fn read_clause(
    tokens: &[Token<'_>],
    text: &str,
    number: usize,
    floor: usize,
    is_time: impl Fn(usize) -> bool,
) -> Clause {
    // No clause is longer; a text without any boundary must not be walked from every number.
    let floor = floor.max(number.saturating_sub(LONGEST));
    let mut clause = Clause { start: floor, ..Clause::default() };
    let mut at = number;
    while at > floor {
        at -= 1;
        match &tokens[at].kind {
            Kind::Mark(Mark::Close) => match skip_bracket(tokens, at, floor) {
                Some(open) => at = open,
                None => return clause.ended(at, Some(Mark::Close)),
            },
            // A pause belongs to a phrase (工资、奖金3万元) or coordinates subjects; it never ends the walk alone.
            Kind::Mark(Mark::Pause) => {
                if clause.subject.is_some()
                    || (clause.phrase.is_none() && clause.measure.is_none() && clause.phase.is_none())
                {
                    return clause.ended(at, Some(Mark::Pause));
                }
                clause.extend_phrase(at);
            }
            Kind::Mark(mark) => return clause.ended(at, Some(*mark)),
            Kind::Number(_) if is_time(at) => clause.time(at),
            Kind::Number(_) => return clause.ended(at, None),
            Kind::Word(word, _) => {
                if !clause.word(*word, at, number, tokens, text) {
                    return clause.ended(at, None);
                }
            }
            Kind::Subject(_) | Kind::Path(_) => {
                if clause.phrase.is_some() {
                    clause.extend_phrase(at);
                } else if clause.subject.is_none() {
                    clause.subject = Some(at);
                    clause.coordinate(tokens, text, at, floor);
                    at = *clause.coordinated.first().unwrap_or(&at);
                    clause.narrow(tokens, text, at, floor);
                } else if let Some(word) = whole_begins(tokens, at, floor) {
                    // 占一般公共预算项目支出总额的: several subjects name the whole together.
                    clause.forget_subject();
                    at = word + 1;
                } else {
                    return clause.ended(at, None);
                }
            }
            // 比上年多34.10万元, 较上年增3%: one character right before the number.
            Kind::Text
                if at + 1 == number
                    && clause.measure.is_none()
                    && direction(&text[tokens[at].range.clone()]).is_some() =>
            {
                clause.measure = direction(&text[tokens[at].range.clone()]);
            }
            Kind::Text => {
                if clause.subject.is_none() && text[tokens[at].range.clone()].contains(char::is_alphanumeric) {
                    clause.extend_phrase(at);
                }
            }
        }
    }
    clause.start = floor;
    clause
}

/// The 占 or 完成 that begins what a share or rate is taken of, if the words from token `at` to the left lead to one.
fn whole_begins(tokens: &[Token<'_>], at: usize, floor: usize) -> Option<usize> {
    const REACH: usize = 8;
    for index in (floor.max(at.saturating_sub(REACH))..at).rev() {
        match &tokens[index].kind {
            Kind::Word(WordKind::Share | WordKind::Execution, _) => return Some(index),
            Kind::Subject(_)
            | Kind::Text
            | Kind::Path(_)
            | Kind::Word(
                WordKind::Noun | WordKind::Verb | WordKind::Owner | WordKind::ThisYear | WordKind::Adjusted,
                _,
            ) => {}
            _ => return None,
        }
    }
    None
}

/// The opening bracket of the closing one at `close`.
fn skip_bracket(tokens: &[Token<'_>], close: usize, floor: usize) -> Option<usize> {
    let mut depth = 0;
    for at in (floor..=close).rev() {
        match tokens[at].kind {
            Kind::Mark(Mark::Close) => depth += 1,
            Kind::Mark(Mark::Open) => depth -= 1,
            Kind::Mark(Mark::Stop) => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

impl Clause {
    fn ended(mut self, at: usize, boundary: Option<Mark>) -> Self {
        self.start = at + 1;
        self.boundary = boundary;
        self
    }

    /// 决算数大于年初预算数109.60万元: a change against the budget.
    fn exceeds(&mut self, verb: &str) -> bool {
        let direction = match verb {
            "大于" | "高于" | "超过" | "超" => WordKind::Up,
            "小于" | "低于" => WordKind::Down,
            _ => return false,
        };
        let budget = matches!(self.phase, Some(Phase::Approved | Phase::Adjusted));
        if !budget || self.measure.is_some() || self.subject.is_some() || self.phrase.is_some() {
            return false;
        }
        (self.measure, self.phase, self.against_budget) = (Some(direction), None, true);
        true
    }

    fn extend_phrase(&mut self, at: usize) {
        let last = self.noun.filter(|noun| *noun > at).unwrap_or(at);
        self.phrase = Some((at, self.phrase.map_or(last, |(_, last)| last)));
    }

    fn time(&mut self, at: usize) {
        self.timed = true;
        if self.phrase.is_some() && self.subject.is_none() {
            self.extend_phrase(at);
        }
    }

    /// Forgets what turned out to be the base of a share or rate.
    fn forget_subject(&mut self) {
        self.subject = None;
        self.phrase = None;
        self.narrowed = None;
        self.coordinated.clear();
        self.phase = None;
    }

    /// Takes a small word; false if the walk ends here.
    fn word(&mut self, word: WordKind, at: usize, number: usize, tokens: &[Token<'_>], text: &str) -> bool {
        let compares = text[tokens[at].range.clone()].starts_with(['与', '比', '较', '同', '和']);
        let bare = self.subject.is_none() && self.phrase.is_none();
        match word {
            WordKind::Up if self.names_purpose(at, tokens, text) => self.extend_phrase(at),
            WordKind::Up | WordKind::Down | WordKind::Both | WordKind::Signed => {
                if self.measure.is_none() && (bare || self.touches(at, tokens)) {
                    self.measure = Some(word);
                    // 超预算70万元; 超出年初预算73.85万元: the budget stands between.
                    self.against_budget |= text[tokens[at].range.clone()].contains("预算");
                    if bare && matches!(self.phase, Some(Phase::Approved | Phase::Adjusted)) {
                        self.against_budget = true;
                        self.phase = None;
                    }
                    // 增加人员经费5万元: the subject stands behind the verb, and the clause ends here.
                    return bare;
                }
                if bare {
                    return true;
                }
                return self.subject.is_none() && self.measure.is_none() && {
                    self.extend_phrase(at);
                    true
                };
            }
            WordKind::Share | WordKind::Execution => {
                if self.measure.is_none() {
                    self.forget_subject();
                    self.measure = Some(word);
                }
            }
            WordKind::Approved | WordKind::Adjusted | WordKind::Executed | WordKind::Target
                if self.subject.is_none() =>
            {
                if self.phrase.is_some() {
                    self.extend_phrase(at);
                } else {
                    self.phase.get_or_insert(phase(word));
                }
            }
            WordKind::Compare | WordKind::Compared => {
                if self.measure.is_some_and(is_direction) && !self.compared {
                    self.compared = word == WordKind::Compare;
                    self.against_budget = matches!(self.phase, Some(Phase::Approved | Phase::Adjusted));
                    self.phase = None;
                    if word == WordKind::Compare && self.subject.is_some_and(|subject| subject > at) {
                        self.subject = None;
                        self.narrowed = None;
                    }
                    if let Some((first, _)) = self.phrase
                        && first > at
                        && number - first > 0
                    {
                        self.phrase = None;
                    }
                } else if self.phrase.is_some() {
                    self.extend_phrase(at);
                } else if bare && self.measure.is_none() && word == WordKind::Compare && self.timed {
                    self.base_amount = true;
                    return false;
                }
            }
            WordKind::Distribute | WordKind::Entirely => self.distributed = true,
            WordKind::Breakdown => {
                self.breakdown = true;
                return false;
            }
            WordKind::Reason | WordKind::Flat | WordKind::None | WordKind::Purpose => return false,
            WordKind::Noun | WordKind::Verb | WordKind::Owner => {
                if word == WordKind::Verb && self.exceeds(&text[tokens[at].range.clone()]) {
                    return true;
                }
                if self.phrase.is_some() && self.subject.is_none() {
                    self.extend_phrase(at);
                } else if word == WordKind::Noun
                    || closes_phrase(&text[tokens[at].range.clone()])
                    // 直属单位3个: counted, not the owner of something.
                    || (word == WordKind::Owner
                        && at + 1 == number
                        && text[tokens[at].range.clone()].ends_with(['位', '门', '关']))
                {
                    self.noun.get_or_insert(at);
                }
            }
            // 与上年3.26万元一致.
            WordKind::PreviousYear if bare && self.measure.is_none() => {
                self.timed = true;
                let of_it = at + 2 == number && &text[tokens[at + 1].range.clone()] == "的";
                if self.phase.is_none() && (at + 1 == number || of_it) && compares {
                    self.base_amount = true;
                    return false;
                }
            }
            WordKind::PreviousYear
            | WordKind::ThisYear
            | WordKind::Approved
            | WordKind::Adjusted
            | WordKind::Executed
            | WordKind::Target
            | WordKind::Class
            | WordKind::Section
            | WordKind::Item
            | WordKind::Project => {}
            WordKind::Timespan | WordKind::Plain => {
                self.timespan |= word == WordKind::Timespan;
                if self.subject.is_none() {
                    self.extend_phrase(at);
                }
            }
        }
        true
    }

    /// 能力提升资金, 提高保障水平部分: what the money is for, not by how much it grew.
    fn names_purpose(&self, at: usize, tokens: &[Token<'_>], text: &str) -> bool {
        let improves = matches!(&text[tokens[at].range.clone()], "提升" | "提高" | "扩大");
        let money = |noun: usize| matches!(&text[tokens[noun].range.clone()], "资金" | "经费" | "部分" | "金额");
        improves && self.subject.is_none() && self.noun.is_some_and(money)
    }

    /// Whether the subject or phrase found begins right behind token `at`.
    fn touches(&self, at: usize, tokens: &[Token<'_>]) -> bool {
        let first = self.subject.or(self.phrase.map(|(first, _)| first));
        first.is_some_and(|first| {
            first == at + 1
                || (first == at + 2 && matches!(tokens[at + 1].kind, Kind::Word(WordKind::Verb | WordKind::Owner, _)))
        })
    }
}

/// Verbs and places that end a phrase and belong to it: 医保基金支付, 政府兜底.
fn closes_phrase(word: &str) -> bool {
    matches!(word, "支付" | "投入" | "列支" | "开支" | "花费" | "底" | "后" | "前" | "规定")
}

/// Whether `word` says that a figure is a change.
pub fn is_direction(word: WordKind) -> bool {
    matches!(word, WordKind::Up | WordKind::Down | WordKind::Both | WordKind::Signed)
}

fn direction(text: &str) -> Option<WordKind> {
    match text.trim() {
        "多" | "增" | "升" => Some(WordKind::Up),
        "少" | "减" | "降" => Some(WordKind::Down),
        _ => None,
    }
}

fn phase(word: WordKind) -> Phase {
    match word {
        WordKind::Approved => Phase::Approved,
        WordKind::Adjusted => Phase::Adjusted,
        WordKind::Target => Phase::Target,
        _ => Phase::Executed,
    }
}

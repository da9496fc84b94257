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
    /// 完成预算, 占: what stands right of it is the whole of a rate or share.
    pub whole: Whole,
    /// 平均住院日, 用时: a length of time is measured.
    pub timespan: bool,
    /// The boundary that ended the walk, if it was a comma, colon or bracket.
    pub boundary: Option<Mark>,
    /// First token of the clause.
    pub start: usize,
}

/// What a share or rate is taken of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whole {
    /// The subject that names it.
    pub subject: Option<usize>,
    /// Free text that names it.
    pub phrase: Option<(usize, usize)>,
    /// Its phase, if it is a budget.
    pub phase: Option<Phase>,
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
        let left = match &tokens[at].kind {
            Kind::Mark(Mark::Close) => {
                clause.apposed(tokens, text, at, floor).or_else(|| skip_bracket(tokens, at, floor))
            }
            Kind::Mark(Mark::Pause) => clause.pause(at).then_some(at),
            Kind::Mark(_) => None,
            Kind::Number(_) => is_time(at).then(|| clause.time(at)),
            Kind::Word(word, _) => clause.word(*word, at, number, tokens, text).then_some(at),
            Kind::Subject(_) | Kind::Path(_) => clause.named(tokens, text, at, floor),
            Kind::Text => Some(clause.text(tokens, text, at, number)),
        };
        let Some(left) = left else {
            clause.start = at + 1;
            clause.boundary = match tokens[at].kind {
                Kind::Mark(mark) => Some(mark),
                _ => None,
            };
            break;
        };
        at = left;
    }
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

/// 因公出国（境）费2014年财政拨款支出决算数: whether nothing but a year stands between the subject at `named` and a
/// general one behind it, which only says that the money was appropriated.
fn spent_of(tokens: &[Token<'_>], text: &str, named: usize, general: usize) -> bool {
    let words = |at: usize| &text[tokens[at].range.clone()];
    let said_of_year = |at: usize| match tokens[at].kind {
        Kind::Number(_) => true,
        _ => matches!(words(at).trim(), "年" | "年度" | ""),
    };
    let budget = words(named).contains("拨款") || words(named).contains("预算");
    words(general).starts_with("财政拨款")
        && words(general).contains("支出")
        && !budget
        && general > named + 1
        && (named + 1..general).all(said_of_year)
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
    /// A pause belongs to a phrase (工资、奖金3万元) or coordinates subjects; it never ends the walk alone.
    fn pause(&mut self, at: usize) -> bool {
        let bare = self.phrase.is_none() && self.measure.is_none() && self.phase.is_none();
        if self.subject.is_some() || bare {
            return false;
        }
        self.extend_phrase(at);
        true
    }

    /// 出国（境）费、公务用车费、公务接待费（“三公”经费）决算总额: the bracket names what the list is together. Where
    /// the list's last member stands.
    fn apposed(&mut self, tokens: &[Token<'_>], text: &str, close: usize, floor: usize) -> Option<usize> {
        const SHORT: [&str; 5] = ["简称", "以下简称", "统称", "以下统称", "即"];
        let subject = |at: usize| matches!(tokens[at].kind, Kind::Subject(_));
        let named = close.checked_sub(1).filter(|named| *named > floor && subject(*named))?;
        // （以下简称“三公”经费）.
        let said = |at: usize| SHORT.contains(&text[tokens[at].range.clone()].trim());
        let open = (floor..named).rev().find(|at| !said(*at))?;
        let last = open.checked_sub(1).filter(|_| matches!(tokens[open].kind, Kind::Mark(Mark::Open)))?;
        let joins = last.checked_sub(1).filter(|joint| {
            let joint = &tokens[*joint];
            matches!(joint.kind, Kind::Mark(Mark::Pause | Mark::Comma))
                || matches!(&text[joint.range.clone()], "和" | "及")
        });
        let first = joins.and_then(|joins| joins.checked_sub(1)).filter(|first| *first >= floor && subject(last))?;
        // （“三公”经费）支出合计: a general word behind the bracket.
        let own = self.subject.filter(|subject| *subject != close + 1 || !tokens[*subject].is_general(text));
        if own.is_some() || self.phrase.is_some() {
            return None;
        }
        self.subject = Some(named);
        Some(first)
    }

    /// A subject or class path: where the walk goes on, `None` if it ends here.
    fn named(&mut self, tokens: &[Token<'_>], text: &str, at: usize, floor: usize) -> Option<usize> {
        if self.phrase.is_some() {
            self.extend_phrase(at);
            return Some(at);
        }
        if self.subject.is_none() {
            self.subject = Some(at);
            self.coordinate(tokens, text, at, floor);
            let first = *self.coordinated.first().unwrap_or(&at);
            self.narrow(tokens, text, first, floor);
            return Some(first);
        }
        if self.measure.is_none() && spent_of(tokens, text, at, self.subject?) {
            self.subject = Some(at);
            self.narrow(tokens, text, at, floor);
            return Some(at);
        }
        // 占一般公共预算项目支出总额的: several subjects name the whole together.
        let word = whole_begins(tokens, at, floor)?;
        self.forget_subject();
        Some(word + 1)
    }

    fn text(&mut self, tokens: &[Token<'_>], text: &str, at: usize, number: usize) -> usize {
        let words = &text[tokens[at].range.clone()];
        // 比上年多34.10万元, 较上年增3%: one character right before the number.
        if at + 1 == number && self.measure.is_none() && direction(words).is_some() {
            self.measure = direction(words);
        } else if self.subject.is_none() && words.contains(char::is_alphanumeric) {
            self.extend_phrase(at);
        }
        at
    }

    pub(super) fn extend_phrase(&mut self, at: usize) {
        let last = self.noun.filter(|noun| *noun > at).unwrap_or(at);
        self.phrase = Some((at, self.phrase.map_or(last, |(_, last)| last)));
    }

    fn time(&mut self, at: usize) -> usize {
        self.timed = true;
        if self.phrase.is_some() && self.subject.is_none() {
            self.extend_phrase(at);
        }
        at
    }

    /// Forgets what turned out to be the base of a share or rate.
    pub(super) fn forget_subject(&mut self) {
        self.subject = None;
        self.phrase = None;
        self.narrowed = None;
        self.coordinated.clear();
        self.phase = None;
    }
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

//! What a small word between a figure and its boundary says about it.
//!
//! In: the word and what the walk has met right of it. Out: measure, phase, comparison of the [`Clause`],
//! and whether the walk goes on to the left.
//! Surprise: 完成预算 and 占 forget the subject met so far: it is what the rate or share is taken of.

use super::clause::{Clause, Whole, is_direction};
use super::token::{Kind, Token};
use crate::grammar::narrative::WordKind;
use crate::quantity::Phase;

impl Clause {
    /// Takes a small word; false if the walk ends here.
    pub(super) fn word(&mut self, word: WordKind, at: usize, number: usize, tokens: &[Token<'_>], text: &str) -> bool {
        let words = &text[tokens[at].range.clone()];
        match word {
            WordKind::Up | WordKind::Down | WordKind::Both | WordKind::Signed => {
                // “校园安防提升”: the name of something.
                let quoted = text[tokens[at].range.end..].starts_with('”');
                if quoted && self.measure.is_none() && self.subject.is_none() {
                    self.extend_phrase(at);
                    return true;
                }
                if word == WordKind::Up && self.names_purpose(words, tokens, text) {
                    self.extend_phrase(at);
                    return true;
                }
                return self.direction(word, words, at, tokens);
            }
            WordKind::Share | WordKind::Execution => self.share(word, words),
            WordKind::Approved | WordKind::Adjusted | WordKind::Executed | WordKind::Target => {
                self.phased(word, words, at, tokens, text);
            }
            WordKind::Compare | WordKind::Compared => return self.compare(word, words, at, number),
            WordKind::Distribute | WordKind::Entirely => self.distributed = true,
            WordKind::Breakdown => {
                self.breakdown = true;
                return false;
            }
            WordKind::Reason | WordKind::Flat | WordKind::None | WordKind::Purpose => return false,
            WordKind::Noun | WordKind::Verb | WordKind::Owner => self.passed(word, words, at, number),
            WordKind::PreviousYear => return self.previous_year(words, at, number, tokens, text),
            WordKind::ThisYear | WordKind::Class | WordKind::Section | WordKind::Item | WordKind::Project => {}
            WordKind::Timespan | WordKind::Plain => {
                self.timespan |= word == WordKind::Timespan;
                if self.subject.is_none() {
                    self.extend_phrase(at);
                }
            }
        }
        true
    }

    fn bare(&self) -> bool {
        self.subject.is_none() && self.phrase.is_none()
    }

    fn direction(&mut self, word: WordKind, words: &str, at: usize, tokens: &[Token<'_>]) -> bool {
        let bare = self.bare();
        if self.measure.is_none() && (bare || self.touches(at, tokens)) {
            self.measure = Some(word);
            // 信息化建设减少支出70万元: 支出 closes no phrase.
            self.noun = None;
            // 超预算70万元, 预决算差异率; 超出年初预算73.85万元: the budget stands between.
            self.against_budget |= words.contains("预算") || words.contains("预决算");
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
        let goes_on = self.subject.is_none() && self.measure.is_none();
        if goes_on {
            self.extend_phrase(at);
        }
        goes_on
    }

    fn share(&mut self, word: WordKind, words: &str) {
        // 占财政支出和GDP的比重: what stands between 占 and 比重 is the whole.
        let again = word == WordKind::Share && self.measure == Some(WordKind::Share) && words.starts_with('占');
        if self.measure.is_some() && !again {
            return;
        }
        let budget = if words.contains("年初") { Phase::Approved } else { Phase::Adjusted };
        let phase = self.phase.or((word == WordKind::Execution).then_some(budget));
        self.whole = Whole { subject: self.subject, phrase: self.phrase, phase };
        self.forget_subject();
        self.measure = Some(word);
    }

    fn phased(&mut self, word: WordKind, words: &str, at: usize, tokens: &[Token<'_>], text: &str) {
        if self.subject.is_some() {
            // 预算安排“三公”经费63.46万元: the verb makes the subject's amount a budget.
            let sets = ["安排", "批复", "下达", "核定"].iter().any(|verb| words.ends_with(verb));
            // “三公”经费支出预算中公务接待费5万元: a part of a budget.
            let inside = &text[tokens[at + 1].range.clone()] == "中" && word != WordKind::Executed;
            if sets && self.subject == Some(at + 1) || inside && self.subject == Some(at + 2) {
                self.phase.get_or_insert(phase(word));
            }
            return;
        }
        if self.phrase.is_some() {
            self.extend_phrase(at);
        } else {
            self.phase.get_or_insert(phase(word));
        }
    }

    fn compare(&mut self, word: WordKind, words: &str, at: usize, number: usize) -> bool {
        if self.measure.is_some_and(is_direction) && !self.compared {
            self.compared = word == WordKind::Compare;
            // 与年初预算相比节约3万元: the wording holds the budget itself.
            let budget = words.contains("预算") || word == WordKind::Compare && self.against_budget;
            self.against_budget = budget || matches!(self.phase, Some(Phase::Approved | Phase::Adjusted));
            self.phase = None;
            if word == WordKind::Compare && self.subject.is_some_and(|subject| subject > at) {
                self.subject = None;
                self.narrowed = None;
            }
            if self.phrase.is_some_and(|(first, _)| first > at && number > first) {
                self.phrase = None;
            }
        } else if self.phrase.is_some() {
            self.extend_phrase(at);
        } else if self.bare() && self.measure.is_none() && word == WordKind::Compare && self.timed {
            self.base_amount = true;
            return false;
        }
        true
    }

    /// Words that say nothing about the subject, or close a phrase.
    fn passed(&mut self, word: WordKind, words: &str, at: usize, number: usize) {
        // 直属单位3个: counted, not the owner of something.
        let counted = word == WordKind::Owner && at + 1 == number && words.ends_with(['位', '门', '关']);
        if word == WordKind::Verb && self.exceeds(words) {
            return;
        }
        if self.phrase.is_some() && self.subject.is_none() {
            self.extend_phrase(at);
        } else if word == WordKind::Noun || counted || closes_phrase(words) {
            self.noun.get_or_insert(at);
        }
    }

    /// 与上年3.26万元一致.
    fn previous_year(&mut self, words: &str, at: usize, number: usize, tokens: &[Token<'_>], text: &str) -> bool {
        if !self.bare() || self.measure.is_some() {
            return true;
        }
        self.timed = true;
        let compares = words.starts_with(['与', '比', '较', '同', '和']);
        let of_it = at + 2 == number && &text[tokens[at + 1].range.clone()] == "的";
        if self.phase.is_none() && (at + 1 == number || of_it) && compares {
            self.base_amount = true;
            return false;
        }
        true
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

    /// 能力提升资金, 提高保障水平部分: what the money is for, not by how much it grew.
    fn names_purpose(&self, words: &str, tokens: &[Token<'_>], text: &str) -> bool {
        let money = |noun: usize| matches!(&text[tokens[noun].range.clone()], "资金" | "经费" | "部分" | "金额");
        matches!(words, "提升" | "提高" | "扩大") && self.subject.is_none() && self.noun.is_some_and(money)
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

fn phase(word: WordKind) -> Phase {
    match word {
        WordKind::Approved => Phase::Approved,
        WordKind::Adjusted => Phase::Adjusted,
        WordKind::Target => Phase::Target,
        _ => Phase::Executed,
    }
}

//! What the rules for bare numbers make of one number, for people who ask why.
//!
//! In: a number and what stands around it. Out: every rule of whose words some fit there, the one that wins
//! first, and why the others lost. Slower than [`NarrativeGrammar::number_rule`], which must agree.

use super::{NarrativeGrammar, NumberRule, Tags};

/// A rule whose words stand around a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried<'g> {
    /// The rule's name.
    pub rule: &'g str,
    /// The class that it gives.
    pub class: &'static str,
    /// Bytes of text that its words cover; the longest wins, then the first of the file.
    pub length: usize,
    /// Holds only where no unit follows.
    pub weak: bool,
    /// Why it does not hold, if it does not.
    pub refused: Option<String>,
}

impl NarrativeGrammar {
    /// Every rule of whose words some stand around the number `raw`; those that hold come first, the winner at the
    /// top, those that fit on one side of two behind them.
    #[must_use]
    pub fn number_rules_tried(&self, before: &str, raw: &str, after: &str, tags: Tags) -> Vec<Tried<'_>> {
        let (mut left, mut right) = (vec![None; self.numbers.len()], vec![None; self.numbers.len()]);
        self.before.matches(before, |length, rule| left[rule as usize] = left[rule as usize].max(Some(length)));
        self.after.matches(after, |length, rule| right[rule as usize] = right[rule as usize].max(Some(length)));
        let mut tried = Vec::new();
        for (index, rule) in self.numbers.iter().enumerate() {
            let [fits_before, fits_after] = [left[index].is_some(), right[index].is_some()];
            if !(fits_before || fits_after) {
                continue;
            }
            let refused = match (rule.needs, fits_before, fits_after) {
                ([_, true], true, false) => Some("its `before` fits, its `after` does not".to_owned()),
                ([true, _], false, true) => Some("its `after` fits, its `before` does not".to_owned()),
                _ => self.refusal(rule, raw, tags),
            };
            let length = left[index].unwrap_or(0) + right[index].unwrap_or(0);
            let class = rule.class.as_str();
            tried.push(Tried { rule: &rule.rule, class, length, weak: rule.weak, refused });
        }
        tried.sort_by_key(|tried| (tried.refused.is_some(), std::cmp::Reverse(tried.length)));
        tried
    }

    /// Why the rule does not admit the number, if it does not.
    fn refusal(&self, rule: &NumberRule, raw: &str, tags: Tags) -> Option<String> {
        if rule.admits(raw, tags) {
            return None;
        }
        if !(rule.within.is_empty() || rule.within.meets(tags)) {
            return Some(format!("holds in {} only", self.tag_words(rule.within).join(", ")));
        }
        let mut wanted = Vec::new();
        wanted.extend(rule.digits.map(|[least, most]| format!("{least} to {most} digits")));
        wanted.extend(rule.from.map(|from| format!("at least {from}")));
        wanted.extend(rule.to.map(|to| format!("at most {to}")));
        Some(format!("wants {}", wanted.join(", ")))
    }

    /// The names of tags.
    #[must_use]
    pub fn tag_words(&self, tags: Tags) -> Vec<&str> {
        let set = self.tag_names.iter().enumerate().filter(|(index, _)| Tags(1 << index).meets(tags));
        set.map(|(_, name)| name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::grammar::{GrammarFiles, Grammars};

    #[test]
    fn the_first_rule_tried_is_the_one_that_reads() {
        let grammars = Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load");
        let grammar = grammars.narrative();
        let places = [
            ("云溪医保〔", "2021", "〕17号"),
            ("", "3", "、教育支出"),
            ("截至", "12", "月31日"),
            ("支出", "5", "万元"),
        ];
        for (before, raw, after) in places {
            let tags = super::Tags::default();
            let wins = grammar.number_rule(before, raw, after, tags).map(|rule| rule.rule.as_str());
            let tried = grammar.number_rules_tried(before, raw, after, tags);
            let first = tried.first().filter(|tried| tried.refused.is_none()).map(|tried| tried.rule);
            assert_eq!(first, wins, "{before}{raw}{after}: {tried:?}");
        }
    }

    #[test]
    fn a_rule_that_loses_says_why() {
        let grammars = Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load");
        let tried = grammars.narrative().number_rules_tried("", "312", "年", super::Tags::default());
        let year = tried.iter().find(|tried| tried.rule == "narrative/number:year").expect("年 stands behind");
        assert_eq!(year.refused.as_deref(), Some("wants 4 to 4 digits, at least 1900, at most 2100"));
        let tried = grammars.narrative().number_rules_tried("见第", "4", "舱", super::Tags::default());
        let part = tried.iter().find(|tried| tried.rule == "narrative/number:part-number").expect("第 stands before");
        assert_eq!(part.refused.as_deref(), Some("its `before` fits, its `after` does not"));
    }
}

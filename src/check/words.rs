//! Words that say how the accounts compare with the budget, against the execution rate before them.
//!
//! In: an execution rate of the text. Out: a finding if the words of `[[words]]` follow it in its paragraph. What words
//! were hit first and whether they are true ([`Hit`]) is shared with `wording`, where both amounts are printed.
//! 基本持平, and words about another budget than the rate's, say less than they seem to: undecided.

use super::Status;
use super::finding::{Finding, Named};
use super::gather::Gathered;
use super::relations::{Relations, phrase_before};
use crate::grammar::identities::Words;
use crate::quantity::{Decimal, Measure};
use std::cmp::Ordering;

/// The first words that say how the accounts compare with the budget.
pub(super) struct Hit<'w> {
    /// Where they stand.
    pub(super) at: usize,
    pub(super) word: &'w str,
    /// More than the budget, less, or as much.
    order: Ordering,
}

/// The first words of `text` that say how the accounts compare with the budget; of two at one place the longer.
pub(super) fn first_hit<'t>(words: &Words, text: &'t str) -> Option<Hit<'t>> {
    let (found, order) = words.first_in(text)?;
    Some(Hit { at: found.start, word: &text[found], order })
}

impl Hit<'_> {
    /// Whether the words are true of figures so far `apart`, each printed to `step`.
    pub(super) fn judge(&self, apart: Decimal, step: Decimal) -> Status {
        let agrees = match self.order {
            Ordering::Equal => apart.abs() <= step,
            Ordering::Greater => apart > -step,
            Ordering::Less => apart < step,
        };
        match (agrees, apart.is_zero() && self.order != Ordering::Equal) {
            (true, false) => Status::Holds,
            (true, true) => Status::Rounding,
            (false, _) => Status::Fails,
        }
    }
}

/// 决算数大于（小于、等于）预算数 against the rate before it.
pub(super) fn try_words<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    rate: u32,
    order: usize,
    out: &mut Vec<Finding<'a>>,
) {
    let next = gathered.text[order + 1..].iter().take(8);
    let next = next.copied().find(|next| gathered.fact(*next).measure == Measure::ExecutionRate);
    let after = gathered.words_until(rate, next);
    let paragraph = gathered.words(rate);
    let base = phrase_before(gathered, rate, "完成");
    for (identity, words) in &relations.words {
        let Some(hit) = first_hit(words, after) else { continue };
        let Some(printed) = gathered.printed(rate) else { continue };
        let said = after[hit.at..].chars().take(24).collect::<String>();
        let near = after[..hit.at].chars().rev().take(6).collect::<String>();
        let other_base = bases_differ(base, &said, paragraph);
        let hundred = Decimal::from(100);
        let apart = printed.value.checked_sub(hundred).unwrap_or_default();
        let status = hit.judge(apart, printed.step);
        let why = (status == Status::Fails)
            .then(|| format!("the text says “{}” after an execution rate of {} %", hit.word, gathered.raw(rate)));
        let named = vec![Named { fact: rate, left: true, needed: None }];
        let finding = Finding::stated(identity, status, named, why);
        // 基本持平 and a base that differs say less than they seem to.
        let vague = near.contains('本') || other_base || gathered.doubtful(rate);
        out.push(finding.doubt(vague, "the words may compare with another budget"));
    }
}

/// Whether the rate and the words after it may speak of different budgets.
fn bases_differ(rate: &str, words: &str, paragraph: &str) -> bool {
    let initial = |text: &str| text.contains("年初");
    let later = |text: &str| ["调整", "调增", "调减", "全年预算"].iter().any(|word| text.contains(word));
    let named = |text: &str| initial(text) || later(text);
    if named(rate) && named(words) {
        return initial(rate) != initial(words);
    }
    // One of them says just 预算数: there must be no second budget that it could mean.
    initial(paragraph) && later(paragraph)
}

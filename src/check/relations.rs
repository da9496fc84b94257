//! Shares, changes, growth and execution rates: percentages beside the figures that they come from.
//!
//! In: the facts of the text paragraph by paragraph. Out: a finding for
//! each percentage whose figures are there. A satellite belongs to the last amount of the same subject;
//! a paragraph's amounts come before those of its chapter.

use super::Status;
use super::between::agree;
use super::finding::{Addend, Finding, Named, percent_of, ratio_finding, try_sum, whole_of};
use super::gather::{Gathered, NOWHERE};
use super::printed::{Printed, compare_growth, compare_ratio};
use super::scope::slipped;
use super::shares::try_share;
use super::sums::subject;
use super::words::try_words;
use crate::grammar::identities::{Identity, Machine, Rule, Share, Words};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::BTreeMap;

pub(super) type Subject<'f> = (Option<&'f str>, &'f str);

/// The identities of this module, by what they do.
pub(super) struct Relations<'a> {
    pub(super) change: Option<&'a Identity>,
    growth: Option<&'a Identity>,
    zero_base: Option<&'a Identity>,
    execution: Option<&'a Identity>,
    pub(super) shares: Vec<(&'a Identity, &'a Share)>,
    pub(super) words: Vec<(&'a Identity, &'a Words)>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(identities: &'a [Identity]) -> Self {
        let machine = |wanted: Machine| {
            identities.iter().find(|identity| matches!(identity.rule, Rule::Machine(found) if found == wanted))
        };
        let shares = identities.iter().filter_map(|identity| match &identity.rule {
            Rule::Share(share) => Some((identity, share)),
            _ => None,
        });
        let words = identities.iter().filter_map(|identity| match &identity.rule {
            Rule::Words(words) => Some((identity, words)),
            _ => None,
        });
        Relations {
            change: machine(Machine::Change),
            growth: machine(Machine::Growth),
            zero_base: machine(Machine::ZeroBase),
            execution: machine(Machine::Execution),
            shares: shares.collect(),
            words: words.collect(),
        }
    }
}

/// What a passage (paragraph, chapter, row) has said so far.
#[derive(Default)]
pub(super) struct Said<'f> {
    pub(super) amounts: BTreeMap<(Subject<'f>, Option<Phase>, Option<i16>), u32>,
    changes: BTreeMap<(Subject<'f>, Option<i16>), u32>,
    waiting: BTreeMap<(Subject<'f>, Option<i16>), u32>,
}

/// Tries every relation of the text.
pub(super) fn try_text<'a>(gathered: &Gathered<'_, 'a>, relations: &Relations<'a>, out: &mut Vec<Finding<'a>>) {
    let (mut paragraph, mut section) = (NOWHERE, None);
    let (mut here, mut chapter) = (Said::default(), Said::default());
    let known = Known::new(gathered);
    for (order, &index) in gathered.text.iter().enumerate() {
        let fact = gathered.fact(index);
        if gathered.set_apart(index) {
            continue;
        }
        let at = gathered.paragraph(index);
        if at != paragraph || at == NOWHERE {
            here = Said::default();
            paragraph = at;
        }
        let own = gathered.section(index);
        if own != section {
            chapter = Said::default();
            section = own;
        }
        let about = subject(fact);
        match fact.measure {
            Measure::Amount | Measure::Count if gathered.states(index) => {
                here.amounts.insert((about, fact.phase, fact.period), index);
                chapter.amounts.insert((about, fact.phase, fact.period), index);
            }
            Measure::Change if fact.unit == Unit::Cny => {
                here.changes.insert((about, fact.base_period), index);
                if let Some(growth) = here.waiting.remove(&(about, fact.base_period)) {
                    try_growth(gathered, relations, growth, &here, &chapter, out);
                }
                try_change(gathered, relations, index, &here, out);
            }
            Measure::Growth if fact.unit == Unit::Percent => {
                if here.changes.contains_key(&(about, fact.base_period)) {
                    try_growth(gathered, relations, index, &here, &chapter, out);
                } else {
                    here.waiting.insert((about, fact.base_period), index);
                }
            }
            Measure::ExecutionRate if fact.unit == Unit::Percent => {
                try_execution(gathered, relations, index, &here, &known, out);
                try_words(gathered, relations, index, order, out);
            }
            Measure::Share if fact.unit == Unit::Percent => {
                out.extend(try_share(gathered, relations, index, [&here, &chapter], &known));
            }
            _ => {}
        }
    }
}

/// Values that the whole document agrees on.
pub(super) struct Known<'f> {
    /// Executed amounts of the text by concept; none where it gives several.
    pub(super) text: BTreeMap<&'f str, Option<u32>>,
    /// Budgets of statement 07 by concept.
    budgets: BTreeMap<&'f str, Option<u32>>,
}

impl<'f> Known<'f> {
    fn new(gathered: &'f Gathered<'_, '_>) -> Self {
        let mut known = Known { text: BTreeMap::new(), budgets: BTreeMap::new() };
        let keep = |map: &mut BTreeMap<&'f str, Option<u32>>, concept: &'f str, index: u32| {
            map.entry(concept)
                .and_modify(|before| *before = before.filter(|before| agree(gathered, *before, index)))
                .or_insert(Some(index));
        };
        let year = gathered.input.fiscal_year;
        for &index in &gathered.text {
            let fact = gathered.fact(index);
            let Some(concept) = fact.concept else { continue };
            if fact.measure == Measure::Amount
                && gathered.states(index)
                && fact.phase == Some(Phase::Executed)
                && (fact.period == year || year.is_none())
            {
                keep(&mut known.text, concept, index);
            }
        }
        for (found, table) in gathered.tables.iter().zip(&gathered.input.tables) {
            if table.kind.as_str() != "three_public" {
                continue;
            }
            for &index in &found.facts {
                let fact = gathered.fact(index);
                if let (Some(concept), Some(Phase::Approved | Phase::Adjusted)) = (fact.concept, fact.phase) {
                    keep(&mut known.budgets, concept, index);
                }
            }
        }
        known
    }
}

/// The amount that a satellite of `index` speaks of.
pub(super) fn amount_of(gathered: &Gathered<'_, '_>, index: u32, said: &[&Said<'_>]) -> Option<u32> {
    let fact = gathered.fact(index);
    let about = subject(fact);
    let found = |said: &&Said<'_>| said.amounts.get(&(about, Some(Phase::Executed), fact.period)).copied();
    said.iter().find_map(found).filter(|amount| gathered.fact(*amount).unit == Unit::Cny)
}

fn try_change<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    change: u32,
    here: &Said<'_>,
    out: &mut Vec<Finding<'a>>,
) {
    let Some(identity) = relations.change else { return };
    let fact = gathered.fact(change);
    if fact.base_period.is_none() || fact.base_period == fact.period {
        return;
    }
    let before = here.amounts.get(&(subject(fact), Some(Phase::Executed), fact.base_period)).copied();
    if let (Some(value), Some(before)) = (amount_of(gathered, change, &[here]), before) {
        let right = [Addend::plus(value), Addend { fact: before, minus: true }];
        out.extend(try_sum(gathered, identity, &[Addend::plus(change)], &right));
    }
}

fn try_growth<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    growth: u32,
    here: &Said<'_>,
    chapter: &Said<'_>,
    out: &mut Vec<Finding<'a>>,
) {
    let fact = gathered.fact(growth);
    let Some(&change) = here.changes.get(&(subject(fact), fact.base_period)) else { return };
    let Some(value) = amount_of(gathered, growth, &[here, chapter]) else { return };
    out.extend(growth_finding(gathered, relations, growth, change, value));
}

/// A growth against the change and the value.
pub(super) fn growth_finding<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    growth: u32,
    change: u32,
    value: u32,
) -> Option<Finding<'a>> {
    let (rate, by, now) = (gathered.printed(growth)?, gathered.printed(change)?, gathered.printed(value)?);
    let base = now.value.checked_sub(by.value)?;
    if base.is_zero() {
        return zero_base(gathered, relations, growth, &[change, value]);
    }
    let identity = relations.growth?;
    let verdict = compare_growth(rate, by, now)?;
    let needed = |order: usize| match order {
        // change = value × rate ÷ (100 + rate); value = change × (100 + rate) ÷ rate
        0 => over(now.value, rate, |rate, value| {
            value.checked_mul(rate)?.checked_div(rate.checked_add(Decimal::from(100))?)
        }),
        _ => over(by.value, rate, |rate, change| {
            change.checked_mul(rate.checked_add(Decimal::from(100))?)?.checked_div(rate)
        }),
    };
    let finding = ratio_finding(gathered, identity, growth, &[change, value], verdict, &needed);
    // A change and a rate that disagree in nothing but their sign: which word was meant cannot be told from here.
    let turned = Printed { value: -rate.value, step: rate.step };
    let opposite = rate.value.is_sign_negative() != by.value.is_sign_negative();
    let flipped = Printed { value: -by.value, step: by.step };
    let sign = opposite
        && (compare_growth(turned, by, now).is_some_and(|verdict| verdict.status != Status::Fails)
            || compare_growth(rate, flipped, now).is_some_and(|verdict| verdict.status != Status::Fails));
    Some(finding.doubt(sign, "the change and the rate differ in their sign only"))
}

fn over(value: Decimal, rate: Printed, at: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<(Decimal, Decimal)> {
    let reach = rate.step.checked_mul(Decimal::new(5, 1))?;
    let (one, other) = (at(rate.value.checked_sub(reach)?, value)?, at(rate.value.checked_add(reach)?, value)?);
    Some((one.min(other), one.max(other)))
}

/// A percentage over nothing: 0 and 100 are how reports write that there is none.
fn zero_base<'a>(gathered: &Gathered<'_, 'a>, relations: &Relations<'a>, rate: u32, of: &[u32]) -> Option<Finding<'a>> {
    let identity = relations.zero_base?;
    let value = gathered.fact(rate).value;
    if value.is_zero() {
        return None;
    }
    let usual = value.abs() == Decimal::from(100) || gathered.doubtful(rate);
    let status = if usual { Status::Undecided } else { Status::Fails };
    let why = "the base is zero: there is no such percentage".to_owned();
    let named = std::iter::once(&rate).chain(of).map(|fact| Named { fact: *fact, left: *fact == rate, needed: None });
    Some(Finding::stated(identity, status, named.collect(), Some(why)))
}

fn try_execution<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    rate: u32,
    here: &Said<'_>,
    known: &Known<'_>,
    out: &mut Vec<Finding<'a>>,
) {
    let fact = gathered.fact(rate);
    let about = subject(fact);
    let said = |phase: Phase| here.amounts.get(&(about, Some(phase), fact.period)).copied();
    let Some(executed) = said(Phase::Executed) else { return };
    let phrase = phrase_before(gathered, rate, "完成");
    let (approved, adjusted) = (said(Phase::Approved), said(Phase::Adjusted));
    let budgets: Vec<u32> = if phrase.contains("年初") {
        approved.into_iter().collect()
    } else if phrase.contains("调整") || phrase.contains("全年") {
        adjusted.into_iter().collect()
    } else {
        adjusted.into_iter().chain(approved).collect()
    };
    if !budgets.is_empty() {
        let mut finding = execution_finding(gathered, relations, rate, executed, &budgets);
        // 年初预算为…，完成预算的…: the budget of the rate may be the one that was adjusted since.
        let initial = |budget: u32| last_bytes(gathered.before(budget), 60).contains("年初");
        let another = !phrase.contains("年初") && adjusted.is_none() && approved.is_some_and(initial);
        finding = finding.map(|finding| {
            let another = another && !slipped(gathered, finding.but_the_whole());
            finding.doubt(another, "it does not say that it is a percentage of that budget")
        });
        if let Some(finding) = finding.as_mut().filter(|finding| finding.status == Status::Fails) {
            // The rate is right, but of the other budget than the words say.
            let other = adjusted.into_iter().chain(approved).find(|other| !budgets.contains(other));
            let fits = other.and_then(|other| execution_finding(gathered, relations, rate, executed, &[other]));
            if let (Some(fits), Some(other)) = (fits.filter(|fits| fits.status == Status::Holds), other) {
                let said = phrase.trim_end_matches(['的', ' ', '\u{a0}']);
                let (why, fact) = (finding.why.take().unwrap_or_default(), gathered.raw(other));
                let gap = if why.is_empty() { "" } else { "; " };
                finding.why = Some(format!(
                    "{why}{gap}the text says “完成{said}”, but it is the percentage of the other budget, {fact}"
                ));
                finding.named.truncate(1);
                finding.named.extend(fits.named.into_iter().skip(1));
                finding.verdict = None;
            }
        }
        out.extend(finding);
        return;
    }
    // The text of “三公” seldom repeats the budget that stands in its statement.
    let far = fact.concept.and_then(|concept| known.budgets.get(concept).copied().flatten());
    if let Some(budget) = far.filter(|_| !phrase.contains("年初") && !phrase.contains("调整")) {
        out.extend(execution_finding(gathered, relations, rate, executed, &[budget]));
    }
}

/// An execution rate against the executed amount and whichever budget it fits best.
pub(super) fn execution_finding<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    rate: u32,
    executed: u32,
    budgets: &[u32],
) -> Option<Finding<'a>> {
    let mut found: Vec<Finding<'a>> = Vec::new();
    for &budget in budgets {
        let (printed, part, whole) = (gathered.printed(rate)?, gathered.printed(executed)?, gathered.printed(budget)?);
        if gathered.fact(executed).unit != Unit::Cny || gathered.fact(budget).unit != Unit::Cny {
            continue;
        }
        if whole.value.is_zero() {
            found.extend(zero_base(gathered, relations, rate, &[executed, budget]).filter(|_| budgets.len() == 1));
            continue;
        }
        let verdict = compare_ratio(printed, part, whole, false)?;
        let needed = |order: usize| match order {
            0 => percent_of(whole.value, printed),
            _ => whole_of(part.value, printed),
        };
        found.push(ratio_finding(gathered, relations.execution?, rate, &[executed, budget], verdict, &needed));
    }
    let several = found.len() > 1;
    let best = found.into_iter().min_by_key(|finding| finding.status as u8)?;
    Some(best.doubt(several, "it does not say which of two budgets it is a percentage of"))
}

/// The end of `words`, of about so many bytes.
pub(super) fn last_bytes(words: &str, bytes: usize) -> &str {
    &words[words.ceil_char_boundary(words.len().saturating_sub(bytes))..]
}

/// Whether a concept names many things, each by its item.
pub(super) fn family(concept: &str) -> bool {
    concept.starts_with("project.")
        || concept.starts_with("performance.")
        || matches!(concept, "expenditure.function" | "expenditure.economic" | "assets.vehicle.type")
}

/// The words between the last `word` and the figure, in its clause.
pub(super) fn phrase_before<'i>(gathered: &Gathered<'i, '_>, index: u32, word: &str) -> &'i str {
    let before = last_bytes(gathered.before(index), 90);
    let clause = before.rfind(['，', '。', '；', ',', ';', '、', '：']).map_or(before, |at| &before[at..]);
    clause.rfind(word).map_or("", |at| &clause[at + word.len()..])
}

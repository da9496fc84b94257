//! Words of the text against its own figures and against the statements.
//!
//! In: the facts of the text, paragraph by paragraph. Out: findings for words that compare with the budget where no
//! rate is printed, for a rise and a fall of one thing, for growth beside both years' amounts, for names of classes,
//! for figures without a unit. Words beside an execution rate are tried in `words`.

use super::Status;
use super::between::{alike, class_name};
use super::finding::{Finding, Named, ratio_finding};
use super::gather::{Gathered, NOWHERE};
use super::printed::{Printed, compare_growth};
use super::sums::subject;
use super::words::first_hit;
use crate::fact::Flags;
use crate::grammar::identities::{Identity, Machine, Rule, Words};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// The identities of this module.
#[derive(Default)]
struct Wordings<'a> {
    budget: Option<&'a Identity>,
    direction: Option<&'a Identity>,
    years: Option<&'a Identity>,
    class: Option<&'a Identity>,
    unit: Option<&'a Identity>,
    lists: Option<&'a Words>,
}

/// Tries the words of the text.
pub(super) fn try_wordings<'a>(gathered: &Gathered<'_, 'a>, identities: &'a [Identity], out: &mut Vec<Finding<'a>>) {
    let mut known = Wordings::default();
    for identity in identities {
        match &identity.rule {
            Rule::Machine(Machine::BudgetAmounts) => known.budget = Some(identity),
            Rule::Machine(Machine::Direction) => known.direction = Some(identity),
            Rule::Machine(Machine::GrowthYears) => known.years = Some(identity),
            Rule::Machine(Machine::ClassOfName) => known.class = Some(identity),
            Rule::Machine(Machine::UnitPrinted) => known.unit = Some(identity),
            Rule::Words(words) => known.lists = Some(words),
            _ => {}
        }
    }
    let mut rest = gathered.text.as_slice();
    while let Some(&first) = rest.first() {
        let paragraph = gathered.paragraph(first);
        let length = rest.iter().take_while(|index| gathered.paragraph(**index) == paragraph).count();
        let (facts, after) = rest.split_at(length);
        rest = after;
        if paragraph != NOWHERE {
            let facts: Vec<u32> = facts.iter().copied().filter(|index| !gathered.set_apart(*index)).collect();
            try_paragraph(gathered, &known, &facts, out);
        }
    }
    try_classes(gathered, &known, out);
    try_units(gathered, &known, out);
}

fn try_paragraph<'a>(gathered: &Gathered<'_, 'a>, known: &Wordings<'a>, facts: &[u32], out: &mut Vec<Finding<'a>>) {
    let mut amounts: BTreeMap<_, u32> = BTreeMap::new();
    let mut moves: BTreeMap<_, (u32, Option<bool>)> = BTreeMap::new();
    for (order, &index) in facts.iter().enumerate() {
        let fact = gathered.fact(index);
        let about = subject(fact);
        let next = facts.get(order + 1).copied();
        let before = match order.checked_sub(1) {
            Some(last) => gathered.words_until(facts[last], Some(index)),
            None => gathered.before(index),
        };
        match fact.measure {
            Measure::Amount if fact.unit == Unit::Cny && gathered.states(index) => {
                amounts.insert((about, fact.phase, fact.period), index);
                let budget = |phase: Phase| amounts.get(&(about, Some(phase), fact.period)).copied();
                let rate = next.is_some_and(|next| gathered.fact(next).measure == Measure::ExecutionRate);
                let budgets = (budget(Phase::Approved), budget(Phase::Adjusted));
                if let (Some(budget), None) | (None, Some(budget)) = budgets
                    && fact.phase == Some(Phase::Executed)
                    && !rate
                {
                    // 与预算数持平 is a figure of its own.
                    let printed = facts[order + 1..].iter().copied().find(|next| gathered.has_digits(*next));
                    out.extend(against_budget(gathered, known, index, budget, gathered.words_until(index, printed)));
                }
            }
            Measure::Change | Measure::Growth if fact.base_period.is_some() && !fact.value.is_zero() => {
                let key = (about, fact.base_period);
                let said = direction(before);
                if let Some((other, there)) = moves.insert(key, (index, said)) {
                    out.extend(opposite(gathered, known, (other, there), (index, said)));
                } else if fact.measure == Measure::Growth && fact.unit == Unit::Percent {
                    let amount = |period: Option<i16>| amounts.get(&(about, Some(Phase::Executed), period)).copied();
                    if let (Some(now), Some(last)) = (amount(fact.period), amount(fact.base_period)) {
                        out.extend(over_years(gathered, known, index, now, last));
                    }
                }
            }
            _ => {}
        }
    }
}

/// 决算数大于（小于、等于）预算数 behind the accounts, whose budget stands in the same paragraph.
fn against_budget<'a>(
    gathered: &Gathered<'_, 'a>,
    known: &Wordings<'a>,
    executed: u32,
    budget: u32,
    after: &str,
) -> Option<Finding<'a>> {
    let identity = known.budget?;
    let hit = first_hit(known.lists?, after)?;
    let (one, other) = (gathered.printed(executed)?, gathered.printed(budget)?);
    let apart = one.value.checked_sub(other.value)?;
    let status = hit.judge(apart, one.step.max(other.step));
    let why = (status == Status::Fails).then(|| {
        format!(
            "the text says “{}” of {} against a budget of {}",
            hit.word,
            gathered.raw(executed),
            gathered.raw(budget)
        )
    });
    let named = [executed, budget].map(|fact| Named { fact, left: fact == executed, needed: None }).to_vec();
    let doubtful = gathered.doubtful(executed) || gathered.doubtful(budget) || after[..hit.at].ends_with('本');
    Some(Finding::stated(identity, status, named, why).doubt(doubtful, "the words may compare with another budget"))
}

/// Whether words say a rise (true) or a fall; none if they say both, neither, or print a sign.
fn direction(words: &str) -> Option<bool> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let up = has(&["增加", "增长", "上升", "提高", "上涨"]);
    let down = has(&["减少", "下降", "降低", "下滑"]);
    let signed = words.trim_end().ends_with(['-', '－', '—', '−', '负']);
    (up != down && !signed).then_some(up)
}

/// A change and a growth of one thing, of which one is said to rise and the other to fall.
fn opposite<'a>(
    gathered: &Gathered<'_, 'a>,
    known: &Wordings<'a>,
    one: (u32, Option<bool>),
    other: (u32, Option<bool>),
) -> Option<Finding<'a>> {
    let identity = known.direction?;
    let (first, second) = (gathered.fact(one.0), gathered.fact(other.0));
    if first.measure == second.measure || gathered.doubtful(one.0) || gathered.doubtful(other.0) {
        return None;
    }
    let (up, also) = (one.1?, other.1?);
    let word = |up: bool| if up { "a rise" } else { "a fall" };
    let status = if up == also { Status::Holds } else { Status::Fails };
    let why = (up != also).then(|| {
        format!("the text says {} by {} and {} by {}", word(up), gathered.raw(one.0), word(also), gathered.raw(other.0))
    });
    let named = [one.0, other.0].map(|fact| Named { fact, left: fact == one.0, needed: None }).to_vec();
    Some(Finding::stated(identity, status, named, why))
}

/// A growth beside the amounts of both years.
fn over_years<'a>(
    gathered: &Gathered<'_, 'a>,
    known: &Wordings<'a>,
    growth: u32,
    now: u32,
    last: u32,
) -> Option<Finding<'a>> {
    let (rate, value, before) = (gathered.printed(growth)?, gathered.printed(now)?, gathered.printed(last)?);
    let by = Printed { value: value.value.checked_sub(before.value)?, step: value.step.max(before.step) };
    if before.value.is_zero() || gathered.fact(now).number == gathered.fact(last).number {
        return None;
    }
    let verdict = compare_growth(rate, by, value)?;
    Some(ratio_finding(gathered, known.years?, growth, &[now, last], verdict, &|_| None))
}

/// Items that the text names as a class that the statement does not have, with the amount of one that it has.
fn try_classes<'a>(gathered: &Gathered<'_, 'a>, known: &Wordings<'a>, out: &mut Vec<Finding<'a>>) {
    let Some(identity) = known.class else { return };
    let item = |code: &str| code.len() == 7;
    let mut rows: BTreeMap<Decimal, Vec<(u32, &str)>> = BTreeMap::new();
    for (found, table) in gathered.tables.iter().zip(&gathered.input.tables) {
        if table.kind.as_str() != "general_budget_expenditure" || found.unread {
            continue;
        }
        for &index in &found.facts {
            let fact = gathered.fact(index);
            let Some(code) = fact.function_code.as_deref().filter(|code| item(code)) else { continue };
            if matches!(gathered.row_concept(index), Some("general_budget.expenditure" | "expenditure.current_year")) {
                rows.entry(fact.value).or_default().push((index, code));
            }
        }
    }
    let text = || gathered.text.iter().filter(|index| gathered.states(**index) && !gathered.doubtful(**index));
    let code_of = |index: u32| gathered.fact(index).function_code.as_deref().filter(|code| item(code));
    let named: BTreeSet<&str> = text().filter_map(|index| code_of(*index)).collect();
    for &index in text() {
        let fact = gathered.fact(index);
        let item = fact.concept == Some("expenditure.function") && fact.item.matches('/').count() == 2;
        if !item || fact.function_code.is_some() || fact.phase != Some(Phase::Executed) || fact.value.is_zero() {
            continue;
        }
        let Some([(row, other)]) = rows.get(&fact.value).map(Vec::as_slice) else { continue };
        let (own, there) = (path(&fact.item), path(&gathered.fact(*row).item));
        let ([class, section, name], [same_class, same_section, real]) = (own.as_slice(), there.as_slice()) else {
            continue;
        };
        if named.contains(other) || alike(name, real) {
            continue;
        }
        // Another section as well: the amounts may be the same by chance.
        let sure = alike(class, same_class) && alike(section, same_section);
        let status = if sure { Status::Fails } else { Status::Undecided };
        let why = format!("the text calls it “{name}”, the statement gives that amount to “{real}” ({other})");
        let named = [index, *row].map(|fact| Named { fact, left: fact == index, needed: None }).to_vec();
        out.push(Finding::stated(identity, status, named, Some(why)));
    }
}

/// The names of a path of classes, without what follows it.
fn path(item: &str) -> Vec<String> {
    let path = item.split(" × ").next().unwrap_or(item);
    path.split('/').map(class_name).collect()
}

/// Figures of the text behind which the unit was forgotten.
fn try_units<'a>(gathered: &Gathered<'_, 'a>, known: &Wordings<'a>, out: &mut Vec<Finding<'a>>) {
    let Some(identity) = known.unit else { return };
    for &index in &gathered.text {
        let fact = gathered.fact(index);
        if !fact.flags.has(Flags::UNIT_IMPLIED) || gathered.input.standings[index as usize].is_none() {
            continue;
        }
        let why = format!(
            "no unit, or only a part of it, stands behind “{}”; {} is taken",
            gathered.raw(index),
            fact.unit.as_str()
        );
        let named = vec![Named { fact: index, left: true, needed: None }];
        out.push(Finding::stated(identity, Status::Undecided, named, Some(why)));
    }
}

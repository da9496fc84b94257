//! Items that the text lists against what they are items of: classes (类/款/项) and receptions.
//!
//! In: the functional classes that the text names with their paths. Out: one finding for each class
//! whose own amount the text gives as well, one for each list of receptions. Only a list headed 具体情况 claims to be complete; any other
//! may not exceed the class.

use super::Status;
use super::between::class_name;
use super::finding::{Addend, Finding, try_sum};
use super::gather::Gathered;
use crate::grammar::identities::Identity;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// One class: its own amounts, its items, whether their list claims to be complete.
#[derive(Default)]
struct Class<'f> {
    whole: Vec<u32>,
    items: Vec<u32>,
    seen: BTreeMap<&'f str, Decimal>,
    twice: bool,
    complete: bool,
    doubtful: bool,
}

/// Tries every class of the text against its items.
pub(super) fn try_items<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let mut classes: BTreeMap<(Option<i16>, String), Class<'_>> = BTreeMap::new();
    for &index in &gathered.text {
        let fact = gathered.fact(index);
        let amount = fact.measure == Measure::Amount && fact.unit == Unit::Cny && fact.phase == Some(Phase::Executed);
        let general = fact.fund == Some(crate::quantity::Fund::GeneralBudget);
        if fact.concept != Some("expenditure.function") || !amount || !general || !gathered.states(index) {
            continue;
        }
        let (name, below) = match fact.item.split_once('/') {
            Some((name, _)) => (name, true),
            None => (fact.item.as_str(), false),
        };
        let class = classes.entry((fact.period, class_name(name))).or_default();
        if below {
            if gathered.doubtful(index) {
                class.doubtful |= !fact.value.is_zero();
                continue;
            }
            match class.seen.insert(fact.item.as_str(), fact.value) {
                None => class.items.push(index),
                Some(before) => class.twice |= before != fact.value,
            }
            class.complete |= in_detail(gathered, index);
        } else {
            class.whole.push(index);
        }
    }
    for class in classes.values() {
        let Some(&whole) = class.whole.first().filter(|_| !class.items.is_empty()) else { continue };
        let value = gathered.fact(whole).value;
        let several = class.whole.iter().any(|other| gathered.fact(*other).value != value);
        let items: Vec<_> = outermost(gathered, &class.items).map(Addend::plus).collect();
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(whole)], &items) else { continue };
        let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
        let finding = finding
            .doubt(several, "the text gives the class several amounts")
            .doubt(class.twice, "the text gives an item several amounts")
            .doubt(class.doubtful, "one of the items is doubtful")
            .doubt(
                short && (!class.complete || main_ones(gathered, whole)),
                "the text does not claim to list all items",
            );
        let strange = finding.status == Status::Fails && left_out(gathered, &finding);
        out.push(finding.doubt(strange, "an amount of the same section may be an item that was not read as one"));
    }
}

/// The items that are no part of another one: a 款 whose 项 follow counts for them.
fn outermost<'i>(gathered: &'i Gathered<'_, '_>, items: &'i [u32]) -> impl Iterator<Item = u32> + 'i {
    let named: BTreeSet<&str> = items.iter().map(|item| gathered.fact(*item).item.as_str()).collect();
    items.iter().copied().filter(move |item| {
        let path = gathered.fact(*item).item.as_str();
        !path.match_indices('/').any(|(at, _)| named.contains(&path[..at]))
    })
}

/// Whether the words behind a class's amount announce the main items only: 80万元，主要项目如下.
fn main_ones(gathered: &Gathered<'_, '_>, whole: u32) -> bool {
    let after = gathered.words_until(whole, None);
    let sentence = after.split('。').next().unwrap_or("");
    ["主要项目", "主要包括", "主要有", "主要支出", "主要科目", "主要是：", "主要为："]
        .iter()
        .any(|words| sentence.contains(words))
}

/// Whether an amount of the section that lists the items makes up the difference, though it is none of them.
fn left_out(gathered: &Gathered<'_, '_>, finding: &Finding<'_>) -> bool {
    let Some(verdict) = finding.verdict else { return false };
    let section = finding.named.last().and_then(|named| gathered.section(named.fact));
    let apart = |value: Decimal| verdict.difference.checked_sub(value).map(|apart| apart.abs());
    gathered.text.iter().any(|index| {
        let fact = gathered.fact(*index);
        let amount = gathered.section(*index) == section && fact.measure == Measure::Amount && fact.unit == Unit::Cny;
        let near = || gathered.set_apart(*index) || apart(fact.value).is_some_and(|apart| apart <= verdict.tolerance);
        amount && !fact.value.is_zero() && finding.named.iter().all(|named| named.fact != *index) && near()
    })
}

/// Words between a total and its items that say that all of them follow.
const ALL_FOLLOW: [&str; 4] = ["具体内容包括", "具体包括", "分别为", "分别是"];

/// Tries the receptions that a paragraph lists against their total: 共计支出0.9万元，具体内容包括：（1）…
pub(super) fn try_receptions<'a>(gathered: &Gathered<'_, 'a>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let amount = |index: u32| {
        let fact = gathered.fact(index);
        fact.measure == Measure::Amount && fact.unit == Unit::Cny && fact.phase == Some(Phase::Executed)
    };
    let mut rest = gathered.text.as_slice();
    while let Some((&head, after)) = rest.split_first() {
        rest = after;
        if gathered.fact(head).concept != Some("three_public.reception.domestic") || !amount(head) {
            continue;
        }
        let paragraph = gathered.paragraph(head);
        let foreign = |index: u32| {
            gathered.fact(index).concept.is_some_and(|id| id.starts_with("three_public.reception.foreign"))
        };
        let list: Vec<u32> = after
            .iter()
            .copied()
            .take_while(|index| gathered.paragraph(*index) == paragraph && !foreign(*index))
            .filter(|index| amount(*index))
            .collect();
        let Some(&first) = list.first() else { continue };
        let between = gathered.words_until(head, Some(first));
        if list.len() < 2 || !ALL_FOLLOW.iter().any(|words| between.contains(words)) {
            continue;
        }
        let items: Vec<_> = list.into_iter().map(Addend::plus).collect();
        out.extend(try_sum(gathered, identity, &[Addend::plus(head)], &items));
    }
}

/// Whether the fact's section says that it lists everything: 具体情况.
fn in_detail(gathered: &Gathered<'_, '_>, index: u32) -> bool {
    gathered.title(index).is_some_and(|title| title.contains("具体情况"))
}

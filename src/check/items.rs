//! Items of a class in the text (类/款/项) against the class: `class_items`.
//!
//! In: the functional classes that the text names with their paths. Out: one finding for each class
//! whose own amount the text gives as well. Only a list headed 具体情况 claims to be complete; any other
//! may not exceed the class.

use super::between::class_name;
use super::finding::{Addend, Finding, try_sum};
use super::gather::Gathered;
use crate::grammar::identities::Identity;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::collections::{BTreeMap, HashMap};

/// One class: its own amounts, its items, whether their list claims to be complete.
#[derive(Default)]
struct Class<'f> {
    whole: Vec<u32>,
    items: Vec<u32>,
    seen: HashMap<&'f str, Decimal>,
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
        let Some(&whole) = class.whole.first() else { continue };
        let value = gathered.fact(whole).value;
        let several = class.whole.iter().any(|other| gathered.fact(*other).value != value);
        let items: Vec<_> = class.items.iter().map(|item| Addend::plus(*item)).collect();
        let Some(finding) = try_sum(gathered, identity, &[Addend::plus(whole)], &items) else { continue };
        let short = finding.verdict.is_some_and(|verdict| verdict.difference > Decimal::ZERO);
        let finding = finding
            .doubt(several, "the text gives the class several amounts")
            .doubt(class.twice, "the text gives an item several amounts")
            .doubt(class.doubtful, "one of the items is doubtful")
            .doubt(short && !class.complete, "the text does not claim to list all items");
        out.push(finding);
    }
}

/// Whether the fact's section says that it lists everything: 具体情况.
fn in_detail(gathered: &Gathered<'_, '_>, index: u32) -> bool {
    let sections = &gathered.input.layout.sections;
    let section = gathered.fact(index).section.and_then(|section| sections.get(section as usize));
    section.is_some_and(|section| section.title.contains("具体情况"))
}

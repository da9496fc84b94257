//! Identities over documents: the same entity over the years, a report that was published twice, an entity and
//! the units that its report includes.
//!
//! In: a [`Profile`] of each report: the values that it agrees on, and the changes that it gives. Out: checks of
//! the later of two reports, or of the one that includes the others; their facts are its own, their messages name
//! both. Reports belong together if their entity and region are the same, or if one lists the other among its
//! units. Surprise: what a report gives several values for has none here, nor has nought.

use super::gather::Gathered;
use super::input::CheckInput;
use super::printed::{Printed, Total, Verdict, compare, compare_growth};
use super::relations::family;
use super::{Check, Status, message};
use crate::fact::Fact;
use crate::grammar::Grammars;
use crate::grammar::identities::{Identity, Machine, Rule};
use crate::quantity::{Decimal, Fund, Measure, Phase, Unit};
use crate::source::Span;
use crate::table::TableKind;
use std::collections::BTreeMap;

/// Where a value was read: a kind of statement, or the text.
type Key = (Option<TableKind>, String, Option<Fund>);

/// A value as its report prints it.
#[derive(Clone, Debug)]
struct Known {
    printed: Printed,
    fact: u32,
    span: Span,
    /// What it is, its digits and where they stand.
    shown: String,
    doubtful: bool,
}

/// A change or a growth since the year before, and the value that changed.
#[derive(Clone, Debug)]
struct Since {
    concept: String,
    value: Known,
    by: Known,
    growth: bool,
}

/// What other reports of the same entity can be compared with.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The document.
    pub document: String,
    values: BTreeMap<Key, Known>,
    since: Vec<Since>,
}

impl Profile {
    /// The profile of a document.
    #[must_use]
    pub fn of(document: &str, facts: &[Fact<'_>], input: &CheckInput<'_>, grammars: &Grammars) -> Self {
        let gathered = Gathered::new(input, facts, grammars);
        let mut values: BTreeMap<Key, Option<Known>> = BTreeMap::new();
        for index in 0..facts.len() as u32 {
            let fact = gathered.fact(index);
            let Some(key) = key(&gathered, index) else { continue };
            let Some(known) = known(&gathered, index) else { continue };
            values
                .entry(key)
                .and_modify(|before| {
                    *before = before.take().filter(|before| super::between::agree(&gathered, before.fact, index));
                })
                .or_insert_with(|| (!gathered.set_apart(index) && !fact.value.is_zero()).then_some(known));
        }
        let values = values.into_iter().filter_map(|(key, known)| Some((key, known?))).collect();
        Profile { document: document.to_owned(), values, since: since(&gathered) }
    }

    /// A balance of all funds together in a summary.
    fn balance(&self, kind: TableKind, concept: &str) -> Option<&Known> {
        let of = |fund: Option<Fund>| self.values.get(&(Some(kind), concept.to_owned(), fund));
        of(Some(Fund::All)).or_else(|| of(None))
    }

    /// The value of a concept in the text, else where just one kind of statement gives it.
    fn value(&self, concept: &str) -> Option<&Known> {
        if let Some(known) = self.values.get(&(None, concept.to_owned(), None)) {
            return Some(known);
        }
        let mut found = self.values.iter().filter(|(key, _)| key.1 == concept);
        found.next().filter(|_| found.next().is_none()).map(|(_, known)| known)
    }
}

/// What a fact is a value of, if it is one of the whole report for its own year.
fn key(gathered: &Gathered<'_, '_>, index: u32) -> Option<Key> {
    let fact = gathered.fact(index);
    let concept = fact.concept.filter(|concept| !family(concept))?;
    let whole = fact.function_code.is_none() && fact.economic_code.is_none() && fact.project.is_none();
    let own = fact.period == gathered.input.fiscal_year && fact.period.is_some();
    let stated = fact.measure == Measure::Amount && fact.unit == Unit::Cny && gathered.states(index);
    let executed = fact.phase == Some(Phase::Executed) || fact.cell.is_some() && fact.phase.is_none();
    if !(whole && own && stated && executed) {
        return None;
    }
    match fact.cell {
        None => Some((None, concept.to_owned(), None)),
        Some((table, ..)) => {
            let kind = gathered.input.tables.get(table as usize)?.kind;
            let statement = crate::grammar::statements::KINDS.iter().take(9).any(|known| *known == kind.as_str());
            let sound = statement && !gathered.tables[table as usize].unread && !gathered.guessed(index);
            sound.then(|| (Some(kind), concept.to_owned(), fact.fund))
        }
    }
}

fn known(gathered: &Gathered<'_, '_>, index: u32) -> Option<Known> {
    Some(Known {
        printed: gathered.printed(index)?,
        fact: index,
        span: gathered.fact(index).span,
        shown: message::full(gathered, index),
        doubtful: gathered.doubtful(index) || gathered.set_apart(index),
    })
}

/// The changes since the year before that the text gives beside their value; else the growth.
fn since(gathered: &Gathered<'_, '_>) -> Vec<Since> {
    let mut found: Vec<Since> = Vec::new();
    let mut amounts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for &index in &gathered.text {
        let fact = gathered.fact(index);
        let Some(concept) = fact.concept.filter(|concept| !family(concept)) else { continue };
        if gathered.set_apart(index) || fact.project.is_some() {
            continue;
        }
        let paragraph = gathered.paragraph(index);
        let own = fact.period == gathered.input.fiscal_year;
        match fact.measure {
            Measure::Amount if own && fact.unit == Unit::Cny && fact.phase == Some(Phase::Executed) => {
                amounts.insert(concept, (paragraph, index));
            }
            Measure::Change | Measure::Growth
                if own && fact.base_period.is_some_and(|base| Some(base + 1) == fact.period) =>
            {
                let growth = fact.measure == Measure::Growth;
                let unit = if growth { Unit::Percent } else { Unit::Cny };
                let Some((_, value)) = amounts.get(concept).filter(|(place, _)| *place == paragraph) else { continue };
                let (Some(value), Some(by)) = (known(gathered, *value), known(gathered, index)) else { continue };
                if fact.unit != unit {
                    continue;
                }
                // A change says more than the growth beside it.
                let before = found.iter().position(|since| since.value.fact == value.fact);
                match before {
                    Some(at) if found[at].growth && !growth => {
                        found[at] = Since { concept: concept.to_owned(), value, by, growth }
                    }
                    Some(_) => {}
                    None => found.push(Since { concept: concept.to_owned(), value, by, growth }),
                }
            }
            _ => {}
        }
    }
    found
}

/// The identities over documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Corpus<'a> {
    balance: Option<&'a Identity>,
    last_year: Option<&'a Identity>,
    twice: Option<&'a Identity>,
    units: Option<&'a Identity>,
}

impl<'a> Corpus<'a> {
    /// Those of the grammars.
    #[must_use]
    pub fn new(grammars: &'a Grammars) -> Self {
        let machine = |wanted: Machine| {
            let mut all = grammars.identities().all().iter();
            all.find(|identity| matches!(identity.rule, Rule::Machine(found) if found == wanted))
        };
        Corpus {
            balance: machine(Machine::CorpusBalance),
            last_year: machine(Machine::CorpusLastYear),
            twice: machine(Machine::CorpusTwice),
            units: machine(Machine::CorpusUnits),
        }
    }

    /// Whether an identity of this id is one over documents.
    #[must_use]
    pub fn owns(&self, id: &str) -> bool {
        [self.balance, self.last_year, self.twice, self.units].into_iter().flatten().any(|identity| identity.id == id)
    }

    /// What a report says of the one of the year before.
    #[must_use]
    pub fn over_years(&self, last: &Profile, this: &Profile) -> Vec<Check<'a>> {
        let mut checks = Vec::new();
        for kind in [TableKind::IncomeExpenditureSummary, TableKind::AppropriationSummary] {
            let balances = (this.balance(kind, "balance.opening"), last.balance(kind, "balance.closing"));
            if let (Some(identity), (Some(opening), Some(closing))) = (self.balance, balances) {
                checks.extend(equal(identity, opening, closing, last));
            }
        }
        for since in &this.since {
            if let (Some(identity), Some(before)) = (self.last_year, last.value(&since.concept)) {
                checks.extend(implied(identity, since, before, last));
            }
        }
        checks
    }

    /// What a report says that was published before: of the same entity and year.
    #[must_use]
    pub fn published_twice(&self, earlier: &Profile, later: &Profile) -> Vec<Check<'a>> {
        let Some(identity) = self.twice else { return Vec::new() };
        let both = later.values.iter().filter_map(|(key, known)| Some((known, earlier.values.get(key)?)));
        let mut checks: Vec<Check<'a>> =
            both.filter_map(|(known, before)| equal(identity, known, before, earlier)).collect();
        doubt_most(&mut checks, "most values differ, the two may report about different units");
        checks
    }

    /// What a report says that includes the `units`; `all`: there is no other that it includes.
    #[must_use]
    pub fn with_units(&self, whole: &Profile, units: &[&Profile], all: bool) -> Vec<Check<'a>> {
        let Some(identity) = self.units else { return Vec::new() };
        let additive = whole.values.iter().filter(|(key, _)| is_additive(&key.1));
        let mut checks: Vec<Check<'a>> = additive
            .filter_map(|(key, known)| {
                let parts: Vec<_> = units.iter().filter_map(|unit| Some((*unit, unit.values.get(key)?))).collect();
                sum_of_units(identity, known, &parts, all && parts.len() == units.len())
            })
            .collect();
        doubt_most(&mut checks, "most values differ, the units may not be those that it includes");
        checks
    }
}

/// Whether a department's value is that of its units together: what comes from the budget is. What units pay
/// each other is left out of it, so their other income and all totals may be more.
fn is_additive(concept: &str) -> bool {
    const PREFIXES: [&str; 6] =
        ["general_budget.", "government_fund.", "state_capital.", "appropriation.", "three_public.", "procurement."];
    const INCOMES: [&str; 4] =
        ["income.appropriation", "income.general_budget", "income.government_fund", "income.state_capital"];
    PREFIXES.iter().any(|prefix| concept.starts_with(prefix)) || INCOMES.contains(&concept)
}

/// Where most of several checks fail, the reports do not belong together.
fn doubt_most(checks: &mut [Check<'_>], why: &str) {
    let failing = checks.iter().filter(|check| check.status == Status::Fails).count();
    if failing * 2 <= checks.len() || checks.len() < 5 {
        return;
    }
    for check in checks.iter_mut().filter(|check| check.status == Status::Fails) {
        check.status = Status::Undecided;
        check.message.insert_str(0, &format!("{why}: "));
    }
}

/// A value against those of units: no less, and no more if the units are `all`.
fn sum_of_units<'a>(identity: &'a Identity, own: &Known, units: &[(&Profile, &Known)], all: bool) -> Option<Check<'a>> {
    if units.is_empty() {
        return None;
    }
    let mut sum = Total::default();
    for (_, known) in units {
        sum.add(known.printed, false, true)?;
    }
    let mut verdict = compare(total(own)?, sum)?;
    if !all && verdict.difference > Decimal::ZERO {
        verdict.status = Status::Holds;
    }
    let shown: Vec<_> = units.iter().map(|(report, known)| format!("{} of {}", known.shown, report.document)).collect();
    let words = format!("{} against {}", own.shown, shown.join(", "));
    let doubtful = own.doubtful || units.iter().any(|(_, known)| known.doubtful);
    Some(state(identity, verdict, &[own], &words, doubtful))
}

fn total(known: &Known) -> Option<Total> {
    let mut total = Total::default();
    total.add(known.printed, false, true)?;
    Some(total)
}

fn equal<'a>(identity: &'a Identity, own: &Known, other: &Known, report: &Profile) -> Option<Check<'a>> {
    let verdict = compare(total(own)?, total(other)?)?;
    let words = format!("{} against {} of {}", own.shown, other.shown, report.document);
    Some(state(identity, verdict, &[own], &words, own.doubtful || other.doubtful))
}

fn implied<'a>(identity: &'a Identity, since: &Since, before: &Known, report: &Profile) -> Option<Check<'a>> {
    let now = since.value.printed;
    let verdict = if since.growth {
        let step = now.step.max(before.printed.step);
        let change = Printed { value: now.value.checked_sub(before.printed.value)?, step };
        compare_growth(since.by.printed, change, now)?
    } else {
        let mut left = total(&since.value)?;
        left.add(since.by.printed, true, true)?;
        compare(left, total(before)?)?
    };
    let words = format!("{} and {} against {} of {}", since.value.shown, since.by.shown, before.shown, report.document);
    let doubtful = since.value.doubtful || since.by.doubtful || before.doubtful;
    Some(state(identity, verdict, &[&since.by, &since.value], &words, doubtful))
}

fn state<'a>(identity: &'a Identity, verdict: Verdict, facts: &[&Known], words: &str, doubtful: bool) -> Check<'a> {
    let status = if doubtful && verdict.status == Status::Fails { Status::Undecided } else { verdict.status };
    let apart = verdict.difference.abs().round_dp(4).normalize();
    let gap = if apart == Decimal::ZERO { String::new() } else { format!("; {apart} apart") };
    let doubt = if doubtful { "one of the figures is doubtful: " } else { "" };
    Check {
        identity: &identity.id,
        status,
        left: Some(verdict.left),
        right: Some(verdict.right),
        difference: Some(verdict.difference),
        tolerance: Some(verdict.tolerance),
        facts: facts.iter().map(|known| known.fact).collect(),
        message: format!("{doubt}{words}{gap} ({})", identity.zh),
        span: facts.first().map_or(Span::default(), |known| known.span),
    }
}

//! An identity tried, before suspects are named and words are found for it.

use super::Status;
use super::gather::Gathered;
use super::printed::{Printed, Total, Verdict, compare};
use crate::grammar::identities::Identity;
use crate::quantity::{Decimal, Unit};

/// A figure that takes part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// Index of the fact.
    pub(super) fact: u32,
    /// It stands on the left side.
    pub(super) left: bool,
    /// The values that would make the identity hold, if this figure alone is wrong.
    pub(super) needed: Option<(Decimal, Decimal)>,
}

/// An identity tried on some facts.
#[derive(Clone, Debug)]
pub(super) struct Finding<'a> {
    pub(super) identity: &'a Identity,
    pub(super) status: Status,
    pub(super) verdict: Option<Verdict>,
    pub(super) named: Vec<Named>,
    /// Why it cannot be told, or what was found that is no sum.
    pub(super) why: Option<String>,
    /// Where it points if it names no figure.
    pub(super) span: Option<crate::source::Span>,
    /// One of its roles has several figures: the place was misread, or speaks of several things.
    pub(super) ambiguous: bool,
}

impl<'a> Finding<'a> {
    /// One that no two values were compared for.
    pub(super) fn stated(identity: &'a Identity, status: Status, named: Vec<Named>, why: Option<String>) -> Self {
        Finding { identity, status, verdict: None, named, why, span: None, ambiguous: false }
    }

    /// One that names no figure.
    pub(super) fn frame(identity: &'a Identity, status: Status, span: crate::source::Span, why: String) -> Self {
        Finding { span: Some(span), ..Finding::stated(identity, status, Vec::new(), Some(why)) }
    }

    /// Two values compared; undecided instead of failed if one of the figures is doubtful.
    pub(super) fn compared(
        gathered: &Gathered<'_, 'a>,
        identity: &'a Identity,
        verdict: Verdict,
        named: Vec<Named>,
    ) -> Self {
        let doubtful = named.iter().any(|named| gathered.doubtful(named.fact));
        let finding = Finding { verdict: Some(verdict), ..Finding::stated(identity, verdict.status, named, None) };
        finding.doubt(doubtful, "one of the figures is doubtful")
    }

    /// Whether it vouches for the figures that take part: 0 % of anything is 0, and says nothing about it; nor do
    /// words and names.
    pub(super) fn vouches(&self, gathered: &Gathered<'_, '_>) -> bool {
        matches!(self.status, Status::Holds | Status::Rounding)
            && self.verdict.is_some()
            && self.named.iter().filter(|named| !gathered.fact(named.fact).value.is_zero()).take(2).count() == 2
    }

    /// The figures of a percentage without the last, which it is a percentage of.
    pub(super) fn but_the_whole(&self) -> &[Named] {
        self.named.split_last().map_or(&[], |(_, others)| others)
    }

    /// Turns a failure into one that cannot be told.
    pub(super) fn doubt(mut self, doubtful: bool, why: &str) -> Self {
        if doubtful && self.status == Status::Fails {
            self.status = Status::Undecided;
            self.why = Some(why.to_owned());
        }
        self
    }
}

/// A term with its sign on its own side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addend {
    pub(super) fact: u32,
    pub(super) minus: bool,
}

impl Addend {
    pub(super) fn plus(fact: u32) -> Self {
        Addend { fact, minus: false }
    }
}

/// Tries whether two sums are equal. None if a value is beyond all measure or the units differ.
pub(super) fn try_sum<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    left: &[Addend],
    right: &[Addend],
) -> Option<Finding<'a>> {
    let unit = &gathered.fact(left.first()?.fact).unit;
    let money = *unit == Unit::Cny;
    let total = |side: &[Addend]| {
        let mut total = Total::default();
        for addend in side {
            if gathered.fact(addend.fact).unit != *unit {
                return None;
            }
            total.add(gathered.printed(addend.fact)?, addend.minus, money)?;
        }
        Some(total)
    };
    let verdict = compare(total(left)?, total(right)?)?;
    let mut named = Vec::with_capacity(left.len() + right.len());
    let fails = verdict.status == Status::Fails;
    for (side, is_left) in [(left, true), (right, false)] {
        for addend in side {
            let needed = || {
                // Left must fall by the difference, right must rise by it; a minus turns that round.
                let value = gathered.fact(addend.fact).value;
                let needed = if is_left == addend.minus {
                    value.checked_add(verdict.difference)?
                } else {
                    value.checked_sub(verdict.difference)?
                };
                Some((needed.checked_sub(verdict.tolerance)?, needed.checked_add(verdict.tolerance)?))
            };
            named.push(Named { fact: addend.fact, left: is_left, needed: if fails { needed() } else { None } });
        }
    }
    Some(Finding::compared(gathered, identity, verdict, named))
}

/// A printed ratio against the figures that it comes from.
pub(super) fn ratio_finding<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    ratio: u32,
    of: &[u32],
    verdict: Verdict,
    needed: &dyn Fn(usize) -> Option<(Decimal, Decimal)>,
) -> Finding<'a> {
    let fails = verdict.status == Status::Fails;
    let reach = verdict.tolerance;
    let around = verdict.right.checked_sub(reach).zip(verdict.right.checked_add(reach));
    let mut named = vec![Named { fact: ratio, left: true, needed: around.filter(|_| fails) }];
    for (order, fact) in of.iter().enumerate() {
        named.push(Named { fact: *fact, left: false, needed: if fails { needed(order) } else { None } });
    }
    Finding::compared(gathered, identity, verdict, named)
}

/// The values between which `whole` × percent ÷ 100 lies for a printed percentage.
pub(super) fn percent_of(whole: Decimal, percent: Printed) -> Option<(Decimal, Decimal)> {
    let reach = percent.step.checked_mul(Decimal::new(5, 1))?;
    let at = |percent: Decimal| whole.checked_mul(percent)?.checked_div(Decimal::from(100));
    let (one, other) = (at(percent.value.checked_sub(reach)?)?, at(percent.value.checked_add(reach)?)?);
    Some((one.min(other), one.max(other)))
}

/// The values whose share `part` is the printed percentage.
pub(super) fn whole_of(part: Decimal, percent: Printed) -> Option<(Decimal, Decimal)> {
    let reach = percent.step.checked_mul(Decimal::new(5, 1))?;
    let at = |percent: Decimal| part.checked_mul(Decimal::from(100))?.checked_div(percent);
    let (one, other) = (at(percent.value.checked_sub(reach)?)?, at(percent.value.checked_add(reach)?)?);
    Some((one.min(other), one.max(other)))
}

//! Which figure is most likely wrong, where identities fail.
//!
//! In: every finding of the document. Out: for each failing one, the fact to name first. A figure that
//! several failing identities share is suspected, the more so if they all ask for the same value, and if
//! one digit put right would give it; one that other identities vouch for is not.

use super::Status;
use super::finding::Finding;
use super::gather::Gathered;
use super::slip::Slip;
use crate::fact::FactSource;
use crate::quantity::Decimal;
use std::collections::BTreeMap;

/// Failing findings of one figure that are looked at for a common value.
const COMPARED: usize = 12;

/// Figures of one finding that are looked at for a digit that would put them right.
const EDITED: usize = 64;

/// What the findings say about one figure.
#[derive(Default)]
struct Record {
    needed: Vec<(Decimal, Decimal)>,
    fails: i32,
    holds: i32,
}

/// A figure to suspect.
#[derive(Clone, Debug)]
pub(super) struct Suspect {
    pub(super) fact: u32,
    /// How many failing identities ask for the same value.
    pub(super) agreeing: usize,
    /// The value that would satisfy them.
    pub(super) needed: Option<(Decimal, Decimal)>,
}

/// The suspect of each finding; none where it does not fail or names no figure.
pub(super) fn name_suspects(gathered: &Gathered<'_, '_>, findings: &[Finding<'_>]) -> Vec<Option<Suspect>> {
    let mut records: BTreeMap<u32, Record> = BTreeMap::new();
    if !findings.iter().any(|finding| finding.status == Status::Fails) {
        return vec![None; findings.len()];
    }
    for finding in findings {
        let vouches = finding.vouches(gathered);
        for named in &finding.named {
            match finding.status {
                Status::Fails => {
                    let record = records.entry(named.fact).or_default();
                    record.fails += 1;
                    if record.needed.len() < COMPARED {
                        record.needed.extend(named.needed);
                    }
                }
                _ if vouches => {
                    // A part of a long sum is not vouched for as a side of a short one is.
                    let weight = if finding.named.len() <= 4 || named.left { 2 } else { 1 };
                    records.entry(named.fact).or_default().holds += weight;
                }
                _ => {}
            }
        }
    }
    findings.iter().map(|finding| suspect_of(gathered, finding, &records)).collect()
}

fn suspect_of(gathered: &Gathered<'_, '_>, finding: &Finding<'_>, records: &BTreeMap<u32, Record>) -> Option<Suspect> {
    if finding.status != Status::Fails {
        return None;
    }
    let mut best: Option<(i32, Suspect)> = None;
    for (order, named) in finding.named.iter().enumerate() {
        let Some(record) = records.get(&named.fact) else { continue };
        let (needed, agreeing) = common(&record.needed, named.needed);
        let edit = finding.named.len() <= EDITED
            && needed.is_some_and(|range| {
                Slip::new(gathered, named.fact, range).is_some_and(|slip| slip.one_digit().is_some())
            });
        let fact = gathered.fact(named.fact);
        // What other failing identities ask of it is another value: putting it right here would not help there.
        let (agree, asked) = (small(agreeing), small(record.needed.len()));
        let (disagreeing, silent) = (asked - agree, record.fails - asked);
        let mut score = 10 * agree - 2 * disagreeing + 3 * silent - 3 * record.holds.min(6);
        score += if edit { 5 } else { 0 };
        // A sum is seldom off for a figure that states nothing.
        score -= if fact.value.is_zero() { 4 } else { 0 };
        // Derived figures are written by hand more often than statements are.
        score += if fact.source == FactSource::Narrative { 2 } else { 0 };
        score += i32::from(order == 0);
        // What it ought to be stands elsewhere in the report.
        score += if needed.is_some_and(|range| gathered.prints(named.fact, range)) { 4 } else { 0 };
        // The same amount twice in one sum: copied from the neighbour.
        score += if copied(gathered, finding, named.fact) { 7 } else { 0 };
        let suspect = Suspect { fact: named.fact, agreeing, needed };
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, suspect));
        }
    }
    best.map(|(_, suspect)| suspect)
}

/// A count as a term of a score.
fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 100)
}

/// Whether another part of the same sum has the same value.
fn copied(gathered: &Gathered<'_, '_>, finding: &Finding<'_>, fact: u32) -> bool {
    let value = gathered.fact(fact).value;
    let parts = || finding.named.iter().filter(|named| !named.left);
    !value.is_zero()
        && parts().count() > 2
        && parts().count() < 200
        && parts().any(|named| named.fact == fact)
        && parts().filter(|named| gathered.fact(named.fact).value == value).count() > 1
}

/// The values that most of `needed` share with `own`, and how many do.
fn common(needed: &[(Decimal, Decimal)], own: Option<(Decimal, Decimal)>) -> (Option<(Decimal, Decimal)>, usize) {
    let Some(own) = own else { return (None, 0) };
    let mut range = own;
    let mut agreeing = 0;
    for other in needed {
        let both = (range.0.max(other.0), range.1.min(other.1));
        if both.0 <= both.1 {
            range = both;
            agreeing += 1;
        }
    }
    (Some(range), agreeing.max(1))
}

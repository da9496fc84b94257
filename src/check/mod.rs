//! Facts against facts: the identities that the figures should obey.
//!
//! In: the facts of one document, its tables and layout ([`CheckInput`]). Out: one [`Check`] for each
//! identity that applies, and the flag `inconsistent` on the facts that failing ones point at. A printed
//! number stands for an interval; an identity holds when the intervals can meet. Which identities there
//! are is data: `grammars/identities/*.toml`, with cases beside; `docs/identities.md` lists them.
//! Surprise: what cannot be told is `undecided`, what plainly does not apply has no row at all.

mod aside;
mod between;
mod cause;
mod charts;
mod classes;
pub mod corpus;
mod finding;
mod forms;
mod frame;
mod gather;
pub mod input;
mod items;
mod message;
mod misread;
mod printed;
mod relations;
mod rows;
mod scope;
mod shares;
mod slip;
mod sums;
mod suspect;
#[cfg(test)]
mod tests;
mod trust;
mod wording;
mod words;

use crate::fact::{Fact, Flags};
use crate::grammar::Grammars;
use crate::grammar::identities::{Machine, Rule};
use crate::quantity::{Decimal, words};
use crate::source::Span;
use finding::Finding;
use gather::Gathered;
use input::CheckInput;
use relations::Relations;
use std::collections::BTreeSet;
use suspect::Suspect;

words! {
    /// How an identity came out (column `status`).
    Status {
        /// The printed intervals meet.
        Holds = "holds",
        /// They meet only if a figure was cut off instead of rounded, or is one in its last digit away.
        Rounding = "rounding",
        /// They cannot meet.
        Fails = "fails",
        /// A figure is missing or cannot be told.
        Undecided = "undecided",
    }
}

/// One identity, tried on one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check<'a> {
    /// Id of the rule.
    pub identity: &'a str,
    /// How it came out.
    pub status: Status,
    /// Value of the left side.
    pub left: Option<Decimal>,
    /// Value of the right side.
    pub right: Option<Decimal>,
    /// Left minus right.
    pub difference: Option<Decimal>,
    /// How far the printed intervals reach.
    pub tolerance: Option<Decimal>,
    /// Indices of the facts that take part; the one most likely wrong first.
    pub facts: Vec<u32>,
    /// In plain words.
    pub message: String,
    /// The figure most likely wrong, else the first.
    pub span: Span,
}

/// Tries every identity; flags the facts that failing ones point at.
pub fn check_facts<'a>(input: &CheckInput<'_>, facts: &mut [Fact<'a>], grammars: &'a Grammars) -> Vec<Check<'a>> {
    let (checks, flagged) = {
        let gathered = Gathered::new(input, facts, grammars);
        let mut findings = try_all(&gathered);
        classes::doubt_shifted(&gathered, &mut findings);
        trust::distrust(&gathered, &mut findings);
        scope::doubt_scope(&gathered, &mut findings);
        let suspects = suspect::name_suspects(&gathered, &findings);
        let held: BTreeSet<u32> = findings
            .iter()
            .filter(|finding| finding.vouches(&gathered))
            .flat_map(|finding| finding.named.iter().map(|named| named.fact))
            .collect();
        let mut flagged = Vec::new();
        let checks = findings.iter().zip(&suspects).map(|(finding, suspect)| {
            flag(&gathered, finding, suspect.as_ref(), &held, &mut flagged);
            state(&gathered, finding, suspect.as_ref())
        });
        (checks.collect(), flagged)
    };
    for index in flagged {
        let fact: &mut Fact<'a> = &mut facts[index as usize];
        fact.flags = fact.flags.with(Flags::INCONSISTENT);
    }
    checks
}

fn try_all<'a>(gathered: &Gathered<'_, 'a>) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let identities = gathered.grammars.identities().all();
    for identity in identities {
        let out = &mut found;
        match &identity.rule {
            Rule::Sum(sum) => sums::try_sums(gathered, identity, sum, out),
            Rule::Children(children) => classes::try_children(gathered, identity, children, out),
            Rule::Same(same) => between::try_same(gathered, identity, same, out),
            Rule::Codes(codes) => between::try_codes(gathered, identity, codes, out),
            // Shares and words are tried on one way through the text, with the machines below.
            Rule::Share(_) | Rule::Words(_) => {}
            Rule::Machine(machine) => match machine {
                Machine::Sources | Machine::Points | Machine::PointsNested | Machine::PointsBounded => {
                    forms::try_forms(gathered, identity, *machine, out);
                }
                Machine::Projects => between::try_projects(gathered, identity, out),
                Machine::Chart => charts::try_charts(gathered, identity, out),
                Machine::ClassItems => items::try_items(gathered, identity, out),
                Machine::Receptions => items::try_receptions(gathered, identity, out),
                Machine::ClassName => between::try_names(gathered, identity, out),
                Machine::ClassAmount => between::try_class_amounts(gathered, identity, out),
                // On one way through the text: `relations`.
                Machine::Change
                | Machine::Growth
                | Machine::ZeroBase
                | Machine::Execution
                // Of the report itself, and last of all: what a dataset keeps cannot tell them.
                | Machine::Contents
                | Machine::HeadingYear
                | Machine::HeadingAgency
                // Of the words of the text: `wording`.
                | Machine::BudgetAmounts
                | Machine::Direction
                | Machine::GrowthYears
                | Machine::ClassOfName
                | Machine::UnitPrinted
                // Of several documents: `corpus`.
                | Machine::CorpusBalance
                | Machine::CorpusLastYear
                | Machine::CorpusTwice
                | Machine::CorpusUnits => {}
            },
        }
    }
    let relations = Relations::new(identities);
    relations::try_text(gathered, &relations, &mut found);
    rows::try_rows(gathered, &relations, &mut found);
    wording::try_wordings(gathered, identities, &mut found);
    if let Some(frame) = gathered.input.frame {
        frame::try_frame(gathered, frame, identities, &mut found);
    }
    found
}

/// The facts that a failing finding marks: the suspect, and what no other identity vouches for. Where one
/// vouches for the suspect too, all are marked if they are few; and with a figure of the text those that
/// repeat it, for none of them is more right than the other.
fn flag(
    gathered: &Gathered<'_, '_>,
    finding: &Finding<'_>,
    suspect: Option<&Suspect>,
    held: &BTreeSet<u32>,
    flagged: &mut Vec<u32>,
) {
    if finding.status != Status::Fails {
        return;
    }
    let suspect = suspect.map(|suspect| suspect.fact);
    let clear = suspect.is_some_and(|suspect| !held.contains(&suspect));
    // Of words and a figure that another identity vouches for, the words are wrong.
    let words = matches!(finding.identity.rule, Rule::Words(_) | Rule::Machine(Machine::BudgetAmounts));
    if words && !clear || matches!(finding.identity.rule, Rule::Machine(Machine::ClassOfName)) {
        return;
    }
    let few = finding.named.len() <= 4;
    for named in &finding.named {
        let own = Some(named.fact) == suspect;
        let zero = gathered.fact(named.fact).value.is_zero();
        let open = (few && !zero || named.left) && !(clear && held.contains(&named.fact));
        if !own && !open {
            continue;
        }
        flagged.push(named.fact);
        if gathered.fact(named.fact).cell.is_none() && few && !clear {
            flagged.extend(gathered.repeats(named.fact));
        }
    }
}

fn state<'a>(gathered: &Gathered<'_, 'a>, finding: &Finding<'a>, suspect: Option<&Suspect>) -> Check<'a> {
    let mut facts: Vec<u32> = Vec::with_capacity(finding.named.len());
    facts.extend(suspect.map(|suspect| suspect.fact));
    for named in &finding.named {
        if Some(named.fact) != suspect.map(|suspect| suspect.fact) {
            facts.push(named.fact);
        }
    }
    let span = finding.span.or_else(|| facts.first().map(|index| gathered.fact(*index).span)).unwrap_or_default();
    let verdict = finding.verdict.as_ref();
    Check {
        identity: &finding.identity.id,
        status: finding.status,
        left: verdict.map(|verdict| verdict.left),
        right: verdict.map(|verdict| verdict.right),
        difference: verdict.map(|verdict| verdict.difference),
        tolerance: verdict.map(|verdict| verdict.tolerance),
        facts,
        message: message::message(gathered, finding, suspect),
        span,
    }
}

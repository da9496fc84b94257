//! Judges the checks of juesuan over generated reports: false alarms, and errors found.
//!
//! In: documents as [`crate::generate`] makes them. Out: [`Judgement`]. A report whose figures agree must give no
//! failing check; of a report with one planted error a failing check must name the changed figure, first if it can.
//! `cargo run --release --example generate -- --documents 1500 --errors 1000 --judge` prints both.

use crate::{Document, generate};
use juesuan::check::{Check, Status};
use juesuan::{Extraction, Grammars, extract_document};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What came out over some documents.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Documents without an error, and the failing checks in them, each with its document.
    pub consistent: u64,
    pub alarms: Vec<String>,
    /// Identities that hold in them.
    pub held: u64,
    /// Planted errors; those that a failing check names; those that it names first.
    pub planted: u64,
    pub named: u64,
    pub first: u64,
    /// Planted errors that no failing check names.
    pub missed: Vec<String>,
    /// Planted errors that are named, but not first.
    pub behind: Vec<String>,
    /// By layout: planted, named, first, alarms.
    pub layouts: BTreeMap<&'static str, [u64; 4]>,
}

impl Judgement {
    fn add(mut self, other: Judgement) -> Judgement {
        self.consistent += other.consistent;
        self.held += other.held;
        self.planted += other.planted;
        self.named += other.named;
        self.first += other.first;
        self.alarms.extend(other.alarms);
        self.missed.extend(other.missed);
        self.behind.extend(other.behind);
        for (layout, counts) in other.layouts {
            let sum = self.layouts.entry(layout).or_default();
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        self
    }

    /// For people; `list` shows every alarm and every miss.
    pub fn report(&self, list: bool) -> String {
        let mut said = String::new();
        let percent = |part: u64| {
            let tenths = part * 1000 / self.planted.max(1);
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        let _ = writeln!(
            said,
            "{} reports that agree: {} checks hold, {} fail",
            self.consistent,
            self.held,
            self.alarms.len()
        );
        let _ = writeln!(
            said,
            "{} planted errors: {} ({} %) named by a failing check, {} ({} %) named first",
            self.planted,
            self.named,
            percent(self.named),
            self.first,
            percent(self.first)
        );
        for (layout, [planted, named, first, alarms]) in &self.layouts {
            let _ =
                writeln!(said, "  {layout:10} {planted:5} planted {named:5} named {first:5} first {alarms:5} alarms");
        }
        if list {
            for (head, lines) in [("alarm", &self.alarms), ("missed", &self.missed), ("behind", &self.behind)] {
                for line in lines {
                    let _ = writeln!(said, "{head} {line}");
                }
            }
        }
        said
    }
}

/// Judges the `wanted` of the documents `from..documents` of `seed`; the first `errors` have one planted.
pub fn judge(
    seed: u64,
    documents: std::ops::Range<u64>,
    errors: u64,
    grammars: &Grammars,
    wanted: &(impl Fn(&Document) -> bool + Sync),
) -> Judgement {
    let one = |number: u64| {
        let document = generate(seed, number, number < errors);
        if !wanted(&document) {
            return Judgement::default();
        }
        let extraction = extract_document(document.writer.out.as_bytes(), &document.name, grammars);
        judge_one(&document, &extraction)
    };
    documents.into_par_iter().map(one).reduce(Judgement::default, Judgement::add)
}

fn judge_one(document: &Document, extraction: &Extraction<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let counts = judgement.layouts.entry(document.style.layout.name()).or_default();
    let failing = || extraction.checks.iter().filter(|check| check.status == Status::Fails);
    let line = |check: &Check<'_>| format!("{} {} | {}", document.name, check.identity, check.message);
    let Some(planted) = &document.planted else {
        judgement.consistent = 1;
        judgement.held = extraction.checks.iter().filter(|check| check.status == Status::Holds).count() as u64;
        judgement.alarms = failing().map(line).collect();
        counts[3] = judgement.alarms.len() as u64;
        return judgement;
    };
    let is_planted = |fact: &u32| extraction.facts[*fact as usize].span.start as usize == planted.start;
    let named = failing().any(|check| check.facts.iter().any(is_planted));
    // The check that a reader meets first among those that name it must name it first.
    let first = failing().find(|check| check.facts.iter().any(is_planted));
    let first = first.is_some_and(|check| check.facts.first().is_some_and(is_planted));
    judgement.planted = 1;
    judgement.named = u64::from(named);
    judgement.first = u64::from(first);
    *counts = [1, u64::from(named), u64::from(first), 0];
    let what = format!("{} at {}: {} for {}", document.name, planted.start, planted.after, planted.before);
    if !named {
        let facts = extraction.facts.iter().enumerate().filter(|(index, _)| is_planted(&(*index as u32)));
        let facts: Vec<_> = facts
            .map(|(index, fact)| {
                let checks = extraction.checks.iter().filter(|check| check.facts.contains(&(index as u32)));
                let checks: Vec<_> =
                    checks.map(|check| format!("{} {}", check.status.as_str(), check.identity)).collect();
                format!("{} {} [{}]", fact.concept.unwrap_or("-"), fact.measure.as_str(), checks.join(", "))
            })
            .collect();
        judgement.missed.push(format!("{what}; {}", facts.join("; ")));
    } else if !first {
        let checks: Vec<_> = failing().map(line).collect();
        judgement.behind.push(format!("{what}; {}", checks.join(" || ")));
    }
    judgement
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan::grammar::GrammarFiles;

    /// `JUESUAN_FULL=1` tries as many reports as the project promises, else few of them.
    fn many() -> bool {
        std::env::var_os("JUESUAN_FULL").is_some()
    }

    fn grammars() -> Grammars {
        Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load")
    }

    #[test]
    fn reports_that_agree_raise_no_alarm() {
        let documents = if many() { 500 } else { 42 };
        let judgement = judge(2031, 0..documents, 0, &grammars(), &|_| true);
        assert_eq!(judgement.consistent, documents);
        assert!(judgement.held > 100 * documents, "{}", judgement.report(false));
        assert!(judgement.alarms.is_empty(), "{}", judgement.report(true));
    }

    #[test]
    fn a_report_whose_total_of_a_fund_may_stand_in_several_columns_raises_no_alarm() {
        // Seed and number of a document whose flow layout left the total's column open.
        let judgement = judge(606, 400..401, 0, &grammars(), &|_| true);
        assert_eq!(judgement.consistent, 1);
        assert!(judgement.alarms.is_empty(), "{}", judgement.report(true));
    }

    #[test]
    fn planted_errors_are_found_and_suspected() {
        let documents = if many() { 1000 } else { 150 };
        let judgement = judge(1302, 0..documents, documents, &grammars(), &|_| true);
        assert!(judgement.planted * 10 >= documents * 9, "{}", judgement.report(false));
        assert!(judgement.named * 100 >= judgement.planted * 95, "{}", judgement.report(true));
        assert!(judgement.first * 100 >= judgement.planted * 70, "{}", judgement.report(true));
    }
}

//! What came out of a text, one line for each fact or number without one.
//!
//! In: an extraction and where the case's text begins in it. Out: numbers and facts, then problems, then the
//! identities that do not hold exactly; lines such as
//! `29..32  "142"  three_public.reception.persons  count  executed  142 person_time  2021`.

use crate::Extraction;
use crate::check::Status;
use crate::fact::{Fact, Flags, Number};
use crate::quantity::NumberClass;
use crate::source::Span;
use std::fmt::Write;

/// Concepts that say little without the report's words.
const NEED_WORDS: [&str; 3] = ["expenditure.function", "expenditure.economic", "assets.vehicle.type"];

/// The lines about everything at or behind byte `start`.
pub(super) fn describe(extraction: &Extraction<'_>, start: u32) -> Vec<String> {
    let text = extraction.source.text();
    let mut lines = Vec::new();
    for (index, number) in extraction.numbers.iter().enumerate().filter(|(_, number)| number.span.start >= start) {
        let lead = format!("{}  \"{}\"", place(number.span, start), number.span.of(text).replace('\n', "⏎"));
        let first = extraction.facts.partition_point(|fact| (fact.number as usize) < index);
        let facts: Vec<_> = extraction.facts[first..].iter().take_while(|fact| fact.number as usize == index).collect();
        if facts.is_empty() {
            lines.push(format!("{lead}  {}", class(number)));
        }
        lines.extend(facts.iter().map(|fact| format!("{lead}  {}", meaning(fact))));
    }
    for problem in &extraction.problems {
        if let Some(span) = problem.span.filter(|span| span.start >= start) {
            lines.push(format!("{}  {} {}", place(span, start), problem.severity.as_str(), problem.code));
        }
    }
    for check in extraction.checks.iter().filter(|check| check.span.start >= start) {
        if matches!(check.status, Status::Fails | Status::Rounding) {
            let (identity, status) = (check.identity, check.status.as_str());
            lines.push(format!("{}  check {identity}  {status}", place(check.span, start)));
        }
    }
    lines
}

/// The identities tried on what stands at or behind byte `start`: status, id, the digits of the figures that
/// take part, the one most likely wrong first; for what fails, the flags are on the figures marked `!`.
pub(super) fn describe_checks(extraction: &Extraction<'_>, start: u32) -> Vec<String> {
    let text = extraction.source.text();
    let shown = |index: &u32| {
        let fact = &extraction.facts[*index as usize];
        let mark = if fact.flags.has(Flags::INCONSISTENT) { "!" } else { "" };
        format!("{mark}{}", fact.span.of(text).replace('\n', "⏎"))
    };
    let inside = extraction.checks.iter().filter(|check| check.span.start >= start);
    inside
        .map(|check| {
            let facts: Vec<_> = check.facts.iter().map(shown).collect();
            format!("{}  {}  {}", check.status.as_str(), check.identity, facts.join(" ")).trim_end().to_owned()
        })
        .collect()
}

fn place(span: Span, start: u32) -> String {
    format!("{}..{}", span.start - start, span.end - start)
}

fn class(number: &Number<'_>) -> &'static str {
    // A figure without a fact is a bug, and looks like one.
    if number.class == NumberClass::Figure { "figure without a fact" } else { number.class.as_str() }
}

/// Concept or item, measure, phase, value and unit, period and base, flags.
pub(crate) fn meaning(fact: &Fact<'_>) -> String {
    let mut words = match fact.concept {
        Some(concept) if NEED_WORDS.contains(&concept) || concept.starts_with("project.") => {
            format!("{concept} “{}”", fact.item)
        }
        Some(concept) => concept.to_owned(),
        None => format!("“{}”", fact.item),
    };
    let phase = fact.phase.map_or("--", |phase| phase.as_str());
    let value = fact.value.normalize();
    let _ = write!(words, "  {}  {phase}  {value} {}", fact.measure.as_str(), fact.unit.as_str());
    let year = |year: Option<i16>| year.map_or("-".to_owned(), |year| year.to_string());
    let _ = write!(words, "  {}", year(fact.period));
    if fact.base_period.is_some() {
        let _ = write!(words, "/{}", year(fact.base_period));
    }
    if let Some(flags) = fact.flags.names() {
        let _ = write!(words, "  {flags}");
    }
    words
}

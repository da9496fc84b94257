//! Runs a case: its text under its headings, through the whole program.
//!
//! In: a [`Case`] and the grammars. Out: [`Outcome`]; and for a whole file, its text with what is
//! expected written anew ([`updated`]).

use super::grid::is_grid;
use super::lines::{describe, describe_checks};
use super::{Case, Fault, GrammarFile, find, fold};
use crate::extract_document;
use crate::grammar::Grammars;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What came out of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// A line for each fact, or number without one, of the text.
    pub lines: Vec<String>,
    /// The rules that read them.
    pub rules: BTreeSet<String>,
}

impl Outcome {
    /// What differs from what `case` expects, as a diff; none if nothing does.
    #[must_use]
    pub fn difference(&self, case: &Case) -> Option<String> {
        let got: Vec<_> = self.lines.iter().map(|line| fold(line)).collect();
        if got == case.expected {
            return None;
        }
        let mut shown = String::new();
        for line in case.expected.iter().filter(|line| !got.contains(line)) {
            let _ = writeln!(shown, "  - {line}");
        }
        for line in got.iter().filter(|line| !case.expected.contains(line)) {
            let _ = writeln!(shown, "  + {line}");
        }
        if shown.is_empty() {
            shown.push_str("  the lines are the same, their order or number is not\n");
        }
        Some(shown)
    }
}

/// Runs one case.
#[must_use]
pub fn run(case: &Case, grammars: &Grammars) -> Outcome {
    if is_grid(&case.text) {
        let (lines, rules) = super::grid::describe(&case.text, grammars);
        return Outcome { lines, rules };
    }
    let (document, start) = document(case);
    let extraction = extract_document(document.as_bytes(), "case.txt", grammars);
    // What a file of identities shows is which of them were tried, and how they came out.
    let identities = case.file.starts_with("identities/");
    let mut lines = if identities { describe_checks(&extraction, start) } else { describe(&extraction, start) };
    let wanted = case.section.join(" > ");
    let found = extraction.layout.section_path(extraction.layout.section_at(start.saturating_sub(1)));
    if found != wanted {
        lines.insert(0, format!("the headings were read as “{found}”, write them as a report numbers them"));
    }
    let numbers = extraction.numbers.iter().filter(|number| number.span.start >= start);
    let facts = extraction.facts.iter().filter(|fact| fact.span.start >= start);
    let rules = numbers.filter_map(|number| number.rule).chain(facts.map(|fact| fact.rule));
    let identities = extraction.checks.iter().map(|check| check.identity);
    Outcome { lines, rules: rules.chain(identities).map(str::to_owned).collect() }
}

/// The document that holds the case's text, and the byte at which the text begins.
fn document(case: &Case) -> (String, u32) {
    let mut document = format!("云岭县示范局{}年度部门决算\n\n", case.year);
    for title in &case.section {
        document.push_str(title);
        document.push_str("\n\n");
    }
    let start = document.len() as u32;
    document.push_str(&case.text);
    document.push('\n');
    (document, start)
}

/// The text of a file of cases with what came out as what is expected; comments stay.
///
/// # Errors
/// Every place where the file is no list of cases.
pub fn updated(file: GrammarFile<'_>, grammars: &Grammars) -> Result<String, Vec<Fault>> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut written = String::with_capacity(file.text.len());
    let mut at = 0;
    for found in find(file)? {
        write_lines(&mut written, &lines[at..found.expected.start]);
        let old = &lines[found.expected.clone()];
        let comments: Vec<_> = old.iter().copied().filter(|line| line.starts_with('#')).collect();
        write_lines(&mut written, &comments);
        for line in run(&found.case, grammars).lines {
            let _ = writeln!(written, "{line}");
        }
        let blank = old.iter().rev().take_while(|line| line.trim().is_empty()).count();
        write_lines(&mut written, &old[old.len() - blank..]);
        at = found.expected.end;
    }
    write_lines(&mut written, &lines[at..]);
    Ok(written)
}

fn write_lines(written: &mut String, lines: &[&str]) {
    for line in lines {
        let _ = writeln!(written, "{line}");
    }
}

//! `juesuan grammar check`: faults, doubtful entries and cases of a grammar folder.
//!
//! In: the files. Out: [`Checked`]: text for people, and whether all is well. A grammar that does not load is
//! reported with all its faults and nothing else; doubts ([`lint`]) do not make the check fail, since
//! the first of two entries may be meant to win.

pub mod lint;

use super::ToolError;
use super::text::count;
use crate::cases::{self, Case};
use crate::grammar::files::CASES;
use crate::grammar::rules::rules;
use crate::grammar::{Fault, GrammarFile, GrammarFiles, Grammars};
use lint::{Finding, lint};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// What a check came to.
#[derive(Debug)]
pub struct Checked {
    /// For people.
    pub report: String,
    /// Whether the grammars load and every case holds.
    pub well: bool,
}

/// Checks the grammars of `files`; `all` also lists what is merely worth knowing.
#[must_use]
pub fn check(files: &GrammarFiles, all: bool) -> Checked {
    let grammars = match Grammars::load(files) {
        Ok(grammars) => grammars,
        Err(faults) => return refused(&faults, "the cases were not run"),
    };
    let cases = match cases::of_grammars(files) {
        Ok(cases) => cases,
        Err(faults) => return refused(&faults, "mend the files of cases first"),
    };
    let mut report = String::new();
    let mut findings = lint(files, &grammars);
    let (failed, exercised) = run_cases(&cases, &grammars, &mut report);
    let (silent, known) = without_case(files, &exercised);
    let hidden = findings.len();
    findings.retain(|finding| all || finding.doubtful);
    let hidden = hidden - findings.len();
    for finding in &findings {
        let _ = writeln!(report, "{finding}\n");
    }
    if all {
        for place in &silent {
            let _ = writeln!(report, "note[no-case]: no case exercises {place}\n");
        }
    }
    let doubts = findings.iter().filter(|finding| finding.doubtful).count();
    let _ = writeln!(report, "{} load: version {}", count(known, "rule"), grammars.version());
    let _ = writeln!(report, "{} ran, {failed} failed", count(cases.len(), "case"));
    let _ = writeln!(report, "{}, {} without a case", count(doubts, "warning"), count(silent.len(), "rule"));
    if !all && hidden + silent.len() > 0 {
        let _ = writeln!(report, "({} more to know: --all lists them)", count(hidden + silent.len(), "thing"));
    }
    Checked { report, well: failed == 0 }
}

fn refused(faults: &[Fault], left_out: &str) -> Checked {
    let shown: Vec<_> = faults.iter().map(|fault| format!("{fault}\n\n")).collect();
    let report = format!("{}{}; {left_out}\n", shown.concat(), count(faults.len(), "fault"));
    Checked { report, well: false }
}

/// How many cases fail, and the rules that all of them exercise.
fn run_cases(cases: &[Case], grammars: &Grammars, report: &mut String) -> (usize, BTreeSet<String>) {
    let outcomes: Vec<_> = cases.par_iter().map(|case| cases::run(case, grammars)).collect();
    let (mut failed, mut exercised) = (0, BTreeSet::new());
    for (case, outcome) in cases.iter().zip(outcomes) {
        if let Some(difference) = outcome.difference(case) {
            failed += 1;
            let _ = writeln!(report, "case failed: {}\n  --> {}:{}\n{difference}", case.name, case.file, case.line);
        }
        exercised.extend(outcome.rules);
    }
    if failed > 0 {
        report.push_str(
            "(- is expected, + came out; if + is right, `juesuan grammar check DIR --update` writes it down)\n\n",
        );
    }
    (failed, exercised)
}

/// The places of rules that no case exercises, and the number of all rules.
fn without_case(files: &GrammarFiles, exercised: &BTreeSet<String>) -> (Vec<String>, usize) {
    let known = rules(files);
    let silent = known.iter().filter(|place| !exercised.contains(&place.rule));
    let shown = silent.map(|place| format!("{} ({}:{})", place.rule, place.file, place.lines.first().unwrap_or(&1)));
    (shown.collect(), known.len())
}

/// Writes what comes out into every file of cases of `folder`; gives the files that changed.
///
/// # Errors
/// [`ToolError`] if the grammars or cases have faults, or a file cannot be written.
pub fn update(folder: &Path) -> Result<Vec<String>, ToolError> {
    let files = GrammarFiles::read(folder).map_err(ToolError::Faults)?;
    let grammars = Grammars::load(&files).map_err(ToolError::Faults)?;
    let mut changed = Vec::new();
    for (path, text) in files.below("", CASES) {
        let written = cases::updated(GrammarFile { path, text }, &grammars).map_err(ToolError::Faults)?;
        if written != text {
            let place = folder.join(path);
            std::fs::write(&place, written)
                .map_err(|error| ToolError::file(&place, error, "make the file writable"))?;
            changed.push(path.to_owned());
        }
    }
    Ok(changed)
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let level = if self.doubtful { "warning" } else { "note" };
        write!(
            out,
            "{level}[{}]: {}\n  --> {}:{}:{}",
            self.code, self.fault.message, self.fault.file, self.fault.line, self.fault.column
        )?;
        write!(out, "\n   | {}", super::text::cut(self.fault.source_line.trim(), 100))?;
        match &self.fault.help {
            Some(help) => write!(out, "\n   = help: {help}"),
            None => Ok(()),
        }
    }
}

//! Cases beside the grammars: the shortest text that shows a point, and what must come out of it.
//!
//! In: `*.cases.txt`. Out: [`Case`]s and, by [`run`], the lines that the program says about each. A case's
//! text is read as a whole document, placed under the headings that it names, so that it tests what
//! users get; a text that is a grid (`| 合计 | 12.5 |`) is read as that table. The form of a case is told in `grammars/README.md`.
//! Surprise: what is expected is compared as text, line by line, so refreshing is writing it down.

mod grid;
mod lines;
mod run;

#[cfg(feature = "dataset")]
pub(crate) use lines::meaning;
pub use run::{Outcome, run, updated};

use crate::grammar::files::CASES;
use crate::grammar::{Fault, GrammarFile, GrammarFiles};

/// The fiscal year of a case that names none.
pub const USUAL_YEAR: i16 = 2021;

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its file, below the grammar folder.
    pub file: String,
    /// Line of its name, from 1.
    pub line: usize,
    /// `reception: receptions and guests in one sentence`.
    pub name: String,
    /// The headings that it stands under, the highest first.
    pub section: Vec<String>,
    /// The document's fiscal year.
    pub year: i16,
    /// The text.
    pub text: String,
    /// What must come out, without comments, spaces folded.
    pub expected: Vec<String>,
}

/// A case with the places of its parts in the file.
struct Found {
    case: Case,
    /// Lines (from 0) of what is expected: behind `---` up to the next case.
    expected: std::ops::Range<usize>,
}

/// The cases of one file.
///
/// # Errors
/// Every place where the file is no list of cases.
pub fn parse(file: GrammarFile<'_>) -> Result<Vec<Case>, Vec<Fault>> {
    find(file).map(|found| found.into_iter().map(|found| found.case).collect())
}

/// The cases of all files of a grammar folder.
///
/// # Errors
/// Every place where a file is no list of cases.
pub fn of_grammars(files: &GrammarFiles) -> Result<Vec<Case>, Vec<Fault>> {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for (path, text) in files.below("", CASES) {
        match parse(GrammarFile { path, text }) {
            Ok(found) => cases.extend(found),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(cases) } else { Err(faults) }
}

fn find(file: GrammarFile<'_>) -> Result<Vec<Found>, Vec<Fault>> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut reader = Reader { file, lines: &lines, at: 0, faults: Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    while let Some(next) = reader.next() {
        if found.iter().any(|earlier| earlier.case.name == next.case.name) {
            reader.fault(next.case.line - 1, "a case of that name stands above", "give each case a name of its own");
        }
        found.push(next);
    }
    if reader.faults.is_empty() { Ok(found) } else { Err(reader.faults) }
}

struct Reader<'f> {
    file: GrammarFile<'f>,
    lines: &'f [&'f str],
    at: usize,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, message: &str, help: &str) {
        let at: usize = self.file.text.split_inclusive('\n').take(line).map(str::len).sum();
        self.faults.push(self.file.fault(at..at, message, Some(help)));
    }

    /// The case that begins at or behind the line reached; what stands before the first one explains the file.
    fn next(&mut self) -> Option<Found> {
        while let Some(line) = self.lines.get(self.at) {
            if line.starts_with("=== ") {
                return Some(self.case());
            }
            self.at += 1;
        }
        None
    }

    fn case(&mut self) -> Found {
        let line = self.at;
        let name = self.lines[line].trim_start_matches('=').trim().to_owned();
        let mut case = Case {
            file: self.file.path.to_owned(),
            line: line + 1,
            name,
            section: Vec::new(),
            year: USUAL_YEAR,
            text: String::new(),
            expected: Vec::new(),
        };
        self.at += 1;
        while self.lines.get(self.at).is_some_and(|line| line.starts_with("@ ")) {
            self.setting(&mut case);
            self.at += 1;
        }
        let next = self.behind(|line| line.starts_with("=== "));
        let rule = self.behind(|line| line == "---").min(next);
        if rule == next {
            self.fault(
                line,
                "a case without `---`",
                "text, then a line `---`, then a line for each number (none if there is none)",
            );
        }
        case.text = self.lines[self.at..rule].join("\n");
        let expected = (rule + 1).min(next)..next;
        case.expected = self.lines[expected.clone()]
            .iter()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|line| fold(line))
            .collect();
        self.at = next;
        Found { case, expected }
    }

    /// The next line that `is` holds for, or the end of the file.
    fn behind(&self, is: impl Fn(&str) -> bool) -> usize {
        self.lines[self.at..].iter().position(|line| is(line)).map_or(self.lines.len(), |offset| self.at + offset)
    }

    fn setting(&mut self, case: &mut Case) {
        let setting = self.lines[self.at][1..].split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        match setting {
            Some(("section", path)) => case.section = path.split(" > ").map(|title| title.trim().to_owned()).collect(),
            Some(("year", year)) if year.parse::<i16>().is_ok() => case.year = year.parse().unwrap_or(USUAL_YEAR),
            _ => self.fault(self.at, "no setting of a case", "`@ section = 一、… > （一）…` or `@ year = 2021`"),
        }
    }
}

/// The line with every run of spaces as one.
fn fold(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

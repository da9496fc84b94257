//! Entries of sound grammars that cannot do what they say: dead, shadowed, ambiguous, never matching.
//!
//! In: files that load, and the grammars. Out: [`Finding`]s with file, line and column, in file order.
//! What decides which of two entries wins is told in `grammars/README.md`.

mod numbers;
mod tables;
mod words;

use crate::grammar::entries::{Entry, entries, parse_file};
use crate::grammar::pattern::{NamedWords, wordings};
use crate::grammar::wordlist::WordList;
use crate::grammar::{Fault, GrammarFile, GrammarFiles, Grammars};
use crate::layout::View;
use crate::source::Span;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// Something doubtful, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// One code for each kind of finding.
    pub code: &'static str,
    /// A warning; else a note.
    pub doubtful: bool,
    /// Where and what.
    pub fault: Fault,
}

/// Everything doubtful in `files`, which `grammars` were loaded from.
#[must_use]
pub fn lint(files: &GrammarFiles, grammars: &Grammars) -> Vec<Finding> {
    let mut findings = Vec::new();
    words::lint(files, grammars, &mut findings);
    numbers::lint(files, grammars, &mut findings);
    tables::lint(files, grammars, &mut findings);
    findings.sort_by(|a, b| {
        (&a.fault.file, a.fault.line, a.fault.column).cmp(&(&b.fault.file, b.fault.line, b.fault.column))
    });
    findings
}

/// A pattern with its wordings, where it stands, and the entry that it belongs to.
struct Pattern<'f> {
    file: GrammarFile<'f>,
    at: std::ops::Range<usize>,
    text: String,
    words: Vec<String>,
    entry: usize,
}

impl Pattern<'_> {
    fn finding(&self, code: &'static str, doubtful: bool, message: String, help: &str) -> Finding {
        let at = self.at.start + 1..self.at.end;
        Finding { code, doubtful, fault: self.file.fault(at, message, Some(help)) }
    }

    /// `subjects.toml:58`.
    fn place(&self) -> String {
        let fault = self.file.fault(self.at.clone(), "", None);
        format!("{}:{}", fault.file, fault.line)
    }
}

/// The entries `[[name]]` of the file at `path`, read without complaint.
fn read<'f, T: DeserializeOwned>(
    files: &'f GrammarFiles,
    path: &'f str,
    name: &str,
) -> (GrammarFile<'f>, Vec<Entry<T>>, NamedWords) {
    let file = GrammarFile { path, text: files.get(path).unwrap_or("") };
    let mut ignored = Vec::new();
    let mut table = parse_file(file, &mut ignored);
    let mut named = NamedWords::new();
    for list in entries::<List>(file, &mut table, "list", &mut ignored) {
        let mut words = WordList::default();
        for pattern in &list.value.any {
            words.extend(wordings(pattern, &named).unwrap_or_default().iter());
        }
        named.insert(list.value.name, words);
    }
    (file, entries(file, &mut table, name, &mut ignored), named)
}

#[derive(Deserialize)]
struct List {
    name: String,
    any: Vec<String>,
}

fn pattern<'f>(file: GrammarFile<'f>, text: &Spanned<String>, named: &NamedWords, entry: usize) -> Pattern<'f> {
    let words = wordings(text.get_ref(), named).unwrap_or_default().iter().map(str::to_owned).collect();
    Pattern { file, at: text.span(), text: text.get_ref().clone(), words, entry }
}

/// Wordings that no text can hold once it is cleaned: half-width brackets, white space between Chinese.
fn never_matches(pattern: &Pattern<'_>, findings: &mut Vec<Finding>) {
    let cleaned = |word: &str| View::of(word, &[Span::from(0..word.len())]).text().to_owned();
    let unlike =
        pattern.words.iter().find_map(|word| Some((word, cleaned(word))).filter(|(word, cleaned)| *word != cleaned));
    if let Some((word, cleaned)) = unlike {
        let message = format!("“{word}” never stands in cleaned text, where it is “{cleaned}”");
        let help = "texts are matched without white space, with full-width brackets and marks";
        findings.push(pattern.finding("never-matches", true, message, help));
    }
}

/// The first wordings of a list, for a message.
fn some(words: &[&str]) -> String {
    let shown: Vec<_> = words.iter().take(3).map(|word| format!("“{word}”")).collect();
    let more = if words.len() > 3 { format!(" and {} more", words.len() - 3) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests;

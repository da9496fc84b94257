//! A fault in a grammar file: what was met, where, what was expected, what to do.
//!
//! Loading never stops at the first: all faults of all files are reported at once, in file order.

use std::fmt;
use std::ops::Range;

/// One fault of one grammar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Path below the grammar folder, with `/`.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// What was met and what was expected.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line as it stands in the file.
    pub source_line: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "error: {}", self.message)?;
        write!(out, "  --> {}:{}:{}", self.file, self.line, self.column)?;
        if !self.source_line.is_empty() {
            write!(out, "\n   | {}", self.source_line)?;
        }
        if let Some(help) = &self.help {
            write!(out, "\n   = help: {help}")?;
        }
        Ok(())
    }
}

/// A grammar file with its text, to place faults in.
#[derive(Clone, Copy, Debug)]
pub struct GrammarFile<'t> {
    /// Path below the grammar folder, with `/`.
    pub path: &'t str,
    /// What the file holds.
    pub text: &'t str,
}

/// How many of the words' first characters are the same.
fn shared(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

impl GrammarFile<'_> {
    /// A word at byte range `at` that is none of the closed list `words` of what is named.
    #[must_use]
    pub fn unknown_word(&self, at: Range<usize>, what: &str, given: &str, words: &[&str]) -> Fault {
        let message = format!("unknown {what} “{given}”, expected one of {}", words.join(", "));
        let nearest = words.iter().filter(|word| shared(word, given) > 1).max_by_key(|word| shared(word, given));
        let help = match nearest {
            Some(nearest) => format!("“{nearest}” is nearest; grammars/README.md tells what the words mean"),
            None => "grammars/README.md tells what the words mean".to_owned(),
        };
        self.fault(at, message, Some(&help))
    }

    /// A fault at byte range `at` of the file.
    #[must_use]
    pub fn fault(&self, at: Range<usize>, message: impl Into<String>, help: Option<&str>) -> Fault {
        let mut start = at.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let source_line = self.text[line_start..].lines().next().unwrap_or("").to_owned();
        Fault {
            file: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            help: help.map(str::to_owned),
            source_line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_names_the_list_and_the_nearest_of_it() {
        let file = GrammarFile { path: "tables/x.toml", text: "phase = \"aproved\"\n" };
        let fault = file.unknown_word(8..17, "phase", "approvd", &["approved", "executed"]);
        assert_eq!(fault.message, "unknown phase “approvd”, expected one of approved, executed");
        assert!(fault.help.is_some_and(|help| help.starts_with("“approved” is nearest")));
        let fault = file.unknown_word(8..17, "phase", "later", &["approved", "executed"]);
        assert_eq!(fault.help.as_deref(), Some("grammars/README.md tells what the words mean"));
    }

    #[test]
    fn a_fault_names_file_line_and_column_in_characters() {
        let file = GrammarFile { path: "narrative/units.toml", text: "[[unit]]\nwords = [\"万元\", \"元\"]\n" };
        let at = file.text.find("\"元\"").unwrap_or(0);
        let fault = file.fault(at..at + 3, "unknown unit", Some("see vocabulary/units.toml"));
        assert_eq!((fault.line, fault.column), (2, 16));
        assert_eq!(
            fault.to_string(),
            "error: unknown unit\n  --> narrative/units.toml:2:16\n   | words = [\"万元\", \"元\"]\n   = help: see vocabulary/units.toml"
        );
    }
}

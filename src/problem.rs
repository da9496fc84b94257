//! What went wrong while reading a document, for people: code, place, message.
//!
//! A stage returns what it found *and* the problems it stumbled over; it never prints or panics.
//! The message tells what was met, what was expected and what to do. `dataset` writes the rows,
//! `run` prints them.

use crate::source::Span;

crate::quantity::words! {
    /// How bad it is (column `severity`).
    Severity {
        /// Something is lost: the document or a part of it could not be read.
        Error = "error",
        /// Something is doubtful; what was kept is said.
        Warning = "warning",
        /// Worth knowing; nothing is lost.
        Note = "note",
    }
}

/// One row of `problems`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// One code for each kind of problem, in kebab-case, to search and count by.
    pub code: &'static str,
    /// What was met, what was expected, what to do.
    pub message: String,
    /// Where, in bytes of the decoded text; none for the document as a whole.
    pub span: Option<Span>,
}

impl Problem {
    /// A problem of the given severity at `span`.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Problem { severity, code, message: message.into(), span: span.into() }
    }
}

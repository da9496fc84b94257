//! What a run came to, on one screen.
//!
//! In: an [`Outcome`], or what one document came to. Out: text.

use super::{Checked, Outcome};
use crate::dataset::{Came, Counts};
use std::fmt::Write;
use std::path::Path;

/// The summary's text.
#[must_use]
pub fn summary(outcome: &Outcome) -> String {
    let counts = &outcome.counts;
    let not_read = counts.documents.saturating_sub(counts.read + counts.failed);
    let mut text = String::new();
    let mut line = |name: &str, value: u64, more: &str| {
        let _ = writeln!(text, "{name:<10} {value:>12}{more}");
    };
    let more = match (counts.failed, not_read) {
        (0, 0) => String::new(),
        (failed, not_read) => format!("  ({} read, {failed} could not be read, {not_read} not text)", counts.read),
    };
    line("documents", counts.documents, &more);
    line("numbers", counts.numbers, &format!("  ({} figures, {} unread)", counts.figures, counts.unread));
    line("facts", counts.facts, "");
    line("tables", counts.tables, "");
    let checks = counts.checks_held + counts.checks_rounding + counts.checks_failed + counts.checks_undecided;
    let more = format!(
        "  ({} held, {} by rounding, {} failed, {} undecided)",
        counts.checks_held, counts.checks_rounding, counts.checks_failed, counts.checks_undecided
    );
    line("checks", checks, &more);
    let problems = counts.errors + counts.warnings + counts.notes;
    let more = format!("  ({} errors, {} warnings, {} notes)", counts.errors, counts.warnings, counts.notes);
    line("problems", problems, &more);
    let _ = writeln!(text, "written to {} in {:.1} s", outcome.folder.display(), outcome.elapsed.as_secs_f32());
    if outcome.reused > 0 {
        let _ = writeln!(text, "{} documents were done already and not read again", outcome.reused);
    }
    text
}

/// A line about one document that was read.
#[must_use]
pub fn document_line(document: &str, counts: &Counts) -> String {
    format!(
        "{document}: {} facts, {} of {} numbers unread; checks: {} held, {} by rounding, {} failed, {} undecided",
        counts.facts,
        counts.unread,
        counts.numbers,
        counts.checks_held,
        counts.checks_rounding,
        counts.checks_failed,
        counts.checks_undecided
    )
}

/// A line about one document's checks, and what the first failing one says.
#[must_use]
pub fn checked_line(document: &Checked) -> String {
    let came = &document.came;
    let mut line = format!(
        "{}: {} held, {} by rounding, {} failed, {} undecided\n",
        document.document, came.holds, came.rounding, came.fails, came.undecided
    );
    if let Some(first) = &document.first {
        let _ = writeln!(line, "  {first}");
    }
    line
}

/// The sums over all documents.
#[must_use]
pub fn checked_summary(came: &Came, out: &Path) -> String {
    let all = came.holds + came.rounding + came.fails + came.undecided;
    format!(
        "checks     {all:>12}  ({} held, {} by rounding, {} failed, {} undecided)\nwritten to {}\n",
        came.holds,
        came.rounding,
        came.fails,
        came.undecided,
        out.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_summary_counts_what_was_not_read() {
        let counts = Counts { documents: 5, read: 3, failed: 1, numbers: 10, unread: 2, ..Counts::default() };
        let outcome = Outcome {
            counts,
            folder: "out".into(),
            elapsed: Duration::from_millis(1240),
            reused: 0,
            interrupted: false,
        };
        let text = summary(&outcome);
        assert!(text.starts_with("documents             5  (3 read, 1 could not be read, 1 not text)\n"), "{text}");
        assert!(text.ends_with("written to out in 1.2 s\n"), "{text}");
    }
}

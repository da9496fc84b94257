//! Bytes on disk → text, and the exact way back.
//!
//! In: the bytes of one file. Out: [`Source`], the decoded text with the map from its bytes to the
//! file's, and a problem for every sequence that could not be decoded. Knows encodings, nothing of
//! reports. A file that is no text (PDF, ZIP …) or has none gives an empty text and an error.
//! Surprise: in GB18030 one character of text has one, two or four bytes on disk and one to
//! four in the text, so positions are never proportional.

mod binary;
mod decode;
mod detect;
mod lines;
mod map;
mod shape;
mod span;
mod trouble;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use span::{FileSpan, Span};

use crate::problem::Problem;
use detect::Detected;
use encoding_rs::{Encoding, GB18030, UTF_8};
use lines::Lines;
use map::Map;
use std::borrow::Cow;

/// Files above this are not decoded: a bad byte becomes three bytes of text, and positions in it are `u32`.
const MOST_BYTES: usize = u32::MAX as usize / 3 - 16;

/// A decoded document: its text, its encoding, and the map from text to file.
#[derive(Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    map: Map<'a>,
    lines: Lines,
}

impl<'a> Source<'a> {
    /// Detects the encoding of `bytes` and decodes them.
    ///
    /// Never fails: what cannot be decoded is U+FFFD in the text and a problem; what is no text at
    /// all gives an empty text and a problem of severity error.
    #[must_use]
    pub fn decode(bytes: &'a [u8]) -> (Self, Vec<Problem>) {
        Self::decode_up_to(bytes, MOST_BYTES)
    }

    fn decode_up_to(bytes: &'a [u8], most_bytes: usize) -> (Self, Vec<Problem>) {
        if bytes.len() > most_bytes {
            return (Self::without_text("binary"), vec![trouble::too_large(bytes.len(), most_bytes)]);
        }
        let source = match detect::detect(bytes) {
            Detected::NotText(not_text) => {
                return (Self::without_text("binary"), vec![trouble::not_text(not_text)]);
            }
            Detected::Utf8(text) => {
                let map = Map::new(bytes, UTF_8, bytes.len() - text.len());
                Self::new(Cow::Borrowed(text), UTF_8, map)
            }
            Detected::Encoded(encoding, mark) => Self::decode_as(bytes, encoding, mark),
        };
        let problems = trouble::in_text(&source.text, source.encoding, &source.map);
        (source, problems)
    }

    /// Decodes `bytes` behind a byte order mark of `mark` bytes.
    fn decode_as(bytes: &'a [u8], encoding: &'static Encoding, mark: usize) -> Self {
        let (text, map) = decode::decode(bytes, encoding, mark);
        Self::new(Cow::Owned(text), encoding, map)
    }

    fn new(text: Cow<'a, str>, encoding: &'static Encoding, map: Map<'a>) -> Self {
        let lines = Lines::of(&text);
        Source { text, encoding: name(encoding), map, lines }
    }

    fn without_text(encoding: &'static str) -> Self {
        Source { text: Cow::Borrowed(""), encoding, map: Map::new(&[], UTF_8, 0), lines: Lines::of("") }
    }

    /// The decoded text. A leading byte order mark is not part of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding's name (column `encoding`): `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`, else the WHATWG's
    /// name such as `Big5`; `binary` if the file is no text.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where `span` of the text lies in the file.
    ///
    /// Decoding these bytes gives back the span's text. A span that begins or ends within a character
    /// is grown to whole characters, one that goes beyond the text is cut. Takes time for a few
    /// dozen characters at most, however long the document.
    #[must_use]
    pub fn file_span(&self, span: Span) -> FileSpan {
        self.map.file_span(&self.text, span)
    }

    /// The part of the text that `place` of the file decodes to, grown to whole characters: the way back
    /// of [`Self::file_span`], for places that people name. Empty if it lies outside of the text.
    #[must_use]
    pub fn text_span(&self, place: FileSpan) -> Span {
        let (start, end) = (self.first_ending_behind(place.start), self.first_ending_behind(place.end));
        let begins_before =
            |at: u32| (at as usize) < self.text.len() && self.file_span(Span::new(at, at + 1)).start < place.end;
        Span::new(
            start,
            if begins_before(end) { self.text.ceil_char_boundary(end as usize + 1) as u32 } else { end.max(start) },
        )
    }

    /// The first byte of the text whose character ends behind byte `at` of the file.
    fn first_ending_behind(&self, at: u64) -> u32 {
        let (mut low, mut high) = (0, self.text.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.file_span(Span::new(middle, middle + 1)).end <= at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The line, from 1, that holds byte `at` of the text. Lines end at `\n`.
    #[must_use]
    pub fn line(&self, at: u32) -> u32 {
        self.lines.number(at)
    }

    /// The column of byte `at` in its line, in characters from 1; for messages, as it walks the line.
    #[must_use]
    pub fn column(&self, at: u32) -> u32 {
        self.lines.column(&self.text, at)
    }

    /// Line `number`, from 1, without its line break; empty if there is no such line.
    #[must_use]
    pub fn line_span(&self, number: u32) -> Span {
        self.lines.span(&self.text, number)
    }
}

/// The encoding's name as the tables give it; the WHATWG alone writes `gb18030`.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

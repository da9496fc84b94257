//! The exact way back from a byte of the text to the bytes of the file.
//!
//! In: what `decode` noted while decoding. Out: [`Map::file_span`]. In every encoding but UTF-8 a few
//! known places ([`Place`]) are kept, one for each [`STEP`] bytes of text, and a look-up walks from the
//! nearest one before it, unit by unit through text and file. A unit is the shortest stretch of both that
//! correspond: almost always one character. Sequences that could not be decoded are units of their own
//! and stand in a list, so that the walk only ever sees what is well formed.
//! Surprise: four sequences of Big5 stand for two characters each; both then map to the same two bytes.

use super::{FileSpan, Span};
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes of text for each known place: eight bytes kept for 128 are 6 %, and a look-up walks some 30 characters.
pub(super) const STEP: u32 = 128;

/// What stands in the text for a sequence that could not be decoded.
pub(super) const REPLACEMENT: &str = "\u{fffd}";
const REPLACEMENT_LENGTH: u32 = REPLACEMENT.len() as u32;

/// The one single byte beyond ASCII in GB18030: €, `e2 82 ac` in the text.
const GB18030_EURO: u8 = 0x80;

/// A byte of the text and the byte of the file that it starts at; both begin a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) text: u32,
    pub(super) file: u32,
}

/// A sequence that could not be decoded: U+FFFD in the text, `length` bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) place: Place,
    pub(super) length: u32,
}

impl Bad {
    /// Where its U+FFFD stands in the text.
    pub(super) fn span(self) -> Span {
        Span::new(self.place.text, self.place.text + REPLACEMENT_LENGTH)
    }

    fn unit(self) -> Unit {
        Unit { place: self.place, text_length: REPLACEMENT_LENGTH, file_length: self.length }
    }
}

/// The shortest stretch of text and file that correspond.
#[derive(Clone, Copy, Debug)]
struct Unit {
    place: Place,
    text_length: u32,
    file_length: u32,
}

impl Unit {
    fn after(self) -> Place {
        Place { text: self.place.text + self.text_length, file: self.place.file + self.file_length }
    }

    /// Where a span ends in the file that ends at byte `at` of the text, in or before this unit.
    fn end_of(self, at: u32) -> u32 {
        if at <= self.place.text { self.place.file } else { self.after().file }
    }
}

/// How lengths in the file are told from well-formed text.
#[derive(Clone, Copy, Debug)]
enum Walk {
    Utf8,
    Utf16,
    Gb18030,
    /// By the decoder: slow, right for every encoding that has no state between its characters.
    Decoder,
}

impl Walk {
    fn of(encoding: &'static Encoding) -> Self {
        match encoding {
            _ if encoding == UTF_8 => Walk::Utf8,
            _ if encoding == UTF_16LE || encoding == UTF_16BE => Walk::Utf16,
            _ if encoding == GB18030 => Walk::Gb18030,
            _ => Walk::Decoder,
        }
    }
}

/// The map of one document.
#[derive(Debug)]
pub(super) struct Map<'a> {
    bytes: &'a [u8],
    encoding: &'static Encoding,
    walk: Walk,
    /// Length of the byte order mark, which is no part of the text.
    mark: u32,
    /// The place at index `i` is the last one kept at or before byte `i * STEP` of the text. None in UTF-8.
    places: Vec<Place>,
    /// In the order of the text.
    bad: Vec<Bad>,
}

impl<'a> Map<'a> {
    /// The map of text that begins `mark` bytes into the file.
    pub(super) fn new(bytes: &'a [u8], encoding: &'static Encoding, mark: usize) -> Self {
        Map { bytes, encoding, walk: Walk::of(encoding), mark: mark as u32, places: Vec::new(), bad: Vec::new() }
    }

    /// Keeps `place` for the next [`STEP`] of the text.
    pub(super) fn keep(&mut self, place: Place) {
        self.places.push(place);
    }

    /// Notes a sequence that could not be decoded, behind all noted before.
    pub(super) fn note_bad(&mut self, bad: Bad) {
        self.bad.push(bad);
    }

    /// The place where the text begins.
    pub(super) fn start(&self) -> Place {
        Place { text: 0, file: self.mark }
    }

    /// Sequences that could not be decoded, in the order of the text.
    pub(super) fn bad(&self) -> &[Bad] {
        &self.bad
    }

    /// How many places are kept.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.places.len()
    }

    /// The bytes of the file that `bad` stands for.
    pub(super) fn bad_bytes(&self, bad: Bad) -> &'a [u8] {
        let start = bad.place.file as usize;
        self.bytes.get(start..start + bad.length as usize).unwrap_or(&[])
    }

    /// The bytes of the file that hold `span` of `text`, grown to whole units; never panics.
    pub(super) fn file_span(&self, text: &str, span: Span) -> FileSpan {
        let length = text.len() as u32;
        let whole = |at: u32| text.is_char_boundary(at as usize);
        if matches!(self.walk, Walk::Utf8) && self.bad.is_empty() && whole(span.start) && whole(span.end) {
            let [start, end] = [span.start, span.end.max(span.start)].map(|at| u64::from(at + self.mark));
            return FileSpan { start, end };
        }
        let start = self.unit_at(text, span.start.min(length), self.start());
        let (first, end) = (start.place.file, span.end.min(length));
        let last = if end <= span.start {
            first
        } else if end <= start.after().text {
            start.end_of(end)
        } else {
            self.unit_at(text, end, start.place).end_of(end)
        };
        FileSpan { start: u64::from(first), end: u64::from(last) }
    }

    /// The unit that holds byte `at` of the text; an empty one at the end. `known` is a place at or before `at`.
    fn unit_at(&self, text: &str, at: u32, known: Place) -> Unit {
        let mut place = later(known, self.kept_before(at));
        if let Some(bad) = self.bad_before(at) {
            if at < bad.span().end {
                return bad.unit();
            }
            place = later(place, bad.unit().after());
        }
        match self.walk {
            Walk::Decoder => self.unit_by_decoding(text, at, place),
            _ => self.character_at(text, at, place),
        }
    }

    /// The character at byte `at` of the text, reached from `place`; empty at the end of the text.
    fn character_at(&self, text: &str, at: u32, place: Place) -> Unit {
        let start = text.floor_char_boundary(at as usize) as u32;
        let length = text.as_bytes().get(start as usize).map_or(0, |lead| character_length(*lead));
        let place = self.advance(text, place, start);
        let after = self.advance(text, place, start + length);
        Unit { place, text_length: length, file_length: after.file - place.file }
    }

    /// The place of byte `to` of the text, if nothing between it and `from` is bad.
    fn advance(&self, text: &str, from: Place, to: u32) -> Place {
        let passed = text.as_bytes().get(from.text as usize..to as usize).unwrap_or(&[]);
        let file_length = match self.walk {
            Walk::Utf16 => utf16_length(passed),
            Walk::Gb18030 => gb18030_length(passed, self.bytes_from(from)),
            Walk::Utf8 | Walk::Decoder => passed.len(),
        };
        Place { text: to, file: from.file + file_length as u32 }
    }

    /// The unit that holds byte `at` of the text, asking the decoder for the length of each on the way.
    fn unit_by_decoding(&self, text: &str, at: u32, mut place: Place) -> Unit {
        while let Some(lead) = text.as_bytes().get(place.text as usize) {
            let lengths =
                if lead.is_ascii() { Some((1, 1)) } else { decoded_lengths(self.encoding, self.bytes_from(place)) };
            let (text_length, file_length) = lengths.unwrap_or((character_length(*lead), 1));
            let unit = Unit { place, text_length, file_length };
            if at < unit.after().text {
                return unit;
            }
            place = unit.after();
        }
        Unit { place, text_length: 0, file_length: 0 }
    }

    fn bytes_from(&self, place: Place) -> &'a [u8] {
        self.bytes.get(place.file as usize..).unwrap_or(&[])
    }

    fn kept_before(&self, at: u32) -> Place {
        self.places.get((at / STEP) as usize).or(self.places.last()).copied().unwrap_or(self.start())
    }

    fn bad_before(&self, at: u32) -> Option<Bad> {
        let count = self.bad.partition_point(|bad| bad.place.text <= at);
        count.checked_sub(1).and_then(|index| self.bad.get(index)).copied()
    }
}

fn later(one: Place, other: Place) -> Place {
    if one.text < other.text { other } else { one }
}

/// Bytes of the UTF-8 character that begins with `lead`.
fn character_length(lead: u8) -> u32 {
    match lead {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}

/// Bytes of `text` in UTF-16: two for each character, four for those beyond the first plane.
fn utf16_length(text: &[u8]) -> usize {
    // Counts of few bytes fit into a byte, which makes the compiler count sixteen at a time.
    let units = text.chunks(STEP as usize / 2).map(|few| {
        let characters: u8 = few.iter().map(|byte| u8::from(!matches!(byte, 0x80..0xc0))).sum();
        let beyond_first_plane: u8 = few.iter().map(|byte| u8::from(*byte >= 0xf0)).sum();
        usize::from(characters) + usize::from(beyond_first_plane)
    });
    2 * units.sum::<usize>()
}

/// Bytes of `text` in the GB18030 file whose `rest` it was read from: the second byte tells two from four.
fn gb18030_length(text: &[u8], rest: &[u8]) -> usize {
    let (mut in_text, mut in_file) = (0, 0);
    while let Some(lead) = text.get(in_text) {
        in_text += character_length(*lead) as usize;
        in_file += match (lead, rest.get(in_file + 1)) {
            (0..0x80, _) => 1,
            (0xe2, _) if rest.get(in_file) == Some(&GB18030_EURO) => 1,
            (_, Some(b'0'..=b'9')) => 4,
            _ => 2,
        };
    }
    in_file
}

/// Bytes of text and of file of the well-formed sequence that `rest` begins with, asked of the decoder byte by byte.
fn decoded_lengths(encoding: &'static Encoding, rest: &[u8]) -> Option<(u32, u32)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut decoded = [0; 16];
    for (index, byte) in rest.iter().take(4).enumerate() {
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(std::slice::from_ref(byte), &mut decoded, false);
        if matches!(result, DecoderResult::Malformed(..)) {
            return None;
        }
        if written > 0 {
            return Some((written as u32, index as u32 + 1));
        }
    }
    None
}

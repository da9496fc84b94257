//! Bytes of a known encoding → text, and the map back to the bytes.
//!
//! In: the file's bytes, the encoding, the length of the byte order mark. Out: text in which every
//! sequence that cannot be decoded is one U+FFFD, and the [`Map`] that knows where each of them was.
//! Which encoding it is, is left to `detect`.
//! Surprise: after a bad sequence decoding starts afresh just behind it, with a new decoder. A decoder that
//! goes on holds bytes back which it must read again (GB18030: up to two), and its position says nothing.

use super::map::{Bad, Map, Place, REPLACEMENT, STEP};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes all of `bytes` behind the byte order mark, which is `mark` bytes long.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding, mark: usize) -> (String, Map<'a>) {
    let mut growing = Growing::new(bytes, encoding, mark);
    if encoding == UTF_8 {
        growing.read_utf8(bytes, mark);
    } else if encoding == UTF_16LE {
        growing.read_utf16(bytes, mark, u16::from_le_bytes);
    } else if encoding == UTF_16BE {
        growing.read_utf16(bytes, mark, u16::from_be_bytes);
    } else {
        growing.read_legacy(bytes, mark, encoding);
    }
    (growing.text, growing.map)
}

/// Room for one step of text and the few bytes that the step before it left over.
const ROOM: usize = STEP as usize + 32;

/// Text and map while they grow.
struct Growing<'a> {
    text: String,
    map: Map<'a>,
    /// The map needs its next place at or before this byte of the text.
    next_step: usize,
}

impl<'a> Growing<'a> {
    fn new(bytes: &'a [u8], encoding: &'static Encoding, mark: usize) -> Self {
        let mut map = Map::new(bytes, encoding, mark);
        if encoding != UTF_8 {
            map.keep(map.start());
        }
        Growing { text: String::with_capacity(bytes.len() + bytes.len() / 2), map, next_step: STEP as usize }
    }

    fn place(&self, file: usize) -> Place {
        Place { text: self.text.len() as u32, file: file as u32 }
    }

    /// Appends U+FFFD for `length` bytes at byte `file` of the file.
    fn push_bad(&mut self, file: usize, length: usize) {
        self.map.note_bad(Bad { place: self.place(file), length: length as u32 });
        self.text.push_str(REPLACEMENT);
    }

    /// Keeps the present place if the next `length` bytes of text go beyond the next step.
    fn keep_before(&mut self, length: usize, file: usize) {
        if self.text.len() + length > self.next_step {
            self.map.keep(self.place(file));
            self.next_step += STEP as usize;
        }
    }

    fn read_utf8(&mut self, bytes: &[u8], mark: usize) {
        let mut file = mark;
        for chunk in bytes.get(mark..).unwrap_or(&[]).utf8_chunks() {
            self.text.push_str(chunk.valid());
            file += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.push_bad(file, chunk.invalid().len());
                file += chunk.invalid().len();
            }
        }
    }

    fn read_utf16(&mut self, bytes: &[u8], mark: usize, unit: fn([u8; 2]) -> u16) {
        let (pairs, rest) = bytes.get(mark..).unwrap_or(&[]).as_chunks::<2>();
        let mut file = mark;
        for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
            if let Ok(character) = decoded {
                self.keep_before(character.len_utf8(), file);
                self.text.push(character);
                file += character.len_utf16() * 2;
            } else {
                self.keep_before(REPLACEMENT.len(), file);
                self.push_bad(file, 2);
                file += 2;
            }
        }
        if !rest.is_empty() {
            self.keep_before(REPLACEMENT.len(), file);
            self.push_bad(file, rest.len());
        }
    }

    fn read_legacy(&mut self, bytes: &[u8], mark: usize, encoding: &'static Encoding) {
        let mut file = mark;
        while let Some(bad) = self.read_well_formed(bytes, file, encoding) {
            self.keep_before(REPLACEMENT.len(), bad.start);
            self.push_bad(bad.start, bad.len());
            file = bad.end;
        }
    }

    /// Reads from byte `start` of the file up to the next bad sequence, and tells where that is; none at the end.
    ///
    /// The decoder gets no more room than there is up to the next step. When that is full it stands
    /// between two characters, a few bytes before the step: a place for the map, found without looking at
    /// the characters.
    fn read_well_formed(
        &mut self,
        bytes: &[u8],
        start: usize,
        encoding: &'static Encoding,
    ) -> Option<std::ops::Range<usize>> {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut file = start;
        let mut known = self.place(file);
        loop {
            let mut room = [0; ROOM];
            let up_to_step = self.next_step.saturating_sub(self.text.len()).min(ROOM);
            let room = std::str::from_utf8_mut(&mut room[..up_to_step]).unwrap_or_default();
            let rest = bytes.get(file..).unwrap_or(&[]);
            let (result, read, written) = decoder.decode_to_str_without_replacement(rest, room, true);
            self.text.push_str(room.get(..written).unwrap_or(""));
            file += read;
            match result {
                DecoderResult::InputEmpty => return None,
                DecoderResult::Malformed(length, read_ahead) => {
                    let end = file - usize::from(read_ahead);
                    return Some(end - usize::from(length)..end);
                }
                DecoderResult::OutputFull => {
                    // Answers none while the decoder holds back part of a character.
                    if decoder.latin1_byte_compatible_up_to(&[]).is_some() {
                        known = self.place(file);
                    }
                    self.map.keep(known);
                    self.next_step += STEP as usize;
                }
            }
        }
    }
}

//! Which encoding a file is in, or that it is no text.
//!
//! In: the bytes of a file. Out: [`Detected`]. What can be known is decided first (how it begins, byte order
//! marks, valid UTF-8), then what its shape tells, and only then what browsers would guess (chardetng, which
//! answers GBK, Big5, windows-1252 …). GB2312 and GBK are read as GB18030, which contains both.
//! Surprise: a UTF-8 file with bad bytes is still a UTF-8 file. Of GB18030 text only one sequence in five happens
//! to be valid UTF-8, nearly all of those of two bytes, while Chinese in UTF-8 takes three.

use super::binary::{self, NotText};
use super::shape::{self, Pairs};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What a file turned out to be.
#[derive(Debug, PartialEq)]
pub(super) enum Detected<'a> {
    /// UTF-8 without fault; this is its text behind the byte order mark.
    Utf8(&'a str),
    /// Text to be decoded, behind a byte order mark of so many bytes.
    Encoded(&'static Encoding, usize),
    /// No text.
    NotText(NotText),
}

/// Bytes looked at where a sample is enough.
const SAMPLE: usize = 4096;
/// Bytes enough to tell UTF-16, of which all GB18030 is asked, too.
const UTF16_SAMPLE: usize = 1024;
/// Bytes from the first non-ASCII one on that legacy encodings are told by; the browsers' detector is slow.
const LEGACY_SAMPLE: usize = 2048;

/// U+FEFF at the beginning, as each encoding writes it. GB18030's is rare but real.
const BYTE_ORDER_MARKS: &[(&[u8], &Encoding)] =
    &[(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE), (b"\x84\x31\x95\x33", GB18030)];

/// Finds out what `bytes` are.
pub(super) fn detect(bytes: &[u8]) -> Detected<'_> {
    if let Some(not_text) = binary::recognise(bytes) {
        return Detected::NotText(not_text);
    }
    let marked = BYTE_ORDER_MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
    let mark = marked.map_or(0, |(mark, _)| mark.len());
    let body = &bytes[mark..];
    match marked {
        // A tool may have put the mark before text in another encoding, so it does not settle UTF-8.
        Some((_, encoding)) if *encoding != UTF_8 => Detected::Encoded(encoding, mark),
        _ => detect_unmarked(body, mark),
    }
}

fn detect_unmarked(body: &[u8], mark: usize) -> Detected<'_> {
    let utf8 = as_utf8(body);
    if let Some(text) = utf8
        && memchr::memchr(0, body).is_none()
    {
        return Detected::Utf8(text);
    }
    let sample = &body[..body.len().min(SAMPLE)];
    if let Some(encoding) = shape::utf16(&sample[..sample.len().min(UTF16_SAMPLE)]) {
        return Detected::Encoded(encoding, mark);
    }
    if let Some(not_text) = binary::is_noise(sample) {
        return Detected::NotText(not_text);
    }
    match utf8 {
        Some(text) => Detected::Utf8(text),
        None if is_mostly_utf8(body) => Detected::Encoded(UTF_8, mark),
        None => Detected::Encoded(detect_legacy(body), mark),
    }
}

/// The text of `body` if it is valid UTF-8, checked several times faster than by the standard library.
fn as_utf8(body: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(body) {
        Some(Cow::Borrowed(text)) => Some(text),
        _ => None,
    }
}

/// Whether text with bad bytes is UTF-8 all the same.
///
/// Either it has at least as many characters of three or four bytes (Chinese) as bad sequences, or four
/// times as many characters beyond ASCII (French).
fn is_mostly_utf8(body: &[u8]) -> bool {
    let (mut beyond_ascii, mut long, mut bad) = (0_usize, 0_usize, 0_usize);
    for chunk in body.utf8_chunks() {
        let valid = chunk.valid().as_bytes();
        beyond_ascii += valid.iter().filter(|byte| **byte >= 0xc0).count();
        long += valid.iter().filter(|byte| **byte >= 0xe0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        if bad > 200 && bad > beyond_ascii * 2 {
            return false;
        }
    }
    long >= bad || beyond_ascii >= bad * 4
}

fn detect_legacy(body: &[u8]) -> &'static Encoding {
    let start = body.iter().position(|byte| !byte.is_ascii()).unwrap_or(body.len());
    let sample = &body[start..body.len().min(start + LEGACY_SAMPLE)];
    let gb18030 = Pairs::of_gb18030(sample);
    if gb18030.are_surely_chinese() {
        return GB18030;
    }
    let guess = guess_like_browsers(sample);
    // A single bad byte makes the detector strike out what the text is in. What then remains is a single-byte
    // encoding or GBK, which it strikes out last; so both are asked again.
    match guess {
        _ if guess != GBK && !guess.is_single_byte() => guess,
        _ if gb18030.are_mostly_everyday() => GB18030,
        _ if Pairs::of_big5(sample).are_mostly_everyday() => BIG5,
        _ if guess == GBK => GB18030,
        _ => guess,
    }
}

/// The guess for a site under `.cn`: short Chinese text is told well, Korean and Japanese are taken for Chinese.
fn guess_like_browsers(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    const REPORT: &str = "第二部分 部门决算情况说明\n2023年收入总计1,204.50万元，比上年增加8.25万元，增长0.7%。\n";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn valid_utf8_is_taken_as_it_is_without_its_mark() {
        assert_eq!(detect(REPORT.as_bytes()), Detected::Utf8(REPORT));
        assert_eq!(detect(b"\xef\xbb\xbfplain"), Detected::Utf8("plain"));
        assert_eq!(detect(b""), Detected::Utf8(""));
    }

    #[test]
    fn utf8_that_is_cut_or_slightly_damaged_stays_utf8() {
        let cut = &REPORT.as_bytes()[..REPORT.len() - 3];
        assert_eq!(detect(&cut[..cut.len() - 1]), Detected::Utf8(&REPORT[..cut.len() - 1]), "% ends it");
        for cut_at in [1, 2, 4, 5, 50, 51] {
            let damaged = &REPORT.as_bytes()[..cut_at];
            if std::str::from_utf8(damaged).is_err() && cut_at > 2 {
                assert_eq!(detect(damaged), Detected::Encoded(UTF_8, 0), "cut at {cut_at}");
            }
        }
        let mut damaged = REPORT.as_bytes().to_vec();
        damaged.splice(3..4, *b"\xff\xfe\x80");
        damaged.remove(40);
        assert_eq!(detect(&damaged), Detected::Encoded(UTF_8, 0));
    }

    #[test]
    fn gbk_is_gb18030_even_if_short_or_damaged() {
        for text in [REPORT, "收入支出决算总表", "部门决算", "单位：万元", "收入总计 100"] {
            assert_eq!(detect(&GB18030.encode(text).0), Detected::Encoded(GB18030, 0), "{text}");
        }
        let mut damaged = GB18030.encode(&REPORT[..60]).0.into_owned();
        damaged.insert(4, 0xff);
        assert_eq!(detect(&damaged), Detected::Encoded(GB18030, 0));
    }

    #[test]
    fn marks_tell_the_encoding_and_are_left_out() {
        assert_eq!(detect(b"\xff\xfe6e"), Detected::Encoded(UTF_16LE, 2));
        assert_eq!(detect(b"\xfe\xffe6"), Detected::Encoded(UTF_16BE, 2));
        assert_eq!(detect(b"\x84\x31\x95\x33\xca\xd5"), Detected::Encoded(GB18030, 4));
        let gbk_behind_utf8_mark = [&b"\xef\xbb\xbf"[..], &GB18030.encode(REPORT).0].concat();
        assert_eq!(detect(&gbk_behind_utf8_mark), Detected::Encoded(GB18030, 3));
    }

    #[test]
    fn utf16_needs_no_mark() {
        assert_eq!(detect(&utf16(REPORT, u16::to_le_bytes)), Detected::Encoded(UTF_16LE, 0));
        assert_eq!(detect(&utf16(REPORT, u16::to_be_bytes)), Detected::Encoded(UTF_16BE, 0));
        assert_eq!(detect(&utf16("Total 100.00\n", u16::to_le_bytes)), Detected::Encoded(UTF_16LE, 0));
    }

    #[test]
    fn other_encodings_are_those_of_browsers() {
        let big5 = BIG5.encode("二、收入決算情況說明：本年度收入合計一千二百萬元，較上年度增加。").0.into_owned();
        assert_eq!(detect(&big5), Detected::Encoded(BIG5, 0));
        let mut damaged_big5 = big5;
        damaged_big5.insert(6, 0xff);
        assert_eq!(detect(&damaged_big5), Detected::Encoded(BIG5, 0));
        let french = b"Les d\xe9penses de l'ann\xe9e pr\xe9c\xe9dente ont \xe9t\xe9 r\xe9duites \xe0 z\xe9ro";
        assert_eq!(detect(french), Detected::Encoded(WINDOWS_1252, 0));
    }

    #[test]
    fn a_stray_nul_makes_no_binary_file() {
        let text = format!("{REPORT}\0{REPORT}");
        assert_eq!(detect(text.as_bytes()), Detected::Utf8(&text));
    }

    #[test]
    fn noise_is_no_text() {
        let noise: Vec<u8> = (0..4000_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        assert!(matches!(detect(&noise), Detected::NotText(_)));
        assert!(matches!(detect(&[0; 4096]), Detected::NotText(_)));
        assert!(matches!(detect(b"%PDF-1.4"), Detected::NotText(_)));
    }
}

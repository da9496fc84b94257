//! What Chinese text looks like in bytes, counted over a sample.
//!
//! In: a sample of bytes. Out: whether it has the shape of UTF-16, GB18030 or Big5. Only the shape is judged, and
//! damage is forgiven, where the detector of browsers strikes out an encoding at its first bad sequence.
//! Surprise: Korean and Japanese in their EUC encodings are well-formed GB2312. They are taken for Chinese,
//! as the browsers' detector does for sites under `.cn`; final accounts (决算) are not written in them.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Tells UTF-16 without a byte order mark: nine units in ten are what Chinese reports consist of. Of the two byte
/// orders the one with more of them is right: U+2000 and U+3000 swapped are a space and a zero.
pub(super) fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = sample.as_chunks::<2>();
    let little = Units::count(pairs.iter().map(|pair| u16::from_le_bytes(*pair)));
    let big = Units::count(pairs.iter().map(|pair| u16::from_be_bytes(*pair)));
    let (encoding, units) = if big.usual > little.usual { (UTF_16BE, big) } else { (UTF_16LE, little) };
    units.are_text().then_some(encoding)
}

/// The units of a sample that is read as UTF-16.
#[derive(Debug, Default)]
struct Units {
    all: usize,
    usual: usize,
    ascii: usize,
    /// Units that would be two characters of ASCII text.
    ascii_pairs: usize,
}

impl Units {
    fn count(units: impl Iterator<Item = u16>) -> Self {
        units.fold(Units::default(), |counted, unit| Units {
            all: counted.all + 1,
            usual: counted.usual + usize::from(is_usual(unit)),
            ascii: counted.ascii + usize::from(is_ascii_text(unit)),
            ascii_pairs: counted.ascii_pairs
                + usize::from(unit.to_be_bytes().iter().all(|byte| is_ascii_text(u16::from(*byte)))),
        })
    }

    /// Two ASCII letters make a Chinese character (`ab` is U+6162), two spaces a dagger, so plain ASCII must not pass. A few units prove
    /// nothing unless one is ASCII, which has a NUL in it.
    fn are_text(&self) -> bool {
        let enough = self.all >= 16 || self.ascii > 0;
        enough && self.usual * 10 >= self.all * 9 && self.ascii_pairs * 2 <= self.all
    }
}

fn is_ascii_text(unit: u16) -> bool {
    matches!(unit, 0x09..=0x0d | 0x20..=0x7e)
}

/// ASCII, Latin-1 and general punctuation, signs, list marks, CJK and full-width forms.
fn is_usual(unit: u16) -> bool {
    is_ascii_text(unit)
        || matches!(unit, 0xa0..=0xff | 0x2002..=0x203f | 0x2100..=0x22ff | 0x2460..=0x26ff)
        || matches!(unit, 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff01..=0xff65)
}

/// The two-byte characters of a sample that is read as GB18030 or Big5.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    all: usize,
    /// Characters of everyday text: the frequent half of the Chinese characters, punctuation, full-width forms.
    everyday: usize,
    /// Bytes that begin nothing.
    broken: usize,
}

impl Pairs {
    /// Counts the pairs of `sample` as GB18030.
    pub(super) fn of_gb18030(sample: &[u8]) -> Self {
        let mut pairs = Pairs::default();
        let mut rest = sample;
        loop {
            rest = match *rest {
                [] => return pairs,
                [0..=0x7f, ref rest @ ..] | [0x81..=0xfe, b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9', ref rest @ ..] => rest,
                [lead @ 0x81..=0xfe, trail @ (0x40..=0x7e | 0x80..=0xfe), ref rest @ ..] => {
                    pairs.all += 1;
                    pairs.everyday += usize::from(trail >= 0xa1 && matches!(lead, 0xa1 | 0xa3 | 0xb0..=0xd7));
                    rest
                }
                [_, ref rest @ ..] => {
                    pairs.broken += 1;
                    rest
                }
            };
        }
    }

    /// Counts the pairs of `sample` as Big5.
    pub(super) fn of_big5(sample: &[u8]) -> Self {
        let mut pairs = Pairs::default();
        let mut rest = sample;
        loop {
            rest = match *rest {
                [] => return pairs,
                [0..=0x7f, ref rest @ ..] => rest,
                [lead @ 0x81..=0xfe, 0x40..=0x7e | 0xa1..=0xfe, ref rest @ ..] => {
                    pairs.all += 1;
                    pairs.everyday += usize::from(matches!(lead, 0xa1..=0xc6));
                    rest
                }
                [_, ref rest @ ..] => {
                    pairs.broken += 1;
                    rest
                }
            };
        }
    }

    /// Whether this is Chinese beyond doubt, so that nothing else need be asked.
    pub(super) fn are_surely_chinese(&self) -> bool {
        self.all >= 20 && self.everyday * 10 >= self.all * 9 && self.broken * 20 <= self.all
    }

    /// Whether this may well be Chinese, short or damaged as it may be.
    pub(super) fn are_mostly_everyday(&self) -> bool {
        self.all > 0 && self.everyday * 10 >= self.all * 7 && self.broken * 3 <= self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    const REPORT: &str =
        "二、收入决算情况说明\n2023年本年收入合计1,204.50万元，其中：一般公共预算财政拨款收入1,100.25万元，占91.3%。\n";

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_told_with_its_byte_order() {
        assert_eq!(utf16(&utf16_bytes(REPORT, u16::to_le_bytes)), Some(UTF_16LE));
        assert_eq!(utf16(&utf16_bytes(REPORT, u16::to_be_bytes)), Some(UTF_16BE));
    }

    #[test]
    fn utf16_needs_no_ascii_and_may_be_full_of_spaces() {
        let prose = "负责拟订全县医疗救助政策并组织实施，依法查处违法行为";
        let wide_spaces = format!("\u{3000}\u{2002}\n{REPORT}").repeat(9) + &"\u{2002}\n\u{3000}".repeat(100);
        let columns = format!("{:>90}\n{:>80}\n", "合计", "1,204.50");
        for text in [prose, &wide_spaces, &columns] {
            assert_eq!(utf16(&utf16_bytes(text, u16::to_le_bytes)), Some(UTF_16LE), "{text}");
            assert_eq!(utf16(&utf16_bytes(text, u16::to_be_bytes)), Some(UTF_16BE), "{text}");
        }
    }

    #[test]
    fn other_text_is_not_utf16_in_either_order() {
        assert_eq!(utf16(REPORT.as_bytes()), None);
        assert_eq!(utf16(&GB18030.encode(REPORT).0), None);
        assert_eq!(utf16(&BIG5.encode("二、收入決算情況說明，其中一般公共預算財政撥款收入").0), None);
        assert_eq!(utf16(b"Total 1,204.50 of which basic 900.25 and projects 304.25"), None);
        assert_eq!(utf16(&[&[b' '; 60][..], b"\xa1\xa3"].concat()), None, "spaces before GB18030's full stop");
        assert_eq!(utf16(b"thequickbrownfoxjumpsoverthelazydog"), None);
        assert_eq!(utf16(b""), None);
    }

    #[test]
    fn gb18030_is_surely_chinese_even_if_damaged() {
        let mut bytes = GB18030.encode(&REPORT.repeat(4)).0.into_owned();
        assert!(Pairs::of_gb18030(&bytes).are_surely_chinese());
        bytes.insert(9, 0xff);
        assert!(Pairs::of_gb18030(&bytes).are_surely_chinese());
    }

    #[test]
    fn big5_is_not_taken_for_gb18030() {
        let bytes = BIG5.encode("二、收入決算情況說明，其中一般公共預算財政撥款收入，占九成").0;
        assert!(!Pairs::of_gb18030(&bytes).are_mostly_everyday());
        assert!(Pairs::of_big5(&bytes).are_mostly_everyday());
    }

    #[test]
    fn latin_text_has_no_everyday_pairs() {
        let french = b"r\xe9sum\xe9 des d\xe9penses de l'ann\xe9e pass\xe9e";
        assert!(!Pairs::of_gb18030(french).are_mostly_everyday());
        assert!(!Pairs::of_big5(french).are_mostly_everyday());
    }
}

//! Files that are no text at all, told by how they begin or by what they are full of.
//!
//! In: the bytes of a file. Out: what it is and what to do first, in words for people. People run the program
//! over folders that hold the originals beside the converted text; these must be named, not read as noise.
//! Surprise: UTF-16 is full of NUL bytes as well, so [`is_noise`] is only asked once that is ruled out.

/// What a file is if it is not text, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotText {
    pub(super) what: &'static str,
    pub(super) help: &'static str,
}

const CONVERT_WITH_TIKA: &str = "convert it to text first, for example with Tika (`tika --text`)";
const CONVERT_PDF: &str = "convert it to text first, with `pdftotext -layout` or Tika";
const UNPACK: &str = "unpack it and give the files inside";
const RECOGNISE: &str = "have its text recognised (OCR) first";
const SAVE_AS_UTF8: &str = "save it as UTF-8 first";

/// How files begin that are often found beside reports.
const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", CONVERT_PDF),
    (b"\xd0\xcf\x11\xe0", "an OLE document (doc, xls, ppt, wps)", CONVERT_WITH_TIKA),
    (b"{\\rtf", "an RTF document", CONVERT_WITH_TIKA),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"\x89PNG", "a PNG image", RECOGNISE),
    (b"\xff\xd8\xff", "a JPEG image", RECOGNISE),
    (b"GIF8", "a GIF image", RECOGNISE),
    (b"II*\0", "a TIFF image", RECOGNISE),
    (b"MM\0*", "a TIFF image", RECOGNISE),
    (b"\xff\xfe\0\0", "text in UTF-32", SAVE_AS_UTF8),
    (b"\0\0\xfe\xff", "text in UTF-32", SAVE_AS_UTF8),
];

/// Names that stand near the beginning of a ZIP file and tell what it is.
const ZIPPED: &[(&[u8], &str)] = &[
    (b"word/", "a Word document (docx)"),
    (b"xl/", "an Excel workbook (xlsx)"),
    (b"ppt/", "a PowerPoint presentation (pptx)"),
    (b"OFD.xml", "an OFD document"),
    (b"opendocument", "an OpenDocument file"),
];

/// Tells a file that is not text by how it begins.
pub(super) fn recognise(bytes: &[u8]) -> Option<NotText> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(name_zip(bytes));
    }
    let (_, what, help) = BEGINNINGS.iter().find(|(beginning, ..)| bytes.starts_with(beginning))?;
    Some(NotText { what, help })
}

fn name_zip(bytes: &[u8]) -> NotText {
    let beginning = &bytes[..bytes.len().min(4096)];
    let named = ZIPPED.iter().find(|(name, _)| memchr::memmem::find(beginning, name).is_some());
    named.map_or(NotText { what: "a ZIP archive", help: UNPACK }, |(_, what)| NotText { what, help: CONVERT_WITH_TIKA })
}

/// Tells a file by the NUL bytes and control characters that it is full of.
///
/// One byte in twenty is enough: text has none but for a converter's slips, while one byte in ten of compressed
/// data is one. NULs at the end do not count: a disk that ran full leaves them behind good text.
pub(super) fn is_noise(sample: &[u8]) -> Option<NotText> {
    let filled = sample.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let controls = sample[..filled].iter().filter(|byte| is_control(**byte)).count();
    let noise = NotText {
        what: "binary data: many of its bytes are control characters",
        help: "give the text of the document instead, as UTF-8",
    };
    (filled == 0 || controls * 20 > filled).then_some(noise)
}

/// Whether text has no use for the byte: not white space, a form feed, an escape or DOS's end of file.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1a | 0x1b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn originals_beside_the_text_are_named() {
        let what = |bytes: &[u8]| recognise(bytes).map(|not_text| not_text.what);
        assert_eq!(what(b"%PDF-1.7\n%\xe2\xe3"), Some("a PDF document"));
        assert_eq!(what(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), Some("an OLE document (doc, xls, ppt, wps)"));
        assert_eq!(what(b"PK\x03\x04\x14\0\x06\0\x08\0word/document.xml"), Some("a Word document (docx)"));
        assert_eq!(what(b"PK\x03\x04\x14\0\x06\0\x08\0Doc_0/OFD.xml"), Some("an OFD document"));
        assert_eq!(what(b"PK\x03\x04"), Some("a ZIP archive"));
        assert_eq!(what(b"\x89PNG\r\n\x1a\n"), Some("a PNG image"));
    }

    #[test]
    fn text_that_mentions_them_is_text() {
        for text in ["PK比赛1场", "详见附件：决算.PDF", "%", ""] {
            assert_eq!(recognise(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn noise_is_many_control_characters_anywhere_but_at_the_end() {
        assert!(is_noise(&[0; 100]).is_some());
        assert!(is_noise(b"\x01\x02abc\x03\0\0\x04").is_some());
        assert!(is_noise("收入\t1.00\r\n\x0c支出\t2.00\x1a\0\0\0\0\0\0".as_bytes()).is_none());
    }
}

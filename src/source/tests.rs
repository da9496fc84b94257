//! What `Source` promises, by example.

use super::*;
use crate::problem::Severity;
use encoding_rs::{BIG5, UTF_16BE, UTF_16LE};

/// The file's bytes of each character of the text, in order.
fn file_bytes_of_characters<'a>(source: &Source, bytes: &'a [u8]) -> Vec<&'a [u8]> {
    let ends = |at: usize, character: char| Span::from(at..at + character.len_utf8());
    source
        .text()
        .char_indices()
        .map(|(at, character)| source.file_span(ends(at, character)))
        .map(|span| &bytes[span.start as usize..span.end as usize])
        .collect()
}

fn codes(problems: &[Problem]) -> Vec<(Severity, &'static str)> {
    problems.iter().map(|problem| (problem.severity, problem.code)).collect()
}

#[test]
fn utf8_is_not_copied_and_positions_stay() {
    let bytes = "收入1.5万元".as_bytes();
    let (source, problems) = Source::decode(bytes);
    assert!(matches!(source.text, Cow::Borrowed(_)));
    assert_eq!((source.encoding(), problems), ("UTF-8", vec![]));
    assert_eq!(source.file_span(Span::new(6, 9)), FileSpan { start: 6, end: 9 });
}

#[test]
fn a_byte_order_mark_shifts_positions_and_is_no_text() {
    let (source, problems) = Source::decode("\u{feff}收入1.5".as_bytes());
    assert_eq!((source.text(), problems), ("收入1.5", vec![]));
    assert_eq!(source.file_span(Span::new(6, 9)), FileSpan { start: 9, end: 12 });
}

#[test]
fn encodings_have_their_usual_names() {
    let names =
        [UTF_8, GB18030, UTF_16LE, UTF_16BE, BIG5].map(|encoding| Source::decode_as(b"1", encoding, 0).encoding());
    assert_eq!(names, ["UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5"]);
}

#[test]
fn gb18030_characters_have_one_two_or_four_bytes_in_the_file() {
    let bytes = b"\xca\xd51\x80\x81\x39\xee\x39\x94\x39\xda\x33\xa3\xb1";
    let source = Source::decode_as(bytes, GB18030, 0);
    assert_eq!(source.text(), "收1€\u{3400}\u{1f4a9}１");
    assert_eq!(
        file_bytes_of_characters(&source, bytes),
        [&b"\xca\xd5"[..], b"1", b"\x80", b"\x81\x39\xee\x39", b"\x94\x39\xda\x33", b"\xa3\xb1"]
    );
}

#[test]
fn bytes_that_gb18030_reads_again_belong_to_what_they_become() {
    // A lead byte before a full stop; a four-byte sequence broken at its third and at its fourth byte; one out of
    // range; one cut off by the end of the file.
    let bytes = b"\xca.\x81\x30A\x81\x30\xca\xd5\xfe\x39\xfe\x39\x81\x30\x81";
    let source = Source::decode_as(bytes, GB18030, 0);
    assert_eq!(source.text(), "\u{fffd}.\u{fffd}0A\u{fffd}0收\u{fffd}\u{fffd}");
    assert_eq!(
        file_bytes_of_characters(&source, bytes),
        [&b"\xca"[..], b".", b"\x81", b"0", b"A", b"\x81", b"0", b"\xca\xd5", b"\xfe\x39\xfe\x39", b"\x81\x30\x81"]
    );
}

#[test]
fn utf16_has_surrogate_pairs_lone_surrogates_and_odd_ends() {
    let bytes = b"\xff\xfe\x36\x65\x3d\xd8\xa9\xdc\x3d\xd81\0\xa9\xdc9";
    let (source, problems) = Source::decode(bytes);
    assert_eq!((source.text(), source.encoding()), ("收\u{1f4a9}\u{fffd}1\u{fffd}\u{fffd}", "UTF-16LE"));
    assert_eq!(
        file_bytes_of_characters(&source, bytes),
        [&b"\x36\x65"[..], b"\x3d\xd8\xa9\xdc", b"\x3d\xd8", b"1\0", b"\xa9\xdc", b"9"]
    );
    assert_eq!(problems.len(), 3);
}

#[test]
fn two_characters_from_one_sequence_of_big5_share_its_bytes() {
    let bytes = b"\xa4@\x88\x62\xa4@";
    let source = Source::decode_as(bytes, BIG5, 0);
    assert_eq!(source.text(), "一\u{ca}\u{304}一");
    assert_eq!(file_bytes_of_characters(&source, bytes), [&b"\xa4@"[..], b"\x88\x62", b"\x88\x62", b"\xa4@"]);
}

#[test]
fn spans_within_characters_grow_and_spans_beyond_the_text_are_cut() {
    let bytes = b"\xca\xd5\xc8\xeb1";
    let source = Source::decode_as(bytes, GB18030, 0);
    assert_eq!(source.file_span(Span::new(1, 4)), FileSpan { start: 0, end: 4 });
    assert_eq!(source.file_span(Span::new(3, 3)), FileSpan { start: 2, end: 2 });
    assert_eq!(source.file_span(Span::new(6, u32::MAX)), FileSpan { start: 4, end: 5 });
    assert_eq!(source.file_span(Span::new(u32::MAX, 0)), FileSpan { start: 5, end: 5 });
}

#[test]
fn undecodable_bytes_are_named_and_the_rest_is_read() {
    let bytes = [&b"\xff"[..], "支出2.5万元".as_bytes()].concat();
    let before = "收入1.5万元，";
    let (bad_at, bytes) = (before.len(), [before.as_bytes(), &bytes].concat());
    let (source, problems) = Source::decode(&bytes);
    assert_eq!((source.text(), source.encoding()), ("收入1.5万元，\u{fffd}支出2.5万元", "UTF-8"));
    assert_eq!(codes(&problems), [(Severity::Warning, "undecodable-bytes")]);
    assert!(problems[0].message.contains("bytes FF are not valid UTF-8"), "{}", problems[0].message);
    let span = problems[0].span.unwrap();
    assert_eq!(span.of(source.text()), "\u{fffd}");
    assert_eq!(source.file_span(span), FileSpan { start: bad_at as u64, end: bad_at as u64 + 1 });
}

#[test]
fn a_file_cut_within_a_character_loses_that_character_only() {
    let bytes = &"收入合计".as_bytes()[..11];
    let (source, problems) = Source::decode(bytes);
    assert_eq!((source.text(), source.encoding()), ("收入合\u{fffd}", "UTF-8"));
    assert_eq!(source.file_span(problems[0].span.unwrap()), FileSpan { start: 9, end: 11 });
}

#[test]
fn many_undecodable_bytes_end_in_one_row_for_the_others() {
    let bytes = "收入合计".as_bytes().iter().copied().chain([0xff]).collect::<Vec<u8>>().repeat(130);
    let (source, problems) = Source::decode(&bytes);
    assert_eq!(problems.len(), 101);
    assert!(problems[100].message.starts_with("30 more sequences"), "{}", problems[100].message);
    let others = problems[100].span.unwrap();
    assert_eq!(source.file_span(others), FileSpan { start: 101 * 13 - 1, end: 130 * 13 });
}

#[test]
fn what_is_no_text_gives_an_empty_text_and_an_error() {
    for (bytes, word) in [
        (&b"%PDF-1.7\n\xe2\xe3\xcf\xd3"[..], "pdftotext"),
        (b"PK\x03\x04\x14\0\0\0", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Tika"),
        (&[0; 64], "binary"),
    ] {
        let (source, problems) = Source::decode(bytes);
        assert_eq!((source.text(), source.encoding()), ("", "binary"));
        assert_eq!(codes(&problems), [(Severity::Error, "not-text")]);
        assert!(problems[0].message.contains(word), "{}", problems[0].message);
        assert_eq!(source.file_span(Span::new(0, 9)), FileSpan::default());
    }
}

#[test]
fn an_empty_document_is_an_error() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t\n"] {
        let (_, problems) = Source::decode(bytes);
        assert_eq!(codes(&problems), [(Severity::Error, "empty-document")]);
    }
}

#[test]
fn a_file_too_large_for_its_positions_is_refused() {
    let (source, problems) = Source::decode_up_to(b"0123456789", 9);
    assert_eq!(source.text(), "");
    assert_eq!(codes(&problems), [(Severity::Error, "document-too-large")]);
}

#[test]
fn lines_and_columns_are_those_of_the_text() {
    let bytes = b"\xff\xfe\x36\x65\r\0\n\0\x36\x651\0";
    let (source, _) = Source::decode(bytes);
    let at = source.text().find('1').unwrap() as u32;
    assert_eq!((source.line(at), source.column(at)), (2, 2));
    assert_eq!(source.line_span(1).of(source.text()), "收");
}

#[test]
fn the_map_takes_few_percent_of_the_text() {
    let text = "某县某局2023年收入合计1,204.50万元。\n".repeat(1000);
    let bytes = GB18030.encode(&text).0;
    let (source, _) = Source::decode(&bytes);
    assert_eq!(source.text(), text);
    assert!(source.map.kept() * 8 * 15 < text.len(), "{} places", source.map.kept());
}

/// Real reports in `../shared/reports`, or where `JUESUAN_SHARED` says; none if they are not there.
fn real_reports() -> Vec<(std::path::PathBuf, String)> {
    let shared = std::env::var_os("JUESUAN_SHARED")
        .map_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), Into::into);
    let entries = std::fs::read_dir(shared.join("reports"));
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts.filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text))).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// 500 spans, spread over `text` by a multiplicative hash, from empty to some hundred characters.
fn spread_spans(text: &str) -> impl Iterator<Item = Span> {
    let spread =
        |seed: u64, below: usize| ((seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % (below as u64 + 1)) as usize;
    (0..500).map(move |seed| {
        let start = text.floor_char_boundary(spread(seed, text.len()));
        let end = text.floor_char_boundary(start + spread(seed + 1000, 700));
        Span::from(start..end)
    })
}

#[test]
fn real_reports_map_back_in_every_encoding() {
    let reports = real_reports();
    if reports.is_empty() {
        println!("skipped: no reports in ../shared/reports (JUESUAN_SHARED tells where else they are)");
    }
    for (path, text) in reports {
        let text = text.trim_start_matches('\u{feff}');
        let marked = format!("\u{feff}{text}");
        for (name, encoding, bytes) in [
            ("UTF-8", UTF_8, marked.clone().into_bytes()),
            ("GB18030", GB18030, GB18030.encode(text).0.into_owned()),
            ("UTF-16LE", UTF_16LE, utf16(text, u16::to_le_bytes)),
            ("UTF-16LE", UTF_16LE, utf16(&marked, u16::to_le_bytes)),
            ("UTF-16BE", UTF_16BE, utf16(text, u16::to_be_bytes)),
            ("UTF-16BE", UTF_16BE, utf16(&marked, u16::to_be_bytes)),
        ] {
            let (source, problems) = Source::decode(&bytes);
            assert_eq!((source.encoding(), problems.len()), (name, 0), "{}", path.display());
            assert!(source.text() == text, "{} in {name} reads differently", path.display());
            for span in spread_spans(text) {
                let in_file = source.file_span(span);
                let bytes = &bytes[in_file.start as usize..in_file.end as usize];
                let (decoded, _) = encoding.decode_without_bom_handling(bytes);
                assert_eq!(decoded, span.of(text), "{} in {name}, {span:?}", path.display());
            }
        }
    }
}

#[test]
fn a_place_of_the_file_leads_back_to_the_text() {
    let text = "云溪县2031年收入12.5万元";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    for bytes in [text.as_bytes(), &gb18030] {
        let (source, _) = Source::decode(bytes);
        let at = text.find("12.5").expect("a number") as u32;
        let span = Span::new(at, at + 4);
        assert_eq!(source.text_span(source.file_span(span)), span, "{}", source.encoding());
        assert_eq!(source.text_span(source.file_span(Span::new(0, 3))), Span::new(0, 3));
        assert_eq!(source.text_span(FileSpan { start: 0, end: bytes.len() as u64 }), Span::new(0, text.len() as u32));
        assert!(source.text_span(FileSpan { start: 9000, end: 9001 }).is_empty());
    }
}

//! What holds for any text in any encoding, and for any damage.

use super::*;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;

/// Characters as reports mix them: ASCII, Chinese, full width, rare (four bytes in GB18030), emoji, €.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => proptest::char::range(' ', '~'),
        1 => Just('\n'),
        4 => proptest::char::range('\u{4e00}', '\u{9fa5}'),
        1 => proptest::char::range('\u{ff01}', '\u{ff5e}'),
        1 => proptest::sample::select(vec!['€', '。', '，', '\u{feff}', '\u{fffd}', 'é', '①', 'あ', '한', '\u{e7c7}']),
        1 => proptest::char::range('\u{3400}', '\u{4dbf}'),
        1 => proptest::char::range('\u{1f300}', '\u{1faff}'),
        1 => any::<char>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(character(), 0..400).prop_map(String::from_iter)
}

/// Bytes that end, begin or break sequences in one encoding or another, besides any byte.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, Vec<u8>)>> {
    let byte = prop_oneof![
        any::<u8>(),
        proptest::sample::select(vec![0x80, 0xff, 0x81, 0xfe, 0x30, 0x39, 0x7f, 0xa1, 0xd8, 0xdc, 0x88, 0x62, 0x8f]),
    ];
    proptest::collection::vec((any::<prop::sample::Index>(), proptest::collection::vec(byte, 1..5)), 0..12)
}

fn encodings() -> impl Strategy<Value = &'static Encoding> {
    proptest::sample::select(vec![
        UTF_8,
        GB18030,
        GB18030,
        GB18030,
        UTF_16LE,
        UTF_16BE,
        BIG5,
        EUC_KR,
        EUC_JP,
        SHIFT_JIS,
        WINDOWS_1252,
    ])
}

/// `text` in `encoding`, without what it cannot write.
fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    let mut bytes = Vec::new();
    for character in text.chars() {
        let character = character.to_string();
        let (encoded, _, unmappable) = encoding.encode(&character);
        if !unmappable {
            bytes.extend_from_slice(&encoded);
        }
    }
    bytes
}

fn damaged(mut bytes: Vec<u8>, damage: &[(prop::sample::Index, Vec<u8>)]) -> Vec<u8> {
    for (place, insert) in damage {
        let at = place.index(bytes.len() + 1);
        bytes.splice(at..at, insert.iter().copied());
    }
    bytes
}

/// What `encoding_rs` (UTF-16: the standard library) makes of `bytes`.
fn decode_independently(bytes: &[u8], encoding: &'static Encoding) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let from = if encoding == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let units: Vec<u16> = pairs.iter().map(|pair| from(*pair)).collect();
        return String::from_utf16_lossy(&units) + if odd.is_empty() { "" } else { "\u{fffd}" };
    }
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Checks the map of every character against an independent reading: its bytes decode to it alone, in order,
/// without gap or overlap; the bytes of a U+FFFD of ours decode to nothing but U+FFFD.
fn check_map(source: &Source, bytes: &[u8], encoding: &'static Encoding, mark: u64) -> Result<(), TestCaseError> {
    let text = source.text();
    let mut end_before = mark;
    let mut units: Vec<(FileSpan, String)> = Vec::new();
    for (at, character) in text.char_indices() {
        let span = source.file_span(Span::from(at..at + character.len_utf8()));
        match units.last_mut() {
            Some((last, unit)) if *last == span => unit.push(character),
            _ => {
                prop_assert_eq!(span.start, end_before, "gap or overlap before byte {}", at);
                prop_assert!(span.start < span.end);
                end_before = span.end;
                units.push((span, character.to_string()));
            }
        }
    }
    prop_assert_eq!(end_before, bytes.len() as u64);
    for (span, unit) in &units {
        prop_assert!(unit.chars().count() == 1 || encoding == BIG5);
        let (decoded, _) = encoding.decode_without_bom_handling(&bytes[span.start as usize..span.end as usize]);
        if unit == "\u{fffd}" {
            // Alone, `81 30` cut off from `81 30 41` is one error, not an error and a zero: only the first counts.
            prop_assert_eq!(decoded.chars().next(), Some('\u{fffd}'));
        } else {
            prop_assert_eq!(&decoded, unit);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn text_reads_as_others_read_it(text in text(), encoding in encodings(), damage in damage()) {
        let bytes = damaged(encode(&text, encoding), &damage);
        let source = Source::decode_as(&bytes, encoding, 0);
        let decoded = decode_independently(&bytes, encoding);
        prop_assert_eq!(source.text(), &decoded);
        let replaced = decoded.matches('\u{fffd}').count();
        prop_assert!(source.map.bad().len() <= replaced);
    }

    #[test]
    fn characters_partition_the_file(text in text(), encoding in encodings(), damage in damage()) {
        let bytes = damaged(encode(&text, encoding), &damage);
        check_map(&Source::decode_as(&bytes, encoding, 0), &bytes, encoding, 0)?;
    }

    #[test]
    fn bad_sequences_map_to_bad_bytes(text in text(), encoding in encodings(), damage in damage()) {
        let bytes = damaged(encode(&text, encoding), &damage);
        let source = Source::decode_as(&bytes, encoding, 0);
        for bad in source.map.bad() {
            prop_assert_eq!(bad.span().of(source.text()), "\u{fffd}");
            prop_assert!(encoding.decode_without_bom_handling(source.map.bad_bytes(*bad)).1);
        }
    }

    #[test]
    fn spans_decode_to_their_text(
        text in text(), encoding in encodings(),
        places in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 20),
    ) {
        let bytes = encode(&text, encoding);
        let source = Source::decode_as(&bytes, encoding, 0);
        for (one, other) in places {
            let place = |index: prop::sample::Index| source.text().floor_char_boundary(index.index(source.text().len() + 1));
            let span = Span::from(place(one).min(place(other))..place(one).max(place(other)));
            let file = source.file_span(span);
            let (decoded, _) = encoding.decode_without_bom_handling(&bytes[file.start as usize..file.end as usize]);
            prop_assert_eq!(decoded, span.of(source.text()));
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..900), text in text(), damage in damage()) {
        for bytes in [bytes, damaged(text.into_bytes(), &damage)] {
            let (source, problems) = Source::decode(&bytes);
            prop_assert!(!source.text().is_empty() || !problems.is_empty());
            let Some(encoding) = Encoding::for_label(source.encoding().as_bytes()) else { continue };
            let mark = source.file_span(Span::default()).start;
            check_map(&source, &bytes, encoding, mark)?;
        }
    }

    #[test]
    fn positions_anywhere_give_spans_lines_and_columns(text in text(), damage in damage(), at: u32, near in 0..3000_u32) {
        let bytes = damaged(text.into_bytes(), &damage);
        let (source, _) = Source::decode(&bytes);
        for span in [Span::new(at, near), Span::new(near, at), Span::new(near, near + 1)] {
            let file = source.file_span(span);
            prop_assert!(file.start <= file.end && file.end <= bytes.len() as u64);
        }
        prop_assert!(source.line(at) >= source.line(near.min(at)) && source.column(near) >= 1);
        let line = source.line_span(source.line(near));
        prop_assert!(!line.of(source.text()).contains('\n'));
    }
}

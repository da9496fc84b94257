//! What must hold for any bytes: one function for each fuzz target, named like it.
//!
//! In: bytes. Out: nothing, or a panic that says what is broken. The fuzz targets of `fuzz/targets` call
//! these, and so do `tests/suite/kept.rs` (every kept input) and `tests/suite/properties.rs` (documents
//! made to look like reports), so that nothing is promised to one and not to the other.
//! Surprise: it is compiled into two crates by path, because `fuzz/` is a workspace of its own.

use encoding_rs::Encoding;
use juesuan::extract::Extraction;
use juesuan::figure::{read_comparator, read_quantity, scan_numbers};
use juesuan::grammar::{GrammarFiles, Grammars};
use juesuan::layout::{Layout, lay_out};
use juesuan::narrative::{Context, read_passage};
use juesuan::source::{Source, Span};
use juesuan::table::{Cell, Table, read_tables};
use std::sync::OnceLock;

/// A target's name and what it calls.
pub type Target = (&'static str, fn(&[u8]));

/// Every fuzz target.
pub const TARGETS: [Target; 7] = [
    ("decode", decode),
    ("layout", layout),
    ("figures", figures),
    ("tables", tables),
    ("narrative", narrative),
    ("grammars", grammars),
    ("extract_document", extract_document),
];

/// The embedded grammars, loaded once.
pub fn embedded() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| {
        Grammars::load(&GrammarFiles::embedded()).unwrap_or_else(|faults| panic!("embedded grammars: {faults:?}"))
    })
}

/// Every character of the text has bytes of its own in the file, in order.
pub fn decode(bytes: &[u8]) {
    let (source, problems) = Source::decode(bytes);
    let text = source.text();
    assert!(!text.is_empty() || !problems.is_empty(), "no text and no reason given");
    let mut before = 0;
    for (at, character) in text.char_indices() {
        let place = source.file_span(Span::from(at..at + character.len_utf8()));
        assert!(place.start >= before && place.end > place.start, "byte {at} of the text lies at {place:?}");
        assert!(place.end <= bytes.len() as u64, "byte {at} of the text lies beyond the file: {place:?}");
        before = place.start;
    }
    for problem in &problems {
        assert_problem_place(problem.span, text);
    }
}

/// The blocks are the text, and everything found lies in it, in order.
pub fn layout(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    assert_layout(&text, &lay_out(&text));
}

/// Every digit is in exactly one number; what stands around numbers is read within bounds.
pub fn figures(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let spans: Vec<Span> = scan_numbers(&text).iter().map(|token| token.span).collect();
    assert_no_number_missed(&text, &spans);
    let vocabulary = embedded().vocabulary();
    for token in scan_numbers(&text) {
        let _ = token.value(&text);
        let (before, after) = (&text[..token.span.start as usize], &text[token.span.end as usize..]);
        let quantity = read_quantity(after, vocabulary);
        assert!(after.is_char_boundary(quantity.length), "a unit ends inside a character: {after:?}");
        if let Some((length, _)) = read_comparator(&before[floor(before)..]) {
            assert!(before.is_char_boundary(before.len() - length), "a comparator begins inside a character");
        }
    }
}

/// A character boundary near the end of `text`, so that long texts are not read from their start each time.
fn floor(text: &str) -> usize {
    text.floor_char_boundary(text.len().saturating_sub(64))
}

/// Every cell has its place in its grid, alone, and its bytes.
pub fn tables(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let layout = lay_out(&text);
    let mut problems = Vec::new();
    let tables = read_tables(&text, &layout, &mut problems);
    assert_tables(&text, &tables, layout.sections.len());
    for problem in &problems {
        assert_problem_place(problem.span, &text);
    }
}

/// Every reading is of a number of the passage, and no number is read twice.
pub fn narrative(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let numbers: Vec<Span> = scan_numbers(&text).iter().map(|token| token.span).collect();
    let mut context = Context { fiscal_year: Some(2021), ..Context::default() };
    let mut before = 0;
    for reading in read_passage(&text, &mut context, embedded()) {
        let range = reading.range.clone();
        assert!(text.get(range.clone()).is_some(), "a reading ends inside a character: {range:?} of {text:?}");
        assert!(range.start >= before && range.end > range.start, "readings overlap at {range:?} of {text:?}");
        before = range.end;
        let is_number = numbers.binary_search(&Span::from(range.clone())).is_ok();
        let has_digits = text[range.clone()].contains(is_digit);
        assert!(is_number || !has_digits, "a reading of {:?} is no number of the passage", &text[range]);
    }
}

/// Grammar files of any content load, or are refused with file, line and column.
///
/// The first byte says which file is replaced; the rest is its text.
pub fn grammars(bytes: &[u8]) {
    let Some((choice, text)) = bytes.split_first() else { return };
    let mut files = GrammarFiles::embedded();
    let paths: Vec<String> = files.below("", "").map(|(path, _)| path.to_owned()).collect();
    let path = paths[*choice as usize % paths.len()].clone();
    files.put(&path, &String::from_utf8_lossy(text));
    let Err(faults) = Grammars::load(&files) else { return };
    assert!(!faults.is_empty(), "refused without a fault");
    for fault in faults {
        assert!(fault.line >= 1 && fault.column >= 1, "a fault without a place: {fault}");
        assert!(paths.contains(&fault.file), "a fault in a file that is not there: {fault}");
        assert!(!fault.message.is_empty(), "a fault without a message in {}", fault.file);
    }
}

/// Everything that the contract promises of one document.
pub fn extract_document(bytes: &[u8]) {
    assert_extraction(bytes, &juesuan::extract_document(bytes, "document.txt", embedded()));
}

/// What [`extract_document`] promises, of an extraction that is there already.
pub fn assert_extraction(bytes: &[u8], extraction: &Extraction<'_>) {
    let text = extraction.source.text();
    assert_layout(text, &extraction.layout);
    let numbers: Vec<Span> = extraction.numbers.iter().map(|number| number.span).collect();
    assert_no_number_missed(text, &numbers);
    for span in numbers {
        assert_bytes_decode(bytes, extraction, span, span.of(text));
    }
    let mut before = 0;
    for fact in &extraction.facts {
        assert!(fact.number >= before, "facts are out of order at {fact:?}");
        before = fact.number;
        let number = extraction.numbers.get(fact.number as usize);
        assert_eq!(number.map(|number| number.span), Some(fact.span), "a fact whose number is another: {fact:?}");
        if let Some((table, row, column)) = fact.cell {
            let table = extraction.tables.get(table as usize).unwrap_or_else(|| panic!("no such table: {fact:?}"));
            assert!(row < table.rows && column < table.columns, "a fact outside of its table: {fact:?}");
        }
        assert!(!fact.rule.is_empty(), "a fact without a rule: {fact:?}");
    }
    assert_tables(text, &extraction.tables, extraction.layout.sections.len());
    for table in &extraction.tables {
        for cell in &table.cells {
            assert_cell_bytes(bytes, extraction, cell);
        }
    }
    for check in &extraction.checks {
        assert_problem_place(Some(check.span), text);
        let known = |fact: &u32| (*fact as usize) < extraction.facts.len();
        assert!(check.facts.iter().all(known), "a check of facts that are not there: {check:?}");
    }
    for problem in &extraction.problems {
        assert_problem_place(problem.span, text);
    }
}

/// The file's bytes of a cell decode to its text; where parts stand apart, to its parts in order.
fn assert_cell_bytes(bytes: &[u8], extraction: &Extraction<'_>, cell: &Cell) {
    let text = extraction.source.text();
    let said = squeeze(&cell.text(text));
    assert!(!said.is_empty(), "a cell of blanks has a row: {cell:?}");
    let Some(decoded) = decoded(bytes, extraction, cell.span) else { return };
    let decoded = squeeze(&decoded);
    match &cell.parts {
        None => assert_eq!(decoded, said, "the bytes of {cell:?} are not its text"),
        Some(parts) => {
            let mut rest = decoded.as_str();
            for part in parts {
                let part = squeeze(part.of(text));
                let at = rest.find(&part).unwrap_or_else(|| panic!("{part:?} is not in its place in {cell:?}"));
                rest = &rest[at + part.len()..];
            }
            let joined: String = parts.iter().map(|part| squeeze(part.of(text))).collect();
            assert_eq!(joined, said, "the parts of {cell:?} are not its text");
        }
    }
}

/// The bytes of `span` decode to `expected`.
fn assert_bytes_decode(bytes: &[u8], extraction: &Extraction<'_>, span: Span, expected: &str) {
    if let Some(decoded) = decoded(bytes, extraction, span) {
        assert_eq!(decoded, expected, "the bytes of {span:?} ({})", extraction.source.encoding());
    }
}

/// What the file holds where `span` lies, read by a decoder that knows nothing of the program; `None` if some
/// of it cannot be decoded or a position says more than one character (Big5 has such pairs).
fn decoded(bytes: &[u8], extraction: &Extraction<'_>, span: Span) -> Option<String> {
    let encoding = Encoding::for_label(extraction.source.encoding().as_bytes())?;
    let place = extraction.source.file_span(span);
    let range = usize::try_from(place.start).ok()?..usize::try_from(place.end).ok()?;
    let part = bytes.get(range).unwrap_or_else(|| panic!("{span:?} lies beyond the file: {place:?}"));
    let (decoded, _) = encoding.decode_without_bom_handling(part);
    (!decoded.contains('\u{fffd}')).then(|| decoded.into_owned())
}

fn assert_layout(text: &str, layout: &Layout) {
    let mut end = 0;
    for block in &layout.blocks {
        assert_eq!(block.span.start, end, "a gap or an overlap between blocks before {block:?}");
        assert!(!block.span.is_empty(), "an empty block: {block:?}");
        end = block.span.end;
    }
    assert_eq!(end as usize, text.len(), "the blocks do not reach the end of the text");
    let mut before = 0;
    for artefact in &layout.artefacts {
        assert!(artefact.start >= before, "artefacts overlap at {artefact:?}");
        assert!(!in_text(text, *artefact).is_empty(), "an empty artefact: {artefact:?}");
        before = artefact.end;
    }
    for paragraph in &layout.paragraphs {
        let mut before = 0;
        assert!(!paragraph.pieces.is_empty(), "a paragraph of nothing: {paragraph:?}");
        for piece in &paragraph.pieces {
            assert!(piece.start >= before, "pieces out of order: {paragraph:?}");
            in_text(text, *piece);
            before = piece.end;
        }
        let known = paragraph.section.is_none_or(|section| (section as usize) < layout.sections.len());
        assert!(known, "a paragraph of no section: {paragraph:?}");
    }
    for (index, section) in layout.sections.iter().enumerate() {
        in_text(text, section.span);
        assert!(
            section.parent.is_none_or(|parent| (parent as usize) < index),
            "a section above its parent: {section:?}"
        );
    }
}

fn assert_tables(text: &str, tables: &[Table], sections: usize) {
    for table in tables {
        in_text(text, table.span);
        assert!(table.section.is_none_or(|section| (section as usize) < sections), "a table of no section");
        let mut order = None;
        for cell in &table.cells {
            in_text(text, cell.span);
            assert!(table.span.contains(cell.span), "{cell:?} lies outside of its table at {:?}", table.span);
            assert!(cell.row_span >= 1 && cell.column_span >= 1, "a cell that covers nothing: {cell:?}");
            let (rows, columns) = (cell.row.checked_add(cell.row_span), cell.column.checked_add(cell.column_span));
            let inside = rows.is_some_and(|rows| rows <= table.rows) && columns.is_some_and(|end| end <= table.columns);
            assert!(inside, "{cell:?} reaches beyond {} × {} cells", table.rows, table.columns);
            assert!(order < Some((cell.row, cell.column)), "cells out of order, or two in one place: {cell:?}");
            order = Some((cell.row, cell.column));
            for part in cell.parts.iter().flatten() {
                in_text(text, *part);
                assert!(cell.span.contains(*part), "a part outside of its cell: {cell:?}");
            }
        }
        assert_no_overlap(table);
    }
}

/// No two cells cover one place of the grid. Merged cells that cover very much are left out: time.
fn assert_no_overlap(table: &Table) {
    let covered: u64 = table.cells.iter().map(|cell| u64::from(cell.row_span) * u64::from(cell.column_span)).sum();
    if covered > 1_000_000 {
        return;
    }
    let mut taken = std::collections::HashSet::new();
    for cell in &table.cells {
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                assert!(taken.insert((row, column)), "two cells cover row {row}, column {column}; one is {cell:?}");
            }
        }
    }
}

fn assert_problem_place(span: Option<Span>, text: &str) {
    if let Some(span) = span {
        in_text(text, span);
    }
}

/// The text of `span`, which must lie in `text` and not cut a character.
fn in_text(text: &str, span: Span) -> &str {
    let found = (span.start <= span.end).then(|| text.get(span.range())).flatten();
    found.unwrap_or_else(|| panic!("{span:?} does not lie in the text of {} bytes, or cuts a character", text.len()))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A digit, half or full width.
fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

/// Checks `numbers`, in order, against a reading of its own: each Arabic digit of `text` is in exactly one of
/// them, none could be longer, and each is a run of digits with separators and decimals as the contract says.
/// Quantities in Chinese numerals may stand between them.
pub fn assert_no_number_missed(text: &str, numbers: &[Span]) {
    let mut next = 0;
    for span in numbers {
        assert!(span.start as usize >= next, "numbers overlap at {span:?}");
        let missed = &text[next..span.start as usize];
        assert!(!missed.contains(is_digit), "digits that no number has: {missed:?}");
        let raw = in_text(text, *span);
        let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
        if raw.contains(is_digit) {
            assert_shape(raw);
            assert!(!before.ends_with(is_digit) && !after.starts_with(is_digit), "{raw:?} is cut off");
            let mut following = after.chars();
            let decimals = matches!(following.next(), Some('.' | '．')) && following.next().is_some_and(is_digit);
            assert!(!decimals || raw.contains(['.', '．']), "{raw:?} lacks its decimals");
        }
        next = span.end as usize;
    }
    let missed = &text[next..];
    assert!(!missed.contains(is_digit), "digits that no number has: {missed:?}");
}

/// `digits`, or groups of three after up to three digits, then perhaps a point and digits.
fn assert_shape(raw: &str) {
    let mut halves = raw.split(['.', '．']);
    let whole = halves.next().unwrap_or("");
    let decimals = halves.next();
    assert!(halves.next().is_none(), "{raw:?} has two points");
    assert!(decimals.is_none_or(|decimals| !decimals.is_empty() && decimals.chars().all(is_digit)), "{raw:?}");
    let groups: Vec<&str> = whole.split([',', '，']).collect();
    assert!(groups.iter().all(|group| !group.is_empty() && group.chars().all(is_digit)), "{raw:?}");
    let lengths: Vec<usize> = groups.iter().map(|group| group.chars().count()).collect();
    let grouped = lengths.len() == 1 || (lengths[0] <= 3 && lengths[1..].iter().all(|length| *length == 3));
    assert!(grouped, "{raw:?} has groups of {lengths:?} digits");
}

//! Properties of a layout that hold for any text, and what they look like on real reports.

use super::*;
use proptest::prelude::*;

/// What converters leave, in small pieces to be thrown together.
const SOUP: [&str; 52] = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\t\t",
    " ",
    "    ",
    "\u{3000}",
    "\x0c",
    "\u{feff}",
    "[bookmark: _Toc1]",
    "[image: ]",
    "[bookmark:",
    "[",
    "]",
    "image3.emf\n",
    "image12.png",
    "<p>",
    "</p>",
    "<table>",
    "</table>",
    "<tr><td>",
    "</td></tr>",
    "<html>",
    "<head>",
    "</head>",
    "<!--",
    "-->",
    "<",
    ">",
    "**",
    "***",
    "- 12 -\n",
    "12\n",
    "第一部分 概况",
    "一、",
    "（二）",
    "3.",
    "9、 ",
    "附件1\n",
    "收入支出决算总表\n",
    "单位：万元\n",
    "公开 01 表\n",
    "注：本表",
    "307.82",
    "云溪县水务局收入总计",
    "，",
    "。",
    "|",
    "# ",
    "目录\n",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SOUP.to_vec()), 0..120).prop_map(|parts| parts.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let layout = lay_out(text);
    let mut at = 0;
    for block in &layout.blocks {
        prop_assert_eq!(block.span.start, at, "blocks follow one another");
        prop_assert!(!block.span.is_empty() && text.get(block.span.range()).is_some());
        at = block.span.end;
    }
    prop_assert_eq!(at as usize, text.len());
    for pair in layout.artefacts.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "artefacts are in order");
    }
    let starts: Vec<u32> = layout.sections.iter().map(|section| section.span.start).collect();
    prop_assert!(starts.is_sorted());
    for (index, section) in layout.sections.iter().enumerate() {
        prop_assert!(section.parent.is_none_or(|parent| (parent as usize) < index));
    }
    let mut pieces: Vec<Span> = layout.paragraphs.iter().flat_map(|paragraph| paragraph.pieces.clone()).collect();
    for paragraph in &layout.paragraphs {
        prop_assert!(!paragraph.pieces.is_empty());
        prop_assert!(paragraph.section.is_none_or(|section| (section as usize) < layout.sections.len()));
    }
    pieces.sort_unstable();
    for pair in pieces.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "no byte is in two paragraphs");
    }
    let tables = layout.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table(_))).map(|block| block.span);
    check_digits(text, &layout, &pieces, &tables.collect::<Vec<Span>>())
}

/// Every digit stands in a paragraph, a table or an artefact.
fn check_digits(text: &str, layout: &Layout, pieces: &[Span], tables: &[Span]) -> Result<(), TestCaseError> {
    let inside = |spans: &[Span], at: u32| spans.iter().any(|span| span.start <= at && at < span.end);
    for (at, char) in text.char_indices().filter(|(_, char)| char.is_ascii_digit()) {
        let at = at as u32;
        let held = inside(pieces, at) || inside(tables, at) || inside(&layout.artefacts, at);
        prop_assert!(held, "{char} at {at} of {text:?} is lost");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_is_lost_in_a_soup_of_artefacts(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn nothing_is_lost_in_any_text(text in "\\PC{0,200}") {
        check(&text)?;
    }
}

#[test]
fn an_empty_text_has_no_blocks() {
    let layout = lay_out("");
    assert!(layout.blocks.is_empty() && layout.paragraphs.is_empty());
}

/// The real reports, if they are there.
fn reports() -> Vec<(String, String)> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let shared = std::env::var("JUESUAN_SHARED").unwrap_or_else(|_| default.to_owned());
    let Ok(folder) = std::fs::read_dir(format!("{shared}/reports")) else { return Vec::new() };
    let mut reports: Vec<(String, String)> = folder
        .filter_map(Result::ok)
        .filter_map(|file| Some((file.file_name().into_string().ok()?, std::fs::read_to_string(file.path()).ok()?)))
        .collect();
    reports.sort();
    reports
}

#[test]
fn nothing_is_lost_in_real_reports() {
    let reports = reports();
    if reports.is_empty() {
        eprintln!("skipped: no reports in ../shared/reports; set JUESUAN_SHARED");
    }
    for (name, text) in reports {
        check(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        check(&text.replace('\n', "\r\n")).unwrap_or_else(|error| panic!("{name} with CRLF: {error}"));
    }
}

#[test]
fn every_converter_gives_the_same_sections_of_a_real_report() {
    let titles = |text: &str| -> Vec<String> {
        let squeeze = |title: &str| title.chars().filter(|char| !char.is_whitespace()).collect();
        lay_out(text).sections.iter().map(|section| squeeze(&section.title)).collect()
    };
    let reports = reports();
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let mut compared = 0;
    for pair in reports.windows(2).filter(|pair| stem(&pair[0].0) == stem(&pair[1].0)) {
        assert_eq!(titles(&pair[0].1), titles(&pair[1].1), "{} and {}", pair[0].0, pair[1].0);
        compared += 1;
    }
    if compared == 0 {
        eprintln!("skipped: no report in two forms in ../shared/reports; set JUESUAN_SHARED");
    }
}

//! Finds what converters leave in the text: bookmarks, image marks, tags, emphasis, byte order marks.
//!
//! In: the text. Out: [`Marks`]: the spans to leave out, and what the markup says about lines and
//! tables. Tags are read in [`super::markup`]; page numbers and page headers need lines and are found
//! in [`super::page`]. Surprise: `***（款）` is a blank to fill in, not emphasis.

use super::markup;
use crate::source::Span;
use memchr::{memchr, memchr2, memchr3, memmem};

/// What the markup of a text says.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Converter residue, in order, never overlapping.
    pub artefacts: Vec<Span>,
    /// Number of pairs of `**`.
    pub emphasis: usize,
    /// Where markup begins a new line although the text does not.
    pub breaks: Vec<u32>,
    /// `<table>` to `</table>`, the outermost only.
    pub tables: Vec<Span>,
    /// `image4.emf` and the like, alone on their line.
    pub images: Vec<Span>,
    /// Tables whose cells stand on lines of their own, each with a pipe behind it.
    pub cells: Vec<Span>,
    /// Whether the text as a whole is HTML.
    pub html: bool,
    /// Whether line ends mean nothing because elements tell what a line is.
    pub soft_lines: bool,
}

/// The longest `[bookmark: …]`, `[image: …]` or `![](…)`, in bytes.
const LONGEST_BRACKET: usize = 600;

/// Finds all marks of `text` in a few sweeps, each for the one byte that its marks begin with.
pub(super) fn scan(text: &str) -> Marks {
    let bytes = text.as_bytes();
    let mut marks = Marks { html: is_html(bytes), ..Marks::default() };
    markup::find_tags(bytes, &mut marks);
    find_brackets(bytes, &mut marks.artefacts);
    let mut emphasis = Vec::new();
    find_emphasis(text, &mut emphasis);
    marks.emphasis = emphasis.len() / 2;
    marks.artefacts.extend(emphasis);
    find_images(bytes, &mut marks);
    find_rules(text, &mut marks.artefacts);
    find_cell_ends(text, &mut marks);
    marks.artefacts.extend(memmem::find_iter(bytes, "\u{feff}").map(|at| Span::from(at..at + 3)));
    if marks.html {
        find_spaces(bytes, &mut marks.artefacts);
        // Tika gives the lines of a PDF as it finds them, in `<div class="page">`.
        let kept = [&b"<div class=\"page\""[..], b"<pre"].iter().any(|element| memmem::find(bytes, element).is_some());
        marks.soft_lines = marks.breaks.len() >= 6 && !kept;
    }
    normalise(&mut marks.artefacts);
    marks
}

/// Sorts the spans and joins those that overlap or touch inside one another.
pub(super) fn normalise(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let inside = next.start < kept.end;
        if inside {
            kept.end = kept.end.max(next.end);
        }
        inside
    });
}

/// Whether the text begins as HTML or XML does.
fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let head = &bytes[start..bytes.len().min(start + 14)];
    [&b"<html"[..], b"<!doctype html", b"<?xml", b"<head", b"<body"]
        .iter()
        .any(|opening| head.len() >= opening.len() && head[..opening.len()].eq_ignore_ascii_case(opening))
        && memmem::find(bytes, b">").is_some()
}

/// Finds `[bookmark: …]`, `[image: …]` (Tika) and `![…](…)` (Markdown).
fn find_brackets(bytes: &[u8], artefacts: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(offset) = memchr(b'[', &bytes[at..]) {
        let start = at + offset;
        at = start + 1;
        let rest = &bytes[at..bytes.len().min(at + LONGEST_BRACKET)];
        if rest.starts_with(b"bookmark:") || rest.starts_with(b"image:") {
            if let Some(end) = memchr2(b']', b'[', rest).filter(|end| rest[*end] == b']') {
                at += end + 1;
                artefacts.push(Span::from(start..at));
            }
        } else if start > 0
            && bytes[start - 1] == b'!'
            && let Some(middle) = memchr2(b']', b'[', rest).filter(|middle| rest[*middle..].starts_with(b"]("))
            && let Some(end) = memchr3(b')', b'[', b'\n', &rest[middle..]).filter(|end| rest[middle + end] == b')')
        {
            at += middle + end + 1;
            artefacts.push(Span::from(start - 1..at));
        }
    }
}

/// Whether a line is drawn between the rows of a table, or below a heading: ` ------ ------`.
pub(crate) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let drawn = |byte: u8| matches!(byte, b'-' | b' ');
    line.len() >= 8 && line.bytes().all(drawn) && line.contains("----")
}

/// Finds lines that are drawn.
fn find_rules(text: &str, artefacts: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(found) = memmem::find(&text.as_bytes()[at..], b"----").map(|offset| at + offset) {
        let start = text[..found].rfind('\n').map_or(0, |end| end + 1);
        let end = memchr(b'\n', &text.as_bytes()[found..]).map_or(text.len(), |offset| found + offset);
        let line = &text[start..end];
        if start >= at && is_rule(line) {
            let first = start + (line.len() - line.trim_start().len());
            artefacts.push(Span::from(first..first + line.trim().len()));
        }
        at = end;
    }
}

/// Finds the pipes that scrapers of web pages write behind each cell on a line of its own: `9.50 |`, or
/// on the next line.
fn find_cell_ends(text: &str, marks: &mut Marks) {
    // Fewer are no table; a cell holds few lines.
    const FEWEST: usize = 6;
    const LINES_OF_A_CELL: usize = 2;
    if memchr(b'|', text.as_bytes()).is_none() {
        return;
    }
    let mut ends: Vec<Span> = Vec::new();
    // Where the cells begin, the line before, and lines since the last pipe.
    let (mut first, mut before, mut without) = (0, 0, 0);
    let mut close = |ends: &mut Vec<Span>, first: usize| {
        if ends.len() >= FEWEST {
            marks.cells.extend(ends.last().map(|last| Span::from(first..last.end as usize)));
            marks.artefacts.append(ends);
        }
        ends.clear();
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        match memchr(b'|', shown.as_bytes()) {
            Some(at) if at + 1 == shown.len() => {
                if ends.is_empty() {
                    first = if at == 0 { before } else { start };
                }
                let end = start + line.trim_end().len();
                ends.push(Span::from(end - 1..end));
                without = 0;
            }
            None if without < LINES_OF_A_CELL && !shown.is_empty() => without += 1,
            _ => {
                close(&mut ends, first);
                without = 0;
            }
        }
        before = start;
        start += line.len();
    }
    close(&mut ends, first);
}

/// Finds pairs of `**` on one line. `***` and `**（款）` are blanks that nobody filled in.
fn find_emphasis(text: &str, emphasis: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut open: Option<usize> = None;
    while let Some(offset) = memchr2(b'*', b'\n', &bytes[at..]) {
        let start = at + offset;
        let stars = bytes[start..].iter().take_while(|byte| **byte == b'*').count();
        at = start + stars.max(1);
        match (stars, open.take()) {
            (2, None) if opens_emphasis(text, start) => open = Some(start),
            (2, Some(first)) if first + 2 < start => {
                emphasis.push(Span::from(first..first + 2));
                emphasis.push(Span::from(start..start + 2));
            }
            _ => {}
        }
    }
}

/// Whether the two stars at `start` may begin emphasis: not behind a digit, not before a bracket.
fn opens_emphasis(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[start + 2..].chars().next();
    !before.is_some_and(|char| char.is_ascii_digit())
        && after.is_some_and(|char| !char.is_whitespace() && !"（(，。；、：".contains(char))
}

/// Finds lines that hold only the name of an image: `image3.emf`, `media/image1.png`.
fn find_images(bytes: &[u8], marks: &mut Marks) {
    for at in memmem::find_iter(bytes, b"image") {
        let digits = bytes[at + 5..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let dot = at + 5 + digits;
        if digits == 0 || digits > 6 || bytes.get(dot) != Some(&b'.') {
            continue;
        }
        let letters = bytes[dot + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let extension = &bytes[dot + 1..dot + 1 + letters];
        let named = [&b"emf"[..], b"wmf", b"png", b"jpg", b"jpeg", b"gif", b"bmp", b"tif", b"tiff"];
        let end = dot + 1 + letters;
        let mut start = at;
        while start > 0 && at - start < 64 && !matches!(bytes[start - 1], b'\n' | b'\r' | 0x0c) {
            start -= 1;
        }
        let clean = bytes[start..at].iter().all(|byte| byte.is_ascii_alphanumeric() || b" \t/".contains(byte));
        if named.contains(&extension) && clean && line_is_over(&bytes[end..]) {
            let span = Span::from(start..end);
            marks.images.push(span);
            marks.artefacts.push(span);
        }
    }
}

/// Whether only white space stands before the next line end.
fn line_is_over(bytes: &[u8]) -> bool {
    let spaces = bytes.iter().take(64).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    matches!(bytes.get(spaces), None | Some(b'\n' | 0x0c)) || bytes[..spaces].contains(&b'\r')
}

/// Finds entities that stand for white space: `&nbsp;`, `&#160;`.
fn find_spaces(bytes: &[u8], artefacts: &mut Vec<Span>) {
    for at in memchr::memchr_iter(b'&', bytes) {
        let entities = [&b"&nbsp;"[..], b"&#160;", b"&#xa0;", b"&#xA0;", b"&ensp;", b"&emsp;", b"&#12288;", b"&#13;"];
        if let Some(entity) = entities.iter().find(|entity| bytes[at..].starts_with(entity)) {
            artefacts.push(Span::from(at..at + entity.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        scan(text).artefacts.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn pipes_behind_cells_on_lines_of_their_own_are_artefacts() {
        let cells = "项目 |\n决算数 |\n甲 |\n1.50 |\n乙\n|\n|\n";
        assert_eq!(scan(cells).artefacts.len(), 6);
        assert!(scan("项目 | 决算数 |\n甲 | 1.50 |\n").artefacts.is_empty(), "rows");
        assert!(scan("首页 |\n正文。\n").artefacts.is_empty(), "prose");
    }

    #[test]
    fn drawn_lines_are_artefacts() {
        let text = "  ------ ------\n  项目    金额\n---\n| ---- | ---- |\n--------";
        let found: Vec<&str> = scan(text).artefacts.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["------ ------", "--------"]);
    }

    #[test]
    fn bookmarks_and_image_marks_are_residue() {
        assert_eq!(cut("9、 [bookmark: _Toc1][bookmark: _Toc2]其他"), ["[bookmark: _Toc1]", "[bookmark: _Toc2]"]);
        assert_eq!(cut("见[image: 图片 1]下"), ["[image: 图片 1]"]);
        assert_eq!(cut("[bookmark: 没有结束 [1]"), Vec::<&str>::new());
        assert_eq!(cut("![](images/0a1.jpg)图"), ["![](images/0a1.jpg)"]);
    }

    #[test]
    fn image_names_count_only_on_a_line_of_their_own() {
        assert_eq!(cut("image3.emf\n基本\n  image12.png \n"), ["image3.emf", "  image12.png"]);
        assert_eq!(cut("见 image3.emf 所示"), Vec::<&str>::new());
    }

    #[test]
    fn blanks_to_fill_in_are_not_emphasis() {
        let stars = |text: &str| scan(text).artefacts.len();
        assert_eq!(stars("资金。**四是**建立"), 2);
        assert_eq!(stars("（类）***（款）***（项）"), 0);
        assert_eq!(stars("（类）**（款）**（项）"), 0);
        assert_eq!(stars("20**年**月"), 0);
        assert_eq!(stars("**未完\n下行**"), 0);
    }
}

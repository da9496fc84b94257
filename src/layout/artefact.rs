//! Finds what converters leave in the text: bookmarks, image marks, tags, emphasis, byte order marks.
//!
//! In: the text. Out: [`Marks`]: the spans to leave out, and what the markup says about lines and
//! tables. Page numbers and page headers need lines and are found in [`super::page`].
//! Surprise: `<` is ordinary in reports (`<项级>`, 《关于执行<目录（2018 年版）>…》), so outside of
//! HTML only the names of real tags count; and `***（款）` is a blank to fill in, not emphasis.

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
    /// Whether the text as a whole is HTML.
    pub html: bool,
}

/// Tags that count outside of HTML, sorted.
const TAGS: [&[u8]; 38] = [
    b"a",
    b"b",
    b"body",
    b"br",
    b"caption",
    b"center",
    b"col",
    b"colgroup",
    b"div",
    b"em",
    b"figure",
    b"font",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"head",
    b"hr",
    b"html",
    b"i",
    b"img",
    b"li",
    b"meta",
    b"ol",
    b"p",
    b"span",
    b"strong",
    b"sub",
    b"sup",
    b"table",
    b"tbody",
    b"td",
    b"tfoot",
    b"th",
    b"thead",
    b"tr",
    b"u",
    b"ul",
];

/// Tags that stand between lines, sorted.
const BLOCKS: [&[u8]; 25] = [
    b"blockquote",
    b"body",
    b"br",
    b"center",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"figure",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"head",
    b"hr",
    b"html",
    b"li",
    b"ol",
    b"p",
    b"pre",
    b"section",
    b"table",
    b"ul",
];

/// Elements that hold no text of the report, sorted.
const RAW: [&[u8]; 3] = [b"head", b"script", b"style"];

/// The longest `[bookmark: …]`, `[image: …]` or `![](…)`, in bytes.
const LONGEST_BRACKET: usize = 600;

/// Finds all marks of `text` in a few sweeps, each for the one byte that its marks begin with.
pub(super) fn scan(text: &str) -> Marks {
    let bytes = text.as_bytes();
    let mut marks = Marks { html: is_html(bytes), ..Marks::default() };
    find_tags(bytes, &mut marks);
    find_brackets(bytes, &mut marks.artefacts);
    let mut emphasis = Vec::new();
    find_emphasis(text, &mut emphasis);
    marks.emphasis = emphasis.len() / 2;
    marks.artefacts.extend(emphasis);
    find_images(bytes, &mut marks);
    marks.artefacts.extend(memmem::find_iter(bytes, "\u{feff}").map(|at| Span::from(at..at + 3)));
    if marks.html {
        find_spaces(bytes, &mut marks.artefacts);
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

/// A tag, comment or declaration.
struct Tag {
    name: [u8; 12],
    length: usize,
    closing: bool,
    empty: bool,
    end: usize,
}

impl Tag {
    /// Reads the tag at `start`, where a `<` stands.
    fn read(bytes: &[u8], start: usize, html: bool) -> Option<Tag> {
        let mut tag = Tag { name: [0; 12], length: 0, closing: false, empty: false, end: 0 };
        let mut at = start + 1;
        tag.closing = bytes.get(at) == Some(&b'/');
        at += usize::from(tag.closing);
        while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            if tag.length == tag.name.len() {
                break;
            }
            tag.name[tag.length] = byte.to_ascii_lowercase();
            tag.length += 1;
            at += 1;
        }
        let declared = html && matches!(bytes.get(at), Some(b'!' | b'?'));
        let known = tag.length > 0 && tag.name[0].is_ascii_lowercase() && (html || tag.is_one_of(&TAGS));
        let ends = matches!(bytes.get(at), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
        if !(declared || known && ends) {
            return None;
        }
        let close = at + memchr2(b'>', b'<', &bytes[at..])?;
        tag.empty = bytes[close - 1] == b'/';
        tag.end = close + 1;
        (bytes[close] == b'>').then_some(tag)
    }

    fn is(&self, name: &[u8]) -> bool {
        &self.name[..self.length] == name
    }

    fn is_one_of(&self, sorted: &[&[u8]]) -> bool {
        sorted.binary_search(&&self.name[..self.length]).is_ok()
    }
}

/// Finds tags and comments, the lines that they begin, and the tables that they make.
fn find_tags(bytes: &[u8], marks: &mut Marks) {
    let mut at = 0;
    let mut tables = OpenTables::default();
    // What is looked for in vain once is never looked for again: that would not be linear.
    let (mut comments_end, mut raw_ends) = (true, true);
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        let start = at + offset;
        at = start + 1;
        if bytes[start..].starts_with(b"<!--") {
            let end = if comments_end { memmem::find(&bytes[start..], b"-->") } else { None };
            comments_end = end.is_some();
            if let Some(end) = end {
                at = start + end + 3;
                marks.artefacts.push(Span::from(start..at));
            }
            continue;
        }
        let Some(tag) = Tag::read(bytes, start, marks.html) else { continue };
        at = tag.end;
        if marks.html && raw_ends && !tag.closing && !tag.empty && tag.is_one_of(&RAW) {
            let end = raw_end(bytes, &tag);
            raw_ends = end.is_some();
            at = end.unwrap_or(at);
        }
        marks.artefacts.push(Span::from(start..at));
        if tables.take(bytes, &tag, start, marks) {
            continue;
        }
        if marks.html && tag.is_one_of(&BLOCKS) {
            let after = tag.closing || tag.empty || tag.is(b"br") || tag.is(b"head");
            marks.breaks.push(if after { line_end(bytes, at) } else { start } as u32);
        }
    }
    tables.close(bytes, marks);
}

/// The end of an element that holds no text of the report.
fn raw_end(bytes: &[u8], tag: &Tag) -> Option<usize> {
    let close: &[u8] = match &tag.name[..tag.length] {
        b"head" => b"</head>",
        b"script" => b"</script>",
        _ => b"</style>",
    };
    memmem::find(&bytes[tag.end..], close).map(|found| tag.end + found + close.len())
}

/// `at`, or behind the line end that directly follows it.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let spaces = bytes[at..].iter().take(64).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    if bytes.get(at + spaces) == Some(&b'\n') { at + spaces + 1 } else { at }
}

/// The tables whose end has not been met.
#[derive(Default)]
struct OpenTables {
    depth: u32,
    start: usize,
    last: usize,
}

impl OpenTables {
    /// Takes note of `tag`; true if it belongs to a table.
    fn take(&mut self, bytes: &[u8], tag: &Tag, start: usize, marks: &mut Marks) -> bool {
        if tag.is(b"table") && !tag.closing && !tag.empty {
            if self.depth == 0 {
                self.start = start;
                marks.breaks.push(start as u32);
            }
            self.depth += 1;
            return true;
        }
        if self.depth == 0 {
            return false;
        }
        if tag.is(b"table") && tag.closing {
            self.depth -= 1;
            if self.depth == 0 {
                self.last = tag.end;
                self.push(bytes, marks);
            }
        } else if tag.is(b"tr") || tag.is(b"td") {
            self.last = tag.end;
        }
        true
    }

    /// A table that never ends reaches to its last cell.
    fn close(&mut self, bytes: &[u8], marks: &mut Marks) {
        if self.depth > 0 && self.last > self.start {
            self.push(bytes, marks);
        }
    }

    fn push(&self, bytes: &[u8], marks: &mut Marks) {
        marks.tables.push(Span::from(self.start..self.last));
        let end = line_end(bytes, self.last) as u32;
        let place = marks.breaks.partition_point(|at| *at < end);
        marks.breaks.insert(place, end);
    }
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
    fn bookmarks_and_image_marks_are_residue() {
        assert_eq!(cut("9、 [bookmark: _Toc1][bookmark: _Toc2]其他"), ["[bookmark: _Toc1]", "[bookmark: _Toc2]"]);
        assert_eq!(cut("见[image: 图片 1]下"), ["[image: 图片 1]"]);
        assert_eq!(cut("[bookmark: 没有结束 [1]"), Vec::<&str>::new());
        assert_eq!(cut("![](images/0a1.jpg)图"), ["![](images/0a1.jpg)"]);
    }

    #[test]
    fn only_real_tags_are_residue_outside_of_html() {
        assert_eq!(cut("<p>一、加强</p> 执行<项级>和<2018 年版>"), ["<p>", "</p>"]);
        assert_eq!(cut("指标<5且>3"), Vec::<&str>::new());
        assert_eq!(cut("<!-- image -->甲"), ["<!-- image -->"]);
    }

    #[test]
    fn the_head_of_html_is_one_artefact() {
        let text = "<html><head><meta content=\"2024\"/></head><body><p>云溪县&nbsp;2024</p></body></html>";
        let marks = scan(text);
        assert!(marks.html);
        assert_eq!(cut(text)[1], "<head><meta content=\"2024\"/></head>");
        assert!(cut(text).contains(&"&nbsp;"));
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

    #[test]
    fn tables_are_found_with_those_inside() {
        let text = "甲<table><tr><td><table></table></td></tr></table>\n乙<table><tr><td>1</td>";
        let marks = scan(text);
        let tables: Vec<&str> = marks.tables.iter().map(|span| span.of(text)).collect();
        assert_eq!(tables, ["<table><tr><td><table></table></td></tr></table>", "<table><tr><td>1</td>"]);
        assert!(marks.breaks.is_sorted());
    }

    #[test]
    fn the_lists_of_tags_are_sorted() {
        assert!(TAGS.is_sorted());
        assert!(BLOCKS.is_sorted());
    }
}

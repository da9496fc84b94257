//! Reads tags: where they stand, the lines that they begin, the tables that they make.
//!
//! In: the text's bytes. Out: the artefacts, breaks and tables of [`Marks`].
//! Surprise: `<` is ordinary in reports (`<项级>`, 《关于执行<目录（2018 年版）>…》), so outside of
//! HTML only the names of real tags count.

use super::artefact::Marks;
use crate::source::Span;
use memchr::{memchr, memchr2, memmem};

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
pub(super) fn find_tags(bytes: &[u8], marks: &mut Marks) {
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

#[cfg(test)]
mod tests {
    use super::super::artefact::scan;
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        scan(text).artefacts.iter().map(|span| span.of(text)).collect()
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
    fn tables_are_found_with_those_inside() {
        let text = "甲<table><tr><td><table></table></td></tr></table>\n乙<table><tr><td>1</td>";
        let marks = scan(text);
        let tables: Vec<&str> = marks.tables.iter().map(|span| span.of(text)).collect();
        assert_eq!(tables, ["<table><tr><td><table></table></td></tr></table>", "<table><tr><td>1</td>"]);
        assert!(marks.breaks.is_sorted());
    }

    #[test]
    fn line_ends_of_html_mean_nothing_unless_it_was_a_pdf() {
        let text = format!("<html><body>{}</body></html>", "<p>甲\n乙</p>".repeat(4));
        assert!(scan(&text).soft_lines);
        assert!(!scan(&text.replace("<body>", "<body><div class=\"page\">")).soft_lines);
    }

    #[test]
    fn the_lists_of_tags_are_sorted() {
        assert!(TAGS.is_sorted());
        assert!(BLOCKS.is_sorted());
    }
}

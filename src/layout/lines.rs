//! Cuts the text into lines and measures each once: indent, width, gaps, tabs.
//!
//! In: the text and its [`Marks`]. Out: [`Line`]s that follow one another without a hole. Every
//! later step looks at these instead of the characters.
//! Surprise: a form feed is a line of its own, and markup can begin a line where the text has no
//! line end (`</p><p>`, `<table>`), so that "whole lines" mean the same in every converter's output.

use super::artefact::Marks;
use super::shape::{Shape, Tally, Trait};
use super::{BlockKind, TableLayout};
use crate::source::Span;
use memchr::memchr3_iter;
use std::borrow::Cow;

/// One line and what its characters look like. Artefacts do not count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    /// The whole line, its end included.
    pub span: Span,
    /// From its first to its last visible character.
    pub core: Span,
    /// Columns before the core; a Chinese character takes two.
    pub indent: u32,
    /// Columns of the whole line.
    pub columns: u32,
    /// Columns of the core.
    pub width: u32,
    /// Runs of two or more spaces inside the core.
    pub gaps: u32,
    /// Tabs in the whole line.
    pub tabs: u32,
    /// Tabs inside the core.
    pub inner_tabs: u32,
    /// What its words look like.
    pub shape: Shape,
    /// What it is, once a step has claimed it.
    pub kind: Option<BlockKind>,
    /// Tells adjacent blocks of the same kind apart.
    pub group: u32,
}

impl Line {
    /// Whether it shows nothing: empty, white space, or only artefacts.
    pub fn is_blank(&self) -> bool {
        self.core.is_empty()
    }

    /// Whether it has the trait.
    pub fn has(&self, wanted: Trait) -> bool {
        self.shape.traits.has(wanted)
    }

    /// Whether it holds nothing but its line end.
    pub fn is_empty(&self) -> bool {
        self.is_blank()
            && self.span.len() <= 2
            && self.columns == 0
            && !self.has(Trait::Marked)
            && !self.has(Trait::Feed)
    }

    /// Whether it shows something and no step has claimed it.
    pub fn is_open(&self) -> bool {
        self.kind.is_none() && !self.is_blank()
    }

    /// The column behind its last character.
    pub fn edge(&self) -> u32 {
        self.indent.saturating_add(self.width)
    }

    /// Claims it for a table.
    pub fn claim(&mut self, layout: TableLayout, group: u32) {
        self.kind = Some(BlockKind::Table(layout));
        self.group = group;
    }

    /// Its words without artefacts.
    pub fn words<'t>(&self, text: &'t str, artefacts: &[Span]) -> Cow<'t, str> {
        if self.has(Trait::Cut) {
            Cow::Owned(visible(self.core, artefacts).map(|piece| piece.of(text)).collect())
        } else {
            Cow::Borrowed(self.core.of(text))
        }
    }
}

/// The pieces of `span` between the artefacts.
pub(super) fn visible(span: Span, artefacts: &[Span]) -> impl Iterator<Item = Span> + '_ {
    let first = artefacts.partition_point(|artefact| artefact.end <= span.start);
    let mut at = span.start;
    let inside = artefacts[first..].iter().take_while(move |artefact| artefact.start < span.end);
    inside.copied().chain([Span::new(span.end, span.end)]).filter_map(move |artefact| {
        let piece = Span::new(at, artefact.start);
        at = artefact.end;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Cuts `text` into measured lines.
pub(super) fn split(text: &str, marks: &Marks) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 40 + 1);
    let mut cutter =
        Cutter { text, artefacts: &marks.artefacts, next: 0, start: 0, lines: &mut lines, nothing: 0, fresh: false };
    let mut breaks = marks.breaks.iter().map(|at| *at as usize).peekable();
    for at in memchr3_iter(b'\n', b'\r', 0x0c, bytes) {
        while let Some(at) = breaks.next_if(|next| *next <= at) {
            cutter.cut(at, true);
        }
        match bytes[at] {
            b'\r' | b'\n' if marks.soft_lines => {}
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            0x0c => {
                cutter.cut(at, false);
                cutter.cut(at + 1, false);
            }
            _ => cutter.cut(at + 1, false),
        }
    }
    for at in breaks {
        cutter.cut(at, true);
    }
    cutter.cut(bytes.len(), false);
    lines
}

/// Where the cutting stands.
struct Cutter<'a> {
    text: &'a str,
    artefacts: &'a [Span],
    /// The first artefact that does not lie wholly before `start`.
    next: usize,
    start: usize,
    lines: &'a mut Vec<Line>,
    /// Empty lines and form feeds since the last other line.
    nothing: u32,
    /// Whether markup began the line that is being cut.
    fresh: bool,
}

impl Cutter<'_> {
    /// Ends the line before `at`, unless it would be empty.
    fn cut(&mut self, at: usize, fresh: bool) {
        let indent =
            fresh && self.text.as_bytes()[self.start..at.min(self.start + 64)].iter().all(u8::is_ascii_whitespace);
        if at > self.start && !indent && self.is_more_of_nothing(at) {
            self.start = at;
        } else if at > self.start && !indent {
            let span = Span::from(self.start..at);
            while self.artefacts.get(self.next).is_some_and(|artefact| artefact.end <= span.start) {
                self.next += 1;
            }
            let (mut line, tally) = measure(self.text.as_bytes(), span, &self.artefacts[self.next..]);
            line.shape.traits.set(Trait::Fresh, self.fresh);
            let shape = Shape::of(&line.words(self.text, &self.artefacts[self.next..]), tally);
            line.shape = Shape { traits: line.shape.traits.and(shape.traits), ..shape };
            self.nothing = if line.is_empty() || line.has(Trait::Feed) { self.nothing + 1 } else { 0 };
            self.lines.push(line);
            self.start = at;
            self.fresh = false;
        }
        self.fresh |= fresh;
    }

    /// Whether the line is one of a long run of empty lines or form feeds; it then becomes part of
    /// the one before, so that a file of line ends takes no memory.
    fn is_more_of_nothing(&mut self, at: usize) -> bool {
        let bytes = &self.text.as_bytes()[self.start..at];
        let same = |line: &Line| line.has(Trait::Feed) == (bytes[0] == 0x0c);
        let more = self.nothing >= 16 && bytes.iter().all(|byte| matches!(byte, b'\n' | b'\r' | 0x0c));
        match self.lines.last_mut().filter(|line| more && same(line)) {
            Some(line) => line.span.end = at as u32,
            None => return false,
        }
        true
    }
}

/// Measures the line at `span`. `artefacts` are those that may touch it.
fn measure(bytes: &[u8], span: Span, artefacts: &[Span]) -> (Line, Tally) {
    let mut line = Line { span, core: Span::new(span.start, span.start), ..Line::default() };
    let traits = &mut line.shape.traits;
    traits.set(Trait::TabLed, bytes[span.start as usize] == b'\t');
    traits.set(Trait::Feed, bytes[span.start as usize] == 0x0c);
    let mut ruler = Ruler::default();
    let mut at = span.start;
    for artefact in artefacts {
        if artefact.start >= span.end {
            break;
        }
        line.shape.traits.set(Trait::Marked, true);
        if artefact.start > at {
            ruler.pass(bytes, Span::new(at, artefact.start), &mut line);
        }
        ruler.behind_artefact = !line.core.is_empty();
        at = artefact.end.min(span.end);
    }
    ruler.pass(bytes, Span::new(at, span.end), &mut line);
    line.columns = ruler.column;
    (line, ruler.tally)
}

/// Counts columns and characters from left to right.
#[derive(Default)]
struct Ruler {
    column: u32,
    spaces: u32,
    pending_tabs: u32,
    behind_artefact: bool,
    /// Whether the last character ends a sentence.
    ended: bool,
    /// Whether the last characters are a number, with or without a multiplier.
    number: bool,
    tally: Tally,
}

/// A character as the ruler sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Blank,
    Tab,
    Digit,
    Percent,
    Yuan,
    Multiplier,
    Comma,
    Ender,
    Other,
}

impl Ruler {
    /// Goes over one piece without artefacts.
    fn pass(&mut self, bytes: &[u8], piece: Span, line: &mut Line) {
        let mut at = piece.start as usize;
        let end = piece.end as usize;
        while at < end {
            let (length, columns, seen) = look(&bytes[at..end]);
            match seen {
                Seen::Blank => self.spaces += columns,
                Seen::Tab => {
                    line.tabs += 1;
                    self.pending_tabs += 1;
                    self.spaces += 1;
                }
                Seen::Other => {
                    self.show(at, at + length, columns, seen, line);
                    at += self.skip_others(&bytes[..end], at, line);
                    continue;
                }
                _ => self.show(at, at + length, columns, seen, line),
            }
            self.column = self.column.saturating_add(columns);
            at += length;
        }
    }

    /// Goes over characters that tell nothing, from `start` on; the bytes that they take.
    fn skip_others(&mut self, bytes: &[u8], start: usize, line: &mut Line) -> usize {
        let (mut at, mut column) = (start, u64::from(self.column));
        while let Some(first) = bytes.get(at) {
            // Most Chinese characters: none of these is a mark, a unit or a multiplier.
            let other = match first {
                0xe6 | 0xe8 | 0xe9 => true,
                0xe4 => bytes.get(at + 1).is_some_and(|second| !matches!(second, 0xb8 | 0xba)),
                0xe5 => bytes.get(at + 1).is_some_and(|second| !matches!(second, 0x85 | 0x8d)),
                _ => false,
            };
            if other {
                column += 2;
                at += 3;
                continue;
            }
            let (length, columns, seen) = look(&bytes[at..]);
            if seen != Seen::Other {
                break;
            }
            column += u64::from(columns);
            at += length;
        }
        at = at.min(bytes.len());
        self.column = u32::try_from(column).unwrap_or(u32::MAX);
        line.core.end = at as u32;
        line.width = self.column - line.indent;
        at - start
    }

    /// A visible character.
    fn show(&mut self, start: usize, end: usize, columns: u32, seen: Seen, line: &mut Line) {
        if line.core.is_empty() {
            line.core.start = start as u32;
            line.indent = self.column;
            self.tally.words = 1;
        } else {
            if self.spaces > 0 {
                line.gaps += u32::from(self.spaces >= 2 && self.pending_tabs == 0);
                line.inner_tabs += self.pending_tabs;
                self.tally.words += 1;
            }
            if self.behind_artefact {
                line.shape.traits.set(Trait::Cut, true);
            }
        }
        self.behind_artefact = false;
        self.spaces = 0;
        self.pending_tabs = 0;
        line.core.end = end as u32;
        line.width = self.column.saturating_add(columns) - line.indent;
        if seen != Seen::Other || self.ended {
            self.count(seen);
        } else {
            self.number = false;
        }
    }

    /// Takes note of a character that tells something.
    fn count(&mut self, seen: Seen) {
        let traits = &mut self.tally.traits;
        traits.set(Trait::Sentence, self.ended);
        traits.set(Trait::Digits, seen == Seen::Digit);
        traits.set(Trait::Comma, seen == Seen::Comma);
        traits.set(Trait::Quantity, seen == Seen::Percent || seen == Seen::Yuan && self.number);
        self.ended = seen == Seen::Ender;
        self.number = seen == Seen::Digit || seen == Seen::Multiplier && self.number;
    }
}

/// Bytes and columns of the first character of `bytes`, and what it is.
#[inline]
fn look(bytes: &[u8]) -> (usize, u32, Seen) {
    match bytes[0] {
        b' ' => (1, 1, Seen::Blank),
        b'\t' => (1, 1, Seen::Tab),
        b'0'..=b'9' => (1, 1, Seen::Digit),
        b'%' => (1, 1, Seen::Percent),
        0x21..=0x7f => (1, 1, Seen::Other),
        0xc2 if bytes.get(1) == Some(&0xa0) => (2, 1, Seen::Blank),
        0xc0..=0xdf => (2.min(bytes.len()), 1, Seen::Other),
        0xe0..=0xef => (3.min(bytes.len()), 2, look_wide(bytes)),
        0xf0..=0xff => (4.min(bytes.len()), 2, Seen::Other),
        _ => (1, 0, Seen::Blank),
    }
}

/// What the character of three bytes is that `bytes` begin with.
#[inline]
fn look_wide(bytes: &[u8]) -> Seen {
    let (second, third) = (bytes.get(1).copied().unwrap_or(0), bytes.get(2).copied().unwrap_or(0));
    match (bytes[0], second, third) {
        (0xe3, 0x80, 0x80) => Seen::Blank,
        (0xe3, 0x80, 0x82) | (0xef, 0xbc, 0x81 | 0x9b | 0x9f) => Seen::Ender,
        (0xef, 0xbc, 0x8c) => Seen::Comma,
        (0xef, 0xbc, 0x85) => Seen::Percent,
        (0xef, 0xbc, 0x90..=0x99) => Seen::Digit,
        // 元; 万, 亿, 千, 百.
        (0xe5, 0x85, 0x83) => Seen::Yuan,
        (0xe4, 0xb8, 0x87) | (0xe4, 0xba, 0xbf) | (0xe5, 0x8d, 0x83) | (0xe7, 0x99, 0xbe) => Seen::Multiplier,
        _ => Seen::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::artefact::scan;
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        split(text, &scan(text))
    }

    #[test]
    fn lines_end_at_every_kind_of_line_end_and_around_form_feeds() {
        let text = "甲\r\n乙\n\x0c丙\r丁";
        let spans: Vec<&str> = lines(text).iter().map(|line| line.span.of(text)).collect();
        assert_eq!(spans, ["甲\r\n", "乙\n", "\x0c", "丙\r", "丁"]);
    }

    #[test]
    fn columns_count_chinese_characters_twice() {
        let line = lines("  项目   12.50\u{3000}\n")[0];
        assert_eq!((line.indent, line.width, line.gaps), (2, 12, 1));
        assert_eq!(line.core, Span::new(2, 16));
    }

    #[test]
    fn artefacts_do_not_count() {
        let text = "[bookmark: a]二、收入 [bookmark: b]说明\t\n";
        let line = lines(text)[0];
        assert_eq!(line.words(text, &scan(text).artefacts), "二、收入 说明");
        assert_eq!((line.indent, line.inner_tabs, line.tabs, line.has(Trait::Cut)), (0, 0, 1, true));
        assert!(lines("[image: 图]\n")[0].is_blank());
    }

    #[test]
    fn markup_begins_lines() {
        let text = "<html><p>甲</p><p>乙</p></html>";
        let cores: Vec<&str> =
            lines(text).iter().map(|line| line.core.of(text)).filter(|core| !core.is_empty()).collect();
        assert_eq!(cores, ["甲", "乙"]);
    }

    #[test]
    fn an_element_of_html_is_one_line() {
        let text = format!("<html>{}</html>", "<p>第一部分\n概况</p>\n".repeat(6));
        assert_eq!(lines(&text).iter().filter(|line| line.core.of(&text) == "第一部分\n概况").count(), 6);
    }

    #[test]
    fn a_line_of_spaces_is_blank_but_not_empty() {
        let found: Vec<bool> = lines("\n \n\t\n").iter().map(Line::is_empty).collect();
        assert_eq!(found, [true, false, false]);
    }
}

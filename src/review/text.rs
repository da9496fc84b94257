//! The report's text as lines of pieces: plain words, numbers, converters' residue, places of problems.
//!
//! In: the text and its [`Places`]. Out: [`Line`]s that, put together, are the text. Nothing is escaped here: the
//! templates do that. Surprise: characters that a browser would drop, change or be led astray by (control
//! characters, bidirectional overrides) become pieces of their own, shown as symbols.

use super::places::{Digits, Places};
use crate::source::{Source, Span};
use memchr::memchr;
use std::borrow::Cow;

/// A stretch of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Plain(&'a str),
    /// What a converter left behind; shown dimmed.
    Residue(&'a str),
    /// A character that cannot be shown as it is.
    Symbol(String),
    /// Digits of the ledger: index in the rows, and the text.
    Number(usize, Cow<'a, str>),
    /// A problem's place: index in the rows.
    Flag(usize),
}

/// One line of the text.
#[derive(Debug)]
pub struct Line<'a> {
    /// From 1.
    pub number: u32,
    /// Index of the section that this line is the heading of.
    pub section: Option<usize>,
    /// Level of that section, from 1; 0 for other lines, also for those that go on behind the heading.
    pub level: u8,
    /// In order; none for a blank line.
    pub pieces: Vec<Piece<'a>>,
}

/// Bytes that may follow a heading in its line.
const FEW: u32 = 12;

/// Cuts a text into lines and pieces.
#[derive(Clone, Copy)]
pub struct Cutter<'a> {
    source: &'a Source<'a>,
    text: &'a str,
    places: &'a Places,
}

impl<'a> Cutter<'a> {
    /// Of this text with these marks.
    pub fn new(source: &'a Source<'a>, places: &'a Places) -> Self {
        Cutter { source, text: source.text(), places }
    }

    /// The lines of `span`. A number that runs over a line's end keeps both lines together.
    pub fn lines(self, span: Span) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        let mut start = span.start;
        while start < span.end {
            let end = self.line_end(start, span.end);
            let words = self.text.get(start as usize..end as usize).unwrap_or("");
            let shown = Span::new(start, start + words.strip_suffix('\r').unwrap_or(words).len() as u32);
            let section = self.section_in(Span::new(start, end.max(start + 1)));
            let alone = |index: &usize| self.places.sections[*index].span.end + FEW >= shown.end;
            lines.push(Line {
                number: self.source.line(start),
                section,
                level: section.filter(alone).map_or(0, |index| self.places.sections[index].level),
                pieces: self.pieces(shown),
            });
            start = end + 1;
        }
        lines
    }

    /// Where the line that holds `start` ends: at a line break that lies in no number.
    fn line_end(self, start: u32, most: u32) -> u32 {
        let mut from = start;
        loop {
            let rest = self.text.as_bytes().get(from as usize..most as usize).unwrap_or(&[]);
            let Some(offset) = memchr(b'\n', rest) else { return most };
            let end = from + offset as u32;
            match self.number_at(end) {
                Some(number) => from = number.span.end.min(most),
                None => return end,
            }
        }
    }

    fn number_at(self, at: u32) -> Option<Digits> {
        let following = self.places.numbers.partition_point(|digits| digits.span.start <= at);
        let digits = self.places.numbers.get(following.checked_sub(1)?)?;
        (at < digits.span.end).then_some(*digits)
    }

    fn section_in(self, line: Span) -> Option<usize> {
        let first = self.places.sections.partition_point(|section| section.span.start < line.start);
        self.places.sections.get(first).is_some_and(|section| section.span.start < line.end).then_some(first)
    }

    /// The pieces of `span`.
    pub fn pieces(self, span: Span) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut at = span.start;
        for digits in self.places.numbers_in(span) {
            self.words(Span::new(at, digits.span.start), &mut pieces);
            self.flags(digits.span, &mut pieces);
            pieces.push(Piece::Number(digits.index, without_returns(digits.span.of(self.text))));
            at = digits.span.end;
        }
        self.words(Span::new(at, span.end.max(at)), &mut pieces);
        pieces
    }

    /// The flags of problems that begin inside `span`.
    fn flags(self, span: Span, pieces: &mut Vec<Piece<'a>>) {
        let problems = &self.places.problems;
        let first = problems.partition_point(|(at, _)| *at < span.start);
        let here = problems[first..].iter().take_while(|(at, _)| *at < span.end);
        pieces.extend(here.map(|(_, index)| Piece::Flag(*index)));
    }

    /// The words of `span`, which holds no number, cut where residue and problems begin and end.
    fn words(self, span: Span, pieces: &mut Vec<Piece<'a>>) {
        let mut at = span.start;
        let residue = &self.places.residue;
        let first = residue.partition_point(|residue| residue.end <= span.start);
        for residue in residue[first..].iter().take_while(|residue| residue.start < span.end) {
            let (start, end) = (residue.start.max(at), residue.end.min(span.end));
            self.flagged(Span::new(at, start), Piece::Plain, pieces);
            self.flagged(Span::new(start, end), Piece::Residue, pieces);
            at = end;
        }
        self.flagged(Span::new(at, span.end), Piece::Plain, pieces);
    }

    fn flagged(self, span: Span, piece: fn(&'a str) -> Piece<'a>, pieces: &mut Vec<Piece<'a>>) {
        let problems = &self.places.problems;
        let first = problems.partition_point(|(at, _)| *at < span.start);
        let mut at = span.start;
        for (place, index) in problems[first..].iter().take_while(|(place, _)| *place < span.end) {
            show(Span::new(at, *place).of(self.text), piece, pieces);
            pieces.push(Piece::Flag(*index));
            at = *place;
        }
        show(Span::new(at, span.end).of(self.text), piece, pieces);
    }
}

/// Pushes `text`, with the characters that cannot be shown as they are on their own.
pub fn show<'a>(text: &'a str, piece: fn(&'a str) -> Piece<'a>, pieces: &mut Vec<Piece<'a>>) {
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        if let Some(symbol) = symbol(character) {
            if plain < at {
                pieces.push(piece(&text[plain..at]));
            }
            pieces.push(Piece::Symbol(symbol));
            plain = at + character.len_utf8();
        }
    }
    if plain < text.len() {
        pieces.push(piece(&text[plain..]));
    }
}

/// What is shown for a character that a page cannot hold or that would change what stands beside it.
fn symbol(character: char) -> Option<String> {
    match character {
        '\t' | '\n' => None,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).map(String::from),
        '\u{7f}' => Some('\u{2421}'.to_string()),
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(format!("⟨U+{:04X}⟩", character as u32)),
        _ => None,
    }
}

/// Digits may run over a line's end; a page knows no carriage return.
fn without_returns(digits: &str) -> Cow<'_, str> {
    if digits.contains('\r') { Cow::Owned(digits.replace('\r', "")) } else { Cow::Borrowed(digits) }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{Bytes, Number, Problem, Rows};
    use super::*;

    fn rows(numbers: &[(u64, u64)], problems: &[u64]) -> Rows {
        let number = |(index, (start, end)): (usize, &(u64, u64))| Number {
            number: index as u32,
            bytes: Bytes { start: *start, end: *end },
            line: 1,
            raw: String::new(),
            class: "figure".to_owned(),
            value: None,
            unit: None,
            rule: None,
        };
        let problem = |start: &u64| Problem {
            severity: "note".to_owned(),
            code: "code".to_owned(),
            message: String::new(),
            bytes: Some(Bytes { start: *start, end: start + 1 }),
        };
        Rows {
            numbers: numbers.iter().enumerate().map(number).collect(),
            problems: problems.iter().map(problem).collect(),
            ..Rows::default()
        }
    }

    fn word(piece: &Piece<'_>) -> String {
        match piece {
            Piece::Plain(text) => (*text).to_owned(),
            Piece::Residue(text) => format!("({text})"),
            Piece::Symbol(text) => format!("<{text}>"),
            Piece::Number(index, text) => format!("[{index}:{text}]"),
            Piece::Flag(index) => format!("!{index}"),
        }
    }

    fn cut(bytes: &[u8], rows: &Rows) -> Vec<String> {
        let (source, _) = Source::decode(bytes);
        let places = Places::of(&source, rows);
        let lines = Cutter::new(&source, &places).lines(Span::new(0, source.text().len() as u32));
        let shown = |line: &Line<'_>| format!("{} {}", line.number, line.pieces.iter().map(word).collect::<String>());
        lines.iter().map(shown).collect()
    }

    #[test]
    fn lines_hold_numbers_residue_and_places_of_problems() {
        let text = "[bookmark: a7]收入\r\n合计4.18万元\n\n完";
        let lines = cut(text.as_bytes(), &rows(&[(12, 13), (28, 32)], &[0, 28]));
        assert_eq!(lines, ["1 !0([bookmark: a)[0:7](])收入", "2 合计!1[1:4.18]万元", "3 ", "4 完"]);
    }

    #[test]
    fn a_number_keeps_its_lines_together_in_every_encoding() {
        let text = "共2946.25万\n又12\n34元";
        assert_eq!(cut(text.as_bytes(), &rows(&[(3, 10), (17, 22)], &[])), ["1 共[0:2946.25]万", "2 又[1:12\n34]元"]);
        let utf16: Vec<u8> = "\u{feff}共5元\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cut(&utf16, &rows(&[(4, 6)], &[])), ["1 共[0:5]元"]);
        let gb18030 = b"\xb9\xb25\xd4\xaa\n\xb2\xd5".to_vec();
        assert_eq!(cut(&gb18030, &rows(&[(2, 3)], &[]))[0], "1 共[0:5]元");
    }

    #[test]
    fn what_a_page_cannot_hold_is_a_symbol() {
        let text = format!("甲\u{202e}乙\u{7}{}丁\u{c}丙", "丙".repeat(30)); // not so many that it looks binary
        let lines = cut(text.as_bytes(), &rows(&[], &[]));
        assert_eq!(lines.join("|").replace(&"丙".repeat(30), "…"), "1 甲<⟨U+202E⟩>乙<␇>…丁<␌>丙");
    }

    #[test]
    fn rows_that_name_no_place_of_the_text_do_no_harm() {
        let lines = cut("共5元".as_bytes(), &rows(&[(3, 4), (90, 80), (500, 600)], &[700]));
        assert_eq!(lines, ["1 共[0:5]元"]);
    }
}

//! The text of a paragraph or cell as grammars match it, with the way back to its bytes.
//!
//! In: the document's text and the spans of one paragraph. Out: [`View`]: one string in which width,
//! brackets and quotes have one form and white space is gone, and for any part of it the exact span.
//! Surprise: a space stays between two words or numbers, and one is put where a line wrap or an
//! artefact stood between them, so that no two numbers are ever glued together.

use super::radical;
use crate::source::Span;
use std::ops::Range;

/// A stretch of a view and where it comes from.
///
/// If both have the same length, their bytes correspond one to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte in the view; it ends where the next piece begins.
    pub view_start: u32,
    /// Its bytes in the document; empty for a space that was put in.
    pub source: Span,
}

/// Text cleaned for matching. Buffers are kept when it is filled again.
#[derive(Clone, Debug, Default)]
pub struct View {
    text: String,
    pieces: Vec<Piece>,
    /// White space or a boundary since the last visible character.
    pending: Option<Span>,
    /// Where the text began that stands in quotes still open.
    quoted: Option<usize>,
}

/// What becomes of a character.
enum Fold {
    Keep,
    Space,
    Quote(Side),
    Into(char),
}

/// Which side a quotation mark says that it stands on.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Straight,
}

impl View {
    /// The view of `pieces` of `text`.
    #[must_use]
    pub fn of(text: &str, pieces: &[Span]) -> Self {
        let mut view = View::default();
        view.fill(text, pieces);
        view
    }

    /// Makes it the view of `pieces` of `text`.
    pub fn fill(&mut self, text: &str, pieces: &[Span]) {
        self.text.clear();
        self.pieces.clear();
        (self.pending, self.quoted) = (None, None);
        for piece in pieces {
            self.add(text, *piece);
            self.pending = self.pending.or(Some(Span::new(piece.end, piece.end)));
        }
    }

    /// The cleaned text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Where `range` of the view stands in the document, from its first to its last byte.
    #[must_use]
    pub fn source_span(&self, range: Range<usize>) -> Span {
        let Some(first) = self.piece_at(range.start) else { return Span::default() };
        let start = self.source_at(first, range.start);
        if range.end <= range.start {
            return Span::new(start, start);
        }
        let last = self.piece_at(range.end - 1).unwrap_or(first);
        let piece = self.pieces[last];
        let end = if self.is_verbatim(last) {
            piece.source.start + (range.end as u32).saturating_sub(piece.view_start)
        } else {
            piece.source.end
        };
        Span::new(start, end.min(piece.source.end).max(start))
    }

    /// Where byte `source_at` of the document stands in the view; what was dropped stands where the
    /// next visible character does.
    #[must_use]
    pub fn view_at(&self, source_at: u32) -> usize {
        let following = self.pieces.partition_point(|piece| piece.source.start <= source_at);
        let next = self.pieces.get(following).map_or(self.text.len(), |piece| piece.view_start as usize);
        let Some(place) = following.checked_sub(1) else { return next };
        let piece = self.pieces[place];
        if source_at >= piece.source.end {
            return next;
        }
        let inside = if self.is_verbatim(place) { source_at - piece.source.start } else { 0 };
        (piece.view_start + inside) as usize
    }

    /// Index of the piece that holds byte `at` of the view.
    fn piece_at(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.view_start as usize <= at).checked_sub(1)
    }

    fn view_end(&self, place: usize) -> u32 {
        self.pieces.get(place + 1).map_or(self.text.len() as u32, |piece| piece.view_start)
    }

    fn is_verbatim(&self, place: usize) -> bool {
        let piece = self.pieces[place];
        self.view_end(place) - piece.view_start == piece.source.len()
    }

    fn source_at(&self, place: usize, at: usize) -> u32 {
        let piece = self.pieces[place];
        let inside = if self.is_verbatim(place) { at as u32 - piece.view_start } else { 0 };
        (piece.source.start + inside).min(piece.source.end)
    }

    /// Adds one span of the document.
    fn add(&mut self, text: &str, span: Span) {
        let bytes = span.of(text).as_bytes();
        let base = span.start;
        let (mut at, mut copied) = (0, 0);
        while at < bytes.len() {
            let (length, fold) = fold(&bytes[at..]);
            let fold = if is_thousands_separator(bytes, at) { Fold::Into(',') } else { fold };
            if matches!(fold, Fold::Keep) {
                at += length;
                continue;
            }
            self.copy(text, Span::new(base + copied as u32, base + at as u32));
            let source = Span::new(base + at as u32, base + (at + length) as u32);
            match fold {
                Fold::Space => {
                    self.pending = Some(self.pending.filter(|pending| !pending.is_empty()).unwrap_or(source));
                }
                Fold::Into(char) => self.push(char, source),
                Fold::Quote(side) => self.quote(side, source, text.get(source.end as usize..).unwrap_or("")),
                Fold::Keep => {}
            }
            at += length;
            copied = at;
        }
        self.copy(text, Span::new(base + copied as u32, base + at as u32));
    }

    /// Adds a run of the document as it stands.
    fn copy(&mut self, text: &str, source: Span) {
        if let Some(first) = source.of(text).bytes().next() {
            self.separate(first);
            self.pieces.push(Piece { view_start: self.text.len() as u32, source });
            self.text.push_str(source.of(text));
        }
    }

    fn push(&mut self, char: char, source: Span) {
        self.separate(if char.is_ascii() { char as u8 } else { 0 });
        self.pieces.push(Piece { view_start: self.text.len() as u32, source });
        self.text.push(char);
    }

    /// Adds a quotation mark. Both of a pair may have been typed alike: `“三公“经费`, `”三公”经费`, `“三公"经费`.
    fn quote(&mut self, side: Side, source: Span, rest: &str) {
        const LONGEST_NAME: usize = 24;
        let closes = match (side, self.quoted) {
            (Side::Right, None) => !name_in_right_quotes(rest),
            (_, None) => false,
            (Side::Right | Side::Straight, Some(_)) => true,
            (Side::Left, Some(start)) => {
                let inside = &self.text[start..];
                inside.len() <= LONGEST_NAME && !inside.is_empty() && !inside.contains(['，', '。', '；', '：', '、'])
            }
        };
        self.push(if closes { '”' } else { '“' }, source);
        self.quoted = (!closes).then_some(self.text.len());
    }

    /// Keeps the white space before `next` if it stands between two words or numbers.
    fn separate(&mut self, next: u8) {
        let Some(source) = self.pending.take() else { return };
        let joins = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b'+');
        if joins(next) && self.text.bytes().next_back().is_some_and(joins) {
            self.pieces.push(Piece { view_start: self.text.len() as u32, source });
            self.text.push(' ');
        }
    }
}

/// Whether `rest`, the text behind a closing mark that closes nothing, is a short name and another one.
fn name_in_right_quotes(rest: &str) -> bool {
    const LONGEST: usize = 8;
    let name = rest.chars().take(LONGEST + 1).take_while(|char| char.is_alphanumeric()).count();
    (1..=LONGEST).contains(&name) && rest.chars().nth(name).is_some_and(|char| matches!(char, '”' | '’' | '"'))
}

/// Whether a full-width comma stands at `at` that parts the thousands of one number (`１，２０６．５`): with
/// the same rule as the ledger's numbers, so that what is one number there is one here.
#[inline]
fn is_thousands_separator(bytes: &[u8], at: usize) -> bool {
    let Some(after) = bytes[at..].strip_prefix("，".as_bytes()) else { return false };
    let wide = |bytes: &[u8]| matches!(bytes, [0xef, 0xbc, 0x90..=0x99, ..]);
    let digit = |bytes: &[u8]| wide(bytes) || bytes.first().is_some_and(u8::is_ascii_digit);
    let group = after.len() >= 9 && [0, 3, 6].iter().all(|at| wide(&after[*at..])) && !digit(&after[9..]);
    group && (bytes[..at].last().is_some_and(u8::is_ascii_digit) || (at >= 3 && wide(&bytes[at - 3..at])))
}

/// Length in bytes of the character that `bytes` begin with, and what becomes of it.
#[inline]
fn fold(bytes: &[u8]) -> (usize, Fold) {
    match bytes[0] {
        b'(' => (1, Fold::Into('（')),
        b')' => (1, Fold::Into('）')),
        b':' => (1, Fold::Into('：')),
        b';' => (1, Fold::Into('；')),
        b'"' => (1, Fold::Quote(Side::Straight)),
        0..=b' ' | 0x7f => (1, Fold::Space),
        0x21..=0x7e => (1, Fold::Keep),
        0xc2 => (2, fold_latin(bytes)),
        0xe2 | 0xe3 | 0xef => (3, fold_wide(bytes)),
        0x80..=0xdf => (2, Fold::Keep),
        0xe0..=0xee => (3, Fold::Keep),
        0xf0..=0xff => (4, Fold::Keep),
    }
}

fn fold_latin(bytes: &[u8]) -> Fold {
    match bytes.get(1) {
        Some(0xa0 | 0x85 | 0xad) => Fold::Space,
        _ => Fold::Keep,
    }
}

fn fold_wide(bytes: &[u8]) -> Fold {
    let Some(&[lead, second, third]) = bytes.first_chunk::<3>() else { return Fold::Keep };
    match (lead, second, third) {
        (0xe3, 0x80, 0x80) | (0xe2, 0x80, 0x80..=0x8f | 0xa8..=0xaf) | (0xe2, 0x81, 0xa0) | (0xef, 0xbb, 0xbf) => {
            Fold::Space
        }
        (0xe3, 0x80, 0x8c | 0x8e | 0x9d) | (0xe2, 0x80, 0x98 | 0x9c) => Fold::Quote(Side::Left),
        (0xe3, 0x80, 0x8d | 0x8f | 0x9e | 0x9f) | (0xe2, 0x80, 0x99 | 0x9d) => Fold::Quote(Side::Right),
        (0xe2, 0xba..=0xbf, _) => {
            let code = 0x2000 | (u32::from(second & 0x3f) << 6) | u32::from(third & 0x3f);
            char::from_u32(code).and_then(radical::unify).map_or(Fold::Keep, Fold::Into)
        }
        (0xef, 0xbc, 0x82) => Fold::Quote(Side::Straight),
        (0xef, 0xbc, 0x85 | 0x8b | 0x8d | 0x8e | 0x90..=0x99 | 0xa1..=0xba) => {
            Fold::Into((third - 0x81 + b'!') as char)
        }
        (0xef, 0xbd, 0x81..=0x9a) => Fold::Into((third - 0x81 + b'a') as char),
        _ => Fold::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(text: &str) -> View {
        View::of(text, &[Span::from(0..text.len())])
    }

    #[test]
    fn one_form_for_width_brackets_and_quotes() {
        assert_eq!(view("(一)收入:１２．５％;\"甲\"「乙」").text(), "（一）收入：12.5%；“甲”“乙”");
        assert_eq!(view("ＡＢｃ－３，４,5").text(), "ABc-3，4,5");
        assert_eq!(view("⼀般公共预算⻚").text(), "一般公共预算页");
    }

    #[test]
    fn quotes_typed_alike_are_a_pair() {
        for text in
            ["“三公“经费", "”三公”经费", "“三公\"经费", "\"三公”经费", "‘三公’经费", "〝三公〞经费", "＂三公＂经费"]
        {
            assert_eq!(view(text).text(), "“三公”经费", "{text}");
        }
        // A mark that was never closed does not turn those after it.
        assert_eq!(view("“甲，其中“三公”经费和“乙”").text(), "“甲，其中“三公”经费和“乙”");
        assert_eq!(view("改革”项目，“三公”经费").text(), "改革”项目，“三公”经费");
        assert_eq!(view("“某某县长期建设的大型工程“三公”经费").text(), "“某某县长期建设的大型工程“三公”经费");
    }

    #[test]
    fn white_space_goes_unless_it_parts_numbers() {
        assert_eq!(view("2031 年度\u{a0}收\u{3000}入 12.50 万元").text(), "2031年度收入12.50万元");
        assert_eq!(view("12 34  DRG 付费 A  B").text(), "12 34 DRG付费A B");
        assert_eq!(view("1. 2031年 3 -5").text(), "1. 2031年3 -5");
        assert_eq!(view("甲\u{ad}乙\u{200b}丙\u{feff}丁").text(), "甲乙丙丁");
    }

    #[test]
    fn what_cannot_be_seen_parts_numbers_too() {
        assert_eq!(view("甲12\u{200b}34乙\u{ad}丙\u{feff}5").text(), "甲12 34乙丙5");
    }

    #[test]
    fn a_full_width_comma_inside_a_number_is_a_separator() {
        assert_eq!(view("１，２０６．５万元，１，２３４，５６７元").text(), "1,206.5万元，1,234,567元");
        assert_eq!(view("１，２３和１，２３４５；12，345；甲，１２３").text(), "1，23和1，2345；12，345；甲，123");
    }

    #[test]
    fn pieces_are_joined_but_numbers_never_glued() {
        let text = "总计307.82\n万元和12\n34";
        let pieces = [Span::from(0..12), Span::from(13..24), Span::from(25..27)];
        let view = View::of(text, &pieces);
        assert_eq!(view.text(), "总计307.82万元和12 34");
        let at = view.text().find("82万元").expect("joined");
        assert_eq!(view.source_span(at..at + 8).of(text), "82\n万元");
        let at = view.text().len() - 2;
        assert_eq!(view.source_span(at..at + 2), Span::from(25..27));
    }

    #[test]
    fn the_way_back_is_exact() {
        let text = "支出（１２．３０ 万元）";
        let view = view(text);
        let at = view.text().find("12.30").expect("folded");
        assert_eq!(view.source_span(at..at + 5).of(text), "１２．３０");
        assert_eq!(view.view_at(text.find('１').expect("there") as u32), at);
        assert_eq!(view.view_at(text.len() as u32), view.text().len());
    }

    #[test]
    fn an_empty_view_has_no_place() {
        let view = View::of("甲", &[]);
        assert_eq!((view.source_span(0..0), view.view_at(0)), (Span::default(), 0));
    }

    proptest! {
        #[test]
        fn every_character_of_a_view_comes_from_its_span(
            text in "[甲乙 \u{3000}\u{a0}0-9a-c（）()：:;\"“”「」０-９％．，.,\n⼀\u{feff}\u{ad}-]{0,60}",
            cuts in prop::collection::vec(0_usize..200, 0..6),
        ) {
            let mut edges: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at) && *at <= text.len()).collect();
            edges.extend([0, text.len()]);
            edges.sort_unstable();
            let pieces: Vec<Span> = edges.windows(2).map(|edge| Span::from(edge[0]..edge[1])).collect();
            let view = View::of(&text, &pieces);
            let mut last = 0;
            for (at, char) in view.text().char_indices() {
                let span = view.source_span(at..at + char.len_utf8());
                prop_assert!(span.start >= last && text.get(span.range()).is_some());
                last = span.start;
                let source = span.of(&text);
                prop_assert!(char == ' ' || source.chars().count() == 1, "{char:?} from {source:?}");
                if !source.is_empty() {
                    prop_assert_eq!(view.view_at(span.start), at);
                }
            }
            let digits = |text: &str| text.chars().filter_map(|char| char.to_digit(10).or_else(|| ('０'..='９').contains(&char).then(|| char as u32 - 0xff10))).collect::<Vec<_>>();
            prop_assert_eq!(digits(view.text()), digits(&text));
        }
    }
}

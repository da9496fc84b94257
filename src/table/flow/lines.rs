//! The words of the lines of a table: codes, text, numbers.
//!
//! In: the pieces of the text that the table stands in. Out: a line of words for each of its lines, markup and asides
//! left out, characters set apart (`收     入`) joined.

use super::super::caption;
use super::super::grid::trim;
use super::super::words::{glued_name, is_code, is_dash, is_number};
use crate::source::Span;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::table) enum Kind {
    Code,
    Text,
    Number,
}

/// A word between spaces.
#[derive(Clone, Copy, Debug)]
pub(in crate::table) struct Word {
    pub(in crate::table) kind: Kind,
    pub(in crate::table) span: Span,
}

/// The words of a line.
pub(in crate::table) type Line = Vec<Word>;

/// The words of each line that is part of the grid, markup left out.
pub(super) fn lines(text: &str, pieces: &[Span]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut headed = false;
    let each = |piece: &Span| {
        let mut start = piece.start;
        piece.of(text).split_inclusive('\n').map(move |line| {
            start += line.len() as u32;
            Span::new(start - line.len() as u32, start)
        })
    };
    for line in pieces.iter().flat_map(each) {
        let mut words = Line::new();
        for piece in without_tags(text, line) {
            let whole = piece.of(text);
            let aside = !headed && words.is_empty() && caption::is_aside(whole) && !is_torn_year(text, piece)
                || whole.starts_with('注');
            if !aside {
                split(text, piece, &mut words);
            }
        }
        let words = join_spread(text, words);
        if !words.is_empty() {
            headed |= words.len() > 1 || words[0].kind == Kind::Number;
            lines.push(words);
        }
    }
    lines
}

/// Whether a year alone on its line begins a heading, 2031 年度 / 预算数, or a row, 2031年 / 9.50.
fn is_torn_year(text: &str, line: Span) -> bool {
    const REACH: usize = 24;
    let rest = text.get(line.end as usize..).unwrap_or_default();
    let below: String = rest.chars().take(REACH).filter(|c| !c.is_whitespace()).collect();
    let amount = below.trim_start_matches('|').starts_with(|c: char| c.is_ascii_digit());
    amount && !line.of(text).starts_with(['(', '（'])
        || ["预算", "决算", "度预", "度决"].iter().any(|start| below.starts_with(start))
}

/// Joins words whose characters were set wide apart, `收     入`, and 减 or 增 with the amount behind it.
fn join_spread(text: &str, words: Line) -> Line {
    let is_one = |word: &Word| word.kind == Kind::Text && word.span.of(text).chars().count() == 1;
    let mut joined = Line::with_capacity(words.len());
    // Whether the last word is a single character, or several set apart.
    let mut open = false;
    for word in words {
        let one = is_one(&word);
        let Some(before) = joined.last_mut() else {
            joined.push(word);
            open = one;
            continue;
        };
        let between = Span::new(before.span.end, word.span.start).of(text);
        let wide = between.len() > 1 && between.chars().all(|c| matches!(c, ' ' | '　'));
        let signed = word.kind == Kind::Number && matches!(before.span.of(text), "减" | "增" | "减少" | "增加");
        if open && one && wide || signed {
            *before = Word { kind: word.kind, span: before.span.cover(word.span) };
        } else {
            joined.push(word);
            open = one;
        }
    }
    joined
}

/// What stands between the tags of a line.
pub(super) fn without_tags(text: &str, line: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = line.start;
    while let Some(open) = memchr::memchr(b'<', Span::new(at, line.end).of(text).as_bytes()) {
        let tag = at + open as u32;
        let rest = Span::new(tag, line.end).of(text);
        let is_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
        let Some(close) = rest.find('>').filter(|_| is_tag) else { break };
        pieces.push(trim(text, Span::new(at, tag)));
        at = tag + close as u32 + 1;
    }
    pieces.push(trim(text, Span::new(at, line.end)));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Adds the words of `piece`.
fn split(text: &str, piece: Span, words: &mut Line) {
    let whole = piece.of(text);
    let mut from = 0;
    for part in whole.split(char::is_whitespace) {
        let start = piece.start + from as u32;
        let span = Span::new(start, start + part.len() as u32);
        from += part.len() + whole[from + part.len()..].chars().next().map_or(0, char::len_utf8);
        // A scraper's mark for the end of a cell.
        if part.is_empty() || part == "|" {
            continue;
        }
        if let Some(at) = glued_name(part) {
            words.push(Word { kind: Kind::Code, span: Span::new(start, start + at as u32) });
            words.push(Word { kind: Kind::Text, span: Span::new(start + at as u32, span.end) });
            continue;
        }
        let kind = if is_code(part) {
            Kind::Code
        } else if (is_number(part) || is_dash(part)) && !part.ends_with(['.', '．']) {
            // 1. begins an item.
            Kind::Number
        } else {
            Kind::Text
        };
        words.push(Word { kind, span });
    }
}

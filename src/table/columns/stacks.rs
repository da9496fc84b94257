//! The words above the data of a table by columns of spaces, put together to headings.
//!
//! In: the lines of a head. Out: [`Heading`]s, each of the words that stand one above the other in
//! one cell. Words side by side with one space between are taken for two headings, and joined later
//! if there is no column for both. Words one above the other are one heading if together they are a
//! heading of the forms, or begin one; two that are none are one if nothing else stands between.

use super::super::headings::{begins_whole, is_whole};
use super::super::words::{is_chinese, squeeze};
use super::{Column, Line};
use crate::source::Span;

/// Lines between two words of one heading at most.
const APART: usize = 2;
/// Spaces beyond which words are not parted at them: no person could read such a head.
const MOST_PIECES: usize = 200;

/// A heading, and the columns that it stands over once they are known.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) parts: Vec<Span>,
    pub(super) words: String,
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether only one space stands between it and the heading on its left. Its place is not certain then:
    /// pdftotext puts one space between words that stand close together, however wide they are in print.
    pub(super) tied: bool,
}

impl Heading {
    /// Twice its middle.
    pub(super) fn centre(&self) -> i32 {
        self.from + self.to
    }

    /// Twice the line that its middle stands on.
    pub(super) fn height(&self) -> usize {
        self.top + self.bottom
    }

    pub(super) fn overlaps(&self, from: i32, to: i32) -> bool {
        self.from < to && from < self.to
    }

    /// Whether one stands in the middle of the other: as far as print can tell, above or below it.
    pub(super) fn faces(&self, other: &Heading) -> bool {
        let holds = |one: &Heading, other: &Heading| 2 * one.from < other.centre() && other.centre() < 2 * one.to;
        holds(self, other) || holds(other, self)
    }

    /// Takes in a heading above, below or beside it.
    pub(super) fn join(&mut self, other: Heading) {
        let before = (other.top, other.from) < (self.top, self.from);
        self.words = if before { other.words + &self.words } else { std::mem::take(&mut self.words) + &other.words };
        self.parts.extend(other.parts);
        (self.from, self.to) = match (self.tied, other.tied) {
            (true, false) => (other.from, other.to),
            (false, true) => (self.from, self.to),
            _ => (self.from.min(other.from), self.to.max(other.to)),
        };
        self.tied &= other.tied;
        (self.top, self.bottom) = (self.top.min(other.top), self.bottom.max(other.bottom));
    }
}

/// Puts the words of `head` together to headings, in order of their first lines.
pub(super) fn stack(text: &str, head: &[Line], wide: i32, columns: &[Column]) -> Vec<Heading> {
    let spaces = head.iter().flatten().map(|word| word.span.of(text).matches(' ').count()).sum::<usize>();
    let mark = if spaces > MOST_PIECES { '\n' } else { ' ' };
    let mut done: Vec<Heading> = Vec::new();
    for (line, words) in head.iter().filter(|line| !line.is_empty()).enumerate() {
        let mut pieces = pieces(text, words, line, (wide, mark));
        settle(&mut pieces, columns);
        for (at, piece) in pieces.iter().enumerate() {
            match above(&done, piece, &pieces, at) {
                Some(above) => done[above].join(piece.clone()),
                None => done.push(piece.clone()),
            }
        }
    }
    done
}

/// The heading in `done` that `piece`, one of those on its line, goes on.
fn above(done: &[Heading], piece: &Heading, line: &[Heading], at: usize) -> Option<usize> {
    let near = |tolerance: i32| {
        done.iter().enumerate().rev().take(64).filter(move |(_, above)| {
            above.bottom < piece.top
                && piece.top - above.bottom <= APART
                && above.overlaps(piece.from - tolerance, piece.to + tolerance)
        })
    };
    let off = |above: &Heading| (above.centre() - piece.centre()).abs();
    // The last character of a heading may have been pushed aside by what stands before it on its line.
    let whole = |above: &Heading| format!("{}{}", above.words, piece.words);
    // 本年收入 and 合计 are headings of their own wherever one does not stand above the other.
    let alone = |above: &Heading| is_whole(&above.words) && is_whole(&piece.words) && !above.faces(piece);
    let known = near(2).filter(|(_, above)| begins_whole(&whole(above)) && !alone(above));
    let pushed = near(14).filter(|(_, above)| piece.words.chars().count() == 1 && is_whole(&whole(above)));
    let known = known.chain(pushed);
    if let Some((found, _)) = known.min_by_key(|(_, above)| off(above)) {
        return Some(found);
    }
    let unknown = near(0).filter(|(_, above)| above.faces(piece));
    let (found, above) = unknown.min_by_key(|(_, above)| off(above))?;
    let alone = line.iter().enumerate().all(|(other, word)| other == at || !above.faces(word));
    (alone && !is_whole(&above.words) && !is_whole(&piece.words)).then_some(found)
}

/// The words of one line, parted at each `mark` between Chinese characters.
fn pieces(text: &str, words: &Line, line: usize, (wide, mark): (i32, char)) -> Vec<Heading> {
    let mut pieces: Vec<Heading> = Vec::new();
    for word in words {
        let (mut start, mut at, mut printed) = (word.span.start, word.from, word.from);
        for piece in word.span.of(text).split(mark) {
            let tied = start > word.span.start;
            let span = Span::new(start, start + piece.len() as u32);
            printed += piece.chars().map(|char| width(char, 2)).sum::<i32>();
            let next = new_piece(text, span, at, printed, line, tied);
            let first = line == 0 && pieces.len() == 1;
            let one = |last: &&mut Heading| is_set_wide(last, &next, first) || tied && is_one(text, last, &next);
            match pieces.last_mut().filter(one) {
                Some(last) => {
                    last.parts = vec![last.parts[0].cover(span)];
                    last.words.push_str(&next.words);
                    last.to = next.to;
                }
                None if piece.is_empty() => {}
                None => pieces.push(next),
            }
            at += piece.chars().map(|char| width(char, wide)).sum::<i32>() + 1;
            printed += 1;
            start = span.end + 1;
        }
    }
    part(&mut pieces);
    pieces
}

fn new_piece(text: &str, span: Span, from: i32, to: i32, line: usize, tied: bool) -> Heading {
    let words = squeeze(span.of(text));
    Heading { parts: vec![span], words, from, to, top: line, bottom: line, first: 0, last: 0, tied }
}

/// Lets headings end before the next one begins.
///
/// They end where they end in print: where a Chinese character is counted as one column, words begin in
/// their place all the same, but end half way.
fn part(pieces: &mut [Heading]) {
    let mut limit = i32::MAX;
    for piece in pieces.iter_mut().rev() {
        let shortest = piece.from + piece.words.chars().map(|char| width(char, 1)).sum::<i32>();
        piece.to = piece.to.min(limit).max(shortest);
        if !piece.tied {
            limit = piece.from - 1;
        }
    }
}

/// Puts headings that stand close together over columns side by side, where their places allow it.
///
/// How wide a Chinese character is in columns differs from page to page; the width that fits best is taken.
fn settle(pieces: &mut [Heading], columns: &[Column]) {
    let mut first = 0;
    while first < pieces.len() {
        let length = 1 + pieces[first + 1..].iter().take_while(|piece| piece.tied).count();
        let chain = &mut pieces[first..first + length];
        let fits = (10..=20).step_by(2).filter(|_| length > 1).filter_map(|tenths| {
            let centres = centres(chain, tenths);
            let off = |columns: &[Column]| -> i32 {
                centres.iter().zip(columns).map(|(centre, column)| (centre - column.middle()).abs()).sum()
            };
            columns.windows(length).map(|columns| (off(columns), columns)).min_by_key(|(off, _)| *off)
        });
        if let Some((off, columns)) = fits.min_by_key(|(off, _)| *off)
            && off <= chain.iter().map(|_| 6).sum::<i32>()
        {
            for (piece, column) in chain.iter_mut().zip(columns).skip(1) {
                let half = piece.words.chars().map(|char| width(char, 2)).sum::<i32>() / 2;
                (piece.from, piece.to) = (column.middle() / 2 - half, column.middle() / 2 + half.max(1));
            }
        }
        first += length;
    }
}

/// Twice the middles of headings one space apart, if a Chinese character takes so many tenths of a column.
fn centres(chain: &[Heading], tenths: i32) -> Vec<i32> {
    let mut at = 20 * chain.first().map_or(0, |piece| piece.from);
    let place = |piece: &Heading| {
        let columns = |char| if width(char, 2) == 2 { tenths } else { 10 };
        let wide = 2 * piece.words.chars().map(columns).sum::<i32>();
        let centre = (2 * at + wide) / 20;
        at += wide + 20;
        centre
    };
    chain.iter().map(place).collect()
}

fn width(char: char, wide: i32) -> i32 {
    if char < '\u{1100}' { 1 } else { wide }
}

/// Whether two characters, however far apart, are one heading: 收      入. No heading but 类, 款 and 项 has only one,
/// so that two that are the `first` of a head are one, though nobody knows it: 指    标.
fn is_set_wide(left: &Heading, right: &Heading, first: bool) -> bool {
    let single = |words: &str| words.chars().count() == 1;
    let unknown = |words: &str| first && !is_mark(words) && words.chars().all(is_chinese);
    single(&left.words)
        && single(&right.words)
        && (is_whole(&format!("{}{}", left.words, right.words)) || unknown(&left.words) && unknown(&right.words))
}

fn is_mark(words: &str) -> bool {
    matches!(words, "类" | "款" | "项")
}

/// Whether two words with one space between are one heading: 合 计, 2021 年度, 项目（按 功能分类）.
fn is_one(text: &str, left: &Heading, right: &Heading) -> bool {
    let single = |words: &str| words.chars().count() == 1;
    let spaced = || left.parts.last().is_some_and(|part| part.of(text).split(' ').all(single));
    let short = left.words.chars().count() <= 3 || spaced();
    if single(&right.words) && short && !(is_mark(&left.words) && is_mark(&right.words)) {
        return begins_whole(&format!("{}{}", left.words, right.words));
    }
    let ends = left.words.chars().next_back().is_some_and(is_chinese);
    let begins = right.words.chars().next().is_some_and(is_chinese);
    let open = left.words.matches(['（', '(']).count() > left.words.matches(['）', ')']).count();
    !ends && !left.words.ends_with(['）', ')', '”']) || !begins && !right.words.starts_with(['“']) || open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(lines: &[&str]) -> Vec<String> {
        let text = lines.join("\n");
        let mut start = 0;
        let head: Vec<Line> = lines
            .iter()
            .map(|line| {
                let words = super::super::words::split(&text, start, line, 1);
                start += line.len() as u32 + 1;
                words
            })
            .collect();
        stack(&text, &head, 1, &[]).into_iter().map(|heading| heading.words).collect()
    }

    #[test]
    fn headings_one_space_apart_are_two_and_their_second_lines_find_them() {
        let lines = ["本年收入合计 财政拨款收          上级补", "               入          助收入"];
        assert_eq!(headings(&lines), ["本年收入合计", "财政拨款收入", "上级补助收入"]);
    }

    #[test]
    fn a_heading_set_wide_is_one() {
        assert_eq!(headings(&["收     入      2031 年度决算数   项 目"]), ["收入", "2031年度决算数", "项目"]);
    }

    #[test]
    fn a_heading_over_another_is_not_joined_with_it() {
        let lines = ["     决算数", "合计     基本支出"];
        assert_eq!(headings(&lines), ["决算数", "合计", "基本支出"]);
    }

    #[test]
    fn unknown_words_alone_below_one_another_are_one_heading() {
        assert_eq!(headings(&["车辆编制", "数量        已购"]), ["车辆编制数量", "已购"]);
    }
}

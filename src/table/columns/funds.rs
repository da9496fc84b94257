//! The funds of a form by columns of spaces: 年初预算数 全年预算数 全年执行数 分值 执行率 得分 above their amounts.
//!
//! In: the lines above the row 一级指标. Out: where the block begins and ends, and its rows: the block's label, the
//! label of each row and its amounts, each below its heading. A line of amounts is a row; the words above and below it
//! on its left are its label. What a row lacks left no trace: amounts go to the headings that fit all of them best.

use super::super::words::{is_dash, is_number, squeeze};
use super::align::{Place, align};
use super::forms::{FormRow, Numbered};
use super::{Column, Kind, Word};
use crate::source::Span;
use std::ops::Range;

/// Lines of the block at most.
const MOST_LINES: usize = 60;

/// The lines of the funds, and which of them holds the headings.
pub(super) struct Funds {
    pub(super) lines: Range<usize>,
    head: usize,
}

/// Finds the funds in `lines`.
pub(super) fn find(text: &str, lines: &[Numbered]) -> Option<Funds> {
    let words = |line: &Numbered| line.words.iter().map(|word| squeeze(word.span.of(text))).collect::<Vec<String>>();
    let is_heading = |words: &String| {
        ["预算数", "执行数", "执行率", "分值", "得分"].iter().any(|end| words.contains(end))
            && !words.contains(|char: char| char.is_ascii_digit())
    };
    let head = lines.iter().position(|line| words(line).iter().filter(|words| is_heading(words)).count() > 1)?;
    if lines[head].words.iter().any(|word| word.span.of(text).ends_with([':', '：'])) {
        // 预算数： | 3 万元 | 执行数： | 3 万元: pairs.
        return None;
    }
    let is_goal = |line: &Numbered| words(line).iter().any(|words| words.contains("目标"));
    let end = (head + 1..lines.len()).find(|at| is_goal(&lines[*at])).unwrap_or(lines.len()).min(head + MOST_LINES);
    // The block's label may begin above its headings.
    let is_label =
        |line: &Numbered| words(line).iter().any(|words| words.contains("资金") || words.contains("预算执行"));
    let above = lines[..head].iter().rev().take(2).take_while(|line| line.words.len() == 1 && is_label(line)).count();
    Some(Funds { lines: head - above..end, head })
}

impl Funds {
    /// The rows of the block, whose labels begin left of `edge`, in a form of `width` columns.
    pub(super) fn rows(
        &self,
        text: &str,
        lines: &[Numbered],
        wide: i32,
        (edge, width): (i32, usize),
    ) -> Option<Vec<FormRow>> {
        let parted = |line: &Numbered| Numbered {
            at: line.at,
            words: line.words.iter().flat_map(|word| part(text, word, wide)).collect(),
        };
        let lines: Vec<Numbered> = lines[self.lines.clone()].iter().map(parted).collect();
        let head = &lines[self.head - self.lines.start];
        let (labels, headings): (Vec<Word>, Vec<Word>) = head.words.iter().partition(|word| word.from < edge);
        let first = width.checked_sub(headings.len()).filter(|first| *first >= 2)?;
        let left = headings.first()?.from;
        let is_row = |line: &&Numbered| line.at > head.at && line.words.iter().any(|word| word.kind == Kind::Number);
        let mut rows: Vec<FormRow> =
            vec![FormRow { at: head.at, labelled: false, words: labels.iter().map(|word| (0, *word)).collect() }];
        rows[0].words.extend(headings.iter().enumerate().map(|(at, word)| (first + at, *word)));
        let amounts = |line: &Numbered| -> Vec<Word> {
            line.words.iter().copied().filter(|word| word.kind == Kind::Number).collect()
        };
        let most = lines.iter().filter(is_row).map(|line| amounts(line).len()).max()?;
        // A rate may stand a line above the amounts of its row, and its sign below it: 100.00, %.
        let (whole, rest): (Vec<&Numbered>, Vec<&Numbered>) =
            lines.iter().filter(is_row).partition(|line| 2 * amounts(line).len() > most);
        for line in whole {
            let amounts = amounts(line);
            let columns = below(&amounts, &headings)?;
            let words = amounts.iter().zip(columns).map(|(word, at)| (first + at, *word)).collect();
            rows.push(FormRow { at: line.at, labelled: false, words });
        }
        for line in rest {
            for word in amounts(line) {
                let column = first + below(&[word], &headings)?.first()?;
                let lacks = |row: &FormRow| row.words.iter().all(|(at, _)| *at != column);
                let near = rows.iter_mut().skip(1).filter(|row| row.at.abs_diff(line.at) < 2 && lacks(row));
                match near.min_by_key(|row| row.at.abs_diff(line.at)) {
                    Some(row) => row.words.push((column, word)),
                    None => rows.push(FormRow { at: line.at, labelled: false, words: vec![(column, word)] }),
                }
            }
        }
        rows[1..].sort_by_key(|row| row.at);
        for line in &lines {
            for word in line.words.iter().filter(|word| word.kind != Kind::Number && line.at != head.at) {
                if word.from < edge {
                    rows[0].words.push((0, *word));
                    continue;
                }
                let near = |row: &&mut FormRow| (row.at.abs_diff(line.at), row.at);
                let row = rows.iter_mut().skip(1).min_by_key(near)?;
                if matches!(word.span.of(text), "%" | "％") {
                    let column = first + below(&[*word], &headings)?.first()?;
                    row.words.push((column, *word));
                    continue;
                }
                // Words below the headings are neither.
                (word.from < left + 4).then_some(())?;
                row.words.push((1, *word));
            }
        }
        (rows.len() > 1).then_some(rows)
    }
}

/// The headings that amounts of one line stand below, in order.
fn below(amounts: &[Word], headings: &[Word]) -> Option<Vec<usize>> {
    if amounts.len() == headings.len() {
        return Some((0..amounts.len()).collect());
    }
    let place = |word: &Word| Place { from: word.from, to: word.to, kind: None, alone: 1000 };
    let columns: Vec<Column> =
        headings.iter().map(|word| Column { kind: Kind::Number, from: word.from, to: word.to }).collect();
    align(&amounts.iter().map(place).collect::<Vec<Place>>(), &columns).into_iter().collect()
}

/// The words of a phrase, amounts and dashes apart from each other: `年度资金总额 576.60`, `64.00 % 9`.
fn part(text: &str, word: &Word, wide: i32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut from) = (word.span.start, word.from);
    for piece in word.span.of(text).split(' ') {
        let span = Span::new(start, start + piece.len() as u32);
        let to = from + piece.chars().map(|char| if char < '\u{1100}' { 1 } else { wide }).sum::<i32>();
        let kind = if is_number(piece) || is_dash(piece) { Kind::Number } else { Kind::Text };
        let sign = matches!(piece, "%" | "％");
        match words.last_mut().filter(|last| sign || last.kind == Kind::Text && kind == Kind::Text) {
            Some(last) => (last.span, last.to) = (last.span.cover(span), to),
            None if piece.is_empty() => {}
            None => words.push(Word { kind, span, from, to }),
        }
        (start, from) = (span.end + 1, to + 1);
    }
    words
}

//! The lines of the head of a table by columns of spaces, cut off its rows.
//!
//! In: the lines of its pages. Out: those of the head; what a later page repeats of it is left out, and a page that
//! ends within it goes on with the next. Also which words of the rows are codes printed in pieces.

use super::super::headings::is_piece;
use super::super::words::{is_item, is_total, squeeze};
use super::numbers::cut_numbering;
use super::{Kind, Line, Word};
use crate::problem::{Problem, Severity};
use std::collections::{HashMap, HashSet};

/// Words beyond which lines above the data are no head that a person could read.
const MOST_HEADINGS: usize = 200;

/// Whether `line` is a row of data: it has a code, an amount, or begins with an item or a total.
fn is_data(text: &str, line: &Line) -> bool {
    let Some(first) = line.first() else { return false };
    let words = first.span.of(text);
    line.iter().any(|word| word.kind != Kind::Text)
        || is_item(words)
        || line.len() > 1 && is_total(&squeeze(words)) && { line.iter().skip(1).all(|word| word.kind == Kind::Number) }
}

/// Joins a page that ends within the head, before any row, with the next one.
pub(super) fn join_head(text: &str, pages: &mut Vec<Vec<Line>>) {
    while let [first, second, ..] = pages.as_slice()
        && !first.iter().any(|line| is_data(text, line))
        && second.iter().any(|line| is_data(text, line))
        && first.iter().map(Vec::len).sum::<usize>() < MOST_HEADINGS
    {
        let head = pages.remove(0);
        pages[0].splice(..0, head);
    }
}

/// Puts 合 and 计, one above the other in a narrow cell, on the line of their amounts.
pub(super) fn join_totals(text: &str, page: &mut [Line]) {
    let is = |line: &Line, words: &[&str]| line.first().is_some_and(|word| words.contains(&word.span.of(text)));
    let mut above: Option<usize> = None;
    for at in 0..page.len() {
        if page[at].is_empty() {
            continue;
        }
        let before = above.replace(at).filter(|before| at - before < 4 && is(&page[*before], &["合", "总"]));
        let before = before.or_else(|| above_amounts(text, page, at));
        let Some(before) = before.filter(|before| is(&page[at], &["计"]) && near(&page[*before][0], &page[at][0]))
        else {
            continue;
        };
        let amounts = (before..=at).find(|line| page[*line].iter().any(|word| word.kind == Kind::Number));
        let Some(amounts) = amounts else { continue };
        let (first, second) = (page[before].remove(0), page[at].remove(0));
        page[amounts].splice(..0, [first, second]);
    }
}

/// The line of 合 above amounts that stand alone between it and the line `at`.
fn above_amounts(text: &str, page: &[Line], at: usize) -> Option<usize> {
    let mut filled = (0..at).rev().filter(|line| !page[*line].is_empty()).take(2);
    let (amounts, first) = (filled.next()?, filled.next()?);
    let bare = page[amounts].iter().all(|word| word.kind == Kind::Number);
    let is_first = page[first].len() == 1 && matches!(page[first][0].span.of(text), "合" | "总");
    (bare && is_first && at - first < 4).then_some(first)
}

fn near(one: &Word, other: &Word) -> bool {
    (one.from - other.from).abs() <= 1
}

/// Cuts the lines of the head off the first page.
pub(super) fn cut_head(text: &str, page: &mut Vec<Line>) -> Vec<Line> {
    let mut data = page.iter().position(|line| is_data(text, line)).unwrap_or(page.len());
    // The first row's label may begin above its amounts.
    let unnamed = page.get(data).is_some_and(|line| line.iter().all(|word| word.kind != Kind::Text));
    while unnamed
        && let Some(line) = data.checked_sub(1).map(|above| &page[above])
        && line.len() == 1
        && !is_piece(&squeeze(line[0].span.of(text)))
    {
        data -= 1;
    }
    if page[..data].iter().map(Vec::len).sum::<usize>() > MOST_HEADINGS {
        return Vec::new();
    }
    let mut head: Vec<Line> = page.drain(..data).collect();
    // 合计 of a statement without data shares its line with the lowest headings.
    if page.iter().all(Vec::is_empty)
        && let Some(last) = head.iter_mut().rev().find(|line| !line.is_empty())
        && last.len() > 1
        && squeeze(last[0].span.of(text)) == "合计"
        && last.iter().skip(1).any(|word| squeeze(word.span.of(text)) == "合计")
    {
        let mut total = last.remove(0);
        total.kind = Kind::Code;
        page.push(vec![total]);
    }
    head
}

/// Tells codes that are printed in pieces, 207 | 01 | 04, from numbers.
pub(super) fn mark_codes(text: &str, line: &mut Line, marked: bool) {
    let coded = line.first().is_some_and(|first| first.kind == Kind::Code);
    let pieces = line.iter_mut().skip(1).take_while(|word| word.kind == Kind::Number).take(2);
    for word in pieces.filter(|word| marked && coded && word.span.of(text).len() == 2) {
        word.kind = Kind::Code;
    }
}

/// Tells amounts that look like codes, 20300, from these: no name follows them, and others stand below or above.
pub(super) fn unmark_codes(page: &mut [Line]) {
    let is = |word: Option<&Word>, kind: Kind| word.is_some_and(|word| word.kind == kind);
    let named =
        |line: &Line, at: usize| at == 0 || is(line.get(at + 1), Kind::Text) || is(line.get(at - 1), Kind::Code);
    let (mut codes, mut numbers) = (HashSet::new(), HashSet::new());
    for line in page.iter() {
        for (at, word) in line.iter().enumerate() {
            match word.kind {
                Kind::Code if named(line, at) => codes.extend(word.from..word.to),
                Kind::Number => numbers.extend(word.from..word.to),
                _ => {}
            }
        }
    }
    for line in page.iter_mut() {
        for at in 1..line.len() {
            let (from, to) = (line[at].from, line[at].to);
            let over = |places: &HashSet<i32>| (from..to).any(|place| places.contains(&place));
            if line[at].kind == Kind::Code && !named(line, at) && over(&numbers) && !over(&codes) {
                line[at].kind = Kind::Number;
            }
        }
    }
}

/// Whether `word` is 类, 款 or 项.
pub(super) fn is_mark(text: &str, word: &Word) -> bool {
    matches!(word.span.of(text).trim(), "类" | "款" | "项")
}

/// Takes the head off later pages that repeat it, though its lines may be set otherwise there.
pub(super) fn cut_repeated_heads(
    text: &str,
    head: &[Line],
    numbering: Option<&Line>,
    pages: &mut [Vec<Line>],
    problems: &mut Vec<Problem>,
) -> Vec<Top> {
    let known = Letters::of(text, head);
    let mut tops = vec![Top::default(); pages.len().min(1)];
    for page in pages.iter_mut().skip(1) {
        tops.push(Top::default());
        let end = page.iter().position(|line| is_data(text, line)).unwrap_or(page.len());
        let own = Letters::of(text, &page[..end]);
        let Some(first) = page[..end].iter().flatten().next().copied().filter(|_| own.repeats(&known)) else {
            continue;
        };
        // The first row's label may begin above its amounts.
        let (head, rest): (Vec<Line>, Vec<Line>) = page.drain(..end).partition(|line| known.hold(text, line));
        let numbering = numbering.and_then(|_| cut_numbering(text, page));
        page.splice(..0, rest);
        if let Some(top) = tops.last_mut() {
            *top = Top { head, numbering };
        }
        problems.push(Problem::new(
            Severity::Note,
            "table-continued",
            "the table goes on from the page before; its repeated heading was left out",
            first.span,
        ));
    }
    tops
}

/// What stands above the rows of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Top {
    pub(super) head: Vec<Line>,
    /// The row 栏次.
    pub(super) numbering: Option<Line>,
}

/// The characters of some lines and how often each stands there.
struct Letters(HashMap<char, usize>);

impl Letters {
    fn of(text: &str, lines: &[Line]) -> Letters {
        let mut letters = HashMap::new();
        for char in lines.iter().flatten().flat_map(|word| word.span.of(text).chars()).filter(|c| !c.is_whitespace()) {
            *letters.entry(char).or_default() += 1;
        }
        Letters(letters)
    }

    /// Whether nearly all are those of `head`, and nearly all of `head` are here.
    fn repeats(&self, head: &Letters) -> bool {
        let count = |letters: &Letters| letters.0.values().sum::<usize>();
        let both: usize =
            self.0.iter().map(|(char, count)| head.0.get(char).map_or(0, |other| *count.min(other))).sum();
        both > 0 && both * 10 >= count(head) * 9 && both * 10 >= count(self) * 6
    }

    /// Whether `line` has no other characters.
    fn hold(&self, text: &str, line: &Line) -> bool {
        let mut chars = line.iter().flat_map(|word| word.span.of(text).chars());
        chars.all(|char| char.is_whitespace() || self.0.contains_key(&char))
    }
}

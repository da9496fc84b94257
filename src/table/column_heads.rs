//! Headings of tables by columns of spaces: which columns each word of the head stands over.
//!
//! In: the lines of the head and the columns of the data. Out: the placed headings; columns that
//! have a heading and no data are added. Words one above the other are one heading if together they
//! are a heading of the forms, or if one of them is none. From the lowest up, a heading over one
//! that is whole stands over several: those around its middle.

use super::columns::{Column, Kind, Word};
use super::grid::{Placed, PlacedRow, Slot};
use super::header::Role;
use super::headings::{begins_whole, is_whole, shares_columns};
use super::words::{heads_codes, heads_labels, is_total, squeeze};
use crate::source::Span;

/// Lines between two words of one heading at most.
const APART: usize = 2;

/// A heading, and the columns that it stands over once they are known.
#[derive(Clone, Debug)]
struct Heading {
    parts: Vec<Span>,
    words: String,
    from: i32,
    to: i32,
    top: usize,
    bottom: usize,
    first: usize,
    last: usize,
}

impl Heading {
    fn centre(&self) -> i32 {
        self.from + self.to
    }

    fn overlaps(&self, from: i32, to: i32) -> bool {
        self.from < to && from < self.to
    }

    /// Takes in a word, which stands above or below.
    fn join(&mut self, other: Heading) {
        self.words = if other.top < self.top {
            other.words + &self.words
        } else {
            std::mem::take(&mut self.words) + &other.words
        };
        self.parts.extend(other.parts);
        (self.from, self.to) = (self.from.min(other.from), self.to.max(other.to));
        (self.top, self.bottom) = (self.top.min(other.top), self.bottom.max(other.bottom));
    }
}

/// Places the headings in `head`; `columns` gets the columns that only a heading tells.
pub(super) fn arrange(text: &str, head: &[Vec<Word>], columns: &mut Vec<Column>) -> Vec<PlacedRow> {
    let mut words = join_known(text, head);
    words.sort_by_key(|word| (std::cmp::Reverse(word.bottom), word.from));
    add_columns(&words, columns);
    let mut headings: Vec<Heading> = Vec::new();
    let pairs = pair_up(&mut words, columns.len());
    for word in words.clone() {
        if pairs && word.first < word.last {
            headings.push(word);
        } else {
            enter(word, &words, columns, &mut headings);
        }
    }
    levels(text, headings)
}

/// The words of the head; those that make a known heading together are one.
fn join_known(text: &str, head: &[Vec<Word>]) -> Vec<Heading> {
    let mut done: Vec<Heading> = Vec::new();
    let lines = head.iter().filter(|line| !line.is_empty()).enumerate();
    for (line, word) in lines.flat_map(|(index, line)| line.iter().map(move |word| (index, word))) {
        let words = squeeze(word.span.of(text));
        let (from, to) = (word.from, word.to);
        let next = Heading { parts: vec![word.span], words, from, to, top: line, bottom: line, first: 0, last: 0 };
        let above = done.iter_mut().rev().take(64).find(|above| {
            let together = || format!("{}{}", above.words, next.words);
            above.bottom < line
                && line - above.bottom <= APART
                && above.overlaps(from - 2, to + 2)
                && begins_whole(&together())
        });
        match above {
            Some(above) => above.join(next),
            None => done.push(next),
        }
    }
    done
}

/// Gives each heading above 预算数 and 决算数 its two columns, in order; whether the head is of that kind.
fn pair_up(words: &mut [Heading], columns: usize) -> bool {
    let lowest = words.first().map_or(0, |word| word.bottom);
    let leaves = words.iter().take_while(|word| word.bottom == lowest).count();
    let top = words.iter().map(|word| word.top).min().unwrap_or(0);
    let alone = words.iter().filter(|word| word.top == top).count() == 1;
    let over = |word: &Heading| word.words.starts_with("公务用车购置及运行") || alone && word.top == top;
    let (lower, upper) = words.split_at_mut(leaves);
    let mut pairs: Vec<&mut Heading> = upper.iter_mut().filter(|word| !over(word)).collect();
    if leaves != columns || leaves != 2 * pairs.len() || !lower.iter().all(|word| shares_columns(&word.words)) {
        return false;
    }
    pairs.sort_by_key(|word| word.centre());
    for (index, word) in pairs.into_iter().enumerate() {
        (word.first, word.last) = (2 * index, 2 * index + 1);
    }
    true
}

/// Adds a column for every lowest word of the head that stands over no column.
fn add_columns(words: &[Heading], columns: &mut Vec<Column>) {
    // 预算数 and 决算数 below every heading are all the columns that there are.
    let lowest = words.first().map_or(0, |word| word.bottom);
    let halves = words.iter().filter(|word| word.bottom == lowest).all(|word| shares_columns(&word.words));
    for word in words.iter().filter(|word| !halves || word.bottom == lowest) {
        let free = !columns.iter().any(|column| word.overlaps(column.from - 1, column.to + 1));
        if free && !matches!(word.words.as_str(), "项目" | "收入" | "支出" | "类" | "款" | "项") {
            let kind = if heads_codes(&word.words) && word.words.len() > 3 {
                Kind::Code
            } else if matches!(word.words.as_str(), "科目名称" | "单位名称" | "名称") {
                Kind::Text
            } else {
                Kind::Number
            };
            columns.push(Column { kind, from: word.from, to: word.to });
        }
    }
    if columns.is_empty() {
        columns.extend(words.first().map(|word| Column { kind: Kind::Text, from: word.from, to: word.to }));
    }
    columns.sort_unstable_by_key(|column| column.from + column.to);
}

/// Enters one heading above those already entered.
fn enter(mut word: Heading, words: &[Heading], columns: &[Column], headings: &mut Vec<Heading>) {
    let middle = |at: usize| columns[at].from + columns[at].to;
    let centre = word.centre();
    let off = |at: &usize| (middle(*at) - centre).abs();
    let over = (0..columns.len()).filter(|&at| word.overlaps(columns[at].from, columns[at].to)).min_by_key(off);
    let Some(own) = over.or_else(|| (0..columns.len()).min_by_key(off)) else { return };
    let codes = columns.iter().position(|column| column.kind == Kind::Code);
    if let ("项目", Some(first)) = (word.words.as_str(), codes) {
        let names = columns[first..].iter().take_while(|column| column.kind != Kind::Number).count();
        (word.first, word.last) = (first, first + names - 1);
        headings.push(word);
        return;
    }
    let marks = columns.iter().filter(|column| column.kind == Kind::Code).count();
    if let (true, Some(first)) = (marks == 3 && heads_codes(&word.words) && word.words.len() > 3, codes) {
        (word.first, word.last) = (first, first + 2);
        headings.push(word);
        return;
    }
    if let (Some(order), true, Some(first)) =
        (["类", "款", "项"].iter().position(|mark| *mark == word.words), marks == 3, codes)
    {
        (word.first, word.last) = (first + order, first + order);
        headings.push(word);
        return;
    }
    let Some(below) = headings.iter().position(|heading| heading.first <= own && own <= heading.last) else {
        (word.first, word.last) = (own, own);
        headings.push(word);
        return;
    };
    if !is_whole(&word.words) && !is_whole(&headings[below].words) {
        headings[below].join(word);
        return;
    }
    let beside: Vec<i32> = words
        .iter()
        .filter(|other| other.top == word.top && other.bottom == word.bottom)
        .map(Heading::centre)
        .collect();
    let shared = beside.len() > 1
        && words.iter().filter(|other| other.top == word.top).all(|other| shares_columns(&other.words));
    let alone = codes.is_none() && words.iter().all(|other| other.top > word.bottom || other.parts == word.parts);
    (word.first, word.last) = if alone {
        (0, columns.len() - 1)
    } else if shared {
        // Halfway to the neighbours on the same line.
        let left = beside.iter().filter(|other| **other < centre).max().map_or(i32::MIN, |left| left.midpoint(centre));
        let right =
            beside.iter().filter(|other| **other > centre).min().map_or(i32::MAX, |right| right.midpoint(centre));
        let mine = (0..columns.len()).filter(|&at| left < middle(at) && middle(at) <= right);
        mine.fold((own, own), |(first, last), at| (first.min(at), last.max(at)))
    } else {
        around(&word, columns, own, headings)
    };
    headings.push(word);
}

/// The columns of the headings below `word` whose common middle is its own; the more the better.
fn around(word: &Heading, columns: &[Column], own: usize, headings: &[Heading]) -> (usize, usize) {
    if word.words.starts_with("公务用车购置及运行") {
        let named =
            |name: &str| headings.iter().filter(move |heading| heading.words.contains(name)).collect::<Vec<_>>();
        let (subtotals, running) = (named("小计"), named("运行"));
        let near = |heading: &&&Heading| (heading.centre() - word.centre()).abs();
        if let (Some(first), Some(last)) = (subtotals.iter().min_by_key(near), running.iter().min_by_key(near)) {
            return (first.first.min(last.last), last.last.max(first.first));
        }
    }
    // Headings that no other one stands over, from the left.
    let mut tops: Vec<&Heading> = headings
        .iter()
        .filter(|heading| {
            let holds = |other: &&Heading| {
                other.first <= heading.first
                    && heading.last <= other.last
                    && (other.first, other.last) != (heading.first, heading.last)
            };
            !headings.iter().any(|other| holds(&other))
        })
        .collect();
    tops.sort_by_key(|heading| heading.first);
    let Some(at) = tops.iter().position(|heading| heading.first <= own && own <= heading.last) else {
        return (own, own);
    };
    // What stands beside it is no part of it.
    let beside = |heading: &&&Heading| heading.top <= word.bottom && word.top <= heading.bottom;
    let left = tops[..at].iter().rposition(|heading| beside(&heading)).map_or(0, |left| left + 1);
    let right = tops[at + 1..].iter().position(|heading| beside(&heading)).map_or(tops.len(), |right| at + 1 + right);
    let mut ranges = Vec::new();
    for first in left.max(at.saturating_sub(12))..=at {
        for last in at..right.min(at + 13) {
            let (from, to) = (tops[first].first, tops[last].last);
            if from < to {
                ranges.push(((columns[from].from + columns[to].to - word.centre()).abs(), from, to));
            }
        }
    }
    let Some(best) = ranges.iter().map(|range| range.0).min() else { return (own, own) };
    let good = ranges.iter().filter(|range| range.0 <= best);
    good.max_by_key(|range| range.2 - range.1).map_or((own, own), |range| (range.1, range.2))
}

/// Gives each heading its row: below those that stand over it.
fn levels(text: &str, mut headings: Vec<Heading>) -> Vec<PlacedRow> {
    headings.sort_by_key(|heading| (std::cmp::Reverse(heading.last - heading.first), heading.top, heading.first));
    let mut depths: Vec<usize> = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        let holds = |other: &Heading| other.first <= heading.first && heading.last <= other.last;
        let above = (0..index).filter(|&other| holds(&headings[other])).map(|other| depths[other] + 1).max();
        depths.push(above.unwrap_or(0));
    }
    let rows = depths.iter().max().map_or(0, |deepest| deepest + 1);
    let lowest = headings.iter().map(|heading| heading.bottom).max();
    let inside = |index: usize, other: usize| {
        let (outer, inner) = (&headings[index], &headings[other]);
        index != other && depths[other] > depths[index] && outer.first <= inner.first && inner.last <= outer.last
    };
    let is_leaf = |index: usize| !(0..headings.len()).any(|other| inside(index, other));
    // What stands on the lowest line stands in the lowest row.
    let lows: Vec<usize> = (0..headings.len())
        .map(|index| if is_leaf(index) && Some(headings[index].bottom) == lowest { rows - 1 } else { depths[index] })
        .collect();
    let spans: Vec<usize> = (0..headings.len())
        .map(|index| {
            let below = (0..headings.len()).filter(|&other| inside(index, other)).map(|other| lows[other]).min();
            below.unwrap_or(rows).saturating_sub(lows[index]).max(1)
        })
        .collect();
    let depths = lows;
    let mut placed: Vec<PlacedRow> = vec![PlacedRow::new(); rows];
    for (index, mut heading) in headings.into_iter().enumerate() {
        heading.parts.sort_unstable();
        let slot = Slot::of_parts(text, heading.parts.iter().copied());
        let mut cell = Placed::new(heading.first, heading.last + 1 - heading.first, true, slot);
        cell.row_span = spans[index];
        placed[depths[index]].push(cell);
    }
    for row in &mut placed {
        row.sort_by_key(|cell| cell.column);
    }
    placed
}

/// What each column holds, after its data and its heading.
pub(super) fn roles(heads: &[PlacedRow], columns: &[Column], text: &str) -> Vec<Role> {
    let leaf = |at: usize| {
        let over = heads.iter().rev().filter_map(|row| row.iter().find(|cell| cell.column <= at && at < cell.end()));
        over.map(|cell| squeeze(&cell.slot.text(text))).next().unwrap_or_default()
    };
    let role = |(at, column): (usize, &Column)| match column.kind {
        Kind::Code => Role::Code,
        Kind::Text => Role::Label,
        Kind::Number if matches!(leaf(at).as_str(), "行次" | "序号") => Role::Ordinal,
        Kind::Number if heads_codes(&leaf(at)) => Role::Code,
        Kind::Number if heads_labels(&leaf(at)) && !is_total(&leaf(at)) => Role::Label,
        Kind::Number => Role::Data,
    };
    columns.iter().enumerate().map(role).collect()
}

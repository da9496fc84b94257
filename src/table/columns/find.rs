//! The columns of tables by columns of spaces, and which of them each word stands in.
//!
//! In: the words of a table's data, page by page. Out: [`Column`]s, each with the places that its
//! codes, names or numbers take; cells. Words that overlap from line to line are a column; where a
//! line has two of them there, it is two. Every page is set anew, so that pages are matched by how far
//! their columns are shifted. No two numbers of a line are ever put into one cell.

use super::super::words::{is_dash, is_total, ordinal, squeeze};
use super::align::{Place, align, match_page};
use super::pages::{Guide, Map};
use super::rows::Cells;
use super::{Column, Kind, Line, Word};
use crate::problem::{Problem, Severity};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Amounts of one line that may overlap with those of others and still be told apart.
const MOST_IN_ONE: usize = 16;

/// The columns that the words of `page` stand in, from the left.
///
/// Labels of totals stand over several columns and are none of their own, unless there are fewer than
/// `labels` columns of labels without them.
pub(super) fn data_columns(text: &str, page: &[Line], labels: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for kind in [Kind::Code, Kind::Text, Kind::Number] {
        let grouped = columns.iter().filter(|column| column.kind == Kind::Code).count() > 1;
        let of_kind =
            |line: &&Line| line.iter().any(|word| word.kind != Kind::Text) || line.len() > 1 || kind == Kind::Text;
        let own = |line: &Line, word: &Word| match kind {
            Kind::Code => true,
            Kind::Text => !is_total(&squeeze(word.span.of(text))),
            Kind::Number => !(grouped && is_grand_total(text, line)),
        };
        let mut words: Vec<Stood> = page
            .iter()
            .enumerate()
            .filter(|(_, line)| of_kind(line))
            .flat_map(|(at, line)| line.iter().map(move |word| (at, line, word)))
            .filter(|(_, _, word)| word.kind == kind)
            .map(|(at, line, word)| Stood {
                line: at,
                from: word.from,
                to: word.to,
                own: own(line, word),
                ordinal: ordinal(word.span.of(text)).is_some(),
                dash: is_dash(word.span.of(text)),
            })
            .collect();
        words.sort_unstable_by_key(|word| (word.from, word.to));
        let mut found = owned_groups(words);
        if kind == Kind::Number {
            join_ordinals(&mut found);
            join_dashes(&mut found);
        }
        // Columns, and whether they have more than totals, which stand over several columns.
        let found: Vec<(Column, bool)> = found.iter().flat_map(|words| apart(kind, words)).collect();
        let own = found.iter().filter(|(_, own)| *own).count();
        // The total of a statement without data is no column.
        let blank = kind == Kind::Text && page.iter().all(|line| line.len() < 2);
        let all = own == 0 && !blank || kind == Kind::Text && own < labels;
        columns.extend(found.into_iter().filter(|(_, own)| *own || all).map(|(column, _)| column));
    }
    columns.sort_unstable_by_key(|column| (column.middle(), column.kind));
    columns
}

/// Where a word stands.
#[derive(Clone, Copy, Debug)]
struct Stood {
    line: usize,
    from: i32,
    to: i32,
    own: bool,
    ordinal: bool,
    /// Whether it is a dash: printed for nothing, and often set otherwise than the amounts of its column.
    dash: bool,
}

/// The groups of words of columns, and those of totals that stand over none of these.
fn owned_groups(words: Vec<Stood>) -> Vec<Vec<Stood>> {
    let (own, totals): (Vec<Stood>, Vec<Stood>) = words.into_iter().partition(|word| word.own);
    let mut found = groups(&own);
    let reach = |group: &Vec<Stood>| group.iter().map(|word| word.to).max().unwrap_or(i32::MIN);
    let places: Vec<(i32, i32)> = found.iter().map(|group| (group[0].from, reach(group))).collect();
    let is_apart = |word: &Stood| {
        let next = places.partition_point(|place| place.1 <= word.from);
        places.get(next).is_none_or(|place| word.to <= place.0)
    };
    found.extend(groups(&totals.into_iter().filter(is_apart).collect::<Vec<Stood>>()));
    found.sort_by_key(|group| group[0].from);
    found
}

/// The words, which are in order, in groups of those that overlap one another.
fn groups(words: &[Stood]) -> Vec<Vec<Stood>> {
    let mut groups: Vec<Vec<Stood>> = Vec::new();
    let mut reach = i32::MIN;
    for word in words {
        match groups.last_mut().filter(|_| word.from < reach) {
            Some(group) => group.push(*word),
            None => groups.push(vec![*word]),
        }
        reach = reach.max(word.to);
    }
    groups
}

/// Joins row numbers that one line has pushed aside: whole numbers close together and on different lines.
fn join_ordinals(groups: &mut Vec<Vec<Stood>>) {
    let is_ordinal = |group: &[Stood]| group.iter().all(|word| word.ordinal);
    let mut joined: Vec<Vec<Stood>> = Vec::with_capacity(groups.len());
    for group in groups.drain(..) {
        let near = |before: &&mut Vec<Stood>| {
            let reach = before.iter().map(|word| word.to).max().unwrap_or(i32::MIN);
            let lines: HashSet<usize> = before.iter().map(|word| word.line).collect();
            group[0].from <= reach.saturating_add(2)
                && is_ordinal(before)
                && is_ordinal(&group)
                && group.iter().all(|word| !lines.contains(&word.line))
        };
        match joined.last_mut().filter(near) {
            Some(before) => before.extend(group),
            None => joined.push(group),
        }
    }
    *groups = joined;
}

/// Joins dashes with the nearest amounts beside them that no line has as well.
fn join_dashes(groups: &mut Vec<Vec<Stood>>) {
    let mut at = 0;
    while at < groups.len() {
        let lines: HashSet<usize> = groups[at].iter().map(|word| word.line).collect();
        let reach = |group: &[Stood]| {
            let from = group.iter().map(|word| word.from).min().unwrap_or(0);
            (from, group.iter().map(|word| word.to).max().unwrap_or(0))
        };
        let (from, to) = reach(&groups[at]);
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|other| {
            groups
                .get(*other)
                .is_some_and(|group| group.iter().all(|word| !lines.contains(&word.line) && !word.ordinal))
        });
        let apart = |other: &usize| {
            let (left, right) = reach(&groups[*other]);
            (left - to).max(from - right)
        };
        let found = groups[at].iter().all(|word| word.dash).then(|| beside.min_by_key(apart)).flatten();
        match found {
            Some(other) => {
                let words = groups.remove(at);
                let other = if other > at { other - 1 } else { other };
                groups[other].extend(words);
                at = at.min(other);
            }
            None => at += 1,
        }
    }
}

/// The columns of words that overlap one another: one, or as many as a line has amounts there.
fn apart(kind: Kind, words: &[Stood]) -> Vec<(Column, bool)> {
    let column = |words: &[Stood]| {
        let from = words.iter().map(|word| word.from).min()?;
        let to = words.iter().map(|word| word.to).max()?;
        Some((Column { kind, from, to }, words.iter().any(|word| word.own)))
    };
    if kind != Kind::Number {
        return column(words).into_iter().collect();
    }
    let mut by_line: Vec<Stood> = words.to_vec();
    by_line.sort_unstable_by_key(|word| (word.line, word.from));
    let lines = || by_line.chunk_by(|one, other| one.line == other.line);
    let most = lines().map(<[Stood]>::len).max().unwrap_or(0);
    let nth = |nth: usize| -> Vec<Stood> { lines().filter(|line| line.len() == most).map(|line| line[nth]).collect() };
    if most < 2 {
        return column(words).into_iter().collect();
    }
    (0..most.min(MOST_IN_ONE)).filter_map(|at| column(&nth(at))).collect()
}

/// Whether `line` is 合计 and one amount: below several groups of columns it is the total of them all.
fn is_grand_total(text: &str, line: &Line) -> bool {
    let [label, amount] = line.as_slice() else { return false };
    amount.kind == Kind::Number && matches!(squeeze(label.span.of(text)).as_str(), "合计" | "总计")
}

/// Moves the amount of a total of all groups to the first of them.
pub(super) fn place_grand_total(text: &str, row: &mut Cells, columns: &[Column]) {
    let codes = columns.windows(2).filter(|pair| pair[0].kind != Kind::Code && pair[1].kind == Kind::Code).count();
    let line: Line = row.iter().map(|(_, word)| *word).collect();
    if codes > 0
        && is_grand_total(text, &line)
        && let Some(first) = columns.iter().position(|column| column.kind == Kind::Number)
    {
        row[1].0 = first;
    }
}

/// The columns of the table: those of its first page, in whose places the head stands, and those that
/// only later pages have.
pub(super) fn columns_of_all(pages: &[Vec<Column>], guides: &[Option<Guide>], most_shift: i32) -> Vec<Column> {
    let mut pages = pages.iter().zip(guides).filter(|(page, _)| !page.is_empty());
    let mut columns = pages.next().map(|(page, _)| page.clone()).unwrap_or_default();
    // What the first page lacks shows best on the page with most columns.
    let mut others: Vec<(&Vec<Column>, &Option<Guide>)> = pages.collect();
    others.sort_by_key(|(page, _)| std::cmp::Reverse(page.len()));
    for (page, guide) in others {
        if let Some(guide) = guide {
            let own = guide.iter().filter(|(column, first)| page.contains(column) && !columns.contains(first));
            let new: Vec<Column> = own.map(|(_, first)| *first).collect();
            columns.extend(new);
            columns.sort_by_key(|column| (column.middle(), column.kind));
            continue;
        }
        let found = match_page(page, &columns, most_shift);
        let mut shift = 0;
        let mut new = Vec::new();
        for (column, found) in page.iter().zip(found) {
            match found {
                Some(at) => shift = column.middle() / 2 - columns[at].middle() / 2,
                None => new.push(Column { from: column.from - shift, to: column.to - shift, ..*column }),
            }
        }
        columns.extend(new);
        columns.sort_by_key(|column| (column.middle(), column.kind));
    }
    columns
}

/// For each column of a page, the column of the table that it is, by its own head or by kind and place.
pub(super) fn match_columns(
    page: &[Column],
    guide: Option<&Guide>,
    table: &[Column],
    with_data: &[Column],
    most_shift: i32,
) -> Map {
    let known: HashMap<Column, usize> = table.iter().copied().zip(0..).collect();
    let guided = |column: &Column| {
        let (_, first) = guide?.iter().find(|(own, _)| own == column)?;
        Some((*column, *known.get(first)?))
    };
    let guided: Option<Map> = page.iter().map(guided).collect();
    let mut map = guided.unwrap_or_else(|| {
        let found = match_page(page, with_data, most_shift);
        page.iter().zip(found).filter_map(|(column, found)| Some((*column, *known.get(&with_data[found?])?))).collect()
    });
    if map.is_empty() {
        map = table.iter().copied().zip(0..).collect();
    }
    map.sort_by_key(|(column, _)| (column.kind, column.middle()));
    map
}

/// Where each word of `line` belongs: the nearest column of its kind, or of any, and no two numbers in one.
pub(super) fn place(line: &Line, map: &[(Column, usize)], problems: &mut Vec<Problem>) -> Cells {
    let mut cells: Cells = line
        .iter()
        .filter_map(|word| {
            let same = map.partition_point(|(column, _)| column.kind < word.kind);
            let end = map.partition_point(|(column, _)| column.kind <= word.kind);
            let nearest = nearest(&map[same..end], word)
                .or_else(|| map.iter().min_by_key(|(column, _)| column.distance(word)).map(|(_, target)| *target));
            nearest.map(|target| (target, *word))
        })
        .collect();
    put_in_order(&mut cells, map);
    part_numbers(&mut cells, map, problems);
    cells
}

/// Words of a line stand in the order of their columns: an amount behind a label is none of the column before it.
fn put_in_order(cells: &mut Cells, map: &[(Column, usize)]) {
    let number = |kind: Kind| kind == Kind::Number;
    let crossed = |pair: &[(usize, Word)]| {
        let [left, right] = pair else { return false };
        left.1.kind != right.1.kind && (number(left.1.kind) || number(right.1.kind)) && left.0 > right.0
    };
    if !cells.windows(2).any(crossed) {
        return;
    }
    let mut all: Vec<(Column, usize)> = map.to_vec();
    all.sort_by_key(|(_, target)| *target);
    let (columns, targets): (Vec<Column>, Vec<usize>) = all.into_iter().unzip();
    let place = |(_, word): &(usize, Word)| Place { from: word.from, to: word.to, kind: Some(word.kind), alone: 1000 };
    let found = align(&cells.iter().map(place).collect::<Vec<Place>>(), &columns);
    let kept = |(at, (_, word)): (&Option<usize>, &(usize, Word))| at.is_some_and(|at| columns[at].kind == word.kind);
    if found.iter().zip(cells.iter()).all(kept) {
        for ((target, _), at) in cells.iter_mut().zip(found) {
            *target = at.map_or(*target, |at| targets[at]);
        }
    }
}

/// Gives numbers that would stand in one cell the columns that fit all numbers of the line best.
fn part_numbers(cells: &mut Cells, map: &[(Column, usize)], problems: &mut Vec<Problem>) {
    let is_number = |(_, word): &&(usize, Word)| word.kind == Kind::Number;
    let numbers: Vec<(usize, Word)> = cells.iter().filter(is_number).copied().collect();
    if numbers.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return;
    }
    let (columns, targets): (Vec<Column>, Vec<usize>) =
        map.iter().filter(|(column, _)| column.kind == Kind::Number).copied().unzip();
    let place = |(_, word): &(usize, Word)| Place { from: word.from, to: word.to, kind: None, alone: 1000 };
    let found = align(&numbers.iter().map(place).collect::<Vec<Place>>(), &columns);
    let mut found = found.into_iter();
    for (target, word) in cells.iter_mut().filter(|(_, word)| word.kind == Kind::Number) {
        match found.next().flatten() {
            Some(column) => *target = targets[column],
            None => problems.push(Problem::new(
                Severity::Warning,
                "table-column-unknown",
                "the line has more numbers than the table has columns; this one stands in the cell nearest to it: \
                 read the original",
                word.span,
            )),
        }
    }
}

/// The nearest of `columns`, which are of one kind and in order.
fn nearest(columns: &[(Column, usize)], word: &Word) -> Option<usize> {
    let at = columns.partition_point(|(column, _)| column.middle() < word.from + word.to);
    let around = &columns[at.saturating_sub(2)..(at + 2).min(columns.len())];
    let cost = |column: &Column| (column.distance(word).max(0), (column.middle() - word.from - word.to).abs());
    around.iter().min_by_key(|(column, _)| cost(column)).map(|(_, target)| *target)
}

/// Parts row numbers from the labels beside them: `年初结转和结余 28`. They stand one space apart, but where
/// other rows have their numbers.
pub(super) fn part_row_numbers(text: &str, pages: &mut [Vec<Line>]) {
    for page in pages.iter_mut() {
        let columns: Vec<Column> =
            data_columns(text, page, 0).into_iter().filter(|column| column.kind == Kind::Number).collect();
        for line in page.iter_mut() {
            let at = line.iter().position(|word| word.kind == Kind::Text && row_number(text, word, &columns).is_some());
            if let Some(at) = at
                && let Some([label, number]) = row_number(text, &line[at], &columns)
            {
                line.splice(at..=at, [label, number]);
            }
        }
    }
}

/// The label and the row number at its end, if that stands in one of `columns`.
fn row_number(text: &str, word: &Word, columns: &[Column]) -> Option<[Word; 2]> {
    let whole = word.span.of(text);
    let (label, number) = whole.rsplit_once(' ')?;
    ordinal(number).filter(|_| number.len() < 4 && !label.ends_with(|char: char| char.is_ascii()))?;
    let start = word.span.end - number.len() as u32;
    let from = word.to - number.bytes().map(|_| 1).sum::<i32>();
    let own = Word { kind: Kind::Number, span: Span::new(start, word.span.end), from, to: word.to };
    let after = columns.partition_point(|column| column.to < from);
    columns.get(after).filter(|column| column.distance(&own) <= 0)?;
    let end = word.span.start + label.trim_end().len() as u32;
    Some([Word { span: Span::new(word.span.start, end), to: from - 1, ..*word }, own])
}

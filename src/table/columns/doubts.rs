//! Amounts between two columns of spaces: which of the two each belongs to.
//!
//! In: the cells of a page, then the rows of the table. Out: rows whose amounts stand where the place, the sums of
//! the headings, the classes above or the words before the same amount elsewhere say ([`super::super::flow::solve`],
//! [`super::super::evidence`]). An amount that nothing tells becomes a cell over both columns, which states nothing
//! about either, and is warned of. Surprise: an amount that lines up with others of its column is never in doubt.

use super::super::evidence::Evidence;
use super::super::flow::solve::{MOST_COLUMNS, Rows, full, parents};
use super::super::flow::sums::{self as flow_sums, leaf};
use super::super::grid::PlacedRow;
use super::super::header::Role;
use super::super::words::{amount, is_total, squeeze};
use super::rows::Cells;
use super::{Column, Kind, Word};
use crate::problem::{Problem, Severity};
use crate::source::Span;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Amounts in doubt in one row that are tried together.
const MOST_DOUBTS: usize = 5;

/// An amount that may stand in column `low` of the table or in the one on its right, by the byte it begins at.
pub(super) type Doubts = HashMap<u32, usize>;

/// Where the amounts of a page's column stand.
#[derive(Debug, Default)]
struct Stands {
    words: Vec<(i32, i32)>,
    lefts: HashMap<i32, usize>,
    rights: HashMap<i32, usize>,
    middles: HashMap<i32, usize>,
    /// The two outermost ends on each side: without a word, the other remains.
    froms: [i32; 2],
    tos: [i32; 2],
}

impl Stands {
    fn add(&mut self, word: &Word) {
        if self.words.is_empty() {
            (self.froms, self.tos) = ([i32::MAX; 2], [i32::MIN; 2]);
        }
        self.words.push((word.from, word.to));
        *self.lefts.entry(word.from).or_default() += 1;
        *self.rights.entry(word.to).or_default() += 1;
        *self.middles.entry(word.from + word.to).or_default() += 1;
        let [first, second] = self.froms;
        self.froms = if word.from < first { [word.from, first] } else { [first, second.min(word.from)] };
        let [first, second] = self.tos;
        self.tos = if word.to > first { [word.to, first] } else { [first, second.max(word.to)] };
    }

    /// Whether `word`, which is one of them, lines up with another.
    fn line_up(&self, word: &Word) -> bool {
        let near = |places: &HashMap<i32, usize>, at: i32| {
            (at - 1..=at + 1).map(|at| places.get(&at).copied().unwrap_or(0)).sum::<usize>() > 1
        };
        near(&self.lefts, word.from) || near(&self.rights, word.to) || near(&self.middles, word.from + word.to)
    }

    /// How far `word` is from the others; negative if it overlaps them.
    fn distance(&self, word: &Word, is_own: bool) -> Option<i32> {
        let count = self.words.len() - usize::from(is_own && !self.words.is_empty());
        let from = self.froms[usize::from(is_own && self.froms[0] == word.from)];
        let to = self.tos[usize::from(is_own && self.tos[0] == word.to)];
        (count > 0).then(|| (word.from - to).max(from - word.to))
    }
}

/// Finds the amounts of a page that may as well stand in the column beside their own.
pub(super) fn find(lines: &[Cells], columns: &[Column], doubts: &mut Doubts) {
    let is_number = |word: &Word| word.kind == Kind::Number;
    let mut stands: Vec<Stands> = columns.iter().map(|_| Stands::default()).collect();
    for (at, word) in lines.iter().flatten().filter(|(_, word)| is_number(word)) {
        stands[*at].add(word);
    }
    for line in lines {
        for (at, word) in line.iter().filter(|(_, word)| is_number(word)) {
            let Some(own) = stands[*at].distance(word, true).filter(|_| !stands[*at].line_up(word)) else { continue };
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|other| {
                columns.get(*other).is_some_and(|column| column.kind == Kind::Number)
                    && line.iter().all(|(taken, _)| taken != other)
            });
            let near = beside.filter_map(|other| Some((stands[other].distance(word, false)?, other)));
            if let Some((distance, other)) = near.min()
                && distance <= 2 * own + 2
                && own >= 0
            {
                doubts.insert(word.span.start, other.min(*at));
            }
        }
    }
}

/// What the rows of a table are read from.
pub(super) struct Asked<'a, 't> {
    pub(super) text: &'t str,
    /// The headings of each column.
    pub(super) names: &'a [String],
    pub(super) roles: &'a [Role],
    pub(super) columns: &'a [Column],
    /// The table's own lines.
    pub(super) table: Span,
    pub(super) evidence: &'a Evidence<'t>,
}

/// Moves the amounts in doubt to the columns that they belong to; those that nothing tells stay in doubt.
pub(super) fn settle(asked: &Asked, cells: &mut [Cells], doubts: &mut Doubts, problems: &mut Vec<Problem>) {
    if doubts.is_empty() {
        return;
    }
    let Asked { text, names, roles, columns, table, evidence } = asked;
    let is_data = |at: usize| columns[at].kind == Kind::Number && roles[at] == Role::Data;
    let data: Vec<usize> = (0..columns.len()).filter(|at| is_data(*at)).collect();
    if data.len() <= MOST_COLUMNS {
        let names: Vec<String> = data.iter().map(|at| names[*at].clone()).collect();
        let rows: Vec<Vec<(usize, Word)>> = cells.iter().map(|row| amounts(row, &data)).collect();
        let values = rows.iter().map(|row| row.iter().map(|(_, word)| amount(word.span.of(text))).collect());
        let values: Vec<Vec<Decimal>> = values.collect();
        let sets = rows.iter().map(|row| sets(row, &data, doubts)).collect();
        let labels: Vec<(Option<String>, bool)> = cells.iter().map(|row| label(text, row)).collect();
        let mut solved = Rows::among(values, sets, &parents(&labels), data.len(), &flow_sums::sums(&names));
        solved.reconcile();
        solved.choose_by(|_, column, amount| evidence.names(leaf(&names[column]), amount, *table));
        solved.reconcile();
        for ((row, found), cells) in rows.iter().zip(&solved.sets).zip(cells.iter_mut()) {
            let [set] = found.as_slice() else { continue };
            let targets = super::super::flow::solve::columns(*set).map(|column| data[column]);
            for ((_, word), target) in row.iter().zip(targets) {
                if doubts.remove(&word.span.start).is_some()
                    && let Some(cell) = cells.iter_mut().find(|(_, other)| other.span == word.span)
                {
                    cell.0 = target;
                }
            }
        }
    }
    warn(cells, doubts, problems);
}

/// The amounts of a row, each with its column counted from the first of `data`, in order.
fn amounts(row: &Cells, data: &[usize]) -> Vec<(usize, Word)> {
    let column = |(at, word): &(usize, Word)| data.binary_search(at).ok().map(|column| (column, *word));
    let mut amounts: Vec<(usize, Word)> = row.iter().filter_map(column).collect();
    amounts.sort_by_key(|(column, word)| (*column, word.span.start));
    // Two in one column: nothing can be said of such a row.
    let alone = amounts.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if alone && amounts.iter().all(|(_, word)| word.kind == Kind::Number) { amounts } else { Vec::new() }
}

/// The sets of columns that the amounts of a row can stand in.
fn sets(row: &[(usize, Word)], data: &[usize], doubts: &Doubts) -> Vec<u32> {
    let mut sets = vec![row.iter().fold(0_u32, |set, (column, _)| set | 1 << column)];
    let doubtful = row.iter().filter_map(|(column, word)| Some((*column, *doubts.get(&word.span.start)?)));
    for (column, low) in doubtful.take(MOST_DOUBTS) {
        let other = if data[column] == low { column + 1 } else { column.saturating_sub(1) };
        let reaches = data.get(other).is_some_and(|at| at.abs_diff(data[column]) == 1);
        let free = sets.iter().filter(|set| reaches && **set & (1 << other) == 0);
        let moved: Vec<u32> = free.map(|set| set & !(1 << column) | 1 << other).collect();
        sets.extend(moved);
    }
    sets
}

/// The code of a row, and whether it is a total.
fn label(text: &str, row: &Cells) -> (Option<String>, bool) {
    let words = |kind: Kind| -> String {
        row.iter().filter(|(_, word)| word.kind == kind).map(|(_, word)| squeeze(word.span.of(text))).collect()
    };
    let code = words(Kind::Code);
    ((!code.is_empty()).then_some(code), is_total(&words(Kind::Text)))
}

/// Warns of the amounts that are still in doubt, once for a table.
fn warn(cells: &[Cells], doubts: &Doubts, problems: &mut Vec<Problem>) {
    let unknown = cells.iter().flatten().find(|(_, word)| doubts.contains_key(&word.span.start));
    if let Some((_, word)) = unknown {
        problems.push(Problem::new(
            Severity::Warning,
            "table-column-unknown",
            "some amounts of this table stand between two columns, and nothing tells which is theirs: their facts say \
             nothing about the column; compare with the printed form",
            word.span,
        ));
    }
}

/// Lets the cells of amounts in doubt reach over both columns that may be theirs.
pub(super) fn widen(placed: &mut [PlacedRow], doubts: &Doubts) {
    for row in placed.iter_mut().filter(|_| !doubts.is_empty()) {
        for at in 0..row.len() {
            let Some(low) = doubts.get(&row[at].slot.span.start) else { continue };
            let free =
                row.iter().enumerate().all(|(other, cell)| other == at || cell.end() <= *low || cell.column > low + 1);
            if free && row[at].column_span == 1 {
                (row[at].column, row[at].column_span) = (*low, 2);
            }
        }
    }
}

/// How many sums the headings name, if they hold in all rows.
pub(super) fn sums_held(text: &str, names: &[String], rows: &[Cells]) -> usize {
    let sums = flow_sums::sums(names);
    if names.len() > MOST_COLUMNS {
        return 0;
    }
    let holds = |row: &Cells| {
        let mut values = vec![Decimal::ZERO; names.len()];
        for (at, word) in row.iter().filter(|(at, word)| word.kind == Kind::Number && *at < names.len()) {
            values[*at] = amount(word.span.of(text));
        }
        sums.hold(&values, full(names.len()), false)
    };
    if rows.iter().all(holds) { sums.totals.len() } else { 0 }
}

//! Amounts between two columns of spaces: which of the two each belongs to.
//!
//! In: the cells of a page, then the rows of the table. Out: rows whose amounts stand where the place, the sums of
//! the headings, the classes above or the words before the same amount elsewhere say ([`super::super::flow::solve`],
//! [`super::super::evidence`]). An amount that nothing tells becomes a cell over both columns, which states nothing
//! about either, and is warned of. Surprise: an amount that lines up with others of its column is never in doubt.

use super::super::Unsure;
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
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Sets of columns that are tried for one row.
const MOST_SETS: usize = 1024;

/// Amounts that may stand in several columns of the table, by the byte that they begin at.
pub(super) type Doubts = HashMap<u32, Doubt>;

/// The columns that may be an amount's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doubt {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The page and its column, if all amounts in it are in the same doubt.
    pub(super) page: Option<(usize, usize)>,
}

impl Doubt {
    /// The doubt of the cell that begins at byte `at`.
    pub(super) fn unsure(self, at: u32) -> Unsure {
        Unsure { at, first: self.first as u32, last: self.last as u32 }
    }
}

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
                let low = other.min(*at);
                doubts.insert(word.span.start, Doubt { first: low, last: low + 1, page: None });
            }
        }
    }
}

/// Takes in the amounts of `page` in columns that may be others: the column, and the first and last that it can be.
pub(super) fn open(page: usize, lines: &[Cells], open: &[(usize, usize, usize)], doubts: &mut Doubts) {
    if open.is_empty() {
        return;
    }
    for (at, word) in lines.iter().flatten().filter(|(_, word)| word.kind == Kind::Number) {
        if let Some((own, first, last)) = open.iter().find(|(own, ..)| own == at) {
            doubts.insert(word.span.start, Doubt { first: *first, last: *last, page: Some((page, *own)) });
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

/// Doubts all amounts of a page on which no sums hold, where they do on the others; `starts` are the bytes that pages
/// begin at. A page of one row, set anew, has its amounts anywhere.
pub(super) fn find_odd_pages(asked: &Asked, cells: &[Cells], starts: &[u32], doubts: &mut Doubts) {
    let Asked { text, names, roles, columns, .. } = asked;
    let is_data = |at: usize| columns[at].kind == Kind::Number && roles[at] == Role::Data;
    let data: Vec<usize> = (0..columns.len()).filter(|at| is_data(*at)).collect();
    if starts.len() < 2 || data.len() > MOST_COLUMNS {
        return;
    }
    let sums = flow_sums::sums(&data.iter().map(|at| names[*at].clone()).collect::<Vec<String>>());
    let page = |row: &Cells| {
        let first = row.iter().map(|(_, word)| word.span.start).min()?;
        starts.partition_point(|start| *start <= first).checked_sub(1)
    };
    let mut counts = vec![(0, 0); starts.len()];
    for row in cells {
        let Some(page) = page(row) else { continue };
        let mut values = vec![Decimal::ZERO; data.len()];
        for (at, word) in amounts(row, &data) {
            values[at] = amount(word.span.of(text));
        }
        let (held, failed) = sums.count(&values);
        counts[page] = (counts[page].0 + held, counts[page].1 + failed);
    }
    let held: usize = counts.iter().map(|count| count.0).sum();
    let odd = |page: usize| counts[page].0 == 0 && counts[page].1 > 0 && held > 4 * counts[page].1;
    for row in cells {
        let Some(page) = page(row).filter(|page| odd(*page)) else { continue };
        for (at, word) in row.iter().filter(|(at, word)| is_data(*at) && word.kind == Kind::Number) {
            let first = (0..=*at).rev().take_while(|at| is_data(*at)).last().unwrap_or(*at);
            let last = (*at..columns.len()).take_while(|at| is_data(*at)).last().unwrap_or(*at);
            if first < last {
                doubts.insert(word.span.start, Doubt { first, last, page: Some((page, *at)) });
            }
        }
    }
}

/// Moves the amounts in doubt to the columns that they belong to; those that nothing tells stay in doubt.
pub(super) fn settle(asked: &Asked, cells: &mut [Cells], doubts: &mut Doubts, problems: &mut Vec<Problem>) {
    if doubts.is_empty() {
        return;
    }
    let found = agreed(doubts, solve(asked, cells, doubts));
    for (target, word) in cells.iter_mut().flatten() {
        if let Some(column) = found.get(&word.span.start) {
            *target = *column;
            doubts.remove(&word.span.start);
        }
    }
    warn(cells, doubts, problems);
}

/// The columns of the amounts in doubt that the sums, the classes or other places of the document tell.
fn solve(asked: &Asked, cells: &[Cells], doubts: &Doubts) -> HashMap<u32, usize> {
    let Asked { text, names, roles, columns, table, evidence } = asked;
    let is_data = |at: usize| columns[at].kind == Kind::Number && roles[at] == Role::Data;
    let data: Vec<usize> = (0..columns.len()).filter(|at| is_data(*at)).collect();
    let mut told = HashMap::new();
    if data.len() > MOST_COLUMNS {
        return told;
    }
    let names: Vec<String> = data.iter().map(|at| names[*at].clone()).collect();
    let rows: Vec<Vec<(usize, Word)>> = cells.iter().map(|row| amounts(row, &data)).collect();
    let values = rows.iter().map(|row| row.iter().map(|(_, word)| amount(word.span.of(text))).collect());
    let values: Vec<Vec<Decimal>> = values.collect();
    let sets: Vec<Vec<u32>> = rows.iter().map(|row| sets(row, &data, doubts)).collect();
    let labels: Vec<(Option<String>, bool)> = cells.iter().map(|row| label(text, row)).collect();
    let mut solved = Rows::among(values, sets, &parents(&labels), data.len(), &flow_sums::sums(&names));
    solved.reconcile();
    solved.choose_by(|_, column, amount| evidence.names(leaf(&names[column]), amount, *table));
    solved.reconcile();
    for (index, row) in rows.iter().enumerate() {
        let ([set], false) = (solved.sets[index].as_slice(), solved.broken[index]) else { continue };
        let targets = super::super::flow::solve::columns(*set).map(|column| data[column]);
        let pairs = row.iter().zip(targets).filter(|((_, word), _)| doubts.contains_key(&word.span.start));
        told.extend(pairs.map(|((_, word), target)| (word.span.start, target)));
    }
    told
}

/// What is told, and what follows from it: the amounts in a column of a page stand all in the same column of the table.
fn agreed(doubts: &Doubts, mut told: HashMap<u32, usize>) -> HashMap<u32, usize> {
    let mut of_page: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
    for (at, target) in &told {
        if let Some(page) = doubts.get(at).and_then(|doubt| doubt.page) {
            of_page.entry(page).or_default().insert(*target);
        }
    }
    // Columns of which rows say different things, or that would change places.
    let mut odd: BTreeSet<(usize, usize)> = BTreeSet::new();
    odd.extend(of_page.iter().filter(|(_, targets)| targets.len() > 1).map(|(page, _)| *page));
    let pages: Vec<(&(usize, usize), &BTreeSet<usize>)> = of_page.iter().collect();
    for pair in pages.windows(2).filter(|pair| pair[0].0.0 == pair[1].0.0 && pair[0].1.last() >= pair[1].1.first()) {
        odd.extend([*pair[0].0, *pair[1].0]);
    }
    for (at, doubt) in doubts {
        let Some(page) = doubt.page else { continue };
        match of_page.get(&page).and_then(BTreeSet::first) {
            Some(_) if odd.contains(&page) => _ = told.remove(at),
            Some(target) => _ = told.insert(*at, *target),
            None => {}
        }
    }
    told
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

/// The sets of columns that the amounts of a row can stand in, in order.
fn sets(row: &[(usize, Word)], data: &[usize], doubts: &Doubts) -> Vec<u32> {
    let own = row.iter().fold(0_u32, |set, (column, _)| set | 1 << column);
    let mut sets = vec![0_u32];
    for (column, word) in row {
        let (first, last) = match doubts.get(&word.span.start) {
            Some(doubt) => {
                let place = |at: usize| data.partition_point(|column| *column < at);
                (place(doubt.first), place(doubt.last).min(data.len() - 1))
            }
            None => (*column, *column),
        };
        let behind = |set: u32, at: usize| set >> at == 0;
        sets = sets
            .iter()
            .flat_map(|set| (first..=last).filter(|at| behind(*set, *at)).map(move |at| set | 1 << at))
            .collect();
        if sets.len() > MOST_SETS {
            // Two that differ in all: nothing is told.
            return vec![own, 0];
        }
    }
    if sets.is_empty() { vec![own, 0] } else { sets }
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
            "some amounts of this table stand between two columns, or on a page that shows fewer than the table has, and \
             nothing tells which is theirs: their facts say nothing about the column; compare with the printed form",
            word.span,
        ));
    }
}

/// Lets the cells of amounts between two columns reach over both.
pub(super) fn widen(placed: &mut [PlacedRow], doubts: &Doubts) {
    for row in placed.iter_mut().filter(|_| !doubts.is_empty()) {
        for at in 0..row.len() {
            let Some(doubt) = doubts.get(&row[at].slot.span.start).filter(|doubt| doubt.page.is_none()) else {
                continue;
            };
            let free = row
                .iter()
                .enumerate()
                .all(|(other, cell)| other == at || cell.end() <= doubt.first || cell.column > doubt.last);
            if free && row[at].column_span == 1 {
                (row[at].column, row[at].column_span) = (doubt.first, doubt.last + 1 - doubt.first);
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

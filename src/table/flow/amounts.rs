//! Which column each amount of a statement belongs to, where blanks left no trace.
//!
//! In: records of code, name and amounts. Out: rows of slots. What cannot be is ruled out by the sums of the
//! form's columns, by the classes above (208 has amounts only where the total has, 2080505 only where 20805 has)
//! and by sums down a column ([`super::solve`]); of what is left, the columns whose headings stand before the
//! same amount elsewhere in the document are taken ([`super::super::evidence`]). An amount that still can stand in
//! several columns becomes a cell over them, which states nothing about any.

use super::super::evidence::Evidence;
use super::super::grid::{PlacedRow, Row, Slot, spread};
use super::super::header::Role;
use super::super::words::{amount, is_total, ordinal};
use super::heads::Head;
use super::records::Record;
use super::solve::{MOST_COLUMNS, Rows, Sums, columns};
use super::sums::{leaf, sums};
use super::{Kind, Line};
use crate::problem::{Problem, Severity};
use crate::source::Span;
use crate::table::Unsure;
use rust_decimal::Decimal;

/// What is known beside the table itself, and what could not be told.
pub(super) struct Sources<'e, 't> {
    pub(super) text: &'t str,
    pub(super) evidence: &'e Evidence<'t>,
    /// The table's own lines.
    pub(super) table: Span,
    /// The first amount whose column only the usual practice tells.
    pub(super) guess: Option<Span>,
    /// The first amount whose column nothing tells.
    pub(super) unknown: Option<Span>,
    /// Amounts of which several columns can be their own.
    unsure: Vec<Unsure>,
    /// Cells over several columns: row of the body, column, columns.
    wide: Vec<(usize, usize, usize)>,
}

impl<'e, 't> Sources<'e, 't> {
    pub(super) fn new(text: &'t str, evidence: &'e Evidence<'t>, table: Span) -> Self {
        Sources { text, evidence, table, guess: None, unknown: None, unsure: Vec::new(), wide: Vec::new() }
    }

    /// Puts amounts into a row of the body, each over the columns where it may stand; `first` is the column that
    /// the places count from.
    pub(super) fn put(&mut self, index: usize, row: &mut Row, first: usize, amounts: &[Span], places: &[Place]) {
        let end = row.len();
        for (span, place) in amounts.iter().zip(places) {
            let column = (first + place.column).min(end.saturating_sub(1));
            if let Some(slot) = row.get_mut(column) {
                slot.add(self.text, Slot { span: *span, parts: None });
            }
            if place.columns > 1 {
                self.wide.push((index, column, place.columns));
            }
            self.doubt(*span, first + place.reach.0, (first + place.reach.1).min(end.saturating_sub(1)));
        }
    }

    /// Says that the amount at `span` may stand in any column from `first` to `last`.
    pub(super) fn doubt(&mut self, span: Span, first: usize, last: usize) {
        if first < last {
            self.unsure.push(Unsure { at: span.start, first: first as u32, last: last as u32 });
        }
    }

    /// The amounts of which several columns can be their own, in order.
    pub(super) fn unsure(&mut self) -> Vec<Unsure> {
        let mut unsure = std::mem::take(&mut self.unsure);
        unsure.sort_unstable();
        unsure.dedup_by_key(|unsure| unsure.at);
        unsure
    }

    /// Widens the cells of the body, whose first row is `top`.
    pub(super) fn widen(&self, rows: &mut [PlacedRow], top: usize) {
        for (row, column, columns) in &self.wide {
            let cell = rows.get_mut(top + row).and_then(|row| row.iter_mut().find(|cell| cell.column == *column));
            if let Some(cell) = cell {
                cell.column_span = *columns;
            }
        }
    }

    /// Says what is a guess and what is not known.
    pub(super) fn report(&self, problems: &mut Vec<Problem>) {
        let mut warn = |span: Option<Span>, message: &str| {
            if let Some(span) = span {
                problems.push(Problem::new(Severity::Warning, "table-column-unknown", message, span));
            }
        };
        warn(
            self.guess,
            "blank cells left no trace in this table, so the columns of some amounts are a guess: those that such statements usually have were taken; compare with the printed form",
        );
        warn(
            self.unknown,
            "blank cells left no trace in this table, and nothing tells the columns of some amounts: their facts say nothing about the column; compare with the printed form",
        );
    }
}

/// Where an amount stands: columns counted from the first column of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) column: usize,
    /// More than one if it may stand in any of them.
    pub(super) columns: usize,
    /// The first and the last column that can be its own.
    pub(super) reach: (usize, usize),
}

impl Place {
    /// The only place that an amount can have.
    pub(super) fn certain(column: usize) -> Place {
        Place { column, columns: 1, reach: (column, column) }
    }
}

/// Headings that rows of such statements nearly always have.
const USUAL: [&str; 4] = ["基本支出", "项目支出", "财政拨款收入", "一般公共预算财政拨款"];

/// Rows whose amounts look for their columns.
pub(super) struct Asked {
    pub(super) amounts: Vec<Vec<Span>>,
    /// The classification code of each row, where it has one.
    pub(super) codes: Vec<Option<Span>>,
    /// The row that each is a part of.
    pub(super) parents: Vec<Option<usize>>,
    /// The headings of the columns from the top.
    pub(super) names: Vec<String>,
}

/// Finds the columns of the amounts of rows.
pub(super) fn places(asked: &Asked, sources: &mut Sources) -> Vec<Vec<Place>> {
    let Asked { amounts, codes, parents, names } = asked;
    let width = names.len();
    let text = sources.text;
    let values: Vec<Vec<Decimal>> =
        amounts.iter().map(|row| row.iter().map(|span| amount(span.of(text))).collect()).collect();
    let sums = sums(names);
    let disagrees = defies(&values, width, &sums);
    let mut rows = Rows::new(values, parents, width, &sums);
    let is_open = |rows: &Rows| (0..amounts.len()).any(|row| rows.is_open(row));
    let mut guessed = None;
    // What can be where only the usual practice tells.
    let mut possible: Vec<Vec<u32>> = Vec::new();
    if is_open(&rows) {
        rows.reconcile();
    }
    if is_open(&rows) {
        let (evidence, table) = (sources.evidence, sources.table);
        let code = |row: usize| codes.get(row).copied().flatten();
        let class = |row: usize, column: usize, amount: Decimal| {
            code(row).map_or(0, |code| evidence.class(code.of(text), leaf(&names[column]), amount))
        };
        rows.choose_by(class);
        rows.reconcile();
        rows.choose_by(|_, column, amount| evidence.names(leaf(&names[column]), amount, table));
        rows.reconcile();
    }
    if is_open(&rows) {
        let root = |row: usize| parents.get(row).copied().flatten().is_none();
        guessed = (0..amounts.len()).find(|row| root(*row) && rows.is_open(*row));
        possible.clone_from(&rows.sets);
        rows.choose_sets(|set| alike(names, set));
        let sure: Vec<bool> = (0..amounts.len()).map(|row| root(row) && !rows.broken[row]).collect();
        rows.choose_by(|row, column, _| i32::from(sure[row] && USUAL.contains(&leaf(&names[column]))));
        rows.reconcile();
    }
    if let Some(row) = guessed.filter(|row| !rows.is_open(*row)) {
        sources.guess = sources.guess.or(amounts[row].first().copied());
    }
    remember(text, asked, &rows, sources.evidence);
    let mut found = Vec::with_capacity(amounts.len());
    for (row, spans) in amounts.iter().enumerate() {
        let (mut places, known) = place(&rows.sets[row], spans.len(), width);
        let can_be = possible.get(row).unwrap_or(&rows.sets[row]);
        for (at, place) in places.iter_mut().enumerate() {
            place.reach = if disagrees { (0, width.saturating_sub(1)) } else { reach(can_be, at, place.column) };
        }
        if !known || rows.broken[row] || disagrees {
            sources.unknown = sources.unknown.or(spans.first().copied());
        }
        found.push(places);
    }
    found
}

/// Whether the rows that have an amount in every column do not add up below these headings: then the headings stand in
/// another order.
fn defies(values: &[Vec<Decimal>], width: usize, sums: &Sums) -> bool {
    const FEWEST: usize = 2;
    let is_numbering = |row: &&Vec<Decimal>| row.iter().copied().eq((1..=width).map(Decimal::from));
    let whole = values.iter().filter(|row| row.len() == width && !is_numbering(row));
    let counts = whole.map(|row| sums.count(row));
    let (held, failed) = counts.fold((0, 0), |(held, failed), (here, not)| (held + here, failed + not));
    failed >= FEWEST && failed > held
}

/// Remembers what classes spend on 基本支出 and 项目支出, where that is known.
fn remember(text: &str, asked: &Asked, rows: &Rows, evidence: &Evidence) {
    for (row, code) in asked.codes.iter().enumerate() {
        let (Some(code), [set]) = (code, rows.sets[row].as_slice()) else { continue };
        for (column, name) in asked.names.iter().enumerate() {
            let heading = leaf(name);
            if matches!(heading, "基本支出" | "项目支出") && column < MOST_COLUMNS {
                let order = columns(*set).position(|at| at == column);
                let amount = order.and_then(|order| asked.amounts[row].get(order)).map(|span| amount(span.of(text)));
                evidence.remember(code.of(text), heading, amount.unwrap_or_default());
            }
        }
    }
}

/// How many headings a set has below both 预算数 and 决算数: who budgets for vehicles runs them.
fn alike(names: &[String], set: u32) -> i32 {
    let own = |column: usize| names.get(column).and_then(|name| name.split_once('>')).map(|(_, own)| own);
    let chosen: Vec<&str> = columns(set).filter_map(own).collect();
    chosen.iter().enumerate().map(|(at, own)| i32::from(chosen[..at].contains(own))).sum()
}

/// The first and the last column that amount `at` of a row can have in any of `sets`; `column` where there are none.
fn reach(sets: &[u32], at: usize, column: usize) -> (usize, usize) {
    let possible = || sets.iter().filter_map(|set| columns(*set).nth(at));
    (possible().min().unwrap_or(column), possible().max().unwrap_or(column))
}

/// Where the amounts of a row stand that can have the columns of any of `sets`, and whether that is known.
fn place(sets: &[u32], count: usize, width: usize) -> (Vec<Place>, bool) {
    let first: Vec<usize> = match sets {
        [set, ..] if count <= width && width <= MOST_COLUMNS => columns(*set).collect(),
        _ => (0..count).map(|at| at.min(width.saturating_sub(1))).collect(),
    };
    let mut places: Vec<Place> = first.iter().map(|column| Place::certain(*column)).collect();
    if sets.len() < 2 {
        // More columns than can be tried: in order, and nobody knows.
        return (places, count == 0 || count >= width || width <= MOST_COLUMNS);
    }
    // Amounts that may stand in several columns share the columns out between those that are certain.
    let ranges: Vec<(usize, usize)> = (0..count).map(|at| reach(sets, at, 0)).collect();
    let mut at = 0;
    while at < count {
        let (from, mut to) = ranges[at];
        let mut end = at + 1;
        while from < to && end < count && ranges[end].0 < ranges[end].1 && ranges[end].0 <= to {
            to = to.max(ranges[end].1);
            end += 1;
        }
        let mut column = from;
        for (place, columns) in places[at..end].iter_mut().zip(spread(end - at, to + 1 - from)) {
            if from < to && to + 1 - from >= 2 * (end - at) {
                *place = Place { column, columns, ..*place };
            }
            column += columns;
        }
        at = end;
    }
    (places, false)
}

/// The rows of `records`.
pub(super) fn rows(records: Vec<Record>, head: &Head, sources: &mut Sources) -> Vec<Row> {
    let text = sources.text;
    if head.groups.len() > 1 {
        return side_by_side(text, records, head);
    }
    let first = head.columns.iter().position(|role| *role == Role::Data).unwrap_or(head.columns.len());
    let most = records.iter().map(|record| record.amounts.len()).max().unwrap_or(0);
    let width = head.columns.len().max(first + most) - first;
    let mut names: Vec<String> = head.names(text).into_iter().skip(first).collect();
    names.resize(width, String::new());
    let amounts: Vec<Vec<Span>> = records.iter().map(|record| record.amounts.clone()).collect();
    let parents = parents(text, &records);
    let codes = records.iter().map(|record| record.code.filter(|_| record.pieces.is_empty())).collect();
    let places = places(&Asked { amounts, codes, parents, names }, sources);
    let mut rows = Vec::with_capacity(records.len());
    for (index, (record, places)) in records.into_iter().zip(places).enumerate() {
        let mut row: Row = vec![Slot::default(); first + width];
        put_label(text, &record, 0, head, &mut row);
        sources.put(index, &mut row, first, &record.amounts, &places);
        rows.push(row);
    }
    rows
}

/// Rows of nothing but amounts, as those of the “三公” expenditure.
pub(super) fn amounts_alone(lines: &[Line], head: &Head, sources: &mut Sources) -> Vec<Row> {
    let text = sources.text;
    let most = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = head.columns.len().max(most);
    let mut names = if head.form.is_empty() { head.names(text) } else { head.form.clone() };
    names.resize(width, String::new());
    let is_amounts = |line: &Line| line.iter().all(|word| word.kind == Kind::Number);
    let amounts: Vec<Vec<Span>> = lines.iter().map(|line| line.iter().map(|word| word.span).collect()).collect();
    let asked = |(line, spans): (&Line, &Vec<Span>)| if is_amounts(line) { spans.clone() } else { Vec::new() };
    let asked = Asked {
        amounts: lines.iter().zip(&amounts).map(asked).collect(),
        codes: Vec::new(),
        parents: vec![None; lines.len()],
        names,
    };
    let places = places(&asked, sources);
    let mut rows = Vec::with_capacity(lines.len());
    for (index, (spans, places)) in amounts.iter().zip(places).enumerate() {
        let mut row: Row = vec![Slot::default(); width];
        if places.len() == spans.len() {
            sources.put(index, &mut row, 0, spans, &places);
        } else {
            for (slot, span) in row.iter_mut().zip(spans) {
                *slot = Slot { span: *span, parts: None };
            }
        }
        rows.push(row);
    }
    rows
}

/// Rows of a label and amounts, some of which are blank; nothing if the rows are something else.
pub(super) fn labelled(lines: &[Line], head: &Head, sources: &mut Sources) -> Option<Vec<Row>> {
    let text = sources.text;
    let first = head.columns.iter().position(|role| *role == Role::Data)?;
    let width = head.columns.len() - first;
    let ordinals: Vec<usize> = (0..first).filter(|at| head.columns[*at] == Role::Ordinal).collect();
    let is_plain = head.columns[first..].iter().all(|role| *role == Role::Data) && ordinals.len() < 2 && first < 3;
    let of_text = |line: &Line| line.iter().take_while(|word| word.kind == Kind::Text).count();
    let numbers =
        |line: &Line| line.len() - of_text(line) - if line.len() > of_text(line) { ordinals.len() } else { 0 };
    let fits = |line: &Line| {
        of_text(line) > 0
            && line[of_text(line)..].iter().all(|word| word.kind == Kind::Number)
            && numbers(line) <= width
            && (ordinals.is_empty() || line.get(of_text(line)).is_none_or(|word| ordinal(word.span.of(text)).is_some()))
    };
    let short = |line: &Line| numbers(line) > 0 && numbers(line) < width;
    if !is_plain || width < 2 || !lines.iter().all(fits) || !lines.iter().any(short) {
        return None;
    }
    let split = |line: &Line| {
        let mut spans = line.iter().map(|word| word.span);
        let label: Vec<Span> = spans.by_ref().take(of_text(line)).collect();
        let ordinal = if ordinals.is_empty() { None } else { spans.next() };
        (label, ordinal, spans.collect::<Vec<Span>>())
    };
    let rows: Vec<_> = lines.iter().map(split).collect();
    let asked = Asked {
        amounts: rows.iter().map(|(_, _, amounts)| amounts.clone()).collect(),
        codes: Vec::new(),
        parents: vec![None; rows.len()],
        names: head.names(text).into_iter().skip(first).collect(),
    };
    let found = places(&asked, sources);
    let mut placed = Vec::with_capacity(rows.len());
    for (index, ((label, ordinal, amounts), places)) in rows.into_iter().zip(found).enumerate() {
        let mut row: Row = vec![Slot::default(); head.columns.len()];
        let at = (0..first).find(|at| head.columns[*at] != Role::Ordinal).unwrap_or(0);
        row[at] = Slot::of_parts(text, label);
        if let (Some(span), Some(at)) = (ordinal, ordinals.first()) {
            row[*at].add(text, Slot { span, parts: None });
        }
        sources.put(index, &mut row, first, &amounts, &places);
        placed.push(row);
    }
    Some(placed)
}

/// The record that each is a part of: 20805 of 208, 208 of the total.
fn parents(text: &str, records: &[Record]) -> Vec<Option<usize>> {
    let code = |record: &Record| {
        let code = record.code?.of(text).to_owned();
        Some(record.pieces.iter().fold(code, |code, piece| code + piece.of(text)))
    };
    let labels = records.iter().map(|record| (code(record), is_total(&record.words(text))));
    super::solve::parents(&labels.collect::<Vec<_>>())
}

/// Puts code and name into the group that begins in column `first`.
fn put_label(text: &str, record: &Record, first: usize, head: &Head, row: &mut Row) {
    let name = Slot::of_parts(text, record.name.iter().copied());
    match record.code {
        Some(code) => {
            row[first].add(text, Slot { span: code, parts: None });
            for (order, piece) in record.pieces.iter().enumerate() {
                let at = (first + 1 + order).min(row.len() - 1);
                row[at].add(text, Slot { span: *piece, parts: None });
            }
            let at = (first + 1..row.len()).find(|&at| head.columns.get(at) == Some(&Role::Label));
            row[at.unwrap_or(first)].add(text, name);
        }
        None => row[first].add(text, name),
    }
}

/// Groups of code, name and amount side by side: a record that begins its line stands in the group
/// whose codes it goes on with.
fn side_by_side(text: &str, records: Vec<Record>, head: &Head) -> Vec<Row> {
    let groups = head.groups.len();
    let mut rows: Vec<Row> = Vec::new();
    let mut last: Vec<String> = vec![String::new(); groups];
    let mut group = 0;
    for record in records {
        let code = record.code.map(|code| code.of(text)).unwrap_or_default();
        let goes_on = |group: usize| !code.is_empty() && last[group].get(..3) == code.get(..3);
        let comes_after = |group: usize| !code.is_empty() && !last[group].is_empty() && last[group].as_str() < code;
        group = if record.leads {
            (0..groups).rev().find(|&at| goes_on(at)).unwrap_or_else(|| {
                let paid = code.starts_with("301") || code.starts_with("303");
                if paid || code.is_empty() || code == "509" {
                    0
                } else {
                    (1..groups).rev().find(|&at| comes_after(at)).unwrap_or(0)
                }
            })
        } else {
            (group + 1).min(groups - 1)
        };
        if record.leads || rows.is_empty() {
            rows.push(vec![Slot::default(); head.columns.len()]);
        }
        if !code.is_empty() {
            code.clone_into(&mut last[group]);
        }
        let Some(row) = rows.last_mut() else { continue };
        let first = head.groups[group];
        let end = head.groups.get(group + 1).copied().unwrap_or(head.columns.len());
        put_label(text, &record, first, head, row);
        let last = end.clamp(first + 1, row.len()) - 1;
        let (fit, over) = record.amounts.split_at(record.amounts.len().min(last.saturating_sub(first + 2)));
        for (order, span) in fit.iter().enumerate() {
            row[first + 2 + order].add(text, Slot { span: *span, parts: None });
        }
        // What is too much stays in the last column.
        row[last].add(text, Slot::of_parts(text, over.iter().copied()));
    }
    rows
}

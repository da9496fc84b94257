//! Columns of amounts that stand between two headings, in tables whose sums do not tell.
//!
//! In: placed headings and the columns of the data. Out: the columns whose heading may be another. An amount below a
//! heading is its own. One between two may be either's: headings stand in the middle of their cells or at the left,
//! amounts at the right or the left. How the columns below their headings stand tells the others; else what the
//! document says elsewhere; else nothing does.

use super::super::flow::sums::leaf;
use super::super::grid::{PlacedRow, header_paths};
use super::super::header::Role;
use super::super::words::amount;
use super::stacks::stack;
use super::sums::{Asked, keep_best};
use super::{Column, Kind, heads};

/// Orders that are tried.
const MOST_WAYS: usize = 500;
/// Rows whose amounts are looked up.
const MOST_ROWS: usize = 100;
/// Columns of a table that is looked at.
const MOST_COLUMNS: usize = 40;

/// A column of amounts and the headings that it may have.
struct Amounts<'a> {
    column: &'a Column,
    /// Its place among the columns of the data.
    data: usize,
    can_be: Vec<usize>,
}

impl Asked<'_, '_> {
    /// Moves columns of amounts below their headings; gives back those whose heading may be another's: the column, and
    /// the first and last that it can be.
    pub(super) fn between(&self, placed: &[PlacedRow], columns: &mut [Column]) -> Vec<(usize, usize, usize)> {
        if columns.len() > MOST_COLUMNS {
            return Vec::new();
        }
        let roles = heads::roles(placed, columns, self.text);
        let places = self.places(placed, columns);
        let names = header_paths(self.text, placed, columns.len());
        let mut open = Vec::new();
        let mut at = 0;
        while at < columns.len() {
            let is_data = |at: &usize| columns[*at].kind == Kind::Number && roles[*at] == Role::Data;
            let group: Vec<usize> = (at..columns.len()).take_while(is_data).collect();
            at += group.len().max(1);
            let ways = self.ways_of(&group, &places, columns, &names);
            let Some(found) = ways.first().cloned() else { continue };
            let own: Vec<usize> = group.iter().copied().filter(|at| self.data.contains(&columns[*at])).collect();
            move_below(&own, &found, &places, columns);
            open.extend(found.iter().enumerate().filter_map(|(order, target)| {
                let can = || ways.iter().filter_map(|way| way.get(order).copied());
                let (first, last) = (can().min()?, can().max()?);
                (first < last).then_some((*target, first, last))
            }));
        }
        open
    }

    /// Where the lowest heading of each column stands.
    fn places(&self, placed: &[PlacedRow], columns: &[Column]) -> Vec<Option<(i32, i32)>> {
        let headings = stack(self.text, self.head, self.wide, self.data);
        let place = |at: usize| {
            let cell = placed.iter().flatten().rfind(|cell| cell.column == at && cell.column_span == 1)?;
            let parts = cell.slot.parts.as_deref().unwrap_or(std::slice::from_ref(&cell.slot.span));
            let own = headings.iter().filter(|heading| heading.parts.iter().any(|part| parts.contains(part)));
            own.map(|heading| (heading.from, heading.to)).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
        };
        (0..columns.len()).map(place).collect()
    }

    /// The headings that columns of amounts side by side can have, in order; nothing if they are all sure.
    fn ways_of(
        &self,
        group: &[usize],
        places: &[Option<(i32, i32)>],
        columns: &[Column],
        names: &[String],
    ) -> Vec<Vec<usize>> {
        let headed: Vec<(usize, (i32, i32))> = group.iter().filter_map(|at| Some((*at, places[*at]?))).collect();
        let amounts = |own: &usize| {
            let data = self.data.iter().position(|column| *column == columns[*own])?;
            Some(Amounts { column: &columns[*own], data, can_be: can_be(&columns[*own], &headed) })
        };
        let mut amounts: Vec<Amounts> = group.iter().filter_map(amounts).collect();
        if amounts.len() >= headed.len() || headed.len() < group.len() {
            return Vec::new();
        }
        lean(&mut amounts, places);
        let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
        for column in &amounts {
            let mut next = Vec::new();
            for way in &ways {
                let behind = column.can_be.iter().filter(|at| way.last().is_none_or(|last| last < *at));
                next.extend(behind.map(|at| [way.as_slice(), &[*at]].concat()));
            }
            ways = next;
            if ways.len() > MOST_WAYS {
                break;
            }
        }
        if ways.len() > MOST_WAYS {
            return Vec::new();
        }
        if ways.len() > 1 {
            keep_best(&mut ways, |way| self.named(&amounts, way, names));
        }
        ways
    }

    /// How many places outside of the table call the amounts by the headings of `way`.
    fn named(&self, amounts: &[Amounts], way: &[usize], names: &[String]) -> i32 {
        let of_column = |(column, target): (&Amounts, &usize)| -> i32 {
            let cells = self.rows.iter().take(MOST_ROWS).flatten().filter(|(at, _)| *at == column.data);
            let score = |word: &super::Word| {
                self.evidence.names(leaf(&names[*target]), amount(word.span.of(self.text)), self.span)
            };
            cells.filter(|(_, word)| word.kind == Kind::Number).map(|(_, word)| score(word)).sum()
        };
        amounts.iter().zip(way).map(of_column).sum()
    }
}

/// Moves the columns `own` to `found`; where they leave nothing, a heading alone stands.
fn move_below(own: &[usize], found: &[usize], places: &[Option<(i32, i32)>], columns: &mut [Column]) {
    let moved: Vec<Column> = own.iter().map(|at| columns[*at]).collect();
    for at in own {
        if let Some((from, to)) = places[*at] {
            columns[*at] = Column { kind: Kind::Number, from, to };
        }
    }
    for (target, column) in found.iter().zip(moved) {
        columns[*target] = column;
    }
}

/// The headings that a column of amounts may have: those it stands below, or the next on both sides.
fn can_be(column: &Column, headed: &[(usize, (i32, i32))]) -> Vec<usize> {
    let over = |(from, to): (i32, i32)| column.to.min(to) - column.from.max(from);
    let is_below =
        |(_, place): &&(usize, (i32, i32))| 2 * over(*place) >= (column.to - column.from).min(place.1 - place.0).max(1);
    let below: Vec<usize> = headed.iter().filter(is_below).map(|(at, _)| *at).collect();
    if !below.is_empty() {
        return below;
    }
    let middle = |(_, (from, to)): &(usize, (i32, i32))| from + to;
    let right = headed.partition_point(|heading| middle(heading) < column.middle());
    let beside = right.saturating_sub(1)..(right + 1).min(headed.len());
    headed[beside].iter().map(|(at, _)| *at).collect()
}

/// Where the amounts that stand below their headings lean to one side of these, so do those between two.
fn lean(amounts: &mut [Amounts], places: &[Option<(i32, i32)>]) {
    let leans = |column: &Amounts| {
        let [own] = column.can_be.as_slice() else { return None };
        let (from, to) = places[*own]?;
        let off = column.column.middle() - from - to;
        (off.abs() > 4).then_some(off.signum())
    };
    let sides: Vec<i32> = amounts.iter().filter_map(leans).collect();
    let Some(side) = sides.first().copied().filter(|side| sides.iter().all(|other| other == side)) else { return };
    for column in amounts.iter_mut().filter(|column| column.can_be.len() == 2) {
        // What leans to the right belongs to the heading on its left.
        column.can_be.remove(usize::from(side > 0));
    }
}

//! Columns of one page, or the headings above them, against the columns of the table: both in order.
//!
//! In: places from the left to the right. Out: for each the column that it is, if any. No place is
//! judged alone: `收入` may stand nearer to its neighbour's amounts than to its own, and a page on
//! which a column is blank has one column less. The cheapest way to give all of them columns without
//! crossing is taken. Surprise: beyond [`MOST_STEPS`] steps places go to columns one by one.

use super::{Column, Kind};

/// What a column without a heading costs, and a column of amounts where there are headings enough.
const NO_HEADING: i32 = 16;
const LEFT_OUT: i32 = 40;
/// What a column that a page lacks costs.
const BLANK_COLUMN: i32 = 3;
/// What a column that only this page has costs.
const NEW_COLUMN: i32 = 40;
/// What a heading over a column of another kind costs.
const OTHER_KIND: i32 = 25;
/// What it costs at most that a heading of labels stands aside from these.
const FAR_LABEL: i32 = 25;
/// What it costs at most that all columns of a page are shifted, where nothing may stand left of them on it.
pub(super) const SMALL_SHIFT: i32 = 8;
/// Steps beyond which the cheapest way is not looked for.
const MOST_STEPS: usize = 500_000;

/// A heading that looks for its column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its left end.
    pub(super) from: i32,
    /// Its right end.
    pub(super) to: i32,
    /// What its words say that the column holds.
    pub(super) kind: Option<Kind>,
    /// What it costs if it stands over no column of its own.
    pub(super) alone: i32,
}

impl Place {
    fn cost(&self, column: &Column) -> i32 {
        let gap = (self.from - column.to).max(column.from - self.to).max(0);
        let other = self.kind.is_some_and(|kind| kind != column.kind);
        let cost = 3 * gap + (column.middle() - self.from - self.to).abs() / 4 + if other { OTHER_KIND } else { 0 };
        // 项目 in the middle of a wide column stands far from short labels at its left.
        if column.kind == Kind::Text && self.kind == Some(Kind::Text) { cost.min(FAR_LABEL) } else { cost }
    }
}

/// Gives each of `places`, which stand in order, the column that it heads.
pub(super) fn align(places: &[Place], columns: &[Column]) -> Vec<Option<usize>> {
    cheapest(places, columns, NO_HEADING)
}

/// The same for all headings of a table: no column of amounts is left out where there are enough.
pub(super) fn align_all(places: &[Place], columns: &[Column]) -> Vec<Option<usize>> {
    let amounts = columns.iter().filter(|column| column.kind == Kind::Number).count();
    let is_label = |place: &&Place| matches!(place.kind, Some(Kind::Text | Kind::Code));
    let enough = places.iter().filter(|place| !is_label(place)).count() >= amounts;
    cheapest(places, columns, if enough { LEFT_OUT } else { NO_HEADING })
}

/// The cheapest way to do so, if a column of amounts without a heading costs `left_out`.
fn cheapest(places: &[Place], columns: &[Column], left_out: i32) -> Vec<Option<usize>> {
    let width = columns.len() + 1;
    if places.len().saturating_mul(width) > MOST_STEPS {
        return one_by_one(places, columns);
    }
    let bare = |column: usize| if columns[column - 1].kind == Kind::Number { left_out } else { NO_HEADING };
    // The least cost of the first places and columns, row by row.
    let mut costs = vec![0_i32; (places.len() + 1) * width];
    for column in 1..width {
        costs[column] = costs[column - 1] + bare(column);
    }
    for (index, place) in places.iter().enumerate() {
        let (above, row) = (index * width, (index + 1) * width);
        costs[row] = costs[above] + place.alone;
        for column in 1..width {
            let own = costs[above + column - 1] + place.cost(&columns[column - 1]);
            let alone = costs[above + column] + place.alone;
            costs[row + column] = own.min(alone).min(costs[row + column - 1] + bare(column));
        }
    }
    let mut found = vec![None; places.len()];
    let (mut index, mut column) = (places.len(), columns.len());
    while index > 0 {
        let here = costs[index * width + column];
        let above = (index - 1) * width + column;
        if column > 0 && here == costs[above - 1] + places[index - 1].cost(&columns[column - 1]) {
            (index, column) = (index - 1, column - 1);
            found[index] = Some(column);
        } else if here == costs[above] + places[index - 1].alone {
            index -= 1;
        } else {
            column -= 1;
        }
    }
    found
}

/// Gives each place the nearest column behind that of the place before it.
fn one_by_one(places: &[Place], columns: &[Column]) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |place: &Place| {
        let near = |at: &usize| columns[*at].from <= place.to + 1 && place.from <= columns[*at].to + 1;
        let end = (next + 8).min(columns.len());
        let found = (next..end).find(near);
        next = found.map_or(next, |found| found + 1);
        found
    };
    places.iter().map(place).collect()
}

/// For each column of a page the column of the table that it is; `None` if the table has none such.
///
/// Pages are set anew: their columns are shifted, but columns side by side by much the same. That all are shifted costs
/// `most_shift` at most.
pub(super) fn match_page(page: &[Column], table: &[Column], most_shift: i32) -> Vec<Option<usize>> {
    let same = page.len() == table.len() && page.iter().zip(table).all(|(one, other)| one.kind == other.kind);
    if same || page.len().saturating_mul(table.len()).saturating_mul(table.len()) > MOST_STEPS {
        return in_order(page, table);
    }
    // For each column of the page and of the table: the least cost if they are one, the shift, the way here.
    let mut ways: Vec<Vec<Option<Way>>> = Vec::with_capacity(page.len());
    for (index, column) in page.iter().enumerate() {
        let way = |at: usize| {
            if column.kind != table[at].kind {
                return None;
            }
            let first = times(NEW_COLUMN, index) + times(BLANK_COLUMN, at);
            let shift = nearest_shift(column, &table[at], 0);
            let mut best = Way { cost: first + shift.abs().min(most_shift), shift, before: None };
            for (earlier, row) in ways.iter().enumerate().rev().take(4) {
                for (before, way) in row[..at].iter().enumerate() {
                    let Some(way) = way else { continue };
                    let shift = nearest_shift(column, &table[at], way.shift);
                    let skipped = times(NEW_COLUMN, index - earlier - 1) + times(BLANK_COLUMN, at - before - 1);
                    let cost = way.cost + skipped + (shift - way.shift).abs();
                    if cost < best.cost {
                        best = Way { cost, shift, before: Some((earlier, before)) };
                    }
                }
            }
            Some(best)
        };
        let row = (0..table.len()).map(way).collect();
        ways.push(row);
    }
    let rest =
        |index: usize, at: usize| times(NEW_COLUMN, page.len() - index - 1) + times(BLANK_COLUMN, table.len() - at - 1);
    let ends = ways.iter().enumerate().flat_map(|(index, row)| {
        row.iter().enumerate().filter_map(move |(at, way)| way.map(|way| (way.cost + rest(index, at), index, at)))
    });
    let mut found = vec![None; page.len()];
    let mut last = ends.min().map(|(_, index, at)| (index, at));
    while let Some((index, at)) = last {
        found[index] = Some(at);
        last = ways[index][at].and_then(|way| way.before);
    }
    found
}

fn times(cost: i32, count: usize) -> i32 {
    i32::try_from(count).map_or(i32::MAX / 4, |count| cost.saturating_mul(count))
}

/// The cheapest way to a pair of columns.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: i32,
    shift: i32,
    before: Option<(usize, usize)>,
}

/// How far `one` stands to the right of `other`: at the left, the right or the middle, wherever that
/// is nearest to `expected`.
fn nearest_shift(one: &Column, other: &Column, expected: i32) -> i32 {
    let shifts = [one.from - other.from, one.to - other.to, (one.middle() - other.middle()) / 2];
    shifts.into_iter().min_by_key(|shift| (shift - expected).abs()).unwrap_or(0)
}

/// Whether columns of different pages stand in the same places, each pair as the others: at the left, at the right or
/// with its middle. One alone may do so by chance.
pub(super) fn coincide(pairs: &[(Column, Column)]) -> bool {
    let shifts = |(one, other): &(Column, Column)| {
        [one.from - other.from, one.to - other.to, (one.middle() - other.middle()) / 2]
    };
    pairs.len() > 1 && (0..3).any(|kind| pairs.iter().all(|pair| shifts(pair)[kind].abs() <= 1))
}

/// The k-th column of its kind is the k-th of the table.
fn in_order(page: &[Column], table: &[Column]) -> Vec<Option<usize>> {
    let mut next = [0_usize; 3];
    page.iter()
        .map(|column| {
            let from = &mut next[column.kind as usize];
            let found = (*from..table.len()).find(|&at| table[at].kind == column.kind);
            *from = found.map_or(*from, |found| found + 1);
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind, from: i32, to: i32) -> Column {
        Column { kind, from, to }
    }

    fn place(from: i32, to: i32) -> Place {
        Place { from, to, kind: None, alone: 30 }
    }

    #[test]
    fn a_heading_goes_to_its_own_column_though_another_is_nearer() {
        let columns = [column(Kind::Number, 28, 35), column(Kind::Number, 42, 49), column(Kind::Number, 58, 62)];
        assert_eq!(align(&[place(29, 35), place(36, 41), place(54, 57)], &columns), [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn a_heading_over_no_amounts_stays_alone() {
        let columns = [column(Kind::Number, 10, 16), column(Kind::Number, 60, 66)];
        assert_eq!(align(&[place(10, 14), place(34, 38), place(61, 65)], &columns), [Some(0), None, Some(1)]);
    }

    #[test]
    fn a_page_without_one_of_the_columns_shows_by_its_shifts() {
        let table: Vec<Column> = (0..4).map(|at| column(Kind::Number, 20 * at, 20 * at + 8)).collect();
        let page = [column(Kind::Number, 3, 9), column(Kind::Number, 43, 51), column(Kind::Number, 64, 72)];
        assert_eq!(match_page(&page, &table, i32::MAX), [Some(0), Some(2), Some(3)]);
    }

    #[test]
    fn a_column_that_only_a_later_page_has_is_new() {
        let table = [column(Kind::Number, 0, 8), column(Kind::Number, 60, 68)];
        let page = [column(Kind::Number, 1, 9), column(Kind::Number, 31, 39), column(Kind::Number, 61, 69)];
        assert_eq!(match_page(&page, &table, i32::MAX), [Some(0), None, Some(1)]);
    }
}

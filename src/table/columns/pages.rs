//! Pages of a table by columns of spaces: which of the table's columns each column of a page is.
//!
//! In: the columns that the words of a page stand in, and those of the table. Out: for each of the former its own among
//! the latter, and the others that it can be. A page that repeats the head is read below its own; any other is set
//! anew, with blank columns drawn together: where it has fewer columns of amounts than the table, only those are
//! sure that stand in the very same places.

use super::super::header::Role;
use super::align::coincide;
use super::{Column, Kind};

/// For each column of a page its own in the table, by kind and place.
pub(super) type Map = Vec<(Column, usize)>;

/// Columns of a page that repeats the head, each with the column of the first page that it is.
pub(super) type Guide = Vec<(Column, Column)>;

/// The columns of a page and those of the first, where both have the same headings.
pub(super) fn guide(page: (&[Column], &[String]), first: (&[Column], &[String])) -> Option<Guide> {
    (page.1 == first.1).then(|| page.0.iter().copied().zip(first.0.iter().copied()).collect())
}

/// Columns of amounts of the table that the page's own may be instead of those in `map`: its own, the first, the last.
pub(super) fn open(map: &Map, table: &[Column], roles: &[Role]) -> Vec<(usize, usize, usize)> {
    let mut own: Map = map.clone();
    own.sort_by_key(|(_, target)| *target);
    let mut open = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let is_label = |(_, target): &&(Column, usize)| table[*target].kind != Kind::Number || roles[*target] != Role::Data;
        let count = own[at..].iter().take_while(|column| !is_label(column)).count();
        if count == 0 {
            at += 1;
            continue;
        }
        // What stands between the labels on their left and those on their right.
        let left = at.checked_sub(1).map_or(0, |left| own[left].1 + 1);
        let right = own.get(at + count).map_or(table.len(), |right| right.1);
        let can_be: Vec<usize> =
            (left..right).filter(|at| table[*at].kind == Kind::Number && roles[*at] == Role::Data).collect();
        let group = &own[at..at + count];
        let spare = can_be.len().saturating_sub(count);
        let sure = group.iter().all(|(column, target)| coincide(column, &table[*target], count > 1));
        if spare > 0 && !sure {
            open.extend(group.iter().enumerate().map(|(order, (_, own))| (*own, can_be[order], can_be[order + spare])));
        }
        at += count;
    }
    open
}

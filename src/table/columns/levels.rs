//! The rows that headings of tables by columns of spaces stand in, once their columns are known.
//!
//! In: headings with their columns. Out: placed cells: each below those that stand over it, and down to the next
//! below it or the end of the head.

use super::super::grid::{Placed, PlacedRow, Slot};
use super::super::headings::shares_columns;
use super::stacks::Heading;

/// Where words are set in a cell that is higher than they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// At its top or its bottom, or nothing tells.
    Aside,
    /// In its middle: what stands lower is a row lower.
    Centred,
}

impl Set {
    pub(super) fn of(leaves: &[Heading]) -> Set {
        let leaves = || leaves.iter().filter(|leaf| leaf.first == leaf.last);
        let (lowest, highest) = (leaves().map(|leaf| leaf.bottom).max(), leaves().map(|leaf| leaf.top).min());
        let low = leaves().all(|leaf| Some(leaf.bottom) == lowest);
        let high = leaves().all(|leaf| Some(leaf.top) == highest);
        if low || high { Set::Aside } else { Set::Centred }
    }
}

/// Gives each heading its row: below those that stand over it.
pub(super) fn levels(text: &str, mut headings: Vec<Heading>) -> Vec<PlacedRow> {
    headings.sort_by_key(|heading| (std::cmp::Reverse(heading.last - heading.first), heading.top, heading.first));
    let mut depths: Vec<usize> = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        let holds = |other: &Heading| other.first <= heading.first && heading.last <= other.last;
        let above = (0..index).filter(|&other| holds(&headings[other])).map(|other| depths[other] + 1).max();
        depths.push(above.unwrap_or(0));
    }
    let rows = depths.iter().max().map_or(0, |deepest| deepest + 1);
    // Words in the middle of their cells tell the lowest row, and so do 预算数 and 决算数 below all headings.
    let leaves = || headings.iter().filter(|heading| heading.first == heading.last);
    let tells = Set::of(&headings) == Set::Centred || leaves().all(|leaf| shares_columns(&leaf.words));
    let lowest = headings.iter().map(|heading| heading.bottom).max().filter(|_| tells);
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

//! The head of income beside expenditure: 项目 begins each side.
//!
//! In: headings. Out: the head with a group of columns for each side. Headings torn over lines go where their piece
//! on the line of 项目 stands.

use super::super::grid::{Placed, PlacedRow};
use super::super::header::Role;
use super::super::words::squeeze;
use super::headings::Heading;
use super::heads::{Head, cell, role};

/// Puts headings of several lines where their piece on the line of 项目 stands, for lines go through all columns; those
/// that have none there are the funds behind all others.
fn in_line_order(text: &str, found: &mut [Heading]) {
    let Some(first) = found.iter().find(|heading| begins_group(&heading.words)).map(|heading| heading.slot.span) else {
        return;
    };
    let before = text.get(..first.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1) as u32;
    let rest = text.get(first.end as usize..).unwrap_or_default();
    let end = first.end + rest.find('\n').unwrap_or(rest.len()) as u32;
    found.sort_by_key(|heading| {
        let span = heading.slot.span;
        let pieces = heading.slot.parts.as_deref().filter(|_| span.start < start && end < span.end);
        let Some(pieces) = pieces else { return (span.start, span.start) };
        let own = pieces.iter().find(|piece| (start..end).contains(&piece.start));
        (own.map_or(u32::MAX, |own| own.start), span.start)
    });
    // Of the total and the funds one may be torn around the line, another below it.
    let funds: Vec<usize> = (0..found.len()).filter(|at| fund(&found[*at].words).is_some()).collect();
    if let (Some(first), Some(last)) = (funds.first(), funds.last())
        && last - first + 1 == funds.len()
    {
        found[*first..=*last].sort_by_key(|heading| fund(&heading.words));
    }
}

/// The place of a fund, or of the total before them, among the columns of a form.
fn fund(words: &str) -> Option<usize> {
    ["合计", "一般公共预算", "政府性基金", "国有资本经营"].iter().position(|fund| words.starts_with(fund))
}

/// Income on the left, expenditure on the right: 项目 begins each.
pub(super) fn side_by_side(text: &str, mut found: Vec<Heading>) -> Head {
    in_line_order(text, &mut found);
    let mut head = Head::default();
    let mut uppers = Vec::new();
    let mut row = PlacedRow::new();
    let mut split = None;
    for heading in found {
        let column = head.columns.len();
        if column == 0 && heading.words != "项目" {
            uppers.push(heading);
            continue;
        }
        if begins_group(&heading.words) {
            head.groups.push(column);
        }
        if heading.words == "合计" && row.last().is_some_and(|cell| squeeze(&cell.slot.text(text)) == "决算数") {
            // 决算数 stands over 合计 and the funds that follow.
            split = row.pop();
            head.columns.pop();
        }
        let column = head.columns.len();
        let first = head.groups.last() == Some(&column);
        head.columns.push(if first { Role::Label } else { role(&heading.words, column) });
        row.push(cell(column, 1, 1, heading.slot));
    }
    let ends: Vec<usize> = head.groups.iter().copied().skip(1).chain([head.columns.len()]).collect();
    let mut upper = PlacedRow::new();
    for (index, heading) in uppers.into_iter().enumerate() {
        match (head.groups.get(index).zip(ends.get(index)), upper.last_mut()) {
            (Some((from, to)), _) => upper.push(cell(*from, to - from, 1, heading.slot)),
            (None, Some(last)) => last.slot.add(text, heading.slot),
            (None, None) => {}
        }
    }
    // The rest of a torn heading as a column: lines came out of their order.
    let is_rest = |cell: &Placed| matches!(&*squeeze(&cell.slot.text(text)), "款" | "类" | "项" | "拨款" | "财政拨款");
    // Row numbers tell the sides all the same.
    let numbered = head.columns.contains(&Role::Ordinal);
    head.is_unsure = !numbered && row.iter().any(is_rest);
    head.rows = vec![upper, row];
    if let Some(mut over) = split {
        let lower: PlacedRow = head.rows[1].extract_if(.., |cell| cell.column >= over.column).collect();
        over.column_span = head.columns.len() - over.column;
        for cell in &mut head.rows[1] {
            cell.row_span = 2;
        }
        head.rows[1].push(over);
        head.rows.push(lower);
    }
    head
}

/// Whether the headings are those of several sides, each of which begins with 项目 and has amounts.
pub(super) fn are_sides(found: &[Heading]) -> bool {
    let begins: Vec<usize> = (0..found.len()).filter(|at| begins_group(&found[*at].words)).collect();
    let apart = begins.windows(2).all(|pair| pair[1] - pair[0] > 1);
    begins.len() > 1 && apart && begins.last().is_some_and(|last| last + 1 < found.len())
}

/// Whether a heading begins a side of a statement.
fn begins_group(words: &str) -> bool {
    words == "项目" || words.starts_with("项目（") || words.starts_with("项目(")
}

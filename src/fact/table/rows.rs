//! Which rows of a grid are headings, which are mere numbers of columns, and where the body begins.

use super::content::Content;
use super::grid::Grid;
use super::label::is_code;
use super::{CellRead, Place};
use crate::grammar::labels::{list_number_length, squeeze, without_bracket};
use crate::grammar::meaning::Role;

/// What a row of a grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// Nothing but one cell over the whole width: a title, a unit, a note.
    Title,
    /// Headings of columns.
    Header,
    /// 栏次: numbers of columns.
    ColumnNumbers,
    /// Labels and figures.
    Body,
}

/// The kind of every row.
pub(super) fn row_kinds(place: &Place<'_, '_>, grid: &Grid, cells: &[CellRead<'_, '_>]) -> Vec<RowKind> {
    let mut kinds = Vec::with_capacity(grid.rows);
    let mut top = !place.is_form() && place.before.is_none();
    for row in 0..grid.rows {
        let own: Vec<usize> = grid.row(row).filter(|index| place.table.cells[*index].row as usize == row).collect();
        let kind = row_kind(place, grid, cells, &own, top, &kinds);
        if kind == RowKind::Body && !own.is_empty() {
            top = false;
        }
        kinds.push(kind);
    }
    kinds
}

fn row_kind(
    place: &Place<'_, '_>,
    grid: &Grid,
    cells: &[CellRead<'_, '_>],
    own: &[usize],
    top: bool,
    above: &[RowKind],
) -> RowKind {
    let wide = |index: &usize| place.table.cells[*index].column_span as usize >= grid.columns;
    if grid.columns > 1
        && own.len() == 1
        && own.iter().all(wide)
        && !matches!(cells[own[0]].content, Content::Amount(_))
    {
        return RowKind::Title;
    }
    if top && !own.is_empty() && own.iter().all(|index| is_caption(&cells[*index].label.key)) {
        return RowKind::Title;
    }
    if is_column_numbers(place, cells, own, above) {
        return RowKind::ColumnNumbers;
    }
    let amounts = own.iter().any(|index| matches!(cells[*index].content, Content::Amount(_) | Content::Range(..)));
    if amounts || own.is_empty() {
        // Nothing starts in a row that merged headings fill.
        let headed = own.is_empty() && matches!(above.last(), Some(RowKind::Header));
        return if headed { RowKind::Header } else { RowKind::Body };
    }
    let known = own.iter().filter(|index| is_known_heading(place, cells, **index)).count();
    if top {
        return if begins_body(place, cells, own, known, above) { RowKind::Body } else { RowKind::Header };
    }
    // Below the body only headings that are known, and no rows of words, may be a header again.
    let pairs = own.iter().any(|index| cells[*index].text.trim_end().ends_with([':', '：']));
    if known >= 2 && !(pairs && place.is_form()) && known * 2 >= own.len() { RowKind::Header } else { RowKind::Body }
}

/// `编制部门：…`, `公开01表`, `金额单位：元`: what stands above a table has got into its grid.
fn is_caption(key: &str) -> bool {
    let named = ["部门：", "单位：", "单位名称："].iter().any(|word| key.contains(word));
    named || (key.contains("公开") && key.ends_with('表') && key.len() < 30)
}

/// Whether the grammars know the cell as the heading of a column.
pub(super) fn is_known_heading(place: &Place<'_, '_>, cells: &[CellRead<'_, '_>], index: usize) -> bool {
    let key = &cells[index].label.key;
    let find = |key: &str| place.statements().heading(place.statement, key);
    !key.is_empty() && find(key).or_else(|| without_bracket(key).and_then(find)).is_some()
}

/// The first row of words that is no heading: it has a code, a list number or a known row's label.
fn begins_body(
    place: &Place<'_, '_>,
    cells: &[CellRead<'_, '_>],
    own: &[usize],
    known: usize,
    above: &[RowKind],
) -> bool {
    if above.iter().all(|kind| *kind == RowKind::Title) && known > 0 {
        return false;
    }
    own.iter().any(|index| {
        let text = cells[*index].text.trim();
        // Only digits, of half or full width, make a code.
        let digits = text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xef);
        digits && is_code(&squeeze(text))
            || (list_number_length(text) > 0 && known * 2 < own.len() && above.contains(&RowKind::Header))
            || (known == 0 && above.contains(&RowKind::Header) && is_known_row(place, &cells[*index].label.key))
    }) || (known == 0 && above.contains(&RowKind::ColumnNumbers))
}

fn is_known_row(place: &Place<'_, '_>, key: &str) -> bool {
    !key.is_empty() && place.statements().row(place.statement, key, None).is_some()
}

/// 栏次: a row that counts its columns, with or without saying so.
fn is_column_numbers(place: &Place<'_, '_>, cells: &[CellRead<'_, '_>], own: &[usize], above: &[RowKind]) -> bool {
    let amounts = || {
        own.iter().filter_map(|index| match &cells[*index].content {
            Content::Amount(amount) => Some(amount),
            _ => None,
        })
    };
    if amounts().any(|amount| !amount.plain) {
        return false;
    }
    let role = |key: &str| place.statements().row(place.statement, key, None).and_then(|meaning| meaning.role);
    let words = |index: &&usize| matches!(cells[**index].content, Content::Words);
    let ranges = own.iter().any(|index| matches!(cells[*index].content, Content::Range(..)));
    // What most rows are: no heading of the kind, and no number that could be one of a column.
    if !ranges
        && amounts().next().is_none()
        && !own.iter().filter(words).any(|index| role(&squeeze(&cells[*index].text)) == Some(Role::ColumnNumber))
    {
        return false;
    }
    let mut plain = Vec::new();
    let mut named = false;
    let mut others = 0;
    for index in own {
        match &cells[*index].content {
            Content::Amount(amount) if amount.plain => plain.push(amount.value),
            Content::Words => {
                let key = squeeze(&cells[*index].text);
                let role = role(&key);
                named |= role == Some(Role::ColumnNumber);
                let code = place.statements().heading(place.statement, &key).and_then(|found| found.role);
                others += usize::from(!matches!(role, Some(Role::ColumnNumber)) && code != Some(Role::Code));
            }
            Content::Amount(_) | Content::Range(..) => return false,
            Content::Mixed | Content::Period => others += usize::from(!named),
            Content::Blank => {}
        }
    }
    if named {
        return true;
    }
    let consecutive = plain.windows(2).all(|pair| pair[1] - pair[0] == crate::quantity::Decimal::ONE);
    let from_one = plain.first().is_some_and(|first| *first == crate::quantity::Decimal::ONE);
    let fewest = if place.is_form() { 4 } else { 2 };
    let counted = consecutive && from_one;
    // A row that counts to four or more does so whatever a page break left beside it.
    let long = plain.len() >= 4 && others <= 1 && !place.is_form();
    counted && (long || above.contains(&RowKind::Header) && plain.len() >= fewest && others == 0)
}

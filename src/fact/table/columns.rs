//! Header rows → what each column means.
//!
//! A column's header path is looked up level by level; a deeper level has the last word about the
//! concept, the levels above lend side, phase, fund and year.

use super::content::Content;
use super::grid::Grid;
use super::label::Scale;
use super::{CellRead, Place};
use crate::grammar::labels::without_bracket;
use crate::grammar::meaning::{Meaning, Role, Side};
use crate::quantity::{Fund, Measure, Phase, Unit};

/// What a column means, from its header.
#[derive(Clone, Debug, Default)]
pub(super) struct Column<'a> {
    pub(super) role: Option<Role>,
    /// Whether the grammars know its header.
    pub(super) known: bool,
    pub(super) concept: Option<&'a str>,
    pub(super) coded: Option<&'a str>,
    pub(super) rule: Option<&'a str>,
    /// Its words for an item.
    pub(super) words: String,
    pub(super) fund: Option<Fund>,
    pub(super) phase: Option<Phase>,
    pub(super) measure: Option<Measure>,
    pub(super) unit: Option<&'a Unit>,
    pub(super) scale: Option<Scale>,
    pub(super) side: Option<Side>,
    /// The year that the header names.
    pub(super) year: Option<i16>,
    pub(super) years_back: Option<i16>,
}

impl<'a> Column<'a> {
    /// Takes in what one level of the header means; the levels come from the top.
    fn absorb(&mut self, meaning: &'a Meaning) {
        self.known = true;
        let part = matches!(meaning.role, Some(Role::Part | Role::Group));
        if meaning.concept.is_some() || meaning.coded.is_some() || meaning.role == Some(Role::Data) {
            self.concept = meaning.concept.as_deref();
            self.coded = meaning.coded.as_deref();
            self.rule = Some(&meaning.rule);
        }
        if !part && (meaning.role.is_some() || meaning.concept.is_some()) {
            self.role = meaning.role.or(Some(Role::Data));
        }
        self.rule = self.rule.or(Some(&meaning.rule));
        self.fund = meaning.fund.or(self.fund);
        self.phase = meaning.phase.or(self.phase);
        self.measure = meaning.measure.or(self.measure);
        self.unit = meaning.unit.as_ref().or(self.unit);
        self.side = meaning.side.or(self.side);
        self.years_back = meaning.years_back.or(self.years_back);
    }
}

/// Reads the header rows `first..last` into `columns`.
pub(super) fn read_columns<'a>(
    place: &Place<'a, '_>,
    grid: &Grid,
    cells: &[CellRead<'_, '_>],
    (first, last): (usize, usize),
) -> Vec<Column<'a>> {
    let mut columns = Vec::with_capacity(grid.columns);
    for number in 0..grid.columns {
        let mut levels = Vec::new();
        for row in first..last {
            if let Some(index) = grid.cell(row, number)
                && levels.last() != Some(&index)
                && heads(place, grid, index, last)
            {
                levels.push(index);
            }
        }
        columns.push(read_column(place, cells, &levels));
    }
    columns
}

/// Whether the cell heads columns: a title over the whole width, or a form's label beside several rows, does not.
fn heads(place: &Place<'_, '_>, grid: &Grid, index: usize, last: usize) -> bool {
    let cell = &place.table.cells[index];
    let wide = cell.column_span as usize >= grid.columns && grid.columns > 1;
    let tall = (cell.row + cell.row_span.max(1)) as usize > last;
    !wide && !(place.is_form() && tall)
}

/// The meaning of one column from the cells above it, top first.
pub(super) fn read_column<'a>(place: &Place<'a, '_>, cells: &[CellRead<'_, '_>], levels: &[usize]) -> Column<'a> {
    let mut column = Column::default();
    let mut path = String::new();
    let mut words: Vec<(String, bool)> = Vec::new();
    for index in levels {
        let printed = &cells[*index].text;
        let label = &cells[*index].label;
        if label.words.is_empty() || !matches!(cells[*index].content, Content::Words | Content::Mixed | Content::Period)
        {
            continue;
        }
        column.year = label.year.or(column.year);
        if label.key.is_empty() {
            words.push((label.words.clone(), false));
            continue;
        }
        let parent = path.len();
        path.push('>');
        path.push_str(&label.key);
        let mut meaning = place.statements().column(place.statement, &path);
        if meaning.is_none()
            && let Some(short) = without_bracket(&label.key)
        {
            let short = format!("{}>{short}", &path[..parent]);
            meaning = place.statements().column(place.statement, &short);
        }
        if meaning.is_some_and(|meaning| meaning.role == Some(Role::ColumnNumber)) {
            path.truncate(parent);
            continue;
        }
        column.scale = label.scale.clone().or(column.scale.take());
        match meaning {
            Some(meaning) => {
                column.absorb(meaning);
                let group = meaning.role == Some(Role::Group);
                let part = meaning.role == Some(Role::Part) || printed.trim_start().starts_with("其中");
                if !group || label.year.is_some() {
                    let shown = if part { printed.trim() } else { label.words.as_str() };
                    words.push((shown.to_owned(), part));
                } else if words.is_empty() {
                    words.push((label.words.clone(), true));
                }
            }
            None => {
                // A heading that nobody knows below one that is known is something else than that.
                (column.concept, column.coded) = (None, None);
                if matches!(column.role, Some(Role::Data)) {
                    column.role = None;
                }
                words.push((label.words.clone(), false));
            }
        }
    }
    column.words = item_words(&words);
    column
}

/// The words of a column for an item: the last level; with the one above it where it only says 小计.
fn item_words(levels: &[(String, bool)]) -> String {
    let Some(((last, part), above)) = levels.split_last() else { return String::new() };
    match above.last() {
        Some((parent, _)) if *part && parent != last => format!("{parent}{last}"),
        Some((parent, parent_part)) if !parent_part && parent.chars().count() <= 20 => format!("{parent} × {last}"),
        _ => last.clone(),
    }
}

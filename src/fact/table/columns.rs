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
use crate::quantity::{Decimal, Fund, Measure, Phase, Unit};

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
    /// What its lowest heading is looked up by, should it be a row's label.
    pub(super) key: String,
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
        self.measure = match (self.measure, meaning.measure) {
            // 比上年增减 > 百分比: a share of a change is growth.
            (Some(Measure::Change | Measure::Growth), Some(Measure::Share | Measure::Rate)) => Some(Measure::Growth),
            (above, own) => own.or(above),
        };
        self.unit = meaning.unit.as_ref().or(self.unit);
        self.side = meaning.side.or(self.side);
        self.years_back = meaning.years_back.or(self.years_back);
    }
}

impl Column<'_> {
    /// What several columns say alike: all that is sure of an amount that may stand in any of them.
    pub(super) fn shared(columns: &[Self]) -> Self {
        let Some((first, rest)) = columns.split_first() else { return Column::default() };
        let mut shared = first.clone();
        for other in rest {
            keep(&mut shared.concept, other.concept.as_ref());
            keep(&mut shared.coded, other.coded.as_ref());
            keep(&mut shared.fund, other.fund.as_ref());
            keep(&mut shared.phase, other.phase.as_ref());
            keep(&mut shared.measure, other.measure.as_ref());
            keep(&mut shared.unit, other.unit.as_ref());
            keep(&mut shared.side, other.side.as_ref());
            keep(&mut shared.year, other.year.as_ref());
            keep(&mut shared.years_back, other.years_back.as_ref());
        }
        shared.words.clear();
        shared.key.clear();
        shared
    }

    /// A heading that nobody knows below one that is known is about something else.
    fn estrange(&mut self) {
        (self.concept, self.coded) = (None, None);
        self.role = self.role.filter(|role| *role != Role::Data);
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
    !(wide || place.is_form() && tall)
}

/// The meaning of one column from the cells above it, top first.
pub(super) fn read_column<'a>(place: &Place<'a, '_>, cells: &[CellRead<'_, '_>], levels: &[usize]) -> Column<'a> {
    let mut column = Column::default();
    let mut path = String::new();
    let mut words: Vec<(String, Level)> = Vec::new();
    for read in levels.iter().map(|index| &cells[*index]) {
        let label = &read.label;
        if label.words.is_empty() || !matches!(read.content, Content::Words | Content::Mixed | Content::Period) {
            continue;
        }
        column.year = label.year.or(column.year);
        if label.key.is_empty() {
            words.push((label.words.clone(), Level::Year));
            continue;
        }
        let parent = path.len();
        path.push('>');
        path.push_str(&label.key);
        let meaning = find(place, &path, parent);
        if meaning.is_some_and(|meaning| meaning.role == Some(Role::ColumnNumber)) {
            path.truncate(parent);
            continue;
        }
        column.key.clone_from(&label.key);
        column.scale = label.scale.clone().or(column.scale.take());
        if let Some(meaning) = meaning {
            column.absorb(meaning);
        } else {
            column.estrange();
        }
        let level = level(place, read, meaning);
        let shown = if level == Level::Part { read.text.trim() } else { label.words.as_str() };
        words.push((shown.to_owned(), level));
    }
    column.words = item_words(&words);
    column
}

/// The columns of the statement's own form, where no heading of the grid is known and the amounts of a row, of which
/// blank ones are none, add up as the form's do.
pub(super) fn own_columns<'a>(
    place: &Place<'a, '_>,
    columns: &[Column<'a>],
    amount: impl Fn(usize) -> Decimal,
) -> Option<Vec<Column<'a>>> {
    let statement = place.statement?;
    let adds_up = |sum: &Vec<usize>| {
        let (whole, parts) = sum.split_first()?;
        let parts = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(amount(*part)))?;
        Some(parts == amount(*whole))
    };
    if !statement.sums.iter().all(|sum| adds_up(sum) == Some(true)) {
        return None;
    }
    let known = columns.iter().filter(|column| column.concept.is_some()).count();
    let broken = columns.len() == statement.order.len() && known * 3 < columns.len();
    if !broken || columns.is_empty() {
        return None;
    }
    let read = |path: &String| {
        let mut column = Column::default();
        let levels: Vec<&str> = path.split('>').skip(1).collect();
        let mut end = 0;
        for level in &levels {
            end += 1 + level.len();
            if let Some(meaning) = place.statements().column(place.statement, &path[..end]) {
                column.absorb(meaning);
            }
        }
        column.words = levels.join(" × ");
        column
    };
    Some(statement.order.iter().map(read).collect())
}

/// What the header path means, with or without the bracket at its end.
fn find<'a>(place: &Place<'a, '_>, path: &str, parent: usize) -> Option<&'a Meaning> {
    let statements = place.statements();
    statements.column(place.statement, path).or_else(|| {
        let short = without_bracket(&path[parent + 1..])?;
        statements.column(place.statement, &format!("{}>{short}", &path[..parent]))
    })
}

/// What a level of the header adds to an item's words.
fn level(place: &Place<'_, '_>, read: &CellRead<'_, '_>, meaning: Option<&Meaning>) -> Level {
    match meaning {
        None => Level::Own,
        Some(Meaning { role: Some(Role::Group), .. }) if read.label.year.is_some() => Level::Year,
        Some(Meaning { role: Some(Role::Group), .. }) => Level::Group,
        _ if is_part(place, &read.label.key) || read.text.trim_start().starts_with("其中") => Level::Part,
        _ => Level::Own,
    }
}

/// 小计 and the like, also where a statement gives it a meaning of its own.
fn is_part(place: &Place<'_, '_>, key: &str) -> bool {
    place.statements().heading(None, key).is_some_and(|meaning| meaning.role == Some(Role::Part))
}

/// Keeps what another column says as well.
fn keep<T: PartialEq>(own: &mut Option<T>, other: Option<&T>) {
    if own.as_ref() != other {
        *own = None;
    }
}

/// What a level of a header adds to the words of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// 收入, 决算数: nothing, unless it stands lowest.
    Group,
    /// 2031年度预算数.
    Year,
    /// 小计, 其中：教育收费: says nothing without the level above.
    Part,
    /// Its words.
    Own,
}

/// The words of a column for an item: the lowest level, with the one above it where it only says
/// 小计, and the year or the heading over it.
fn item_words(levels: &[(String, Level)]) -> String {
    let Some(((last, level), above)) = levels.split_last() else { return String::new() };
    let mut above: Vec<_> = above.iter().filter(|(words, level)| *level != Level::Group && words != last).collect();
    let mut words = last.clone();
    if *level == Level::Part
        && let Some((parent, _)) = above.pop_if(|(_, level)| *level == Level::Own)
    {
        words = format!("{parent}{last}");
    }
    let over = above.iter().find(|(_, level)| *level == Level::Year).or(above.last());
    match over {
        Some((over, _)) if over.chars().count() <= 24 => format!("{over} × {words}"),
        _ => words,
    }
}

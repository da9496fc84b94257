//! What a figure is about: the labels left of it, gathered for the fact.

use super::body::{Group, Reader};
use super::columns::Column;
use super::content::Amount;
use super::facts::{Reach, Subject};
use super::label::{Label, Scale, read_points};
use crate::figure::{read_comparator, read_quantity};
use crate::grammar::labels::list_number_length;
use crate::grammar::meaning::Role;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::borrow::Cow;

impl<'a> Reader<'a, '_, '_, '_> {
    /// States a figure with what its row says.
    pub(super) fn figure(&mut self, index: usize, amount: &Amount<'_>, column: usize, group: &Group<'a>) {
        let side = self.side(column);
        let read = |index: usize| &self.cells[index];
        let label = group.label.map(|label| &read(label).label);
        let points = group.label.and_then(|label| read_points(&read(label).text)).filter(|_| self.place.is_form());
        let mut words = match (&points, label) {
            (Some(points), _) => Cow::Borrowed(points.words),
            (None, Some(label)) if !label.words.is_empty() => Cow::Borrowed(label.words.as_str()),
            _ => Cow::Borrowed(group.label.map_or("", |label| read(label).text.trim())),
        };
        // An indicator beside several rules: the rule tells which of its rows is meant.
        if let (Some(rule), Some(label)) = (group.rule, group.label)
            && self.place.table.cells[label].row_span > 1
        {
            let rule = read(rule).text.trim();
            let short = rule[list_number_length(rule)..].split(['；', '。', '，', '?', '？']).next().unwrap_or("");
            words = Cow::Owned(format!("{words}：{}", short.trim()));
        }
        let outer_scale =
            group.outer.iter().chain(&group.band).rev().find_map(|index| read(*index).label.scale.as_ref());
        let row_scale = self.unit_of_row(index);
        let scale = row_scale.as_ref().or_else(|| label.and_then(|label| label.scale.as_ref())).or(outer_scale);
        let outer: Vec<&str> = group.outer.iter().map(|index| read(*index).label.words.as_str()).collect();
        let cell = &self.place.table.cells[index];
        let span = cell.column_span.max(1) as usize;
        let other = self.columns.get(column + span - 1).filter(|_| span > 1);
        let Some(mut column) = self.columns.get(column) else { return };
        let strange = Column::default();
        if self.counts_otherwise(column, group) {
            column = &strange;
        }
        let merged = other.is_some_and(|other| other.concept != column.concept && column.concept.is_some());
        let mut reach = if merged { Reach::Merged } else { Reach::One };
        // Where only spaces tell columns, a cell over several is an amount of one of them.
        let by_spaces = matches!(self.place.table.layout, TableLayout::Columns | TableLayout::Flow);
        let spanned = (cell.column, cell.column + span as u32 - 1);
        let several = self.place.table.unsure_of(cell.span.start).or((span > 1 && by_spaces).then_some(spanned));
        let can_be = several.and_then(|(first, last)| self.columns.get(first as usize..=last as usize));
        let shared = Column::shared(can_be.unwrap_or_default());
        if can_be.is_some() {
            reach = Reach::Open;
            column = &shared;
        }
        // A heading over the figures alone tells the side better than the place of the label does.
        let fits = group.meaning.is_some_and(|meaning| meaning.side.is_none() || meaning.side == side);
        let other_side = || self.meaning_of(&label?.key, side);
        let meaning = if fits { group.meaning } else { other_side().or(group.meaning) };
        let subject = Subject {
            words,
            outer,
            code: group.code.as_deref().filter(|_| group.label.is_some()),
            year: label
                .and_then(|label| label.year)
                .or_else(|| group.outer.iter().find_map(|index| read(*index).label.year)),
            dated: label.is_some_and(|label| label.year.is_some() && label.key.is_empty()),
            meaning,
            pair: group.pair,
            scale,
            side,
            other: group.label.and_then(|label| {
                let column = self.columns.get(self.place.table.cells[label].column as usize)?;
                column.concept.filter(|_| column.role == Some(Role::Label))
            }),
            reach,
            can_be: can_be.unwrap_or_default(),
        };
        let bound = amount.bound.or_else(|| self.bound_of_row(index).filter(|_| column.phase == Some(Phase::Target)));
        self.out.figure(index, &Amount { bound, ..amount.clone() }, column, &subject);
    }

    /// 预算数：| 30 above 总分 | 95: what is measured in points is not of a column of money.
    fn counts_otherwise(&self, column: &Column<'a>, group: &Group<'a>) -> bool {
        let unit = group.meaning.and_then(|meaning| meaning.concept.as_ref().and(meaning.unit.as_ref()));
        let heading = column.concept.and_then(|concept| self.place.vocabulary().concept(concept));
        unit.zip(heading).is_some_and(|(unit, heading)| heading.unit != unit.as_str())
    }

    /// The cell of the row of cell `index` in `column`.
    fn cell_of_row(&self, index: usize, column: Option<usize>) -> Option<&str> {
        let cell = self.grid.cell(self.place.table.cells[index].row as usize, column?)?;
        (cell != index).then(|| self.cells[cell].text.trim())
    }

    /// 指标值 12 | 度量单位 公里: the unit that stands in a column of its own.
    fn unit_of_row(&self, index: usize) -> Option<Scale> {
        const LONGEST: usize = 15;
        let printed =
            self.cell_of_row(index, self.beside[0]).filter(|unit| !unit.is_empty() && unit.len() <= LONGEST)?;
        let quantity = read_quantity(printed, self.place.vocabulary());
        match quantity.unit.filter(|_| quantity.length == printed.len()) {
            Some(unit) => Some(Scale { factor: quantity.factor, unit: unit.unit.clone() }),
            None if printed == "百分比" => Some(Scale { factor: Decimal::ONE, unit: Unit::Percent }),
            None if printed.chars().all(char::is_alphabetic) => {
                Some(Scale { factor: Decimal::ONE, unit: Unit::Printed(printed.into()) })
            }
            None => None,
        }
    }

    /// 指标性质 ≥: the target beside it is the least that counts.
    fn bound_of_row(&self, index: usize) -> Option<Measure> {
        read_comparator(self.cell_of_row(index, self.beside[1])?).and_then(|(_, bound)| bound)
    }

    /// The figure of a cell that holds its own label.
    pub(super) fn own_value(
        &mut self,
        index: usize,
        label: &Label,
        amount: &Amount<'_>,
        column: usize,
        group: &Group<'a>,
    ) {
        let Some(heading) = self.columns.get(column) else { return };
        let scale = group.band.and_then(|band| self.cells[band].label.scale.as_ref());
        let subject = Subject {
            words: Cow::Borrowed(&label.words),
            outer: Vec::new(),
            code: None,
            year: label.year,
            dated: false,
            meaning: self.meaning_of(&label.key, None),
            pair: false,
            scale: label.scale.as_ref().or(scale),
            side: None,
            other: None,
            reach: Reach::One,
            can_be: &[],
        };
        self.out.figure(index, amount, heading, &subject);
    }
}

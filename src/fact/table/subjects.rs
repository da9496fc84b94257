//! What a figure is about: the labels left of it, gathered for the fact.

use super::body::{Group, Reader};
use super::content::Amount;
use super::facts::Subject;
use super::label::{Label, read_points};
use crate::grammar::labels::list_number_length;
use crate::grammar::meaning::Role;

impl<'a> Reader<'a, '_, '_, '_> {
    /// States a figure with what its row says.
    pub(super) fn figure(&mut self, index: usize, amount: &Amount<'_>, column: usize, group: &Group<'a>) {
        let side = self.side(column);
        let read = |index: usize| &self.cells[index];
        let label = group.label.map(|label| &read(label).label);
        let points = group.label.and_then(|label| read_points(&read(label).text)).filter(|_| self.place.is_form());
        let mut words = match (&points, label) {
            (Some(points), _) => points.words.to_owned(),
            (None, Some(label)) if !label.words.is_empty() => label.words.clone(),
            _ => group.label.map_or(String::new(), |label| read(label).text.trim().to_owned()),
        };
        // An indicator beside several rules: the rule tells which of its rows is meant.
        if let (Some(rule), Some(label)) = (group.rule, group.label)
            && self.place.table.cells[label].row_span > 1
        {
            let rule = read(rule).text.trim();
            let short = rule[list_number_length(rule)..].split(['；', '。', '，', '?', '？']).next().unwrap_or("");
            words = format!("{words}：{}", short.trim());
        }
        let outer_scale =
            group.outer.iter().chain(&group.band).rev().find_map(|index| read(*index).label.scale.as_ref());
        let scale = label.and_then(|label| label.scale.as_ref()).or(outer_scale);
        let outer: Vec<&str> = group.outer.iter().map(|index| read(*index).label.words.as_str()).collect();
        let cell = &self.place.table.cells[index];
        let span = cell.column_span.max(1) as usize;
        let other = self.columns.get(column + span - 1).filter(|_| span > 1);
        let Some(column) = self.columns.get(column) else { return };
        let merged = other.is_some_and(|other| other.concept != column.concept && column.concept.is_some());
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
            merged,
        };
        self.out.figure(index, amount, column, &subject);
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
            words: label.words.clone(),
            outer: Vec::new(),
            code: None,
            year: label.year,
            dated: false,
            meaning: self.meaning_of(&label.key, None),
            pair: false,
            scale: label.scale.as_ref().or(scale),
            side: None,
            other: None,
            merged: false,
        };
        self.out.figure(index, amount, heading, &subject);
    }
}

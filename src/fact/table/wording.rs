//! Cells of words with numbers among them: labels, names, rules and sentences.
//!
//! Points of a score sheet and planned quantities in a label are figures; sentences are left to
//! the narrative; every other number has a class here.

use super::ProseCell;
use super::body::{Group, Reader};
use super::content::{Content, read_content};
use super::label::{read_label, read_points};
use crate::figure::read_quantity;
use crate::grammar::labels::list_number_length;
use crate::grammar::meaning::Role;
use crate::quantity::NumberClass;
use crate::source::Span;
use crate::table::Cell;

/// Sentences are longer than so many bytes.
const LONGEST_NAME: usize = 90;

impl<'a> Reader<'a, '_, '_, '_> {
    /// Dates: the class of all numbers; in a column of labels a label as well.
    pub(super) fn period(&mut self, index: usize, column: usize, group: &mut Group<'a>) {
        for number in &self.cells[index].numbers {
            self.out.class(*number, NumberClass::Period, "tables#period");
        }
        if !matches!(self.role(column), Some(Role::Data | Role::Prose | Role::Period))
            && self.field(column, group).is_none()
        {
            self.label(index, column, group);
        }
    }

    /// Words with numbers among them: a label, a name, a rule or sentences.
    pub(super) fn mixed(&mut self, index: usize, own: bool, column: usize, group: &mut Group<'a>) {
        let read = &self.cells[index];
        if let Some(field) = self.field(column, group) {
            if own {
                self.names(index, field);
            }
            group.closed = true;
            return;
        }
        let role = self.role(column);
        match role {
            Some(Role::Threshold) if own => {
                group.rule = Some(index);
                self.rules(index);
            }
            Some(Role::Data | Role::Prose) if !self.is_row_label(index) => {
                if own {
                    self.prose(index, column, group);
                }
            }
            Some(Role::Threshold | Role::Prose) if !own => {}
            Some(Role::Identifier | Role::LineNumber | Role::ColumnNumber | Role::Period) if own => {
                let class = if role == Some(Role::Period) { NumberClass::Period } else { NumberClass::Identifier };
                for number in &read.numbers {
                    self.out.class(*number, class, "tables#name");
                }
            }
            None if own && (read.text.len() > LONGEST_NAME || read.text.contains('。')) => {
                self.prose(index, column, group);
            }
            None if own && self.labelled(index, column, group) => {}
            _ => {
                if own {
                    self.label_numbers(index, column);
                }
                self.label(index, column, group);
            }
        }
    }

    /// Label and value in one cell of a form: `其中：一般公共预算：12.5`.
    fn labelled(&mut self, index: usize, column: usize, group: &Group<'a>) -> bool {
        let cell = &self.place.table.cells[index];
        let read = &self.cells[index];
        let whole = cell.span.of(self.place.text);
        let (Some((label, value)), [number], None) =
            (whole.rsplit_once(['：', ':']), read.numbers.as_slice(), &cell.parts)
        else {
            return false;
        };
        let start = cell.span.end - value.len() as u32;
        let piece = Cell { span: Span::new(start, cell.span.end), ..cell.clone() };
        let vocabulary = self.place.vocabulary();
        if !self.place.is_form() || self.place.tokens[*number as usize].span.start < start {
            return false;
        }
        let Content::Amount(amount) = read_content(self.place.text, &piece, self.place.tokens, &[*number], vocabulary)
        else {
            return false;
        };
        self.own_value(index, &read_label(label, vocabulary), &amount, column, group);
        true
    }

    /// A project's name, a person with a telephone number.
    fn names(&mut self, index: usize, field: Role) {
        let read = &self.cells[index];
        if field == Role::Project {
            self.out.project = Some(read.text.trim().to_owned());
        }
        for number in &read.numbers {
            let period = self.class_in_label(index, *number) == NumberClass::Period;
            let class = if period || field == Role::Period { NumberClass::Period } else { NumberClass::Identifier };
            self.out.class(*number, class, "tables#field");
        }
    }

    /// Definitions and scoring rules: numbering, dates, else thresholds.
    fn rules(&mut self, index: usize) {
        let cell = &self.place.table.cells[index];
        for number in &self.cells[index].numbers {
            let token = self.place.tokens[*number as usize];
            let piece = super::content::piece_of(cell, token);
            let after = Span::new(token.span.end, piece.end).of(self.place.text);
            let before = Span::new(piece.start, token.span.start).of(self.place.text);
            let begins = before.trim_end().is_empty()
                || before.trim_end().ends_with(['。', '；', ';', '\n', '：', '，', '（', '(']);
            let listed = list_number_length(&format!("1{after}")) > 0 || after.starts_with(['）', ')']);
            let class = match self.class_in_label(index, *number) {
                NumberClass::Period => NumberClass::Period,
                _ if begins && listed => NumberClass::Ordinal,
                _ => NumberClass::Threshold,
            };
            self.out.class(*number, class, "tables#definition");
        }
    }

    /// Numbers in the label of a row: points, a code, planned quantities, numbering.
    fn label_numbers(&mut self, index: usize, column: usize) {
        let read = &self.cells[index];
        let points = read_points(&read.text).filter(|_| self.place.is_form());
        for number in &read.numbers {
            let token = self.place.tokens[*number as usize];
            let cell = &self.place.table.cells[index];
            let piece = super::content::piece_of(cell, token);
            if read.label.code.as_deref() == Some(token.span.of(self.place.text)) {
                self.out.class(*number, NumberClass::Identifier, "tables#code");
                continue;
            }
            if let Some(points) = &points
                && read.numbers.len() == 1
            {
                self.out.weight(index, *number, points.words, points.unit);
                continue;
            }
            let after = Span::new(token.span.end, piece.end).of(self.place.text);
            let quantity = read_quantity(after, self.place.vocabulary());
            let ends = quantity.unit.is_some_and(|unit| !unit.duration) && after[quantity.length..].trim().is_empty();
            if ends
                && self.role(column) == Some(Role::Indicator)
                && self.class_in_label(index, *number) != NumberClass::Ordinal
            {
                let before = Span::new(piece.start, token.span.start).of(self.place.text);
                self.out.planned(index, *number, before.trim(), &quantity);
                continue;
            }
            self.out.class(*number, self.class_in_label(index, *number), "tables#label");
        }
    }

    /// Leaves the cell to the narrative.
    pub(super) fn prose(&mut self, index: usize, column: usize, group: &Group<'a>) {
        if self.cells[index].numbers.is_empty() {
            return;
        }
        let column = self.columns.get(column);
        self.out.reading.prose.push(ProseCell {
            cell: index as u32,
            phase: column.and_then(|column| column.phase),
            column: column.map_or(String::new(), |column| column.words.clone()),
            row: group.label.map_or(String::new(), |label| self.cells[label].label.words.clone()),
            project: self.out.project.clone(),
        });
    }
}

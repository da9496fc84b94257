//! Walks the rows of a grid: labels to the left lend their meaning to the figures right of them.
//!
//! A row may hold several groups side by side (收入 | 支出; three groups of code, name, amount):
//! a label behind a figure begins the next group.

use super::columns::{Column, own_columns, read_column, read_columns};
use super::content::{Amount, Content, is_year};
use super::facts::Figures;
use super::grid::Grid;
use super::label::{class_in_label, is_code};
use super::rows::{RowKind, row_kinds};
use super::{Carry, CellRead, Place, TableReading};
use crate::grammar::labels::without_bracket;
use crate::grammar::meaning::{Meaning, Role, Side};
use crate::grammar::statements::Shape;
use crate::quantity::{Decimal, NumberClass};

/// Reads the whole grid.
pub(super) fn read<'a>(place: &Place<'a, '_>, grid: &Grid, cells: &[CellRead<'_, '_>]) -> TableReading<'a> {
    let kinds = row_kinds(place, grid, cells);
    let columns = place.before.map_or_else(|| vec![Column::default(); grid.columns], |before| before.columns.clone());
    let opened = place.before.map_or([None; 2], |before| before.opened);
    let mut reader = Reader { place, grid, cells, columns, beside: [None; 2], opened, out: Figures::new(place) };
    reader.find_line_numbers(&kinds);
    let mut begun = false;
    let mut row = 0;
    while row < grid.rows {
        match kinds[row] {
            RowKind::Title => reader.title(row),
            RowKind::Body => {
                if !begun && reader.has_amount(row) {
                    begun = true;
                    let amount = |column: usize| reader.value_at(row, column);
                    reader.columns = own_columns(place, &reader.columns, amount).unwrap_or(reader.columns);
                }
                reader.body_row(row);
            }
            RowKind::Header | RowKind::ColumnNumbers => {
                let block = |kind: &&RowKind| matches!(kind, RowKind::Header | RowKind::ColumnNumbers);
                let last = row + kinds[row..].iter().take_while(block).count();
                reader.header(row, last, &kinds);
                row = last;
                continue;
            }
        }
        row += 1;
    }
    let Reader { columns, opened, out, .. } = reader;
    let mut reading = out.reading;
    reading.carry = Carry {
        statement: place.statement,
        columns,
        opened,
        names: out.names,
        project: out.project,
        kind: Some(place.table.kind),
        unit: place.table.unit.clone().or_else(|| place.before.and_then(|before| before.unit.clone())),
        section: place.table.section,
    };
    reading
}

/// The labels that the figures right of them are about.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    /// The nearest label's cell.
    pub(super) label: Option<usize>,
    /// Cells of the labels left of it.
    pub(super) outer: Vec<usize>,
    pub(super) meaning: Option<&'a Meaning>,
    pub(super) code: Option<String>,
    /// A figure was read: the next label begins another group.
    pub(super) closed: bool,
    /// The label heads its own value: `预算数：| 3万元`.
    pub(super) pair: bool,
    /// A label beside several rows that names a unit: `项目资金（万元）`.
    pub(super) band: Option<usize>,
    /// The rule or definition that tells rows of one indicator apart.
    pub(super) rule: Option<usize>,
}

pub(super) struct Reader<'a, 'r, 't, 'v> {
    pub(super) place: &'r Place<'a, 't>,
    pub(super) grid: &'r Grid,
    pub(super) cells: &'r [CellRead<'t, 'v>],
    pub(super) columns: Vec<Column<'a>>,
    /// The columns of units and of ≥ and ≤ that hold for the row's amounts, looked up once for each row.
    pub(super) beside: [Option<usize>; 2],
    /// On either side, the row whose parts the rows below are.
    pub(super) opened: [Option<&'a str>; 2],
    pub(super) out: Figures<'a, 'r, 't>,
}

impl<'a> Reader<'a, '_, '_, '_> {
    /// Columns of row numbers that no heading names: each number is the one above and one.
    fn find_line_numbers(&mut self, kinds: &[RowKind]) {
        for number in 0..self.grid.columns {
            let mut last: Option<Decimal> = None;
            let (mut run, mut broken) = (0, false);
            for (row, kind) in kinds.iter().enumerate() {
                let Some(index) = self.grid.cell(row, number).filter(|_| *kind == RowKind::Body) else { continue };
                let cell = &self.place.table.cells[index];
                if cell.row as usize != row || cell.column as usize != number {
                    continue;
                }
                match &self.cells[index].content {
                    Content::Amount(amount)
                        if amount.plain && last.is_none_or(|last| amount.value == last + Decimal::ONE) =>
                    {
                        last = Some(amount.value);
                        run += 1;
                    }
                    Content::Blank => {}
                    _ => broken = true,
                }
            }
            if run >= 5 && !broken {
                self.columns[number].role = Some(Role::LineNumber);
            }
        }
    }

    /// The value whose cell begins in a column, zero where there is none.
    fn value_at(&self, row: usize, column: usize) -> Decimal {
        let cell = self.grid.cell(row, column);
        let cell = cell.filter(|index| self.place.table.cells[*index].column as usize == column);
        match cell.map(|index| &self.cells[index].content) {
            Some(Content::Amount(amount)) => amount.value,
            _ => Decimal::ZERO,
        }
    }

    fn has_amount(&self, row: usize) -> bool {
        self.grid.row(row).any(|index| matches!(self.cells[index].content, Content::Amount(_)))
    }

    /// Reads header rows: what the columns below mean, and the classes of the numbers in them.
    fn header(&mut self, first: usize, last: usize, kinds: &[RowKind]) {
        for (row, kind) in kinds.iter().enumerate().take(last).skip(first) {
            let fallback =
                if *kind == RowKind::ColumnNumbers { NumberClass::Identifier } else { NumberClass::Threshold };
            self.headings(row, fallback);
        }
        if kinds[first..last].contains(&RowKind::Header) {
            let found = read_columns(self.place, self.grid, self.cells, (first, last));
            for (old, mut new) in self.columns.iter_mut().zip(found) {
                // Numbers that count the rows are what they are, whatever a merged heading says.
                if old.role == Some(Role::LineNumber) {
                    new.role = old.role;
                }
                *old = new;
            }
        }
    }

    /// A row of one cell: a title or a unit; sentences below the first row are notes.
    fn title(&mut self, row: usize) {
        for index in self.grid.row(row) {
            let text = &self.cells[index].text;
            if row > 0 && (text.contains('。') || text.len() > 180) && self.place.table.cells[index].row as usize == row
            {
                self.prose(index, self.grid.columns, &Group::default());
            } else {
                self.headings(row, NumberClass::Threshold);
                return;
            }
        }
    }

    /// Classes the numbers of heading cells; `fallback` where the words around say nothing.
    fn headings(&mut self, row: usize, fallback: NumberClass) {
        for index in self.grid.row(row) {
            if self.place.table.cells[index].row as usize != row {
                continue;
            }
            for number in &self.cells[index].numbers {
                let class = self.class_in_label(index, *number);
                let class = if class == NumberClass::Threshold || fallback == NumberClass::Identifier {
                    fallback
                } else {
                    class
                };
                self.out.class(*number, class, "tables#heading");
            }
        }
    }

    pub(super) fn class_in_label(&self, index: usize, number: u32) -> NumberClass {
        class_in_label(self.place.text, &self.place.table.cells[index], self.place.tokens[number as usize])
    }

    fn body_row(&mut self, row: usize) {
        self.beside =
            [Role::Unit, Role::Bound].map(|role| self.columns.iter().position(|column| column.role == Some(role)));
        let mut group = Group::default();
        for index in self.grid.row(row) {
            let cell = &self.place.table.cells[index];
            let (own, column) = (cell.row as usize == row, cell.column as usize);
            let read = &self.cells[index];
            match &read.content {
                Content::Words => self.words(index, own, column, &mut group),
                Content::Amount(amount) if own => self.amount(index, amount, column, &mut group),
                Content::Range(low, high) if own => {
                    for amount in [low, high] {
                        self.amount(index, amount, column, &mut group);
                    }
                }
                Content::Period if own => self.period(index, column, &mut group),
                Content::Mixed => self.mixed(index, own, column, &mut group),
                Content::Period => self.label(index, column, &mut group),
                // 支出合计 | — | 机关运行经费 | 44.25: a dash is the figure of the label before it.
                Content::Blank if own && self.fills_figure(index, column) => group.closed |= group.label.is_some(),
                Content::Blank | Content::Amount(_) | Content::Range(..) => {}
            }
        }
    }

    /// Whether a cell of dashes stands where a figure could.
    fn fills_figure(&self, index: usize, column: usize) -> bool {
        let dashes = !self.cells[index].text.trim().is_empty();
        let figures = self.columns.get(column).is_some_and(|column| column.known && column.role != Some(Role::Label));
        dashes && figures && !self.place.is_form() && self.role(column) != Some(Role::Code)
    }

    pub(super) fn role(&self, column: usize) -> Option<Role> {
        self.columns.get(column).and_then(|column| column.role)
    }

    /// What the field's label says that stands right before its value, in a form.
    pub(super) fn field(&self, column: usize, group: &Group<'a>) -> Option<Role> {
        let role = group.meaning.and_then(|meaning| meaning.role);
        if self.role(column).is_some() || group.closed {
            return None;
        }
        role.filter(|role| matches!(role, Role::Project | Role::Identifier | Role::Period))
    }

    fn words(&mut self, index: usize, own: bool, column: usize, group: &mut Group<'a>) {
        let read = &self.cells[index];
        match self.field(column, group) {
            Some(Role::Project) => {
                self.out.project = Some(read.text.trim().to_owned());
                group.closed = true;
            }
            Some(_) if !self.is_row_label(index) => group.closed = true,
            _ => match self.role(column) {
                Some(Role::Data) if self.place.is_form() && !self.is_row_label(index) => {}
                Some(Role::Threshold) if own => group.rule = Some(index),
                Some(Role::Prose | Role::Threshold | Role::Identifier | Role::Period | Role::Unit | Role::Bound) => {}
                _ => self.label(index, column, group),
            },
        }
    }

    /// Whether a form's cell is a label wherever it stands.
    pub(super) fn is_row_label(&self, index: usize) -> bool {
        let read = &self.cells[index];
        read.text.trim_end().ends_with([':', '：']) || self.meaning_of(&read.label.key, None).is_some()
    }

    pub(super) fn meaning_of(&self, key: &str, side: Option<Side>) -> Option<&'a Meaning> {
        let (statements, statement) = (self.place.statements(), self.place.statement);
        if key.is_empty() {
            return None;
        }
        let opened = match side {
            Some(Side::Expenditure) => self.opened[1],
            _ => self.opened[0],
        };
        opened
            .and_then(|parent| statements.row(statement, &format!("{parent}>{key}"), side))
            .or_else(|| statements.row(statement, key, side))
            .or_else(|| without_bracket(key).and_then(|short| statements.row(statement, short, side)))
    }

    /// The side that a label or figure in `column` stands on.
    pub(super) fn side(&self, column: usize) -> Option<Side> {
        let own = self.columns.get(column).and_then(|column| column.side);
        own.or_else(|| {
            self.place.statement.filter(|statement| statement.shape == Shape::Sides)?;
            let labels =
                |columns: &[Column<'_>]| columns.iter().filter(|column| column.role == Some(Role::Label)).count();
            let right = match labels(&self.columns) {
                0 | 1 => column * 2 >= self.grid.columns,
                _ => labels(&self.columns[..(column + 1).min(self.columns.len())]) >= 2,
            };
            Some(if right { Side::Expenditure } else { Side::Income })
        })
    }

    /// Takes a cell as the label of what stands right of it.
    pub(super) fn label(&mut self, index: usize, column: usize, group: &mut Group<'a>) {
        if group.closed {
            *group = Group { band: group.band, ..Group::default() };
        }
        let read = &self.cells[index];
        if read.label.scale.is_some() && self.place.table.cells[index].row_span > 1 {
            group.band = Some(index);
        }
        if let Some(code) = &read.label.code {
            group.code = Some(code.clone());
        }
        group.outer.extend(group.label.replace(index));
        let side = self.side(column);
        group.meaning = self.meaning_of(&read.label.key, side);
        group.pair = false;
        if self.place.is_form() && self.role(column).is_none_or(|role| role == Role::Data) {
            self.pair(index, column, group);
        }
        if let Some(meaning) = group.meaning
            && meaning.opens
        {
            let canonical = meaning.rule.rsplit_once('#').map(|(_, label)| label);
            self.opened[usize::from(side == Some(Side::Expenditure))] = canonical;
        }
    }

    /// `预算数：| 3万元`: the label heads the value's column, here and in the rows below.
    fn pair(&mut self, index: usize, column: usize, group: &mut Group<'a>) {
        let found = read_column(self.place, self.cells, &[index]);
        let total = self
            .meaning_of(&self.cells[index].label.key, None)
            .is_some_and(|meaning| meaning.role == Some(Role::Total));
        // 总分 | 95: the points reached, though a column of that heading holds those available.
        let own = self.meaning_of(&self.cells[index].label.key, None).and_then(|meaning| meaning.concept.as_deref());
        if !found.known
            || own.is_some_and(|own| found.concept != Some(own))
            || found.role != Some(Role::Data)
            || !(total || self.cells[index].text.trim_end().ends_with([':', '：']))
        {
            return;
        }
        group.pair = true;
        let start = column + self.place.table.cells[index].column_span.max(1) as usize;
        for (at, place) in self.columns.iter_mut().enumerate().skip(start) {
            // The value stands up to the next label; a column further right keeps this meaning until then.
            if at > start
                && self
                    .grid
                    .cell(self.place.table.cells[index].row as usize, at)
                    .is_some_and(|next| matches!(self.cells[next].content, Content::Words))
            {
                place.role = None;
                place.known = false;
                break;
            }
            *place = found.clone();
        }
    }

    fn amount(&mut self, index: usize, amount: &Amount<'_>, column: usize, group: &mut Group<'a>) {
        let raw = self.place.tokens[amount.number as usize].span.of(self.place.text);
        if let Some(field) = self.field(column, group) {
            let class = if field == Role::Period { NumberClass::Period } else { NumberClass::Identifier };
            self.out.class(amount.number, class, "tables#field");
            if field == Role::Project {
                self.out.project = Some(self.cells[index].text.trim().to_owned());
            }
            return;
        }
        match self.role(column) {
            Some(Role::Code) if amount.plain => {
                if group.closed {
                    *group = Group { band: group.band, ..Group::default() };
                }
                group.code = Some(joined_code(group.code.take(), raw));
                self.out.class(amount.number, NumberClass::Identifier, "tables#code");
            }
            // A row's number has no decimals: what has some is shifted into the column.
            Some(role @ (Role::LineNumber | Role::ColumnNumber | Role::Identifier))
                if role == Role::Identifier || amount.plain =>
            {
                self.out.class(amount.number, NumberClass::Identifier, "tables#line-number");
            }
            Some(Role::Period) => self.out.class(amount.number, NumberClass::Period, "tables#period"),
            Some(Role::Threshold) => self.out.class(amount.number, NumberClass::Threshold, "tables#definition"),
            Some(Role::Prose) => self.prose(index, column, group),
            Some(Role::Label | Role::Indicator) if amount.plain && is_year(amount.value) => {
                self.out.class(amount.number, NumberClass::Period, "tables#period");
                self.label(index, column, group);
            }
            Some(Role::Label | Role::Indicator) if amount.plain => {
                self.out.class(amount.number, NumberClass::Identifier, "tables#code");
                if is_code(raw) {
                    group.code = Some(raw.to_owned());
                }
            }
            None if amount.plain && is_code(raw) && !self.columns[column].known && self.code_before_name(index) => {
                if group.closed {
                    *group = Group { band: group.band, ..Group::default() };
                }
                group.code = Some(raw.to_owned());
                self.out.class(amount.number, NumberClass::Identifier, "tables#code");
            }
            role if amount.unit.is_some_and(|unit| unit.duration)
                && (role != Some(Role::Data) || !self.place.is_form()) =>
            {
                self.out.class(amount.number, NumberClass::Period, "tables#period");
            }
            _ => {
                group.closed = true;
                self.figure(index, amount, column, group);
            }
        }
    }

    /// Where no heading tells: a plain code whose neighbour to the right is a name.
    fn code_before_name(&self, index: usize) -> bool {
        let cell = &self.place.table.cells[index];
        let right = (cell.column + cell.column_span.max(1)) as usize;
        let next = (right < self.grid.columns).then(|| self.grid.cell(cell.row as usize, right)).flatten();
        next.is_some_and(|next| matches!(self.cells[next].content, Content::Words))
    }
}

/// 类, 款 and 项 each in a column of its own: `208`, `05`, `01` are 2080501; `208`, `20805` are the latter.
fn joined_code(before: Option<String>, raw: &str) -> String {
    match before {
        Some(before) if raw.len() == 2 && before.len() < 7 => before + raw,
        _ => raw.to_owned(),
    }
}

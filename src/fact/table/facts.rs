//! One figure, its row and its column → the fact that it states.

use super::columns::Column;
use super::content::Amount;
use super::label::{Scale, read_scale};
use super::units::{prints_cents, unit_inside};
use super::{Place, TableReading, explain};
use crate::fact::{Fact, FactSource, Flags};
use crate::figure::Quantity;
use crate::grammar::labels::bracket_words;
use crate::grammar::meaning::{Meaning, Role, Side};
use crate::grammar::statements::Shape;
use crate::maps::Map;
use crate::quantity::{Decimal, Fund, Measure, NumberClass, Phase, Unit};
use crate::table::TableKind;
use std::borrow::Cow;

/// What the labels of a figure's row say.
pub(super) struct Subject<'a, 's> {
    /// The nearest label, bare.
    pub(super) words: Cow<'s, str>,
    /// The labels left of it.
    pub(super) outer: Vec<&'s str>,
    pub(super) code: Option<&'s str>,
    /// The year that a label names.
    pub(super) year: Option<i16>,
    /// The label is nothing but a year.
    pub(super) dated: bool,
    pub(super) meaning: Option<&'a Meaning>,
    /// The label heads its value itself.
    pub(super) pair: bool,
    pub(super) scale: Option<&'s Scale>,
    pub(super) side: Option<Side>,
    /// What rows of its label's column state if nobody knows them: 项目（按经济分类）.
    pub(super) other: Option<&'a str>,
    pub(super) reach: Reach,
    /// The columns that may be the figure's own, if only spaces tell and they do not.
    pub(super) can_be: &'s [Column<'a>],
}

/// Whether an amount of the table is printed with cents.
fn has_cents(place: &Place<'_, '_>) -> bool {
    let first = place.tokens.partition_point(|token| token.span.start < place.table.span.start);
    let inside = place.tokens[first..].iter().take_while(|token| token.span.end <= place.table.span.end);
    inside.into_iter().any(|token| prints_cents(token.span.of(place.text)))
}

/// What the columns have to say of a cell that reaches over several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It is in one, or they mean the same.
    One,
    /// It is merged over columns that mean different things.
    Merged,
    /// Nothing told which of them it is in.
    Open,
}

/// A code whose name is known.
struct Named {
    /// The path of a functional class: 类/款/项.
    path: Option<String>,
}

/// Gathers classes and facts of one table.
pub(super) struct Figures<'a, 'r, 't> {
    pub(super) place: &'r Place<'a, 't>,
    pub(super) reading: TableReading<'a>,
    /// The form's project.
    pub(super) project: Option<String>,
    /// Names of the functional classes met so far, by code.
    pub(super) names: Map<String, String>,
    /// The unit of the table's money, and whether it stands outside of the table.
    pub(super) money: (Scale, bool),
    /// The unit of the form's money, once a figure of it was read.
    pub(super) form_money: Option<Scale>,
    pub(super) other: Option<Scale>,
    /// Whether amounts of the table have cents, so that a bare 0 is none of a count.
    pub(super) cents: bool,
}

impl<'a, 'r, 't> Figures<'a, 'r, 't> {
    pub(super) fn new(place: &'r Place<'a, 't>) -> Self {
        let read = |printed: Option<&str>| printed.and_then(|printed| read_scale(printed, place.vocabulary()));
        let titled = place.table.title.as_deref().and_then(bracket_words);
        let own = read(place.table.unit.as_deref())
            .or_else(|| read(titled))
            .or_else(|| read(unit_inside(place).as_deref()))
            .or_else(|| read(place.before.and_then(|before| before.unit.as_deref())));
        let is_money = |scale: &Scale| scale.unit == Unit::Cny;
        let far = read(place.context.section_unit).or_else(|| read(place.context.document_unit)).filter(is_money);
        let usual = Scale { factor: Decimal::from(10_000), unit: Unit::Cny };
        let money = match own.clone().filter(is_money) {
            Some(scale) => (scale, false),
            None => (far.unwrap_or(usual), true),
        };
        Figures {
            place,
            reading: TableReading::default(),
            project: place.before.and_then(|before| before.project.clone()),
            names: place.before.map_or_else(Map::default, |before| before.names.clone()),
            money,
            form_money: None,
            other: own,
            cents: has_cents(place),
        }
    }

    pub(super) fn class(&mut self, number: u32, class: NumberClass, rule: &'a str) {
        if let Some(trace) = self.place.context.trace.filter(|_| class != NumberClass::Figure) {
            let span = self.place.tokens[number as usize].span;
            trace.note(span, || {
                vec![explain::statement(self.place), ("cell", format!("{}, by {rule}", class.as_str()))]
            });
        }
        self.reading.numbers.push((number, class, rule));
    }

    /// The fact of a figure in a cell.
    pub(super) fn figure(&mut self, cell: usize, amount: &Amount<'_>, column: &Column<'a>, subject: &Subject<'a, '_>) {
        if let Some(trace) = self.place.context.trace {
            trace.note(self.place.tokens[amount.number as usize].span, || {
                let mut lines = explain::row(subject);
                lines.splice(0..0, [explain::statement(self.place), explain::column(column)]);
                lines
            });
        }
        let meaning = subject.meaning;
        let named = subject.code.map(|code| self.name_code(code, &subject.words));
        let whole = meaning.and_then(|meaning| meaning.fund).or(self.place.statement.and_then(|s| s.fund));
        let own = |column: &Column<'a>| column.fund.or(whole);
        let fund = own(subject.can_be.first().unwrap_or(column));
        let fund = fund.filter(|_| subject.can_be.iter().all(|other| own(other) == fund));
        let (concept, rule) = self.sure_concept(column, subject, fund);
        let (value, unit, mut flags) = self.value(amount, column, subject, concept);
        let own = column.measure.filter(|_| subject.reach != Reach::Merged);
        let measure = amount.bound.or(own).or(meaning.and_then(|meaning| meaning.measure)).unwrap_or(match unit {
            Unit::Cny => Measure::Amount,
            Unit::Percent if self.is_chart() => Measure::Share,
            Unit::Percent => Measure::Rate,
            Unit::Point => Measure::Score,
            Unit::Printed(ref words) if &**words == "百分点" => Measure::Rate,
            _ => Measure::Count,
        });
        if amount.approximate && amount.bound.is_none() {
            flags = flags.with(Flags::APPROXIMATE);
        }
        let raw = self.place.tokens[amount.number as usize].span.of(self.place.text);
        if raw.starts_with("00") {
            flags = flags.with(Flags::OCR);
        }
        let period = column
            .year
            .or(subject.year)
            .or_else(|| self.place.context.fiscal_year.map(|year| year - column.years_back.unwrap_or(0)));
        let functional = named.as_ref().is_some_and(|named| named.path.is_some());
        let economic = named.is_some() && !functional;
        let words = if subject.words.is_empty() { column.words.as_str() } else { &*subject.words };
        let nameless = concept.filter(|_| named.is_none() && !words.is_empty());
        let name = |wanted: bool, id: &str| {
            (wanted || nameless.is_some_and(|concept| concept == id)).then(|| words.to_owned())
        };
        let mut fact = self.blank(cell, amount.number, value, unit, rule);
        fact.concept = concept;
        fact.item = self.item(named.and_then(|named| named.path).as_deref(), column, subject);
        fact.measure = measure;
        fact.phase = self.phase(column, subject, measure);
        fact.period = period;
        fact.base_period = period.filter(|_| matches!(measure, Measure::Change | Measure::Growth)).map(|year| year - 1);
        fact.fund = fund;
        fact.function_name = name(functional, "expenditure.function");
        fact.economic_name = name(economic, "expenditure.economic");
        fact.function_code = subject.code.filter(|_| functional).map(str::to_owned);
        fact.economic_code = subject.code.filter(|_| economic).map(str::to_owned);
        fact.flags = flags;
        // 收、支总计: one number, two facts.
        let also =
            meaning.filter(|meaning| meaning.concept.as_deref() == concept).and_then(|meaning| meaning.also.as_deref());
        let also = also.map(|also| Fact { concept: Some(also), ..fact.clone() });
        self.push(fact);
        if let Some(also) = also {
            self.push(also);
        }
    }

    /// The points available that a label prints: `（20分）项目决策`.
    pub(super) fn weight(&mut self, cell: usize, number: u32, words: &str, unit: bool) {
        let Some(value) = self.place.tokens[number as usize].value(self.place.text) else { return };
        let mut fact = self.blank(cell, number, value, Unit::Point, "tables#points-in-label");
        fact.concept = Some("performance.weight").filter(|id| self.place.vocabulary().concept(id).is_some());
        words.clone_into(&mut fact.item);
        fact.measure = Measure::Score;
        if !unit {
            fact.flags = Flags::UNIT_IMPLIED;
        }
        self.push(fact);
    }

    /// A quantity planned that an indicator's label ends with: `手册5万份`.
    pub(super) fn planned(&mut self, cell: usize, number: u32, words: &str, quantity: &Quantity<'_>) {
        let (Some(value), Some(unit)) = (self.place.tokens[number as usize].value(self.place.text), quantity.unit)
        else {
            return;
        };
        let value = value.checked_mul(quantity.factor).unwrap_or(value);
        let mut fact = self.blank(cell, number, value, unit.unit.clone(), "tables#planned-in-label");
        fact.item = self.with_project(words.to_owned());
        fact.measure = match unit.unit {
            Unit::Cny => Measure::Amount,
            Unit::Percent => Measure::Rate,
            _ => Measure::Count,
        };
        fact.phase = Some(Phase::Target);
        self.push(fact);
    }

    fn is_chart(&self) -> bool {
        self.place.table.kind == TableKind::Chart
    }

    fn push(&mut self, fact: Fact<'a>) {
        self.class(fact.number, NumberClass::Figure, fact.rule);
        self.reading.facts.push(fact);
    }

    /// A fact of the cell that says nothing yet.
    fn blank(&self, cell: usize, number: u32, value: Decimal, unit: Unit, rule: &'a str) -> Fact<'a> {
        let place = &self.place.table.cells[cell];
        Fact {
            number,
            span: self.place.tokens[number as usize].span,
            value: value.normalize(),
            unit,
            concept: None,
            item: String::new(),
            measure: Measure::Amount,
            phase: None,
            period: self.place.context.fiscal_year,
            base_period: None,
            fund: None,
            function_code: None,
            function_name: None,
            economic_code: None,
            economic_name: None,
            project: self.project.clone(),
            source: if self.is_chart() { FactSource::Chart } else { FactSource::Table },
            section: self.place.table.section,
            cell: Some((self.place.context.table, place.row, place.column)),
            rule,
            flags: Flags::default(),
        }
    }

    /// Learns the name of a code.
    fn name_code(&mut self, code: &str, name: &str) -> Named {
        if code.starts_with(['3', '5']) && code.len() < 7 {
            return Named { path: None };
        }
        match self.names.get_mut(code) {
            Some(known) => name.clone_into(known),
            None => _ = self.names.insert(code.to_owned(), name.to_owned()),
        }
        let mut path = String::with_capacity(128);
        for length in [3, 5] {
            if let Some(parent) =
                code.get(..length).filter(|_| code.len() > length).and_then(|code| self.names.get(code))
            {
                path.push_str(parent);
                path.push('/');
            }
        }
        path.push_str(name);
        Named { path: Some(path) }
    }

    /// The concept, and the rule that named it: where several columns may be the figure's own, what it is in all of them.
    fn sure_concept(
        &self,
        column: &Column<'a>,
        subject: &Subject<'a, '_>,
        fund: Option<Fund>,
    ) -> (Option<&'a str>, &'a str) {
        let Some((first, rest)) = subject.can_be.split_first() else { return self.concept(column, subject, fund) };
        let of_row = subject.meaning.and_then(|meaning| meaning.fund);
        let of_statement = self.place.statement.and_then(|statement| statement.fund);
        let concept = |column: &Column<'a>| self.concept(column, subject, column.fund.or(of_row).or(of_statement));
        let (id, rule) = concept(first);
        if rest.iter().all(|other| concept(other).0 == id) {
            return (id, rule);
        }
        (None, self.place.statement.map_or("tables#unknown", |statement| statement.rule.as_str()))
    }

    /// The concept, and the rule that named it.
    fn concept(
        &self,
        column: &Column<'a>,
        subject: &Subject<'a, '_>,
        fund: Option<Fund>,
    ) -> (Option<&'a str>, &'a str) {
        let statement = self.place.statement;
        let general = statement.map_or("tables#unknown", |statement| statement.rule.as_str());
        let meaning = subject.meaning;
        let of_row = || {
            let meaning = meaning?;
            let by_fund = meaning.by_fund.iter().find(|(wanted, _)| Some(*wanted) == fund).map(|(_, id)| id);
            by_fund.or(meaning.concept.as_ref()).map(|id| (Some(id.as_str()), meaning.rule.as_str()))
        };
        let column_rule = column.rule.unwrap_or(general);
        let of_column = || column.concept.map(|id| (Some(id), column_rule));
        let coded = || {
            if let Some(id) = column.coded {
                return Some((Some(id), column_rule));
            }
            match statement?.coded.as_deref()? {
                "column" => Some((column.concept, column_rule)),
                id => Some((Some(id), column_rule)),
            }
        };
        let whole_row = meaning.is_some_and(|meaning| meaning.role == Some(Role::Total));
        let total = whole_row || subject.words.is_empty() || subject.pair || subject.dated;
        if subject.reach == Reach::Merged {
            return of_row().or_else(of_column).unwrap_or((None, general));
        }
        if subject.code.is_some() {
            return coded().unwrap_or((None, column_rule));
        }
        // Charts put their series side by side: the heading is what a row's label is elsewhere.
        let turned = || {
            let alone = subject.words.is_empty() && self.is_chart() && !column.key.is_empty();
            let statement = statement.filter(|_| alone)?;
            let meaning = self.place.statements().row(Some(statement), &column.key, None);
            let own = meaning.and_then(|meaning| Some((Some(meaning.concept.as_deref()?), meaning.rule.as_str())));
            own.or_else(|| statement.other[0].as_deref().map(|id| (Some(id), general)))
        };
        let whole = || statement.and_then(|statement| statement.total.as_deref()).map(|id| (Some(id), general));
        // 合计 of a column that has the name of a row elsewhere: 人员经费 beside 公用经费.
        let crossed = || {
            let known = whole_row && !self.is_chart() && !column.key.is_empty();
            let meaning =
                self.place.statements().row(statement.filter(|_| known), &column.key, None).filter(|_| known)?;
            Some((Some(meaning.concept.as_deref()?), meaning.rule.as_str()))
        };
        let named =
            if total { of_column().or_else(crossed).or_else(of_row).or_else(turned).or_else(whole) } else { of_row() };
        let found = named.or_else(|| if total { None } else { coded() }).or_else(|| {
            let index = usize::from(subject.side == Some(Side::Expenditure));
            if let Some(id) = subject.other.filter(|_| !total) {
                return Some((Some(id), general));
            }
            statement?.other[index].as_deref().filter(|_| !total).map(|id| (Some(id), general))
        });
        found.unwrap_or((None, column_rule))
    }

    fn phase(&self, column: &Column<'a>, subject: &Subject<'a, '_>, measure: Measure) -> Option<Phase> {
        let row = subject.meaning.and_then(|meaning| meaning.phase);
        let whole = self.place.statement.and_then(|statement| statement.phase);
        let own = |column: &Column<'a>| column.phase.or(row).or(whole);
        // Where several columns may be the figure's own, what it is in all of them.
        let found = own(subject.can_be.first().unwrap_or(column));
        let found = found.filter(|_| subject.can_be.iter().all(|other| own(other) == found));
        found.filter(|_| measure != Measure::Score)
    }

    fn with_project(&self, item: String) -> String {
        match &self.project {
            Some(project) if item.is_empty() => project.clone(),
            Some(project) => format!("{project} × {item}"),
            None => item,
        }
    }

    /// Row label × column label, in the report's words.
    fn item(&self, path: Option<&str>, column: &Column<'a>, subject: &Subject<'a, '_>) -> String {
        let grid =
            self.place.statement.is_none_or(|statement| statement.shape == Shape::Grid && statement.coded.is_none());
        let row = path.unwrap_or(&subject.words);
        // A sum merged into a column of codes or names is not about these.
        let stray = matches!(column.role, Some(Role::Code | Role::Label));
        let words = if stray { "" } else { column.words.as_str() };
        let mut item = String::with_capacity(row.len() + words.len() + 64);
        if let Some(project) = &self.project {
            item.push_str(project);
        }
        let own = item.len();
        let outer = subject.outer.iter().filter(|words| grid && !words.is_empty() && **words != row);
        outer.for_each(|words| item.extend([words, "/"]));
        item.push_str(row);
        let heads = !words.is_empty() && !subject.pair && subject.reach == Reach::One;
        if item.len() == own {
            item.push_str(words);
        } else if heads {
            item.extend([" × ", words]);
        }
        if self.project.is_some() && item.len() > own {
            item.insert_str(own, " × ");
        }
        item
    }
}

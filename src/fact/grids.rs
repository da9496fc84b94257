//! Tables → claimed numbers and facts, the sentences in their cells included.
//!
//! In: the tables, the layout around them, the ledger. Out: facts with source `table` or `chart`.
//! What a grid's cells mean is read by [`super::table`]; cells that hold prose go to the narrative.

use super::ledger::Ledger;
use super::prose::{Place, take};
use super::table::{ProseCell, TableContext, read_table};
use super::{Fact, FactSource};
use crate::figure::NumberToken;
use crate::grammar::Grammars;
use crate::layout::{Layout, View};
use crate::narrative::{Context, read_passage};
use crate::quantity::NumberClass;
use crate::source::Span;
use crate::table::{Table, TableKind};
use crate::trace::Trace;

/// What all tables of a document are read with.
pub struct Grids<'t, 'a> {
    /// The document's text.
    pub text: &'t str,
    /// Its layout.
    pub layout: &'t Layout,
    /// Its numbers.
    pub tokens: &'t [NumberToken],
    /// Its fiscal year.
    pub fiscal_year: Option<i16>,
    /// The grammars.
    pub grammars: &'a Grammars,
    /// Takes notes, where somebody asked.
    pub trace: Option<&'a Trace>,
}

impl<'a> Grids<'_, 'a> {
    /// Reads every table; sets their kinds.
    pub fn read(&self, tables: &mut [Table], ledger: &mut Ledger<'a>, facts: &mut Vec<Fact<'a>>) {
        let document_unit = self.document_unit(tables);
        let mut carry = None;
        for (index, table) in tables.iter_mut().enumerate() {
            let section_unit = self.section_unit(table.span);
            let context = TableContext {
                table: index as u32,
                fiscal_year: self.fiscal_year,
                section_unit: section_unit.as_deref(),
                document_unit: document_unit.as_deref(),
                trace: self.trace,
            };
            let reading = read_table(self.text, table, &context, self.tokens, self.grammars, carry.as_ref());
            for (number, class, rule) in &reading.numbers {
                if *class != NumberClass::Unread {
                    ledger.claim(*number as usize, *class, rule);
                }
            }
            for fact in reading.facts {
                ledger.value(fact.number as usize, fact.value, fact.unit.clone());
                facts.push(fact);
            }
            for prose in reading.prose {
                self.read_prose(index as u32, table, &prose, ledger, facts);
            }
            carry = Some(reading.carry);
        }
    }

    /// The sentences of one cell; what they speak of stands before the column's label.
    fn read_prose(
        &self,
        index: u32,
        table: &Table,
        prose: &ProseCell,
        ledger: &mut Ledger<'a>,
        facts: &mut Vec<Fact<'a>>,
    ) {
        let Some(cell) = table.cells.get(prose.cell as usize) else { return };
        let narrative = self.grammars.narrative();
        let sheet =
            if table.kind == TableKind::ScoreSheet { narrative.tag("score_sheet") } else { narrative.tag("table") };
        let mut context = Context {
            tags: sheet,
            fiscal_year: self.fiscal_year,
            phase: prose.phase,
            project: prose.project.clone(),
            trace: self.trace.filter(|trace| trace.meets(&[cell.span])),
            ..Context::default()
        };
        let view = View::of(self.text, cell.parts.as_deref().unwrap_or(&[cell.span]));
        let from = facts.len();
        let readings = read_passage(view.text(), &mut context, self.grammars);
        if let Some(trace) = context.trace {
            trace.end_passage(|range| view.source_span(range));
        }
        for reading in readings {
            let span = view.source_span(reading.range.clone());
            let number = ledger.at(span.start).unwrap_or_else(|| ledger.word(span));
            let place = Place {
                span,
                section: table.section,
                cell: Some((index, cell.row, cell.column)),
                source: FactSource::Table,
            };
            take(reading, number, place, ledger, facts);
        }
        for fact in &mut facts[from..] {
            if fact.item.is_empty() {
                fact.item.clone_from(&prose.row);
            }
            if !prose.column.is_empty() {
                fact.item = format!("{} × {}", fact.item, prose.column);
            }
        }
    }

    /// `单位：万元` in the last paragraph before the table that says a unit, in the same section.
    fn section_unit(&self, table: Span) -> Option<String> {
        let section = self.layout.section_at(table.start);
        let before = self
            .layout
            .paragraphs
            .partition_point(|paragraph| paragraph.pieces.first().is_some_and(|piece| piece.start < table.start));
        self.layout.paragraphs[..before]
            .iter()
            .rev()
            .take_while(|paragraph| paragraph.section == section)
            .take(40)
            .find_map(|paragraph| paragraph.pieces.iter().find_map(|piece| printed_unit(piece.of(self.text))))
    }

    /// The unit of most tables, else the one that amounts of the text have.
    fn document_unit(&self, tables: &[Table]) -> Option<String> {
        let count = |unit: &str| tables.iter().filter(|table| table.unit.as_deref() == Some(unit)).count();
        let units = ["万元", "元", "千元", "亿元"];
        if let Some(unit) = units.iter().copied().filter(|unit| count(unit) > 0).max_by_key(|unit| count(unit)) {
            return Some(unit.to_owned());
        }
        let (mut ten_thousands, mut yuan) = (0, 0);
        for (at, _) in self.text.match_indices('元') {
            let before = &self.text[..at];
            if before.ends_with('万') {
                ten_thousands += 1;
            } else if before.ends_with(|c: char| c.is_ascii_digit()) {
                yuan += 1;
            }
        }
        match (ten_thousands, yuan) {
            (0, 0) => None,
            _ if ten_thousands >= yuan => Some("万元".to_owned()),
            _ => Some("元".to_owned()),
        }
    }
}

/// The unit of a line that says one: `金额单位：元`.
fn printed_unit(line: &str) -> Option<String> {
    // 编制单位：云溪县水务局 单位：元.
    line.match_indices("单位").find_map(|(at, word)| {
        let rest = line[at + word.len()..].strip_prefix(['：', ':'])?.trim_start();
        let unit: String = rest.chars().take_while(|c| matches!(c, '万' | '千' | '百' | '亿' | '元')).collect();
        unit.ends_with('元').then_some(unit)
    })
}

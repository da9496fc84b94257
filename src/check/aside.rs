//! What is set aside before identities are tried: figures that are none, or speak of another thing than they seem to.
//!
//! In: the facts by table and in the text. Out: [`Gathered::set_apart`] knows them; of each table is known whether
//! its blank cells are blank and its columns fit. What makes a figure one of these is said by `misread`.

use super::gather::{Gathered, NOWHERE, coded, drawn};
use super::misread;
use super::relations::family;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Measure, Unit};
use crate::table::TableKind;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

impl Gathered<'_, '_> {
    /// Sets aside what is no figure, and says how far each table can be relied on.
    pub(super) fn set_aside(&mut self) {
        let mut aside = BTreeSet::new();
        for (found, table) in self.tables.iter_mut().zip(&self.input.tables) {
            let mut columns: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for &index in &found.facts {
                let fact = &self.facts[index as usize];
                if let (Some((_, row, column)), Unit::Cny) = (fact.cell, &fact.unit) {
                    columns.entry(column).or_default().push(index);
                    rows.entry(row).or_default().push(index);
                }
            }
            aside.extend(rows.values().filter(|facts| misread::count_columns(&self.input.raws, facts)).flatten());
            let drawn = matches!(table.layout, TableLayout::Columns | TableLayout::Flow);
            if drawn {
                aside.extend(misread::page_numbers(&self.input.raws, self.facts, &found.facts));
            }
            aside.extend(misread::row_numbers(&self.input.raws, self.facts, &found.facts, drawn));
            for facts in columns.values() {
                if misread::count_rows(&self.input.raws, self.facts, facts)
                    || misread::are_codes(&self.input.raws, facts)
                {
                    aside.extend(facts);
                }
            }
            found.facts.retain(|index| !aside.contains(index));
        }
        self.aside = aside;
        self.judge_tables();
        self.set_text_aside();
    }

    /// How far each table can be relied on.
    fn judge_tables(&mut self) {
        let mut counts: BTreeMap<TableKind, u32> = BTreeMap::new();
        for (found, table) in self.tables.iter().zip(&self.input.tables) {
            *counts.entry(table.kind).or_default() += u32::from(!found.facts.is_empty());
        }
        for (found, table) in self.tables.iter_mut().zip(&self.input.tables) {
            // A statement that goes on in another table has its whole in one and its classes in the other.
            let alone = counts.get(&table.kind).is_none_or(|count| *count < 2);
            found.divided = !alone;
            found.unread |= coded(table.kind) && misread::misaligned(self.facts, &found.facts, alone);
            found.unread |= !coded(table.kind) && misread::nameless(self.facts, &found.facts);
            found.unread |= table.kind == TableKind::AppropriationSummary && misread::shifted(self.facts, &found.facts);
            found.unread |=
                table.kind == TableKind::ThreePublic && drawn(table) && misread::public_mixed(self.facts, &found.facts);
            // In a flow, blank cells leave no trace; but where each amount has its name, none is lost. Where labels
            // are drawn on several lines, an amount between them may have lost its own.
            let named = !found.unread && !misread::has_nameless(self.facts, &found.facts);
            found.certain = match table.layout {
                TableLayout::Flow | TableLayout::Chart => false,
                TableLayout::Columns => coded(table.kind) || named,
                _ => true,
            };
            found.whole = match table.layout {
                TableLayout::Flow => named,
                // Six narrow columns drawn with spaces run into each other.
                TableLayout::Columns => found.certain && table.kind != TableKind::ThreePublic,
                _ => found.certain,
            };
        }
    }

    /// Figures of the text that do not speak of what they seem to.
    fn set_text_aside(&mut self) {
        let mut aside = std::mem::take(&mut self.aside);
        let mut first: BTreeMap<u32, u32> = BTreeMap::new();
        let mut heads: BTreeMap<(u32, &str), Decimal> = BTreeMap::new();
        for &index in &self.text {
            let fact = &self.facts[index as usize];
            let section = self.section(index).unwrap_or(NOWHERE);
            let opening = *first.entry(section).or_insert(self.paragraph(index)) == self.paragraph(index);
            let before = self.before(index);
            let other = misread::leaves_out(self.words_until(index, None)) || misread::of_wider_scope(before);
            if self.torn(index) || other {
                aside.insert(index);
            }
            let (Some(concept), Measure::Amount) = (fact.concept, fact.measure) else { continue };
            // 其他国内公务接待支出 is not all of it.
            let named = self.grammars.vocabulary().concept(concept).is_some_and(|concept| concept.zh.contains("其他"));
            if fact.item.starts_with("其他") && !named && !family(concept) {
                aside.insert(index);
            }
            // Where classes are listed one by one, the whole is spoken of first; later it is a class whose name was lost.
            let listed =
                self.title(index).is_some_and(|title| title.contains("具体情况") || title.contains("结构情况"));
            if listed && !opening && concept == "general_budget.expenditure" {
                aside.insert(index);
            }
            let head = *heads.entry((section, concept)).or_insert(fact.value);
            if fact.value < head && misread::is_item(before) {
                aside.insert(index);
            }
        }
        self.aside = aside;
    }
}

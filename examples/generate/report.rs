//! A whole report as blocks, before a converter: cover, contents, statements, sentences, forms.
//!
//! In: accounts, agency, style. Out: [`Block`]s in reading order.

use crate::accounts::Accounts;
use crate::book::Book;
use crate::forms;
use crate::names::Agency;
use crate::random::Random;
use crate::sections;
use crate::statements::{self, Sheet, ordinal};
use crate::style::Style;
use crate::table::Table;
use crate::text::{Class, Meaning, Text};
use std::sync::Arc;

/// A part of the report.
#[derive(Clone, Debug)]
pub enum Block {
    /// Cover and titles.
    Title(Text),
    /// A heading of level 1 (部分), 2 (一、) or 3 (（一）).
    Heading(u8, Text),
    /// A line of the contents.
    Entry(Text),
    Paragraph(Text),
    Table(Table),
    /// A new page where pages show.
    Page,
}

/// Builds a report.
pub fn build(random: Random, style: &Style, agency: &Agency, books: &Accounts) -> Vec<Block> {
    let mut book = Book::new(style, random, agency.own_name);
    sections::introduce(&mut book, books);
    let mut report = Report { blocks: Vec::new(), part: 0, section: 0 };
    report.cover(&mut book, agency);
    report.part(&format!("{}概况", if book.style.apart { "部门" } else { "单位" }), true);
    sections::overview(&mut book, &mut report);
    let tables = format!("{{^{}}}{}部门决算表", style.year, style.year_word);
    let explained = format!("{{^{}}}{}部门决算情况说明", style.year, style.year_word);
    let sheet = Sheet { books, style, agency };
    // Some reports print the statements last.
    let statements_last = book.random.chance(20);
    if !statements_last {
        report.part(&tables, true);
        report.statements(&sheet);
    }
    report.part(&explained, true);
    sections::explain(&mut book, books, &mut report);
    report.part("名词解释", false);
    let count = 3 + book.random.below(5);
    for (at, line) in book.random.some(&crate::wordings::GLOSSARY, count).iter().enumerate() {
        report.paragraph(Text::marked(&format!("{}、{line}", ordinal(at + 1))));
    }
    if statements_last {
        report.part(&tables, true);
        report.statements(&sheet);
    }
    report.forms(&mut book, books);
    report.blocks
}

/// Collects blocks and numbers headings.
pub struct Report {
    pub blocks: Vec<Block>,
    part: usize,
    section: usize,
}

impl Report {
    fn cover(&mut self, book: &mut Book, agency: &Agency) {
        let style = book.style;
        let title = format!("{{^{}}}{}部门决算", style.year, style.year_word);
        if style.apart {
            self.blocks.push(Block::Title(Text::marked(&agency.name)));
            self.blocks.push(Block::Title(Text::marked(&format!("{title}公开"))));
        } else {
            self.blocks.push(Block::Title(Text::marked(&format!("{}{title}", agency.name))));
        }
        self.blocks.push(Block::Page);
        self.blocks.push(Block::Title(Text::marked("目　　录")));
        let mut page = 1;
        for (at, name) in ["部门概况", "决算表", "决算情况说明", "名词解释"].iter().enumerate() {
            let mut entry = format!("第{}部分　{name}", ordinal(at + 1));
            if style.row_numbers {
                entry = format!("{entry}……………………{{~{page}}}");
            }
            page += 1 + book.random.below(9);
            self.blocks.push(Block::Entry(Text::marked(&entry)));
        }
    }

    fn part(&mut self, name: &str, page: bool) {
        self.part += 1;
        self.section = 0;
        if page {
            self.blocks.push(Block::Page);
        }
        self.blocks.push(Block::Heading(1, Text::marked(&format!("第{}部分　{name}", ordinal(self.part)))));
    }

    /// A numbered section.
    pub fn section(&mut self, name: &str) {
        self.section += 1;
        self.blocks.push(Block::Heading(2, Text::marked(&format!("{}、{name}", ordinal(self.section)))));
    }

    /// A numbered heading below a section.
    pub fn subsection(&mut self, at: usize, name: &str) {
        self.blocks.push(Block::Heading(3, Text::marked(&format!("（{}）{name}", ordinal(at)))));
    }

    pub fn paragraph(&mut self, text: Text) {
        self.blocks.push(Block::Paragraph(text));
    }

    fn statements(&mut self, sheet: &Sheet) {
        for table in statements::all(sheet) {
            self.blocks.push(Block::Page);
            self.blocks.push(Block::Table(table));
        }
    }

    fn forms(&mut self, book: &mut Book, books: &Accounts) {
        let style = book.style;
        if book.random.chance(15) {
            self.blocks.push(Block::Page);
            self.blocks.push(Block::Table(forms::comparison(style, &books.small)));
        }
        for project in &books.small.projects {
            if book.random.chance(45) {
                self.blocks.push(Block::Page);
                let table = forms::self_evaluation(&mut book.random, style, project);
                self.blocks.push(Block::Table(table));
            }
        }
        if book.random.chance(20) {
            self.blocks.push(Block::Page);
            let table = forms::score_sheet(&mut book.random, style);
            self.blocks.push(Block::Table(table));
        }
    }
}

/// Template text that an agency forgot to fill in or to delete; its figures state nothing.
pub fn residue(random: &mut Random, style: &Style) -> Text {
    let blank = |unit: &str, measure: &'static str| Meaning {
        scale: if unit == "CNY" { style.prose_unit.scale() } else { 1 },
        unit: unit.to_owned(),
        concept: "expenditure.function".to_owned(),
        item: "***".to_owned(),
        measure,
        phase: "executed",
        period: Some(style.year),
        flags: "template",
        ..Meaning::default()
    };
    let mut text = Text::default();
    let unit = style.prose_unit.name();
    let zero = |text: &mut Text, unit: &str, measure: &'static str| {
        text.number("0", Class::Figure(Arc::new(blank(unit, measure))));
    };
    if random.chance(50) {
        text.words("***（类）***（款）***（项）：支出决算为");
        zero(&mut text, "CNY", "amount");
        text.words(&format!("{unit}，完成预算"));
        zero(&mut text, "percent", "execution_rate");
        text.words("%，决算数大于/小于预算数的主要原因是…。");
    } else {
        text.words("（类）支出较上年增加/减少");
        zero(&mut text, "CNY", "change");
        text.words(&format!("{unit}，增长/下降"));
        zero(&mut text, "percent", "growth");
        text.words("%。（请按实际情况填写）");
    }
    text
}

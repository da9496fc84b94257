//! The nine statements (公开01表 to 公开09表), as authored grids.
//!
//! In: the accounts and the style. Out: [`Table`]s whose amounts know their concept.
//! Concepts and items of the cells follow the gold annotation: items are row × column.

mod by_code;
mod summary;

use crate::accounts::Accounts;
use crate::names::Agency;
use crate::style::{Layout, Style};
use crate::table::{Cell, Table};
use crate::text::{Class, Text};

/// What a statement is built from.
pub struct Sheet<'a> {
    pub books: &'a Accounts,
    pub style: &'a Style,
    pub agency: &'a Agency,
}

/// The nine statements in order.
pub fn all(sheet: &Sheet) -> Vec<Table> {
    vec![
        summary::totals(sheet),
        by_code::income(sheet),
        by_code::expenditure(sheet),
        summary::appropriations(sheet),
        by_code::general(sheet),
        summary::basic(sheet),
        summary::three_public(sheet),
        by_code::government_fund(sheet),
        by_code::state_capital(sheet),
    ]
}

/// The ordinals that number rows: 一、 二、 …
pub fn ordinal(at: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (at / 10, at % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

impl Sheet<'_> {
    /// A statement with the lines that stand above it.
    fn statement(&self, number: u8, title: &str, rows: Vec<Vec<Cell>>, header_rows: usize, below: &str) -> Table {
        let unit = self.style.unit.name();
        let form = Text::marked(&format!("公开{{={number:02}}}表"));
        let gap =
            if self.style.layout == Layout::Columns { "                " } else { "\u{3000}\u{3000}\u{3000}\u{3000}" };
        let above = match (usize::from(self.style.year) + self.agency.name.len()) % 3 {
            0 => vec![form, Text::marked(&format!("部门：{}{gap}金额单位：{unit}", self.agency.name))],
            1 => vec![
                form,
                Text::marked(&format!("编制单位：{}", self.agency.name)),
                Text::marked(&format!("单位：{unit}")),
            ],
            _ => {
                let mut line = form;
                line.words(&format!(" 金额单位：{unit}"));
                vec![line, Text::marked(&format!("公开部门：{}", self.agency.name))]
            }
        };
        let below = (!below.is_empty()).then(|| Text::marked(below));
        Table { title: Text::marked(title), above, kind: "statement", rows, header_rows, below }
    }

    /// A number of a row (行次) or column (栏次).
    fn number(at: usize) -> Cell {
        let mut text = Text::default();
        text.number(&at.to_string(), Class::Identifier);
        Cell { header: true, ..Cell::data(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Accounts;
    use crate::random::Random;
    use crate::table::{Slot, grid};

    #[test]
    fn ordinals_are_chinese() {
        assert_eq!([1, 10, 14, 20, 26].map(ordinal), ["一", "十", "十四", "二十", "二十六"]);
    }

    #[test]
    fn every_row_fills_the_grid() {
        for document in 0..200 {
            let mut random = Random::new(5, document);
            let style = Style::choose(&mut random);
            let agency = crate::names::agency(&mut random);
            let books = Accounts::keep(&mut random, &agency, style.year, 1);
            for table in all(&Sheet { books: &books, style: &style, agency: &agency }) {
                for (row, slots) in grid(&table.rows).iter().enumerate() {
                    assert!(!slots.contains(&Slot::Empty), "{} row {row}: {slots:?}", table.title.plain());
                }
            }
        }
    }
}

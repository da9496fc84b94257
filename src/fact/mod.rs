//! Figures and where they stand → facts named by the vocabulary, and the ledger of all numbers.
//!
//! Everything that `table` and `narrative` found comes together here, so that each number of the
//! document has exactly one class and each figure its meaning.

pub mod classify;
pub mod grids;
pub mod ledger;
pub mod metadata;
pub mod plan;
pub mod prose;
pub mod residue;
pub mod table;
pub mod whole;

use crate::quantity::{Decimal, Fund, Measure, NumberClass, Phase, Unit, words};
use crate::source::Span;

/// A row of the ledger: one number of the document, classed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number<'a> {
    /// Its digits.
    pub span: Span,
    /// What it is.
    pub class: NumberClass,
    /// Its value after sign and multiplier, where it is a figure.
    pub value: Option<Decimal>,
    /// Its unit, where it is a figure.
    pub unit: Option<Unit>,
    /// What read it.
    pub rule: Option<&'a str>,
}

words! {
    /// Where a fact was read (column `source`).
    FactSource {
        /// Prose.
        Narrative = "narrative",
        /// A table's cell.
        Table = "table",
        /// A chart's data label.
        Chart = "chart",
    }
}

/// Doubts that a fact carries (column `flags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    /// Left-over template text: ambiguous or a placeholder.
    pub const TEMPLATE: Flags = Flags(1);
    /// The report forgot the unit, or it stands far away; the unit meant is taken.
    pub const UNIT_IMPLIED: Flags = Flags(2);
    /// A failing check names it.
    pub const INCONSISTENT: Flags = Flags(4);
    /// Misread by the converter.
    pub const OCR: Flags = Flags(8);
    /// 约, 余, 左右, 以上.
    pub const APPROXIMATE: Flags = Flags(16);

    const NAMED: [(Flags, &'static str); 5] = [
        (Flags::TEMPLATE, "template"),
        (Flags::UNIT_IMPLIED, "unit_implied"),
        (Flags::INCONSISTENT, "inconsistent"),
        (Flags::OCR, "ocr"),
        (Flags::APPROXIMATE, "approximate"),
    ];

    /// Whether every flag of `other` is set.
    #[must_use]
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// This set without the flags of `other`.
    #[must_use]
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    /// The set that `names`, joined with `|`, stand for; unknown ones are left out.
    #[must_use]
    pub fn of_names(names: &str) -> Flags {
        let named = Flags::NAMED.iter().filter(|(_, name)| names.split('|').any(|word| word == *name));
        named.fold(Flags::default(), |set, (flag, _)| set.with(*flag))
    }

    /// The names joined with `|`; none if no flag is set.
    #[must_use]
    pub fn names(self) -> Option<String> {
        if self == Flags::default() {
            return None;
        }
        let names: Vec<_> = Flags::NAMED.iter().filter(|(flag, _)| self.has(*flag)).map(|(_, name)| *name).collect();
        (!names.is_empty()).then(|| names.join("|"))
    }
}

/// What one figure states about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Index of its number in the ledger.
    pub number: u32,
    /// The number's digits.
    pub span: Span,
    /// In the unit's base: yuan, percent, pieces. Decreases are negative.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// Vocabulary id, where one fits.
    pub concept: Option<&'a str>,
    /// What is measured, in the report's words.
    pub item: String,
    /// What is measured about it.
    pub measure: Measure,
    /// The budget phase.
    pub phase: Option<Phase>,
    /// The fiscal year spoken of.
    pub period: Option<i16>,
    /// The year compared with.
    pub base_period: Option<i16>,
    /// The fund.
    pub fund: Option<Fund>,
    /// Functional classification (支出功能分类), 3, 5 or 7 digits.
    pub function_code: Option<String>,
    /// Its name as printed.
    pub function_name: Option<String>,
    /// Economic classification (支出经济分类), 3 or 5 digits.
    pub economic_code: Option<String>,
    /// Its name as printed.
    pub economic_name: Option<String>,
    /// The project (项目) that it speaks of.
    pub project: Option<String>,
    /// Where it was read.
    pub source: FactSource,
    /// Index of its section.
    pub section: Option<u32>,
    /// Index of its table and its cell's row and column.
    pub cell: Option<(u32, u32, u32)>,
    /// What read it.
    pub rule: &'a str,
    /// Doubts.
    pub flags: Flags,
}

/// Who reports about which year (columns of `documents`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The report's title.
    pub title: Option<String>,
    /// The reporting agency as it names itself.
    pub entity: Option<String>,
    /// The region's name.
    pub region: Option<String>,
    /// Six digits, GB/T 2260.
    pub region_code: Option<String>,
    /// `central`, `province`, `prefecture`, `county`, `township`.
    pub level: Option<&'static str>,
    /// The year reported about.
    pub fiscal_year: Option<i16>,
    /// `final_account`, `budget`, `performance_evaluation`, `other`.
    pub report_kind: Option<&'static str>,
    /// The units whose accounts it says it includes (编制范围); the agency's own name stands for its 本级.
    pub units: Vec<String>,
}

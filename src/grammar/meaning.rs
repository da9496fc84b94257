//! What a row or column of a statement means: the `[[column]]` and `[[row]]` entries of `tables/*.toml`.
//!
//! In: an entry as written. Out: [`Meaning`], its words checked against the vocabulary and the
//! closed lists. Where rows and columns stand is left to `fact::table`.

use super::fault::{Fault, GrammarFile};
use super::vocabulary::Vocabulary;
use crate::quantity::{ClosedList, Fund, Measure, Phase, Unit, words};
use serde::Deserialize;
use std::collections::HashMap;
use toml::Spanned;

words! {
    /// Which half of a summary a column group belongs to.
    Side {
        /// 收入.
        Income = "income",
        /// 支出.
        Expenditure = "expenditure",
    }
}

words! {
    /// What the cells of a column, or those to the right of a row's label, hold.
    Role {
        /// Figures.
        Data = "data",
        /// Labels of rows: 项目, 科目名称.
        Label = "label",
        /// The indicator (三级指标) that a row is about; a number in it is what was planned.
        Indicator = "indicator",
        /// Classification codes: 科目编码, 类, 款, 项.
        Code = "code",
        /// Numbers of rows: 行次, 序号.
        LineNumber = "line_number",
        /// Numbers of columns: 栏次.
        ColumnNumber = "column_number",
        /// Explanations and notes: 偏差原因, 备注.
        Prose = "prose",
        /// The unit of the row's figures: 度量单位.
        Unit = "unit",
        /// Whether the row's target is a least or a most: 指标性质, with ≥ or ≤.
        Bound = "bound",
        /// Definitions and scoring rules: 评分标准.
        Threshold = "threshold",
        /// The row of the whole: 合计; the concept is the column's.
        Total = "total",
        /// The name of the project: 项目名称.
        Project = "project",
        /// Names, telephone and document numbers: 负责人及电话.
        Identifier = "identifier",
        /// Dates and durations: 完成时限.
        Period = "period",
        /// A heading over columns that has no place in an item: 收入, 决算数.
        Group = "group",
        /// 小计: means what the heading above it means.
        Part = "part",
    }
}

/// What a row or column means; what is not said is left to the other of the two, then to the statement.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// What facts name as their rule: `tables/income.toml#本年收入合计`.
    pub rule: String,
    /// What stands in it.
    pub role: Option<Role>,
    /// Concept in the row of the whole.
    pub concept: Option<String>,
    /// A second concept that the same number states: 收、支总计.
    pub also: Option<String>,
    /// Concept in rows of one class.
    pub coded: Option<String>,
    /// Concept where the other of row and column gives the fund.
    pub by_fund: Vec<(Fund, String)>,
    /// Fund.
    pub fund: Option<Fund>,
    /// Budget phase.
    pub phase: Option<Phase>,
    /// Measure.
    pub measure: Option<Measure>,
    /// Unit of bare numbers.
    pub unit: Option<Unit>,
    /// Income or expenditure.
    pub side: Option<Side>,
    /// So many years before the fiscal year: 1 for 上年决算数.
    pub years_back: Option<i16>,
    /// The rows below are its parts and looked up as `this>label`.
    pub opens: bool,
}

/// An entry as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeaningEntry {
    pub(super) labels: Vec<Spanned<String>>,
    role: Option<Spanned<String>>,
    concept: Option<Spanned<String>>,
    also: Option<Spanned<String>>,
    coded: Option<Spanned<String>>,
    #[serde(default)]
    by_fund: HashMap<Spanned<String>, Spanned<String>>,
    fund: Option<Spanned<String>>,
    phase: Option<Spanned<String>>,
    measure: Option<Spanned<String>>,
    unit: Option<String>,
    side: Option<Spanned<String>>,
    years_back: Option<i16>,
    #[serde(default)]
    opens: bool,
}

/// The entry with its words checked; what is wrong is added to `faults`.
pub(super) fn checked(
    entry: MeaningEntry,
    rule: String,
    file: GrammarFile<'_>,
    vocabulary: &Vocabulary,
    faults: &mut Vec<Fault>,
) -> Meaning {
    let mut by_fund = Vec::new();
    for (fund, id) in entry.by_fund {
        let fund = word(Some(&fund), "fund", file, faults);
        let id = concept(Some(id), file, vocabulary, faults);
        by_fund.extend(fund.zip(id));
    }
    by_fund.sort();
    Meaning {
        rule,
        role: word(entry.role.as_ref(), "role", file, faults),
        concept: concept(entry.concept, file, vocabulary, faults),
        also: concept(entry.also, file, vocabulary, faults),
        coded: concept(entry.coded, file, vocabulary, faults),
        by_fund,
        fund: word(entry.fund.as_ref(), "fund", file, faults),
        phase: word(entry.phase.as_ref(), "phase", file, faults),
        measure: word(entry.measure.as_ref(), "measure", file, faults),
        unit: entry.unit.as_deref().map(Unit::from_word),
        side: word(entry.side.as_ref(), "side", file, faults),
        years_back: entry.years_back,
        opens: entry.opens,
    }
}

/// The concept's id, if the vocabulary has it.
pub(super) fn concept(
    id: Option<Spanned<String>>,
    file: GrammarFile<'_>,
    vocabulary: &Vocabulary,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    let id = id?;
    if vocabulary.concept(id.get_ref()).is_none() {
        faults.push(file.fault(
            id.span(),
            format!("the vocabulary has no concept “{}”", id.get_ref()),
            Some("add it to vocabulary/concepts.csv first"),
        ));
    }
    Some(id.into_inner())
}

/// What a word of a closed list stands for.
pub(super) fn word<T: ClosedList>(
    given: Option<&Spanned<String>>,
    what: &str,
    file: GrammarFile<'_>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let given = given?;
    let found = T::of_word(given.get_ref());
    if found.is_none() {
        faults.push(file.unknown_word(given.span(), what, given.get_ref(), &T::words()));
    }
    found
}

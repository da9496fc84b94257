//! The words that a value carries with it: unit, measure, phase, fund and class.
//!
//! All are closed lists of CONTRACT.md, written as lower-case words in the output, but for
//! [`Unit::Printed`], which keeps a unit of count as the report prints it (家, 个, 份 …).
//! Values themselves are [`rust_decimal::Decimal`] everywhere, never floats.

pub use rust_decimal::Decimal;

/// An enumeration whose variants are written as words of a closed list.
pub trait ClosedList: Sized {
    /// Every word of the list.
    fn words() -> Vec<&'static str>;

    /// What the word stands for.
    fn of_word(word: &str) -> Option<Self>;
}

/// Declares an enumeration whose variants are written as fixed words in the output and in grammars.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every variant, in the order of the contract.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for it in columns and grammars.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The variant that `word` names, if any.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::quantity::ClosedList for $name {
            fn words() -> Vec<&'static str> {
                vec![$($word),+]
            }

            fn of_word(word: &str) -> Option<Self> {
                $name::from_word(word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a number of the ledger is (column `class`).
    NumberClass {
        /// A quantity that the report states.
        Figure = "figure",
        /// Part of a year, date, month or duration.
        Period = "period",
        /// Numbering of a list, section, figure, table or annex.
        Ordinal = "ordinal",
        /// Bookmark, document number, form code, classification code, row or column number, phone number, name.
        Identifier = "identifier",
        /// Part of a definition, label, scoring rule or formula; states no fact.
        Threshold = "threshold",
        /// A tick of a chart's axis.
        Axis = "axis",
        /// Left behind by a converter.
        Artefact = "artefact",
        /// None of the rules could say: the maintainers' work list.
        Unread = "unread",
    }
}

words! {
    /// What is measured about the subject of a fact (column `measure`).
    Measure {
        /// An amount of money or a stock.
        Amount = "amount",
        /// 占…%: share of a whole.
        Share = "share",
        /// 增加、减少…元: difference to the base period; a decrease is negative.
        Change = "change",
        /// 增长、下降…%: relative difference to the base period; a decrease is negative.
        Growth = "growth",
        /// 完成预算…%: executed over budget.
        ExecutionRate = "execution_rate",
        /// A number of things or persons.
        Count = "count",
        /// Points awarded or available.
        Score = "score",
        /// Any other percentage.
        Rate = "rate",
        /// A lower bound: ≥90%, 3 of 3-15.
        Lower = "lower",
        /// An upper bound: ≤5万元, 15 of 3-15.
        Upper = "upper",
    }
}

words! {
    /// The budget phase that a figure speaks of (column `phase`).
    Phase {
        /// 年初预算: the budget as approved at the start of the year.
        Approved = "approved",
        /// 调整预算、全年预算数: the budget after adjustment.
        Adjusted = "adjusted",
        /// 决算数、执行数: what was executed.
        Executed = "executed",
        /// 预期指标值: what was aimed at.
        Target = "target",
    }
}

words! {
    /// The public fund that a figure belongs to (column `fund`).
    Fund {
        /// 一般公共预算.
        GeneralBudget = "general_budget",
        /// 政府性基金预算.
        GovernmentFund = "government_fund",
        /// 国有资本经营预算.
        StateCapital = "state_capital",
        /// 全部资金: all funds together.
        All = "all",
    }
}

/// The unit of a value after scaling: 万元 and 亿元 are [`Unit::Cny`] with the value in yuan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 元: yuan.
    Cny,
    /// %: per hundred.
    Percent,
    /// 人: persons.
    Person,
    /// 人次: persons counted once a visit.
    PersonTime,
    /// 辆: vehicles.
    Vehicle,
    /// 台（套）: sets of equipment.
    Set,
    /// 批次: receptions.
    Batch,
    /// 团组: delegations.
    Group,
    /// 平方米: square metres.
    SquareMetre,
    /// 分: points of a score.
    Point,
    /// Any other unit, as printed: 家, 个, 份, 百分点.
    Printed(Box<str>),
}

impl Unit {
    /// The words of the contract.
    pub const WORDS: &'static [&'static str] =
        &["CNY", "percent", "person", "person_time", "vehicle", "set", "batch", "group", "square_metre", "point"];

    /// The word of the contract, or the unit as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Unit::Cny => "CNY",
            Unit::Percent => "percent",
            Unit::Person => "person",
            Unit::PersonTime => "person_time",
            Unit::Vehicle => "vehicle",
            Unit::Set => "set",
            Unit::Batch => "batch",
            Unit::Group => "group",
            Unit::SquareMetre => "square_metre",
            Unit::Point => "point",
            Unit::Printed(printed) => printed,
        }
    }

    /// The unit that a word of the contract names; any other text is a printed unit.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "CNY" => Unit::Cny,
            "percent" => Unit::Percent,
            "person" => Unit::Person,
            "person_time" => Unit::PersonTime,
            "vehicle" => Unit::Vehicle,
            "set" => Unit::Set,
            "batch" => Unit::Batch,
            "group" => Unit::Group,
            "square_metre" => Unit::SquareMetre,
            "point" => Unit::Point,
            printed => Unit::Printed(printed.into()),
        }
    }
}

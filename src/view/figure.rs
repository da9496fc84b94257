//! Figures that several facts may state: which fact is taken, and whether the others agree.
//!
//! In: the facts of a document, one document after the other. Out: for each year, concept and phase the
//! [`Chosen`] one. Left out are facts that speak of a class, a project or a part of a fund, and left-over
//! template text. A printed number stands for an interval; facts agree if all their intervals meet.

use super::{Document, ReadError};
use crate::dataset::read::{Row, Scan};
use crate::dataset::{Dataset, Exact, Standing};
use crate::fact::FactSource;
use crate::grammar::Grammars;
use crate::quantity::{Fund, Measure, Phase};
use crate::table::TableKind;
use std::collections::HashMap;

/// Concepts whose facts need more words to be told apart: class, item, project.
const DETAILED: [&str; 5] =
    ["expenditure.function", "expenditure.economic", "assets.vehicle.type", "project.", "performance."];

/// The nine statements.
const STATEMENTS: [TableKind; 9] = [
    TableKind::IncomeExpenditureSummary,
    TableKind::Income,
    TableKind::Expenditure,
    TableKind::AppropriationSummary,
    TableKind::GeneralBudgetExpenditure,
    TableKind::GeneralBudgetBasic,
    TableKind::ThreePublic,
    TableKind::GovernmentFund,
    TableKind::StateCapital,
];

/// What tells figures apart: year, place of the concept, phase.
pub type Key = (i16, u32, Option<Phase>);

/// The figures of one document.
pub type Figures = HashMap<Key, Chosen>;

/// The order in which facts are taken, the least first: of a look back, of another report than final
/// accounts, with doubts, and where it stands.
type Rank = (bool, bool, bool, Standing);

/// A fact that states a figure.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub value: Exact,
    /// Half of the last digit printed, in millionths; 0 if the value is exact.
    half: i128,
    pub unit: String,
    rank: Rank,
    pub fact: u32,
}

/// The fact taken, and what the others say.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub best: Candidate,
    /// Where all intervals meet, in millionths; empty if they don't.
    meets: (i128, i128),
    pub lowest: Exact,
    pub highest: Exact,
    pub facts: u32,
}

impl Candidate {
    pub fn standing(&self) -> Standing {
        self.rank.3
    }

    /// The interval that the print stands for. Its ends belong to the neighbours: 3 is not 4.
    fn interval(&self) -> (i128, i128) {
        let reach = (self.half - 1).max(0);
        (self.value.millionths() - reach, self.value.millionths() + reach)
    }
}

impl Chosen {
    pub fn of(candidate: Candidate) -> Self {
        let (value, meets) = (candidate.value, candidate.interval());
        Chosen { best: candidate, meets, lowest: value, highest: value, facts: 1 }
    }

    /// Takes what `other` says of the same figure into account; of two equal ones the earlier stays.
    /// Gives whether the other one is taken now.
    pub fn join(&mut self, other: Chosen) -> bool {
        self.meets = (self.meets.0.max(other.meets.0), self.meets.1.min(other.meets.1));
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.facts = self.facts.saturating_add(other.facts);
        let better = other.best.rank < self.best.rank;
        if better {
            self.best = other.best;
        }
        better
    }

    pub fn agrees(&self) -> bool {
        self.meets.0 <= self.meets.1
    }
}

/// Half of the last printed digit of `raw` in millionths of the value; 0 where it cannot be told.
fn half_of_last_digit(raw: &str, value: Exact) -> i128 {
    let digit = |c: char| match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        c => c.to_digit(10),
    };
    let printed = raw.chars().filter_map(digit).try_fold(0_i128, |number, digit| {
        number.checked_mul(10).and_then(|number| number.checked_add(i128::from(digit)))
    });
    let Some(printed) = printed.filter(|printed| *printed > 0) else { return 0 };
    let (value, mut last) = (value.millionths().abs(), 1);
    if value % printed != 0 {
        return 0;
    }
    while last < value / printed {
        last *= 10;
    }
    if last == value / printed { last / 2 } else { 0 }
}

/// Concepts by their places in the vocabulary.
pub struct Concepts {
    units: Vec<String>,
    places: HashMap<String, u32>,
}

impl Concepts {
    pub fn new(grammars: &Grammars) -> Self {
        let mut concepts = Concepts { units: Vec::new(), places: HashMap::new() };
        for concept in grammars.vocabulary().concepts() {
            concepts.places.insert(concept.id.clone(), concepts.units.len() as u32);
            concepts.units.push(concept.unit.clone());
        }
        concepts
    }

    pub fn place(&self, name: &str) -> Option<u32> {
        self.places.get(name).copied()
    }
}

/// The fund that a concept is about by its name; facts of a part of it are left out.
fn own_fund(concept: &str) -> Fund {
    let begins = |start: &str| concept.starts_with(start);
    match concept {
        "income.general_budget" => Fund::GeneralBudget,
        "income.government_fund" => Fund::GovernmentFund,
        "income.state_capital" => Fund::StateCapital,
        _ if begins("general_budget.") || begins("three_public.") => Fund::GeneralBudget,
        _ if begins("government_fund.") => Fund::GovernmentFund,
        _ if begins("state_capital.") => Fund::StateCapital,
        _ => Fund::All,
    }
}

const FACTS: [&str; 18] = [
    "document",
    "fact",
    "raw",
    "value",
    "unit",
    "concept",
    "measure",
    "phase",
    "period",
    "fund",
    "function_code",
    "function_name",
    "economic_code",
    "economic_name",
    "project",
    "source",
    "table",
    "flags",
];
const DOCUMENTS: [&str; 7] = ["document", "entity", "region", "region_code", "level", "report_kind", "fiscal_year"];

/// Reads a dataset's figures document by document.
pub struct Reader {
    documents: std::vec::IntoIter<Document>,
    facts: Scan,
    tables: Scan,
    concepts: Concepts,
}

impl Reader {
    pub fn open(dataset: &Dataset, grammars: &Grammars) -> Result<Self, ReadError> {
        let mut documents = Vec::new();
        dataset.scan("documents", &DOCUMENTS)?.for_each(|row| documents.push(Document::of(row)))?;
        Ok(Reader {
            documents: documents.into_iter(),
            facts: dataset.scan("facts", &FACTS)?,
            tables: dataset.scan("tables", &["document", "table", "kind"])?,
            concepts: Concepts::new(grammars),
        })
    }

    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// The next document with its figures.
    pub fn next_document(&mut self) -> Result<Option<Document>, ReadError> {
        let Some(mut document) = self.documents.next() else { return Ok(None) };
        let mut kinds: HashMap<u32, TableKind> = HashMap::new();
        self.tables.of_document(&document.name, |row| {
            if let (Some(table), Some(kind)) = (row.ordinal(1), row.text(2).and_then(TableKind::from_word)) {
                kinds.insert(table, kind);
            }
        })?;
        let mut figures = Figures::new();
        let concepts = &self.concepts;
        self.facts.of_document(&document.name, |row| {
            if let Some((key, candidate)) = candidate(row, &document, &kinds, concepts) {
                let found = Chosen::of(candidate);
                if let Some(known) = figures.get_mut(&key) {
                    known.join(found);
                } else {
                    figures.insert(key, found);
                }
            }
        })?;
        document.figures = figures;
        Ok(Some(document))
    }
}

impl Document {
    fn of(row: Row<'_>) -> Self {
        let text = |column: usize| row.text(column).map(str::to_owned);
        Document {
            name: text(0).unwrap_or_default(),
            entity: text(1),
            region: text(2),
            region_code: text(3),
            level: text(4),
            report_kind: text(5),
            fiscal_year: row.year(6),
            figures: Figures::new(),
        }
    }
}

/// The figure that a fact states, if it states one that views show.
fn candidate(
    row: Row<'_>,
    document: &Document,
    kinds: &HashMap<u32, TableKind>,
    concepts: &Concepts,
) -> Option<(Key, Candidate)> {
    let (raw, value, unit, concept) = (row.text(2)?, row.exact(3)?, row.text(4)?, row.text(5)?);
    let measure = Measure::from_word(row.text(6)?)?;
    let detailed =
        (10..=14).any(|column| row.text(column).is_some()) || DETAILED.iter().any(|id| concept.starts_with(id));
    let flagged = |flag: &str| row.text(17).is_some_and(|flags| flags.split('|').any(|known| known == flag));
    if detailed || !matches!(measure, Measure::Amount | Measure::Count) || flagged("template") {
        return None;
    }
    let fund = row.text(9).and_then(Fund::from_word);
    if fund.is_some_and(|fund| fund != own_fund(concept)) {
        return None;
    }
    let place = concepts.place(concept)?;
    let expected = &concepts.units[place as usize];
    if expected != unit && expected != "count" {
        return None;
    }
    let kind = row.ordinal(16).and_then(|table| kinds.get(&table));
    // 年初结转和结余 in the summary of appropriations is that of appropriations alone.
    if concept.starts_with("balance.") && kind.is_some_and(|kind| *kind == TableKind::AppropriationSummary) {
        return None;
    }
    let year = row.year(8).or(document.fiscal_year)?;
    let standing = match FactSource::from_word(row.text(15)?)? {
        FactSource::Narrative => Standing::Narrative,
        FactSource::Chart => Standing::Chart,
        FactSource::Table if kind.is_some_and(|kind| STATEMENTS.contains(kind)) => Standing::Statement,
        FactSource::Table => Standing::OtherTable,
    };
    let rank = (
        document.fiscal_year != Some(year),
        document.report_kind.as_deref() != Some("final_account"),
        flagged("inconsistent") || flagged("ocr") || flagged("approximate"),
        standing,
    );
    let half = half_of_last_digit(raw, value);
    let phase = row.text(7).and_then(Phase::from_word);
    Some(((year, place, phase), Candidate { value, half, unit: unit.to_owned(), rank, fact: row.ordinal(1)? }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Decimal;

    fn exact(text: &str) -> Exact {
        Exact::new(Decimal::from_str_exact(text).expect("a decimal")).expect("six decimals")
    }

    fn chosen(raw: &str, value: &str, standing: Standing) -> Chosen {
        let value = exact(value);
        let half = half_of_last_digit(raw, value);
        Chosen::of(Candidate { value, half, unit: "CNY".into(), rank: (false, false, false, standing), fact: 0 })
    }

    #[test]
    fn the_last_digit_printed_says_how_exact_a_figure_is() {
        assert_eq!(half_of_last_digit("1,070.59", exact("10705900")), 50_000_000);
        assert_eq!(half_of_last_digit("１２．５", exact("125000")), 500_000_000);
        assert_eq!(half_of_last_digit("5", exact("5")), 500_000);
        assert_eq!(half_of_last_digit("0.00", exact("0")), 0);
        assert_eq!(half_of_last_digit("五十", exact("500000")), 0);
        assert_eq!(half_of_last_digit("3", exact("-30000")), 5_000_000_000);
    }

    #[test]
    fn figures_agree_if_their_printed_intervals_meet() {
        let joined = |left: Chosen, right: Chosen| {
            let mut left = left;
            left.join(right);
            left
        };
        let text = || chosen("142.01", "1420100", Standing::Narrative);
        let statement = || chosen("1420085.06", "1420085.06", Standing::Statement);
        let agreed = joined(text(), statement());
        assert!(agreed.agrees());
        assert_eq!((agreed.best.standing(), agreed.facts), (Standing::Statement, 2));
        assert!(!joined(text(), chosen("142.02", "1420200", Standing::Narrative)).agrees());
        assert!(!joined(chosen("3", "3", Standing::Narrative), chosen("4", "4", Standing::Narrative)).agrees());
        assert!(joined(chosen("0", "0", Standing::Narrative), chosen("无", "0", Standing::Narrative)).agrees());
        let kept = joined(text(), chosen("142.01", "1420100", Standing::Narrative));
        assert_eq!(
            (kept.best.value, kept.lowest, kept.highest),
            (exact("1420100"), exact("1420100"), exact("1420100"))
        );
    }
}

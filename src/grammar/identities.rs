//! The identity grammars `identities/*.toml`: what the figures of a report owe each other.
//!
//! In: the files. Out: [`Identities`], compiled: places (statements by kind, chapters by their
//! headings' words) and, for each kind of identity, its rules. How facts are gathered and compared is
//! left to [`crate::check`]; which ones meet is said here.
//! Cases: `grammars/identities/*.cases.txt`. Table of all: `docs/identities.md`.
//! Surprise: a term is written as text: `-income.other`, `?expenditure.operating`, `*expenditure.function`,
//! `expenditure.economic#301`, `income.general_budget|income.appropriation of general_budget`,
//! `income.current_year!总计`.

mod load;

use super::lexicon::Lexicon;
use super::trie::Trie;
use crate::quantity::{Fund, words};
use std::cmp::Ordering;
use std::ops::Range;

words! {
    /// What the facts of a sum share besides phase and year.
    Each {
        /// A table.
        Table = "table",
        /// A row of a table.
        Row = "row",
        /// A column of a table.
        Column = "column",
        /// The chapters of the place together.
        Place = "place",
    }
}

words! {
    /// Whether the parts that were found are all there are.
    Complete {
        /// Yes: what is blank is nothing.
        Always = "always",
        /// If their printed shares add to 100 %.
        Shares = "shares",
        /// Never: they may only not exceed the whole.
        Never = "never",
        /// If one of them is called 其他.
        Other = "other",
    }
}

words! {
    /// Identities that need no terms: code knows what to gather.
    Machine {
        /// Change = this year's value − last year's.
        Change = "change",
        /// Growth = change ÷ (value − change).
        Growth = "growth",
        /// A growth or rate over a base of zero.
        ZeroBase = "zero_base",
        /// Execution rate = executed ÷ budget.
        Execution = "execution",
        /// Sources of a project's money add to its total.
        Sources = "sources",
        /// A project's money in its form against the text.
        Projects = "projects",
        /// Points of a sheet add to its total, or to 100.
        Points = "points",
        /// Points of parts add to the points of the whole they stand beside.
        PointsNested = "points_nested",
        /// No more points than there are.
        PointsBounded = "points_bounded",
        /// A chart's labels against the text of its chapter.
        Chart = "chart",
        /// Items of one class in the text add to the class.
        ClassItems = "class_items",
        /// Receptions that the text lists add to their total.
        Receptions = "receptions",
        /// One code, one name.
        ClassName = "class_name",
        /// The text's classes against the statement's rows of that name.
        ClassAmount = "class_amount",
        /// Statements that the contents promise stand in the report, filled or said to be empty.
        Contents = "contents",
        /// The year of headings and captions.
        HeadingYear = "heading_year",
        /// The agency that statements name above themselves.
        HeadingAgency = "heading_agency",
        /// 决算数大于预算数 and the like against both amounts, where no rate is printed.
        BudgetAmounts = "budget_amounts",
        /// A change and a growth of one thing rise or fall together.
        Direction = "direction",
        /// A growth against the amounts of both years.
        GrowthYears = "growth_years",
        /// The class that the text names against the statement's that has the amount.
        ClassOfName = "class_of_name",
        /// A unit behind every figure.
        UnitPrinted = "unit_printed",
        /// This year's opening balance against last year's closing one.
        CorpusBalance = "corpus_balance",
        /// Last year's value, as this year's change implies it, against last year's report.
        CorpusLastYear = "corpus_last_year",
        /// A report that was published twice.
        CorpusTwice = "corpus_twice",
        /// The reports of the units that a report says it includes against that report.
        CorpusUnits = "corpus_units",
    }
}

impl Machine {
    /// Whether it looks at what no dataset keeps: contents, headings, notes.
    #[must_use]
    pub fn needs_report(self) -> bool {
        matches!(self, Machine::Contents | Machine::HeadingYear | Machine::HeadingAgency)
    }
}

/// One term of a sum.
#[derive(Clone, Debug)]
pub struct Term {
    /// It stands on the other side with a minus.
    pub minus: bool,
    /// It may be missing where nothing claims that it is there.
    pub optional: bool,
    /// All facts of the concept together.
    pub all: bool,
    /// Any of these concepts.
    pub concepts: Vec<String>,
    /// Only this fund.
    pub fund: Option<Fund>,
    /// Only this economic class.
    pub code: Option<String>,
    /// Only where the fact's own words do not have this one.
    pub not: Option<String>,
}

/// `left` = `right`, in one place.
#[derive(Clone, Debug)]
pub struct Sum {
    /// Index of the place.
    pub place: usize,
    /// What the facts share.
    pub each: Each,
    /// Terms of the left side.
    pub left: Vec<Term>,
    /// Terms of the right side.
    pub right: Vec<Term>,
    /// Concepts that must not stand there.
    pub absent: Vec<String>,
    /// What is claimed about the parts.
    pub complete: Complete,
}

/// A concept that must be the same wherever it stands.
#[derive(Clone, Debug)]
pub struct Same {
    /// Term and place, in order of trust.
    pub terms: Vec<(Term, usize)>,
    /// A paragraph that gives it two values contradicts itself, instead of speaking of two things.
    pub close: bool,
}

/// Two statements, code by code.
#[derive(Clone, Debug)]
pub struct Codes {
    /// Place of the wider statement.
    pub whole: usize,
    /// Place of the narrower statement.
    pub part: usize,
    /// Column concepts that belong together: of the wider and of the narrower statement.
    pub columns: Vec<(String, String)>,
}

/// Sums by the prefix of codes.
#[derive(Clone, Debug)]
pub struct Children {
    /// Index of the place.
    pub place: usize,
    /// Economic classes instead of functional ones.
    pub economic: bool,
}

/// A printed share.
#[derive(Clone, Debug)]
pub struct Share {
    /// Concepts of the part.
    pub parts: Vec<String>,
    /// Concept of the whole.
    pub of: String,
    /// What may stand between 占 and the number, besides nothing.
    pub words: Vec<String>,
    /// Whether nothing may stand there.
    pub bare: bool,
    /// The whole may stand in another chapter.
    pub far: bool,
}

/// Words that say how the accounts compare with the budget.
#[derive(Clone, Debug)]
pub struct Words {
    /// More than the budget.
    pub more: Vec<String>,
    /// Less than the budget.
    pub less: Vec<String>,
    /// As much as the budget.
    pub equal: Vec<String>,
    /// All of them, with 0 for those that mean more, 1 for less, 2 for equal.
    pub all: Trie,
}

impl Words {
    /// The first of the words in `text`, of several there the longest: its bytes, and how the accounts compare.
    #[must_use]
    pub fn first_in(&self, text: &str) -> Option<(Range<usize>, Ordering)> {
        text.char_indices().find_map(|(at, _)| {
            let (length, list) = self.all.longest_at_start(&text[at..])?;
            let order = [Ordering::Greater, Ordering::Less, Ordering::Equal][list as usize % 3];
            Some((at..at + length, order))
        })
    }
}

/// What an identity compares.
#[derive(Clone, Debug)]
pub enum Rule {
    /// `[[sum]]`
    Sum(Sum),
    /// `[[same]]`
    Same(Same),
    /// `[[codes]]`
    Codes(Codes),
    /// `[[children]]`
    Children(Children),
    /// `[[share]]`
    Share(Share),
    /// `[[words]]`
    Words(Words),
    /// `[[machine]]`
    Machine(Machine),
}

/// One identity.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its id, as in the column `identity`.
    pub id: String,
    /// Its formula in Chinese.
    pub zh: String,
    /// Its formula in English.
    pub en: String,
    /// What it compares.
    pub rule: Rule,
}

/// Where figures stand: statements of some kinds, or chapters by the words of their headings.
#[derive(Clone, Debug)]
pub struct Place {
    /// How identities call it.
    pub name: String,
    /// Kinds of tables.
    pub tables: Vec<String>,
    /// Words of which a heading of the chapter, or of one that holds it, has one.
    pub sections: Vec<String>,
    /// Words that none of those headings may have.
    pub not_sections: Vec<String>,
}

/// All identity grammars.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    places: Vec<Place>,
    all: Vec<Identity>,
    /// Words of headings …
    words: Lexicon,
    /// … and for each the places that they name, or bar.
    of_words: Vec<Vec<(usize, bool)>>,
    /// What every heading names, or bars: the word `""`.
    everywhere: Vec<(usize, bool)>,
}

impl Identities {
    /// Every place, in the order of the files.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Calls `found(place, bars)` for each place whose words stand in the heading `title`, or whose barring words do.
    pub fn named_in(&self, title: &str, mut found: impl FnMut(usize, bool)) {
        self.everywhere.iter().for_each(|(place, bars)| found(*place, *bars));
        for (at, _) in title.char_indices() {
            self.words.each_at(&title[at..], |_, words| {
                self.of_words[words as usize].iter().for_each(|(place, bars)| found(*place, *bars));
            });
        }
    }

    /// Every identity, in the order of the files.
    #[must_use]
    pub fn all(&self) -> &[Identity] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::fault::Fault;
    use crate::grammar::{GrammarFiles, Vocabulary};

    fn load(text: &str) -> (Identities, Vec<Fault>) {
        let mut files = GrammarFiles::embedded();
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(&files, &mut faults);
        files.put("identities/broken.toml", text);
        (Identities::load(&files, &vocabulary, &mut faults), faults)
    }

    #[test]
    fn the_embedded_identities_are_sound() {
        let (identities, faults) = load("");
        let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert!(shown.is_empty(), "{}", shown.join("\n"));
        assert!(identities.all().len() > 20);
    }

    #[test]
    fn a_term_says_sign_claim_code_and_fund() {
        let text = "[[place]]\nname = \"here\"\ntables = [\"income\"]\n[[sum]]\nid = \"x\"\nzh = \"\"\nen = \"\"\nin = \"here\"\neach = \"row\"\nleft = [\"income.total\"]\nright = [\"-?income.other|income.operating of all\", \"*expenditure.economic#301\"]\n";
        let (identities, faults) = load(text);
        assert_eq!(faults, []);
        let Some(Rule::Sum(sum)) = identities.all().iter().find(|one| one.id == "x").map(|one| &one.rule) else {
            panic!("the sum is there");
        };
        let first = &sum.right[0];
        assert!(first.minus && first.optional && !first.all && first.fund == Some(Fund::All));
        assert_eq!(first.concepts, ["income.other", "income.operating"]);
        assert!(sum.right[1].all && sum.right[1].code.as_deref() == Some("301"));
    }

    #[test]
    fn unknown_words_are_faults_with_their_place() {
        let text = "[[sum]]\nid = \"x\"\nzh = \"\"\nen = \"\"\nin = \"nowhere\"\neach = \"cell\"\nleft = [\"income.none\"]\nright = [\"income.total of money\"]\n\n[[machine]]\nid = \"x\"\nzh = \"\"\nen = \"\"\nkind = \"magic\"\n";
        let (_, faults) = load(text);
        let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column)).collect();
        assert_eq!(places, [(5, 6), (6, 8), (7, 9), (8, 10), (14, 8)]);
    }
}

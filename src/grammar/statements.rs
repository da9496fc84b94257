//! The statement grammars `tables/*.toml`: how tables are titled, headed and labelled.
//!
//! In: the files. Out: [`Statements`], compiled: a title, a form's number or a header gives a
//! [`Statement`], a column's header path or a row's label its [`Meaning`]. A file is a family: its
//! statements share its columns and rows. `tables/shared.toml` holds what every table may say.
//! Surprise: a header path is looked up from its end (`>本年支出>小计` before `>小计`).

mod load;

use super::labels::squeeze;
use super::meaning::{Meaning, Side};
use super::trie::Trie;
use crate::maps::{Map, Set};
use crate::quantity::{Fund, Phase, words};

/// The kinds of tables, as in the column `kind` of `tables`.
pub const KINDS: [&str; 14] = [
    "income_expenditure_summary",
    "income",
    "expenditure",
    "appropriation_summary",
    "general_budget_expenditure",
    "general_budget_basic",
    "three_public",
    "government_fund",
    "state_capital",
    "self_evaluation",
    "score_sheet",
    "comparison",
    "chart",
    "other",
];

words! {
    /// How a statement is laid out.
    Shape {
        /// Headings above, labels to the left.
        Grid = "grid",
        /// Two grids beside each other: income, then expenditure.
        Sides = "sides",
        /// Labels and values alternate, and headings stand in the middle.
        Form = "form",
    }
}

/// One statement or form: 收入决算表, 项目支出绩效自评表.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What facts and numbers name as their rule: `tables/income.toml`.
    pub rule: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// The fund of every figure that no row or column says otherwise of.
    pub fund: Option<Fund>,
    /// The phase of every figure that no row or column says otherwise of.
    pub phase: Option<Phase>,
    /// What coded rows state: a concept, or `column` for the concept of the column.
    pub coded: Option<String>,
    /// The header paths of the statement's own form, from left to right, for a grid of that width
    /// whose headings a converter has broken.
    pub order: Vec<String>,
    /// Which columns of [`Self::order`], counted from 0, add up: the first is the sum of the others. Only rows for
    /// which that holds have the statement's own form.
    pub sums: Vec<Vec<usize>>,
    /// What the row of the whole states, where its column says nothing.
    pub total: Option<String>,
    /// What rows without a meaning of their own state, by the side they stand on.
    pub other: [Option<String>; 2],
    /// Bare numbers are money in the table's unit.
    pub money: bool,
    /// How it is laid out.
    pub shape: Shape,
    /// Its titles may follow any words, also those of `[[title_guard]]`.
    pub any_prefix: bool,
    family: u32,
}

/// The columns and rows of one file.
#[derive(Clone, Debug, Default)]
struct Family {
    meanings: Vec<Meaning>,
    columns: Trie,
    /// The meanings of a row's label: the first, and the others, which are few.
    rows: Map<Box<str>, (u32, Vec<u32>)>,
}

/// All statement grammars.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    all: Vec<Statement>,
    families: Vec<Family>,
    shared: Family,
    titles: Trie,
    guards: Trie,
    forms: Map<String, u32>,
    signatures: Map<String, Vec<u32>>,
    least: Vec<u32>,
}

impl Statements {
    /// The statement that `title` names: the longest title that it ends with, unless the words
    /// before say that it is another one (财政拨款支出决算表 is no 支出决算表). Brackets and years at
    /// the end do not count.
    #[must_use]
    pub fn by_title(&self, title: &str) -> Option<&Statement> {
        let mut title = squeeze(title);
        loop {
            if let Some((length, index)) = self.titles.longest_at_end(&title) {
                let before = &title[..title.len() - length];
                let statement = &self.all[index as usize];
                return (statement.any_prefix || self.guards.longest_at_end(before).is_none()).then_some(statement);
            }
            title = super::labels::without_bracket(&title)?.to_owned();
        }
    }

    /// The first statement of a kind: what is known of a table of which only the kind is.
    #[must_use]
    pub fn of_kind(&self, kind: &str) -> Option<&Statement> {
        self.all.iter().find(|statement| statement.kind == kind)
    }

    /// The statement whose form number `form` holds: 公开02表, 财决公开 02 表, 公开表2.
    #[must_use]
    pub fn by_form(&self, form: &str) -> Option<&Statement> {
        let form = squeeze(form);
        let start = form.find(|character: char| character.is_ascii_digit())?;
        let digits = form[start..].bytes().take_while(u8::is_ascii_digit).count();
        let rest = form[start + digits..].trim_end_matches('表');
        if !rest.is_empty() || !form.contains("公开") {
            return None;
        }
        let number = form[start..start + digits].trim_start_matches('0');
        self.forms.get(number).map(|index| &self.all[*index as usize])
    }

    /// The statement that most of its signature is found of among `labels` (squeezed), if enough is.
    pub fn by_signature<'l>(&self, labels: impl Iterator<Item = &'l str>) -> Option<&Statement> {
        let mut counts: Map<u32, u32> = Map::default();
        let mut seen: Set<&str> = Set::default();
        for label in labels {
            if let Some(found) = self.signatures.get(label)
                && seen.insert(label)
            {
                for index in found {
                    *counts.entry(*index).or_default() += 1;
                }
            }
        }
        let best = counts
            .into_iter()
            .filter(|(index, count)| *count >= self.least[*index as usize])
            .max_by_key(|(index, count)| (*count, std::cmp::Reverse(*index)))?;
        Some(&self.all[best.0 as usize])
    }

    /// What the column headed by `path` means: `>支出>决算数>一般公共预算财政拨款`, squeezed, each level after `>`.
    #[must_use]
    pub fn column(&self, statement: Option<&Statement>, path: &str) -> Option<&Meaning> {
        self.column_by(statement, |columns| columns.longest_at_end(path))
    }

    /// What a column headed by nothing but `label` (squeezed) means.
    #[must_use]
    pub fn heading(&self, statement: Option<&Statement>, label: &str) -> Option<&Meaning> {
        self.column_by(statement, |columns| columns.longest_at_end_of(">", label))
    }

    fn column_by(
        &self,
        statement: Option<&Statement>,
        find: impl Fn(&Trie) -> Option<(usize, u32)>,
    ) -> Option<&Meaning> {
        let own = statement.map(|statement| &self.families[statement.family as usize]);
        let own = own.and_then(|family| find(&family.columns).map(|found| (found, family)));
        let shared = find(&self.shared.columns).map(|found| (found, &self.shared));
        let ((_, index), family) = match (own, shared) {
            (Some(own), Some(shared)) if shared.0.0 > own.0.0 => shared,
            (Some(own), _) => own,
            (None, shared) => shared?,
        };
        family.meanings.get(index as usize)
    }

    /// What the row labelled `label` (squeezed and bare, or `parent>label`) on `side` means.
    #[must_use]
    pub fn row(&self, statement: Option<&Statement>, label: &str, side: Option<Side>) -> Option<&Meaning> {
        let own = statement.map(|statement| &self.families[statement.family as usize]);
        own.into_iter().chain([&self.shared]).find_map(|family| {
            let (first, others) = family.rows.get(label)?;
            let fits = |meaning: &&Meaning| meaning.side.is_none() || side.is_none() || meaning.side == side;
            let found = std::iter::once(first).chain(others).map(|index| &family.meanings[*index as usize]);
            found.into_iter().find(fits)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::GrammarFiles;
    use super::super::vocabulary::Vocabulary;
    use super::*;

    fn embedded() -> Statements {
        let (files, mut faults) = (GrammarFiles::embedded(), Vec::new());
        let vocabulary = Vocabulary::load(&files, &mut faults);
        let statements = Statements::load(&files, &vocabulary, &mut faults);
        let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert!(shown.is_empty(), "{}", shown.join("\n"));
        statements
    }

    #[test]
    fn titles_name_their_statement() {
        let statements = embedded();
        let kind = |title: &str| statements.by_title(title).map_or("none", |statement| statement.kind.as_str());
        assert_eq!(kind("2031年度云岭县收入支出决算总表"), "income_expenditure_summary");
        assert_eq!(kind("部门收支总体情况表"), "income_expenditure_summary");
        assert_eq!(kind("收入决算表"), "income");
        assert_eq!(kind("部门收入总表"), "income");
        assert_eq!(kind("支出决算表（公开03表）"), "expenditure");
        assert_eq!(kind("财政拨款收入支出决算总表"), "appropriation_summary");
        assert_eq!(kind("一般公共预算财政拨款支出决算表"), "general_budget_expenditure");
        assert_eq!(kind("一般公共预算财政拨款基本支出决算表"), "general_budget_basic");
        assert_eq!(kind("一般公共预算财政拨款“三公”经费支出决算表"), "three_public");
        assert_eq!(kind("政府性基金预算财政拨款收入支出决算表"), "government_fund");
        assert_eq!(kind("国有资本经营预算财政拨款支出决算表"), "state_capital");
        assert_eq!(kind("项目支出绩效目标完成情况表(2031 年度)（2）"), "self_evaluation");
        assert_eq!(kind("2031年项目支出绩效评价得分表"), "score_sheet");
        assert_eq!(kind("部门构成情况"), "none");
    }

    #[test]
    fn a_title_is_not_taken_for_the_one_that_it_ends_with() {
        let statements = embedded();
        let kind = |title: &str| statements.by_title(title).map_or("none", |statement| statement.kind.as_str());
        assert_ne!(kind("财政拨款支出决算表"), "expenditure");
        assert_ne!(kind("政府性基金预算支出决算表"), "expenditure");
        assert_ne!(kind("某某基金收入决算表"), "income");
    }

    #[test]
    fn form_numbers() {
        let statements = embedded();
        let kind = |form: &str| statements.by_form(form).map_or("none", |statement| statement.kind.as_str());
        assert_eq!(kind("公开 02 表"), "income");
        assert_eq!(kind("公开表2"), "income");
        assert_eq!(kind("财决公开07表"), "three_public");
        assert_eq!(kind("财决01-1表"), "none");
    }

    #[test]
    fn unknown_words_are_faults_with_their_place() {
        let text = "[[statement]]\nkind = \"incme\"\ntitles = [\"甲(乙\"]\n\n[[column]]\nlabels = [\"丙\"]\nconcept = \"income.none\"\nphase = \"later\"\n";
        let mut files = GrammarFiles::embedded();
        files.put("tables/broken.toml", text);
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(&files, &mut faults);
        let _ = Statements::load(&files, &vocabulary, &mut faults);
        let places: Vec<_> = faults.iter().map(|fault| (fault.file.as_str(), fault.line, fault.column)).collect();
        assert_eq!(
            places,
            [
                ("tables/broken.toml", 7, 11),
                ("tables/broken.toml", 8, 9),
                ("tables/broken.toml", 2, 8),
                ("tables/broken.toml", 3, 13)
            ]
        );
    }
}

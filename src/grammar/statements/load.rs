//! Loading `tables/*.toml`: entries, checked, become [`Statements`].
//!
//! In: the files and the vocabulary. Out: the statements and what their columns and rows mean; faults name what is
//! wrong with an entry and where it stands.

use super::super::entries::{Entry, entries, parse_file, refuse_rest};
use super::super::fault::{Fault, GrammarFile};
use super::super::files::GrammarFiles;
use super::super::labels::{squeeze, squeeze_into};
use super::super::meaning::{MeaningEntry, checked, concept, word};
use super::super::pattern::NamedWords;
use super::super::vocabulary::{Vocabulary, expand};
use super::super::wordlist::WordList;
use super::{Family, KINDS, Shape, Statement, Statements};
use crate::quantity::ClosedList;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementEntry {
    kind: Spanned<String>,
    #[serde(default)]
    titles: Vec<Spanned<String>>,
    #[serde(default)]
    forms: Vec<Spanned<String>>,
    #[serde(default)]
    signature: Vec<Spanned<String>>,
    least: Option<u32>,
    fund: Option<Spanned<String>>,
    phase: Option<Spanned<String>>,
    coded: Option<Spanned<String>>,
    total: Option<Spanned<String>>,
    #[serde(default)]
    order: Vec<Spanned<String>>,
    #[serde(default)]
    sums: Vec<Spanned<Vec<usize>>>,
    other: Option<Spanned<String>>,
    other_income: Option<Spanned<String>>,
    other_expenditure: Option<Spanned<String>>,
    #[serde(default)]
    money: bool,
    shape: Option<Spanned<String>>,
    #[serde(default)]
    any_prefix: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardEntry {
    words: Vec<Spanned<String>>,
}

const SHARED: &str = "tables/shared.toml";

/// What a file is read with.
struct Loader<'l> {
    file: GrammarFile<'l>,
    vocabulary: &'l Vocabulary,
    faults: &'l mut Vec<Fault>,
}

impl Statements {
    /// Reads every `tables/*.toml`; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, vocabulary: &Vocabulary, faults: &mut Vec<Fault>) -> Self {
        let mut statements = Statements::default();
        for (path, text) in files.below("tables/", ".toml") {
            let file = GrammarFile { path, text };
            let mut table = parse_file(file, faults);
            let mut loader = Loader { file, vocabulary, faults };
            let mut family = Family::default();
            let columns = entries::<MeaningEntry>(file, &mut table, "column", loader.faults);
            let rows = entries::<MeaningEntry>(file, &mut table, "row", loader.faults);
            loader.columns(columns, &mut family);
            loader.rows(rows, &mut family);
            if path == SHARED {
                for guard in entries::<GuardEntry>(file, &mut table, "title_guard", loader.faults) {
                    for word in loader.wordings(&guard.value.words).iter() {
                        statements.guards.insert_reversed(word, 0);
                    }
                }
                statements.shared = family;
                refuse_rest(file, &table, "[[title_guard]], [[column]] or [[row]]", faults);
                continue;
            }
            let family_index = statements.families.len() as u32;
            statements.families.push(family);
            let found = entries::<StatementEntry>(file, &mut table, "statement", loader.faults);
            if found.is_empty() {
                loader.faults.push(file.fault(
                    0..0,
                    "no [[statement]] stands in the file, expected at least one",
                    None,
                ));
            }
            for entry in found {
                statements.add(entry.value, family_index, &mut loader);
            }
            refuse_rest(file, &table, "[[statement]], [[column]] or [[row]]", faults);
        }
        statements
    }

    fn add(&mut self, entry: StatementEntry, family: u32, loader: &mut Loader<'_>) {
        let index = self.all.len() as u32;
        if !KINDS.contains(&entry.kind.get_ref().as_str()) {
            let message = format!("“{}” is no kind of table", entry.kind.get_ref());
            let help = format!("one of: {}", KINDS.join(", "));
            loader.faults.push(loader.file.fault(entry.kind.span(), message, Some(&help)));
        }
        for title in &entry.titles {
            for wording in loader.wordings(std::slice::from_ref(title)).iter() {
                if self
                    .titles
                    .longest_at_end(wording)
                    .is_some_and(|(length, other)| length == wording.len() && other != index)
                {
                    let message = format!("the title “{wording}” is that of two statements");
                    loader.faults.push(loader.file.fault(
                        title.span(),
                        message,
                        Some("make one of the patterns narrower"),
                    ));
                }
                self.titles.insert_reversed(wording, index);
            }
        }
        for form in &entry.forms {
            if self.forms.insert(squeeze(form.get_ref()), index).is_some() {
                let message = format!("the form “{}” stands in two statements", form.get_ref());
                loader.faults.push(loader.file.fault(form.span(), message, None));
            }
        }
        for label in loader.wordings(&entry.signature).iter() {
            self.signatures.entry(label.to_owned()).or_default().push(index);
        }
        self.least.push(entry.least.unwrap_or(u32::MAX));
        let coded = entry.coded.and_then(|coded| match coded.get_ref().as_str() {
            "column" => Some("column".to_owned()),
            _ => loader.concept(Some(coded)),
        });
        let other = loader.concept(entry.other);
        let (order, sums) = (entry.order.len(), entry.sums);
        for sum in sums.iter().filter(|sum| sum.get_ref().iter().any(|column| !(1..=order).contains(column))) {
            let message = format!("a sum names a column that is none of the {order} in `order`");
            loader.faults.push(loader.file.fault(sum.span(), message, Some("count the columns from 1")));
        }
        self.all.push(Statement {
            rule: loader.file.path.to_owned(),
            kind: entry.kind.into_inner(),
            fund: loader.word(entry.fund.as_ref(), "fund"),
            phase: loader.word(entry.phase.as_ref(), "phase"),
            coded,
            total: loader.concept(entry.total),
            order: loader.wordings(&entry.order).iter().map(|path| format!(">{path}")).collect(),
            sums: sums
                .into_iter()
                .map(|sum| sum.into_inner().into_iter().map(|column| column.saturating_sub(1)).collect())
                .collect(),
            other: [
                loader.concept(entry.other_income).or(other.clone()),
                loader.concept(entry.other_expenditure).or(other),
            ],
            money: entry.money,
            shape: loader.word(entry.shape.as_ref(), "shape").unwrap_or(Shape::Grid),
            any_prefix: entry.any_prefix,
            family,
        });
    }
}

impl Loader<'_> {
    fn wordings(&mut self, patterns: &[Spanned<String>]) -> WordList {
        let named = NamedWords::new();
        let mut squeezed = WordList::default();
        for pattern in patterns {
            for wording in expand(self.file, pattern, &named, self.faults).iter() {
                squeezed.push_with(|text| {
                    for (level, label) in wording.split('>').enumerate() {
                        text.push_str(if level > 0 { ">" } else { "" });
                        squeeze_into(text, label);
                    }
                });
            }
        }
        squeezed
    }

    fn columns(&mut self, found: Vec<Entry<MeaningEntry>>, family: &mut Family) {
        for entry in found {
            let labels = self.wordings(&entry.value.labels);
            let index = self.meaning(entry.value, &labels, family);
            for label in labels.iter() {
                family.columns.insert_reversed_behind(">", label, index);
            }
        }
    }

    fn rows(&mut self, found: Vec<Entry<MeaningEntry>>, family: &mut Family) {
        for entry in found {
            let labels = self.wordings(&entry.value.labels);
            let index = self.meaning(entry.value, &labels, family);
            for label in labels.iter() {
                match family.rows.get_mut(label) {
                    Some((_, others)) => others.push(index),
                    None => _ = family.rows.insert(label.into(), (index, Vec::new())),
                }
            }
        }
    }

    fn meaning(&mut self, entry: MeaningEntry, labels: &WordList, family: &mut Family) -> u32 {
        let label = labels.iter().next().unwrap_or("");
        let rule = format!("{}#{label}", self.file.path);
        family.meanings.push(checked(entry, rule, self.file, self.vocabulary, self.faults));
        family.meanings.len() as u32 - 1
    }

    fn concept(&mut self, id: Option<Spanned<String>>) -> Option<String> {
        concept(id, self.file, self.vocabulary, self.faults)
    }

    fn word<T: ClosedList>(&mut self, given: Option<&Spanned<String>>, what: &str) -> Option<T> {
        word(given, what, self.file, self.faults)
    }
}

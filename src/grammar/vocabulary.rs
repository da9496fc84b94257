//! The vocabulary: concepts (`vocabulary/concepts.csv`) and units (`vocabulary/units.toml`).
//!
//! In: the two files. Out: [`Vocabulary`], looked up by id and by what stands after a number.

use super::entries::{entries, parse_file, refuse_rest};
use super::fault::{Fault, GrammarFile};
use super::files::GrammarFiles;
use super::pattern::{NamedWords, wordings};
use super::trie::Trie;
use super::wordlist::WordList;
use crate::maps::Map;
use crate::quantity::Unit;
use serde::Deserialize;
use toml::Spanned;

/// A notion that facts are named by.
#[derive(Clone, Debug, Deserialize)]
pub struct Concept {
    /// Its id: `three_public.reception`.
    #[serde(rename = "concept")]
    pub id: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The unit of its values: a word of the contract, or `count` for any counter.
    pub unit: String,
}

/// The unit of concepts that any counter may count.
const COUNT: &str = "count";

impl Concept {
    /// Whether its unit is a word of the contract, or `count`.
    fn has_known_unit(&self) -> bool {
        self.unit == COUNT || !matches!(Unit::from_word(&self.unit), Unit::Printed(_))
    }
}

/// A unit as printed after a number.
#[derive(Clone, Debug)]
pub struct UnitWord {
    /// The unit of the contract, or as printed.
    pub unit: Unit,
    /// A length of time: the number is a period, no figure.
    pub duration: bool,
}

/// Concepts and units.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    concepts: Vec<Concept>,
    by_id: Map<String, usize>,
    units: Vec<UnitWord>,
    unit_words: Trie,
}

/// What [`Vocabulary::unit_words`] gives for a word that only begins like a unit: 部门.
const NO_UNIT: u32 = u32::MAX;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    unit: Option<Spanned<String>>,
    printed: Option<String>,
    #[serde(default)]
    duration: bool,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotUnitEntry {
    words: Vec<Spanned<String>>,
}

const CONCEPTS: &str = "vocabulary/concepts.csv";
const UNITS: &str = "vocabulary/units.toml";

impl Vocabulary {
    /// Reads the vocabulary; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, faults: &mut Vec<Fault>) -> Self {
        let mut vocabulary = Vocabulary::default();
        vocabulary.load_concepts(file(files, CONCEPTS, faults), faults);
        vocabulary.load_units(file(files, UNITS, faults), faults);
        vocabulary
    }

    fn load_concepts(&mut self, file: GrammarFile<'_>, faults: &mut Vec<Fault>) {
        let mut reader = csv::Reader::from_reader(file.text.as_bytes());
        for row in reader.deserialize::<Concept>() {
            match row {
                Ok(concept) => {
                    let at = file.text.rfind(&format!("\n{},", concept.id)).map_or(0, |at| at + 1);
                    if !concept.has_known_unit() {
                        let row = file.text[at..].lines().next().unwrap_or("");
                        let unit = at + row.len().saturating_sub(concept.unit.len());
                        let words: Vec<&str> = Unit::WORDS.iter().copied().chain([COUNT]).collect();
                        faults.push(file.unknown_word(unit..unit, "unit", &concept.unit, &words));
                    }
                    if self.by_id.insert(concept.id.clone(), self.concepts.len()).is_some() {
                        faults.push(file.fault(at..at, format!("the concept “{}” stands twice", concept.id), None));
                    }
                    self.concepts.push(concept);
                }
                Err(error) => {
                    let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                    faults.push(file.fault(at..at, error.to_string(), Some("a row is: concept,zh,en,unit")));
                }
            }
        }
    }

    fn load_units(&mut self, file: GrammarFile<'_>, faults: &mut Vec<Fault>) {
        let mut table = parse_file(file, faults);
        for entry in entries::<UnitEntry>(file, &mut table, "unit", faults) {
            let named = entry.value.unit.as_ref().map(|unit| Unit::from_word(unit.get_ref()));
            if let (Some(Unit::Printed(_)), Some(unit)) = (&named, &entry.value.unit) {
                faults.push(file.fault(
                    unit.span(),
                    format!("“{}” is no unit of the contract", unit.get_ref()),
                    Some("leave `unit` out to keep the unit as printed"),
                ));
            }
            for pattern in &entry.value.words {
                for word in expand(file, pattern, &NamedWords::new(), faults).iter() {
                    let unit = named
                        .clone()
                        .unwrap_or_else(|| Unit::Printed(entry.value.printed.as_deref().unwrap_or(word).into()));
                    self.unit_words.insert(word, self.units.len() as u32);
                    self.units.push(UnitWord { unit, duration: entry.value.duration });
                }
            }
        }
        for entry in entries::<NotUnitEntry>(file, &mut table, "not_unit", faults) {
            for pattern in &entry.value.words {
                for word in expand(file, pattern, &NamedWords::new(), faults).iter() {
                    self.unit_words.insert(word, NO_UNIT);
                }
            }
        }
        refuse_rest(file, &table, "[[unit]] and [[not_unit]]", faults);
    }

    /// The concept of that id.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.by_id.get(id).map(|index| &self.concepts[*index])
    }

    /// All concepts, in the order of the file.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The longest unit that `text` begins with, and its length in bytes.
    #[must_use]
    pub fn unit_at_start(&self, text: &str) -> Option<(usize, &UnitWord)> {
        let (length, unit) = self.unit_words.longest_at_start(text)?;
        self.units.get(unit as usize).map(|unit| (length, unit))
    }
}

/// The grammar file at `path`; a fault if it is missing.
pub(super) fn file<'f>(files: &'f GrammarFiles, path: &'static str, faults: &mut Vec<Fault>) -> GrammarFile<'f> {
    let text = files.get(path);
    let file = GrammarFile { path, text: text.unwrap_or("") };
    if text.is_none() {
        faults.push(file.fault(0..0, "the file is missing", Some("copy it from the program's own `grammars/`")));
    }
    file
}

/// The wordings of a pattern; its faults are placed in the file.
pub(super) fn expand(
    file: GrammarFile<'_>,
    pattern: &Spanned<String>,
    named: &NamedWords,
    faults: &mut Vec<Fault>,
) -> WordList {
    wordings(pattern.get_ref(), named).unwrap_or_else(|fault| {
        let at = pattern.span().start + 1 + fault.at;
        faults.push(file.fault(
            at..at,
            format!("in the pattern “{}”: {}", pattern.get_ref(), fault.message),
            Some("[…] optional, (甲|乙) one of several, {name} a named list, \\ before a bracket meant as such"),
        ));
        WordList::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_unit_of_a_concept_is_a_fault() {
        let mut files = GrammarFiles::embedded();
        let rows = "concept,zh,en,unit\nincome.total,收入总计,Total income,YUAN\nstaff.actual,实有人数,Staff,person\n";
        files.put(CONCEPTS, rows);
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(&files, &mut faults);
        let said: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column, fault.message.as_str())).collect();
        let [(2, 32, message)] = said.as_slice() else { panic!("{said:?}") };
        assert!(message.starts_with("unknown unit “YUAN”, expected one of CNY, percent"), "{message}");
        assert_eq!(vocabulary.concepts().len(), 2);
    }

    #[test]
    fn the_embedded_vocabulary_is_sound() {
        let mut faults = Vec::new();
        let vocabulary = Vocabulary::load(&GrammarFiles::embedded(), &mut faults);
        assert_eq!(faults, []);
        assert_eq!(vocabulary.concept("three_public.reception").map(|concept| concept.zh.as_str()), Some("公务接待费"));
        let unit =
            |text: &str| vocabulary.unit_at_start(text).map(|(length, word)| (length, word.unit.as_str().to_owned()));
        assert_eq!(unit("人次（不含陪同）"), Some((6, "person_time".into())));
        assert_eq!(unit("人（次）"), Some((12, "person_time".into())));
        assert_eq!(unit("个百分点"), Some((12, "百分点".into())));
        assert_eq!(unit("家医院"), Some((3, "家".into())));
        assert_eq!(unit("，"), None);
        assert_eq!(unit("部门收支"), None);
        assert_eq!(unit("部电影"), Some((3, "部".into())));
    }
}

//! `codes`: the codebook as the documents show it.
//!
//! In: the class codes and names of all facts, the vocabulary. Out: a row for each code and name, with the
//! years, documents and facts that it was seen in.

use super::ViewError;
use crate::dataset::{ClassLevel, ClassificationName, CodeRow, Dataset};
use crate::fact::FactSource;
use crate::grammar::Grammars;
use crate::grammar::classification::{Class, Classes};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Default)]
struct Seen {
    years: BTreeSet<i16>,
    documents: u32,
    /// The document counted last; those of one document stand together.
    last: Option<u32>,
    facts: u32,
    printed: u32,
}

type Code = (ClassificationName, String, String);

const COLUMNS: [&str; 7] =
    ["document", "function_code", "function_name", "economic_code", "economic_name", "source", "fiscal_year"];

/// Gives a row for each code and name to `push`, by classification, code and name.
pub fn rows(
    dataset: &Dataset,
    grammars: &Grammars,
    mut push: impl FnMut(CodeRow<'_>) -> Result<(), ViewError>,
) -> Result<(), ViewError> {
    let seen = observe(dataset)?;
    let mut most: HashMap<(ClassificationName, &str), (u32, &str)> = HashMap::new();
    for ((classification, code, name), found) in &seen {
        let known = most.entry((*classification, code)).or_insert((0, name));
        if found.facts > known.0 {
            *known = (found.facts, name);
        }
    }
    for ((classification, code, name), found) in &seen {
        let classes = match classification {
            ClassificationName::Functional => &grammars.classification().functions,
            ClassificationName::Economic => &grammars.classification().economics,
        };
        let class = class_of(classes, code, name, found.years.last().copied());
        let years: Vec<_> = found.years.iter().map(i16::to_string).collect();
        let observed = most.get(&(*classification, code.as_str())).map_or(name.as_str(), |(_, name)| name);
        push(CodeRow {
            classification: classification.as_str(),
            code,
            name,
            standard_name: class.map_or(observed, |class| class.name.as_str()),
            name_en: class.map(|class| class.en.as_str()),
            level: level(code).as_str(),
            parent: if code.len() > 3 { code.get(..code.len() - 2) } else { None },
            vocabulary: class.is_some(),
            first_year: found.years.first().copied(),
            last_year: found.years.last().copied(),
            years: Some(&years.join("|")),
            documents: found.documents,
            facts: found.facts,
            printed: found.printed,
        })?;
    }
    Ok(())
}

fn observe(dataset: &Dataset) -> Result<BTreeMap<Code, Seen>, ViewError> {
    let mut seen: BTreeMap<Code, Seen> = BTreeMap::new();
    let (mut document, mut place) = (String::new(), 0);
    dataset.scan("facts", &COLUMNS)?.for_each(|row| {
        if row.text(0) != Some(document.as_str()) {
            row.text(0).unwrap_or_default().clone_into(&mut document);
            place += 1;
        }
        let pairs = [(ClassificationName::Functional, 1), (ClassificationName::Economic, 3)];
        for (classification, column) in pairs {
            let (Some(code), Some(name)) = (row.text(column), row.text(column + 1)) else { continue };
            let name = name.split_whitespace().collect();
            let found = seen.entry((classification, code.to_owned(), name)).or_default();
            found.years.extend(row.year(6));
            found.facts = found.facts.saturating_add(1);
            found.printed += u32::from(row.text(5) == Some(FactSource::Table.as_str()));
            if found.last.replace(place) != Some(place) {
                found.documents += 1;
            }
        }
    })?;
    Ok(seen)
}

/// The vocabulary's class of `code`: the one that bears `name`, else that of `year`, else any.
fn class_of<'c>(classes: &'c Classes, code: &str, name: &str, year: Option<i16>) -> Option<&'c Class> {
    if let Some(class) = classes.of_name(name, year).filter(|class| class.code == code) {
        return Some(class);
    }
    let mut of_code = classes.classes().iter().filter(|class| class.code == code);
    let any = of_code.clone().next_back();
    of_code.find(|class| year.is_some_and(|year| class.valid_in(year))).or(any)
}

fn level(code: &str) -> ClassLevel {
    match code.len() {
        0..=3 => ClassLevel::Class,
        4..=5 => ClassLevel::Section,
        _ => ClassLevel::Item,
    }
}

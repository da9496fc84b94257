//! The well-known classes of the functional and the economic classification of expenditure.
//!
//! In: `vocabulary/functions.csv` (支出功能分类, 类) and `vocabulary/economics.csv` (部门预算支出经济分类).
//! Out: [`Classes`], looked up by name and year. Names changed over the years; one row is one name
//! under one code. Below these the codes come from the documents themselves.

use super::fault::Fault;
use super::files::GrammarFiles;
use super::vocabulary::file;
use crate::maps::Map;
use serde::Deserialize;

/// One class under one of its names.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Class {
    /// 3 digits, or 5 in the economic classification.
    pub code: String,
    /// The official name.
    pub name: String,
    /// Variants, joined with `|`.
    pub other_names: String,
    /// The name in English.
    pub en: String,
    /// First year of the name under this code.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
}

impl Class {
    /// Whether the code had this name in `year`.
    #[must_use]
    pub fn valid_in(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// The classes of one classification.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    classes: Vec<Class>,
    by_name: Map<String, Vec<u32>>,
}

/// Both classifications.
#[derive(Clone, Debug, Default)]
pub struct Classification {
    /// 支出功能分类科目, 类.
    pub functions: Classes,
    /// 部门预算支出经济分类科目, 类 and 款.
    pub economics: Classes,
}

impl Classification {
    /// Reads both files; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, faults: &mut Vec<Fault>) -> Self {
        Classification {
            functions: Classes::load(files, "vocabulary/functions.csv", faults),
            economics: Classes::load(files, "vocabulary/economics.csv", faults),
        }
    }
}

/// The name without what reports add or leave off: a trailing 支出, brackets of another width.
#[must_use]
pub fn normalised(name: &str) -> String {
    let folded: String = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect();
    match folded.strip_suffix("支出") {
        // 其他支出 is not 其他.
        Some(short)
            if short.chars().count() > 2
                || short == "教育"
                || short == "外交"
                || short == "国防"
                || short == "金融" =>
        {
            short.to_owned()
        }
        _ => folded,
    }
}

impl Classes {
    fn load(files: &GrammarFiles, path: &'static str, faults: &mut Vec<Fault>) -> Self {
        let file = file(files, path, faults);
        let mut classes = Classes::default();
        let mut reader = csv::Reader::from_reader(file.text.as_bytes());
        for row in reader.deserialize::<Class>() {
            match row {
                Ok(class) => classes.add(class),
                Err(error) => {
                    let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                    faults.push(file.fault(
                        at..at,
                        error.to_string(),
                        Some("a row is: code,name,other_names,en,from,to"),
                    ));
                }
            }
        }
        classes
    }

    fn add(&mut self, class: Class) {
        let index = self.classes.len() as u32;
        for name in
            std::iter::once(class.name.as_str()).chain(class.other_names.split('|')).filter(|name| !name.is_empty())
        {
            let known = self.by_name.entry(normalised(name)).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
        self.classes.push(class);
    }

    /// All classes, by code.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of that name in `year`; none if the name is unknown or that of several codes.
    ///
    /// A name of other years is taken where no class bears it in `year`: reports keep old names.
    #[must_use]
    pub fn of_name(&self, name: &str, year: Option<i16>) -> Option<&Class> {
        let rows = self.by_name.get(&normalised(name))?;
        let classes = || rows.iter().map(|row| &self.classes[*row as usize]);
        let valid = |class: &&Class| year.is_none_or(|year| class.valid_in(year));
        let now: Vec<&Class> = classes().filter(valid).collect();
        if now.is_empty() { unique(classes()) } else { unique(now.into_iter()) }
    }
}

/// The first of `classes` if all have its code.
fn unique<'c>(mut classes: impl Iterator<Item = &'c Class>) -> Option<&'c Class> {
    let first = classes.next()?;
    classes.all(|class| class.code == first.code).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Classification {
        let mut faults = Vec::new();
        let classification = Classification::load(&GrammarFiles::embedded(), &mut faults);
        assert_eq!(faults, []);
        classification
    }

    #[test]
    fn names_of_all_years_lead_to_the_code() {
        let functions = embedded().functions;
        let code = |name, year| functions.of_name(name, year).map(|class| class.code.clone());
        assert_eq!(code("卫生健康支出", Some(2020)), Some("210".into()));
        assert_eq!(code("医疗卫生与计划生育支出", Some(2018)), Some("210".into()));
        assert_eq!(code("医疗卫生与计划生育", Some(2020)), Some("210".into()));
        assert_eq!(code("教育", None), Some("205".into()));
        assert_eq!(code("其他支出", Some(2020)), Some("229".into()));
        assert_eq!(code("其他", Some(2020)), None);
        assert_eq!(code("行政运行", Some(2020)), None);
    }

    #[test]
    fn a_name_of_two_codes_has_none() {
        let economics = embedded().economics;
        let code = |name, year| economics.of_name(name, Some(year)).map(|class| class.code.clone());
        assert_eq!(code("住房公积金", 2016), Some("30311".into()));
        assert_eq!(code("住房公积金", 2020), Some("30113".into()));
        assert_eq!(code("办公设备购置", 2020), None);
        assert_eq!(code("因公出国(境)费用", 2020), Some("30212".into()));
    }

    #[test]
    fn codes_have_their_classes_length() {
        let classification = embedded();
        assert!(classification.functions.classes().iter().all(|class| class.code.len() == 3));
        assert!(classification.economics.classes().iter().all(|class| matches!(class.code.len(), 3 | 5)));
    }
}

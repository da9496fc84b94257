//! Codes of the functional and economic classification for facts that name their class only.
//!
//! In: all facts of a document. Out: `function_code` and `economic_code` where the name is known: from
//! the document's own statements, which print code and name side by side, else the well-known
//! classes of the vocabulary. Printed names are kept. A name of several codes has none, unless the
//! classes above it in its path (类/款) leave one.

use super::Fact;
use crate::grammar::Classification;
use crate::grammar::classification::{Classes, normalised};
use crate::maps::Map;

/// A class path deeper than 类/款/项 is none.
const DEEPEST: usize = 3;

/// Codes by normalised name, as the document's own tables print them.
#[derive(Default)]
struct Observed(Map<String, Vec<String>>);

impl Observed {
    fn add(&mut self, name: Option<&str>, code: Option<&str>) {
        let (Some(name), Some(code)) = (name, code) else { return };
        let codes = self.0.entry(normalised(name)).or_default();
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }

    /// The only code of `name` that begins with `parent` and passes.
    fn only(&self, name: &str, parent: &str, passes: impl Fn(&str) -> bool) -> Option<&str> {
        let mut codes = self.0.get(&normalised(name))?.iter().filter(|code| code.starts_with(parent) && passes(code));
        let code = codes.next()?;
        codes.next().is_none().then_some(code.as_str())
    }
}

/// Sets the codes that `facts` leave open.
pub fn classify(facts: &mut [Fact<'_>], fiscal_year: Option<i16>, classification: &Classification) {
    let (mut functions, mut economics) = (Observed::default(), Observed::default());
    for fact in &*facts {
        functions.add(fact.function_name.as_deref(), fact.function_code.as_deref());
        economics.add(fact.economic_name.as_deref(), fact.economic_code.as_deref());
    }
    let mut known: Map<String, Option<String>> = Map::default();
    for fact in facts {
        if let (Some(name), None) = (&fact.function_name, &fact.function_code) {
            let path = path_of(&fact.item, name);
            if !known.contains_key(path) {
                let parts: Vec<&str> = path.split('/').collect();
                known
                    .insert(path.to_owned(), function_code(&parts, fiscal_year, &functions, &classification.functions));
            }
            fact.function_code = known.get(path).cloned().flatten();
        }
        if let (Some(name), None) = (&fact.economic_name, &fact.economic_code) {
            let observed = economics.only(name, "", |_| true);
            let code = observed.or_else(|| {
                classification.economics.of_name(name, fact.period.or(fiscal_year)).map(|class| class.code.as_str())
            });
            fact.economic_code = code.map(str::to_owned);
        }
    }
}

/// The class path that `item` is, if it ends with `name`; else the name alone.
fn path_of<'f>(item: &'f str, name: &'f str) -> &'f str {
    if item.ends_with(name) && item.split('/').count() <= DEEPEST { item } else { name }
}

/// The code of the class at the end of the path 类/款/项.
fn function_code(path: &[&str], year: Option<i16>, observed: &Observed, classes: &Classes) -> Option<String> {
    let (name, above) = path.split_last()?;
    if above.is_empty() {
        let printed = observed.only(name, "", |code| code.len() == 3);
        let known = printed.or_else(|| classes.of_name(name, year).map(|class| class.code.as_str()));
        return known.or_else(|| observed.only(name, "", |_| true)).map(str::to_owned);
    }
    let parent = function_code(above, year, observed, classes).unwrap_or_default();
    let digits = 1 + 2 * path.len();
    // A path may leave out the 款: then the name stands deeper than its place says.
    let below = |code: &str| code.len() > parent.len();
    observed
        .only(name, &parent, |code| code.len() == digits)
        .or_else(|| observed.only(name, &parent, below))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{GrammarFiles, classification::Classification};

    fn observed(rows: &[(&str, &str)]) -> Observed {
        let mut observed = Observed::default();
        for (code, name) in rows {
            observed.add(Some(name), Some(code));
        }
        observed
    }

    fn classification() -> Classification {
        Classification::load(&GrammarFiles::embedded(), &mut Vec::new())
    }

    fn code(path: &str, observed: &Observed) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        function_code(&parts, Some(2020), observed, &classification().functions)
    }

    #[test]
    fn a_path_finds_its_code_in_the_documents_statements() {
        let observed = observed(&[
            ("208", "社会保障和就业支出"),
            ("20805", "行政事业单位养老支出"),
            ("2080505", "机关事业单位基本养老保险缴费支出"),
            ("2080599", "其他支出"),
            ("210", "卫生健康支出"),
            ("21011", "行政事业单位医疗"),
            ("2101101", "行政单位医疗"),
            ("2101199", "其他支出"),
        ]);
        assert_eq!(
            code("社会保障和就业/行政事业单位养老支出/机关事业单位基本养老保险缴费支出", &observed),
            Some("2080505".into())
        );
        assert_eq!(code("卫生健康支出/行政事业单位医疗", &observed), Some("21011".into()));
        // Two codes of one name: the path tells them apart, the name alone does not.
        assert_eq!(code("卫生健康支出/行政事业单位医疗/其他支出", &observed), Some("2101199".into()));
        assert_eq!(code("社会保障和就业支出/机关事业单位基本养老保险缴费支出", &observed), Some("2080505".into()));
        assert_eq!(code("行政单位医疗", &observed), Some("2101101".into()));
    }

    #[test]
    fn without_statements_only_well_known_classes_have_a_code() {
        let none = Observed::default();
        assert_eq!(code("医疗卫生与计划生育支出", &none), Some("210".into()));
        assert_eq!(code("卫生健康支出/行政事业单位医疗", &none), None);
        assert_eq!(code("行政运行", &none), None);
    }

    #[test]
    fn an_item_that_is_no_path_is_looked_up_by_its_name() {
        assert_eq!(path_of("卫生健康支出 × 决算数", "卫生健康支出"), "卫生健康支出");
        assert_eq!(path_of("卫生健康支出/行政事业单位医疗", "行政事业单位医疗"), "卫生健康支出/行政事业单位医疗");
    }
}

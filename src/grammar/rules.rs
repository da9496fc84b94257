//! The names of all rules of a grammar folder, and where they stand.
//!
//! In: the files. Out: [`RulePlace`]s, in the order of the files: what the columns `rule` may name, so that
//! people can ask which rule read what. Files that do not parse have no rules here; their faults
//! are reported by [`super::Grammars::load`].

use super::entries::{Entry, entries, parse_file};
use super::fault::GrammarFile;
use super::files::GrammarFiles;
use super::labels::squeeze;
use super::pattern::{NamedWords, wordings};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A rule and the entries that share its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlace {
    /// As in the columns `rule`, or `identity` of `checks`.
    pub rule: String,
    /// Its file, below the grammar folder.
    pub file: String,
    /// Lines of its entries, from 1.
    pub lines: Vec<usize>,
}

#[derive(Deserialize)]
struct Subject {
    concept: Vec<String>,
}

#[derive(Deserialize)]
struct Number {
    name: String,
}

#[derive(Deserialize)]
struct Identity {
    id: String,
}

/// The kinds of entries in identities/*.toml.
const IDENTITIES: [&str; 7] = ["sum", "same", "codes", "children", "share", "words", "machine"];

#[derive(Deserialize)]
struct Labelled {
    labels: Vec<String>,
}

/// Every rule of `files`.
#[must_use]
pub fn rules(files: &GrammarFiles) -> Vec<RulePlace> {
    let mut places: Vec<RulePlace> = Vec::new();
    for (path, text) in files.below("narrative/", ".toml") {
        let file = GrammarFile { path, text };
        named(
            file,
            "subject",
            |entry: &Subject| Some(format!("narrative/subject:{}", entry.concept.join("+"))),
            &mut places,
        );
        named(file, "number", |entry: &Number| Some(format!("narrative/number:{}", entry.name)), &mut places);
    }
    for (path, text) in files.below("tables/", ".toml") {
        let file = GrammarFile { path, text };
        named(file, "statement", |_: &serde::de::IgnoredAny| Some(path.to_owned()), &mut places);
        for name in ["column", "row"] {
            named(file, name, |entry: &Labelled| label(path, &entry.labels), &mut places);
        }
    }
    for (path, text) in files.below("identities/", ".toml") {
        for name in IDENTITIES {
            named(GrammarFile { path, text }, name, |entry: &Identity| Some(entry.id.clone()), &mut places);
        }
    }
    places
}

/// What facts name as their rule: `tables/income.toml#本年收入合计`.
fn label(path: &str, labels: &[String]) -> Option<String> {
    let words = wordings(labels.first()?, &NamedWords::new()).ok()?;
    let first = words.iter().next()?;
    Some(format!("{path}#{}", first.split('>').map(squeeze).collect::<Vec<_>>().join(">")))
}

fn named<T: DeserializeOwned>(
    file: GrammarFile<'_>,
    name: &str,
    rule: impl Fn(&T) -> Option<String>,
    places: &mut Vec<RulePlace>,
) {
    let mut ignored = Vec::new();
    let mut table = parse_file(file, &mut ignored);
    for Entry { value, at } in entries::<T>(file, &mut table, name, &mut ignored) {
        let Some(rule) = rule(&value) else { continue };
        let line = file.text[..at.start.min(file.text.len())].matches('\n').count() + 1;
        match places.iter_mut().find(|place| place.rule == rule && place.file == file.path) {
            Some(place) => place.lines.push(line),
            None => places.push(RulePlace { rule, file: file.path.to_owned(), lines: vec![line] }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_entry_is_listed_with_its_line() {
        let mut files = GrammarFiles::default();
        files.put("narrative/numbers.toml", "# years\n[[number]]\nname = \"year\"\n");
        files.put(
            "narrative/subjects.toml",
            "[[subject]]\nconcept = [\"a\", \"b\"]\n\n[[subject]]\nconcept = [\"a\", \"b\"]\n",
        );
        files.put(
            "tables/income.toml",
            "[[statement]]\nkind = \"income\"\n\n[[row]]\nlabels = [\"本年[收入]>合 计\"]\n",
        );
        let found: Vec<_> = rules(&files).into_iter().map(|place| (place.rule, place.lines)).collect();
        assert_eq!(
            found,
            [
                ("narrative/number:year".to_owned(), vec![2]),
                ("narrative/subject:a+b".into(), vec![1, 4]),
                ("tables/income.toml".into(), vec![1]),
                ("tables/income.toml#本年收入>合计".into(), vec![4]),
            ]
        );
    }
}

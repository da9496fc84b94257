//! Names of documents: the path relative to the input folder, made unique over all inputs.
//!
//! In: documents with the input that each came from. Out: the same with names that differ. Only names
//! that two documents share are changed, each with a note that says so.

use super::{Document, Place};
use crate::problem::{Problem, Severity};
use std::collections::HashMap;
use std::path::{Component, Path};
use std::rc::Rc;

/// A document and the input that it came from.
pub struct Found {
    pub document: Document,
    /// What is put before its name if another document has the same.
    pub prefix: Rc<str>,
    /// The input as given, cleaned; put before the name if that does not suffice.
    pub whole: Rc<str>,
}

/// `path` with `/` between its parts; `None` beside it if some of it is not UTF-8 and was replaced.
pub fn with_slashes(path: &Path) -> (String, bool) {
    let parts: Vec<_> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        })
        .collect();
    (parts.join("/"), path.to_str().is_none())
}

/// Makes the names differ and sorts by them.
pub fn make_unique(mut found: Vec<Found>) -> Vec<Document> {
    prefix_shared(&mut found, |found| Rc::clone(&found.prefix));
    prefix_shared(&mut found, |found| Rc::clone(&found.whole));
    number_shared(&mut found);
    let mut documents: Vec<_> = found.into_iter().map(|found| found.document).collect();
    documents.shrink_to_fit(); // it took over the memory of what was found, which is larger
    documents.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    documents
}

fn shared(found: &[Found]) -> Vec<bool> {
    let mut count: HashMap<&str, u32> = HashMap::with_capacity(found.len());
    for found in found {
        *count.entry(&found.document.name).or_default() += 1;
    }
    found.iter().map(|found| count.get(found.document.name.as_str()).is_some_and(|count| *count > 1)).collect()
}

fn prefix_shared(found: &mut [Found], prefix: impl Fn(&Found) -> Rc<str>) {
    let shared = shared(found);
    for (found, _) in found.iter_mut().zip(shared).filter(|(_, shared)| *shared) {
        let prefix = prefix(found);
        if !prefix.is_empty() {
            let name = format!("{prefix}/{}", found.document.name);
            rename(&mut found.document, name);
        }
    }
}

/// The last resort: the same names in the same order of inputs get the same numbers.
fn number_shared(found: &mut [Found]) {
    let shared = shared(found);
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (found, _) in found.iter_mut().zip(shared).filter(|(_, shared)| *shared) {
        let ordinal = seen.entry(found.document.name.clone()).or_default();
        *ordinal += 1;
        let name = format!("{}#{ordinal}", found.document.name);
        rename(&mut found.document, name);
    }
}

fn rename(document: &mut Document, name: String) {
    document.notes.retain(|note| note.code != "document-renamed");
    let message = format!(
        "another input has a document `{}` as well; this one is named `{name}` in every table",
        document.name.rsplit('/').next().unwrap_or_default()
    );
    document.notes.push(Problem::new(Severity::Note, "document-renamed", message, None));
    if let Some(path) = document.path() {
        document.place = Place::File(path);
    }
    document.name = name;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, prefix: &str, whole: &str) -> Found {
        Found { document: Document::of_size(name, 1), prefix: prefix.into(), whole: whole.into() }
    }

    fn names(found: Vec<Found>) -> Vec<String> {
        make_unique(found).into_iter().map(|document| document.name).collect()
    }

    #[test]
    fn names_that_differ_stay_and_are_sorted_by_their_bytes() {
        assert_eq!(names(vec![found("b", "x", "x"), found("B", "x", "x"), found("a/c", "x", "x")]), ["B", "a/c", "b"]);
    }

    #[test]
    fn equal_names_get_the_name_of_their_folder_and_a_note() {
        let documents = make_unique(vec![found("a.txt", "2019", "d/2019"), found("a.txt", "2020", "d/2020")]);
        assert_eq!(documents[0].name, "2019/a.txt");
        assert_eq!(documents[1].notes[0].code, "document-renamed");
    }

    #[test]
    fn a_document_that_is_renamed_keeps_its_file() {
        let in_folder = |folder: &str| {
            let mut found = found("a.txt", folder, folder);
            found.document.place = Place::Folder(Path::new(folder).into());
            found
        };
        let documents = make_unique(vec![in_folder("2019"), in_folder("2020")]);
        let named: Vec<_> = documents.iter().map(|document| (document.name.as_str(), document.path())).collect();
        assert_eq!(named, [("2019/a.txt", Some("2019/a.txt".into())), ("2020/a.txt", Some("2020/a.txt".into()))]);
    }

    #[test]
    fn folders_of_one_name_are_told_apart_by_their_paths_or_numbers() {
        assert_eq!(names(vec![found("a", "r", "x/r"), found("a", "r", "y/r")]), ["x/r/r/a", "y/r/r/a"]);
        assert_eq!(names(vec![found("a", "", ""), found("a", "", "")]), ["a#1", "a#2"]);
    }
}

//! Goes through the dataset once and writes the pages.
//!
//! In: [`Options`]. Out: the folder of pages and an [`Outcome`]. The folder holds what this run chose and nothing
//! older: pages of an earlier run are removed, by the mark that each of them bears, so that no page is left
//! that says something else than the dataset. Files that are not ours stay.

use super::choose::Choice;
use super::corpus::Summary;
use super::labels::Names;
use super::report::{Missing, Reports};
use super::rows::{self, DocumentRow, Reader, Rows};
use super::{document, index};
use crate::dataset::{Dataset, ReadError};
use crate::run::Stop;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What `juesuan review` was asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The output folder of `extract`.
    pub out: PathBuf,
    /// What `extract` was given.
    pub reports: Vec<PathBuf>,
    /// Which documents get a page.
    pub choice: Choice,
    /// Folder to write to.
    pub html: PathBuf,
}

/// What was done.
#[derive(Debug)]
pub struct Outcome {
    /// The index page.
    pub index: PathBuf,
    /// Documents of the dataset.
    pub documents: usize,
    /// Pages written.
    pub pages: usize,
    /// Documents that were chosen and have no page, and why.
    pub missing: Vec<(String, &'static str)>,
}

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The dataset cannot be read.
    #[error("{0}")]
    Dataset(#[from] ReadError),
    /// The reports' folder cannot be listed.
    #[error("{0}")]
    Reports(#[from] Stop),
    /// A page cannot be written.
    #[error("{path}: {reason}\n  help: {help}")]
    Page {
        /// The file or folder.
        path: PathBuf,
        /// What was met.
        reason: String,
        /// What to do.
        help: &'static str,
    },
    /// No document has the name asked for.
    #[error(
        "no document of the dataset is named `{0}`\n  help: `document` in the table `documents` has the names; a part of one is enough"
    )]
    NoDocument(String),
}

impl ReviewError {
    fn page(path: &Path, reason: impl std::fmt::Display) -> Self {
        const HELP: &str = "choose a folder that you may write to with --html DIR";
        ReviewError::Page { path: path.to_owned(), reason: reason.to_string(), help: HELP }
    }
}

/// Every page has this in its head; see `templates/`.
const MARK: &[u8] = b"<meta name=\"generator\" content=\"juesuan review\">";
/// The mark stands within so many bytes.
const HEAD: u64 = 1024;
/// The folder of the documents' pages.
const DOCUMENTS: &str = "documents";

/// Writes the pages.
///
/// # Errors
/// [`ReviewError`].
pub fn review(options: &Options, names: &Names) -> Result<Outcome, ReviewError> {
    let dataset = Dataset::open(&options.out)?;
    let documents = rows::documents(&dataset)?;
    let chosen = options.choice.of(&documents).map_err(ReviewError::NoDocument)?;
    let reports = Reports::list(&options.reports, &options.out)?;
    let folder = Folder::open(&options.html)?;
    let mut reader = Reader::open(&dataset)?;
    let mut summaries = Vec::with_capacity(documents.len());
    let mut outcome =
        Outcome { index: folder.path.join("index.html"), documents: documents.len(), pages: 0, missing: Vec::new() };
    for (ordinal, (row, chosen)) in documents.iter().zip(chosen).enumerate() {
        let rows = reader.rows(&row.document, chosen)?;
        let mut summary = Summary::of(row, &rows);
        if chosen {
            summary.page = folder.write_document(ordinal, row, &rows, &reports, names)?;
            match &summary.page {
                Ok(_) => outcome.pages += 1,
                Err(why) => outcome.missing.extend(why.message().map(|message| (row.document.clone(), message))),
            }
        }
        summaries.push(summary);
    }
    let page = index::render(&summaries, names, options).map_err(|error| ReviewError::page(&outcome.index, error))?;
    folder.write("index.html", &page)?;
    Ok(outcome)
}

/// Where the pages go.
struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder and removes the pages of an earlier run.
    fn open(path: &Path) -> Result<Self, ReviewError> {
        let pages = path.join(DOCUMENTS);
        fs::create_dir_all(&pages).map_err(|error| ReviewError::page(&pages, error))?;
        let index = path.join("index.html");
        if index.exists() && !is_ours(&index).map_err(|error| ReviewError::page(&index, error))? {
            return Err(ReviewError::page(&index, "a page that is not of `juesuan review` lies here"));
        }
        let entries = fs::read_dir(&pages).map_err(|error| ReviewError::page(&pages, error))?;
        for page in entries.flatten().map(|entry| entry.path()) {
            let html = page.extension().is_some_and(|extension| extension == "html");
            if html && is_ours(&page).unwrap_or(false) {
                fs::remove_file(&page).map_err(|error| ReviewError::page(&page, error))?;
            }
        }
        Ok(Folder { path: path.to_owned() })
    }

    fn write(&self, name: &str, page: &str) -> Result<(), ReviewError> {
        let path = self.path.join(name);
        fs::write(&path, page).map_err(|error| ReviewError::page(&path, error))
    }

    fn write_document(
        &self,
        ordinal: usize,
        row: &DocumentRow,
        rows: &Rows,
        reports: &Reports,
        names: &Names,
    ) -> Result<Result<String, Missing>, ReviewError> {
        let bytes = match reports.bytes(row) {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Err(why)),
        };
        let name = format!("{DOCUMENTS}/{ordinal:05}-{}.html", slug(&row.document));
        let page = document::render(row, rows, &bytes, names);
        self.write(&name, &page.map_err(|error| ReviewError::page(&self.path.join(&name), error))?)?;
        Ok(Ok(name))
    }
}

fn is_ours(page: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(page)?.take(HEAD).read_to_end(&mut head)?;
    Ok(memchr::memmem::find(&head, MARK).is_some())
}

/// A document's name as a part of a file name that needs no escaping anywhere.
fn slug(document: &str) -> String {
    let keep =
        |character: char| if character.is_ascii_alphanumeric() || "-_.".contains(character) { character } else { '_' };
    let name: Vec<char> = document.chars().map(keep).collect();
    name[name.len().saturating_sub(60)..].iter().collect::<String>().trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_name_becomes_a_file_name_that_needs_no_escaping() {
        assert_eq!(slug("2019/a b#.txt"), "2019_a_b_.txt");
        assert_eq!(slug("../../etc"), "_.._etc");
        assert_eq!(slug("云溪县.txt"), "___.txt");
        assert_eq!(slug(&"长a".repeat(100)).len(), 60);
    }
}

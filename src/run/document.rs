//! Reads one document and gives its rows; whatever goes wrong becomes a row too.
//!
//! In: a [`Document`], the grammars. Out: [`Done`]. A panic while reading is a bug, but it costs one
//! document and not the run: it is caught here and named like any other problem.

use super::input::{Document, Place, unreadable};
use crate::dataset::{Counts, DocumentRows, Origin};
use crate::grammar::Grammars;
use crate::problem::{Problem, Severity};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A document's rows and what the run has to know about it.
pub struct Done {
    /// Its rows.
    pub rows: DocumentRows,
    /// SHA-256 of its bytes, if they were read.
    pub sha256: Option<String>,
    /// Why nothing of it was read, if it should have been.
    pub failure: Option<Problem>,
}

impl Done {
    /// What a summary counts.
    pub fn counts(&self) -> Counts {
        let mut counts = self.rows.counts;
        if self.failure.is_some() {
            (counts.read, counts.failed) = (0, 1);
        }
        counts
    }
}

/// Reads `document`.
pub fn read(document: &Document, max_document_bytes: u64, grammars: &Grammars) -> Done {
    let bytes = match bytes_of(document, max_document_bytes) {
        Ok(bytes) => bytes,
        Err((problem, failed)) => return nothing_read(document, None, problem, failed, grammars),
    };
    let sha256 = hex(&Sha256::digest(&bytes));
    if let Some(problem) = not_text(&bytes) {
        return nothing_read(document, Some(sha256), problem, true, grammars);
    }
    let read = guarded(|| {
        let extraction = crate::extract_document(&bytes, &document.name, grammars);
        let mut notes = document.notes.clone();
        notes.extend(empty(&extraction));
        let rows = DocumentRows::of(&extraction, origin(document, bytes.len(), &sha256, grammars), &notes);
        (rows, extraction.problems.into_iter().find(is_about_all))
    });
    match read {
        Ok((rows, failure)) => Done { rows, sha256: Some(sha256), failure },
        Err(problem) => nothing_read(document, Some(sha256), problem, true, grammars),
    }
}

/// SHA-256 of the document's bytes as they are now, if they can be read.
pub fn sha256_now(document: &Document, max_document_bytes: u64) -> Option<String> {
    bytes_of(document, max_document_bytes).ok().map(|bytes| hex(&Sha256::digest(&bytes)))
}

/// An error that no place in the document is given for says that the document could not be read.
fn is_about_all(problem: &Problem) -> bool {
    problem.severity == Severity::Error && problem.span.is_none()
}

fn origin<'a>(document: &'a Document, size: usize, sha256: &'a str, grammars: &'a Grammars) -> Origin<'a> {
    Origin { name: &document.name, size: Some(size as u64), sha256: Some(sha256), grammar_version: grammars.version() }
}

fn nothing_read(
    document: &Document,
    sha256: Option<String>,
    problem: Problem,
    failed: bool,
    grammars: &Grammars,
) -> Done {
    let origin = Origin {
        name: &document.name,
        size: document.size,
        sha256: sha256.as_deref(),
        grammar_version: grammars.version(),
    };
    let mut problems = document.notes.clone();
    problems.push(problem.clone());
    let rows = DocumentRows::unread(origin, &problems);
    Done { rows, sha256, failure: failed.then_some(problem) }
}

/// The document's bytes, or why there are none and whether that is a failure.
///
/// # Errors
/// The problem that stands in `problems` for it, and whether the document should have been read.
pub fn bytes_of(document: &Document, max_document_bytes: u64) -> Result<Cow<'_, [u8]>, (Problem, bool)> {
    let bytes = match &document.place {
        Place::Nowhere { problem, failed } => return Err((Problem::clone(problem), *failed)),
        Place::Memory(bytes) => Cow::Borrowed(&**bytes),
        Place::File(path) => Cow::Owned(read_file(path, document.size, max_document_bytes)?),
        Place::Folder(folder) => {
            Cow::Owned(read_file(&folder.join(&document.name), document.size, max_document_bytes)?)
        }
    };
    if bytes.len() as u64 > max_document_bytes {
        return Err((too_large(document.size, max_document_bytes), true));
    }
    Ok(bytes)
}

fn read_file(path: &Path, size: Option<u64>, most: u64) -> Result<Vec<u8>, (Problem, bool)> {
    if size.is_some_and(|size| size > most) {
        return Err((too_large(size, most), true));
    }
    let read = File::open(path).and_then(|file| read_at_most(&file, most, size));
    read.map_err(|error| (unreadable(&error), true))
}

/// One byte more than `most` at the most: a file may grow while it is read.
fn read_at_most(file: &File, most: u64, expected: Option<u64>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.unwrap_or(0) as usize + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(size: Option<u64>, most: u64) -> Problem {
    let size = size.map_or_else(|| format!("more than {most}"), |size| size.to_string());
    let message = format!("not read: {size} bytes, and the limit is {most}. Split it, or raise --max-document-bytes");
    Problem::new(Severity::Error, "too-large", message, None)
}

/// Formats whose first bytes say that they are no text, whatever the file's name says.
fn not_text(bytes: &[u8]) -> Option<Problem> {
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (docx, xlsx, odt, ofd …)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office 97 file (doc, xls, wps)"),
        (b"{\\rtf", "an RTF file"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
    ];
    let (_, format) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature))?;
    let message = format!(
        "not read: the file is {format} and no text. Convert it first (Apache Tika, `pdftotext -layout`, a Markdown or \
         HTML converter) and give juesuan the result"
    );
    Some(Problem::new(Severity::Error, "not-text", message, None))
}

fn empty(extraction: &crate::Extraction<'_>) -> Option<Problem> {
    let silent = extraction.problems.is_empty() && extraction.source.text().trim().is_empty();
    silent.then(|| {
        let message = "the document has no text. If it was converted, look at the original: a scanned PDF needs OCR";
        Problem::new(Severity::Warning, "empty-document", message, None)
    })
}

thread_local! {
    /// Whether this thread is reading a document, so that a panic is reported as a problem.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps panics that become problems from being printed as well.
pub fn quieten_guarded_panics() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            print(panic);
        }
    }));
}

/// What `work` gives, or its panic as a problem.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Problem> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|panic| {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        let message = format!(
            "not read: juesuan stumbled over it ({what}). This is a fault of the program; please report it with the \
             document"
        );
        Problem::new(Severity::Error, "panic", message, None)
    })
}

fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_problem_with_its_message() {
        let problem = guarded(|| panic!("row {} of nothing", 3)).map(|(): ()| ()).expect_err("a panic");
        assert_eq!((problem.code, problem.severity), ("panic", Severity::Error));
        assert!(problem.message.contains("row 3 of nothing"), "{}", problem.message);
    }

    #[test]
    fn first_bytes_tell_what_is_no_text() {
        assert_eq!(not_text(b"%PDF-1.7\n").map(|problem| problem.code), Some("not-text"));
        assert_eq!(not_text("云溪县医疗保障局".as_bytes()), None);
        assert_eq!(not_text(b""), None);
    }

    #[test]
    fn digests_are_lower_case_digits() {
        assert_eq!(hex(&[0x0a, 0xff]), "0aff");
    }
}

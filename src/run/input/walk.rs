//! Walks the inputs and says of each file whether it is a document.
//!
//! In: paths as given, the output folder. Out: documents, unsorted names made unique by `name`.
//! Symbolic links are followed where they are given on the command line and nowhere else. A file that
//! is given by name is read whatever its extension; in a folder the extension decides.

use super::name::{Found, make_unique, with_slashes};
use super::{Document, Place};
use crate::problem::{Problem, Severity};
use crate::run::Stop;
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Extensions that are read in a folder, besides files without any.
const TEXT: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];
/// Formats that hold reports and that a converter makes text of.
const CONVERTIBLE: [&str; 16] =
    ["pdf", "doc", "docx", "wps", "rtf", "odt", "ofd", "xls", "xlsx", "et", "ods", "ppt", "pptx", "zip", "rar", "7z"];

/// Every document of `inputs`, in order of its name.
///
/// # Errors
/// [`Stop::Input`] if one of them does not exist, [`Stop::Output`] if one is the output folder.
pub fn collect(inputs: &[PathBuf], out: &Path, max_document_bytes: u64) -> Result<Vec<Document>, Stop> {
    let output = fs::canonicalize(out).ok();
    let mut found = Vec::new();
    let mut seen = (inputs.len() > 1).then(HashSet::new);
    for input in inputs {
        let refused = |source| Stop::Input { path: input.clone(), source };
        if input.as_os_str() == "-" {
            found.push(standard_input(max_document_bytes).map_err(refused)?);
            continue;
        }
        let is_folder = fs::metadata(input).map_err(refused)?.is_dir();
        let whole: Rc<str> = with_slashes(input).0.into();
        if is_folder {
            if output.is_some() && fs::canonicalize(input).ok() == output {
                return Err(Stop::Output {
                    path: out.to_owned(),
                    reason: "it is the input folder itself, so the next run would read what this one wrote".to_owned(),
                    help: "choose another folder with --out DIR; one inside of the input is left out when reading"
                        .to_owned(),
                });
            }
            let prefix: Rc<str> = folder_name(input).into();
            for document in walk(input, output.as_deref()) {
                push_once(
                    &mut found,
                    &mut seen,
                    Found { document, prefix: Rc::clone(&prefix), whole: Rc::clone(&whole) },
                );
            }
        } else {
            let parent = input.parent().unwrap_or(Path::new(""));
            let prefix = folder_name(parent).into();
            let whole = with_slashes(parent).0.into();
            push_once(&mut found, &mut seen, Found { document: single_file(input), prefix, whole });
        }
    }
    Ok(make_unique(found))
}

/// Takes a file once, however many inputs it lies in.
fn push_once(found: &mut Vec<Found>, seen: &mut Option<HashSet<PathBuf>>, one: Found) {
    let new = match (one.document.path(), seen) {
        (Some(path), Some(seen)) => fs::canonicalize(path).map_or(true, |path| seen.insert(path)),
        _ => true,
    };
    if new {
        found.push(one);
    }
}

fn folder_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let canonical = || fs::canonicalize(path).ok()?.file_name().map(|name| name.to_string_lossy().into_owned());
    name.or_else(canonical).unwrap_or_default()
}

fn standard_input(max_document_bytes: u64) -> io::Result<Found> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(max_document_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    let size = Some(bytes.len() as u64);
    let document = Document { name: "stdin".to_owned(), size, place: Place::Memory(bytes.into()), notes: Vec::new() };
    Ok(Found { document, prefix: "".into(), whole: "".into() })
}

fn single_file(path: &Path) -> Document {
    let name = Path::new(path.file_name().unwrap_or(path.as_os_str()));
    let metadata = fs::metadata(path);
    let size = metadata.as_ref().ok().map(fs::Metadata::len);
    let place = match metadata {
        Ok(metadata) if metadata.is_file() => Place::File(path.to_owned()),
        Ok(_) => not_a_file(),
        Err(error) => unreadable(&error),
    };
    named(name, size, place)
}

fn walk<'f>(folder: &'f Path, out: Option<&Path>) -> impl Iterator<Item = Document> + use<'f> {
    let out = out.map(Path::to_owned);
    let shared: Arc<Path> = folder.into();
    let is_out = move |entry: &DirEntry| {
        entry.depth() > 0
            && entry.file_type().is_some_and(|kind| kind.is_dir())
            && out.as_deref().is_some_and(|out| fs::canonicalize(entry.path()).is_ok_and(|path| path == out))
    };
    WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| !is_out(entry))
        .build()
        .filter_map(move |entry| match entry {
            Ok(entry) => of_entry(&shared, &entry),
            Err(error) => Some(of_error(folder, &error)),
        })
}

fn of_entry(folder: &Arc<Path>, entry: &DirEntry) -> Option<Document> {
    let kind = entry.file_type()?;
    if kind.is_dir() || entry.depth() == 0 {
        return None;
    }
    let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    let (size, place) = if kind.is_symlink() {
        (None, not_followed())
    } else if !kind.is_file() {
        (None, not_a_file())
    } else {
        match entry.metadata() {
            Ok(metadata) => {
                let place = not_text(entry.path()).unwrap_or_else(|| Place::File(entry.path().to_owned()));
                (Some(metadata.len()), place)
            }
            Err(error) => (None, unreadable(&error)),
        }
    };
    let mut document = named(name, size, place);
    if matches!(&document.place, Place::File(path) if *path == folder.join(&document.name)) {
        document.place = Place::Folder(Arc::clone(folder));
    }
    Some(document)
}

/// A folder or file that could not even be listed.
fn of_error(folder: &Path, error: &ignore::Error) -> Document {
    fn path(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path(err),
            ignore::Error::Loop { child, .. } => Some(child),
            _ => None,
        }
    }
    let path = path(error).unwrap_or(folder);
    let name = path.strip_prefix(folder).ok().filter(|name| *name != Path::new("")).unwrap_or(Path::new("."));
    named(name, None, unreadable(error))
}

fn named(path: &Path, size: Option<u64>, place: Place) -> Document {
    let (name, replaced) = with_slashes(path);
    let name = if name.is_empty() { ".".to_owned() } else { name };
    let mut notes = Vec::new();
    if replaced {
        let message = "the file's name is not UTF-8; bytes that could not be read stand as U+FFFD in `document`";
        notes.push(Problem::new(Severity::Warning, "name-not-utf8", message, None));
    }
    Document { name, size, place, notes }
}

/// A file's extension, in lower case. In `附件2.某县决算` and `报告.2019` nothing is one.
fn extension(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?;
    let plausible = extension.len() <= 8
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic());
    plausible.then(|| extension.to_ascii_lowercase())
}

fn not_text(path: &Path) -> Option<Place> {
    let extension = extension(path)?;
    if TEXT.contains(&extension.as_str()) {
        return None;
    }
    let (severity, message) = if CONVERTIBLE.contains(&extension.as_str()) {
        let message = format!(
            "not read: .{extension} is no text. Convert it first (Apache Tika, `pdftotext -layout`, a Markdown or HTML \
             converter) and give juesuan the result"
        );
        (Severity::Warning, message)
    } else {
        let message = format!(
            "not read: .{extension} is not among the extensions of documents ({}, or none). If it is text, rename it or \
             name it on the command line",
            TEXT.map(|text| format!(".{text}")).join(" ")
        );
        (Severity::Note, message)
    };
    Some(nowhere(Problem::new(severity, "not-read", message, None), false))
}

fn not_followed() -> Place {
    let message = "not read: a symbolic link. Links are followed only where they are given on the command line, so that \
                   no file is read twice";
    nowhere(Problem::new(Severity::Note, "not-read", message, None), false)
}

fn not_a_file() -> Place {
    let message =
        "not read: neither a file nor a folder (a pipe, a socket or a device). Use `-` to read standard input";
    nowhere(Problem::new(Severity::Error, "not-a-file", message, None), true)
}

fn unreadable(error: &impl std::fmt::Display) -> Place {
    nowhere(super::unreadable(error), true)
}

fn nowhere(problem: Problem, failed: bool) -> Place {
    Place::Nowhere { problem: Box::new(problem), failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_a_short_word_of_ascii_letters() {
        assert_eq!(extension(Path::new("a/决算.TXT")).as_deref(), Some("txt"));
        assert_eq!(extension(Path::new("附件2.云溪县医保局决算")), None);
        assert_eq!(extension(Path::new("报告.2019")), None);
        assert_eq!(extension(Path::new("README")), None);
    }

    #[test]
    fn text_is_read_and_the_rest_says_what_to_do() {
        assert!(not_text(Path::new("a.xhtml")).is_none());
        assert!(not_text(Path::new("a")).is_none());
        let Some(Place::Nowhere { problem, failed: false }) = not_text(Path::new("a.PDF")) else {
            panic!("a PDF is not read");
        };
        assert!(problem.severity == Severity::Warning && problem.message.contains("Tika"), "{problem:?}");
    }
}

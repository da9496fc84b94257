//! From the inputs on the command line to the documents to read, named and in order.
//!
//! In: paths. Out: [`Document`]s, sorted by name, whatever order the file system lists them in. Every
//! file of a folder is listed; those that are no text carry the problem that says so instead of being
//! left out. Hidden files are left out, and so is the output folder if it lies inside of an input.

mod name;
mod walk;

pub use walk::collect;

use crate::problem::{Problem, Severity};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a document's bytes come from.
#[derive(Clone, Debug)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// The file of the document's name in this folder: nearly all of a large run are in one.
    Folder(Arc<Path>),
    /// Standard input, read already.
    Memory(Arc<[u8]>),
    /// Nowhere: the problem says why it is not read. `failed` if it should have been.
    Nowhere {
        /// Why; in a box, so that the many documents that have none stay small.
        problem: Box<Problem>,
        /// Whether it counts as a document that could not be read.
        failed: bool,
    },
}

/// A document to read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Column `document`.
    pub name: String,
    /// Its size when it was listed, if it is known.
    pub size: Option<u64>,
    /// Where its bytes come from.
    pub place: Place,
    /// What to say about it besides.
    pub notes: Vec<Problem>,
}

impl Document {
    /// Where the file lies, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match &self.place {
            Place::File(path) => Some(path.clone()),
            Place::Folder(folder) => Some(folder.join(&self.name)),
            Place::Memory(_) | Place::Nowhere { .. } => None,
        }
    }

    /// Bytes that will be read.
    #[must_use]
    pub fn planned_bytes(&self) -> u64 {
        if matches!(self.place, Place::Nowhere { .. }) { 0 } else { self.size.unwrap_or(0) }
    }

    #[cfg(test)]
    pub(crate) fn of_size(name: &str, size: u64) -> Self {
        Document { name: name.to_owned(), size: Some(size), place: Place::File(name.into()), notes: Vec::new() }
    }
}

/// The problem of a document that the system refuses to give out.
pub fn unreadable(error: &impl std::fmt::Display) -> Problem {
    let message = format!("cannot be read: {error}. Check that it exists and that you may read it");
    Problem::new(Severity::Error, "unreadable", message, None)
}

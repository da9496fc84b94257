//! The reports that a dataset was made of: found by their names, and only used if they are still the same.
//!
//! In: the files and folders that `extract` was given, a row of `documents`. Out: the report's bytes, or why
//! they cannot be shown. Bytes that are not those that were read would put every mark on the wrong words.

use super::rows::DocumentRow;
use crate::run::{Document, Stop, bytes_of, list_documents};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Larger reports were not read either.
const MOST_BYTES: u64 = 1 << 30;

/// Why a document has no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It was not chosen.
    NotChosen,
    /// No report of that name lies in the folder.
    NotFound,
    /// Its bytes are not those that the dataset was made of.
    Changed,
    /// It cannot be read now.
    Unreadable,
    /// It could not be read when the dataset was made: there is nothing to show.
    NothingRead,
}

impl Missing {
    /// The label that says so.
    pub fn label(self) -> &'static str {
        match self {
            Missing::NotChosen => "page.not_chosen",
            Missing::NotFound => "page.not_found",
            Missing::Changed => "page.changed",
            Missing::Unreadable => "page.unreadable",
            Missing::NothingRead => "page.nothing_read",
        }
    }

    /// What to say on standard error; nothing if all is as it should be.
    pub fn message(self) -> Option<&'static str> {
        match self {
            Missing::NotChosen | Missing::NothingRead => None,
            Missing::NotFound => {
                Some("no such report lies there; --reports takes the same paths that `extract` was given")
            }
            Missing::Changed => Some("has changed since it was read, so it is not shown; run `juesuan extract` again"),
            Missing::Unreadable => Some("cannot be read; check that you may read it"),
        }
    }
}

/// The reports by their names.
pub struct Reports {
    by_name: HashMap<String, Document>,
}

impl Reports {
    /// Lists `paths` as `extract` did when it wrote to `out`, so that names are the same.
    pub fn list(paths: &[PathBuf], out: &Path) -> Result<Self, Stop> {
        let documents = list_documents(paths, out, MOST_BYTES)?;
        Ok(Reports { by_name: documents.into_iter().map(|document| (document.name.clone(), document)).collect() })
    }

    /// The bytes that `row` was read from.
    pub fn bytes(&self, row: &DocumentRow) -> Result<Vec<u8>, Missing> {
        let (Some(sha256), Some(encoding)) = (&row.sha256, &row.encoding) else { return Err(Missing::NothingRead) };
        if encoding == "binary" {
            return Err(Missing::NothingRead);
        }
        let document = self.by_name.get(&row.document).ok_or(Missing::NotFound)?;
        let bytes = bytes_of(document, MOST_BYTES).map_err(|_| Missing::Unreadable)?;
        if hex(&Sha256::digest(&bytes)) == *sha256 { Ok(bytes.into_owned()) } else { Err(Missing::Changed) }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}"); // a string takes everything
        digits
    })
}

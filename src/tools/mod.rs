//! The commands of those who maintain the grammars: look, list, check, annotate, score.
//!
//! In: documents, grammar folders, output folders. Out: text for people, as one string. Every command is a
//! function here, so that `main` only parses and prints; none changes a document or a dataset.
//! They stand behind `run`, whose way of listing documents they share.

pub mod annotate;
pub mod coverage;
pub mod grammar;
pub mod inspect;
mod output;
pub mod score;
mod text;
pub mod trace;
pub mod unread;

use crate::dataset::ReadError;
use crate::grammar::Fault;
use crate::run::Stop;
use std::path::{Path, PathBuf};

/// Why a command cannot do its work; the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// The grammars or the inputs cannot be used.
    #[error("{0}")]
    Stop(#[from] Stop),
    /// A file cannot be read or written.
    #[error("{path}: {reason}\n  help: {help}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What was met.
        reason: String,
        /// What to do.
        help: String,
    },
    /// A dataset cannot be read.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// The document cannot be read.
    #[error("{name}: {message}")]
    Document {
        /// The document.
        name: String,
        /// The problem's message.
        message: String,
    },
    /// An argument is not understood.
    #[error("{0}")]
    Usage(String),
    /// Files of cases are not well formed.
    #[error("{} fault(s)\n\n{}", .0.len(), list(.0))]
    Faults(Vec<Fault>),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

impl ToolError {
    fn file(path: &Path, reason: impl std::fmt::Display, help: &str) -> Self {
        ToolError::File { path: path.to_owned(), reason: reason.to_string(), help: help.to_owned() }
    }
}

/// Name and bytes of the one document at `path`; `-` is standard input.
///
/// # Errors
/// [`ToolError::Stop`] if it does not exist, [`ToolError::Document`] if it is no file or too large.
pub fn read_document(path: &Path) -> Result<(String, Vec<u8>), ToolError> {
    let documents = crate::run::list_documents(&[path.to_owned()], Path::new(""), MOST_BYTES)?;
    if path.is_dir() {
        return Err(ToolError::Usage(format!("{} is a folder\n  help: name one report of it", path.display())));
    }
    let Some(document) = documents.first() else {
        return Err(ToolError::Usage(format!("{}: no document\n  help: name a file", path.display())));
    };
    match crate::run::bytes_of(document, MOST_BYTES) {
        Ok(bytes) => Ok((document.name.clone(), bytes.into_owned())),
        Err((problem, _)) => Err(ToolError::Document { name: document.name.clone(), message: problem.message }),
    }
}

/// Documents above this are refused.
const MOST_BYTES: u64 = 64 << 20;

//! Folders, threads, progress, parts, resuming: everything around [`crate::extract_document`].
//!
//! In: [`Options`], from the command line. Out: a dataset in a folder and an [`Outcome`]. Knows nothing
//! of Chinese and no column. Documents are read in parallel and written in the order of their names,
//! in parts that are cut by the sizes of the files alone, so the bytes written depend neither on the
//! number of threads nor on interruptions. `manifest` says how a killed run goes on.

mod check;
mod document;
mod extract;
mod folder;
mod input;
mod manifest;
mod plan;
mod progress;
mod queue;
mod summary;

pub use check::{Checked, check};
pub use document::bytes_of;
pub use extract::{Outcome, extract, load_grammars};
pub use input::{Document, collect as list_documents};
pub use summary::{checked_line, checked_summary, summary};

use crate::dataset::{Format, WriteError};
use std::path::PathBuf;

/// What to do with a dataset that lies in the output folder already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and stop.
    Refuse,
    /// Remove it first.
    Overwrite,
    /// Go on where an interrupted run stopped; redo what changed since.
    Resume,
}

/// What `juesuan extract` was asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// The output folder.
    pub out: PathBuf,
    /// Parquet or CSV.
    pub format: Format,
    /// Grammars to use instead of the built-in ones.
    pub grammars: Option<PathBuf>,
    /// Threads.
    pub jobs: usize,
    /// What to do with a dataset that lies in `out`.
    pub existing: Existing,
    /// Whether to print nothing but errors.
    pub quiet: bool,
    /// Larger documents are not read.
    pub max_document_bytes: u64,
    /// A part holds documents of so many bytes.
    pub part_bytes: u64,
}

/// Why a run could not start or go on; the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// An input that was named does not exist.
    #[error("input {path} cannot be opened: {source}\n  help: check the spelling; nothing was read or written")]
    Input {
        /// As given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The output folder cannot be used.
    #[error("output folder {path} cannot be used: {reason}\n  help: {help}")]
    Output {
        /// As given.
        path: PathBuf,
        /// What was met.
        reason: String,
        /// What to do.
        help: String,
    },
    /// Writing failed on the way.
    #[error("{0}\n  help: make room or make it writable, then run the same command with --resume")]
    Write(#[from] WriteError),
    /// The grammars cannot be used.
    #[error("grammars: {0}")]
    Grammars(String),
    /// The threads could not be started.
    #[error("cannot start threads: {0}\n  help: try --jobs 1")]
    Threads(String),
}

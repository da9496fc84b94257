//! What a summary counts, over one document, a part or a run.

use serde::{Deserialize, Serialize};

/// What a summary counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // named as the columns that they count
pub struct Counts {
    pub documents: u64,
    /// Documents that were read.
    pub read: u64,
    /// Documents that should have been read and could not be; `run` decides.
    pub failed: u64,
    pub numbers: u64,
    pub figures: u64,
    pub unread: u64,
    pub facts: u64,
    pub tables: u64,
    pub checks_held: u64,
    pub checks_rounding: u64,
    pub checks_failed: u64,
    pub checks_undecided: u64,
    pub errors: u64,
    pub warnings: u64,
    pub notes: u64,
}

impl Counts {
    /// Adds the counts of another document or part.
    pub fn add(&mut self, other: &Counts) {
        self.documents += other.documents;
        self.read += other.read;
        self.failed += other.failed;
        self.numbers += other.numbers;
        self.figures += other.figures;
        self.unread += other.unread;
        self.facts += other.facts;
        self.tables += other.tables;
        self.checks_held += other.checks_held;
        self.checks_rounding += other.checks_rounding;
        self.checks_failed += other.checks_failed;
        self.checks_undecided += other.checks_undecided;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
    }
}

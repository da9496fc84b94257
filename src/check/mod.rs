//! Facts against facts: the identities that the figures should obey.
//!
//! In: the facts of one document. Out: one [`Check`] for each identity that applies. A printed
//! number stands for an interval; an identity holds when the intervals can meet.

use crate::quantity::{Decimal, words};
use crate::source::Span;

words! {
    /// How an identity came out (column `status`).
    Status {
        /// The printed intervals meet.
        Holds = "holds",
        /// They meet only if a figure was cut off instead of rounded, or is one in its last digit away.
        Rounding = "rounding",
        /// They cannot meet.
        Fails = "fails",
        /// A figure is missing or cannot be told.
        Undecided = "undecided",
    }
}

/// One identity, tried on one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check<'a> {
    /// Id of the rule.
    pub identity: &'a str,
    /// How it came out.
    pub status: Status,
    /// Value of the left side.
    pub left: Option<Decimal>,
    /// Value of the right side.
    pub right: Option<Decimal>,
    /// Left minus right.
    pub difference: Option<Decimal>,
    /// How far the printed intervals reach.
    pub tolerance: Option<Decimal>,
    /// Indices of the facts that take part.
    pub facts: Vec<u32>,
    /// In plain words.
    pub message: String,
    /// The figure most likely wrong, else the first.
    pub span: Span,
}

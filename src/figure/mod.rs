//! Characters → numbers, signs, multipliers, units, ranges, comparators.
//!
//! In: text. Out: the [`NumberToken`]s of the ledger. Knows Chinese and Arabic numerals; what a
//! number is about is left to `table`, `narrative` and `fact`.

pub mod token;

pub use token::{NumberToken, scan_numbers};

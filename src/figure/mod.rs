//! Characters → numbers, signs, multipliers, units, ranges, comparators.
//!
//! In: text. Out: the [`NumberToken`]s of the ledger. Knows Chinese and Arabic numerals; what a
//! number is about is left to `table`, `narrative` and `fact`.

pub mod quantity;
pub mod token;

pub use quantity::{Quantity, read_comparator, read_quantity};
pub use token::{NumberToken, scan_numbers};

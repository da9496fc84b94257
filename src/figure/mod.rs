//! Characters → numbers, signs, multipliers, units, ranges, comparators.
//!
//! In: text. Out: the [`NumberToken`]s of the ledger. Knows Chinese and Arabic numerals; what a
//! number is about is left to `table`, `narrative` and `fact`.

pub mod numeral;
pub mod quantity;
pub mod token;

pub use numeral::{Numeral, scan_numerals};
pub use quantity::{Quantity, read_comparator, read_quantity};
pub use token::{NumberToken, parse_digits, scan_numbers};

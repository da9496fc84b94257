//! The ledger: every number of the document, each with exactly one class.
//!
//! In: the number tokens. Stages claim numbers one after the other; the first claim stays. What
//! nobody claims is `unread`.

use super::Number;
use crate::figure::NumberToken;
use crate::quantity::{Decimal, NumberClass, Unit};
use crate::source::Span;

/// The numbers of a document while they are being claimed.
#[derive(Debug)]
pub struct Ledger<'a> {
    numbers: Vec<Number<'a>>,
}

impl<'a> Ledger<'a> {
    /// A ledger in which every number is unread.
    #[must_use]
    pub fn new(tokens: &[NumberToken]) -> Self {
        let unread = |token: &NumberToken| Number {
            span: token.span,
            class: NumberClass::Unread,
            value: None,
            unit: None,
            rule: None,
        };
        Ledger { numbers: tokens.iter().map(unread).collect() }
    }

    /// The numbers that begin inside `span`.
    #[must_use]
    pub fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.numbers.partition_point(|number| number.span.start < span.start);
        let count = self.numbers[first..].partition_point(|number| number.span.start < span.end);
        first..first + count
    }

    /// The number that begins at byte `start`.
    #[must_use]
    pub fn at(&self, start: u32) -> Option<usize> {
        self.numbers.binary_search_by_key(&start, |number| number.span.start).ok()
    }

    /// Whether nobody has claimed the number yet.
    #[must_use]
    pub fn is_open(&self, index: usize) -> bool {
        self.numbers[index].rule.is_none()
    }

    /// Gives an open number its class; false if it was claimed before.
    pub fn claim(&mut self, index: usize, class: NumberClass, rule: &'a str) -> bool {
        let open = self.is_open(index);
        if open {
            let number = &mut self.numbers[index];
            number.class = class;
            number.rule = Some(rule);
        }
        open
    }

    /// Writes a figure's value and unit beside it.
    pub fn value(&mut self, index: usize, value: Decimal, unit: Unit) {
        self.numbers[index].value = Some(value);
        self.numbers[index].unit = Some(unit);
    }

    /// The finished ledger.
    #[must_use]
    pub fn finish(self) -> Vec<Number<'a>> {
        self.numbers
    }
}

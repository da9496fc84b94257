//! The ledger: every number of the document, each with exactly one class.
//!
//! In: the number tokens. Stages claim numbers one after the other; the first claim stays. What
//! nobody claims is `unread`.

use super::{Fact, Number};
use crate::figure::NumberToken;
use crate::maps::Map;
use crate::quantity::{Decimal, NumberClass, Unit};
use crate::source::Span;

/// The numbers of a document while they are being claimed.
#[derive(Debug)]
pub struct Ledger<'a> {
    numbers: Vec<Number<'a>>,
    /// Quantities in words, which are no tokens: numbered behind all others until the end.
    words: Vec<Number<'a>>,
    /// Where each of them is.
    places: Map<Span, usize>,
}

impl<'a> Ledger<'a> {
    /// A ledger in which every number is unread.
    #[must_use]
    pub fn new(tokens: &[NumberToken]) -> Self {
        let numbers = tokens.iter().map(|token| unread(token.span)).collect();
        Ledger { numbers, words: Vec::new(), places: Map::default() }
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

    /// Where number `index` stands.
    #[must_use]
    pub fn span(&self, index: usize) -> Span {
        self.numbers[index].span
    }

    /// The number at `span`, which is a quantity in words (五十万元, 无): entered if it is new.
    pub fn word(&mut self, span: Span) -> usize {
        let at = *self.places.entry(span).or_insert(self.words.len());
        if at == self.words.len() {
            self.words.push(unread(span));
        }
        self.numbers.len() + at
    }

    fn row(&mut self, index: usize) -> &mut Number<'a> {
        match index.checked_sub(self.numbers.len()) {
            None => &mut self.numbers[index],
            Some(word) => &mut self.words[word],
        }
    }

    /// Whether nobody has claimed the number yet.
    #[must_use]
    pub fn is_open(&self, index: usize) -> bool {
        self.numbers.get(index).is_some_and(|number| number.rule.is_none())
    }

    /// Gives an open number its class; false if it was claimed before.
    pub fn claim(&mut self, index: usize, class: NumberClass, rule: &'a str) -> bool {
        let number = self.row(index);
        let open = number.rule.is_none();
        if open {
            number.class = class;
            number.rule = Some(rule);
        }
        open
    }

    /// Writes a figure's value and unit beside it.
    pub fn value(&mut self, index: usize, value: Decimal, unit: Unit) {
        let number = self.row(index);
        number.value = Some(value);
        number.unit = Some(unit);
    }

    /// The finished ledger, in order of the text; the facts' numbers are brought in line.
    #[must_use]
    pub fn finish(self, facts: &mut [Fact<'a>]) -> Vec<Number<'a>> {
        if self.words.is_empty() {
            return self.numbers;
        }
        let mut all: Vec<_> = self.numbers.into_iter().chain(self.words).enumerate().collect();
        all.sort_by_key(|(_, number)| number.span.start);
        let mut places = vec![0; all.len()];
        for (place, (index, _)) in all.iter().enumerate() {
            places[*index] = place as u32;
        }
        for fact in facts {
            fact.number = places[fact.number as usize];
        }
        all.into_iter().map(|(_, number)| number).collect()
    }
}

fn unread<'a>(span: Span) -> Number<'a> {
    Number { span, class: NumberClass::Unread, value: None, unit: None, rule: None }
}

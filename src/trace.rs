//! What the readers tried at one place, for people who ask why (`juesuan inspect --at`).
//!
//! In: a span of the document; the stages that read numbers there write notes. Out: [`Note`]s. An
//! ordinary run has no trace: the readers then test one `Option` for each number and do nothing else.

use crate::source::Span;
use std::cell::RefCell;
use std::ops::Range;

/// What was tried at one number: label and words, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The number's digits in the document.
    pub span: Span,
    /// What was tried: `clause`, and what was found of it.
    pub lines: Vec<(&'static str, String)>,
}

/// Collects notes about the numbers of one place.
#[derive(Debug)]
pub struct Trace {
    place: Span,
    notes: RefCell<Vec<Note>>,
    passage: RefCell<Vec<Passage>>,
}

/// Notes about a number that is known by its place in a passage only.
type Passage = (Range<usize>, Vec<(&'static str, String)>);

impl Trace {
    /// A trace of what happens inside `place`.
    #[must_use]
    pub fn new(place: Span) -> Self {
        Trace { place, notes: RefCell::default(), passage: RefCell::default() }
    }

    /// Whether any of `spans` lies at the place.
    #[must_use]
    pub fn meets(&self, spans: &[Span]) -> bool {
        spans.iter().any(|span| span.start < self.place.end && self.place.start < span.end)
    }

    /// Notes something about the number at `span`, if it lies at the place.
    pub fn note(&self, span: Span, lines: impl FnOnce() -> Vec<(&'static str, String)>) {
        if self.meets(&[span]) {
            self.notes.borrow_mut().push(Note { span, lines: lines() });
        }
    }

    /// Notes something about the number at `range` of the passage being read.
    pub fn note_in_passage(&self, range: Range<usize>, lines: Vec<(&'static str, String)>) {
        let mut passage = self.passage.borrow_mut();
        match passage.iter_mut().find(|(known, _)| *known == range) {
            Some((_, known)) => known.extend(lines),
            None => passage.push((range, lines)),
        }
    }

    /// Places the notes of the passage just read; `place` tells where a part of it stands.
    pub fn end_passage(&self, place: impl Fn(Range<usize>) -> Span) {
        for (range, lines) in self.passage.take() {
            self.note(place(range), || lines);
        }
    }

    /// All notes, in order of their places.
    #[must_use]
    pub fn finish(self) -> Vec<Note> {
        let mut notes = self.notes.into_inner();
        notes.sort_by_key(|note| note.span);
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_at_the_place_is_kept() {
        let trace = Trace::new(Span::new(10, 20));
        trace.note(Span::new(0, 4), || unreachable!("nobody asked"));
        trace.note_in_passage(3..5, vec![("clause", "本年收入".into())]);
        trace.note_in_passage(3..5, vec![("chosen", "收入".into())]);
        trace.note_in_passage(30..31, vec![("clause", "支出".into())]);
        trace.end_passage(|range| Span::from(range.start + 10..range.end + 10));
        let notes = trace.finish();
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].span, Span::new(13, 15));
        assert_eq!(notes[0].lines.iter().map(|line| line.0).collect::<Vec<_>>(), ["clause", "chosen"]);
    }
}

//! A passage → numbers, words of the grammars, punctuation and the text between.
//!
//! In: the passage. Out: [`Token`]s that cover it from start to end. A functional class path
//! (社会保障和就业支出（类）…（款）…（项）) becomes one token.

use crate::figure::{parse_digits, scan_numbers, scan_numerals};
use crate::grammar::NarrativeGrammar;
use crate::grammar::narrative::{Tags, WordKind, Wording};
use crate::quantity::{Decimal, Unit};
use std::ops::Range;

/// What a token is.
#[derive(Clone, Debug)]
pub enum Kind<'g> {
    /// A number that is no part of a subject's words: its index among the passage's numbers.
    Number(usize),
    /// A small word, which may also be a subject where the sentence has come to speak of it.
    Word(WordKind, Option<&'g Wording>),
    /// A subject of the vocabulary.
    Subject(&'g Wording),
    /// A functional class path: the names of 类, 款, 项, as far as given.
    Path(Vec<Level>),
    /// Punctuation.
    Mark(Mark),
    /// Anything else.
    Text,
}

/// One name of a class path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// 0 for 类, 1 for 款, 2 for 项.
    pub depth: usize,
    /// The name.
    pub name: String,
}

/// Punctuation by what it parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 。！？ and line ends.
    Stop,
    /// ；
    Semicolon,
    /// ，
    Comma,
    /// ：
    Colon,
    /// 、
    Pause,
    /// （ and 《.
    Open,
    /// ） and 》.
    Close,
}

/// A stretch of the passage.
#[derive(Clone, Debug)]
pub struct Token<'g> {
    /// What it is.
    pub kind: Kind<'g>,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A number of the passage, in digits or in Chinese numerals.
#[derive(Clone, Debug)]
pub struct PassageNumber {
    /// Its bytes in the passage.
    pub range: Range<usize>,
    /// Its value before sign and multiplier; `None` beyond 28 digits.
    pub value: Option<Decimal>,
    /// The unit that Chinese numerals say themselves (百分之五).
    pub unit: Option<Unit>,
    /// In Chinese numerals.
    pub numeral: bool,
}

/// Every number of `text`, in order.
fn numbers(text: &str) -> Vec<PassageNumber> {
    let digits = |range: Range<usize>| PassageNumber {
        value: parse_digits(&text[range.clone()]),
        range,
        unit: None,
        numeral: false,
    };
    let mut numbers: Vec<_> = scan_numbers(text).into_iter().map(|number| digits(number.span.range())).collect();
    let numerals = scan_numerals(text);
    if !numerals.is_empty() {
        let numeral = |numeral: crate::figure::Numeral| PassageNumber {
            range: numeral.range,
            value: Some(numeral.value),
            unit: numeral.unit,
            numeral: true,
        };
        numbers.extend(numerals.into_iter().map(numeral));
        numbers.sort_by_key(|number| number.range.start);
    }
    numbers
}

/// The passage's tokens and numbers. `swallowed` are the numbers inside subjects' words.
pub struct Tokens<'g> {
    /// In order, without gaps.
    pub tokens: Vec<Token<'g>>,
    /// Every number of the passage.
    pub numbers: Vec<PassageNumber>,
    /// Index and subject of the numbers that stand inside a wording.
    pub swallowed: Vec<(usize, Option<&'g Wording>)>,
}

fn mark(character: char) -> Option<Mark> {
    Some(match character {
        '。' | '！' | '？' | '!' | '?' | '\n' => Mark::Stop,
        '；' | ';' => Mark::Semicolon,
        '，' | ',' | '…' => Mark::Comma,
        '：' | ':' => Mark::Colon,
        '、' => Mark::Pause,
        '（' | '《' | '(' | '【' | '[' => Mark::Open,
        '）' | '》' | ')' | '】' | ']' => Mark::Close,
        _ => return None,
    })
}

/// Splits `text` into tokens.
#[must_use]
pub fn tokenize<'g>(text: &str, grammar: &'g NarrativeGrammar, tags: Tags) -> Tokens<'g> {
    let numbers = numbers(text);
    let mut out = Tokens { tokens: Vec::with_capacity(text.len() / 8), numbers, swallowed: Vec::new() };
    let (mut at, mut next) = (0, 0);
    for (range, wording) in grammar.wordings_in(text) {
        // A wording may begin inside a number's digits only by accident (`5分别`): the number wins.
        if out
            .numbers
            .get(next)
            .is_some_and(|number| number.range.start < range.start && range.start < number.range.end)
        {
            continue;
        }
        out.fill(text, at..range.start, &mut next);
        while let Some(number) = out.numbers.get(next).filter(|number| number.range.start < range.end) {
            debug_assert!(number.range.start >= range.start);
            out.swallowed.push((next, Some(wording)));
            next += 1;
        }
        let admitted = wording.subjects.iter().any(|subject| {
            let subject = grammar.subject(*subject);
            !subject.vague && (subject.within.is_empty() || subject.within.meets(tags))
        });
        let kind = match wording.word {
            Some(WordKind::Plain) if !admitted => Kind::Text,
            Some(word) if !admitted => Kind::Word(word, (!wording.subjects.is_empty()).then_some(wording)),
            _ => Kind::Subject(wording),
        };
        out.tokens.push(Token { kind, range: range.clone() });
        at = range.end;
    }
    out.fill(text, at..text.len(), &mut next);
    out.mark_codes(text);
    out.join_paths(text);
    out
}

impl Tokens<'_> {
    /// Numbers, punctuation and other text of a stretch without wordings.
    fn fill(&mut self, text: &str, stretch: Range<usize>, next: &mut usize) {
        let mut at = stretch.start;
        while at < stretch.end {
            let number =
                self.numbers.get(*next).map(|number| number.range.clone()).filter(|range| range.start < stretch.end);
            let end = number.as_ref().map_or(stretch.end, |range| range.start);
            self.punctuate(text, at..end);
            at = end;
            if let Some(range) = number {
                at = range.end;
                self.tokens.push(Token { kind: Kind::Number(*next), range });
                *next += 1;
            }
        }
    }

    fn punctuate(&mut self, text: &str, stretch: Range<usize>) {
        let mut start = stretch.start;
        for (offset, character) in text[stretch.clone()].char_indices() {
            let Some(mark) = mark(character) else { continue };
            let at = stretch.start + offset;
            self.push_text(start..at);
            start = at + character.len_utf8();
            self.tokens.push(Token { kind: Kind::Mark(mark), range: at..start });
        }
        self.push_text(start..stretch.end);
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.tokens.push(Token { kind: Kind::Text, range });
        }
    }

    /// `（207类）` marks a class like `（类）`, with its code.
    fn mark_codes(&mut self, text: &str) {
        let marked = |tokens: &[Token<'_>]| match tokens {
            [
                Token { kind: Kind::Mark(Mark::Open), .. },
                Token { kind: Kind::Number(number), .. },
                Token { kind: Kind::Text | Kind::Word(..), range },
                Token { kind: Kind::Mark(Mark::Close), .. },
            ] => match &text[range.clone()] {
                "类" => Some((*number, WordKind::Class)),
                "款" => Some((*number, WordKind::Section)),
                "项" => Some((*number, WordKind::Item)),
                _ => None,
            },
            _ => None,
        };
        if !self.tokens.windows(4).any(|tokens| marked(tokens).is_some()) {
            return;
        }
        let tokens = std::mem::take(&mut self.tokens);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some((number, word)) = tokens.get(at..at + 4).and_then(marked) {
                self.tokens.push(Token { kind: Kind::Word(word, None), range: token.range.start..tokens[at + 3].range.end });
                self.swallowed.push((number, None));
                at += 4;
            } else {
                self.tokens.push(token.clone());
                at += 1;
            }
        }
    }

    /// Joins names and marks of functional classes to [`Kind::Path`] tokens.
    fn join_paths(&mut self, text: &str) {
        let depth = |kind: &Kind<'_>| match kind {
            Kind::Word(WordKind::Class, _) => Some(0),
            Kind::Word(WordKind::Section, _) => Some(1),
            Kind::Word(WordKind::Item, _) => Some(2),
            _ => None,
        };
        if !self.tokens.iter().any(|token| depth(&token.kind).is_some()) {
            return;
        }
        let mut joined: Vec<Token<'_>> = Vec::with_capacity(self.tokens.len());
        for token in std::mem::take(&mut self.tokens) {
            let Some(depth) = depth(&token.kind) else {
                joined.push(token);
                continue;
            };
            let mut start = token.range.start;
            while let Some(last) = joined.last() {
                match &last.kind {
                    Kind::Mark(Mark::Pause) if names_go_on(&joined) => {}
                    Kind::Mark(_) | Kind::Number(_) | Kind::Path(_) | Kind::Word(WordKind::Breakdown, _) => break,
                    Kind::Text if text[last.range.clone()].trim().is_empty() => {}
                    _ => {}
                }
                start = last.range.start;
                joined.pop();
            }
            let name = text[start..token.range.start]
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '．' | '-' | '—'))
                .to_owned();
            let level = Level { depth, name };
            match joined.last_mut() {
                Some(Token { kind: Kind::Path(levels), range })
                    if range.end == start && levels.last().is_some_and(|last| last.depth < depth) =>
                {
                    levels.push(level);
                    range.end = token.range.end;
                }
                _ => joined.push(Token { kind: Kind::Path(vec![level]), range: start..token.range.end }),
            }
        }
        self.tokens = joined;
    }
}

/// Whether the 、 at the end of `tokens` stands inside a class's name: text before it that itself
/// follows no number (`1、教育支出`) and no earlier mark.
fn names_go_on(tokens: &[Token<'_>]) -> bool {
    match tokens.len().checked_sub(2).and_then(|before| tokens.get(before)) {
        Some(Token { kind: Kind::Text | Kind::Subject(_) | Kind::Word(WordKind::Noun, _), range }) => range.len() > 6,
        _ => false,
    }
}

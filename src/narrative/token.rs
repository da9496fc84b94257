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
    /// What the section and the sentence up to here speak of.
    pub tags: Tags,
    /// Its words name an office: who reports, no part of what is reported.
    pub office: bool,
}

impl Token<'_> {
    /// 支出合计, 决算支出: words of money that name no part of it.
    pub(super) fn is_general(&self, text: &str) -> bool {
        matches!(&text[self.range.clone()], "支出" | "支出合计" | "支出总额" | "支出决算" | "决算支出" | "支出决算合计")
    }
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
#[expect(clippy::struct_field_names, reason = "tokens are what it holds")]
pub struct Tokens<'g> {
    /// In order, without gaps; those that a unit or a code took over are empty.
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

/// Splits `text` into tokens. `tags` are those of its section; what a sentence names adds to them, so that
/// 支出 behind 政府性基金预算拨款收入130万元 is the fund's.
#[must_use]
pub fn tokenize<'g>(text: &str, grammar: &'g NarrativeGrammar, tags: Tags) -> Tokens<'g> {
    let out = Tokens { tokens: Vec::with_capacity(text.len() / 8), numbers: numbers(text), swallowed: Vec::new() };
    let mut scanner = Scanner { text, grammar, section: tags, tags, takes_apart: false, plain: 0, next: 0, out };
    scanner.scan();
    let mut out = scanner.out;
    out.mark_codes(text);
    out.join_paths(text);
    out
}

/// A text being split.
struct Scanner<'t, 'g> {
    text: &'t str,
    grammar: &'g NarrativeGrammar,
    /// Tags of the section.
    section: Tags,
    /// Those of the section and of what the sentence has named.
    tags: Tags,
    /// The sentence has begun to take something apart (其中).
    takes_apart: bool,
    /// Where the text begins that is no token yet.
    plain: usize,
    /// The next number of the passage.
    next: usize,
    out: Tokens<'g>,
}

impl<'g> Scanner<'_, 'g> {
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(character) = self.text[at..].chars().next() {
            let end = at + character.len_utf8();
            let (known, foreign) = self.grammar.known_and_foreign_at(&self.text[at..], self.tags);
            at = if let Some(length) = foreign.filter(|length| !self.holds_number(at + length)) {
                self.push(Kind::Text, at..at + length);
                at + length
            } else if let Some((length, wording)) = known {
                self.wording(at..at + length, wording)
            } else if let Some(range) =
                self.out.numbers.get(self.next).map(|number| number.range.clone()).filter(|range| range.start <= at)
            {
                self.next += 1;
                let end = range.end;
                self.push(Kind::Number(self.next - 1), range);
                end
            } else if let Some(mark) = mark(character) {
                self.push(Kind::Mark(mark), at..end);
                if mark == Mark::Stop {
                    (self.tags, self.takes_apart) = (self.section, false);
                }
                end
            } else {
                end
            };
        }
        self.push_text(at);
    }

    fn holds_number(&self, end: usize) -> bool {
        self.out.numbers.get(self.next).is_some_and(|number| number.range.start < end)
    }

    /// Takes a wording with the numbers in it; gives its end.
    fn wording(&mut self, range: Range<usize>, wording: &'g Wording) -> usize {
        while self.out.numbers.get(self.next).is_some_and(|number| number.range.start < range.end) {
            self.out.swallowed.push((self.next, Some(wording)));
            self.next += 1;
        }
        let end = range.end;
        let Some(subject) = self.grammar.subjects_at(wording, self.tags).next() else {
            let kind = match wording.word {
                None | Some(WordKind::Plain) => Kind::Text,
                Some(word) => Kind::Word(word, (!wording.subjects.is_empty()).then_some(wording)),
            };
            // 全部为一般公共预算财政拨款；本年支出…: where the money came from, not whose figures follow.
            self.takes_apart |= matches!(wording.word, Some(WordKind::Breakdown | WordKind::Entirely));
            self.push(kind, range);
            return end;
        };
        self.push(Kind::Subject(wording), range);
        let subject = self.grammar.subject(subject);
        self.tags = self.tags.with(subject.families);
        if !self.takes_apart {
            self.tags = self.tags.with(subject.funds);
        }
        end
    }

    fn push(&mut self, kind: Kind<'g>, range: Range<usize>) {
        self.push_text(range.start);
        self.plain = range.end;
        let words = matches!(kind, Kind::Text | Kind::Subject(_));
        let office = words && self.grammar.names_office(&self.text[range.clone()]);
        self.out.tokens.push(Token { kind, range, tags: self.tags, office });
    }

    /// What stands before `end` and is no token yet.
    fn push_text(&mut self, end: usize) {
        if self.plain < end {
            let office = self.grammar.names_office(&self.text[self.plain..end]);
            self.out.tokens.push(Token { kind: Kind::Text, range: self.plain..end, tags: self.tags, office });
        }
    }
}

impl Tokens<'_> {
    /// `（207类）` marks a class like `（类）`, with its code.
    fn mark_codes(&mut self, text: &str) {
        let marked = |tokens: &[Token<'_>]| match tokens {
            [
                Token { kind: Kind::Mark(Mark::Open), .. },
                Token { kind: Kind::Number(number), .. },
                Token { kind: Kind::Text | Kind::Word(..), range, .. },
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
                let range = token.range.start..tokens[at + 3].range.end;
                self.tokens.push(Token { kind: Kind::Word(word, None), range, ..*token });
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
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '．' | '-' | '—' | '“' | '”' | '"'))
                .to_owned();
            let level = Level { depth, name };
            match joined.last_mut() {
                Some(Token { kind: Kind::Path(levels), range, .. })
                    if range.end == start && levels.last().is_some_and(|last| last.depth < depth) =>
                {
                    levels.push(level);
                    range.end = token.range.end;
                }
                _ => joined.push(Token { kind: Kind::Path(vec![level]), range: start..token.range.end, ..token }),
            }
        }
        self.tokens = joined;
    }
}

/// Whether the 、 at the end of `tokens` stands inside a class's name: text before it that itself
/// follows no number (`1、教育支出`) and no earlier mark.
fn names_go_on(tokens: &[Token<'_>]) -> bool {
    match tokens.len().checked_sub(2).and_then(|before| tokens.get(before)) {
        Some(Token { kind: Kind::Text | Kind::Subject(_) | Kind::Word(WordKind::Noun, _), range, .. }) => {
            range.len() > 6
        }
        _ => false,
    }
}

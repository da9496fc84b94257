//! Text whose every number knows what it means.
//!
//! A [`Text`] is words (without digits) and [`Number`]s in turn. Whoever writes a sentence says at each number
//! what it states; the layouts then print it wherever they like and the truth comes along.
//! Surprise: a figure's value is never kept, it is read from its printed digits, so that truth is what is printed.

use rust_decimal::Decimal;
use std::sync::Arc;

/// What a figure states: the columns of the gold annotation.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// What one printed unit is worth: 10 000 for 万元.
    pub scale: u32,
    /// A decrease, printed without a sign.
    pub negative: bool,
    pub unit: String,
    pub concept: String,
    pub item: String,
    pub measure: &'static str,
    pub phase: &'static str,
    pub period: Option<u16>,
    pub base_period: Option<u16>,
    pub flags: &'static str,
    pub note: String,
    /// Takes part in an identity: a digit changed here must be noticed.
    pub checkable: bool,
}

/// Classes of numbers, as in the ledger.
#[derive(Clone, Debug)]
pub enum Class {
    Figure(Arc<Meaning>),
    Period,
    Ordinal,
    Identifier,
    Threshold,
    Artefact,
}

impl Class {
    /// The class as the truth names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Figure(_) => "figure",
            Self::Period => "period",
            Self::Ordinal => "ordinal",
            Self::Identifier => "identifier",
            Self::Threshold => "threshold",
            Self::Artefact => "artefact",
        }
    }
}

/// A run of digits as it is printed, and what it is.
#[derive(Clone, Debug)]
pub struct Number {
    pub raw: String,
    pub class: Class,
}

/// Words or a number.
#[derive(Clone, Debug)]
pub enum Piece {
    Words(String),
    Number(Number),
}

/// A stretch of text: a paragraph, a heading, a cell.
#[derive(Clone, Debug, Default)]
pub struct Text(pub Vec<Piece>);

impl Text {
    /// Text with marked numbers: `{^2021}` period, `{@1}` ordinal, `{=01}` identifier, `{!50}` threshold, `{~3}` artefact.
    pub fn marked(template: &str) -> Self {
        let mut text = Self::default();
        let mut rest = template;
        while let Some((words, after)) = rest.split_once('{') {
            let (mark, after) = after.split_once('}').unwrap_or((after, ""));
            text.words(words);
            text.mark(mark);
            rest = after;
        }
        text.words(rest);
        text
    }

    /// Appends one marked number; true if `mark` was one.
    pub fn mark(&mut self, mark: &str) -> bool {
        let class = match mark.as_bytes().first() {
            Some(b'^') => Class::Period,
            Some(b'@') => Class::Ordinal,
            Some(b'=') => Class::Identifier,
            Some(b'!') => Class::Threshold,
            Some(b'~') => Class::Artefact,
            _ => return false,
        };
        self.number(&mark[1..], class);
        true
    }

    /// Appends words, which hold no digits.
    pub fn words(&mut self, words: &str) {
        debug_assert!(!words.contains(|c: char| c.is_ascii_digit()), "a number without a meaning: {words}");
        if words.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.0.push(Piece::Words(words.to_owned())),
        }
    }

    /// Appends a number.
    pub fn number(&mut self, raw: &str, class: Class) {
        self.0.push(Piece::Number(Number { raw: raw.to_owned(), class }));
    }

    /// Appends all of another text.
    pub fn append(&mut self, other: Text) {
        for piece in other.0 {
            match piece {
                Piece::Words(words) => self.words(&words),
                number @ Piece::Number(_) => self.0.push(number),
            }
        }
    }

    /// The characters, without meaning.
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.as_str(),
                Piece::Number(number) => number.raw.as_str(),
            })
            .collect()
    }

    /// Characters in it.
    pub fn width(&self) -> usize {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.chars().count(),
                Piece::Number(number) => number.raw.chars().count(),
            })
            .sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text cut into lines at most `width` Chinese characters wide; numbers stay whole, however long.
    pub fn lines(&self, width: usize) -> Vec<Text> {
        let limit = 2 * width;
        let mut lines = vec![Text::default()];
        let mut used = 0;
        for piece in &self.0 {
            match piece {
                Piece::Number(number) => {
                    let long = halves(&number.raw);
                    if used > 0 && used + long > limit {
                        lines.push(Text::default());
                        used = 0;
                    }
                    used += long;
                    last(&mut lines).0.push(piece.clone());
                }
                Piece::Words(words) => {
                    for character in words.chars() {
                        let stays = matches!(character, '，' | '。' | '；' | '、' | '：' | '）' | '%');
                        if used >= limit && !stays || character == '\n' {
                            lines.push(Text::default());
                            used = 0;
                        }
                        if character == '\n' || used == 0 && character == ' ' {
                            continue;
                        }
                        last(&mut lines).words(character.encode_utf8(&mut [0; 4]));
                        used += if character.is_ascii() { 1 } else { 2 };
                    }
                }
            }
        }
        for line in &mut lines {
            if let Some(Piece::Words(words)) = line.0.last_mut() {
                words.truncate(words.trim_end_matches(' ').len());
            }
        }
        lines
    }
}

/// How wide characters print, in halves of a Chinese character.
fn halves(characters: &str) -> usize {
    characters.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

fn last(lines: &mut Vec<Text>) -> &mut Text {
    if lines.is_empty() {
        lines.push(Text::default());
    }
    let at = lines.len() - 1;
    &mut lines[at]
}

/// The value that printed digits state, with scale and sign; half or full width, with separators or without.
pub fn value_of(raw: &str, meaning: &Meaning) -> Decimal {
    let plain: String = raw
        .chars()
        .filter_map(|character| match character {
            '0'..='9' | '.' => Some(character),
            '．' => Some('.'),
            '０'..='９' => char::from_u32(character as u32 - '０' as u32 + '0' as u32),
            _ => None,
        })
        .collect();
    let size = plain.parse::<Decimal>().unwrap_or_default() * Decimal::from(meaning.scale.max(1));
    if meaning.negative { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_the_class() {
        let text = Text::marked("公开{=01}表（{^2021}年度）");
        assert_eq!(text.plain(), "公开01表（2021年度）");
        let classes: Vec<_> = text
            .0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Number(number) => Some(number.class.name()),
                Piece::Words(_) => None,
            })
            .collect();
        assert_eq!(classes, ["identifier", "period"]);
    }

    #[test]
    fn lines_keep_numbers_whole() {
        let text = Text::marked("一二三{^2021}四五");
        let lines: Vec<String> = text.lines(5).iter().map(Text::plain).collect();
        assert_eq!(lines, ["一二三2021", "四五"]);
        let lines: Vec<String> = text.lines(4).iter().map(Text::plain).collect();
        assert_eq!(lines, ["一二三", "2021四五"]);
    }

    #[test]
    fn values_are_read_from_print() {
        let meaning = Meaning { scale: 10_000, negative: true, ..Meaning::default() };
        assert_eq!(value_of("1,203.50", &meaning).to_string(), "-12035000.00");
        assert_eq!(value_of("１２．５", &Meaning::default()).to_string(), "12.5");
    }
}

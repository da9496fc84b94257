//! Reads the number that a heading or list item begins with: `第一部分`, `一、`, `（二）`, `3.`, `（4）`.
//!
//! In: the words of a line. Out: [`Numbering`]: its form, ordinal, level and length.
//! Surprise: a converter can print an automatic `一、` as `1、 `; then a space follows the mark.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `第一部分`, `第二章`.
    Part,
    /// `一、`
    Chinese,
    /// `（一）`
    Bracketed,
    /// `1.`
    Dotted,
    /// `1、`
    Listed,
    /// `（1）`, `1）`, `①`
    Counted,
}

/// The number at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    /// How it is written.
    pub form: Form,
    /// Its value.
    pub ordinal: u16,
    /// Bytes of number, mark and the white space behind.
    pub length: u8,
    /// Whether white space follows the mark.
    pub spaced: bool,
}

impl Numbering {
    /// Reads the number at the start of `words`.
    pub fn read(words: &str) -> Option<Numbering> {
        if !may_begin(words) {
            return None;
        }
        let mut reader = Reader { rest: words, length: 0 };
        let (form, ordinal) = reader.number()?;
        let mark = reader.length;
        reader.spaces();
        // A number, its mark and what follows fit in a few bytes.
        let length = u8::try_from(reader.length).ok()?;
        Some(Numbering { form, ordinal, length, spaced: reader.length > mark })
    }

    /// The level of a heading with this number; 1 is the highest.
    pub fn level(self) -> u8 {
        match self.form {
            Form::Part => 1,
            Form::Chinese => 2,
            Form::Bracketed => 3,
            Form::Dotted | Form::Listed => 4,
            Form::Counted => 5,
        }
    }
}

/// Whether a number may begin with the first character of `words`; most lines end here.
fn may_begin(words: &str) -> bool {
    let first = words.chars().next();
    first.is_some_and(|first| {
        first.is_ascii_digit()
            || matches!(first, '(' | '（' | '第' | '①'..='⑳' | '０'..='９')
            || matches!(first, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
    })
}

/// Reads from left to right.
struct Reader<'t> {
    rest: &'t str,
    length: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> Option<(Form, u16)> {
        let first = self.rest.chars().next()?;
        if ('①'..='⑳').contains(&first) {
            self.skip(first);
            return Some((Form::Counted, (first as u32 - '①' as u32 + 1) as u16));
        }
        if first == '第' {
            self.skip(first);
            self.spaces();
            let (ordinal, _) = self.ordinal()?;
            self.spaces();
            let part = self.eat("部分") || self.eat("部 分") || self.eat("章") || self.eat("篇") || self.eat("编");
            return part.then_some((Form::Part, ordinal));
        }
        let open = self.eat("（") || self.eat("(");
        if open {
            self.spaces();
        }
        let (ordinal, chinese) = self.ordinal()?;
        self.spaces();
        let close = self.eat("）") || self.eat(")");
        match (open, close, chinese) {
            (_, true, true) => Some((Form::Bracketed, ordinal)),
            (_, true, false) => Some((Form::Counted, ordinal)),
            (true, false, _) => None,
            (false, false, true) => (self.eat("、") || self.eat_point()).then_some((Form::Chinese, ordinal)),
            (false, false, false) if self.eat("、") => Some((Form::Listed, ordinal)),
            (false, false, false) => self.eat_point().then_some((Form::Dotted, ordinal)),
        }
    }

    /// An ordinal up to 999, and whether it is in Chinese numerals.
    fn ordinal(&mut self) -> Option<(u16, bool)> {
        let mut value = 0;
        let mut count = 0;
        while let Some(digit) = self.rest.chars().next() {
            let Some(half) = digit.to_digit(10).or_else(|| full_width(digit)) else { break };
            value = value * 10 + half;
            count += 1;
            if count > 3 {
                return None;
            }
            self.skip(digit);
        }
        if count > 0 {
            return Some((value as u16, false));
        }
        self.numerals().map(|value| (value, true))
    }

    /// `十二`, `二十三`.
    fn numerals(&mut self) -> Option<u16> {
        let (mut value, mut unit, mut any) = (0, 0, false);
        for _ in 0..5 {
            let Some(numeral) = self.rest.chars().next() else { break };
            match numeral {
                '十' => value += 10 * unit.max(1),
                '百' => value += 100 * unit.max(1),
                _ => {}
            }
            unit = match numeral {
                '十' | '百' | '〇' | '零' => 0,
                _ => match "一二三四五六七八九".chars().position(|known| known == numeral) {
                    Some(place) => place as u16 + 1,
                    None => break,
                },
            };
            any = true;
            self.skip(numeral);
        }
        any.then_some(value + unit)
    }

    fn skip(&mut self, char: char) {
        self.rest = &self.rest[char.len_utf8()..];
        self.length += char.len_utf8();
    }

    fn eat(&mut self, mark: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else { return false };
        self.rest = rest;
        self.length += mark.len();
        true
    }

    /// A point that is not the decimal point of a number.
    fn eat_point(&mut self) -> bool {
        let decimal =
            |rest: &str| rest.starts_with(|char: char| char.is_ascii_alphanumeric() || full_width(char).is_some());
        let point = self.rest.strip_prefix('.').or_else(|| self.rest.strip_prefix('．'));
        point.is_some_and(|rest| !decimal(rest)) && (self.eat(".") || self.eat("．"))
    }

    fn spaces(&mut self) {
        while let Some(space) = self.rest.chars().next().filter(|char| char.is_whitespace() && self.length < 40) {
            self.skip(space);
        }
    }
}

/// The value of a full-width digit.
fn full_width(char: char) -> Option<u32> {
    ('０'..='９').contains(&char).then(|| char as u32 - '０' as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<(Form, u16, u8)> {
        Numbering::read(words).map(|number| (number.form, number.ordinal, number.length))
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(read("第一部分 部门概况"), Some((Form::Part, 1, 13)));
        assert_eq!(read("第3部分 名词解释"), Some((Form::Part, 3, 11)));
        assert_eq!(read("十二、其他"), Some((Form::Chinese, 12, 9)));
        assert_eq!(read("（二）收入"), Some((Form::Bracketed, 2, 9)));
        assert_eq!(read("(一) 支出"), Some((Form::Bracketed, 1, 6)));
        assert_eq!(read("10. 住房"), Some((Form::Dotted, 10, 4)));
        assert_eq!(read("9、 国有"), Some((Form::Listed, 9, 5)));
        assert_eq!(read("（1） 管理"), Some((Form::Counted, 1, 8)));
        assert_eq!(read("③明确"), Some((Form::Counted, 3, 3)));
        assert_eq!(read("二十三、其他"), Some((Form::Chinese, 23, 12)));
    }

    #[test]
    fn numbers_are_not_numbering() {
        for words in ["1.26万元", "2031年", "一是加强", "（境）费", "第一季度", "12", "（2）", "1.2.3", "307.82 万元"]
        {
            let number = read(words);
            assert!(number.is_none() || words == "（2）", "{words}: {number:?}");
        }
    }
}

//! The pattern language of grammars: a pattern stands for a finite set of wordings.
//!
//! `收[入]、支[出]总计` is four wordings: `[…]` may be left out, `(甲|乙)` is one of several, `{name}`
//! any wording of a named list, `\` takes the next character as it is. There is no repetition, so
//! no pattern can match without end; a pattern of more than [`MOST_WORDINGS`] wordings is refused.
//! Surprise: the brackets of the text are full width （）, so the ASCII ones are free for syntax.

use super::wordlist::WordList;
use std::collections::HashMap;

/// A pattern may stand for at most so many wordings.
pub const MOST_WORDINGS: usize = 20_000;

/// What is wrong with a pattern, and the byte of it where that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternFault {
    /// Byte of the pattern.
    pub at: usize,
    /// What was met and what was expected.
    pub message: String,
}

/// Named lists of wordings, for `{name}`.
pub type NamedWords = HashMap<String, WordList>;

/// Every wording that `pattern` stands for, without repeats, in the order written.
///
/// # Errors
/// [`PatternFault`] on an unbalanced bracket, an unknown name, an empty wording or too many wordings.
///
/// # Example
/// ```
/// use juesuan::grammar::pattern::wordings;
/// let words = wordings("收[入]、支[出]总计", &Default::default()).unwrap();
/// assert!(words.iter().eq(["收入、支出总计", "收入、支总计", "收、支出总计", "收、支总计"]));
/// ```
pub fn wordings(pattern: &str, named: &NamedWords) -> Result<WordList, PatternFault> {
    let mut reader = Reader { pattern, at: 0, named };
    let words = reader.alternatives()?;
    if reader.at < pattern.len() {
        return Err(reader.fault("a closing bracket without its opening one"));
    }
    if words.iter().any(str::is_empty) {
        return Err(PatternFault {
            at: 0,
            message: "the pattern can be empty, expected at least one character".into(),
        });
    }
    Ok(words.without_repeats())
}

struct Reader<'p> {
    pattern: &'p str,
    at: usize,
    named: &'p NamedWords,
}

impl<'p> Reader<'p> {
    fn fault(&self, message: impl Into<String>) -> PatternFault {
        PatternFault { at: self.at, message: message.into() }
    }

    fn peek(&self) -> Option<char> {
        self.pattern[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The characters up to the next sign of the pattern language.
    fn literal(&mut self) -> &'p str {
        let rest = &self.pattern[self.at..];
        let length = rest.find(['[', ']', '(', ')', '{', '}', '|', '\\']).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// `sequence | sequence | …`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<WordList, PatternFault> {
        let mut all = self.sequence()?;
        while self.peek() == Some('|') {
            self.next();
            all.extend(self.sequence()?.iter());
        }
        Ok(all)
    }

    fn sequence(&mut self) -> Result<WordList, PatternFault> {
        let mut words = WordList::of("");
        loop {
            let start = self.at;
            let parts = match self.peek() {
                None | Some('|' | ')' | ']') => return Ok(words),
                Some('[') => {
                    let mut parts = self.bracketed(']')?;
                    parts.push("");
                    parts
                }
                Some('(') => self.bracketed(')')?,
                Some('{') => self.named()?.clone(),
                Some('}') => return Err(self.fault("“}” without “{”")),
                Some('\\') => {
                    self.next();
                    let literal = self.next().ok_or_else(|| self.fault("a character was expected after “\\”"))?;
                    words = words.each_with(literal.encode_utf8(&mut [0; 4]));
                    continue;
                }
                Some(_) => {
                    words = words.each_with(self.literal());
                    continue;
                }
            };
            if words.len() * parts.len() > MOST_WORDINGS {
                return Err(PatternFault {
                    at: start,
                    message: format!("more than {MOST_WORDINGS} wordings, expected fewer alternatives"),
                });
            }
            words = words.each_with_each(parts);
        }
    }

    fn bracketed(&mut self, close: char) -> Result<WordList, PatternFault> {
        let open = self.at;
        self.next();
        let words = self.alternatives()?;
        if self.next() != Some(close) {
            return Err(PatternFault { at: open, message: format!("an opening bracket without its “{close}”") });
        }
        Ok(words)
    }

    fn named(&mut self) -> Result<&'p WordList, PatternFault> {
        let open = self.at;
        let rest = &self.pattern[open + 1..];
        let length = rest.find('}').ok_or_else(|| self.fault("“{” without “}”"))?;
        let name = &rest[..length];
        let words = self.named.get(name).ok_or_else(|| self.fault(format!("no list of words is named “{name}”")))?;
        self.at = open + 1 + length + 1;
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Result<Vec<String>, PatternFault> {
        let named = NamedWords::from_iter([("升降".to_owned(), ["增加", "减少"].into_iter().collect())]);
        wordings(pattern, &named).map(|words| words.iter().map(str::to_owned).collect())
    }

    #[test]
    fn optional_alternative_and_named_parts() {
        assert_eq!(read("基本支出").unwrap(), ["基本支出"]);
        assert_eq!(read("(增|减)[少]").unwrap(), ["增少", "增", "减少", "减"]);
        assert_eq!(read("{升降}了").unwrap(), ["增加了", "减少了"]);
        assert_eq!(read("甲|乙[丙(丁|戊)]").unwrap(), ["甲", "乙丙丁", "乙丙戊", "乙"]);
        assert_eq!(read(r"\[类\]").unwrap(), ["[类]"]);
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(read("甲(乙").unwrap_err().at, 3);
        assert_eq!(read("甲]").unwrap_err().at, 3);
        assert_eq!(read("甲{没有}").unwrap_err().at, 3);
        assert!(read("[甲]").unwrap_err().message.contains("empty"));
        assert!(read(&"[甲乙]".repeat(40)).unwrap_err().message.contains("wordings"));
    }

    #[test]
    fn a_hostile_pattern_ends_quickly() {
        assert!(read(&"(".repeat(500)).is_err());
        assert!(read(&"(a|b)".repeat(500)).is_err());
    }
}

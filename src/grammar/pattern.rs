//! The pattern language of grammars: a pattern stands for a finite set of wordings.
//!
//! `收[入]、支[出]总计` is four wordings: `[…]` may be left out, `(甲|乙)` is one of several, `{name}`
//! any wording of a named list, `\` takes the next character as it is. There is no repetition, so
//! no pattern can match without end; a pattern of more than [`MOST_WORDINGS`] wordings is refused.
//! Surprise: the brackets of the text are full width （）, so the ASCII ones are free for syntax.

use crate::maps::Set;
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
pub type NamedWords = HashMap<String, Vec<String>>;

/// Every wording that `pattern` stands for, without repeats, in the order written.
///
/// # Errors
/// [`PatternFault`] on an unbalanced bracket, an unknown name, an empty wording or too many wordings.
///
/// # Example
/// ```
/// use juesuan::grammar::pattern::wordings;
/// let words = wordings("收[入]、支[出]总计", &Default::default()).unwrap();
/// assert_eq!(words, ["收入、支出总计", "收入、支总计", "收、支出总计", "收、支总计"]);
/// ```
pub fn wordings(pattern: &str, named: &NamedWords) -> Result<Vec<String>, PatternFault> {
    let mut reader = Reader { pattern, at: 0, named };
    let mut words = reader.alternatives()?;
    if reader.at < pattern.len() {
        return Err(reader.fault("a closing bracket without its opening one"));
    }
    if words.len() > 1 {
        let mut seen: Set<&str> = Set::default();
        let new: Vec<bool> = words.iter().map(|word| seen.insert(word)).collect();
        let mut new = new.into_iter();
        words.retain(|_| new.next().unwrap_or(false));
    }
    if words.iter().any(String::is_empty) {
        return Err(PatternFault {
            at: 0,
            message: "the pattern can be empty, expected at least one character".into(),
        });
    }
    Ok(words)
}

/// Every word of `words` with every part behind it.
fn extended(mut words: Vec<String>, parts: &[String]) -> Vec<String> {
    if let [part] = parts {
        for word in &mut words {
            word.push_str(part);
        }
        return words;
    }
    words.iter().flat_map(|word| parts.iter().map(move |part| [word.as_str(), part].concat())).collect()
}

struct Reader<'p> {
    pattern: &'p str,
    at: usize,
    named: &'p NamedWords,
}

impl Reader<'_> {
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
    fn literal(&mut self) -> &str {
        let rest = &self.pattern[self.at..];
        let length = rest.find(['[', ']', '(', ')', '{', '}', '|', '\\']).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// `sequence | sequence | …`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<Vec<String>, PatternFault> {
        let mut all = self.sequence()?;
        while self.peek() == Some('|') {
            self.next();
            all.extend(self.sequence()?);
        }
        Ok(all)
    }

    fn sequence(&mut self) -> Result<Vec<String>, PatternFault> {
        let mut words = vec![String::new()];
        loop {
            let start = self.at;
            let parts = match self.peek() {
                None | Some('|' | ')' | ']') => return Ok(words),
                Some('[') => {
                    let mut parts = self.bracketed(']')?;
                    parts.push(String::new());
                    parts
                }
                Some('(') => self.bracketed(')')?,
                Some('{') => self.named()?,
                Some('}') => return Err(self.fault("“}” without “{”")),
                Some('\\') => {
                    self.next();
                    let literal = self.next().ok_or_else(|| self.fault("a character was expected after “\\”"))?;
                    vec![literal.to_string()]
                }
                Some(_) => vec![self.literal().to_owned()],
            };
            if words.len() * parts.len() > MOST_WORDINGS {
                return Err(PatternFault {
                    at: start,
                    message: format!("more than {MOST_WORDINGS} wordings, expected fewer alternatives"),
                });
            }
            words = extended(words, &parts);
        }
    }

    fn bracketed(&mut self, close: char) -> Result<Vec<String>, PatternFault> {
        let open = self.at;
        self.next();
        let words = self.alternatives()?;
        if self.next() != Some(close) {
            return Err(PatternFault { at: open, message: format!("an opening bracket without its “{close}”") });
        }
        Ok(words)
    }

    fn named(&mut self) -> Result<Vec<String>, PatternFault> {
        let open = self.at;
        let rest = &self.pattern[open + 1..];
        let length = rest.find('}').ok_or_else(|| self.fault("“{” without “}”"))?;
        let name = &rest[..length];
        let words = self.named.get(name).ok_or_else(|| self.fault(format!("no list of words is named “{name}”")))?;
        self.at = open + 1 + length + 1;
        Ok(words.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Result<Vec<String>, PatternFault> {
        let named = NamedWords::from_iter([("升降".to_owned(), vec!["增加".to_owned(), "减少".to_owned()])]);
        wordings(pattern, &named)
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

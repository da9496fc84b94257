//! Rules that are told by what stands directly before and after a number.
//!
//! Affixes are patterns of the finite language with four extra signs: `#` a run of digits, `@` one
//! Chinese character, `^` the start of the text, `$` its end. All affixes of all rules are
//! looked up in one walk from the number outwards: a rule that does not fit costs nothing.

use super::edges::Edges;

/// A set of affixes, read from the number outwards, each with the index of its rule.
#[derive(Clone, Debug)]
pub struct Affixes {
    edges: Edges,
    /// The rules of which an affix ends at each node.
    values: Vec<Vec<u32>>,
    /// Which of the signs lead on from each node: [`DIGITS`], [`CHINESE`].
    signs: Vec<u8>,
    direction: Direction,
}

/// `#` leads on.
const DIGITS: u8 = 1;
/// `@` leads on.
const CHINESE: u8 = 2;

/// Which side of the number a set of affixes stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Before it; walked backwards.
    Before,
    /// After it.
    After,
}

impl Affixes {
    /// An empty set.
    #[must_use]
    pub fn new(direction: Direction) -> Self {
        Affixes { edges: Edges::default(), values: vec![Vec::new()], signs: vec![0], direction }
    }

    /// Adds an affix of rule `value`. `\]` and `\[` stand for the brackets themselves.
    pub fn insert(&mut self, affix: &str, value: u32) {
        match self.direction {
            Direction::Before => self.insert_signs(affix.chars().rev(), value),
            Direction::After => self.insert_signs(affix.chars(), value),
        }
    }

    fn insert_signs(&mut self, signs: impl Iterator<Item = char>, value: u32) {
        let mut node = 0;
        for sign in signs {
            let new = self.values.len() as u32;
            self.signs[node as usize] |= match sign {
                '#' => DIGITS,
                '@' => CHINESE,
                _ => 0,
            };
            node = self.edges.child_or(node, sign, new);
            if node == new {
                self.values.push(Vec::new());
                self.signs.push(0);
            }
        }
        self.values[node as usize].push(value);
    }

    /// Calls `found(length, rule)` for every affix that stands at the number's side of `text`:
    /// at its end for [`Direction::Before`], at its start for [`Direction::After`].
    pub fn matches(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        self.walk(0, text, 0, &mut found);
    }

    fn walk(&self, node: u32, rest: &str, length: usize, found: &mut impl FnMut(usize, u32)) {
        for value in &self.values[node as usize] {
            found(length, *value);
        }
        let child = |sign: char| self.edges.child(node, sign);
        let next = match self.direction {
            Direction::Before => rest.chars().next_back(),
            Direction::After => rest.chars().next(),
        };
        let Some(next) = next else {
            let edge = if self.direction == Direction::Before { '^' } else { '$' };
            if let Some(child) = child(edge) {
                self.walk(child, rest, length + 1, found);
            }
            return;
        };
        if let Some(child) = child(next) {
            self.walk(child, self.without(rest, next.len_utf8()), length + next.len_utf8(), found);
        }
        let signs = self.signs[node as usize];
        if signs & DIGITS != 0
            && next.is_ascii_digit()
            && let Some(child) = child('#')
        {
            let digits = match self.direction {
                Direction::Before => rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_digit()).len(),
                Direction::After => rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len(),
            };
            self.walk(child, self.without(rest, digits), length + 1, found);
        }
        if signs & CHINESE != 0
            && ('\u{3400}'..='\u{9fff}').contains(&next)
            && let Some(child) = child('@')
        {
            self.walk(child, self.without(rest, next.len_utf8()), length + 1, found);
        }
    }

    fn without<'t>(&self, rest: &'t str, length: usize) -> &'t str {
        match self.direction {
            Direction::Before => &rest[..rest.len() - length],
            Direction::After => &rest[length..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(affixes: &Affixes, text: &str) -> Vec<(usize, u32)> {
        let mut all = Vec::new();
        affixes.matches(text, |length, rule| all.push((length, rule)));
        all
    }

    #[test]
    fn signs_stand_for_digits_characters_start_and_end() {
        let mut before = Affixes::new(Direction::Before);
        before.insert("#〕", 0);
        before.insert("^", 1);
        before.insert("^（", 2);
        assert_eq!(found(&before, "云医保〔2021〕"), [(4, 0)]);
        assert_eq!(found(&before, ""), [(1, 1)]);
        assert_eq!(found(&before, "（"), [(4, 2)]);
        let mut after = Affixes::new(Direction::After);
        after.insert("年", 0);
        after.insert("—#年", 1);
        after.insert(".@", 2);
        after.insert("$", 3);
        assert_eq!(found(&after, "—2021年"), [(7, 1)]);
        assert_eq!(found(&after, ".付费"), [(2, 2)]);
        assert_eq!(found(&after, ".5"), []);
        assert_eq!(found(&after, ""), [(1, 3)]);
    }
}

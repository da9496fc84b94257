//! Finds which wordings begin, or end, at one place of a text.
//!
//! A walk visits only the characters of the longest wording that fits, however many wordings there are:
//! the cost of a rule that does not fit is nothing.

use super::edges::Edges;

/// A set of wordings, each with the index of what it stands for.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    edges: Edges,
    /// The value of each node, if a wording ends there; of equal wordings the last counts.
    values: Vec<Option<u32>>,
}

impl Trie {
    fn insert_characters(&mut self, characters: impl Iterator<Item = char>, value: u32) {
        if self.values.is_empty() {
            self.values.push(None);
        }
        let mut node = 0;
        for character in characters {
            let new = self.values.len() as u32;
            node = self.edges.child_or(node, character, new);
            if node == new {
                self.values.push(None);
            }
        }
        self.values[node as usize] = Some(value);
    }

    /// Adds a wording that is looked for forwards.
    pub fn insert(&mut self, wording: &str, value: u32) {
        self.insert_characters(wording.chars(), value);
    }

    /// Adds a wording that is looked for backwards.
    pub fn insert_reversed(&mut self, wording: &str, value: u32) {
        self.insert_characters(wording.chars().rev(), value);
    }

    /// The same for the wording that `before` and `wording` make together.
    pub fn insert_reversed_behind(&mut self, before: &str, wording: &str, value: u32) {
        self.insert_characters(wording.chars().rev().chain(before.chars().rev()), value);
    }

    fn walk(&self, characters: impl Iterator<Item = char>, mut found: impl FnMut(usize, u32)) {
        let (mut node, mut length) = (0, 0);
        for character in characters {
            let Some(child) = self.edges.child(node, character) else { return };
            node = child;
            length += character.len_utf8();
            if let Some(value) = self.values[node as usize] {
                found(length, value);
            }
        }
    }

    /// Calls `found(length, value)` for every wording that `text` begins with, shortest first.
    pub fn at_start(&self, text: &str, found: impl FnMut(usize, u32)) {
        self.walk(text.chars(), found);
    }

    fn longest(&self, characters: impl Iterator<Item = char>) -> Option<(usize, u32)> {
        let mut longest = None;
        self.walk(characters, |length, value| longest = Some((length, value)));
        longest
    }

    /// Length and value of the longest wording that `text` begins with.
    #[must_use]
    pub fn longest_at_start(&self, text: &str) -> Option<(usize, u32)> {
        self.longest(text.chars())
    }

    /// Length and value of the longest reversed wording that `text` ends with.
    #[must_use]
    pub fn longest_at_end(&self, text: &str) -> Option<(usize, u32)> {
        self.longest(text.chars().rev())
    }

    /// The same for the text that `before` and `last` make together.
    #[must_use]
    pub fn longest_at_end_of(&self, before: &str, last: &str) -> Option<(usize, u32)> {
        self.longest(last.chars().rev().chain(before.chars().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wording_wins() {
        let mut units = Trie::default();
        units.insert("人", 0);
        units.insert("人次", 1);
        assert_eq!(units.longest_at_start("人次，"), Some(("人次".len(), 1)));
        assert_eq!(units.longest_at_start("人，"), Some(("人".len(), 0)));
        assert_eq!(units.longest_at_start("次"), None);
        let mut before = Trie::default();
        before.insert_reversed("占", 0);
        before.insert_reversed("完成预算的", 1);
        assert_eq!(before.longest_at_end("支出完成预算的"), Some(("完成预算的".len(), 1)));
    }
}

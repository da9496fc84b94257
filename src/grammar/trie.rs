//! Finds which wordings begin, or end, at one place of a text.
//!
//! A walk visits only the bytes of the longest wording that fits, however many wordings there are:
//! the cost of a rule that does not fit is nothing.

/// A set of wordings, each with the index of what it stands for.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    /// Sorted by byte.
    edges: Vec<(u8, u32)>,
    values: Vec<u32>,
}

impl Trie {
    fn insert_bytes(&mut self, bytes: impl Iterator<Item = u8>, value: u32) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut node = 0;
        for byte in bytes {
            node = match self.nodes[node].edges.binary_search_by_key(&byte, |edge| edge.0) {
                Ok(found) => self.nodes[node].edges[found].1 as usize,
                Err(place) => {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[node].edges.insert(place, (byte, new as u32));
                    new
                }
            };
        }
        self.nodes[node].values.push(value);
    }

    /// Adds a wording that is looked for forwards.
    pub fn insert(&mut self, wording: &str, value: u32) {
        self.insert_bytes(wording.bytes(), value);
    }

    /// Adds a wording that is looked for backwards.
    pub fn insert_reversed(&mut self, wording: &str, value: u32) {
        self.insert_bytes(wording.bytes().rev(), value);
    }

    fn walk(&self, bytes: impl Iterator<Item = u8>, mut found: impl FnMut(usize, u32)) {
        let Some(mut node) = self.nodes.first() else { return };
        for (length, byte) in bytes.enumerate() {
            let Ok(edge) = node.edges.binary_search_by_key(&byte, |edge| edge.0) else { return };
            node = &self.nodes[node.edges[edge].1 as usize];
            for value in &node.values {
                found(length + 1, *value);
            }
        }
    }

    /// Calls `found(length, value)` for every wording that `text` begins with, shortest first.
    pub fn at_start(&self, text: &str, found: impl FnMut(usize, u32)) {
        self.walk(text.bytes(), found);
    }

    /// Calls `found(length, value)` for every reversed wording that `text` ends with, shortest first.
    pub fn at_end(&self, text: &str, found: impl FnMut(usize, u32)) {
        self.walk(text.bytes().rev(), found);
    }

    /// Length and value of the longest wording that `text` begins with.
    #[must_use]
    pub fn longest_at_start(&self, text: &str) -> Option<(usize, u32)> {
        let mut longest = None;
        self.at_start(text, |length, value| longest = Some((length, value)));
        longest
    }

    /// Length and value of the longest reversed wording that `text` ends with.
    #[must_use]
    pub fn longest_at_end(&self, text: &str) -> Option<(usize, u32)> {
        let mut longest = None;
        self.at_end(text, |length, value| longest = Some((length, value)));
        longest
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

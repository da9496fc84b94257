//! The edges of all tries: from a node by a character to the next node, in one hash table.
//!
//! In: a node and a character. Out: the node behind them. A list of edges for each node took an
//! allocation for each of a hundred thousand nodes at every start, and a binary search for each
//! character read; here both are one look into a table.

/// Nodes are numbered from 0, the root; no edge leads back to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// A power of two of them, half empty at least; a child of 0 is none.
    slots: Vec<Slot>,
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    node: u32,
    character: char,
    child: u32,
}

impl Edges {
    /// The slot of the edge, or the free one where it belongs.
    fn place(&self, node: u32, character: char) -> usize {
        let key = (u64::from(node) << 21) | u64::from(character);
        let mask = self.slots.len() - 1;
        // The upper bits of the product depend on every bit of the key.
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        loop {
            let slot = &self.slots[at];
            if slot.child == 0 || (slot.node == node && slot.character == character) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// The node behind `node` by `character`.
    #[inline]
    pub fn child(&self, node: u32, character: char) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let child = self.slots[self.place(node, character)].child;
        (child != 0).then_some(child)
    }

    /// The node behind `node` by `character`; `new`, which is not the root, if there is none yet.
    pub fn child_or(&mut self, node: u32, character: char, new: u32) -> u32 {
        if self.slots.len() < 2 * (self.count + 1) {
            let wider = vec![Slot::default(); (self.slots.len() * 2).max(64)];
            for slot in std::mem::replace(&mut self.slots, wider) {
                if slot.child != 0 {
                    let place = self.place(slot.node, slot.character);
                    self.slots[place] = slot;
                }
            }
        }
        let place = self.place(node, character);
        if self.slots[place].child == 0 {
            self.slots[place] = Slot { node, character, child: new };
            self.count += 1;
        }
        self.slots[place].child
    }
}

//! Numbers that look random and come out the same for the same seed and document, on every machine.
//!
//! In: a seed and a document's number. Out: a stream of choices (splitmix64).
//! A document's choices depend on no other document, so that any one of them can be made again alone.

/// A stream of choices.
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of one document under a seed.
    pub fn new(seed: u64, document: u64) -> Self {
        let mut random = Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) };
        random.state = random.next() ^ document.wrapping_mul(0xD1B5_4A32_D192_ED03);
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`; 0 where `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % (limit.max(1) as u64)) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// `count` of several, in their order.
    pub fn some<T: Copy>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(from.len());
        let mut chosen = Vec::with_capacity(left);
        for (at, item) in from.iter().enumerate() {
            if self.below(from.len() - at) < left {
                chosen.push(*item);
                left -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_does_not_depend_on_the_ones_before() {
        let stream = |document| {
            let mut random = Random::new(7, document);
            (0..5).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(stream(3), stream(3));
        assert_ne!(stream(3), stream(4));
    }

    #[test]
    fn some_keeps_order_and_count() {
        let mut random = Random::new(1, 1);
        for count in 0..=5 {
            let chosen = random.some(&[1, 2, 3, 4, 5], count);
            assert_eq!(chosen.len(), count);
            assert!(chosen.is_sorted());
        }
    }
}

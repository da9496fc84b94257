//! Lists of wordings, side by side in one piece of text.
//!
//! A pattern may stand for thousands of wordings, and `grammars/` for tens of thousands: an allocation for each of them,
//! at each step of its making, was half the cost of every start.

use crate::maps::Set;

/// A list of wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    text: String,
    /// Where each wording ends in `text`.
    ends: Vec<usize>,
}

impl WordList {
    /// The list of one wording.
    #[must_use]
    pub fn of(word: &str) -> Self {
        WordList { text: word.to_owned(), ends: vec![word.len()] }
    }

    /// Adds a wording.
    pub fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.end();
    }

    /// Adds the wording that `write` appends to the text.
    pub fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.end();
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The wordings in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }

    /// Each wording with `part` behind it.
    #[must_use]
    pub fn each_with(mut self, part: &str) -> Self {
        if let [end] = self.ends.as_mut_slice() {
            self.text.push_str(part);
            *end = self.text.len();
            return self;
        }
        let mut longer = WordList::with_room(self.len(), self.text.len() + self.len() * part.len());
        for word in self.iter() {
            longer.text.push_str(word);
            longer.push(part);
        }
        longer
    }

    /// Each wording with each of `parts` behind it.
    #[must_use]
    pub fn each_with_each(self, parts: WordList) -> Self {
        match (self.ends.as_slice(), parts.ends.as_slice()) {
            ([0], _) => return parts,
            (_, [_]) => return self.each_with(&parts.text),
            _ => {}
        }
        let length = self.text.len() * parts.len() + parts.text.len() * self.len();
        let mut longer = WordList::with_room(self.len() * parts.len(), length);
        for word in self.iter() {
            for part in parts.iter() {
                longer.text.push_str(word);
                longer.push(part);
            }
        }
        longer
    }

    fn with_room(words: usize, length: usize) -> Self {
        WordList { text: String::with_capacity(length), ends: Vec::with_capacity(words) }
    }

    /// The list with only the first of equal wordings.
    #[must_use]
    pub fn without_repeats(self) -> Self {
        /// So many are compared one by one.
        const FEW: usize = 8;
        let repeats = if self.len() <= FEW {
            self.iter().enumerate().any(|(at, word)| self.iter().take(at).any(|before| before == word))
        } else {
            let mut seen = Set::with_capacity_and_hasher(self.len(), foldhash::fast::RandomState::default());
            !self.iter().all(|word| seen.insert(word))
        };
        if !repeats {
            return self;
        }
        let mut seen = Set::default();
        self.iter().filter(|word| seen.insert(*word)).collect()
    }
}

impl<'w> Extend<&'w str> for WordList {
    fn extend<I: IntoIterator<Item = &'w str>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.push(word));
    }
}

impl<'w> FromIterator<&'w str> for WordList {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let mut list = WordList::default();
        list.extend(words);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> WordList {
        words.iter().copied().collect()
    }

    #[test]
    fn parts_go_behind_every_wording() {
        assert_eq!(list(&["甲", "乙"]).each_with("丙"), list(&["甲丙", "乙丙"]));
        assert_eq!(list(&["甲"]).each_with(""), list(&["甲"]));
        assert_eq!(list(&["甲", "乙"]).each_with_each(list(&["丙", ""])), list(&["甲丙", "甲", "乙丙", "乙"]));
        assert_eq!(WordList::of("").each_with_each(list(&["丙", ""])), list(&["丙", ""]));
        assert_eq!(list(&[]).each_with_each(list(&["丙", "丁"])), list(&[]));
    }

    #[test]
    fn the_first_of_equal_wordings_stays() {
        assert_eq!(list(&["甲", "乙", "甲"]).without_repeats(), list(&["甲", "乙"]));
        let many: Vec<_> = (0..30).map(|number| (number % 20).to_string()).collect();
        let many: WordList = many.iter().map(String::as_str).collect();
        assert_eq!(many.without_repeats().len(), 20);
        assert_eq!(list(&["", "甲"]).iter().collect::<Vec<_>>(), ["", "甲"]);
    }
}

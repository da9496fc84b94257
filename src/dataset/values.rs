//! The values of one column while they gather: numbers side by side, texts without repetition.
//!
//! In: values, any of which may be missing. Out: polars arrays, without copying where none is missing.
//! Surprise: a text equal to one of the few kept in mind is stored once, and polars shares its bytes too; the
//! document's name, its section and the reporting agency repeat over thousands of rows, units and measures alternate.

use crate::maps::Map;
use polars::prelude::*;

/// Numbers; one that is missing stands as zero and is marked.
#[derive(Debug)]
pub struct Numbers<T> {
    values: Vec<T>,
    /// Which of them are there; empty as long as none is missing.
    present: Vec<bool>,
    missing: usize,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Numbers { values: Vec::new(), present: Vec::new(), missing: 0 }
    }
}

impl<T: Copy + Default> Numbers<T> {
    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize) {
        self.values.reserve(rows);
    }

    /// One more row.
    #[inline]
    pub fn push(&mut self, value: Option<T>) {
        match value {
            Some(value) if self.missing == 0 => self.values.push(value),
            _ => self.push_marked(value),
        }
    }

    /// One more row, where one is missing.
    #[inline]
    fn push_marked(&mut self, value: Option<T>) {
        if self.missing == 0 {
            self.present.reserve(self.values.capacity());
            self.mark();
        }
        self.values.push(value.unwrap_or_default());
        self.present.push(value.is_some());
        self.missing += usize::from(value.is_none());
    }

    /// Says of every row whether it is there.
    fn mark(&mut self) {
        self.present.resize(self.values.len(), true);
    }

    /// The rows of `other` behind these.
    pub fn append(&mut self, other: &Numbers<T>) {
        if self.missing > 0 || other.missing > 0 {
            self.mark();
            self.present.extend_from_slice(&other.present);
        }
        self.values.extend_from_slice(&other.values);
        if self.missing > 0 || other.missing > 0 {
            self.mark();
        }
        self.missing += other.missing;
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<T>> {
        let present = self.present.iter().copied().chain(std::iter::repeat(true));
        self.values.iter().zip(present).map(|(value, present)| present.then_some(*value))
    }

    /// The values, and which of them are there if some are missing.
    pub fn into_parts(self) -> (Vec<T>, Option<Vec<bool>>) {
        (self.values, (self.missing > 0).then_some(self.present))
    }

    /// As polars holds them.
    pub fn into_array<P: PolarsNumericType<Native = T>>(self, name: &'static str) -> ChunkedArray<P> {
        let present = (self.missing > 0).then(|| self.present.iter().copied().collect());
        ChunkedArray::from_vec_validity(PlSmallStr::from_static(name), self.values, present)
    }
}

impl Numbers<bool> {
    /// As polars holds them.
    pub fn into_booleans(self, name: &'static str) -> BooleanChunked {
        BooleanChunked::from_iter_options(PlSmallStr::from_static(name), self.iter())
    }
}

/// Texts kept in mind for the rows to come.
const RECENT: usize = 16;

/// Texts, most of them without repetition, and which of them each row has.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: String,
    /// For each look of a text, the last of that look, counted from 1.
    recent: [IdxSize; RECENT],
    /// Where each of them ends in `bytes`.
    ends: Vec<usize>,
    /// Index in `ends` for each row.
    rows: Numbers<IdxSize>,
}

impl Texts {
    /// Makes room for so many more rows; how much text they have is not known.
    pub fn reserve(&mut self, rows: usize) {
        self.rows.reserve(rows);
    }

    /// One more row. An empty text is a missing one: the output knows no `""`.
    pub fn push(&mut self, text: Option<&str>) {
        let row = text.filter(|text| !text.is_empty()).map(|text| self.index_of(text));
        self.rows.push(row);
    }

    /// Index of a text equal to `text`, which is stored unless one is kept in mind.
    fn index_of(&mut self, text: &str) -> IdxSize {
        let slot = look(text.as_bytes());
        if let Some(index) = self.recent[slot].checked_sub(1)
            && self.stored(index as usize) == Some(text)
        {
            return index;
        }
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        self.recent[slot] = self.ends.len() as IdxSize;
        self.ends.len() as IdxSize - 1
    }

    fn stored(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..end)
    }

    /// The rows of `other` behind these.
    pub fn append(&mut self, other: &Texts) {
        let (bytes, count) = (self.bytes.len(), self.ends.len() as IdxSize);
        self.recent = [0; RECENT];
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| end + bytes));
        let first = self.rows.values.len();
        self.rows.append(&other.rows);
        self.rows.values[first..].iter_mut().for_each(|row| *row += count);
    }

    /// The text of each row.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        self.rows.iter().map(|row| self.stored(row? as usize))
    }

    /// The distinct texts, and each row's index among them; `None` if so few repeat that it does not pay.
    pub fn dictionary(&self) -> Option<(Vec<&str>, Numbers<u32>)> {
        let rows = self.rows.values.len() - self.rows.missing;
        let most = if rows > 64 { rows / 4 * 3 } else { rows };
        let mut places: Map<&str, u32> = Map::default();
        let (mut distinct, mut stored) = (Vec::new(), Vec::with_capacity(self.ends.len()));
        for index in 0..self.ends.len() {
            let text = self.stored(index).unwrap_or_default();
            let place = *places.entry(text).or_insert(distinct.len() as u32);
            if place as usize == distinct.len() {
                distinct.push(text);
                if distinct.len() > most {
                    return None;
                }
            }
            stored.push(place);
        }
        let mut keys = Numbers { values: Vec::with_capacity(self.rows.values.len()), ..Numbers::default() };
        self.rows.iter().for_each(|row| keys.push(row.and_then(|row| stored.get(row as usize).copied())));
        Some((distinct, keys))
    }

    /// Bytes of text stored.
    pub fn stored_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// As polars holds them.
    ///
    /// # Errors
    /// None that a caller can cause: every row has a text that is stored.
    pub fn into_array(mut self, name: &'static str) -> PolarsResult<StringChunked> {
        if self.ends.is_empty() {
            return Ok(StringChunked::full_null(PlSmallStr::from_static(name), self.rows.values.len()));
        }
        // Rows without a text may point anywhere.
        for (row, _) in self.rows.values.iter_mut().zip(&self.rows.present).filter(|(_, present)| !**present) {
            *row = 0;
        }
        let stored = (0..self.ends.len()).map(|index| self.stored(index).unwrap_or_default());
        let stored = StringChunked::from_iter_values(PlSmallStr::from_static(name), stored);
        drop(self.bytes);
        stored.take(&self.rows.into_array(name))
    }
}

/// What a text looks like at a glance: its length and its last two bytes.
fn look(text: &[u8]) -> usize {
    let last = text.iter().rev().take(2).fold(0, |look, byte| look * 5 + usize::from(*byte));
    (text.len() + last) % RECENT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: &[Option<&str>]) -> Texts {
        let mut texts = Texts::default();
        for value in values {
            texts.push(*value);
        }
        texts
    }

    fn read(texts: Texts) -> Vec<Option<String>> {
        texts.into_array("text").expect("an array").iter().map(|text| text.map(ToOwned::to_owned)).collect()
    }

    fn owned(values: &[Option<&str>]) -> Vec<Option<String>> {
        values.iter().map(|text| text.map(ToOwned::to_owned)).collect()
    }

    #[test]
    fn texts_come_back_as_they_were_pushed() {
        let values = [None, Some("收入"), Some("收入"), None, Some("收入"), Some("支出"), None];
        assert_eq!(read(texts(&values)), owned(&values));
        assert_eq!(read(texts(&[None, None])), owned(&[None, None]));
        assert_eq!(read(texts(&[])), owned(&[]));
    }

    #[test]
    fn an_empty_text_is_a_missing_one() {
        assert_eq!(read(texts(&[Some(""), Some("甲")])), owned(&[None, Some("甲")]));
    }

    #[test]
    fn a_text_that_repeats_is_stored_once() {
        assert_eq!(texts(&[Some("云溪县"); 1000]).bytes, "云溪县");
        let units = [Some("CNY"), Some("percent"), None, Some("CNY"), Some("percent")];
        assert_eq!(texts(&units).bytes, "CNYpercent");
        assert_eq!(read(texts(&units)), owned(&units));
    }

    #[test]
    fn texts_of_two_documents_join() {
        let mut joined = texts(&[Some("甲"), None]);
        joined.append(&texts(&[None, Some("乙"), Some("丙")]));
        joined.append(&texts(&[Some("丁")]));
        assert_eq!(read(joined), owned(&[Some("甲"), None, None, Some("乙"), Some("丙"), Some("丁")]));
    }

    #[test]
    fn a_dictionary_holds_each_text_once() {
        let repeating = texts(&[Some("甲"), None, Some("乙"), Some("甲"), Some("甲")]);
        let (distinct, keys) = repeating.dictionary().expect("worth it");
        assert_eq!(distinct, ["甲", "乙"]);
        assert_eq!(keys.into_parts(), (vec![0, 0, 1, 0, 0], Some(vec![true, false, true, true, true])));
    }

    #[test]
    fn texts_that_all_differ_are_no_dictionary() {
        let numbers: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        let values: Vec<_> = numbers.iter().map(|number| Some(number.as_str())).collect();
        assert!(texts(&values).dictionary().is_none());
        assert_eq!(texts(&values).iter().collect::<Vec<_>>(), values);
    }

    #[test]
    fn missing_numbers_stay_missing() {
        let mut numbers = Numbers::default();
        numbers.push(Some(7));
        numbers.push(None);
        let mut joined = Numbers::default();
        joined.push(Some(1));
        joined.append(&numbers);
        joined.append(&Numbers::default());
        assert_eq!(joined.iter().collect::<Vec<_>>(), [Some(1), Some(7), None]);
        let array: UInt32Chunked = joined.into_array("number");
        assert_eq!(array.iter().collect::<Vec<_>>(), [Some(1), Some(7), None]);
    }
}

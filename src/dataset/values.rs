//! The values of one column while they gather: numbers side by side, texts without repetition.
//!
//! In: values, any of which may be missing. Out: polars arrays, without copying where none is missing.
//! Surprise: a text equal to the one before it is stored once, and polars shares its bytes too; the
//! document's name, its section and the reporting agency repeat over thousands of rows.

use crate::maps::Map;
use polars::prelude::*;

/// Numbers; one that is missing stands as zero and is marked.
#[derive(Debug)]
pub struct Numbers<T> {
    values: Vec<T>,
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
        self.present.reserve(rows);
    }

    /// One more row.
    pub fn push(&mut self, value: Option<T>) {
        self.values.push(value.unwrap_or_default());
        self.present.push(value.is_some());
        self.missing += usize::from(value.is_none());
    }

    /// The rows of `other` behind these.
    pub fn append(&mut self, other: &Numbers<T>) {
        self.values.extend_from_slice(&other.values);
        self.present.extend_from_slice(&other.present);
        self.missing += other.missing;
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
        let values = self.values.iter().zip(&self.present).map(|(value, present)| present.then_some(*value));
        BooleanChunked::from_iter_options(PlSmallStr::from_static(name), values)
    }
}

/// Texts: those that differ from the one before, and which of them each row has.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: String,
    /// Where the last of them begins.
    last: usize,
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
        let text = text.filter(|text| !text.is_empty());
        if let Some(text) = text
            && self.bytes.as_bytes().get(self.last..) != Some(text.as_bytes())
        {
            self.last = self.bytes.len();
            self.bytes.push_str(text);
            self.ends.push(self.bytes.len());
        }
        self.rows.push(text.map(|_| self.ends.len() as IdxSize - 1));
    }

    fn stored(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..end)
    }

    /// The rows of `other` behind these.
    pub fn append(&mut self, other: &Texts) {
        let (bytes, count) = (self.bytes.len(), self.ends.len() as IdxSize);
        self.last = bytes + other.last;
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| end + bytes));
        let first = self.rows.values.len();
        self.rows.append(&other.rows);
        self.rows.values[first..].iter_mut().for_each(|row| *row += count);
    }

    /// The text of each row.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let rows = self.rows.values.iter().zip(&self.rows.present);
        rows.map(|(row, present)| if *present { self.stored(*row as usize) } else { None })
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
                    return None; // no need to look at the rest
                }
            }
            stored.push(place);
        }
        let mut keys = Numbers { values: Vec::with_capacity(self.rows.values.len()), ..Numbers::default() };
        for (row, present) in self.rows.values.iter().zip(&self.rows.present) {
            keys.push(if *present { stored.get(*row as usize).copied() } else { None });
        }
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
        for (row, present) in self.rows.values.iter_mut().zip(&self.rows.present) {
            *row = if *present { *row } else { 0 };
        }
        let stored = (0..self.ends.len()).map(|index| self.stored(index).unwrap_or_default());
        let stored = StringChunked::from_iter_values(PlSmallStr::from_static(name), stored);
        drop(self.bytes);
        stored.take(&self.rows.into_array(name))
    }
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
        let array: UInt32Chunked = joined.into_array("number");
        assert_eq!(array.iter().collect::<Vec<_>>(), [Some(1), Some(7), None]);
    }
}

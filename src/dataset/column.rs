//! Columns while they fill: values of one type, any of which may be missing.
//!
//! In: values, one row after the other. Out: a polars column. A [`Column`] is created from its
//! [`Kind`] and filled through [`Value`], both of which `tables` takes from the same declaration.
//! Surprise: a text equal to the one above it is stored once; the document's name, its section and
//! the reporting agency repeat over thousands of rows.

use super::exact::Exact;
use polars::prelude::*;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
    /// Signed, 16 bits: years.
    I16,
    /// True or false.
    Bool,
    /// `decimal(28,6)`.
    Decimal,
}

impl Kind {
    /// The type as polars names it.
    #[must_use]
    pub fn data_type(self) -> DataType {
        match self {
            Kind::Text => DataType::String,
            Kind::U32 => DataType::UInt32,
            Kind::U64 => DataType::UInt64,
            Kind::I16 => DataType::Int16,
            Kind::Bool => DataType::Boolean,
            Kind::Decimal => DataType::Decimal(Exact::PRECISION, Exact::SCALE),
        }
    }
}

/// Texts behind each other, and where each row's begins; a missing one has no place.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: String,
    places: Vec<Option<(u32, u32)>>,
}

impl Texts {
    /// An empty text is a missing one: the output knows no `""`.
    fn push(&mut self, text: Option<&str>) {
        let place = text.filter(|text| !text.is_empty()).and_then(|text| {
            let last = self.places.last().copied().flatten();
            if last.is_some() && self.at(last) == Some(text) {
                return last;
            }
            let start = u32::try_from(self.bytes.len()).ok()?;
            self.bytes.push_str(text);
            Some((start, u32::try_from(self.bytes.len()).ok()? - start))
        });
        self.places.push(place);
    }

    fn at(&self, place: Option<(u32, u32)>) -> Option<&str> {
        let (start, length) = place?;
        self.bytes.get(start as usize..start as usize + length as usize)
    }

    fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        self.places.iter().map(|place| self.at(*place))
    }

    fn append(&mut self, other: &Texts) {
        let shift = u32::try_from(self.bytes.len());
        if let (Ok(shift), Ok(_)) = (shift, u32::try_from(self.bytes.len() + other.bytes.len())) {
            self.bytes.push_str(&other.bytes);
            self.places.extend(other.places.iter().map(|place| place.map(|(start, length)| (start + shift, length))));
        } else {
            other.iter().for_each(|text| self.push(text));
        }
    }
}

/// The values of one column.
#[derive(Debug)]
pub enum Column {
    /// UTF-8 text.
    Text(Texts),
    /// Unsigned, 32 bits.
    U32(Vec<Option<u32>>),
    /// Unsigned, 64 bits.
    U64(Vec<Option<u64>>),
    /// Signed, 16 bits.
    I16(Vec<Option<i16>>),
    /// True or false.
    Bool(Vec<Option<bool>>),
    /// Millionths.
    Decimal(Vec<Option<i128>>),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(Texts::default()),
            Kind::U32 => Column::U32(Vec::new()),
            Kind::U64 => Column::U64(Vec::new()),
            Kind::I16 => Column::I16(Vec::new()),
            Kind::Bool => Column::Bool(Vec::new()),
            Kind::Decimal => Column::Decimal(Vec::new()),
        }
    }

    fn append(&mut self, other: &Column) {
        match (self, other) {
            (Column::Text(to), Column::Text(from)) => to.append(from),
            (Column::U32(to), Column::U32(from)) => to.extend_from_slice(from),
            (Column::U64(to), Column::U64(from)) => to.extend_from_slice(from),
            (Column::I16(to), Column::I16(from)) => to.extend_from_slice(from),
            (Column::Bool(to), Column::Bool(from)) => to.extend_from_slice(from),
            (Column::Decimal(to), Column::Decimal(from)) => to.extend_from_slice(from),
            _ => debug_assert!(false, "columns of one table have one order"),
        }
    }

    fn series(&self, name: &'static str) -> PolarsResult<Series> {
        let name = PlSmallStr::from_static(name);
        Ok(match self {
            Column::Text(texts) => StringChunked::from_iter_options(name, texts.iter()).into_series(),
            Column::U32(values) => UInt32Chunked::from_slice_options(name, values).into_series(),
            Column::U64(values) => UInt64Chunked::from_slice_options(name, values).into_series(),
            Column::I16(values) => Int16Chunked::from_slice_options(name, values).into_series(),
            Column::Bool(values) => BooleanChunked::from_slice_options(name, values).into_series(),
            Column::Decimal(values) => Int128Chunked::from_slice_options(name, values)
                .into_decimal(Exact::PRECISION, Exact::SCALE)?
                .into_series(),
        })
    }
}

/// The rows of one table, column by column.
#[derive(Debug)]
pub struct Columns {
    columns: Vec<(&'static str, Column)>,
    rows: usize,
}

impl Columns {
    /// No rows yet.
    #[must_use]
    pub fn new(kinds: impl Iterator<Item = (&'static str, Kind)>) -> Self {
        Columns { columns: kinds.map(|(name, kind)| (name, Column::new(kind))).collect(), rows: 0 }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of text that the rows hold, repeated ones not counted.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        let texts = self.columns.iter().filter_map(|(_, column)| match column {
            Column::Text(texts) => Some(texts.bytes.len()),
            _ => None,
        });
        texts.sum()
    }

    /// One more row: `fill` pushes exactly one value to every column.
    pub(super) fn push(&mut self, fill: impl FnOnce(&mut [(&'static str, Column)])) {
        fill(&mut self.columns);
        self.rows += 1;
    }

    /// Adds the rows of `other`, a piece of the same table.
    pub fn append(&mut self, other: &Columns) {
        for ((_, to), (_, from)) in self.columns.iter_mut().zip(&other.columns) {
            to.append(from);
        }
        self.rows += other.rows;
    }

    /// The rows as a frame of one chunk.
    ///
    /// # Errors
    /// What polars says of them; a decimal beyond 28 digits, which [`Exact`] does not let in.
    pub fn frame(&self) -> PolarsResult<DataFrame> {
        let columns: PolarsResult<Vec<_>> =
            self.columns.iter().map(|(name, column)| Ok(column.series(name)?.into_column())).collect();
        DataFrame::new(self.rows, columns?)
    }
}

/// What a row's field may be: knows its column's type and whether it may be missing.
pub trait Value {
    /// The column's type.
    const KIND: Kind;
    /// Whether it may be missing.
    const NULLABLE: bool;
    /// Puts the value into its column.
    fn push(self, column: &mut Column);
}

macro_rules! values {
    ($($type:ty => $kind:ident, $value:ident => $stored:expr);+ $(;)?) => {$(
        impl Value for $type {
            const KIND: Kind = Kind::$kind;
            const NULLABLE: bool = false;
            fn push(self, column: &mut Column) {
                Some(self).push(column);
            }
        }

        impl Value for Option<$type> {
            const KIND: Kind = Kind::$kind;
            const NULLABLE: bool = true;
            fn push(self, column: &mut Column) {
                match column {
                    Column::$kind(values) => values.push(self.map(|$value| $stored)),
                    _ => debug_assert!(false, "a column is created from the type of its values"),
                }
            }
        }
    )+};
}

values! {
    &str => Text, text => text;
    u32 => U32, number => number;
    u64 => U64, number => number;
    i16 => I16, year => year;
    bool => Bool, truth => truth;
    Exact => Decimal, value => value.millionths();
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

    #[test]
    fn texts_come_back_as_they_were_pushed() {
        let values = [Some("收入"), Some("收入"), None, Some("收入"), Some("支出"), None];
        assert_eq!(texts(&values).iter().collect::<Vec<_>>(), values);
    }

    #[test]
    fn an_empty_text_is_a_missing_one() {
        assert_eq!(texts(&[Some(""), Some("甲")]).iter().collect::<Vec<_>>(), [None, Some("甲")]);
    }

    #[test]
    fn a_text_that_repeats_is_stored_once() {
        assert_eq!(texts(&[Some("云溪县"); 1000]).bytes, "云溪县");
    }

    #[test]
    fn texts_of_two_documents_join() {
        let mut joined = texts(&[Some("甲"), None]);
        joined.append(&texts(&[Some("乙"), Some("丙")]));
        assert_eq!(joined.iter().collect::<Vec<_>>(), [Some("甲"), None, Some("乙"), Some("丙")]);
    }

    #[test]
    fn a_frame_has_the_types_of_its_columns() {
        let kinds = [Kind::Text, Kind::U32, Kind::U64, Kind::I16, Kind::Bool, Kind::Decimal];
        let names = ["a", "b", "c", "d", "e", "f"];
        let frame = Columns::new(names.into_iter().zip(kinds)).frame().unwrap();
        let types: Vec<_> = frame.schema().iter_values().cloned().collect();
        assert_eq!(types, kinds.map(Kind::data_type));
    }
}

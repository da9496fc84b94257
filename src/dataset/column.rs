//! Columns while they fill: values of one type, any of which may be missing.
//!
//! In: values, one row after the other. Out: a polars column. A [`Column`] is created from its
//! [`Kind`] and filled through [`Value`], both of which `tables` takes from the same declaration.
//! How the values lie in memory is left to `values`.

use super::exact::Exact;
use super::values::{Numbers, Texts};
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

/// The values of one column.
#[derive(Debug)]
pub enum Column {
    /// UTF-8 text.
    Text(Texts),
    /// Unsigned, 32 bits.
    U32(Numbers<u32>),
    /// Unsigned, 64 bits.
    U64(Numbers<u64>),
    /// Signed, 16 bits.
    I16(Numbers<i16>),
    /// True or false.
    Bool(Numbers<bool>),
    /// Millionths.
    Decimal(Numbers<i128>),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(Texts::default()),
            Kind::U32 => Column::U32(Numbers::default()),
            Kind::U64 => Column::U64(Numbers::default()),
            Kind::I16 => Column::I16(Numbers::default()),
            Kind::Bool => Column::Bool(Numbers::default()),
            Kind::Decimal => Column::Decimal(Numbers::default()),
        }
    }

    fn reserve(&mut self, rows: usize) {
        match self {
            Column::Text(column) => column.reserve(rows),
            Column::U32(column) => column.reserve(rows),
            Column::U64(column) => column.reserve(rows),
            Column::I16(column) => column.reserve(rows),
            Column::Bool(column) => column.reserve(rows),
            Column::Decimal(column) => column.reserve(rows),
        }
    }

    fn append(&mut self, other: &Column) {
        match (self, other) {
            (Column::Text(to), Column::Text(from)) => to.append(from),
            (Column::U32(to), Column::U32(from)) => to.append(from),
            (Column::U64(to), Column::U64(from)) => to.append(from),
            (Column::I16(to), Column::I16(from)) => to.append(from),
            (Column::Bool(to), Column::Bool(from)) => to.append(from),
            (Column::Decimal(to), Column::Decimal(from)) => to.append(from),
            _ => debug_assert!(false, "columns of one table have one order"),
        }
    }

    fn into_series(self, name: &'static str) -> PolarsResult<Series> {
        Ok(match self {
            Column::Text(texts) => texts.into_array(name)?.into_series(),
            Column::U32(numbers) => numbers.into_array::<UInt32Type>(name).into_series(),
            Column::U64(numbers) => numbers.into_array::<UInt64Type>(name).into_series(),
            Column::I16(numbers) => numbers.into_array::<Int16Type>(name).into_series(),
            Column::Bool(truths) => truths.into_booleans(name).into_series(),
            Column::Decimal(millionths) => {
                let millionths = millionths.into_array::<Int128Type>(name);
                millionths.into_decimal(Exact::PRECISION, Exact::SCALE)?.into_series()
            }
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

    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|(_, column)| column.reserve(rows));
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
            Column::Text(texts) => Some(texts.stored_bytes()),
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

    /// The columns in their order.
    pub(super) fn into_columns(self) -> Vec<Column> {
        self.columns.into_iter().map(|(_, column)| column).collect()
    }

    /// The rows as a frame of one chunk; each column's memory is freed once polars has it.
    ///
    /// # Errors
    /// What polars says of them; a decimal beyond 28 digits, which [`Exact`] does not let in.
    pub fn into_frame(self) -> PolarsResult<DataFrame> {
        let columns: PolarsResult<Vec<_>> =
            self.columns.into_iter().map(|(name, column)| Ok(column.into_series(name)?.into_column())).collect();
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

    #[test]
    fn a_frame_has_the_types_of_its_columns() {
        let kinds = [Kind::Text, Kind::U32, Kind::U64, Kind::I16, Kind::Bool, Kind::Decimal];
        let names = ["a", "b", "c", "d", "e", "f"];
        let frame = Columns::new(names.into_iter().zip(kinds)).into_frame().unwrap();
        let types: Vec<_> = frame.schema().iter_values().cloned().collect();
        assert_eq!(types, kinds.map(Kind::data_type));
    }
}

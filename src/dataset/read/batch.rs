//! Rows that were read: typed columns, looked at row by row.
//!
//! In: a polars frame with the columns asked for. Out: [`Row`]s, whose values are asked for by the place
//! of the column among them. A value of another type than asked for is missing, like one that is not there.

use super::super::column::Kind;
use super::super::exact::Exact;
use super::super::tables::Definition;
use polars::prelude::*;
use std::borrow::Cow;

/// One column.
#[derive(Debug)]
enum Values {
    Text(StringChunked),
    U32(UInt32Chunked),
    U64(UInt64Chunked),
    I16(Int16Chunked),
    Bool(BooleanChunked),
    Decimal(Int128Chunked),
}

impl Values {
    fn of(column: &Column, kind: Kind) -> PolarsResult<Self> {
        let series = column.as_materialized_series();
        Ok(match kind {
            Kind::Text => Values::Text(series.str()?.clone()),
            Kind::U32 => Values::U32(series.u32()?.clone()),
            Kind::U64 => Values::U64(series.u64()?.clone()),
            Kind::I16 => Values::I16(series.i16()?.clone()),
            Kind::Bool => Values::Bool(series.bool()?.clone()),
            Kind::Decimal if *series.dtype() == kind.data_type() => {
                Values::Decimal(series.decimal()?.physical().clone())
            }
            Kind::Decimal => {
                return Err(PolarsError::SchemaMismatch(format!("{} is {}", series.name(), series.dtype()).into()));
            }
        })
    }
}

/// Some rows of a table.
#[derive(Debug)]
pub struct Batch {
    columns: Vec<Values>,
    rows: usize,
}

impl Batch {
    /// The columns `wanted` of `frame`, in that order.
    pub(super) fn of(mut frame: DataFrame, wanted: &[&'static Definition]) -> PolarsResult<Self> {
        frame.rechunk_mut();
        let columns = wanted.iter().map(|definition| Values::of(frame.column(definition.name)?, definition.kind));
        Ok(Batch { columns: columns.collect::<PolarsResult<_>>()?, rows: frame.height() })
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The row at `index`, which is below [`Batch::rows`].
    #[must_use]
    pub fn row(&self, index: usize) -> Row<'_> {
        Row { batch: self, index }
    }
}

/// One row; `column` is a place among the columns asked for.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    batch: &'a Batch,
    index: usize,
}

impl<'a> Row<'a> {
    fn values(self, column: usize) -> Option<&'a Values> {
        self.batch.columns.get(column).filter(|_| self.index < self.batch.rows)
    }

    /// A text.
    #[must_use]
    pub fn text(self, column: usize) -> Option<&'a str> {
        if let Some(Values::Text(values)) = self.values(column) { values.get(self.index) } else { None }
    }

    /// An ordinal, a count, a place in bytes.
    #[must_use]
    pub fn whole(self, column: usize) -> Option<u64> {
        match self.values(column)? {
            Values::U32(values) => values.get(self.index).map(u64::from),
            Values::U64(values) => values.get(self.index),
            _ => None,
        }
    }

    /// An ordinal of 32 bits.
    #[must_use]
    pub fn ordinal(self, column: usize) -> Option<u32> {
        self.whole(column).and_then(|whole| u32::try_from(whole).ok())
    }

    /// A year.
    #[must_use]
    pub fn year(self, column: usize) -> Option<i16> {
        if let Some(Values::I16(values)) = self.values(column) { values.get(self.index) } else { None }
    }

    /// True or false.
    #[must_use]
    pub fn truth(self, column: usize) -> Option<bool> {
        if let Some(Values::Bool(values)) = self.values(column) { values.get(self.index) } else { None }
    }

    /// A decimal.
    #[must_use]
    pub fn exact(self, column: usize) -> Option<Exact> {
        let Some(Values::Decimal(values)) = self.values(column) else { return None };
        values.get(self.index).map(Exact::of_millionths)
    }

    /// The value as CSV would print it, whatever its type.
    #[must_use]
    pub fn shown(self, column: usize) -> Option<Cow<'a, str>> {
        match self.values(column)? {
            Values::Text(values) => values.get(self.index).map(Cow::Borrowed),
            Values::U32(_) | Values::U64(_) => self.whole(column).map(|whole| whole.to_string().into()),
            Values::I16(_) => self.year(column).map(|year| year.to_string().into()),
            Values::Bool(_) => self.truth(column).map(|truth| truth.to_string().into()),
            Values::Decimal(_) => self.exact(column).map(|exact| exact.to_string().into()),
        }
    }
}

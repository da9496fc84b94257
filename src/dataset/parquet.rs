//! A Parquet file with its pages encoded as suits each column.
//!
//! In: [`Columns`] of one table, a row group at a time. Out: the file. polars' own writer groups every
//! column by hashing each value, which took half of the whole program's time; here texts that repeat
//! become a dictionary once for each run of equal ones, integers become differences, and the rest is
//! plain. Types and metadata are those that polars would write. Surprise: a dictionary may pay or not;
//! `Texts` decides by counting.

use super::column::{Column, Columns};
use super::exact::Exact;
use super::sink::schema;
use super::tables::Table;
use polars::prelude::{CompatLevel, PolarsError, PolarsResult, SchemaExt};
use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, MutableBinaryViewArray, PrimitiveArray, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, IntegerType};
use polars_arrow::types::NativeType;
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding, FallibleStreamingIterator,
    FileWriter, KeyValue, ParquetType, StatisticsOptions, Version, WriteOptions, ZstdLevel, array_to_pages,
    schema_to_metadata_key, to_nested, to_parquet_leaves,
};
use std::fs::File;
use std::io::BufWriter;

/// zstd at its fastest level (the next ones take half as long again for 4 % less), statistics for every column.
fn options() -> WriteOptions {
    WriteOptions {
        statistics: StatisticsOptions::default(),
        version: Version::V1,
        compression: CompressionOptions::Zstd(ZstdLevel::try_new(1).ok()),
        data_page_size: None,
    }
}

/// A Parquet file while it is written.
pub struct ParquetFile {
    writer: FileWriter<BufWriter<File>>,
}

impl ParquetFile {
    /// Starts the file for the rows of `table`.
    pub fn new(table: &Table, file: File) -> PolarsResult<Self> {
        let schema = schema(table).to_arrow(CompatLevel::newest());
        Ok(ParquetFile { writer: FileWriter::try_new(BufWriter::new(file), schema, options())? })
    }

    /// Writes `rows` as one row group; each column's memory is freed once it is written.
    pub fn write(&mut self, rows: Columns) -> PolarsResult<()> {
        let count = rows.rows();
        if count == 0 {
            return Ok(());
        }
        let types = self.writer.parquet_schema().fields().to_vec();
        let columns = rows.into_columns().into_iter().zip(types).map(|(column, of_file)| compressed(column, of_file));
        self.writer.write(count as u64, DynIter::new(columns))
    }

    /// Writes the footer with `metadata` and the schema.
    pub fn finish(mut self, metadata: Vec<(String, String)>) -> PolarsResult<()> {
        let pairs = metadata.into_iter().map(|(key, value)| KeyValue { key, value: Some(value) });
        let all = std::iter::once(schema_to_metadata_key(self.writer.schema())).chain(pairs).collect();
        self.writer.end(Some(all)).map(|_| ())
    }
}

type Pages = DynStreamingIterator<'static, CompressedPage, PolarsError>;

/// The pages of one column, encoded and compressed as they are asked for.
fn compressed(column: Column, of_file: ParquetType) -> PolarsResult<Pages> {
    let (array, encoding) = array(column)?;
    // Not `array_to_columns`: for a column without any value it would ask for 8 MiB of zeros, once in each run.
    let (nested, leaf) = (to_nested(&*array, &of_file)?.pop(), to_parquet_leaves(of_file).pop());
    let (Some(nested), Some(leaf)) = (nested, leaf) else {
        return Err(PolarsError::ComputeError("a column without pages".into()));
    };
    let pages = array_to_pages(&*array, leaf, &nested, options(), encoding)?;
    let pages = pages.map(|page| page.map_err(|error| ParquetError::FeatureNotSupported(error.to_string())));
    let compressor = Compressor::new(pages, options().compression, Vec::new()).map_err(PolarsError::from);
    Ok(DynStreamingIterator::new(compressor))
}

/// The column as an array, and how its pages are encoded.
fn array(column: Column) -> PolarsResult<(Box<dyn Array>, Encoding)> {
    Ok(match column {
        Column::U32(numbers) => (primitive(numbers.into_parts(), ArrowDataType::UInt32)?, Encoding::DeltaBinaryPacked),
        Column::U64(numbers) => (primitive(numbers.into_parts(), ArrowDataType::UInt64)?, Encoding::DeltaBinaryPacked),
        Column::I16(numbers) => (primitive(numbers.into_parts(), ArrowDataType::Int16)?, Encoding::DeltaBinaryPacked),
        Column::Decimal(millionths) => {
            let kind = ArrowDataType::Decimal(Exact::PRECISION, Exact::SCALE);
            (primitive(millionths.into_parts(), kind)?, Encoding::Plain)
        }
        Column::Bool(truths) => {
            let (values, present) = truths.into_parts();
            let present = present.map(|present| present.into_iter().collect());
            let array = BooleanArray::try_new(ArrowDataType::Boolean, values.into_iter().collect(), present)?;
            (array.boxed(), Encoding::Plain)
        }
        Column::Text(texts) => match texts.dictionary() {
            Some((texts, keys)) => {
                let kind = ArrowDataType::Dictionary(IntegerType::UInt32, Box::new(ArrowDataType::Utf8View), false);
                let (keys, present) = keys.into_parts();
                let present = present.map(|present| present.into_iter().collect());
                let keys = PrimitiveArray::try_new(ArrowDataType::UInt32, keys.into(), present)?;
                let values = Utf8ViewArray::from_slice_values(texts);
                (DictionaryArray::try_new(kind, keys, values.boxed())?.boxed(), Encoding::RleDictionary)
            }
            None => (MutableBinaryViewArray::<str>::from_iterator(texts.iter()).freeze().boxed(), Encoding::Plain),
        },
    })
}

fn primitive<T: NativeType>(
    (values, present): (Vec<T>, Option<Vec<bool>>),
    kind: ArrowDataType,
) -> PolarsResult<Box<dyn Array>> {
    let present = present.map(|present| present.into_iter().collect());
    Ok(PrimitiveArray::try_new(kind, values.into(), present)?.boxed())
}

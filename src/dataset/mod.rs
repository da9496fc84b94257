//! Extractions → rows → Parquet or CSV parts, and the descriptor beside them; and back ([`read`]).
//!
//! In: what [`crate::extract_document`] found in one document. Out: the seven tables of the
//! contract, in parts. Knows polars and the columns, nothing of reports and nothing of folders to
//! read. The columns are declared once, in [`tables`]: row types, builders, schemas, Parquet metadata
//! and `datapackage.json` all come from there, so a column cannot be described one way and written
//! another. Surprise: positions leave as bytes of the file on disk, not of the decoded text.

mod column;
mod counts;
mod descriptor;
mod dictionary;
mod exact;
mod parquet;
pub mod read;
mod reread;
mod rewrite;
mod rows;
mod single;
mod sink;
mod stream;
mod tables;
mod values;
mod writer;

pub use column::{Columns, Kind};
pub use counts::Counts;
pub use descriptor::{DESCRIPTOR_MARK, Described, datapackage};
pub use dictionary::{schema_as_json, schema_as_markdown};
pub use exact::Exact;
pub use read::{Dataset, ReadError};
pub use reread::reread;
pub use rewrite::{Came, REWRITTEN, Rewriter, checked_path};
pub use rows::{DocumentRows, Origin};
pub use single::TableFile;
pub use sink::{Format, WriteError};
pub use stream::{DatasetReader, DocumentRecords, Fields, read_documents};
pub use tables::{
    Agreement, ClassLevel, ClassificationName, CodeRow, Definition, HEADLINES, Headline, Level, PanelRow, Reference,
    ReportKind, Row, Standing, TABLES, Table, TableName, VIEWS, WideRow, table_named,
};
pub use writer::{DatasetWriter, PartBytes, csv_path, part_path, unfinished_csv_path, unfinished_part_path};

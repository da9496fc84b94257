//! Extractions → rows → Parquet or CSV parts, and the descriptor beside them.
//!
//! In: what [`crate::extract_document`] found in one document. Out: the seven tables of the
//! contract, in parts. Knows polars and the columns, nothing of reports and nothing of folders to
//! read. The columns are declared once, in [`tables`]: row types, builders, schemas, Parquet metadata
//! and `datapackage.json` all come from there, so a column cannot be described one way and written
//! another. Surprise: positions leave as bytes of the file on disk, not of the decoded text.

mod column;
mod counts;
mod descriptor;
mod exact;
mod parquet;
mod reread;
mod rewrite;
mod rows;
mod sink;
mod stream;
mod tables;
mod values;
mod writer;

pub use column::{Columns, Kind};
pub use counts::Counts;
pub use descriptor::{DESCRIPTOR_MARK, columns_as_markdown, datapackage};
pub use exact::Exact;
pub use reread::reread;
pub use rewrite::{Came, REWRITTEN, Rewriter, checked_path};
pub use rows::{DocumentRows, Origin};
pub use sink::{Format, WriteError};
pub use stream::{DatasetReader, DocumentRecords, Fields, ReadError, read_documents};
pub use tables::{Definition, Level, Reference, ReportKind, TABLES, Table, TableName};
pub use writer::{DatasetWriter, PartBytes, csv_path, part_path, unfinished_csv_path, unfinished_part_path};

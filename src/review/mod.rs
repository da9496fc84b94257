//! `juesuan review`: a dataset and its reports → pages in which every figure lights up in its source.
//!
//! In: an output folder of `extract`, the reports it was made of, which of them to show. Out: a folder of
//! static pages: `index.html` for all documents, `documents/*.html` for those that were chosen. Reads the
//! tables and the bytes of the reports, and knows no grammar: what a page shows is what the tables say.
//! Surprise: a report that has changed since is named and not shown, as every mark in it would be wrong.

mod choose;
mod corpus;
mod document;
mod grid;
mod index;
mod labels;
mod page;
mod pictures;
mod places;
mod report;
mod rows;
mod text;
mod write;

pub use choose::Choice;
pub use labels::Names;
pub use write::{Options, Outcome, ReviewError, review};

//! Tests from outside: one program for all of them, since each would link polars again.

mod again;
mod cases;
#[path = "../../fuzz/checks.rs"]
mod checks;
mod command;
mod converters;
mod corpus;
mod dataset;
mod kept;
mod properties;
mod reading;
mod reports;
mod resume;
mod review;
mod schema;
mod score;
mod snapshots;
mod soup;
mod support;
mod tools;
mod trace;
mod tree;
mod views;
mod wordings;

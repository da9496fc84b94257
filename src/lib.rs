//! `juesuan` reads Chinese government final-accounts reports (部门决算) as converters leave them
//! and gives back every number with its bytes, its class and, where it states one, its fact.
//!
//! The modules below stand in reading order: each may use those above it, never those below.

pub mod problem;
pub mod quantity;

pub mod source;

pub mod trace;

pub mod grammar;

pub mod layout;
mod maps;

pub mod figure;

pub mod table;

pub mod narrative;

pub mod fact;

pub mod check;

pub mod extract;

pub mod cases;

#[cfg(feature = "dataset")]
pub mod dataset;

#[cfg(feature = "dataset")]
pub mod view;

#[cfg(feature = "dataset")]
pub mod run;

#[cfg(feature = "dataset")]
pub mod tools;

#[cfg(feature = "dataset")]
pub mod review;

pub use extract::{Extraction, extract_document};
pub use grammar::Grammars;

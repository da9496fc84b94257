//! Tests from outside: one program for all of them, since each would link polars again.

mod command;
mod dataset;
mod resume;
mod support;
mod tools;

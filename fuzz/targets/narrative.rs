//! Feeds any bytes to [`checks::narrative`].

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)] // each target calls one function of many
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::narrative(bytes));
